"""The phrases that come with a request: a custom vocabulary.

Each phrase becomes a word of its own to the decoder, pronounced as its words are one after the other, and likelier than
its words were. Words that no dictionary knows are pronounced as flite would.
"""

import functools
import re
import subprocess

import dictionary
from decoding import Utterances

# Times the chance of the average word: likely enough to be heard, not so likely as to be heard everywhere.
WEIGHT = 20.0
MAX_PRONUNCIATIONS = 3
MAX_GUESSED = 300
_FLITE = {"ax": "AH", "axr": "ER", "ix": "IH", "em": "AH M", "en": "AH N", "el": "AH L", "dx": "T", "nx": "N"}


def with_vocabulary(decoder, phrases: list[str]) -> Utterances:
    """The decoder, preferring `phrases` where it hears them; a phrase it cannot pronounce is left out."""
    spoken: dict[str, list[str]] = {}
    entries: list[tuple[str, str]] = []
    guesses = 0
    for phrase in phrases:
        words = _words(phrase)
        token = "_".join(words) + "~"
        if not words or token in spoken:
            continue
        unknown = [word for word in words if word not in _known()]
        guesses += len(unknown)
        pronounced = [_known().get(word) or (_guess(word) if guesses <= MAX_GUESSED else []) for word in words]
        if not all(pronounced):
            continue
        spoken[token] = words
        for number, phones in enumerate(_join(pronounced), start=1):
            entries.append((token if number == 1 else f"{token}({number})", phones))
    _teach(decoder, list(spoken), entries)
    return Utterances(decoder, spoken)


def _teach(decoder, tokens: list[str], entries: list[tuple[str, str]]) -> None:
    model = decoder.get_lm(decoder.current_search())
    for token in tokens:
        model.add_word(token, WEIGHT)
    for number, (name, phones) in enumerate(entries, start=1):
        # The search is rebuilt once, with the last of them.
        decoder.add_word(name, phones, number == len(entries))


def _words(phrase: str) -> list[str]:
    """"Lakeside-Clinic", "A.B.C." or "O'Neil" as plain lower-case words."""
    return re.findall(r"[a-z']+", phrase.lower())


def _join(pronounced: list[list[str]]) -> list[str]:
    """The words' pronunciations in sequence: the likeliest of each, then their variants one at a time."""
    first = [variants[0] for variants in pronounced]
    found = [" ".join(first)]
    for at, variants in enumerate(pronounced):
        found += [" ".join([*first[:at], variant, *first[at + 1 :]]) for variant in variants[1:]]
    return found[:MAX_PRONUNCIATIONS]


@functools.cache
def _known() -> dict[str, list[str]]:
    return dictionary.pronunciations()


def preload() -> None:
    """Reads the dictionary before streams are forked, so that none has to."""
    _known()


@functools.lru_cache(maxsize=4096)
def _guess(word: str) -> list[str]:
    """By flite's letter-to-sound rules; nothing when it is not installed."""
    try:
        command = ["flite", "-t", word, "-ps", "-o", "none"]
        said = subprocess.run(command, capture_output=True, text=True, timeout=2, check=True).stdout.split()
    except (OSError, subprocess.SubprocessError):
        return []
    phones = " ".join(_FLITE.get(phone, phone.upper()) for phone in said if phone != "pau")
    return [phones] if phones else []
