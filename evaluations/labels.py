"""Evaluators' labels on the inbox, their agreement, and the adjudications that close its items.

An evaluator sees nobody's label before giving their own. Nothing is ever rewritten: a later label of the same person,
or a later adjudication, stands for the earlier one, which stays in the log.
"""

import itertools
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, Field, TypeAdapter

from evaluations.errors import EvaluationError
from evaluations.feedback import TUNE, Feedback, State, promoted_records
from evaluations.journal import FOLDER, Entry, append, entries, held, made
from evaluations.questions import Gold
from evaluations.statistics import cohen_kappa

LABELS = "labels.jsonl"
Judgement = Literal["correct", "partly", "wrong", "should_abstain", "unsure"]
_FIX = "Corrigez cette valeur, puis relancez."


def _folded(text: str) -> str:
    """A name is one name however its blanks and accents were typed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _said(text: str) -> str:
    if not text:
        raise ValueError("rien n’est écrit")
    return text


Words = Annotated[str, Field(max_length=5_000), AfterValidator(_folded), AfterValidator(_said)]


class _Said(Entry):
    """Something said of an item, with the pages that hold the answer where there are."""

    at: AwareDatetime
    item: str
    gold: tuple[Gold, ...] = ()


class Label(_Said):
    """What an evaluator says of an answer."""

    what: Literal["label"] = "label"
    evaluator: Words
    label: Judgement
    note: str = Field(default="", max_length=5_000)


class Adjudication(_Said):
    """What closes an item: who decided, what, and why."""

    what: Literal["adjudication"] = "adjudication"
    adjudicator: Words
    decision: Judgement
    why: Words


_LOG: TypeAdapter[Label | Adjudication] = TypeAdapter(Annotated[Label | Adjudication, Field(discriminator="what")])


@dataclass(frozen=True)
class Review:
    """What was said of an item: the latest label of each evaluator, and the latest adjudication."""

    labels: Mapping[str, Label] = field(default_factory=dict)
    adjudication: Adjudication | None = None

    @property
    def state(self) -> State:
        """Its state, unless it was promoted."""
        if self.adjudication:
            return "settled"
        if not self.labels:
            return "new"
        return "disputed" if len({label.label for label in self.labels.values()}) > 1 else "labelled"

    def seen_by(self, evaluator: str) -> list[Label]:
        """The labels that an evaluator may see: none before giving one, all of them after, or once it is closed."""
        told = _folded(evaluator) in self.labels or self.adjudication
        return list(self.labels.values()) if told else []

    @property
    def gold(self) -> tuple[Gold, ...]:
        """The adjudicator's pages, or else those of the evaluators who said what was decided."""
        if not self.adjudication:
            return ()
        agreeing = [label for label in self.labels.values() if label.label == self.adjudication.decision]
        return self.adjudication.gold or tuple(dict.fromkeys(gold for label in agreeing for gold in label.gold))


def reviews(home: Path) -> dict[str, Review]:
    """What was said of each item of which something was. Raises EvaluationError naming the line that is no label."""
    labels: dict[str, dict[str, Label]] = defaultdict(dict)
    closed: dict[str, Adjudication] = {}
    for said in entries(home / FOLDER / LABELS, _LOG):
        if isinstance(said, Label):
            labels[said.item][said.evaluator] = said
        else:
            closed[said.item] = said
    return {item: Review(labels.get(item, {}), closed.get(item)) for item in {**labels, **closed}}


def give_label(
    home: Path, item: Feedback, label: Judgement, evaluator: str, gold: Sequence[Gold] = (), note: str = ""
) -> Label:
    """Record what an evaluator says. Raises EvaluationError where the item is closed, or the label says two things."""
    given = made(
        Label, _FIX, at=datetime.now(UTC), item=item.id, evaluator=evaluator, label=label, gold=tuple(gold), note=note
    )
    _refuse_pages_of_silence(label, gold)
    with held(home / FOLDER):
        closed = reviews(home).get(item.id, Review()).adjudication
        if closed:
            raise EvaluationError(
                f"« {item.id} » est clos : {closed.adjudicator} a tranché ({closed.decision}).",
                f"Pour revenir sur cette décision : « vigie evaluate adjudicate {item.id} … ».",
            )
        append(home / FOLDER / LABELS, given)
    return given


def adjudicate(
    home: Path, item: Feedback, decision: Judgement, adjudicator: str, why: str, gold: Sequence[Gold] = ()
) -> Adjudication:
    """Close an item. Raises EvaluationError where it was promoted, or the decision says two things."""
    given = made(
        Adjudication, _FIX, at=datetime.now(UTC), item=item.id, adjudicator=adjudicator, decision=decision, why=why,
        gold=tuple(gold),
    )  # fmt: skip
    _refuse_pages_of_silence(decision, gold)
    with held(home / FOLDER):
        if any(record.id == item.record_id for record in promoted_records(home)):
            raise EvaluationError(
                f"« {item.id} » est déjà une question, « {item.record_id} ».",
                f"Retirez d’abord sa ligne de {home / FOLDER / TUNE}.",
            )
        append(home / FOLDER / LABELS, given)
    return given


def _refuse_pages_of_silence(label: Judgement, gold: Sequence[Gold]) -> None:
    if label == "should_abstain" and gold:
        raise EvaluationError(
            "Une question à laquelle il fallait se taire n’a pas de page qui y réponde.",
            "Retirez --gold, ou donnez une autre étiquette.",
        )


@dataclass(frozen=True)
class Agreement:
    """Two evaluators over the items that both labelled; `kappa` is None where chance alone makes them agree."""

    evaluators: tuple[str, str]
    items: int
    kappa: float | None


def agreements(said: Iterable[Review]) -> list[Agreement]:
    """Cohen's kappa of each pair of evaluators who labelled an item both, by name. A closed item counts."""
    pairs: dict[tuple[str, str], list[tuple[Judgement, Judgement]]] = defaultdict(list)
    for review in said:
        for one, other in itertools.combinations(sorted(review.labels), 2):
            pairs[one, other].append((review.labels[one].label, review.labels[other].label))
    return [Agreement(pair, len(seen), _kappa(seen)) for pair, seen in sorted(pairs.items())]


def _kappa(seen: Sequence[tuple[Judgement, Judgement]]) -> float | None:
    return cohen_kappa([one for one, _ in seen], [other for _, other in seen])
