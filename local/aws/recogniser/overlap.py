"""Do the language model's templates share a sentence frame with a list of test sentences? Prints what they share.

    python overlap.py ../../../bench/wer/answers.txt

A frame is a sentence with every stretch of slot words (names, numbers, dates, body parts, medicines ...: the members of the
templates' classes) replaced by one gap. Frames of four words or more with at least two words of their own count; digits
alone, or "{name}", are no frames. Templates are seen through SAMPLES sentences drawn from them. Exit status 1 if any.
"""

import pathlib
import sys

from templates import Grammar

SAMPLES = 400_000
SEED = 11
# Classes that are whole phrases of common words would swallow the frames themselves.
NOT_SLOTS = {"red", "past", "future", "contact", "span", "often", "feeling", "reaction", "smoke", "drink", "severity"}
LONGEST_SLOT = 4


def slot_words(grammar: Grammar) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for name in grammar.classes:
        if name not in NOT_SLOTS:
            found |= {member for member in grammar.members(name, 3000, SEED) if len(member) <= LONGEST_SLOT}
    return found


def frame(words: tuple[str, ...], slots: set[tuple[str, ...]]) -> tuple[str, ...]:
    out: list[str] = []
    at = 0
    while at < len(words):
        length = next((n for n in range(LONGEST_SLOT, 0, -1) if words[at : at + n] in slots), 0)
        if not length:
            out.append(words[at])
        elif not out or out[-1] != "_":
            out.append("_")
        at += max(length, 1)
    return tuple(out)


def counts(words: tuple[str, ...], shape: tuple[str, ...]) -> bool:
    return len(words) >= 4 and sum(word != "_" for word in shape) >= 2


def main() -> int:
    lines = pathlib.Path(sys.argv[1]).read_text().splitlines()
    listed = [tuple(line.split()) for line in lines if line.strip() and not line.startswith("#")]
    shared = 0
    for name in ("intake.txt", "prompts.txt"):
        grammar = Grammar(name)
        slots = slot_words(grammar)
        frames = {frame(words, slots): words for words in listed}
        wanted = {shape for shape, words in frames.items() if counts(words, shape)}
        seen = set()
        for sentence in grammar.sentences(SAMPLES, SEED):
            if len(sentence) >= 4:
                seen.add(tuple(sentence))
        common = {shape: sentence for sentence in seen if (shape := frame(sentence, slots)) in wanted}
        for shape, sentence in sorted(common.items()):
            print(f"{name}: {' '.join(shape)} | {' '.join(frames[shape])} | {' '.join(sentence)}")
        shared += len(common)
        print(f"{name}: {len(wanted)} of {len(listed)} sentences have a frame; {len(common)} shared", flush=True)
    return 1 if shared else 0


if __name__ == "__main__":
    sys.exit(main())
