"""The server's memory over many conversations: `python -m tests.load.memory [HOME]`.

A thousand conversations are opened and closed, each with one question answered. The first ones warm the server up.
Memory is compared once Streamlit has let go of the sessions that were left, which it keeps for two minutes, before and
after. Exit code 1 where it grew by more than is allowed, or a question was not answered. Serves a copy of HOME.
"""

import argparse
import asyncio
import json
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import httpcore

from tests.load.client import tab
from tests.load.machine import Memory, cpu_seconds, memory, processor
from tests.load.reply import Reply
from tests.load.run import reference_questions
from tests.load.server import Server, copied_home, served
from tests.load.sessions import TROUBLE

SEED = 20261126
_FORGOTTEN = 125.0  # seconds after which a session that was left is dropped, when the next one is left
_PATIENCE = 60.0
_STEPS = 10  # measures on the way


@dataclass(frozen=True)
class Growth:
    """Memory in megabytes: `start` and `end` once sessions were forgotten, `warm` and `on_the_way` before that."""

    warm: Memory
    start: Memory
    on_the_way: tuple[Memory, ...]
    end: Memory
    answered: int
    problems: tuple[str, ...]

    @property
    def ratio(self) -> float:
        """Of the end to the start; 1.0 is no growth."""
        return self.end.total / self.start.total


class Visitors:
    """Conversations of one question, a few at the same time."""

    def __init__(self, server: Server, parallel: int, questions: Sequence[str]) -> None:
        self.replies: list[Reply] = []
        self.problems: list[str] = []
        self._address, self._questions = server.address, questions
        self._draw, self._gate = random.Random(SEED), asyncio.Semaphore(parallel)

    async def come(self, count: int) -> None:
        """Open a page, ask, read the reply and leave, so many times."""
        async with httpcore.AsyncConnectionPool(max_keepalive_connections=0) as http, asyncio.TaskGroup() as group:
            for _ in range(count):
                group.create_task(self._visit(self._draw.choice(self._questions), http))

    async def _visit(self, question: str, http: httpcore.AsyncConnectionPool) -> None:
        async with self._gate:
            try:
                async with asyncio.timeout(_PATIENCE), tab(self._address, http) as opened:
                    reply = await opened.ask(question)
            except TROUBLE as error:
                self.problems.append(f"{type(error).__name__} {error}".strip())
            else:
                self.replies.append(reply)


async def measured(server: Server, conversations: int, warming: int, parallel: int, forgotten: float) -> Growth:
    """Warm up, measure, let everyone come and go, measure again."""
    visitors = Visitors(server, parallel, reference_questions())
    await visitors.come(warming)
    warm = memory(server.pid)
    start = await _forgotten(visitors, server, forgotten)
    before, on_the_way = len(visitors.replies), []
    for step in range(_STEPS):
        await visitors.come(conversations * (step + 1) // _STEPS - conversations * step // _STEPS)
        on_the_way.append(memory(server.pid))
    answered = sum(reply.outcome != "failure" for reply in visitors.replies[before:])
    end = await _forgotten(visitors, server, forgotten)
    return Growth(warm, start, tuple(on_the_way), end, answered, tuple(visitors.problems))


async def _forgotten(visitors: Visitors, server: Server, seconds: float) -> Memory:
    """Old sessions are dropped when another is left; its own takes little."""
    await asyncio.sleep(seconds)
    await visitors.come(1)
    return memory(server.pid)


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("home", type=Path, nargs="?", default=Path(".vigie"))
    cli.add_argument("--conversations", type=int, default=1000)
    cli.add_argument("--warming", type=int, default=50)
    cli.add_argument("--parallel", type=int, default=4)
    cli.add_argument("--forgotten", type=float, default=_FORGOTTEN, help="seconds to wait for sessions to be dropped")
    cli.add_argument("--most", type=float, default=1.15, help="the ratio of memory that is allowed")
    cli.add_argument("--out", type=Path)
    args = cli.parse_args()
    begun = time.monotonic()
    with copied_home(args.home) as home, served(home) as server:
        growth = asyncio.run(measured(server, args.conversations, args.warming, args.parallel, args.forgotten))
        spent = cpu_seconds(server.pid)
    figures = {
        "machine": processor(),
        "conversations": args.conversations,
        "ratio": round(growth.ratio, 3),
        **asdict(growth),
        "seconds": round(time.monotonic() - begun),
        "server_cpu_seconds": round(spent),
    }
    sys.stdout.write(json.dumps(figures, ensure_ascii=False) + "\n")
    if args.out:
        args.out.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")
    sys.exit(growth.ratio > args.most or growth.answered < args.conversations)


if __name__ == "__main__":
    main()
