"""People who read, think and ask again: each has a tab, and a seed of their own draws what they ask."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass

import httpcore
from websockets.exceptions import WebSocketException

from tests.load.client import Gone, Tab, tab
from tests.load.reply import Reply

TROUBLE = (Gone, OSError, TimeoutError, KeyError, WebSocketException, httpcore.NetworkError, httpcore.ProtocolError)


@dataclass(frozen=True)
class Plan:
    """`think` is the seconds between a reply and the next question, `patience` those after which one gives up."""

    sessions: int = 60
    seconds: float = 300.0
    think: float = 10.0
    patience: float = 60.0
    seed: int = 20261126


@dataclass(frozen=True)
class Asked:
    """A question, put `at` seconds after the beginning; without a reply, `problem` says why. Or a page not opened."""

    at: float
    question: str = ""
    reply: Reply | None = None
    problem: str = ""


class Crowd:
    """Everybody at once, towards one server; `begun` once all have come."""

    def __init__(self, address: str, plan: Plan, questions: Sequence[str]) -> None:
        self.asked: list[Asked] = []
        self.begun = asyncio.Event()
        self._address, self._plan, self._questions = address, plan, questions
        self._awaited, self._began_at = plan.sessions, 0.0

    @property
    def elapsed(self) -> float:
        """Seconds since everybody's page is open, 0 before."""
        return asyncio.get_running_loop().time() - self._began_at if self.begun.is_set() else 0.0

    async def ask(self) -> None:
        """Open a page each, then ask until the time is over and the last reply has come."""
        # One connection a request: a browser has its own, and a crowd's would stay open and unused between two.
        async with httpcore.AsyncConnectionPool(max_keepalive_connections=0) as http, asyncio.TaskGroup() as group:
            for number in range(self._plan.sessions):
                group.create_task(self._person(number, http))

    async def _person(self, number: int, http: httpcore.AsyncConnectionPool) -> None:
        """Who has come asks first at any moment of the first pause; one whose tab breaks opens another."""
        draw, has_come = random.Random(f"{self._plan.seed}-{number}"), False
        while not has_come or self.elapsed < self._plan.seconds:
            question, at = "", self.elapsed
            try:
                async with asyncio.timeout(self._plan.patience) as limit, tab(self._address, http) as opened:
                    limit.reschedule(None)
                    if not has_come:
                        has_come = await self._come()
                        await self._pause(draw.uniform(0, self._plan.think))
                    while self.elapsed < self._plan.seconds:
                        question, at = draw.choice(self._questions), self.elapsed
                        self.asked.append(Asked(at, question, await self._reply(opened, question)))
                        await self._pause(self._plan.think)
            except TROUBLE as error:
                self.asked.append(Asked(at, question, problem=f"{type(error).__name__} {error}".strip()))
                has_come = has_come or await self._come()  # nobody waits for a page that does not open
                await self._pause(self._plan.think)

    async def _come(self) -> bool:
        self._awaited -= 1
        if not self._awaited:
            self._began_at = asyncio.get_running_loop().time()
            self.begun.set()
        return await self.begun.wait()

    async def _reply(self, opened: Tab, question: str) -> Reply:
        async with asyncio.timeout(self._plan.patience):
            return await opened.ask(question)

    async def _pause(self, seconds: float) -> None:
        await asyncio.sleep(max(0.0, min(seconds, self._plan.seconds - self.elapsed)))
