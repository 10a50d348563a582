"""A generator that its reader can stop between two words, and not only between two checked sentences."""

from collections.abc import Callable, Iterator
from collections.abc import Generator as Pieces
from contextlib import closing
from contextvars import ContextVar
from typing import cast

from assistant import Generator, WritingTask

is_stopped: ContextVar[Callable[[], bool]] = ContextVar("is_stopped", default=lambda: False)


class Interrupted(Exception):
    """The reader wants no more of this answer."""


class Interruptible:
    """Writes as another generator does, until what `is_stopped` holds in this thread is true."""

    def __init__(self, generator: Generator) -> None:
        self.name, self.model, self.revision = generator.name, generator.model, generator.revision
        self._generator = generator

    def write(self, task: WritingTask) -> Iterator[str]:
        """See Generator. Raises Interrupted."""
        stopped = is_stopped.get()
        with closing(cast("Pieces[str, None, None]", self._generator.write(task))) as pieces:
            for piece in pieces:
                if stopped():
                    raise Interrupted
                yield piece

    def warm_up(self) -> None:
        """See Generator."""
        self._generator.warm_up()
