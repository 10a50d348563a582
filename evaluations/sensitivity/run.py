"""The gate put to the proof: `python -m evaluations.sensitivity.run`.

Each fault in all answers, then in one of ten; then twenty reruns in which nothing changed but the questions' order, the
number of threads, the cache, and the index, built again. Reads the guide's index in `.vigie`.
"""

import random
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from assistant import Assistant, AssistantSettings
from corpus import CorpusSettings, load_catalogue
from evaluations.benchmarks.opened import INDEX, open_assistant
from evaluations.examination import Asked, run_questions
from evaluations.gate import Baseline, Finding, gate
from evaluations.question_cache import QuestionCache
from evaluations.questions import SHIPPED, QuestionRecord, load_questions
from evaluations.run_folder import RunFolder
from evaluations.sensitivity.faults import FAULTS, Fault, Faulty
from index import IndexVersion, Searcher, build_index

SETS = ("guide", "guide-more", "guide-uncovered")
RERUNS, SHARE = 20, 0.1


class Bench:
    """The same questions, put again and again."""

    def __init__(self, assistant: Assistant, records: Sequence[QuestionRecord], folder: Path) -> None:
        self.assistant, self.records, self._folder = assistant, records, folder
        self._runs = 0
        self.published = Baseline.of(self.run(assistant))

    def run(self, asked: Asked, records: Sequence[QuestionRecord] | None = None, workers: int = 1) -> RunFolder:
        self._runs += 1
        return run_questions(records or self.records, asked, self._folder / f"run-{self._runs}", workers=workers)

    def findings(
        self, asked: Asked, records: Sequence[QuestionRecord] | None = None, workers: int = 1
    ) -> list[Finding]:
        return gate(self.run(asked, records, workers), self.published)

    def caught(self, fault: Fault, share: float) -> list[str] | None:
        """The measures that tell a fault; None where it cannot be put into a share of the answers."""
        if fault.system:
            if share < 1:
                return None
            asked: Asked = fault.system(self.assistant)
        elif fault.change:
            asked = Faulty(self.assistant, fault.change, share)
        return [f.metric for f in self.findings(asked) if f.metric in fault.tells]

    def rerun(self, number: int) -> list[Finding]:
        """Nothing changed: not that the order, the threads, the cache and the index are others."""
        records = list(self.records)
        random.Random(number).shuffle(records)
        assistant = self.assistant
        if number % 4 == 3:
            assistant = self._rebuilt(number)
        elif number % 2:
            cache = assistant.searcher.embedder
            assistant = assistant.with_embedder(cache.bare if isinstance(cache, QuestionCache) else cache)
        return self.findings(assistant, records, workers=1 + number % 2)

    def _rebuilt(self, number: int) -> Assistant:
        """On an index built again, from the vectors of the one in use."""
        root = self._folder / f"index-{number}"
        (root / "cache").mkdir(parents=True)
        (root / "cache" / "vectors.sqlite").write_bytes((INDEX / "cache" / "vectors.sqlite").read_bytes())
        embedder = self.assistant.searcher.embedder
        build_index(load_catalogue(self._folder / "nothing"), root, embedder, CorpusSettings())
        return Assistant(Searcher(IndexVersion(root), embedder), AssistantSettings())


def main() -> None:
    console = Console(width=120)
    records = [r for r in load_questions([SHIPPED / f"{name}.jsonl" for name in SETS]) if not r.history]
    with TemporaryDirectory() as place:
        assistant = open_assistant()
        cache = QuestionCache(assistant.searcher.embedder, Path(place) / "questions.sqlite")
        bench = Bench(assistant.with_embedder(cache), records, Path(place))
        table = Table("fault", "in all answers", f"in {SHARE:.0%} of them")
        missed = 0
        for fault in FAULTS:
            whole, part = bench.caught(fault, 1.0), bench.caught(fault, SHARE)
            missed += not whole
            table.add_row(fault.name, *(_shown(found) for found in (whole, part)))
        console.print(f"{len(records)} questions")
        console.print(table)
        wrong = [found for number in range(RERUNS) if (found := bench.rerun(number))]
        console.print(f"unchanged reruns that pass: {RERUNS - len(wrong)} of {RERUNS}")
        for findings in wrong:
            console.print(str(findings))
        cache.close()
    sys.exit(1 if missed or wrong else 0)


def _shown(found: list[str] | None) -> str:
    if found is None:
        return "–"
    return f"caught: {', '.join(found)}" if found else "missed"


if __name__ == "__main__":
    main()
