"""The shipped guide's questions, on the real model, against the baseline that is committed: worse answers fail."""

from contextlib import closing
from pathlib import Path

import pytest

import evaluations
from evaluations import (
    SHIPPED,
    Baseline,
    QuestionCache,
    RunFolder,
    gate,
    load_questions,
    reason_of,
    run_questions,
)
from evaluations.benchmarks.opened import open_assistant
from index import IndexSettings

BASELINE = Path(evaluations.__file__).parent / "baseline" / "guide.json"


@pytest.fixture(scope="module")
def run(real_home: Path, tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    assistant = open_assistant(real_home / "index")
    records = load_questions([SHIPPED / "guide.jsonl"])
    folder = tmp_path_factory.mktemp("gate")
    with closing(QuestionCache(assistant.searcher.embedder, folder / "questions.sqlite")) as cache:
        return run_questions(records, assistant.with_embedder(cache), folder / "run", workers=2)


def test_the_guide_is_answered_as_well_as_the_committed_baseline(run):
    findings = gate(run, Baseline.read(BASELINE))
    assert [reason_of(finding) for finding in findings] == []


def test_the_baseline_is_of_the_default_model(run):
    assert run.identity["embedding_model"] == IndexSettings().model
