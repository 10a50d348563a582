"""Two runs on the same questions: what differs by more than chance, and for which questions."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from evaluations.errors import EvaluationError
from evaluations.metric_catalogue import METRICS, PRIMARY
from evaluations.run_folder import Result, RunFolder
from evaluations.statistics import Difference, difference, holm


@dataclass(frozen=True)
class CaseChange:
    """A question whose measure differs."""

    id: str
    metric: str
    before: float
    after: float


@dataclass(frozen=True)
class Comparison:
    """`differences`: by measure, the second run less the first. `left_out`: questions whose gold one of them lacks."""

    before: dict[str, object]
    after: dict[str, object]
    differences: dict[str, Difference]
    changes: tuple[CaseChange, ...]
    left_out: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The object of `vigie evaluate compare --json`."""
        differences = {name: asdict(one) | {"is_real": one.is_real} for name, one in self.differences.items()}
        return asdict(self) | {"differences": differences}


def compare(first: RunFolder, second: RunFolder, *, across_corpora: bool = False) -> Comparison:
    """Compare two finished runs.

    Raises EvaluationError for other questions or other measures, a run that is not finished, and another corpus
    unless `across_corpora`: the gold is then that which both versions hold, found again by its words.
    """
    one, other = first.identity, second.identity
    _check(one, other, "questions", "Les deux évaluations ne portent pas sur les mêmes questions.")
    _check(one, other, "scoring", "Les deux évaluations n’ont pas été mesurées de la même façon.")
    if not across_corpora:
        remedy = "Ajoutez --across-corpora : les questions dont la citation a disparu sont laissées de côté."
        _check(one, other, "corpus", "Les deux évaluations ne portent pas sur le même corpus.", remedy)
    before, after = first.finished(), second.finished()
    lost = tuple(id_ for id_ in before if before[id_].lost or after[id_].lost)
    kept = [id_ for id_ in before if id_ not in lost]
    found = {name: d for name in METRICS if (d := _difference(name, kept, before, after)) is not None}
    tested = holm({name: d for name, d in found.items() if name in PRIMARY})
    return Comparison(one, other, found | tested, tuple(_changes(kept, before, after)), lost)


def _check(one: Mapping[str, object], other: Mapping[str, object], key: str, message: str, remedy: str = "") -> None:
    if one.get(key) != other.get(key):
        raise EvaluationError(message, remedy or "Refaites l’une des deux.")


def _difference(
    name: str, ids: Sequence[str], before: Mapping[str, Result], after: Mapping[str, Result]
) -> Difference | None:
    values = [(a, b) for i in ids if (a := before[i].scores.value(name)) is not None
              and (b := after[i].scores.value(name)) is not None]  # fmt: skip
    return difference([a for a, _ in values], [b for _, b in values]) if values else None


def _changes(ids: Sequence[str], before: Mapping[str, Result], after: Mapping[str, Result]) -> list[CaseChange]:
    changes: list[CaseChange] = []
    for id_ in ids:
        for name, metric in METRICS.items():
            a, b = before[id_].scores.value(name), after[id_].scores.value(name)
            if metric.family != "speed" and a is not None and b is not None and a != b:
                changes.append(CaseChange(id_, name, a, b))
    return changes
