"""A few answers at a time, in the order they were asked for; so many questions a minute for each person."""

import math
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_LOOK = 0.5  # seconds between two looks of one who waits: their place is told, and their leaving noticed
_MINUTE = 60.0


class Turnstile:
    """Lets `width` through at the same time; the others wait in line and know their place."""

    def __init__(self, width: int) -> None:
        self._free = width
        self._line: deque[object] = deque()
        self._changed = threading.Condition()

    @contextmanager
    def passage(self, on_place: Callable[[int], None] = lambda _: None) -> Iterator[None]:
        """Wait, then hold a place. `on_place` is told the place in line, 1 for the next, and may raise to leave it."""
        self._enter(on_place)
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify_all()

    def _enter(self, on_place: Callable[[int], None]) -> None:
        mine = object()
        with self._changed:
            self._line.append(mine)
        try:
            while not self._passed(mine):
                if place := self._place(mine):
                    on_place(place)
        finally:
            with self._changed:
                if mine in self._line:  # it raised
                    self._line.remove(mine)
                    self._changed.notify_all()

    def _passed(self, mine: object) -> bool:
        with self._changed:
            if not self._changed.wait_for(lambda: self._may(mine), _LOOK):
                return False
            self._line.remove(mine)
            self._free -= 1
            self._changed.notify_all()
            return True

    def _may(self, mine: object) -> bool:
        return self._free > 0 and self._line[0] is mine

    def _place(self, mine: object) -> int:
        with self._changed:
            return 0 if self._may(mine) else self._line.index(mine) + 1


class RateLimit:
    """So many questions of one person in a minute, whichever of their windows they come from."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.per_minute = per_minute
        self._clock = clock
        self._asked: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def wait(self, person: str) -> int:
        """Count a question of this person; or, where it is one too many, the seconds until the next is accepted."""
        with self._lock:
            now = self._clock()
            self._forget(now)
            times = self._asked.setdefault(person, deque())
            if len(times) >= self.per_minute:
                return min(max(1, math.ceil(times[0] + _MINUTE - now)), int(_MINUTE))
            times.append(now)
            return 0

    def _forget(self, now: float) -> None:
        for person, times in list(self._asked.items()):
            while times and times[0] <= now - _MINUTE:
                times.popleft()
            if not times:
                del self._asked[person]
