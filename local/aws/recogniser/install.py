"""Sets up the recogniser in the cache: the virtual environment, then the language models. Standard library only.

    python3.11 local/aws/recogniser/install.py            prints the home directory when it is ready

The home is ${XDG_CACHE_HOME:-~/.cache}/vestibule/recogniser-<hash of requirements.txt>, holding venv/ and model/.
Both steps stamp what they made, so a second run returns at once and an interrupted one is taken up again.
"""

import fcntl
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
REQUIREMENTS = HERE / "requirements.txt"


def home() -> pathlib.Path:
    """Where this version of the recogniser lives; `paths.ts` computes the same."""
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
    return cache / "vestibule" / f"recogniser-{hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:12]}"


def make_venv(venv: pathlib.Path) -> None:
    stamp = venv / ".complete"
    if stamp.exists():
        return
    shutil.rmtree(venv, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    subprocess.run(
        [str(venv / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        + ["--require-hashes", "--no-deps", "-r", str(REQUIREMENTS)],
        check=True,
    )
    stamp.touch()


def main() -> int:
    if sys.version_info[:2] != (3, 11):
        print("The recogniser's pinned wheels are for Python 3.11: run this with python3.11.", file=sys.stderr)
        return 1
    target = home()
    target.mkdir(parents=True, exist_ok=True)
    with open(target / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        make_venv(target / "venv")
    build = [str(target / "venv/bin/python"), str(HERE / "build.py"), "--out", str(target / "model")]
    subprocess.run(build, check=True)
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
