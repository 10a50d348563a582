"""A run on disk, with all that its figures can be computed from again."""

import json
import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from evaluations.errors import EvaluationError
from evaluations.questions import QuestionRecord
from evaluations.refusals import refusal
from evaluations.scoring import CaseScores


@dataclass(frozen=True)
class Result:
    """An answer, as the command line gives it, with its scores and what is needed to compute them again.

    `gold` are the pages that count in the version asked; `lost` are quotes of the question that it has no more.
    """

    id: str
    answer: dict[str, Any]
    scores: CaseScores
    gold: tuple[tuple[str, int], ...]
    lost: tuple[dict[str, Any], ...] = ()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Result":
        """Raises KeyError, TypeError."""
        gold = tuple((str(publication), int(page)) for publication, page in data["gold"])
        return cls(data["id"], data["answer"], CaseScores(**data["scores"]), gold, tuple(data["lost"]))


class RunFolder:
    """A run on disk: `run.json` (what it is of), `questions.jsonl`, `results.jsonl` (a line as each answer comes)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def identity(self) -> dict[str, Any]:
        """Raises EvaluationError where the folder holds no run."""
        try:
            found: dict[str, Any] = json.loads((self.folder / "run.json").read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise EvaluationError(
                f"{self.folder} n’est pas le dossier d’une évaluation.",
                "Donnez celui que « vigie evaluate run » a nommé.",
            ) from error
        return found

    @property
    def is_finished(self) -> bool:
        """Whether every question has its result."""
        if not (self.folder / "run.json").is_file():
            return False
        return {record.id for record in self.records()} <= self.results().keys()

    def begin(self, identity: dict[str, Any], records: Sequence[QuestionRecord]) -> None:
        """Start the run, or go on with it. Raises EvaluationError where the folder holds another."""
        if (self.folder / "run.json").exists():
            held = {key: value for key, value in self.identity.items() if key in identity}
            other = next((key for key in identity if held.get(key) != identity[key]), None)
            if other:
                raise EvaluationError(
                    f"{self.folder} contient une autre évaluation ({other} diffère).",
                    "Choisissez un autre dossier, --out.",
                )
            self._write(self.results().values())  # a line cut short would swallow the next one
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        about = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": platform.machine(),
                 "python": platform.python_version()}  # fmt: skip
        lines = "".join(record.model_dump_json() + "\n" for record in records)
        (self.folder / "questions.jsonl").write_text(lines, "utf-8")
        (self.folder / "run.json").write_text(json.dumps(identity | about, ensure_ascii=False, indent=1), "utf-8")

    def keep(self, result: Result) -> None:
        """Append one result."""
        with (self.folder / "results.jsonl").open("a", encoding="utf-8", errors="replace") as file:
            file.write(_line(result))

    def finish(self) -> None:
        """Put the results in the questions' order."""
        results = self.results()
        self._write([results[record.id] for record in self.records()])

    def results(self) -> dict[str, Result]:
        """By question id. A last line cut short, by a run that was killed, is asked again."""
        found: dict[str, Result] = {}
        for line in self._lines("results.jsonl"):
            try:
                result = Result.of(json.loads(line))
            except (ValueError, KeyError, TypeError):
                continue
            found[result.id] = result
        return found

    def records(self) -> list[QuestionRecord]:
        """The questions, in order. Raises EvaluationError for one that is none, as those without words once were."""
        try:
            return [QuestionRecord.model_validate_json(line) for line in self._lines("questions.jsonl")]
        except ValidationError as error:
            where, why = refusal(error)
            raise EvaluationError(
                f"{self.folder / 'questions.jsonl'}, « {'.'.join(where) or 'question'} » : {why}.",
                "Corrigez le jeu de questions et refaites cette évaluation dans un autre dossier.",
            ) from error

    def pairs(self) -> list[tuple[QuestionRecord, Result]]:
        """Questions with their results. Raises EvaluationError for a run that is not finished."""
        results = self.finished()
        return [(record, results[record.id]) for record in self.records()]

    def finished(self) -> dict[str, Result]:
        """The results of every question. Raises EvaluationError where there is no run, or one that is not finished."""
        results = self.results()
        missing = [record.id for record in self.records() if record.id not in results]
        if missing or not self.identity:
            raise EvaluationError(
                f"{self.folder} n’est pas terminée : {len(missing)} questions sans réponse.", "Relancez-la."
            )
        return results

    def _lines(self, name: str) -> Iterator[str]:
        """A line ends at a line feed and nowhere else; one that is cut short may be so inside a character."""
        path = self.folder / name
        if path.is_file():
            text = path.read_bytes().decode("utf-8", "replace")
            yield from (line for line in text.split("\n") if line.strip())

    def _write(self, results: Iterable[Result]) -> None:
        """All results or those that were there, whatever stops this."""
        partial = self.folder / "results.jsonl.tmp"
        partial.write_text("".join(map(_line, results)), "utf-8", "replace")
        partial.replace(self.folder / "results.jsonl")


def _line(result: Result) -> str:
    return json.dumps(result.as_json(), ensure_ascii=False) + "\n"
