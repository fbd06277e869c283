"""Telephone audio for a 16 kHz acoustic model."""

import numpy as np

MODEL_RATE = 16000
_TAPS = 63


def _half_band(taps: int) -> np.ndarray:
    """Low-pass at a quarter of the sampling rate (windowed sinc), unit gain at 0 Hz."""
    n = np.arange(taps) - (taps - 1) / 2
    h = np.sinc(n / 2) * np.blackman(taps)
    return h / h.sum()


class Upsampler:
    """8 kHz to 16 kHz, streaming. `fold` is the gain of the mirror image that is left in 4-8 kHz (0 to 1).

    The acoustic model expects energy up to 6.8 kHz; on telephone audio that half of its filter bank would see
    nothing but rounding noise, whose logarithm is unlike anything it was trained on.
    """

    def __init__(self, fold: float):
        low = _half_band(_TAPS) * 2
        image = np.zeros(_TAPS)
        image[(_TAPS - 1) // 2] = 2.0
        self._h = (1 - fold) * low + fold * image
        self._tail = np.zeros(_TAPS - 1)

    def __call__(self, pcm: np.ndarray) -> np.ndarray:
        stuffed = np.zeros(len(pcm) * 2)
        stuffed[::2] = pcm
        padded = np.concatenate((self._tail, stuffed))
        self._tail = padded[-(_TAPS - 1) :]
        return np.convolve(padded, self._h, mode="valid")


class Narrowed:
    """16 kHz through the telephone band and back: the model is fitted to that, and hears wide-band speech worse."""

    def __init__(self, fold: float):
        self._h = _half_band(_TAPS)
        self._tail = np.zeros(_TAPS - 1)
        self._upsample = Upsampler(fold)

    def __call__(self, pcm: np.ndarray) -> np.ndarray:
        padded = np.concatenate((self._tail, pcm))
        self._tail = padded[-(_TAPS - 1) :]
        return self._upsample(np.convolve(padded, self._h, mode="valid")[::2])


def resampler(rate: int, fold: float):
    """For frames of an even number of samples."""
    if rate == MODEL_RATE:
        return Narrowed(fold)
    if rate * 2 == MODEL_RATE:
        return Upsampler(fold)
    raise ValueError(f"sample rate {rate} is neither 8000 nor 16000")


def to_int16(samples: np.ndarray) -> bytes:
    return np.clip(np.rint(samples), -32768, 32767).astype("<i2").tobytes()
