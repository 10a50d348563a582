"""Whether a question has its whole reply on the screen, and how long each part of it took."""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from tests.load.screen import Screen, Shown

Outcome = Literal["answered", "silent", "said", "failure"]

_TURN = re.compile(r"turn-(\d+)")  # the key of the container of a question and its reply
_ASKED, _QUEUE, _STOP = "vigie-asked", "vigie-queue", "stop-"
_OUTCOMES: dict[str, Outcome] = {  # the first that is found tells
    "vigie-failure": "failure", "vigie-silent": "silent", "vigie-quote": "answered", "vigie-where": "answered",
    "vigie-section": "answered", "vigie-said": "said",
}  # fmt: skip
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Reply:
    """Seconds from asking: to the last news of its place in the queue, to the first of the reply, to all of it.

    `messages` and `bytes` are what the server sent for it.
    """

    outcome: Outcome
    queued: float
    first: float
    total: float
    messages: int
    bytes: int


class Watch:
    """Made just before a question is put; `done` once its reply is whole."""

    def __init__(self, screen: Screen, question: str, clock: Callable[[], float]) -> None:
        self.done = False
        self._screen, self._question, self._clock = screen, _letters(question), clock
        self._before = max((number for number, _ in _turns(screen.main())), default=-1)
        self._begun, self._messages, self._bytes = clock(), screen.messages, screen.bytes
        self._queued = self._first = self._total = 0.0
        self._outcome: Outcome = "said"

    def look(self, shown: Shown | None) -> None:
        """After each message."""
        if shown and shown.html:
            self._time(shown)
        if not self._screen.running:
            self._conclude()

    def reply(self) -> Reply:
        """What it was, once it is done."""
        messages, sent = self._screen.messages - self._messages, self._screen.bytes - self._bytes
        return Reply(self._outcome, self._queued, self._first, self._total, messages, sent)

    def _time(self, shown: Shown) -> None:
        """Earlier turns are sent again before this one."""
        classes = shown.classes
        queued, begun = _QUEUE in classes, not self._first and not classes.isdisjoint(_OUTCOMES)
        if not (queued or begun) or not any(self._is_mine(around) for around in self._screen.around(shown.path)):
            return
        if queued:
            self._queued = self._clock() - self._begun
        else:
            self._first = self._clock() - self._begun

    def _is_mine(self, container: Shown) -> bool:
        turn = _TURN.fullmatch(container.key)
        return turn is not None and int(turn[1]) > self._before

    def _conclude(self) -> None:
        number, turn = max(_turns(self._screen.main()), default=(-1, []), key=lambda numbered: numbered[0])
        asked = next((shown for shown in turn if _ASKED in shown.classes), None)
        if number <= self._before or asked is None or self._question not in _letters(asked.html):
            return
        classes = frozenset[str]().union(*(shown.classes for shown in turn))
        outcome = next((outcome for name, outcome in _OUTCOMES.items() if name in classes), None)
        writing = any(shown.key.startswith(_STOP) for shown in turn)
        if outcome and not writing and _QUEUE not in classes:
            self.done, self._outcome, self._total = True, outcome, self._clock() - self._begun


def _turns(page: Sequence[Shown]) -> list[tuple[int, list[Shown]]]:
    """Each turn's number and what it holds; what stands outside turns is left out."""
    turns: list[tuple[int, list[Shown]]] = []
    inside: tuple[int, ...] | None = None
    for shown in page:
        if turn := _TURN.fullmatch(shown.key):
            turns.append((int(turn[1]), []))
            inside = shown.path
        elif inside and shown.path[: len(inside)] == inside:
            turns[-1][1].append(shown)
    return turns


def _letters(text: str) -> str:
    """Without tags or spaces, which the page sets its own way."""
    return "".join(html.unescape(_TAG.sub("", text)).split())
