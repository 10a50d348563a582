"""Workers of `corpus.isolation` forked from a process that has imported the reader: same limits, no half second.

`python -m tests.corpus.forking DESCRIPTOR` is that process; it ends when its standard input does.
"""

import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Self

import pytest

from corpus import CorpusSettings, isolation

ROOT = Path(__file__).resolve().parent.parent.parent
_MODULE = ["-m", "corpus.isolation"]


class ForkedWorker:
    """Stands in for `subprocess.Popen` in `corpus.isolation`: what it uses of it, and no more."""

    def __init__(self, address: str, command: Sequence[str], **_: object) -> None:
        assert list(command[1:3]) == _MODULE
        self._connection = socket.socket(socket.AF_UNIX)
        self._connection.connect(address)
        (stdin, ours), (theirs, stdout), (mine, stderr) = os.pipe(), os.pipe(), os.pipe()
        self.stdin: IO[bytes] = os.fdopen(ours, "wb")
        self.stdout: IO[bytes] = os.fdopen(theirs, "rb")
        self.stderr: IO[bytes] = os.fdopen(mine, "rb")
        socket.send_fds(self._connection, ["\0".join(command[3:]).encode()], [stdin, stdout, stderr])
        for descriptor in (stdin, stdout, stderr):
            os.close(descriptor)
        self._told = self._connection.makefile("r")
        self._pid = int(self._told.readline())
        self.returncode: int | None = None

    def kill(self) -> None:
        if self.returncode is None:
            os.kill(self._pid, signal.SIGKILL)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for stream in (self.stdout, self.stderr, self.stdin):
            stream.close()
        self.returncode = int(self._told.readline())
        self._told.close()
        self._connection.close()


@contextmanager
def forking() -> Iterator[str]:
    """The address at which workers are asked for."""
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"{folder}/socket")
        listener.listen()
        number = listener.fileno()
        command = [sys.executable, "-m", "tests.corpus.forking", str(number)]
        with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, pass_fds=[number]):
            yield f"{folder}/socket"


def fork_workers(address: str, patch: pytest.MonkeyPatch) -> None:
    """Have `read_isolated` fork its workers."""
    stand_in = SimpleNamespace(Popen=partial(ForkedWorker, address), PIPE=subprocess.PIPE)
    patch.setattr(isolation, "subprocess", stand_in)


@pytest.fixture(scope="session", autouse=True)
def forked_workers() -> Iterator[str]:
    """For the tests of a folder whose conftest imports it; gives the address for processes of their own."""
    with forking() as address, pytest.MonkeyPatch.context() as patch:
        fork_workers(address, patch)
        yield address


def _serve(listener: socket.socket) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # supervisors are waited for by nobody
    while listener in select.select([listener, sys.stdin], [], [])[0]:
        connection, _ = listener.accept()
        if os.fork() == 0:
            _supervise(connection)
            os._exit(0)
        connection.close()


def _supervise(connection: socket.socket) -> None:
    """Run a worker; tell its number, and in the end its exit status."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    message, descriptors, *_ = socket.recv_fds(connection, 1 << 16, 3)
    worker = os.fork()
    if worker == 0:
        _work(*message.decode().split("\0"), descriptors)
    for descriptor in descriptors:
        os.close(descriptor)
    connection.sendall(f"{worker}\n".encode())
    _, status = os.waitpid(worker, 0)
    connection.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())


def _work(path: str, settings: str, descriptors: Sequence[int]) -> None:
    """What `python -m corpus.isolation` does."""
    for place, descriptor in enumerate(descriptors):
        os.dup2(descriptor, place)
        os.close(descriptor)
    code = 1
    try:
        code = isolation._work(Path(path), CorpusSettings.model_validate_json(settings))
        sys.stdout.flush()
    except BaseException:  # an exception nobody foresaw ends the process, as at the end of a script
        traceback.print_exc()
    os._exit(code)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
