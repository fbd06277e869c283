"""Makes adaptation.npz: a development tool, not part of setting up. Needs flite and sox; takes some minutes.

    python adapt.py

Template sentences, spoken by four synthetic voices, go through 8 kHz mu-law and are aligned with the stock model; then
the means are moved, first all by one linear transform per feature stream (MLLR: the channel), then each by what it saw
(MAP, prior weight TAU). Not one of bench/wer/answers.txt is among the sentences; espeak-ng is left out so that a voice
remains to which nothing was fitted.
"""

import pathlib
import random
import subprocess
import sys
import tempfile

import numpy as np
import pocketsphinx

from acoustic import ADAPTATION, STEPS, read_parameters, stock_directory
from audio import Upsampler, to_int16
from templates import Grammar

VOICES = ["rms", "awb", "kal16", "slt"]
SENTENCES_PER_VOICE = 70
SEED = 77
FOLD = 1.0
TAU = 10.0
RIDGE = 50.0


def speak(voice: str, text: str, stretch: float, folder: str) -> np.ndarray:
    tts = f'flite -voice {voice} --setf duration_stretch={stretch:.2f} -t "{text}" -o {folder}/a.wav'
    phone = f"sox {folder}/a.wav -r 8000 -e mu-law -b 8 {folder}/b.wav rate"
    linear = f"sox {folder}/b.wav -e signed -b 16 -t raw {folder}/a.raw pad 0.2 0.3"
    subprocess.run(f"{tts} && {phone} && {linear}", shell=True, check=True)
    return np.fromfile(f"{folder}/a.raw", dtype="<i2")


def aligned(voice: str, folder: str) -> list[tuple[np.ndarray, list]]:
    """(cepstra, phones with start and length in frames) of the sentences that could be aligned."""
    drawn = [s for s in Grammar("intake.txt").sentences(6000, SEED) if 6 <= len(s) <= 13]
    rng = random.Random(SEED)
    rng.shuffle(drawn)
    logs = pathlib.Path(folder) / voice
    logs.mkdir()
    decoder = pocketsphinx.Decoder(
        pocketsphinx.Config(hmm=str(stock_directory()), lm=None, loglevel="FATAL", cmn="batch", mfclogdir=str(logs))
    )
    found = []
    for words in drawn[:SENTENCES_PER_VOICE]:
        text = " ".join(words)
        data = to_int16(Upsampler(FOLD)(speak(voice, text, rng.uniform(0.9, 1.15), folder)))
        try:
            decoder.set_align_text(text)
            _pass(decoder, data)
            decoder.set_alignment()
            _pass(decoder, data)
            phones = [(p.name, p.start, p.duration) for word in decoder.get_alignment() for p in word]
        except RuntimeError:
            continue
        log = max(logs.glob("*.mfc"))
        found.append((np.fromfile(log, dtype="<f4")[1:].reshape(-1, 13).astype(np.float64), phones))
    return found


def _pass(decoder, data: bytes) -> None:
    decoder.start_utt()
    decoder.process_raw(data, False, True)
    decoder.end_utt()


def features(cepstra: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Frame x stream x 13 (cepstra less their mean, first and second differences), and which frames hold sound."""
    sounding = cepstra[:, 0] >= 0
    c = cepstra - cepstra[sounding].mean(0)
    padded = np.concatenate([c[:1]] * 3 + [c] + [c[-1:]] * 3)

    def at(offset: int) -> np.ndarray:
        return padded[3 + offset : 3 + offset + len(c)]

    return np.stack([c, at(2) - at(-2), (at(3) - at(-1)) - (at(1) - at(-3))], 1), sounding


def phone_numbers() -> dict[str, int]:
    """Codebooks are numbered as the context-independent phones in the model definition."""
    raw = (stock_directory() / "mdef").read_bytes()
    names = raw[raw.index(b"+NSN+\0") :].split(b"\0")
    return {name.decode(): number for number, name in enumerate(names[:42])}


class Statistics:
    """How often each Gaussian was hit, and the sum of what hit it."""

    def __init__(self, utterances: list, means: np.ndarray, variances: np.ndarray, weights: np.ndarray):
        self.hits = np.zeros(means.shape[:3])
        self.sums = np.zeros(means.shape)
        numbers = phone_numbers()
        for frames, sounding, phones in utterances:
            for name, start, length in phones:
                x = frames[start : start + length][sounding[start : start + length]]
                if len(x):
                    self._add(numbers[name], x, means, variances, weights)
        self.weights = (self.hits + 1) / (self.hits.sum(-1, keepdims=True) + means.shape[2])

    def _add(self, book: int, x: np.ndarray, means, variances, weights) -> None:
        for stream in range(3):
            var = variances[book, stream]
            distance = ((x[:, stream, None] - means[book, stream]) ** 2 / var).sum(-1)
            log = -0.5 * (distance + np.log(var).sum(-1)) + np.log(weights[book, stream])
            share = np.exp(log - log.max(1, keepdims=True))
            share /= share.sum(1, keepdims=True)
            self.hits[book, stream] += share.sum(0)
            self.sums[book, stream] += share.T @ x[:, stream]


def transformed(stats: Statistics, means: np.ndarray, variances: np.ndarray) -> np.ndarray:
    """The means after one affine transform per stream, fitted to all that was seen (MLLR)."""
    moved = means.copy()
    for stream in range(3):
        extended = np.concatenate([np.ones((*means.shape[:1], means.shape[2], 1)), means[:, stream]], -1)
        flat = extended.reshape(-1, 14)
        hits, sums = stats.hits[:, stream].reshape(-1), stats.sums[:, stream].reshape(-1, 13)
        for row in range(13):
            precision = 1 / variances[:, stream].reshape(-1, 13)[:, row]
            prior = RIDGE * precision.mean()
            left = (flat * (hits * precision)[:, None]).T @ flat + prior * np.eye(14)
            right = flat.T @ (sums[:, row] * precision) + prior * np.eye(14)[row + 1]
            moved[:, stream, :, row] = extended @ np.linalg.solve(left, right)
    return moved


def main() -> int:
    _, stock = read_parameters("means")
    variances = np.maximum(read_parameters("variances")[1], 1e-4)
    with tempfile.TemporaryDirectory() as folder:
        raw = [item for voice in VOICES for item in aligned(voice, folder)]
    cepstral_mean = np.mean([c[c[:, 0] >= 0].mean(0) for c, _ in raw], axis=0)
    utterances = [(*features(cepstra), phones) for cepstra, phones in raw]
    means, weights = stock, np.full(stock.shape[:3], 1 / stock.shape[2])
    for _ in range(3):
        stats = Statistics(utterances, means, variances, weights)
        means, weights = transformed(stats, stock, variances), stats.weights
    prior = means
    for _ in range(2):
        stats = Statistics(utterances, means, variances, weights)
        means, weights = (stats.sums + TAU * prior) / (stats.hits + TAU)[..., None], stats.weights
    save(means, cepstral_mean)
    print(f"{len(utterances)} sentences, {sum(len(c) for c, _ in raw) / 100:.0f} s")
    return 0


def save(means: np.ndarray, cepstral_mean: np.ndarray) -> None:
    _, stock = read_parameters("means")
    _, variances = read_parameters("variances")
    shift = np.clip(np.rint((means - stock) / np.sqrt(np.maximum(variances, 1e-4)) * STEPS), -127, 127).astype(np.int8)
    np.savez_compressed(ADAPTATION, shift=shift, cepstral_mean=cepstral_mean.astype(np.float32))


if __name__ == "__main__":
    sys.exit(main())
