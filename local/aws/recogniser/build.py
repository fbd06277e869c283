"""Builds the language models.

    python build.py --out DIR

Writes DIR/models.json and the files it names. A stamp of everything they are made from lets a second run return at once.
"""

import argparse
import fcntl
import hashlib
import json
import pathlib
import shutil
import sys

import numpy as np
import pocketsphinx

import acoustic
import dictionary
import ngrams
import stock
from templates import Grammar

HERE = pathlib.Path(__file__).resolve().parent
SOURCES = [
    "acoustic.py",
    "adaptation.npz",
    "build.py",
    "dictionary.py",
    "ngrams.py",
    "requirements.txt",
    "stock.py",
    "templates.py",
]


def stamp() -> str:
    digest = hashlib.sha256()
    sources = [HERE / name for name in SOURCES]
    for path in sorted([*sources, *HERE.glob("templates/*")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


SENTENCES = 150_000
SEED = 3
# So many of the most frequent words of general English are known besides the templates' own.
COMMON_WORDS = 2500
COUNT_EXPONENT = 1.0
TEMPLATE_WEIGHT = 0.75
# N-grams of general English less likely than these are left to back-off.
PRUNE2, PRUNE3 = -7.0, -6.0
STARTS = ["<s>", "</s>"]


def build_model(out: pathlib.Path, name: str, known: dict, settings: dict) -> dict:
    """Writes one language model and its dictionary; answers with its entry in models.json."""
    grammar = Grammar(f"{name}.txt")
    own = grammar.words()
    missing = sorted(word for word in own if word not in known)
    if missing:
        raise SystemExit(f"no pronunciation for: {' '.join(missing)}")
    general_words, general = stock.read(
        pathlib.Path(pocketsphinx.get_model_path("en-us/en-us.lm.bin")), set(known) | set(STARTS)
    )
    order = np.argsort(-general.p1)
    common = {general_words[i] for i in order[:COMMON_WORDS]}
    words = sorted(own | common | set(STARTS))
    index = {word: number for number, word in enumerate(words)}
    kept, general = stock.read(pathlib.Path(pocketsphinx.get_model_path("en-us/en-us.lm.bin")), set(words))
    general = general.lifted(np.array([index[word] for word in kept]), len(words))
    sentences = [np.array([index[word] for word in sentence]) for sentence in grammar.sentences(SENTENCES, SEED)]
    templates = ngrams.estimate(sentences, len(words), index["<s>"], index["</s>"], COUNT_EXPONENT)
    mixed = ngrams.interpolate(templates, general.pruned(PRUNE2, PRUNE3), TEMPLATE_WEIGHT)
    ngrams.write_arpa(mixed, words, out / f"{name}.arpa")
    compile_arpa(out / f"{name}.arpa", out / f"{name}.lm.bin")
    dictionary.write([word for word in words if word not in STARTS], known, out / f"{name}.dict")
    return {"lm": f"{name}.lm.bin", "dict": f"{name}.dict", "settings": settings}


def compile_arpa(arpa: pathlib.Path, binary: pathlib.Path) -> None:
    """The decoder loads the binary form twenty times faster."""
    logmath = pocketsphinx.LogMath(1.0001)
    model = pocketsphinx.NGramModel(pocketsphinx.Config(lm=None), logmath, str(arpa))
    model.write(str(binary), model.str_to_type("bin"))
    arpa.unlink()


def build(out: pathlib.Path) -> None:
    start = acoustic.write_adapted(out / "acoustic")
    # Without the second pass the final comes at once after the end, for the same word error rate.
    settings = {"cmninit": start, "lw": 8.0, "fwdflat": False}
    known = dictionary.pronunciations()
    models = {name: build_model(out, name, known, settings) for name in ("intake", "prompts")}
    (out / "models.json").write_text(json.dumps(models, indent=1))


def main() -> int:
    parser = argparse.ArgumentParser(description="Builds the recogniser's language models.")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    out = parser.parse_args().out
    out.parent.mkdir(parents=True, exist_ok=True)
    with open(out.with_name(out.name + ".lock"), "w") as lock:
        # Two builds at a time would trip over each other; the second finds the work done.
        fcntl.flock(lock, fcntl.LOCK_EX)
        build_if_stale(out)
    return 0


def build_if_stale(out: pathlib.Path) -> None:
    current = stamp()
    if (out / "stamp").exists() and (out / "stamp").read_text() == current:
        return
    fresh = out.with_name(out.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    build(fresh)
    (fresh / "stamp").write_text(current)
    shutil.rmtree(out, ignore_errors=True)
    fresh.rename(out)


if __name__ == "__main__":
    sys.exit(main())
