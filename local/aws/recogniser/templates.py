"""Template sentences: the little grammar of templates/*.txt, and sentences drawn from it.

    words {class} (one|other) [optional] 'alternatives' nest; a line may start with a weight, "5* ".
    "@class = one | other" names a class; "# ..." is a comment.
"""

import pathlib
import random
import re

FOLDER = pathlib.Path(__file__).resolve().parent / "templates"
_TOKEN = re.compile(r"[(){}\[\]|]|[^\s(){}\[\]|]+")
OPTIONAL_CHANCE = 0.4


class Grammar:
    """The classes, and the frames of one language model. A node is a word (str) or a tuple that says what it is."""

    def __init__(self, frames_file: str):
        self.classes: dict[str, tuple] = {}
        self.frames: list[tuple] = []
        self.weights: list[float] = []
        for path in sorted(FOLDER.glob("classes-*.txt")):
            for line in _lines(path):
                name, _, body = line[1:].partition("=")
                self.classes[name.strip()] = _parse(body)
        for line in _lines(FOLDER / frames_file):
            weight, star, body = line.partition("* ")
            self.weights.append(float(weight) if star else 1.0)
            self.frames.append(_parse(body if star else line))

    def sentences(self, count: int, seed: int) -> list[list[str]]:
        """Drawn with the frames' weights; the same seed gives the same sentences."""
        rng = random.Random(seed)
        picked = rng.choices(self.frames, self.weights, k=count)
        return [words for frame in picked if (words := self._draw(frame, rng))]

    def members(self, name: str, limit: int, seed: int) -> set[tuple[str, ...]]:
        """Up to `limit` draws of a class."""
        rng = random.Random(seed)
        return {tuple(self._draw(self.classes[name], rng)) for _ in range(limit)}

    def words(self) -> set[str]:
        """Every word that stands anywhere in the grammar."""
        found: set[str] = set()
        for node in [*self.frames, *self.classes.values()]:
            _collect(node, found)
        return found

    def _draw(self, node, rng: random.Random) -> list[str]:
        words: list[str] = []
        self._draw_into(node, rng, words)
        return words

    def _draw_into(self, node, rng: random.Random, words: list[str]) -> None:
        if isinstance(node, str):
            words.append(node)
            return
        kind, body = node
        if kind == "sequence":
            for part in body:
                self._draw_into(part, rng, words)
        elif kind == "choice":
            self._draw_into(body[int(rng.random() * len(body))], rng, words)
        elif kind == "class":
            self._draw_into(self.classes[body], rng, words)
        elif rng.random() < OPTIONAL_CHANCE:
            self._draw_into(body, rng, words)


def _lines(path: pathlib.Path) -> list[str]:
    lines = (line.strip() for line in path.read_text().splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _collect(node, found: set[str]) -> None:
    if isinstance(node, str):
        found.add(node)
    elif node[0] in ("sequence", "choice"):
        for part in node[1]:
            _collect(part, found)
    elif node[0] == "optional":
        _collect(node[1], found)


def _parse(text: str) -> tuple:
    tokens = _TOKEN.findall(text)
    node, at = _choice(tokens, 0)
    if at != len(tokens):
        raise ValueError(f"unbalanced brackets in template: {text}")
    return node


def _choice(tokens: list[str], at: int) -> tuple[tuple, int]:
    branches, parts = [], []
    while at < len(tokens) and tokens[at] not in (")", "]"):
        token = tokens[at]
        at += 1
        if token == "|":
            branches.append(("sequence", parts))
            parts = []
        elif token in ("(", "["):
            inner, at = _choice(tokens, at)
            at += 1
            parts.append(inner if token == "(" else ("optional", inner))
        elif token == "{":
            parts.append(("class", tokens[at]))
            at += 2
        else:
            parts.append(token)
    branches.append(("sequence", parts))
    return (branches[0] if len(branches) == 1 else ("choice", branches)), at
