"""A build's progress, for a person at a terminal or, as JSON lines on standard error, for another program."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal

from index import BuildProgress
from ui.cli.output import progress_bars

How = Literal["bar", "json"]
STEPS = {
    "read": "Lecture des publications",
    "terms": "Index des mots",
    "asked": "Vecteurs des questions types",
    "embed": "Vecteurs des passages",
    "sentences": "Vecteurs des phrases",
}
# Each other step counts what it is named for.
_COUNTED = {"read": "pages", "terms": "passages", "embed": "passages", "asked": "questions"}
_EVERY = 0.2  # seconds between two lines of one step


@contextmanager
def build_progress(how: How) -> Iterator[tuple[Callable[[BuildProgress], None], Callable[..., None]]]:
    """What is told of a build's steps, and what is told of anything else (label, done, total)."""
    if how == "json":
        lines = _Lines()
        yield lines.report, lines.advance
        return
    with progress_bars() as advance:
        yield lambda p: advance(STEPS[p.step], p.done, p.total, p.pages), advance


def tell(event: str, **values: Any) -> None:
    """One JSON line on standard error."""
    sys.stderr.write(json.dumps({"event": event, **values}, ensure_ascii=False) + "\n")
    sys.stderr.flush()


class _Lines:
    """Lines of at most five a second for each step, and always its last."""

    def __init__(self) -> None:
        self._begins: dict[str, float] = {}
        self._told: dict[str, float] = {}

    def report(self, progress: BuildProgress) -> None:
        more = {"pages": progress.pages, "passages": progress.passages} if progress.step == "read" else {}
        self._tell(progress.step, progress.done, progress.total, progress.label, **more)

    def advance(self, label: str, done: int, total: int, _pages: int = 0) -> None:
        self._tell("questions", done, total, label)

    def _tell(self, step: str, done: int, total: int, label: str, **more: int) -> None:
        now = time.monotonic()
        begin = self._begins.setdefault(step + label * (step == "questions"), now)
        if done < total and now - self._told.get(step, 0.0) < _EVERY:
            return
        self._told[step] = now
        elapsed = now - begin
        counted = more.get("pages") or done
        rate = round(counted / elapsed, 1) if elapsed > 0 else None
        left = round(elapsed / done * (total - done), 1) if done else None
        tell(
            "progress", step=step, publication=label if step == "read" else "", done=done, total=total, **more,
            rate=rate, rate_unit=f"{_COUNTED.get(step, step)}/s", elapsed=round(elapsed, 2),
            seconds_left=left,
        )  # fmt: skip
