"""`vigie serve` in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

STARTING = 60  # seconds for a server, on a busy machine


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(home: Path, address: str = "", **environment: str) -> Iterator[str]:
    """The address of a chat page, served until the end: at a free port, or at `http://HOST:PORT` where it is given."""
    address = address or f"http://127.0.0.1:{free_port()}"
    server = subprocess.Popen(
        [sys.executable, "-m", "ui", "serve", "--port", address.rpartition(":")[2]],
        env=os.environ | {"VIGIE_HOME": str(home)} | environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        wait_for_health(f"{address}/_stcore/health", server)
        yield address
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def wait_for_health(url: str, server: subprocess.Popen[bytes]) -> None:
    pause = threading.Event()
    for _ in range(STARTING * 5):
        assert server.poll() is None, "vigie serve stopped by itself"
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                assert answer.status == 200
                return
        except (urllib.error.URLError, TimeoutError):
            pause.wait(0.2)
    pytest.fail(f"{url} is silent after {STARTING} s")
