"""General English: the trigram model that comes with PocketSphinx, read from its binary form.

The file is a trie over reversed n-grams (the predicted word first): a header, 16-bit quantisation tables, unigrams,
one bit-packed array of bigrams (word, back-off, probability, first child) and one of trigrams (word, probability).
"""

import math
import pathlib

import numpy as np

from ngrams import Model

_HEADER = b"Trie Language Model"
# Probabilities in the file are logarithms to this base.
_LOG10 = math.log10(1.0001)


def _fields(data: np.ndarray, start: int, count: int, widths: list[int]) -> list[np.ndarray]:
    """`count` packed records of bit fields, as one array per field."""
    bits = np.arange(count, dtype=np.int64) * sum(widths)
    columns = []
    for width in widths:
        at = start + (bits >> 3)
        value = np.zeros(count, dtype=np.uint64)
        for byte in range(5):
            value |= data[at + byte].astype(np.uint64) << np.uint64(8 * byte)
        value >>= (bits & 7).astype(np.uint64)
        columns.append((value & np.uint64((1 << width) - 1)).astype(np.int64))
        bits = bits + width
    return columns


def _parents(starts: np.ndarray, count: int) -> np.ndarray:
    """For each child, the index of its parent; `starts` holds each parent's first child."""
    return np.searchsorted(starts, np.arange(count), side="right") - 1


def read(path: pathlib.Path, keep: set[str]) -> tuple[list[str], Model]:
    """The model restricted to the words of `keep` that it knows: their list, and the n-grams over them."""
    raw = np.fromfile(path, dtype=np.uint8)
    at = len(_HEADER)
    if raw[:at].tobytes() != _HEADER or raw[at] != 3:
        raise ValueError(f"{path} is not a binary trigram model")
    counts = np.frombuffer(raw[at + 1 : at + 13].tobytes(), dtype="<u4").astype(int)
    at += 13 + 4
    tables = np.frombuffer(raw[at : at + 3 * 4 * 65536].tobytes(), dtype="<f4").reshape(3, 65536) * _LOG10
    at += 3 * 4 * 65536
    size = 12 * (counts[0] + 1)
    unigrams = np.frombuffer(
        raw[at : at + size].tobytes(), dtype=np.dtype([("p", "<f4"), ("b", "<f4"), ("next", "<u4")])
    )
    at += size
    word_bits = int(counts[0]).bit_length()
    next_bits = int(counts[2]).bit_length()
    widths = [word_bits, 16, 16, next_bits]
    w2, backoff, prob, child = _fields(raw, at, counts[1] + 1, widths)
    at += ((counts[1] + 1) * sum(widths) + 7) // 8 + 8
    w3, prob3 = _fields(raw, at, counts[2], [word_bits, 16])
    at += ((counts[2] + 1) * (word_bits + 16) + 7) // 8 + 8
    words = raw[at + 4 :].tobytes().split(b"\0")[: counts[0]]
    texts = [word.decode("latin1") for word in words]

    kept = [i for i, text in enumerate(texts) if text in keep]
    index = np.full(counts[0], -1, dtype=np.int64)
    index[kept] = np.arange(len(kept))
    # The last parent's end tells how many there really are; the header counts a few more.
    n2 = int(unigrams["next"][-1])
    n3 = int(child[n2])
    last2, before2 = index[_parents(unigrams["next"], n2)], index[w2[:n2]]
    parent3 = _parents(child[: n2 + 1], n3)
    good2 = (last2 >= 0) & (before2 >= 0)
    good3 = good2[parent3] & (index[w3[:n3]] >= 0)
    v = len(kept)
    keys2 = before2 * v + last2
    keys3 = index[w3[:n3]] * v * v + keys2[parent3]
    model = Model.from_arrays(
        v,
        unigrams["p"][kept] * _LOG10,
        unigrams["b"][kept] * _LOG10,
        (keys2[good2], tables[0][prob[:n2]][good2], tables[1][backoff[:n2]][good2]),
        (keys3[good3], tables[2][prob3[:n3]][good3]),
    )
    return [texts[i] for i in kept], model
