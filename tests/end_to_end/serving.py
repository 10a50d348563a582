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


@contextmanager
def served(home: Path, **environment: str) -> Iterator[str]:
    """The address of a chat page, served until the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "ui", "serve", "--port", str(port)],
        env=os.environ | {"VIGIE_HOME": str(home)} | environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        wait_for_health(f"http://127.0.0.1:{port}/_stcore/health", server)
        yield f"http://127.0.0.1:{port}"
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
