"""The acoustic model: PocketSphinx's, with its means moved towards telephone audio.

The stock model is trained on wide-band speech. `adaptation.npz`, made by adapt.py, holds how far each Gaussian's mean
moves (in steps of a fraction of its standard deviation) and the cepstral mean that a call starts with.
"""

import pathlib
import shutil
import struct

import numpy as np
import pocketsphinx

HERE = pathlib.Path(__file__).resolve().parent
ADAPTATION = HERE / "adaptation.npz"
STEPS = 32.0
_BYTE_ORDER = 4


def stock_directory() -> pathlib.Path:
    return pathlib.Path(pocketsphinx.get_model_path("en-us/en-us"))


def read_parameters(name: str) -> tuple[bytes, np.ndarray]:
    """A file of Gaussian parameters: all that precedes the numbers, and codebook x stream x density x dimension."""
    raw = (stock_directory() / name).read_bytes()
    at = raw.index(b"endhdr\n") + len(b"endhdr\n") + _BYTE_ORDER
    codebooks, streams, densities = struct.unpack("<3i", raw[at : at + 12])
    lengths = struct.unpack(f"<{streams}i", raw[at + 12 : at + 12 + 4 * streams])
    at += 12 + 4 * streams + 4
    count = codebooks * densities * sum(lengths)
    values = np.frombuffer(raw[at : at + 4 * count], "<f4").reshape(codebooks, streams, densities, lengths[0])
    return raw[:at], values.astype(np.float64)


def _checksum(data: bytes) -> int:
    total = 0
    for word in np.frombuffer(data, "<u4").tolist():
        total = (((total << 20) | (total >> 12)) + word) & 0xFFFFFFFF
    return total


def write_adapted(out: pathlib.Path) -> str:
    """Writes the adapted model to `out`; answers with the cepstral mean to start with, as -cmninit wants it."""
    shutil.copytree(stock_directory(), out)
    head, means = read_parameters("means")
    _, variances = read_parameters("variances")
    with np.load(ADAPTATION) as adaptation:
        means = means + adaptation["shift"] / STEPS * np.sqrt(np.maximum(variances, 1e-4))
        start = adaptation["cepstral_mean"]
    body = head + means.astype("<f4").tobytes()
    at = body.index(b"endhdr\n") + len(b"endhdr\n") + _BYTE_ORDER
    (out / "means").write_bytes(body + struct.pack("<I", _checksum(body[at:])))
    return ",".join(f"{value:.2f}" for value in start)
