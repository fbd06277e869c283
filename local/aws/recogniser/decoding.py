"""PocketSphinx behind one small interface: start, audio in, words so far, words at the end."""

import json
import pathlib
from dataclasses import dataclass

import pocketsphinx

FRAME_MS = 10
_FILLERS = {"<s>", "</s>", "<sil>", "[NOISE]", "[SPEECH]", "[COUGH]", "[SMACK]", "[UM]"}


@dataclass(frozen=True)
class Word:
    text: str
    start_ms: int
    end_ms: int
    confidence: float


def make_config(model: pathlib.Path, name: str, **overrides) -> pocketsphinx.Config:
    """`name` is a language model of `model`, as listed in its models.json."""
    entry = json.loads((model / "models.json").read_text())[name]
    settings = dict(entry["settings"], loglevel="FATAL", hmm=str(model / "acoustic"))
    settings.update(lm=str(model / entry["lm"]), dict=str(model / entry["dict"]))
    settings.update(overrides)
    return pocketsphinx.Config(**settings)


def model_names(model: pathlib.Path) -> list[str]:
    return sorted(json.loads((model / "models.json").read_text()))


class Utterances:
    """Decodes one utterance after the other with one decoder."""

    def __init__(self, decoder: pocketsphinx.Decoder, spoken=None):
        self._decoder = decoder
        self._spoken = spoken or {}

    def start(self) -> None:
        self._decoder.start_utt()

    def feed(self, pcm: bytes) -> None:
        self._decoder.process_raw(pcm, False, False)

    def words(self) -> list[Word]:
        if self._decoder.hyp() is None:
            return []
        found = []
        for segment in self._decoder.seg() or []:
            if segment.word not in _FILLERS:
                found.extend(self._split(segment))
        return found

    def end(self) -> list[Word]:
        self._decoder.end_utt()
        return self.words()

    def _split(self, segment) -> list[Word]:
        """A phrase of the vocabulary is one token to the decoder; its words share its time by their length."""
        token = segment.word.split("(")[0]
        texts = self._spoken.get(token) or [token]
        start, end = segment.start_frame * FRAME_MS, (segment.end_frame + 1) * FRAME_MS
        total, done, words = sum(map(len, texts)), 0, []
        for text in texts:
            begin = start + (end - start) * done // total
            done += len(text)
            words.append(Word(text, begin, start + (end - start) * done // total, 1.0))
        return words
