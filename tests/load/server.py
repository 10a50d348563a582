"""A chat server of its own for a run: a copy of a home, so that nothing of the owner's is touched."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_LEFT_OUT = shutil.ignore_patterns("vigie.db*", "*.lock", "load", "quarantine")
_STARTING = 120  # seconds
# All come from one person here, who would be asked to slow down.
_SETTINGS = {"VIGIE_CHAT__QUESTIONS_PER_MINUTE": "1000"}


@dataclass(frozen=True)
class Server:
    """`address` is such as http://127.0.0.1:8501."""

    address: str
    home: Path
    pid: int


def environment(home: Path) -> dict[str, str]:
    """That of the commands of a run; settings of the caller's environment stand."""
    return os.environ | _SETTINGS | {"VIGIE_HOME": str(home)}


@contextmanager
def copied_home(home: Path) -> Iterator[Path]:
    """A copy of a VIGIE_HOME without its conversations, deleted at the end."""
    with tempfile.TemporaryDirectory(prefix="vigie-load-") as folder:
        yield Path(shutil.copytree(home, Path(folder) / "home", ignore=_LEFT_OUT))


@contextmanager
def served(home: Path) -> Iterator[Server]:
    """`vigie serve` on a free port, until the end. Raises RuntimeError, with what it said, where it does not start."""
    port = free_port()
    command = [sys.executable, "-m", "ui", "serve", "--port", str(port)]
    with listening(command, port, home / "serve.log", environment(home)) as pid:
        yield Server(f"http://127.0.0.1:{port}", home, pid)


@contextmanager
def listening(command: Sequence[str], port: int, log: Path, env: Mapping[str, str]) -> Iterator[int]:
    """The process of a Streamlit server that answers on a port, until the end. Raises RuntimeError like `served`."""
    with log.open("wb") as said:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=said, stderr=said, start_new_session=True)
    try:
        _wait(f"http://127.0.0.1:{port}", process, log)
        yield process.pid
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _STARTING
    while not _is_healthy(address):
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"the server did not start:\n{log.read_text('utf-8', 'replace')[-2000:]}")
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.2)


def _is_healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False
