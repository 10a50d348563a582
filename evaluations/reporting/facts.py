"""All that a report tells, gathered and computed once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evaluations.comparison import Comparison, compare
from evaluations.errors import EvaluationError
from evaluations.groups import by_group, groups_of
from evaluations.metric_catalogue import METRICS, Metric
from evaluations.questions import QuestionRecord
from evaluations.reporting.faults import Failure, failures_of
from evaluations.reporting.wording import group
from evaluations.run_folder import Result, RunFolder
from evaluations.scoring import CaseScores, summarise
from evaluations.statistics import Interval, interval
from index import IndexVersion

Pairs = tuple[tuple[QuestionRecord, Result], ...]
Summary = dict[str, float | None]


@dataclass(frozen=True)
class Measured:
    """A measure over a run; `value` is None where it applies to none of its questions.

    `interval` is None for the measures of a set, and for medians, which the interval of a mean does not bound.
    """

    metric: Metric
    value: float | None
    interval: Interval | None
    cases: int


@dataclass(frozen=True)
class Opposed:
    """Another run, taken as the one before, on the questions that both measured."""

    comparison: Comparison
    before: dict[str, Result]
    after: dict[str, Result]
    means: dict[str, tuple[float, float]]
    of_set: dict[str, tuple[float | None, float | None]]


@dataclass(frozen=True)
class Report:
    """A run as it is told. `titles` are those of publications, by id."""

    identity: dict[str, Any]
    pairs: Pairs
    measures: dict[str, Measured]
    groups: dict[str, Summary]
    sizes: dict[str, int]
    failures: tuple[Failure, ...]
    titles: dict[str, str]
    version: IndexVersion | None
    opposed: Opposed | None

    @property
    def lost(self) -> tuple[str, ...]:
        """The questions whose gold, or a part of it, the version asked has no more."""
        return tuple(record.id for record, result in self.pairs if result.lost)

    def title(self, publication: str) -> str:
        return self.titles.get(publication, publication)

    def place(self, publication: str, first: int, last: int | None = None) -> str:
        """« II. Sécurité économique, p. 17 (4 du fichier) »: the printed label, where the version knows it."""
        pages = range(first, (last or first) + 1)
        labels = [self.labels(publication).get(page, str(page)) for page in (pages[0], pages[-1])]
        said = "-".join(dict.fromkeys(labels))
        file = "-".join(dict.fromkeys(str(page) for page in (pages[0], pages[-1])))
        return f"{self.title(publication)}, p. {said}" + (f" ({file} du fichier)" if file != said else "")

    def labels(self, publication: str) -> dict[int, str]:
        """The printed label of each page of a publication; none without the version."""
        known = self.version.manifest.publications if self.version else ()
        found = next((p for p in known if p.id == publication), None)
        if found is None:
            return {}
        return {n: found.labels[n - 1] if n <= len(found.labels) else str(n) for n in range(1, found.pages + 1)}

    def group(self, name: str) -> str:
        """A group's name, with the titles that the guide gives its pillars and publics."""
        guide = self.version.manifest.guide if self.version else None
        if guide is None:
            return group(name)
        titles = {f"pillar {p.id}": p.title for p in guide.pillars} | {f"public {p.id}": p.title for p in guide.publics}
        field = name.partition(" ")[0]
        return group(f"{field} {titles[name]}" if name in titles else name)

    def chapters(self) -> list[str]:
        """The publications: all those of the version, in its order, then others that the gold names."""
        known = [p.id for p in self.version.manifest.publications] if self.version else []
        named = sorted({gold.publication for record, _ in self.pairs for gold in record.gold})
        return list(dict.fromkeys([*known, *named]))


def gather(run: RunFolder, against: RunFolder | None, version: IndexVersion | None) -> Report:
    """Raises EvaluationError for a run that is not finished, another version, or two runs that cannot be compared."""
    asked = run.identity.get("index_version")
    if version and asked and version.manifest.name != asked:
        raise EvaluationError(f"L’évaluation porte sur la version {asked}, pas sur {version.manifest.name}.")
    pairs = tuple(run.pairs())
    cases = [(record, result.scores) for record, result in pairs]
    names = [name for record, _ in pairs for name in groups_of(record)]
    return Report(
        run.identity, pairs, measured([case for _, case in cases]), by_group(cases),
        {name: names.count(name) for name in names}, failures_of(pairs), _titles(pairs, version), version,
        _opposed(against, run) if against else None,
    )  # fmt: skip


def measured(cases: Sequence[CaseScores]) -> dict[str, Measured]:
    """Every measure of a set of cases, by name."""
    summary = summarise(cases)
    return {name: _measured(metric, summary[name], cases) for name, metric in METRICS.items()}


def _measured(metric: Metric, value: float | None, cases: Sequence[CaseScores]) -> Measured:
    if metric.of_set:
        return Measured(metric, value, None, len(cases) if value is not None else 0)
    known = [known for case in cases if (known := case.value(metric.name)) is not None]
    return Measured(metric, value, interval(known) if known and metric.family != "speed" else None, len(known))


def _opposed(first: RunFolder, second: RunFolder) -> Opposed:
    comparison = compare(first, second, across_corpora=True)
    before, after = first.results(), second.results()
    kept = [id_ for id_ in before if id_ not in comparison.left_out]
    before, after = {i: before[i] for i in kept}, {i: after[i] for i in kept}
    one, other = (summarise([r.scores for r in results.values()]) for results in (before, after))
    of_set = {name: (one[name], other[name]) for name, metric in METRICS.items() if metric.of_set}
    return Opposed(comparison, before, after, _means(comparison, before, after), of_set)


def _means(
    comparison: Comparison, before: Mapping[str, Result], after: Mapping[str, Result]
) -> dict[str, tuple[float, float]]:
    """Both runs' means on the questions that both measured: they differ by what the comparison says."""
    means: dict[str, tuple[float, float]] = {}
    for name in comparison.differences:
        both = [(a, b) for id_, result in before.items() if (a := result.scores.value(name)) is not None
                and (b := after[id_].scores.value(name)) is not None]  # fmt: skip
        means[name] = sum(a for a, _ in both) / len(both), sum(b for _, b in both) / len(both)
    return means


def _titles(pairs: Pairs, version: IndexVersion | None) -> dict[str, str]:
    cited = {str(c["publication"]): str(c["title"]) for _, result in pairs for c in result.answer.get("citations", ())}
    return cited | ({p.id: p.title for p in version.manifest.publications} if version else {})
