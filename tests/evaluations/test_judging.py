"""Which reference questions a version is asked, its judgement, and what is told of it."""

import pytest

from evaluations import Finding, applicable, judge, known, outcomes, reason_of, run_questions
from evaluations.examination import other_files
from evaluations.gate import _FLOORS, _MARGINS, _PROMISES
from index import IndexVersion, Judgement
from tests.assistant.making import Bilingual, assistant_on
from tests.evaluations.making import record
from tests.evaluations.making_exams import ASKED, COVERED, PIE, asked
from tests.index.making import build, guide_pdf
from tests.support import write_pdf

EVERY = [*COVERED, PIE]
FOLLOW_UP = asked("travel", history=[{"role": "user", "content": "Bonjour"}])
ELSEWHERE = asked("travel", publication="autre")


@pytest.fixture(scope="module")
def version(guide_index) -> IndexVersion:
    return IndexVersion(guide_index)


@pytest.fixture
def sound(assistant, tmp_path) -> Judgement:
    """Every page is cited first, and the recipe is not answered."""
    return judge(EVERY, assistant, tmp_path / "sound", None)


def misplaced(name, page):
    """A question whose gold is a page that its answer does not stand on; without words, the page alone counts."""
    return asked(name, gold=[{"publication": "recueil", "page": page, "quote": "…"}])


# Which questions are asked


def test_questions_whose_gold_is_in_the_version_are_asked_in_order(version):
    assert applicable([PIE, *COVERED], version) == [PIE, *COVERED]


def test_a_question_on_a_publication_that_is_not_held_is_not_asked(version):
    assert applicable([asked("patents"), ELSEWHERE], version) == [asked("patents")]


def test_a_question_is_asked_only_where_all_its_gold_is_held(version):
    gold = [{"publication": name, "page": 2, "quote": "…"} for name in ("recueil", "autre")]
    assert applicable([asked("patents", gold=gold)], version) == []


def test_uncovered_questions_are_never_asked_alone(version):
    assert applicable([PIE, ELSEWHERE], version) == []


def test_follow_ups_are_not_asked(version):
    assert applicable([asked("patents"), FOLLOW_UP], version) == [asked("patents")]


# The judgement


def test_a_sound_version_passes_with_its_scores(sound):
    assert (sound.passed, sound.reasons) == (True, ())
    measures = ("quote_validity", "cites_gold_page", "success_at_1", "abstention_recall")
    assert [sound.scores[name] for name in measures] == [1, 1, 1, 1]


def test_fewer_pages_than_half_are_refused_and_the_reason_says_how_many(assistant, tmp_path):
    """1 of 3 is 33.3 %."""
    records = [asked("patents"), misplaced("travel", 1), misplaced("visitors", 3)]
    judgement = judge(records, assistant, tmp_path / "run", None)
    assert not judgement.passed
    assert "bonne page citée 33,3 %, 50,0 % attendus (travel, visitors)" in judgement.reasons


def test_quotes_that_are_not_on_their_pages_are_refused(assistant, tmp_path, monkeypatch):
    monkeypatch.setattr("evaluations.examination.page_text", lambda path, page: "Rien de tel.")
    judgement = judge([misplaced("patents", 2)], assistant, tmp_path / "run", None)
    assert "citations exactes 0,0 %, 100,0 % attendus (patents)" in judgement.reasons


def test_a_version_that_answers_nothing_is_refused(assistant, tmp_path):
    """No answer, no quote: whether quotes are exact is unknown."""
    judgement = judge([asked("patents", question=PIE.question)], assistant, tmp_path / "run", None)
    assert "quote_validity" not in judgement.scores
    assert "citations exactes : aucune mesure" in judgement.reasons


def test_gold_that_the_version_lacks_is_a_reason(assistant, tmp_path):
    gone = asked("patents", gold=[{"publication": "recueil", "page": 2, "quote": "Un zèbre galope."}])
    judgement = judge([gone, asked("travel")], assistant, tmp_path / "run", None)
    assert judgement.reasons == ("citations attendues : 1 ne sont plus dans le corpus (patents)",)


@pytest.mark.parametrize(
    "spoil", [lambda pdf: pdf.unlink(), lambda pdf: write_pdf(pdf, ["Une seule page."])], ids=["gone", "other"]
)
def test_where_a_file_is_not_the_one_indexed_the_reason_names_it(tmp_path, spoil):
    """An upgraded version may have lost its PDFs: whether its quotes are exact is unknown."""
    pdf = guide_pdf(tmp_path / "corpus" / "recueil.pdf")
    build(pdf.parent, tmp_path / "index", Bilingual())
    spoil(pdf)
    judgement = judge([asked("patents")], assistant_on(tmp_path / "index"), tmp_path / "run", None)
    assert not judgement.passed
    assert judgement.reasons == ("citations invérifiables, fichiers absents ou modifiés depuis : recueil",)


def test_files_that_are_those_indexed_are_not_named(version):
    assert other_files(version) == []


def test_each_question_asked_is_told(assistant, tmp_path):
    told = []
    judge(EVERY, assistant, tmp_path / "run", None, lambda done, total: told.append((done, total)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


# Against the published version


@pytest.fixture
def published(assistant, tmp_path):
    """The run of a published version that answered the three questions on their pages."""
    return run_questions(EVERY, assistant, tmp_path / "published")


def test_what_was_lost_is_refused_with_both_figures(assistant, published, tmp_path, monkeypatch):
    """The three citations are still there, and no more on a gold page: 100 % to 0 %."""
    monkeypatch.setattr("evaluations.anchoring.Anchorage.pages", lambda self, record: (frozenset({("autre", 9)}), []))
    judgement = judge(EVERY, assistant, tmp_path / "run", published)
    assert any(
        reason.startswith("bonne page citée 0,0 %, 100,0 % pour la version publiée") for reason in judgement.reasons
    )


def test_the_published_version_s_like_passes(assistant, published, tmp_path):
    assert judge(EVERY, assistant, tmp_path / "run", published).passed


def test_other_questions_are_no_measure_of_what_was_lost(assistant, published, tmp_path):
    """The published version answered four questions; this one is asked three, and misses one."""
    records = [asked("patents"), asked("travel"), misplaced("visitors", 3)]
    assert judge(records, assistant, tmp_path / "run", published).passed


def test_a_published_run_that_was_stopped_is_no_measure(assistant, published, tmp_path):
    (published.folder / "results.jsonl").write_text("")
    assert judge(EVERY, assistant, tmp_path / "run", published).passed


# Judgements taken over


@pytest.fixture
def same(sound):
    """The judgement of a published version that has the very files of the one being judged."""
    return Judgement(True, sound.scores, (), sound.questions, of_same_files=True)


def test_a_judgement_of_the_same_files_on_the_same_questions_is_taken_over(sound, same):
    assert known(EVERY, same) == sound


def test_a_judgement_of_other_questions_is_not(same):
    assert known(COVERED, same) is None


def test_a_judgement_of_other_files_is_not(sound):
    assert known(EVERY, sound) is None


def test_a_refusal_is_not(sound):
    assert known(EVERY, Judgement(False, sound.scores, ("…",), sound.questions, of_same_files=True)) is None


def test_a_judgement_by_other_bounds_is_not(same, monkeypatch):
    monkeypatch.setattr("evaluations.judging.GATE", "other")
    assert known(EVERY, same) is None


def test_where_nothing_was_published_there_is_none():
    assert known(EVERY, None) is None


# What is told


@pytest.mark.parametrize(
    ("finding", "reason"),
    [
        (Finding("cites_gold_page", "floor", 0.5, 1 / 3, 1 / 6, ("a", "b")),
         "bonne page citée 33,3 %, 50,0 % attendus (a, b)"),
        (Finding("abstention_recall", "drop", 1.0, 0.5, 0.5, ("a",)),
         "silences reconnus 50,0 %, 100,0 % pour la version publiée (a)"),
        (Finding("quote_validity", "missing", 1.0, None, None), "citations exactes : aucune mesure"),
        (Finding("gold", "lost gold", 0, 2, 2.0, ("a", "b")),
         "citations attendues : 2 ne sont plus dans le corpus (a, b)"),
    ],
    ids=["floor", "drop", "missing", "lost gold"],
)  # fmt: skip
def test_a_finding_is_told_in_a_sentence(finding, reason):
    assert reason_of(finding) == reason


@pytest.mark.parametrize("name", sorted({*_PROMISES, *_FLOORS, *_MARGINS}))
def test_every_measure_of_the_gate_has_a_name_that_an_admin_reads(name):
    assert name not in reason_of(Finding(name, "floor", 1.0, 0.5, 0.5))


# What is compared between versions


def test_an_outcome_says_which_passages_are_cited_and_where_the_first_stands(assistant, version):
    (outcome,) = outcomes([asked("patents")], assistant)
    assert (outcome.id, outcome.question, outcome.abstained) == ("patents", ASKED["patents"][0], False)
    assert outcome.first == "recueil, p. 2"
    held = {version.passages[row].id for row in range(len(version.passages))}
    assert outcome.passages
    assert set(outcome.passages) <= held


def test_a_passage_cited_twice_counts_once(assistant):
    (outcome,) = outcomes([asked("patents")], assistant)
    assert len(set(outcome.passages)) == len(outcome.passages)


def test_an_abstention_cites_nothing(assistant):
    (outcome,) = outcomes([PIE], assistant)
    assert (outcome.abstained, outcome.passages, outcome.first) == (True, (), "")


def test_follow_ups_are_out_and_all_other_questions_in_whatever_they_are_on(assistant):
    other = record(id="other", question=ASKED["patents"][0],
                   gold=[{"publication": "autre", "page": 1, "quote": "…"}])  # fmt: skip
    assert [outcome.id for outcome in outcomes([other, FOLLOW_UP, PIE], assistant)] == ["other", "pie"]
