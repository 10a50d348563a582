"""A settled item becomes a question of the tuning set, where its words stand on its page and nobody asked it before."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations import SHIPPED, EvaluationError, inbox, labels, load_questions, promotion
from evaluations.questions import Gold, Turn
from tests.evaluations.inbox_making import GOLD, closed, received
from tests.evaluations.making import printed

ASKED = "Que signe le stagiaire ?"


def tune(home: Path) -> Path:
    return home / "evaluation" / "tune.jsonl"


def refused(home: Path, id_: str) -> EvaluationError:
    """The error of a promotion, which leaves the set as it was."""
    before = tune(home).read_bytes() if tune(home).exists() else None
    with pytest.raises(EvaluationError) as caught:
        promotion.promote(home, id_, printed)
    assert (tune(home).read_bytes() if tune(home).exists() else None) == before
    assert caught.value.remedy
    return caught.value


def test_a_settled_item_becomes_a_question_that_loads(tmp_path):
    id_ = closed(tmp_path)
    record = promotion.promote(tmp_path, id_, printed)
    assert load_questions([tune(tmp_path)]) == [record]
    assert record.id.startswith("p-")
    assert (record.question, record.gold, record.author, record.review) == (ASKED, (GOLD,), "Zoé", "adjudicated")
    assert inbox.found(tmp_path, id_).state == "promoted"


def test_only_the_tuning_set_is_written(tmp_path):
    shipped = {path: path.stat().st_mtime_ns for path in SHIPPED.iterdir()}
    promotion.promote(tmp_path, closed(tmp_path), printed)
    names = {path.name for path in (tmp_path / "evaluation").iterdir()} - {"writer.lock"}
    assert names == {"inbox.jsonl", "labels.jsonl", "tune.jsonl"}
    assert {path: path.stat().st_mtime_ns for path in SHIPPED.iterdir()} == shipped


def test_the_pages_are_those_of_evaluators_who_said_what_was_decided(tmp_path):
    item = received(tmp_path)
    labels.give_label(tmp_path, item, "wrong", "Ana", [GOLD])
    labels.give_label(tmp_path, item, "wrong", "Cléo", [GOLD])
    labels.give_label(tmp_path, item, "correct", "Bob", [Gold(publication="guide", page=9, quote="autre chose")])
    labels.adjudicate(tmp_path, item, "wrong", "Zoé", "Ana a raison.")
    assert promotion.promote(tmp_path, item.id, printed).gold == (GOLD,)


@pytest.mark.parametrize(
    ("decision", "verdict", "answerable"),
    [
        ("should_abstain", "answered", False),
        ("correct", "not_in_guide", False),
        ("correct", "answered", True),
        ("wrong", "not_in_guide", True),
        ("partly", "answered", True),
    ],
)
def test_a_question_has_an_answer_unless_silence_was_right(tmp_path, decision, verdict, answerable):
    id_ = closed(tmp_path, decision, (GOLD,) if answerable else (), answer={"verdict": verdict})
    record = promotion.promote(tmp_path, id_, printed)
    assert (record.answerable, bool(record.gold)) == (answerable, answerable)
    assert record.why_unanswerable == (None if answerable else "La page 3 le dit.")


def test_a_follow_up_keeps_the_turns_before_it_and_is_told_in_full(tmp_path):
    history = (Turn(role="user", content="Un stagiaire arrive."),)
    id_ = closed(tmp_path, question="et il signe quoi ?", history=history, answer={"standalone_question": ASKED})
    record = promotion.promote(tmp_path, id_, printed)
    assert (record.question, record.history, record.standalone_question) == ("et il signe quoi ?", history, ASKED)


def test_a_follow_up_whose_turns_are_not_known_is_asked_in_full(tmp_path):
    id_ = closed(tmp_path, question="et il signe quoi ?", answer={"standalone_question": ASKED})
    assert promotion.promote(tmp_path, id_, printed).question == ASKED


def test_an_item_nobody_adjudicated_is_refused(tmp_path):
    item = received(tmp_path)
    labels.give_label(tmp_path, item, "wrong", "Ana", [GOLD])
    error = refused(tmp_path, item.id)
    assert f"« {item.id} » n’a pas été arbitré" in error.message
    assert f"vigie evaluate adjudicate {item.id}" in error.remedy


def test_a_decision_that_does_not_say_what_is_right_is_refused(tmp_path):
    assert "ne dit pas ce qui est juste" in refused(tmp_path, closed(tmp_path, "unsure", ())).message


def test_an_answerable_question_without_a_page_is_refused_with_the_command_that_gives_one(tmp_path):
    error = refused(tmp_path, closed(tmp_path, gold=()))
    assert "page de référence" in error.message
    assert "--gold PUBLICATION:PAGE:CITATION" in error.remedy


@pytest.mark.parametrize(
    "gold",
    [
        Gold(publication="guide", page=4, quote="signe un engagement"),
        Gold(publication="guide", page=3, quote="signe deux engagements"),
        Gold(publication="guide", page=3, quote=" … "),
    ],
    ids=["page", "words", "no words"],
)
def test_words_that_are_not_on_their_page_are_refused_with_both_named(tmp_path, gold):
    error = refused(tmp_path, closed(tmp_path, gold=(gold,)))
    assert f"« {gold.quote} » n’est pas écrit sur la page {gold.page} de « guide »" in error.message


def test_words_cut_by_the_end_of_a_line_stand_on_their_page(tmp_path):
    gold = Gold(publication="guide", page=3, quote="Le stagiaire signe un engagement avant son arrivée.")
    assert promotion.promote(tmp_path, closed(tmp_path, gold=(gold,)), printed).gold == (gold,)


def test_an_item_is_promoted_once(tmp_path):
    id_ = closed(tmp_path)
    promotion.promote(tmp_path, id_, printed)
    assert "est déjà la question « p-" in refused(tmp_path, id_).message


@pytest.mark.parametrize(
    "question", ["QUE SIGNE LE STAGIAIRE", "« Que signé, le stagiaire ?? »", "Que  signe\nle stagiaire"]
)
def test_a_question_asked_in_other_letters_is_the_same(tmp_path, question):
    promotion.promote(tmp_path, closed(tmp_path), printed)
    error = refused(tmp_path, closed(tmp_path, question=question))
    assert f"déjà dans {tune(tmp_path)} (« p-" in error.message


@given(st.sampled_from(load_questions([SHIPPED / "guide.jsonl", SHIPPED / "guide-followups.jsonl"])))
def test_a_question_of_a_shipped_set_is_refused_naming_it(tmp_path_factory, record):
    home = tmp_path_factory.mktemp("home")
    id_ = closed(home, question=record.question, history=record.history)
    assert str(SHIPPED) in refused(home, id_).message


def test_a_question_of_a_local_set_is_refused_even_written_in_full_after_other_turns(tmp_path):
    (tmp_path / "evaluation").mkdir()
    other = {"id": "l-1", "question": "et il signe quoi ?", "standalone_question": ASKED, "answerable": False,
             "history": [{"role": "user", "content": "Un stagiaire arrive."}]}  # fmt: skip
    (tmp_path / "evaluation" / "gate.jsonl").write_text(json.dumps(other) + "\n{torn")
    assert "gate.jsonl (« l-1 »)" in refused(tmp_path, closed(tmp_path)).message


def test_the_same_few_words_after_other_turns_are_another_question(tmp_path):
    for guest, about in (
        ("Un stagiaire arrive.", "Qui guide le stagiaire ?"),
        ("Un client arrive.", "Qui guide le client ?"),
    ):
        history = (Turn(role="user", content=guest),)
        id_ = closed(tmp_path, question="qui le guide ?", history=history, answer={"standalone_question": about})
        promotion.promote(tmp_path, id_, printed)
    assert len(load_questions([tune(tmp_path)])) == 2


def test_a_question_without_words_is_refused(tmp_path):
    assert "n’a pas de mots" in refused(tmp_path, closed(tmp_path, question=" ?! ")).message


def test_an_error_of_the_page_is_told_as_it_is(tmp_path):
    def no_page(publication: str, page: int) -> str:
        raise EvaluationError(f"« {publication} » n’a pas de page {page}.")

    with pytest.raises(EvaluationError, match="n’a pas de page 3"):
        promotion.promote(tmp_path, closed(tmp_path), no_page)
    assert not tune(tmp_path).exists()
