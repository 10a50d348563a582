"""What every generator is given and gives back. Whatever it writes is checked by the same code before it is shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.answer import Language, Shape
from corpus import VigieError


class GeneratorFailed(VigieError):
    """The generator could not write; the quotes are shown without its text."""


@dataclass(frozen=True)
class Extract:
    """A quote the generator may write from, and the section it comes from."""

    heading: str
    text: str


@dataclass(frozen=True)
class WritingTask:
    """A question that stands alone, the language to answer in, and what may be said."""

    question: str
    language: Language
    extracts: Sequence[Extract]
    shape: Shape = "answer"


class Generator(Protocol):
    """Writes a draft, piece by piece. `model` and `revision` go into the passport."""

    name: str
    model: str
    revision: str

    def write(self, task: WritingTask) -> Iterator[str]:
        """Pieces of text as they come; closing the iterator stops the work. Raises GeneratorFailed."""
        ...

    def warm_up(self) -> None:
        """Load what the first answer would wait for."""
        ...
