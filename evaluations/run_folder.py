"""A run on disk, with all that its figures can be computed from again."""

import json
import platform
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evaluations.errors import EvaluationError
from evaluations.questions import QuestionRecord
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
            file.write(json.dumps(result.as_json(), ensure_ascii=False) + "\n")

    def finish(self) -> None:
        """Put the results in the questions' order."""
        results = self.results()
        lines = [json.dumps(results[record.id].as_json(), ensure_ascii=False) + "\n" for record in self.records()]
        (self.folder / "results.jsonl").write_text("".join(lines), "utf-8")

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
        """The questions, in order."""
        return [QuestionRecord.model_validate_json(line) for line in self._lines("questions.jsonl")]

    def pairs(self) -> list[tuple[QuestionRecord, Result]]:
        """Questions with their results. Raises EvaluationError for a run that is not finished."""
        results = self.results()
        records = self.records()
        missing = [record.id for record in records if record.id not in results]
        if missing:
            raise EvaluationError(
                f"{self.folder} n’est pas terminée : {len(missing)} questions sans réponse.", "Relancez-la."
            )
        return [(record, results[record.id]) for record in records]

    def _lines(self, name: str) -> Iterator[str]:
        path = self.folder / name
        if path.is_file():
            yield from (line for line in path.read_text("utf-8").splitlines() if line.strip())
