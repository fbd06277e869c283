"""Where speech starts and ends in a stream: 20 ms frames, WebRTC's detector and an energy gate."""

from collections import deque
from dataclasses import dataclass

import numpy as np
from pocketsphinx import Vad

FRAME_MS = 20
PRE_ROLL_MS = 300
# The gate lies this far above the tracked noise floor, and never below the absolute level (RMS of 16-bit samples).
GATE_RATIO = 2.5
GATE_FLOOR = 60.0
# Beyond this length a shorter pause ends the segment; beyond the last it ends anyway, so memory stays bounded.
LONG_SEGMENT_MS = 15_000
LONG_SEGMENT_PAUSE_MS = 180
LONGEST_SEGMENT_MS = 28_000


@dataclass
class Started:
    start_ms: int
    frames: list


@dataclass
class Speech:
    frame: np.ndarray


@dataclass
class Ended:
    end_ms: int


class Endpointer:
    """Feed it frames of FRAME_MS; it answers with Started, Speech and Ended events."""

    def __init__(self, rate: int, end_silence_ms: int):
        self._vad = Vad(Vad.MEDIUM_LOOSE, rate, FRAME_MS / 1000)
        self._end_frames = max(5, end_silence_ms // FRAME_MS)
        self._ring = deque(maxlen=PRE_ROLL_MS // FRAME_MS)
        self._recent = deque(maxlen=6)
        self._floor = 30.0
        self._speaking = False
        self._quiet = 0
        self._length = 0
        self._n = 0

    @property
    def quiet_ms(self) -> int:
        """Silence at the end of the segment so far."""
        return self._quiet * FRAME_MS

    def feed(self, frame: np.ndarray) -> list:
        self._n += 1
        voiced = self._voiced(frame)
        return self._during(frame, voiced) if self._speaking else self._before(frame, voiced)

    def flush(self) -> list:
        """The stream is over."""
        return [self._end()] if self._speaking else []

    def _voiced(self, frame: np.ndarray) -> bool:
        level = float(np.sqrt(np.mean(frame.astype(np.float64) ** 2)))
        # Falls at once, rises slowly (about 6 dB in a second): speech must not become the floor.
        self._floor = level if level < self._floor else min(self._floor * 1.014, level)
        self._floor = max(self._floor, 1.0)
        loud = level > max(GATE_FLOOR, self._floor * GATE_RATIO)
        return loud and self._vad.is_speech(frame.astype("<i2").tobytes())

    def _before(self, frame, voiced) -> list:
        self._ring.append(frame)
        self._recent.append(voiced)
        if sum(self._recent) < 4:
            return []
        self._speaking, self._quiet, self._length = True, 0, len(self._ring)
        frames = list(self._ring)
        self._ring.clear()
        self._recent.clear()
        return [Started((self._n - len(frames)) * FRAME_MS, frames)]

    def _during(self, frame, voiced) -> list:
        self._length += 1
        self._quiet = 0 if voiced else self._quiet + 1
        events = [Speech(frame)]
        if self._quiet >= self._patience():
            events.append(self._end())
        return events

    def _patience(self) -> int:
        length = self._length * FRAME_MS
        if length > LONGEST_SEGMENT_MS:
            return 0
        if length > LONG_SEGMENT_MS:
            return min(self._end_frames, LONG_SEGMENT_PAUSE_MS // FRAME_MS)
        return self._end_frames

    def _end(self) -> Ended:
        self._speaking = False
        return Ended((self._n - self._quiet) * FRAME_MS)
