"""The recogniser's sidecar: listens on a Unix socket and forks one process per stream.

    python serve.py --model DIR --socket PATH

Decoding holds the interpreter's lock, so streams must be processes. They are forked from this one after the models
are loaded: they share the models' pages, start in milliseconds, and a stream that fails takes nothing with it.
Prints one line, {"ready": true, "models": [...]}, when it listens. Ends on SIGTERM, and when its standard input
closes if --until-stdin-closes is given (so that nothing outlives a launcher that was killed).
"""

import argparse
import ctypes
import json
import os
import pathlib
import resource
import selectors
import signal
import socket
import sys
import traceback

import pocketsphinx

import vocabulary
from decoding import make_config, model_names
from stream import serve_stream

PR_SET_PDEATHSIG = 1
# A stream takes 30 to 60 MB of its own; a runaway one must not take the machine.
STREAM_ADDRESS_SPACE = 2 << 30


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Streaming speech recognition on a Unix socket.")
    parser.add_argument("--model", type=pathlib.Path, required=True, help="directory made by build.py")
    parser.add_argument("--socket", required=True)
    parser.add_argument("--streams", type=int, default=32, help="at most so many at a time")
    parser.add_argument("--fold", type=float, default=1.0, help="mirror image left above 4 kHz for 8 kHz audio")
    parser.add_argument("--until-stdin-closes", action="store_true")
    return parser.parse_args()


class Server:
    def __init__(self, options: argparse.Namespace):
        self._options = options
        self._children: set[int] = set()
        self._decoders = {
            name: pocketsphinx.Decoder(make_config(options.model, name)) for name in model_names(options.model)
        }
        vocabulary.preload()
        self._listener = self._listen(options.socket)

    def _listen(self, path: str) -> socket.socket:
        if os.path.exists(path):
            os.unlink(path)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        previous = os.umask(0o177)
        try:
            listener.bind(path)
        finally:
            os.umask(previous)
        listener.listen(64)
        return listener

    def run(self) -> None:
        print(json.dumps({"ready": True, "models": sorted(self._decoders)}), flush=True)
        wake_read, wake_write = os.pipe()
        os.set_blocking(wake_write, False)
        signal.set_wakeup_fd(wake_write)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        stopping = []
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.append(True))
        with selectors.DefaultSelector() as selector:
            selector.register(self._listener, selectors.EVENT_READ)
            selector.register(wake_read, selectors.EVENT_READ)
            if self._options.until_stdin_closes:
                selector.register(0, selectors.EVENT_READ)
            while not stopping:
                for key, _ in selector.select():
                    if key.fd == wake_read:
                        os.read(wake_read, 4096)
                    elif key.fd == 0 and not os.read(0, 4096):
                        stopping.append(True)
                    elif key.fileobj is self._listener:
                        self._accept()
                self._reap()
        self._stop()

    def _accept(self) -> None:
        connection, _ = self._listener.accept()
        with connection:
            if len(self._children) >= self._options.streams:
                answer = {"kind": "error", "code": "too-many-streams", "message": "no stream is free"}
                connection.sendall(json.dumps(answer).encode() + b"\n")
                return
            parent = os.getpid()
            child = os.fork()
            if child == 0:
                self._run_child(connection, parent)
            self._children.add(child)

    def _run_child(self, connection: socket.socket, parent: int) -> None:
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
                signal.signal(number, signal.SIG_DFL)
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)
            resource.setrlimit(resource.RLIMIT_AS, (STREAM_ADDRESS_SPACE, STREAM_ADDRESS_SPACE))
            self._listener.close()
            serve_stream(connection, self._decoders, self._options.fold)
            status = 0
        except BaseException:
            # Only the type and the place: a message could hold what was said.
            kind, _, trace = sys.exc_info()
            last = traceback.extract_tb(trace)[-1]
            where = f"{pathlib.Path(last.filename).name}:{last.lineno}"
            print(json.dumps({"level": "error", "error": kind.__name__, "at": where}), file=sys.stderr, flush=True)
        finally:
            os._exit(status)

    def _reap(self) -> None:
        while self._children:
            child, _ = os.waitpid(-1, os.WNOHANG)
            if child == 0:
                return
            self._children.discard(child)

    def _stop(self) -> None:
        self._listener.close()
        if os.path.exists(self._options.socket):
            os.unlink(self._options.socket)
        for child in self._children:
            os.kill(child, signal.SIGTERM)
        for child in self._children:
            os.waitpid(child, 0)


if __name__ == "__main__":
    Server(arguments()).run()
