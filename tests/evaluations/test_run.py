"""A run asks every question in order, scores each, and keeps all that its figures come from."""

import json

import pytest

from evaluations import SHIPPED, by_group, load_questions, run_questions, summarise
from evaluations.run_folder import RunFolder
from tests.assistant.making import assert_contract
from tests.evaluations.making_exams import EXAM, asked


@pytest.fixture(scope="module")
def run(assistant, tmp_path_factory):
    return run_questions(EXAM, assistant, tmp_path_factory.mktemp("runs") / "new" / "run")


@pytest.fixture(scope="module")
def scores(run):
    return {id_: result.scores for id_, result in run.results().items()}


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def test_results_come_in_the_questions_order(run):
    assert [line["id"] for line in lines(run.folder / "results.jsonl")] == ["patents", "pie", "visitors", "travel"]


@pytest.mark.parametrize(
    ("id_", "measure", "expected"),
    [
        ("patents", "success_at_1", 1),
        ("patents", "required_fact_recall", 1),
        ("patents", "retrieval_success_at_1", 1),
        ("patents", "abstention_recall", None),
        ("pie", "success_at_1", None),
        ("pie", "abstention_recall", 1),
        ("travel", "forbidden_claim_rate", 0),
        ("travel", "required_fact_recall", None),
    ],
)
def test_each_answer_is_scored_on_its_own_record(scores, id_, measure, expected):
    assert scores[id_].value(measure) == expected


def test_quotes_are_checked_on_the_pages_of_the_pdf(scores):
    assert {id_: one.value("quote_validity") for id_, one in scores.items()} == {
        "patents": 1, "pie": None, "visitors": 1, "travel": 1,
    }  # fmt: skip


def test_times_are_those_of_the_answer(run):
    for result in run.results().values():
        assert result.scores.value("total_ms") == pytest.approx(result.answer["timings_ms"]["total"], abs=1e-3)


def test_gold_is_kept_with_the_result(run):
    assert run.results()["travel"].gold == (("recueil", 3),)


def test_gold_that_the_version_lacks_is_kept_and_not_scored(assistant, tmp_path):
    gold = [{"publication": "recueil", "page": 2, "quote": "Un zèbre galope dans la savane."}]
    result = run_questions([asked("patents", gold=gold)], assistant, tmp_path / "run").results()["patents"]
    assert (result.gold, result.scores.value("success_at_1")) == ((), None)
    assert [lost["standing"] for lost in result.lost] == ["withdrawn"]


def test_groups_are_by_kind_language_pillar_history_and_coverage(run):
    groups = by_group([(record, result.scores) for record, result in run.pairs()])
    assert list(groups) == ["covered", "follow-up", "kind fact", "language fr", "pillar veille", "single", "uncovered"]


def test_a_group_has_the_measures_of_its_questions_alone(run, scores):
    groups = by_group([(record, result.scores) for record, result in run.pairs()])
    assert groups["follow-up"] == summarise([scores["visitors"]])


def test_progress_is_told_after_each_question(assistant, tmp_path):
    told = []
    run_questions(EXAM[:2], assistant, tmp_path / "run", on_done=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def test_the_folder_keeps_questions_that_can_be_loaded_again(run):
    assert load_questions([run.folder / "questions.jsonl"]) == EXAM


def test_the_folder_keeps_answers_in_the_contract_s_shape(run):
    for line in lines(run.folder / "results.jsonl"):
        assert_contract(line["answer"])


def test_the_folder_says_what_was_measured_and_on_what(run, assistant):
    manifest = assistant.searcher.version.manifest
    assert (run.identity["index_version"], run.identity["embedding_model"]) == (manifest.name, "embeddinggemma-300m")


def test_the_folder_holds_nothing_else(run):
    assert {path.name for path in run.folder.iterdir()} == {"run.json", "questions.jsonl", "results.jsonl"}


@pytest.mark.parametrize("separator", ["\u2028", "\u0085", "\u000b"], ids=ascii)
def test_a_line_ends_at_a_line_feed_and_nowhere_else(assistant, tmp_path, separator):
    question = asked("patents", question=f"Comment mener une veille{separator}sur les brevets ?")
    run = run_questions([question], assistant, tmp_path / "run")
    assert [(record, result.id) for record, result in run.pairs()] == [(question, "patents")]


def test_the_shipped_sets_are_not_where_runs_are_written(run):
    assert not RunFolder(SHIPPED).is_finished
