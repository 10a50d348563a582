"""A command run in this process, and what it did."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.split("\n") if line]

    @property
    def line(self) -> dict[str, Any]:
        (line,) = self.lines
        return line


Vigie = Callable[..., Outcome]
