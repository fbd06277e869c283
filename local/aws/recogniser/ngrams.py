"""Back-off trigram models in numpy: estimation, interpolation, pruning, ARPA."""

import pathlib
from dataclasses import dataclass

import numpy as np

LOG_ZERO = -99.0


@dataclass
class Model:
    """Word i of a vocabulary of v; the n-gram (a, b, c) has the key (a*v + b)*v + c. Logarithms are decimal."""

    v: int
    p1: np.ndarray
    b1: np.ndarray
    k2: np.ndarray
    p2: np.ndarray
    b2: np.ndarray
    k3: np.ndarray
    p3: np.ndarray

    @staticmethod
    def from_arrays(v, p1, b1, bigrams, trigrams) -> "Model":
        k2, p2, b2 = bigrams
        k3, p3 = trigrams
        o2, o3 = np.argsort(k2), np.argsort(k3)
        floats = [np.asarray(x, dtype=np.float64) for x in (p1, b1, p2[o2], b2[o2], p3[o3])]
        return Model(v, floats[0], floats[1], k2[o2], floats[2], floats[3], k3[o3], floats[4])

    def log2(self, keys: np.ndarray) -> np.ndarray:
        """log P(b | a) of bigram keys, with back-off."""
        at, hit = _find(self.k2, keys)
        a, b = keys // self.v, keys % self.v
        return np.where(hit, _take(self.p2, at), self.b1[a] + self.p1[b])

    def log3(self, keys: np.ndarray) -> np.ndarray:
        """log P(c | a b) of trigram keys, with back-off."""
        at, hit = _find(self.k3, keys)
        history, rest = keys // self.v, keys % (self.v * self.v)
        at2, hit2 = _find(self.k2, history)
        backoff = np.where(hit2, _take(self.b2, at2), 0.0)
        return np.where(hit, _take(self.p3, at), backoff + self.log2(rest))

    def pruned(self, least2: float, least3: float) -> "Model":
        """Without the bigrams and trigrams whose joint probability (with a unigram history) is below the bounds."""
        heads = self.p1[self.k3 // (self.v * self.v)]
        middle = self.log2(self.k3 // self.v)
        keep3 = heads + middle + self.p3 >= least3
        keep2 = self.p1[self.k2 // self.v] + self.p2 >= least2
        k3 = self.k3[keep3]
        keep2 |= np.isin(self.k2, k3 // self.v)
        return normalised(self.v, self.p1, self.k2[keep2], self.p2[keep2], k3, self.p3[keep3])

    def lifted(self, mapping: np.ndarray, v: int) -> "Model":
        """The same model over a larger vocabulary: word i becomes mapping[i]; new words have no probability."""
        p1, b1 = np.full(v, LOG_ZERO), np.zeros(v)
        p1[mapping], b1[mapping] = self.p1, self.b1
        a, b = mapping[self.k2 // self.v], mapping[self.k2 % self.v]
        x, y = mapping[self.k3 // (self.v * self.v)], mapping[self.k3 // self.v % self.v]
        z = mapping[self.k3 % self.v]
        return Model.from_arrays(v, p1, b1, (a * v + b, self.p2, self.b2), ((x * v + y) * v + z, self.p3))


def _find(sorted_keys: np.ndarray, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    at = np.searchsorted(sorted_keys, keys)
    at = np.minimum(at, max(len(sorted_keys) - 1, 0))
    return at, (sorted_keys[at] == keys) if len(sorted_keys) else np.zeros(len(keys), bool)


def _take(values: np.ndarray, at: np.ndarray) -> np.ndarray:
    return values[at] if len(values) else np.zeros(len(at))


def estimate(sentences: list[np.ndarray], v: int, start: int, end: int, exponent: float) -> Model:
    """Witten-Bell over sentences of word numbers. Counts are raised to `exponent` first: drawn sentences repeat far
    more often than what people say, and would leave nothing for what was not drawn."""
    flat = np.concatenate([np.concatenate(([start, start], s, [end])) for s in sentences])
    ok = flat[2:] != start
    c = flat[2:][ok]
    b, a = flat[1:-1][ok], flat[:-2][ok]
    n1 = np.bincount(c, minlength=v).astype(float)
    k2, n2 = np.unique(b * v + c, return_counts=True)
    real = a * 0 + (a != start) + ((a == start) & (b != start))
    k3, n3 = np.unique(((a * v + b) * v + c)[real > 0], return_counts=True)
    n1, n2, n3 = n1**exponent, n2**exponent, n3**exponent

    p1 = n1 / n1.sum()
    p1[start] = 10.0**LOG_ZERO
    p2 = _witten_bell(k2, n2, v, p1[k2 % v])
    low3 = p2[np.searchsorted(k2, k3 % (v * v))]
    p3 = _witten_bell(k3, n3, v, low3)
    return normalised(v, np.log10(np.maximum(p1, 1e-99)), k2, np.log10(p2), k3, np.log10(p3))


def _witten_bell(keys: np.ndarray, counts: np.ndarray, v: int, lower: np.ndarray) -> np.ndarray:
    _, where, types = np.unique(keys // v, return_inverse=True, return_counts=True)
    totals = np.bincount(where, weights=counts)
    return (counts + types[where] * lower) / (totals + types)[where]


def normalised(v, p1, k2, p2, k3, p3) -> Model:
    """Fills in the back-off weights that make every history sum to one."""
    model = Model(v, p1, np.zeros(v), k2, p2, np.zeros(len(k2)), k3, p3)
    history, where = np.unique(k2 // v, return_inverse=True)
    model.b1[history] = _backoff(where, p2, p1[k2 % v])
    history, where = np.unique(k3 // v, return_inverse=True)
    at, hit = _find(k2, history)
    model.b2[at[hit]] = _backoff(where, p3, model.log2(k3 % (v * v)))[hit]
    return model


def _backoff(where: np.ndarray, explicit: np.ndarray, lower: np.ndarray) -> np.ndarray:
    left = np.maximum(1 - np.bincount(where, weights=10**explicit), 1e-6)
    left_lower = np.maximum(1 - np.bincount(where, weights=10**lower), 1e-6)
    return np.log10(left / left_lower)


def interpolate(a: Model, b: Model, weight: float) -> Model:
    """weight * a + (1 - weight) * b over the n-grams of either; both over the same vocabulary."""

    def mix(x, y):
        return np.log10(np.maximum(weight * 10**x + (1 - weight) * 10**y, 1e-99))

    k2, k3 = np.union1d(a.k2, b.k2), np.union1d(a.k3, b.k3)
    # A trigram's history must be a bigram of the model, or its back-off weight has no place.
    k2 = np.union1d(k2, np.unique(k3 // a.v))
    p2 = mix(a.log2(k2), b.log2(k2))
    p3 = mix(a.log3(k3), b.log3(k3))
    return normalised(a.v, mix(a.p1, b.p1), k2, p2, k3, p3)


def write_arpa(model: Model, words: list[str], path: pathlib.Path) -> None:
    names = np.array(words)
    v = model.v
    with path.open("w") as out:
        out.write(f"\\data\\\nngram 1={v}\nngram 2={len(model.k2)}\nngram 3={len(model.k3)}\n\n\\1-grams:\n")
        out.writelines(f"{p:.4f}\t{w}\t{b:.4f}\n" for p, w, b in zip(model.p1, words, model.b1))
        out.write("\n\\2-grams:\n")
        first, second = names[model.k2 // v], names[model.k2 % v]
        out.writelines(f"{p:.4f}\t{x} {y}\t{b:.4f}\n" for p, x, y, b in zip(model.p2, first, second, model.b2))
        out.write("\n\\3-grams:\n")
        first, second, third = names[model.k3 // (v * v)], names[model.k3 // v % v], names[model.k3 % v]
        out.writelines(f"{p:.4f}\t{x} {y} {z}\n" for p, x, y, z in zip(model.p3, first, second, third))
        out.write("\n\\end\\\n")
