"""Builds the language models.

    python build.py --out DIR

Writes DIR/models.json and the files it names. A stamp of everything they are made from lets a second run return at once.
"""

import argparse
import hashlib
import json
import pathlib
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent


def stamp() -> str:
    digest = hashlib.sha256()
    for path in sorted([*HERE.glob("*.py"), *HERE.glob("requirements.txt"), *HERE.glob("templates/*")]):
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def build(out: pathlib.Path) -> None:
    (out / "models.json").write_text(json.dumps({"intake": {}, "prompts": {}}, indent=1))


def main() -> int:
    parser = argparse.ArgumentParser(description="Builds the recogniser's language models.")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    out = parser.parse_args().out
    current = stamp()
    if (out / "stamp").exists() and (out / "stamp").read_text() == current:
        return 0
    fresh = out.with_name(out.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    build(fresh)
    (fresh / "stamp").write_text(current)
    shutil.rmtree(out, ignore_errors=True)
    fresh.rename(out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
