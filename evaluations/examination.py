"""An evaluation run: questions put to the assistant, each answer scored and kept as it comes, so that it resumes."""

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from assistant import Answer, AssistantSettings, Generator, Question
from corpus import page_text, sha256_of
from evaluations.anchoring import Anchorage
from evaluations.errors import EvaluationError
from evaluations.metric_catalogue import METRICS
from evaluations.question_cache import QuestionCache
from evaluations.questions import QuestionRecord
from evaluations.run_folder import Result, RunFolder
from evaluations.scoring import SCORING, score_case
from index import IndexVersion, Searcher

_RANKED = 20  # passages looked at by the retrieval measures

OnDone = Callable[[int, int], None]


class Asked(Protocol):
    """What is examined: an `Assistant`, or one with a fault put into it."""

    @property
    def searcher(self) -> Searcher: ...

    @property
    def settings(self) -> AssistantSettings: ...

    @property
    def generator(self) -> Generator | None: ...

    def ask(self, question: Question) -> Answer: ...


class Examiner:
    """Asks one assistant. Safe to share between threads."""

    def __init__(self, assistant: Asked) -> None:
        self._assistant = assistant
        version = assistant.searcher.version

        @cache
        def printed(publication: str, page: int) -> str:
            held = version.publication(publication)
            return page_text(Path(held.path), page) if page <= held.pages else ""  # a wrong citation may name any page

        self._page_text = printed
        self._anchorage = Anchorage(version, printed)

    def examine(self, record: QuestionRecord) -> Result:
        """Ask one question and score its answer. What was encoded before has no time to report."""
        gold, lost = self._anchorage.pages(record)
        embedder = self._assistant.searcher.embedder
        watched = embedder.watched() if isinstance(embedder, QuestionCache) else nullcontext()
        with watched as seen:
            answer = self._assistant.ask(record.as_question())
        ranking = self._assistant.searcher.search(answer.standalone_question, _RANKED).results
        ranking = tuple(scored for scored in ranking if not scored.completes)
        scores = score_case(record, answer, self._page_text, gold, ranking)
        if seen and seen.hits:
            scores.values.update(total_ms=None, first_ms=None)
        gone = tuple({"quote": a.gold.quote, "standing": a.standing, "text": a.text} for a in lost)
        return Result(record.id, answer.as_json(), scores, tuple(sorted(gold)), gone)


def identity(assistant: Asked, records: Sequence[QuestionRecord]) -> dict[str, Any]:
    """What a run is of: a run is resumed, and two are compared, only where this allows it."""
    manifest = assistant.searcher.version.manifest
    generator = assistant.generator
    return {
        "index_version": manifest.name,
        "corpus": hashlib.sha256("\n".join(sorted(p.sha256 for p in manifest.publications)).encode()).hexdigest()[:16],
        "publications": [p.id for p in manifest.publications],
        "passages": manifest.passages,
        "chunking": manifest.chunking,
        "embedding_model": manifest.model.name,
        "embedding_revision": manifest.model.revision,
        "generator": generator.name if generator else "extractive",
        "generator_model": generator.model if generator else "",
        "settings": assistant.settings.model_dump(mode="json", exclude={"api_key", "api_url"}),
        "questions": questions_digest(records),
        "scoring": SCORING,
        "measures": list(METRICS),
    }


def other_files(version: IndexVersion) -> list[str]:
    """Publications whose file is not the one that was indexed: what is printed on its pages cannot be known."""
    return [p.id for p in version.manifest.publications if _sha256(Path(p.path)) != p.sha256]


def _sha256(path: Path) -> str:
    """Nothing for a file that cannot be read."""
    try:
        return sha256_of(path)
    except OSError:
        return ""


def questions_digest(records: Sequence[QuestionRecord]) -> str:
    """The same for the same questions in any order."""
    lines = sorted(record.model_dump_json() for record in records)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def run_questions(
    records: Sequence[QuestionRecord],
    assistant: Asked,
    folder: Path,
    *,
    workers: int = 1,
    on_done: OnDone = lambda _done, _total: None,
) -> RunFolder:
    """Ask and score every question; what the folder already holds of this very run is not asked again.

    Raises EvaluationError where the folder holds another run, and where a file is not the one that was indexed.
    """
    run = RunFolder(folder)
    if not run.is_finished and (other := other_files(assistant.searcher.version)):
        raise EvaluationError(
            f"Citations invérifiables, fichiers absents ou modifiés depuis l’indexation : {', '.join(other)}.",
            "Relancez « vigie index build ».",
        )
    run.begin(identity(assistant, records), records)
    done = run.results()
    waiting = [record for record in records if record.id not in done]
    examiner = Examiner(assistant)
    with ThreadPoolExecutor(max_workers=workers) as pool:
        for number, result in enumerate(pool.map(examiner.examine, waiting), len(done) + 1):
            run.keep(result)
            on_done(number, len(records))
    run.finish()
    return run
