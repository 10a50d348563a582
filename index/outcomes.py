"""How reference questions are answered on a version, in the few words that a comparison of versions needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Effect = Literal["abstention gained", "abstention lost", "first passage", "citations"]


@dataclass(frozen=True)
class Outcome:
    """What a version answers to a question: the ids of the passages cited, in order, and where the first stands."""

    id: str
    question: str
    abstained: bool
    passages: tuple[str, ...] = ()
    first: str = ""


@dataclass(frozen=True)
class OutcomeChange:
    """A question that two versions answer differently, and the gravest difference."""

    effect: Effect
    before: Outcome
    after: Outcome


def compare_outcomes(before: Sequence[Outcome], after: Sequence[Outcome]) -> list[OutcomeChange]:
    """The questions answered differently, in order. Raises ValueError when the two were not asked the same."""
    changes = [(_effect(a, b), a, b) for a, b in zip(before, after, strict=True)]
    return [OutcomeChange(effect, a, b) for effect, a, b in changes if effect]


def _effect(before: Outcome, after: Outcome) -> Effect | None:
    if (before.id, before.question) != (after.id, after.question):
        raise ValueError(f"two different questions: {before.id} and {after.id}")
    if before.abstained != after.abstained:
        return "abstention gained" if after.abstained else "abstention lost"
    if before.passages[:1] != after.passages[:1]:
        return "first passage"
    return "citations" if set(before.passages) != set(after.passages) else None
