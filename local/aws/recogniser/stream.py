"""One connection: framed audio in, JSON lines out.

In: frames of a big-endian uint32 length, then that many bytes, the first of which says what they are:
    H  JSON {"sampleRate": 8000|16000, "vocabulary"?: [phrase], "languageModel"?: name, "endSilenceMs"?, "partialEveryMs"?}
    A  PCM, signed 16 bit, little endian, mono
    E  the audio ends
Out: {"kind": "ready"}, then partial and final results, then {"kind": "end"}; or {"kind": "error", "code", "message"}.
"""

import json
import socket
import struct

import numpy as np

from audio import resampler, to_int16
from endpoint import FRAME_MS, Ended, Endpointer, Speech, Started
from vocabulary import with_vocabulary

MAX_FRAME_BYTES = 1 << 20
MAX_PHRASES = 2000


class BadRequest(Exception):
    """What the client sent cannot be used; `code` tells it what."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code = code


def read_exactly(connection: socket.socket, count: int) -> bytes | None:
    """None when the peer has closed."""
    parts = bytearray()
    while len(parts) < count:
        chunk = connection.recv(count - len(parts))
        if not chunk:
            return None
        parts += chunk
    return bytes(parts)


def read_frame(connection: socket.socket) -> tuple[bytes, bytes] | None:
    head = read_exactly(connection, 4)
    if head is None:
        return None
    (length,) = struct.unpack(">I", head)
    if not 1 <= length <= MAX_FRAME_BYTES:
        raise BadRequest("bad-frame", f"frame of {length} bytes")
    body = read_exactly(connection, length)
    return None if body is None else (body[:1], body[1:])


def read_header(connection: socket.socket, models: list[str]) -> dict | None:
    frame = read_frame(connection)
    if frame is None:
        return None
    kind, body = frame
    if kind != b"H":
        raise BadRequest("bad-frame", "the first frame is not a header")
    try:
        header = json.loads(body)
    except ValueError:
        raise BadRequest("bad-header", "the header is not JSON") from None
    if not isinstance(header, dict) or header.get("sampleRate") not in (8000, 16000):
        raise BadRequest("bad-header", "sampleRate must be 8000 or 16000")
    if header.setdefault("languageModel", "intake") not in models:
        raise BadRequest("unknown-language-model", f"the language models are {', '.join(models)}")
    phrases = header.setdefault("vocabulary", [])
    if not isinstance(phrases, list) or not all(isinstance(p, str) for p in phrases):
        raise BadRequest("bad-header", "vocabulary must be a list of phrases")
    if len(phrases) > MAX_PHRASES:
        raise BadRequest("bad-header", f"more than {MAX_PHRASES} phrases")
    for key, low, high in (("endSilenceMs", 100, 5000), ("partialEveryMs", 20, 5000)):
        value = header.setdefault(key, {"endSilenceMs": 500, "partialEveryMs": 150}[key])
        if not isinstance(value, int) or not low <= value <= high:
            raise BadRequest("bad-header", f"{key} must be {low} to {high}")
    return header


class Stream:
    def __init__(self, connection: socket.socket, header: dict, utterances, fold: float):
        self._connection = connection
        self._utterances = utterances
        self._rate = header["sampleRate"]
        self._fold = fold
        self._partial_every = header["partialEveryMs"]
        self._endpointer = Endpointer(self._rate, header["endSilenceMs"])
        self._upsample = None
        self._rest = b""
        self._segment = 0
        self._offset_ms = 0
        self._since_partial = 0
        self._last = []

    def run(self) -> None:
        self._send({"kind": "ready"})
        while (frame := read_frame(self._connection)) is not None:
            kind, body = frame
            if kind == b"E":
                self._handle(self._endpointer.flush())
                self._send({"kind": "end"})
                return
            if kind != b"A":
                raise BadRequest("bad-frame", f"unknown kind of frame {kind!r}")
            self._audio(body)

    def _audio(self, body: bytes) -> None:
        self._rest += body
        size = self._rate * FRAME_MS // 1000 * 2
        whole = len(self._rest) // size * size
        pcm = np.frombuffer(self._rest[:whole], dtype="<i2")
        self._rest = self._rest[whole:]
        for frame in pcm.reshape(-1, size // 2):
            self._handle(self._endpointer.feed(frame))

    def _handle(self, events: list) -> None:
        for event in events:
            if isinstance(event, Started):
                self._begin(event)
            elif isinstance(event, Speech):
                self._decode(event.frame)
            elif isinstance(event, Ended):
                self._finish(event.end_ms)

    def _begin(self, event: Started) -> None:
        self._offset_ms = event.start_ms
        self._since_partial = 0
        self._last = []
        self._upsample = resampler(self._rate, self._fold)
        self._utterances.start()
        for frame in event.frames:
            self._decode(frame)

    def _decode(self, frame: np.ndarray) -> None:
        self._utterances.feed(to_int16(self._upsample(frame)))
        self._since_partial += FRAME_MS
        # Silence adds no words: the pause that ends a segment needs no partials.
        if self._since_partial >= self._partial_every and self._endpointer.quiet_ms < 300:
            self._since_partial = 0
            self._partial()

    def _partial(self) -> None:
        words = self._utterances.words()
        if not words:
            return
        texts = [word.text for word in words]
        stable = _common(texts, self._last)
        self._last = texts
        # The newest word may still grow, however often it was heard.
        self._result("partial", words, min(stable, len(words) - 1))

    def _finish(self, end_ms: int) -> None:
        words = self._utterances.end()
        if words:
            self._result("final", words, len(words), end_ms)
            self._segment += 1

    def _result(self, kind: str, words: list, stable: int, end_ms: int | None = None) -> None:
        items = [
            {
                "text": word.text,
                "startMs": self._offset_ms + word.start_ms,
                "endMs": self._offset_ms + word.end_ms,
                "stable": index < stable,
                "confidence": round(word.confidence, 3),
            }
            for index, word in enumerate(words)
        ]
        last = items[-1]["endMs"]
        self._send(
            {
                "kind": kind,
                "segment": self._segment,
                "startMs": items[0]["startMs"],
                "endMs": last if end_ms is None else max(last, end_ms),
                "words": items,
            }
        )

    def _send(self, message: dict) -> None:
        self._connection.sendall(json.dumps(message).encode() + b"\n")


def _common(a: list, b: list) -> int:
    count = 0
    for left, right in zip(a, b):
        if left != right:
            break
        count += 1
    return count


def _refuse(connection: socket.socket, error: BadRequest) -> None:
    answer = {"kind": "error", "code": error.code, "message": str(error)}
    connection.sendall(json.dumps(answer).encode() + b"\n")
    connection.shutdown(socket.SHUT_WR)
    # Closing on what was not read would take the answer back (reset): let the client have it first.
    connection.settimeout(1.0)
    try:
        for _ in range(64):
            if not connection.recv(1 << 16):
                return
    except TimeoutError:
        pass


def serve_stream(connection: socket.socket, decoders: dict, fold: float) -> None:
    """Runs one stream to its end; errors of the client's making are answered, not raised."""
    try:
        try:
            header = read_header(connection, sorted(decoders))
            if header is None:
                return
            utterances = with_vocabulary(decoders[header["languageModel"]], header["vocabulary"])
            Stream(connection, header, utterances, fold).run()
        except BadRequest as error:
            _refuse(connection, error)
    except (BrokenPipeError, ConnectionResetError):
        pass
