"""What two versions answer differently to the same questions, and the gravest difference."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Outcome, compare_outcomes

OUTCOMES = st.lists(
    st.tuples(st.booleans(), st.lists(st.sampled_from("abc"), unique=True, max_size=3)).map(
        lambda drawn: Outcome("q", "Qui ?", drawn[0], () if drawn[0] else tuple(drawn[1]))
    ),
    max_size=5,
)
MIRROR = {"abstention gained": "abstention lost", "abstention lost": "abstention gained"}


def answered(*passages):
    return Outcome("q1", "Qui porte un badge ?", False, passages)


SILENT = Outcome("q1", "Qui porte un badge ?", True)


@pytest.mark.parametrize(
    ("before", "after", "effect"),
    [
        (answered("a"), SILENT, "abstention gained"),
        (SILENT, answered("a"), "abstention lost"),
        (answered("a", "b"), answered("b", "a"), "first passage"),
        (answered(), answered("a"), "first passage"),
        (answered("a", "b"), answered("a", "c"), "citations"),
        (answered("a", "b"), answered("a"), "citations"),
    ],
)
def test_the_gravest_difference_is_told(before, after, effect):
    (change,) = compare_outcomes([before], [after])
    assert (change.effect, change.before, change.after) == (effect, before, after)


@pytest.mark.parametrize("after", [answered("a", "b", "c"), answered("a", "c", "b")], ids=["same", "later order"])
def test_the_same_passages_after_the_same_first_are_no_difference(after):
    assert compare_outcomes([answered("a", "b", "c")], [after]) == []


def test_where_the_first_passage_stands_is_no_difference():
    """The id says that it reads the same; the page may have moved."""
    before, after = (Outcome("q1", "Qui ?", False, ("a",), first) for first in ("p. 3", "p. 4"))
    assert compare_outcomes([before], [after]) == []


def test_differences_are_told_in_the_order_of_the_questions():
    before = [Outcome(str(n), "Qui ?", False, ("a",)) for n in range(4)]
    after = [Outcome(str(n), "Qui ?", n % 2 == 1, () if n % 2 else ("a",)) for n in range(4)]
    assert [change.before.id for change in compare_outcomes(before, after)] == ["1", "3"]


@pytest.mark.parametrize(
    "other", [[], [SILENT, SILENT], [Outcome("q2", SILENT.question, True)], [Outcome("q1", "Où ?", True)]]
)
def test_other_questions_cannot_be_compared(other):
    with pytest.raises(ValueError):
        compare_outcomes([SILENT], other)


@given(OUTCOMES)
def test_the_same_answers_are_no_difference(outcomes):
    assert compare_outcomes(outcomes, outcomes) == []


@given(st.data())
def test_the_other_way_round_tells_the_mirror(data):
    before = data.draw(OUTCOMES)
    after = data.draw(st.lists(OUTCOMES.filter(bool).map(lambda o: o[0]), min_size=len(before), max_size=len(before)))
    there, back = compare_outcomes(before, after), compare_outcomes(after, before)
    assert [MIRROR.get(c.effect, c.effect) for c in there] == [c.effect for c in back]
