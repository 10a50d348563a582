"""Questions that lean on the turns before are told from those that do not, on the tuning sets."""

import pytest

from assistant import standalone
from evaluations.questions import SHIPPED, load_questions
from evaluations.tuning.dependence import after_another

ALONE = load_questions([SHIPPED / f"guide-tune{n}.jsonl" for n in ("", "-more", "-facts", "-open")])
FOLLOWING = load_questions([SHIPPED / f"guide-tune-followups{n}.jsonl" for n in ("", "-more")])


def test_every_question_is_put_after_another_one():
    asked = after_another(ALONE)
    questions = sorted(record.question for record in ALONE)
    assert sorted(question for question, _ in asked) == questions
    assert sorted(history[0].content for _, history in asked) == questions
    assert all(history[0].content != question for question, history in asked)


def test_a_question_asked_first_is_not_mixed_with_another_one():
    left = [standalone(question, history) == question for question, history in after_another(ALONE)]
    assert sum(left) >= 0.97 * len(left)


@pytest.mark.parametrize(("leans", "share"), [(True, 0.92), (False, 1)])
def test_follow_ups_are_written_out_and_changes_of_subject_left(leans, share):
    records = [r for r in FOLLOWING if (r.question != r.standalone_question) == leans]
    right = [(standalone(r.question, r.as_question().history) != r.question) == leans for r in records]
    assert len(right) > 10
    assert sum(right) >= share * len(right)
