"""Pronunciations: the wheel's CMU dictionary and our own few, in ARPAbet."""

import pathlib
import re

import pocketsphinx

# "U.S." among the pronunciations of "us" takes most of the short "yes"es of a telephone.
_ABSURD = {("us", "Y UW EH S")}

HERE = pathlib.Path(__file__).resolve().parent


def _read(path: pathlib.Path, into: dict[str, list[str]]) -> None:
    for line in path.read_text().splitlines():
        word, _, phones = line.partition(" ")
        if phones:
            into.setdefault(re.sub(r"\(\d+\)$", "", word), []).append(phones.strip())


def pronunciations() -> dict[str, list[str]]:
    """Word to its pronunciations, the likeliest first."""
    found: dict[str, list[str]] = {}
    _read(HERE / "templates/pronunciations.dict", found)
    _read(pathlib.Path(pocketsphinx.get_model_path("en-us/cmudict-en-us.dict")), found)
    return {
        word: [phones for phones in all_ if (word, phones) not in _ABSURD] for word, all_ in found.items()
    }


def write(words: list[str], known: dict[str, list[str]], path: pathlib.Path) -> None:
    lines = []
    for word in words:
        for number, phones in enumerate(known.get(word, []), start=1):
            lines.append(f"{word}({number}) {phones}" if number > 1 else f"{word} {phones}")
    path.write_text("\n".join(lines) + "\n")
