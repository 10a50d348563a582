"""The gate: is a run good enough to publish, and not worse than what is published? Deterministic measures only."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from evaluations.errors import EvaluationError
from evaluations.metric_catalogue import METRICS
from evaluations.run_folder import RunFolder
from evaluations.scoring import CaseScores, summarise
from evaluations.statistics import difference

GATE = "1"  # raise it when a bound changes, so that no judgement is taken over
What = Literal["floor", "drop", "missing", "lost gold"]

# What Vigie promises of every answer, whatever the model: these are checked in code before an answer is shown.
_PROMISES = {
    "marker_validity": 1.0, "quote_validity": 1.0, "statement_support": 1.0, "numbers_supported": 1.0,
    "modality_kept": 1.0, "unsupported_share": 0.0,
}  # fmt: skip
_NEEDLESS = frozenset({"numbers_supported"})  # of the promises, what a whole set of answers may have nothing of
# Far under what any model we measured reaches (docs/measurements.md): they catch an index that is broken.
_FLOORS = {"cites_gold_page": 0.5, "retrieval_recall_at_10": 0.5, "right_language": 0.98}
# How much worse than the published version a measure may be; more counts where chance alone would hardly give it.
_MARGINS = {
    "retrieval_success_at_1": 0.02, "retrieval_recall_at_5": 0.02, "retrieval_ndcg_at_10": 0.02, "success_at_1": 0.02,
    "cites_gold_page": 0.02, "page_precision": 0.02, "required_fact_recall": 0.02, "forbidden_claim_rate": 0.02,
    "false_abstention_rate": 0.02, "abstention_recall": 0.03,
}  # fmt: skip
_SHOWN = 10  # questions named in a finding


@dataclass(frozen=True)
class Finding:
    """Why a run does not pass: `delta` is what the measure lacks; `cases` are the questions that are to blame."""

    metric: str
    what: What
    expected: float | None
    actual: float | None
    delta: float | None
    cases: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Baseline:
    """The published version's values, by question and measure."""

    questions: str
    scoring: str
    cases: dict[str, dict[str, float | None]]

    @classmethod
    def of(cls, run: RunFolder) -> "Baseline":
        """Of a finished run, the measures that the gate compares."""
        identity = run.identity
        kept = {id_: {name: r.scores.value(name) for name in _MARGINS} for id_, r in run.finished().items()}
        return cls(str(identity["questions"]), str(identity["scoring"]), kept)

    @classmethod
    def read(cls, path: Path) -> "Baseline":
        """Raises EvaluationError where the file is not a baseline."""
        try:
            data = json.loads(path.read_text("utf-8"))
            return cls(data["questions"], data["scoring"], data["cases"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EvaluationError(f"{path} n’est pas une référence lisible ({error}).", "Refaites-la.") from error

    def is_of(self, run: RunFolder) -> bool:
        """Whether a run was asked the same, and measured the same way."""
        identity = run.identity
        return (self.questions, self.scoring) == (identity["questions"], identity["scoring"])

    def write(self, path: Path) -> None:
        """Raises EvaluationError where the file cannot be written."""
        try:
            path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=0) + "\n", "utf-8")
        except OSError as error:
            told = f"{path} n’a pas pu être écrit : {error.strerror}."
            raise EvaluationError(told, "Vérifiez ce dossier et vos droits.") from error


def gate(run: RunFolder, baseline: Baseline | None) -> list[Finding]:
    """What keeps a finished run from being published; nothing when it passes.

    Raises EvaluationError where it is not finished, and where the baseline is of other questions or measures.
    """
    if baseline and not baseline.is_of(run):
        raise EvaluationError(
            "La référence porte sur d’autres questions, ou d’autres mesures.", "Refaites-la sur ces questions."
        )
    results = run.finished()
    lost = tuple(id_ for id_, result in results.items() if result.lost)
    cases = [result.scores for id_, result in results.items() if id_ not in lost]
    findings = [*_under_floors(cases), *(_drops(cases, baseline.cases) if baseline else ())]
    return (
        [*findings, Finding("gold", "lost gold", 0, len(lost), float(len(lost)), lost[:_SHOWN])] if lost else findings
    )


def _under_floors(cases: Sequence[CaseScores]) -> list[Finding]:
    summary = summarise(cases)
    findings: list[Finding] = []
    for name, floor in (_PROMISES | _FLOORS).items():
        value = summary[name]
        if value is None:
            findings += [] if name in _NEEDLESS else [Finding(name, "missing", floor, None, None)]
        elif _worse(name, value, floor) > 0:
            to_blame = [c for c in cases if (v := c.value(name)) is not None and _worse(name, v, floor) > 0]
            findings.append(
                Finding(name, "floor", floor, value, _worse(name, value, floor), tuple(c.id for c in to_blame[:_SHOWN]))
            )
    return findings


def _drops(cases: Sequence[CaseScores], baseline: Mapping[str, Mapping[str, float | None]]) -> list[Finding]:
    findings: list[Finding] = []
    for name, margin in _MARGINS.items():
        known = [
            (c.id, before, c.value(name)) for c in cases if (before := baseline.get(c.id, {}).get(name)) is not None
        ]
        pairs = [(id_, before, now) for id_, before, now in known if now is not None]
        if known and not pairs:
            findings.append(Finding(name, "missing", _mean([b for _, b, _ in known]), None, None))
        if not pairs:
            continue
        befores, nows = [b for _, b, _ in pairs], [n for _, _, n in pairs]
        expected, actual = _mean(befores), _mean(nows)
        if _worse(name, actual, expected) > margin and _is_real(befores, nows):
            worse = tuple(id_ for id_, b, n in pairs if _worse(name, n, b) > 0)
            findings.append(Finding(name, "drop", expected, actual, _worse(name, actual, expected), worse[:_SHOWN]))
    return findings


def _is_real(before: Sequence[float], now: Sequence[float]) -> bool:
    """Whether the interval of the difference leaves 0 out."""
    return difference(before, now).interval.leaves_zero_out


def _worse(name: str, value: float, expected: float) -> float:
    """How much worse a value is than expected; rounding is no loss."""
    gap = value - expected if METRICS[name].better == "lower" else expected - value
    return gap if gap > 1e-9 else 0.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
