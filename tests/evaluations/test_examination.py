"""A run that was stopped goes on, refuses what is not its own, and holds what its figures are computed from."""

import json
import re

import pytest

from evaluations import METRICS, EvaluationError, QuestionCache, RunFolder, questions_digest, run_questions, summarise
from tests.assistant.making import Bilingual, Scripted, assistant_on
from tests.evaluations.making_exams import EXAM, Interrupted, Watched, asked
from tests.index.making import PATENTS, build, chapter, guide_pdf
from tests.support import write_pdf

SPEED = {name for name, metric in METRICS.items() if metric.family == "speed"}


@pytest.fixture
def whole(assistant, tmp_path):
    """A run that nothing stopped."""
    return run_questions(EXAM, assistant, tmp_path / "whole")


@pytest.fixture
def stopped(assistant, tmp_path):
    """The folder of a run that was interrupted at the third question of four."""
    with pytest.raises(Interrupted):
        run_questions(EXAM, Watched(assistant, stops_at="visitors"), tmp_path / "stopped")
    return tmp_path / "stopped"


def measured(run):
    """What a run says of its answers, but for the times."""
    return {id_: {name: value for name, value in r.scores.values.items() if name not in SPEED}
            for id_, r in run.results().items()}  # fmt: skip


def tear(folder, letters):
    """Cut the last line of the results, as a machine that lost its power does."""
    path = folder / "results.jsonl"
    path.write_bytes(path.read_bytes()[:-letters])


# Going on


def test_what_was_answered_before_an_interruption_is_kept(stopped):
    assert list(RunFolder(stopped).results()) == ["patents", "pie"]


def test_a_run_that_was_stopped_is_not_finished(stopped):
    assert not RunFolder(stopped).is_finished


def test_going_on_asks_only_what_is_missing(stopped, assistant):
    watched = Watched(assistant)
    run_questions(EXAM, watched, stopped)
    assert watched.asked == ["visitors", "travel"]


def test_going_on_tells_progress_from_where_it_was(stopped, assistant):
    told = []
    run_questions(EXAM, assistant, stopped, on_done=lambda done, total: told.append((done, total)))
    assert told == [(3, 4), (4, 4)]


def test_a_run_that_went_on_measures_the_same_as_one_that_nothing_stopped(stopped, whole, assistant):
    assert measured(run_questions(EXAM, assistant, stopped)) == measured(whole)


def test_a_run_that_is_finished_asks_nothing(whole, assistant):
    watched = Watched(assistant)
    run_questions(EXAM, watched, whole.folder)
    assert watched.asked == []


def test_a_question_whose_line_is_torn_is_asked_again(stopped, assistant):
    tear(stopped, 200)
    watched = Watched(assistant)
    run_questions(EXAM, watched, stopped)
    assert watched.asked == ["pie", "visitors", "travel"]


@pytest.mark.parametrize("letters", [1, 2, 200], ids=["the line feed", "a bracket", "many"])
def test_a_torn_line_costs_no_other_result(stopped, whole, assistant, letters):
    tear(stopped, letters)
    assert measured(run_questions(EXAM, assistant, stopped)) == measured(whole)


def test_a_line_may_be_torn_inside_a_letter(stopped, whole, assistant):
    path = stopped / "results.jsonl"
    path.write_bytes(path.read_bytes()[: path.read_bytes().rindex("é".encode()) + 1])
    assert measured(run_questions(EXAM, assistant, stopped)) == measured(whole)


# Another run


def test_a_folder_that_holds_other_questions_is_refused(stopped, assistant):
    with pytest.raises(EvaluationError, match="contient une autre évaluation"):
        run_questions(EXAM[:3], assistant, stopped)


def test_a_folder_whose_answers_another_generator_wrote_is_refused(stopped, assistant):
    with pytest.raises(EvaluationError, match="contient une autre évaluation"):
        run_questions(EXAM, assistant.with_generator(Scripted("Il signe.")), stopped)


def test_a_folder_whose_answers_other_settings_made_is_refused(stopped, guide_index):
    with pytest.raises(EvaluationError, match="contient une autre évaluation"):
        run_questions(EXAM, assistant_on(guide_index, top_k=3), stopped)


def test_a_folder_that_was_measured_otherwise_is_refused(stopped, assistant, monkeypatch):
    monkeypatch.setattr("evaluations.examination.SCORING", "other")
    with pytest.raises(EvaluationError, match="scoring diffère"):
        run_questions(EXAM, assistant, stopped)


def test_a_refused_folder_is_left_as_it_was(stopped, assistant):
    before = {path.name: path.read_bytes() for path in stopped.iterdir()}
    with pytest.raises(EvaluationError):
        run_questions(EXAM[:3], assistant, stopped)
    assert {path.name: path.read_bytes() for path in stopped.iterdir()} == before


def test_a_folder_that_is_damaged_is_refused(stopped, assistant):
    (stopped / "run.json").write_text("{")
    with pytest.raises(EvaluationError, match="n’est pas le dossier d’une évaluation"):
        run_questions(EXAM, assistant, stopped)


def test_a_run_whose_questions_are_refused_now_is_named(whole):
    """A quote of no words was once accepted."""
    path = whole.folder / "questions.jsonl"
    path.write_text(path.read_text("utf-8").replace(PATENTS[0], " "), "utf-8")
    with pytest.raises(EvaluationError, match=r"questions\.jsonl, « gold\.0\.quote » : rien n’est écrit"):
        whole.pairs()


def test_the_same_questions_in_another_order_are_the_same(whole):
    assert questions_digest(EXAM[::-1]) == questions_digest(EXAM)


def test_a_question_changed_by_a_word_is_another(whole):
    assert questions_digest([asked("patents", question="Comment ?")]) != questions_digest([asked("patents")])


# The same results


@pytest.mark.parametrize("workers", [2, 4])
def test_several_workers_give_the_same_results(whole, assistant, tmp_path, workers):
    assert measured(run_questions(EXAM, assistant, tmp_path / "many", workers=workers)) == measured(whole)


def test_several_workers_keep_the_order(assistant, tmp_path):
    run = run_questions(EXAM, assistant, tmp_path / "many", workers=4)
    assert list(run.results()) == [record.id for record in EXAM]


def test_the_order_of_the_questions_changes_no_measure(whole, assistant, tmp_path):
    other = run_questions(EXAM[::-1], assistant, tmp_path / "other")
    assert measured(other) == measured(whole)


# Encodings kept between runs


def cached(assistant, file, folder):
    cache = QuestionCache(Bilingual(), file)
    try:
        return run_questions(EXAM, assistant.with_embedder(cache), folder)
    finally:
        cache.close()


def test_questions_encoded_in_the_run_have_their_times(assistant, tmp_path):
    run = cached(assistant, tmp_path / "kept.sqlite", tmp_path / "first")
    assert all(result.scores.value("total_ms") for result in run.results().values())


def test_questions_encoded_before_have_no_times(assistant, tmp_path):
    cached(assistant, tmp_path / "kept.sqlite", tmp_path / "first")
    second = cached(assistant, tmp_path / "kept.sqlite", tmp_path / "second")
    assert {r.scores.value(name) for r in second.results().values() for name in SPEED} == {None}


def test_questions_encoded_before_are_measured_the_same(whole, assistant, tmp_path):
    cached(assistant, tmp_path / "kept.sqlite", tmp_path / "first")
    assert measured(cached(assistant, tmp_path / "kept.sqlite", tmp_path / "second")) == measured(whole)


# All that the figures come from


@pytest.fixture
def kept(whole):
    """The questions and the results of the run, from its files and nothing else."""
    questions, results = (
        [json.loads(line) for line in (whole.folder / name).read_text("utf-8").split("\n") if line]
        for name in ("questions.jsonl", "results.jsonl")
    )
    return list(zip(questions, results, strict=True))


def test_the_summary_is_computed_from_the_results_alone(whole, kept):
    """The mean of the values that are not null."""
    values = [line["scores"]["values"].get("page_precision") for _, line in kept]
    known = [value for value in values if value is not None]
    summary = summarise([result.scores for result in whole.results().values()])
    assert summary["page_precision"] == pytest.approx(sum(known) / len(known))


def test_citations_and_gold_in_the_results_give_page_recall_again(kept):
    for question, line in kept:
        gold = {tuple(page) for page in line["gold"]}
        cited = {(c["publication"], page) for c in line["answer"]["citations"]
                 for page in range(c["page"], c["page_end"] + 1)}  # fmt: skip
        expected = len(gold & cited) / len(gold) if question["answerable"] else None
        assert line["scores"]["values"].get("page_recall") == expected


def test_statements_and_questions_give_required_facts_again(kept):
    for question, line in kept:
        said = " ".join(statement["text"] for statement in line["answer"]["statements"])
        facts = [any(wording in said for wording in fact["accepted"]) for fact in question["required_facts"]]
        assert line["scores"]["values"]["required_fact_recall"] == (sum(facts) / len(facts) if facts else None)


def test_texts_and_citations_give_marker_validity_again(kept):
    for _, line in kept:
        answer = line["answer"]
        known = {citation["n"] for citation in answer["citations"]}
        markers = [int(n) in known for n in re.findall(r"\[(\d+)\]", answer["answer"])]
        expected = sum(markers) / len(markers) if answer["verdict"] == "answered" else None
        assert line["scores"]["values"]["marker_validity"] == expected


def test_verdicts_give_abstention_again(kept):
    for question, line in kept:
        assert line["scores"]["abstained"] == (line["answer"]["verdict"] != "answered")
        assert line["scores"]["answerable"] == question["answerable"]


def test_confidence_is_kept_whole(kept):
    """The answer's is rounded for its readers; the measures of abstention need equals to be equal."""
    for _, line in kept:
        assert line["scores"]["confidence"] == pytest.approx(line["answer"]["confidence"], abs=1e-4)


# The version asked


def test_gold_is_that_of_the_version_asked(tmp_path):
    """A page was put before it: what was on page 2 is on page 3."""
    (tmp_path / "corpus").mkdir()
    pages = [chapter("Accueil", ["Un mot d’accueil."]), chapter("Préface", ["Une préface du pôle."]),
             chapter("Veille sur les brevets", PATENTS)]  # fmt: skip
    write_pdf(tmp_path / "corpus" / "recueil.pdf", pages)
    build(tmp_path / "corpus", tmp_path / "index", Bilingual())
    result = run_questions([asked("patents")], assistant_on(tmp_path / "index"), tmp_path / "run").results()["patents"]
    assert (result.gold, result.scores.value("cites_gold_page")) == ((("recueil", 3),), 1)


@pytest.fixture
def small(tmp_path):
    """A publication's file, and an assistant on the index that was built of it."""
    pdf = guide_pdf(tmp_path / "corpus" / "recueil.pdf")
    build(pdf.parent, tmp_path / "index", Bilingual())
    return pdf, assistant_on(tmp_path / "index")


@pytest.mark.parametrize(
    "spoil", [lambda pdf: pdf.unlink(), lambda pdf: write_pdf(pdf, ["Une seule page."])], ids=["gone", "other"]
)
def test_where_a_file_is_not_the_one_indexed_nothing_is_asked(small, tmp_path, spoil):
    """Gold would be looked for on the pages of another document."""
    pdf, assistant = small
    spoil(pdf)
    watched = Watched(assistant)
    with pytest.raises(EvaluationError, match="recueil") as caught:
        run_questions([asked("patents")], watched, tmp_path / "run")
    assert caught.value.remedy == "Relancez « vigie index build »."
    assert watched.asked == []
    assert not (tmp_path / "run").exists()


def test_a_run_that_is_finished_is_read_again_whatever_became_of_the_files(small, tmp_path):
    pdf, assistant = small
    run_questions([asked("patents")], assistant, tmp_path / "run")
    pdf.unlink()
    assert run_questions([asked("patents")], assistant, tmp_path / "run").is_finished
