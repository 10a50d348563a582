"""Facts and words, quoted and highlighted, counted by hand."""

from dataclasses import replace

from evaluations.benchmarks.highlights import Highlights
from evaluations.questions import Fact
from tests.evaluations.making import answer, passage, record

TEXT = "Un badge est remis. Il est rendu le soir."


def test_facts_and_words_are_counted_in_both():
    said = answer(passage(TEXT))
    said = replace(said, citations=(replace(said.citations[0], nearest=((0, 19),)),))
    asked = record(
        required_facts=(
            Fact(fact="badge", accepted=("un badge",)),
            Fact(fact="soir", accepted=("le soir", "à dix-huit heures")),
            Fact(fact="clé", accepted=("une clé",)),  # not in the answer: it says nothing of the highlights
        )
    )
    assert Highlights.of([asked], [said]) == Highlights(1, 2, 1, 9, 4)


def test_without_an_answer_there_is_nothing_to_say():
    assert str(Highlights.of([], [])) == "0 answers, 0 of 0 facts (0.00), 0 of 0 words"
