"""An answer that goes on being written while its reader reads, scrolls, opens sources or asks something else."""

import logging
import threading
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import replace

from assistant import Answer, wording
from ui.busy import Turnstile
from ui.interruption import Interrupted, is_stopped

_log = logging.getLogger(__name__)


class Writing:
    """Takes the snapshots of an answer in a thread of its own; `latest` is the whole answer so far.

    Streamlit runs the page again at every click: a page that wrote by itself would lose its sentences.
    """

    def __init__(
        self,
        stream: Generator[Answer, None, None],
        first: Answer,
        writers: Turnstile,
        gone: Callable[[], bool] = lambda: False,
    ) -> None:
        self.latest = first
        self.place = 0  # in the line before the generator; 0 once it writes
        self._writers = writers
        self._gone = gone
        self._stopped = False
        self._over = False
        self._on_done: Callable[[Answer, bool], None] | None = None
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._take, args=(stream,), daemon=True)
        self._thread.start()

    @property
    def done(self) -> bool:
        """Whether `latest` is what will remain."""
        return self._over

    @property
    def stopped(self) -> bool:
        """Whether the reader stopped it on its way."""
        return self._stopped

    def stop(self) -> None:
        """Keep what is written; the generator gives up at its next word."""
        self._finish(stopped=True)

    def when_done(self, keep: Callable[[Answer, bool], None]) -> None:
        """Give `keep` what will remain, and whether it was stopped: once, from whichever thread brings it to its end.

        A page that its reader has left does not run again to look.
        """
        with self._lock:
            if not self._over:
                self._on_done = keep
                return
        keep(self.latest, self._stopped)

    def wait(self, seconds: float) -> None:
        """Until it is done, or for that long."""
        self._thread.join(seconds)

    def _take(self, stream: Generator[Answer, None, None]) -> None:
        is_stopped.set(lambda: self._stopped or self._gone())
        stopped = False
        try:
            with closing(stream), self._writers.passage(self._wait_at):
                self.place = 0
                for answer in stream:
                    if not self._keep(answer):
                        return
        except Interrupted:
            stopped = True
        except Exception:  # whatever it is, the quotes stand, and the reader is told
            _log.exception("an answer was not written to its end")
            note = wording(self.latest.language).generator_failed
            self._keep(replace(self.latest, notes=(*self.latest.notes, note)))
        finally:
            self._finish(stopped)

    def _finish(self, stopped: bool) -> None:
        with self._lock:
            if self._over:
                return
            self._over, self._stopped = True, stopped
            keep = self._on_done
        if keep:
            keep(self.latest, stopped)

    def _wait_at(self, place: int) -> None:
        self.place = place
        if self._stopped or self._gone():
            raise Interrupted

    def _keep(self, answer: Answer) -> bool:
        """False once stopped: what comes later is not the answer its reader chose to keep."""
        with self._lock:
            if not self._stopped:
                self.latest = answer
            return not self._stopped
