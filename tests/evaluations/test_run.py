"""A run asks every question in order, scores each, and keeps all that its figures come from."""

import json

import pytest

from evaluations import Run, load_questions, run_questions, summarise, summary_json, write_run
from tests.assistant.making import Bilingual, assert_contract, assistant_on
from tests.evaluations.making import record
from tests.index.making import build, guide_pdf

RECORDS = [
    record(
        id="patents", question="Comment mener une veille sur les brevets ?", pillar="veille",
        gold=[{"publication": "recueil", "page": 2, "quote": "La veille sur les brevets"}],
        required_facts=[{"fact": "Qui est repéré", "accepted": ["déposants nouveaux"]}],
    ),
    record(id="pie", question="Quelle est la recette de la tarte aux pommes ?", answerable=False),
    record(
        id="visitors", question="Les visiteurs portent-ils un badge dans les laboratoires ?",
        history=[{"role": "user", "content": "Bonjour"}],
        gold=[{"publication": "recueil", "page": 3, "quote": "wrong on purpose"}],
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    guide_pdf(folder / "corpus" / "recueil.pdf")
    build(folder / "corpus", folder / "index", Bilingual())
    return assistant_on(folder / "index")


@pytest.fixture(scope="module")
def run(assistant) -> Run:
    return run_questions(RECORDS, assistant)


def test_answers_and_cases_come_in_the_questions_order(run):
    assert [a.id for a in run.answers] == [c.id for c in run.cases] == ["patents", "pie", "visitors"]


def test_each_answer_is_scored_on_its_own_record(run):
    patents, pie, visitors = run.cases
    assert (patents.success_at_1, patents.required_facts) == (1, 1)
    assert (pie.success_at_1, pie.abstained) == (None, True)
    assert (visitors.success_at_1, visitors.abstained) == (0, False)


def test_quotes_are_checked_on_the_pages_of_the_pdf(run):
    assert all(case.valid_quotes == case.quotes for case in run.cases)
    assert run.cases[0].quotes > 0


def test_follow_ups_are_out_of_the_summary_and_in_their_group(run):
    assert run.summary == summarise(run.cases[:2])
    assert run.groups["follow-up"] == summarise(run.cases[2:])


def test_groups_are_by_kind_language_pillar_and_coverage(run):
    assert set(run.groups) == {
        "covered", "uncovered", "single", "single, fr", "follow-up", "follow-up, fr", "pillar veille",
    }  # fmt: skip


def test_speed_is_the_median_and_the_95th_percentile_of_the_answers(run):
    totals = sorted(a.timings_ms["total"] for a in run.answers)
    # index int(0.95 × 2) = 1 of three sorted times
    assert run.speed_ms == {"median": totals[1], "p95": totals[1]}


def test_progress_is_told_after_each_question(assistant):
    seen: list[tuple[int, int]] = []
    run_questions(RECORDS[:2], assistant, lambda done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]


@pytest.fixture(scope="module")
def folder(run, assistant, tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs") / "new" / "run"
    write_run(folder, run, RECORDS, assistant)
    return folder


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_the_folder_keeps_questions_that_can_be_loaded_again(folder):
    assert load_questions([folder / "questions.jsonl"]) == RECORDS


def test_the_folder_keeps_answers_in_the_contract_s_shape(folder, run):
    answers = lines(folder / "answers.jsonl")
    assert [answer["id"] for answer in answers] == ["patents", "pie", "visitors"]
    for answer in answers:
        assert_contract(answer)


def test_the_folder_keeps_the_score_of_each_case(folder, run):
    assert [case["success_at_1"] for case in lines(folder / "cases.jsonl")] == [1, None, 0]


def test_the_summary_says_what_was_measured_and_on_what(folder, run, assistant):
    summary = json.loads((folder / "summary.json").read_text("utf-8"))
    assert summary["questions"] == 3
    assert summary["summary"] == run.summary
    assert summary["index_version"] == assistant.searcher.version.manifest.name
    assert summary["embedding_model"] == "embeddinggemma-300m"


def test_the_figures_on_standard_output_are_the_run_s(run):
    assert summary_json(run) == {
        "questions": 3, "summary": run.summary, "groups": run.groups, "speed_ms": run.speed_ms,
    }  # fmt: skip
