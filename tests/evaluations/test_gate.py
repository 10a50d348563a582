"""Which reference questions a version is asked, and what keeps it from being published."""

from dataclasses import replace
from pathlib import Path

import pytest

from evaluations import applicable, judge, outcomes
from index import IndexVersion, Judgement
from tests.assistant.making import Bilingual, assistant_on
from tests.evaluations.making import record
from tests.index.making import build, guide_pdf
from tests.support import write_pdf

PAGES = {
    "visitors": ("Les visiteurs portent-ils un badge dans les laboratoires ?", 1),
    "patents": ("Comment mener une veille sur les brevets ?", 2),
    "travel": ("Que contient un ordinateur de prêt en déplacement ?", 3),
}
PIE = record(id="pie", question="Quelle est la recette de la tarte aux pommes ?", answerable=False)


def asked(name, page=0, publication="recueil", **values):
    """One of the questions above; its gold is where its answer stands, or another page."""
    question, right = PAGES[name]
    gold = [{"publication": publication, "page": page or right, "quote": "…"}]
    return record(**{"id": name, "question": question, "gold": gold} | values)


COVERED = [asked("visitors"), asked("patents"), asked("travel")]


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gate")
    guide_pdf(folder / "corpus" / "recueil.pdf")
    build(folder / "corpus", folder / "index", Bilingual())
    return folder / "index"


@pytest.fixture(scope="module")
def version(root) -> IndexVersion:
    return IndexVersion(root)


@pytest.fixture(scope="module")
def assistant(root):
    return assistant_on(root)


@pytest.fixture(scope="module")
def sound(assistant) -> Judgement:
    """Every page is cited first, and the recipe is not answered."""
    return judge([*COVERED, PIE], assistant, None)


def better(judgement, **scores) -> Judgement:
    """The published version's judgement on the same questions, with other scores."""
    return replace(judgement, scores=judgement.scores | scores)


# Which questions are asked


def test_questions_whose_gold_is_in_the_version_are_asked_in_order(version):
    assert applicable([PIE, *COVERED], version) == [PIE, *COVERED]


def test_a_question_on_a_publication_that_is_not_held_is_not_asked(version):
    assert applicable([asked("patents"), asked("travel", publication="autre")], version) == [asked("patents")]


def test_a_question_is_asked_only_where_all_its_gold_is_held(version):
    gold = [{"publication": name, "page": 2, "quote": "…"} for name in ("recueil", "autre")]
    assert applicable([asked("patents", gold=gold)], version) == []


def test_uncovered_questions_are_never_asked_alone(version):
    assert applicable([PIE, asked("travel", publication="autre")], version) == []


def test_follow_ups_are_not_asked(version):
    follow_up = asked("travel", history=[{"role": "user", "content": "Bonjour"}])
    assert applicable([asked("patents"), follow_up], version) == [asked("patents")]


# Floors


def test_a_sound_version_passes_with_its_scores(sound):
    assert (sound.passed, sound.reasons) == (True, ())
    measures = ("quote_validity", "cites_gold_page", "success_at_1", "abstention_recall")
    assert [sound.scores[name] for name in measures] == [1, 1, 1, 1]


def test_where_no_question_applies_it_passes_without_scores(assistant):
    assert judge([PIE, asked("travel", publication="autre")], assistant, None) == Judgement(True)


def test_half_the_pages_is_enough(assistant):
    """1 of 2 is 50 %."""
    assert judge([asked("patents"), asked("travel", page=1)], assistant, None).passed


def test_fewer_pages_than_half_are_not_and_the_reason_says_how_many(assistant):
    """1 of 3 is 33.3 %."""
    judgement = judge([asked("patents"), asked("travel", page=1), asked("visitors", page=3)], assistant, None)
    assert not judgement.passed
    assert judgement.reasons == ("bonne page citée 33,3 %, au moins 50,0 % attendus",)


def test_quotes_that_are_not_on_their_pages_are_too_many(assistant, monkeypatch):
    monkeypatch.setattr("evaluations.gate.page_text", lambda path, page: "Rien de tel.")
    judgement = judge([asked("patents")], assistant, None)
    assert judgement.reasons == ("citations exactes 0,0 %, au moins 100,0 % attendus",)


@pytest.mark.parametrize("spoil", [Path.unlink, lambda pdf: write_pdf(pdf, ["Une seule page."])], ids=["gone", "other"])
def test_where_a_file_is_not_the_one_indexed_the_reason_names_it(tmp_path, spoil):
    """An upgraded version may have lost its PDFs: whether its quotes are exact is unknown."""
    pdf = guide_pdf(tmp_path / "corpus" / "recueil.pdf")
    build(pdf.parent, tmp_path / "index", Bilingual())
    spoil(pdf)
    judgement = judge([asked("patents")], assistant_on(tmp_path / "index"), None)
    assert not judgement.passed
    assert judgement.reasons == ("citations invérifiables, fichiers absents ou modifiés depuis : recueil",)


def test_a_measure_that_nothing_could_be_measured_of_is_a_failure(assistant):
    """No answer, no quote: whether quotes are exact is unknown."""
    silent = asked("patents", question=PIE.question)
    judgement = judge([silent], assistant, None)
    assert "quote_validity" not in judgement.scores
    assert "citations exactes 0,0 %, au moins 100,0 % attendus" in judgement.reasons


# Against the published version


@pytest.mark.parametrize(
    ("measure", "name"),
    [
        ("cites_gold_page", "bonne page citée"),
        ("success_at_1", "bonne page en premier"),
    ],
)
def test_more_lost_than_allowed_is_refused_with_both_figures(assistant, measure, name):
    """2 of 3 is 66.7 %; the published version had 100 %."""
    records = [asked("patents"), asked("travel"), asked("visitors", page=3)]
    before = judge(records, assistant, None)
    judgement = judge(records, assistant, better(before, **{measure: 1.0}))
    assert not judgement.passed
    assert judgement.reasons == (f"{name} 66,7 % contre 100,0 % pour la version publiée",)


def test_an_abstention_lost_counts_too(assistant):
    """The second is answered, as its words are the guide's: 1 of 2 silences, against 2 of 2."""
    answered = record(id="no", question=PAGES["patents"][0] + " Et ?", answerable=False)
    records = [*COVERED, PIE, answered]
    before = judge(records, assistant, None)
    assert before.passed
    judgement = judge(records, assistant, better(before, abstention_recall=1.0))
    assert judgement.reasons == ("silences reconnus 50,0 % contre 100,0 % pour la version publiée",)


@pytest.mark.parametrize(("before", "passes"), [(0.71, True), (0.73, False)])
def test_a_little_may_be_lost(assistant, before, passes):
    """2 of 3 is 0.6667, and 0.05 may be lost: 0.71 - 0.6667 = 0.0433, 0.73 - 0.6667 = 0.0633."""
    records = [asked("patents"), asked("travel"), asked("visitors", page=3)]
    published = better(judge(records, assistant, None), cites_gold_page=before)
    assert judge(records, assistant, published).passed == passes


def test_what_was_gained_is_no_reason(assistant, sound):
    worse = better(sound, cites_gold_page=0.5, success_at_1=0.1, abstention_recall=0.0)
    assert judge([*COVERED, PIE], assistant, worse).passed


def test_other_questions_are_no_measure_of_what_was_lost(assistant, sound):
    """The published version answered all of four questions; this one is asked three, and misses one."""
    records = [asked("patents"), asked("travel"), asked("visitors", page=3)]
    assert judge(records, assistant, sound).passed


def test_the_same_questions_have_the_same_name_and_others_another(assistant, sound):
    assert judge([*COVERED, PIE], assistant, None).questions == sound.questions
    assert judge(COVERED, assistant, None).questions != sound.questions


def test_a_measure_of_the_published_version_that_this_one_lacks_is_lost(assistant):
    before = better(judge(COVERED, assistant, None), abstention_recall=1.0)
    judgement = judge(COVERED, assistant, before)
    assert judgement.reasons == ("silences reconnus 0,0 % contre 100,0 % pour la version publiée",)


def test_each_question_asked_is_told(assistant):
    told = []
    judge([*COVERED, PIE], assistant, None, lambda done, total: told.append((done, total)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


# What is compared between versions


def test_an_outcome_says_which_passages_are_cited_and_where_the_first_stands(assistant, version):
    (outcome,) = outcomes([asked("patents")], assistant)
    assert (outcome.id, outcome.question, outcome.abstained) == ("patents", PAGES["patents"][0], False)
    assert outcome.first == "recueil, p. 2"
    known = {version.passages[row].id for row in range(len(version.passages))}
    assert outcome.passages
    assert set(outcome.passages) <= known


def test_a_passage_cited_twice_counts_once(assistant):
    (outcome,) = outcomes([asked("patents")], assistant)
    assert len(set(outcome.passages)) == len(outcome.passages)


def test_an_abstention_cites_nothing(assistant):
    (outcome,) = outcomes([PIE], assistant)
    assert (outcome.abstained, outcome.passages, outcome.first) == (True, (), "")


def test_follow_ups_are_out_and_all_other_questions_in_whatever_they_are_on(assistant):
    follow_up = asked("travel", history=[{"role": "user", "content": "Bonjour"}])
    found = outcomes([asked("patents", publication="autre"), follow_up, PIE], assistant)
    assert [outcome.id for outcome in found] == ["patents", "pie"]
