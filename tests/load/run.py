"""The chat under load: `python -m tests.load.run [HOME] --add FILE.pdf`.

So many people have a page open and ask the reference questions for five minutes, each reading ten seconds between two,
while a new version of the index is built and published. The server is warm: each question was asked once before.
Serves a copy of HOME. Prints a table; `--out` has all the figures, in JSON. Exit code 1 where a question has no answer,
an answer was not kept or mixes versions, or the new version was not published.
"""

import argparse
import asyncio
import json
import resource
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import httpcore

from evaluations import SHIPPED, load_questions
from tests.load.client import tab
from tests.load.figures import Sample, answers, memory_over
from tests.load.machine import cpu_seconds, memory, processor
from tests.load.mixing import Held, held
from tests.load.publishing import Change, Publishing
from tests.load.server import Server, copied_home, served
from tests.load.sessions import Crowd, Plan
from tests.load.table import load_table


@dataclass
class Run:
    """What was measured; CPU seconds of the server, of the people here, and of the commands that build."""

    crowd: Crowd
    seconds: float = 0.0
    samples: list[Sample] = field(default_factory=list)
    publishing: Publishing = field(default_factory=Publishing)
    cpu: dict[str, float] = field(default_factory=dict)


def reference_questions() -> list[str]:
    """Those in French that need no earlier turn."""
    records = load_questions([SHIPPED / "guide.jsonl"])
    return [record.question for record in records if record.language == "fr" and not record.history]


async def measured(server: Server, plan: Plan, change: Change | None, cold: bool = False) -> Run:
    """Let everybody ask; a version that is not published by then is given up."""
    run = Run(Crowd(server.address, plan, reference_questions()))
    async with httpcore.AsyncConnectionPool() as http, tab(server.address, http) as first:
        for question in () if cold else reference_questions():
            await first.ask(question)  # the page is whole once the models are loaded: they are not what this measures
    asking = asyncio.create_task(run.crowd.ask())
    await asyncio.wait({asking, asyncio.create_task(run.crowd.begun.wait())}, return_when=asyncio.FIRST_COMPLETED)
    before = _spent(server.pid)
    tasks = [asyncio.create_task(_watch(server.pid, run))]
    if change:
        tasks.append(asyncio.create_task(run.publishing.run(server.home, change, lambda: run.crowd.elapsed)))
    await asking
    run.seconds = run.crowd.elapsed
    run.cpu = {name: round(spent - before[name], 1) for name, spent in _spent(server.pid).items()}
    for task in tasks:
        if not task.cancel():
            task.result()  # what ended by itself may have failed
    await asyncio.gather(*tasks, return_exceptions=True)
    return run


async def _watch(pid: int, run: Run) -> None:
    while True:
        run.samples.append(Sample(run.crowd.elapsed, memory(pid)))
        await asyncio.sleep(1)


def _spent(pid: int) -> dict[str, float]:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"server": cpu_seconds(pid), "people": time.process_time(), "building": ended.ru_utime + ended.ru_stime}


def report(run: Run, plan: Plan, found: Held) -> dict[str, Any]:
    """All the figures."""
    asked = answers(run.crowd.asked, run.seconds)
    return {
        "machine": processor(),
        "plan": asdict(plan),
        "seconds": round(run.seconds, 1),
        **asked,
        "memory_mb": memory_over(run.samples, run.seconds),
        "cpu_seconds": run.cpu,
        "publishing": asdict(run.publishing),
        "versions": dict(found.answers),
        "telling": dict(found.telling),
        "kept": found.answers.total(),
        "mixed": found.mixed,
        "memory_each_second": [[round(s.at, 1), s.memory.total, s.memory.own] for s in run.samples],
        "problems": [[round(one.at, 1), one.question, one.problem] for one in run.crowd.asked if one.problem],
    }


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("home", type=Path, nargs="?", default=Path(".vigie"))
    cli.add_argument("--sessions", type=int, default=Plan.sessions)
    cli.add_argument("--seconds", type=float, default=Plan.seconds)
    cli.add_argument("--think", type=float, default=Plan.think)
    cli.add_argument("--patience", type=float, default=Plan.patience)
    cli.add_argument("--seed", type=int, default=Plan.seed)
    cli.add_argument("--add", type=Path, help="a PDF that the version made meanwhile adds; without it none is made")
    cli.add_argument("--leave-out", default="recueil-7-glossaire", help="a publication that it leaves out")
    cli.add_argument("--cold", action="store_true", help="ask nothing before")
    cli.add_argument("--out", type=Path)
    args = cli.parse_args()
    plan = Plan(args.sessions, args.seconds, args.think, args.patience, args.seed)
    change = Change(args.add.resolve(strict=True), args.leave_out) if args.add else None
    with copied_home(args.home) as home:
        with served(home) as server:
            run = asyncio.run(measured(server, plan, change, args.cold))
        figures = report(run, plan, held(home))
    if args.out:
        args.out.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")
    sys.stdout.write(load_table(figures) + "\n")
    lost = figures["timeouts"] or figures["errors"] or figures["mixed"] or figures["kept"] < figures["answered"]
    sys.exit(bool(lost or (change and run.publishing.published is None)))


if __name__ == "__main__":
    main()
