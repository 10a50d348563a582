"""A new version of the index, made and published while people ask, by commands of a lower priority."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.load.server import ROOT, environment

_REASON = "essai de charge"


@dataclass(frozen=True)
class Change:
    """What the new version changes: a PDF is added, and a publication is left out."""

    added: Path
    left_out: str


@dataclass
class Publishing:
    """Seconds after the beginning at which each step ended; `problem` is what a command that failed said."""

    version: str = ""
    staged: float | None = None
    published: float | None = None
    problem: str = ""

    async def run(self, home: Path, change: Change, elapsed: Callable[[], float]) -> None:
        """Build a version and publish it whatever its judge says: it serves this run only."""
        if await self._vigie(home, "corpus", "add", str(change.added)) is None:
            return
        if await self._vigie(home, "corpus", "remove", change.left_out) is None:
            return
        said = await self._vigie(home, "index", "build", "--stage", "--progress", "json")
        if said is None:
            return
        self.version, self.staged = made_version(said), elapsed()
        if await self._vigie(home, "index", "publish", self.version, "--force", _REASON) is not None:
            self.published = elapsed()

    async def _vigie(self, home: Path, *arguments: str) -> str | None:
        """What a command wrote on standard error; None if it failed. Cancelled, it stops the command."""
        process = await asyncio.create_subprocess_exec(
            "nice", "-n", "19", sys.executable, "-m", "ui", *arguments,
            cwd=ROOT, env=environment(home), stderr=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        try:
            said = (await process.communicate())[1].decode("utf-8", "replace")
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGTERM)
                await process.wait()
        if process.returncode:
            self.problem = f"vigie {' '.join(arguments)}: {said.strip()[-500:]}"
            return None
        return said


def made_version(said: str) -> str:
    """The name in the line that ends `--progress json`."""
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    return str(next(line["version"] for line in lines if line["event"] == "done"))
