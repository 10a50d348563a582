"""Two runs compared: what may be, what differs, and which questions are left out."""

import json

import pytest

from evaluations import METRICS, PRIMARY, EvaluationError, RunFolder, compare
from evaluations.comparison import CaseChange
from tests.evaluations.making import scored_run

WORSE = {f"q{n}": {"success_at_1": 0.0, "page_f1": 0.5, "total_ms": 20.0} for n in range(8)}
BETTER = {f"q{n}": {"success_at_1": 1.0, "page_f1": 0.5, "total_ms": 10.0} for n in range(8)}


@pytest.fixture
def before(tmp_path):
    return scored_run(tmp_path / "before", WORSE)


@pytest.fixture
def after(tmp_path):
    return scored_run(tmp_path / "after", BETTER)


# What may be compared


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"questions": "others"}, "mêmes questions"),
        ({"scoring": "2"}, "même façon"),
        ({"corpus": "c2"}, "même corpus"),
    ],
)
def test_runs_of_other_things_are_not_compared(before, tmp_path, other, message):
    with pytest.raises(EvaluationError, match=message):
        compare(before, scored_run(tmp_path / "after", BETTER, **other))


def test_the_way_to_compare_two_corpora_is_said(before, tmp_path):
    with pytest.raises(EvaluationError) as caught:
        compare(before, scored_run(tmp_path / "after", BETTER, corpus="c2"))
    assert "--across-corpora" in caught.value.remedy


@pytest.mark.parametrize("other", [{"questions": "others"}, {"scoring": "2"}], ids=["questions", "scoring"])
def test_across_corpora_questions_and_measures_must_still_be_the_same(before, tmp_path, other):
    after = scored_run(tmp_path / "after", BETTER, corpus="c2", **other)
    with pytest.raises(EvaluationError):
        compare(before, after, across_corpora=True)


def test_a_run_that_is_not_finished_is_not_compared(before, after):
    kept = (after.folder / "results.jsonl").read_text().splitlines(keepends=True)
    (after.folder / "results.jsonl").write_text("".join(kept[:-1]))
    with pytest.raises(EvaluationError, match="1 questions sans réponse"):
        compare(before, after)


def test_a_folder_without_a_run_is_named(before, tmp_path):
    with pytest.raises(EvaluationError, match="nothing n’est pas le dossier d’une évaluation"):
        compare(before, RunFolder(tmp_path / "nothing"))


def test_another_index_of_the_same_corpus_may_be_compared(before, tmp_path):
    after = scored_run(tmp_path / "after", BETTER, index_version="v2")
    assert compare(before, after).after["index_version"] == "v2"


# What differs


def test_a_difference_is_what_the_second_run_has_more(before, after):
    found = compare(before, after).differences
    assert (found["success_at_1"].interval.mean, found["success_at_1"].cases) == (1, 8)


def test_a_measure_that_all_questions_gained_is_real(before, after):
    """2 / 2⁸ = .0078, the only primary measure of these runs."""
    found = compare(before, after).differences["success_at_1"]
    assert (found.adjusted, found.is_real) == (pytest.approx(2 / 256), True)


def test_primary_measures_are_adjusted_for_their_number(tmp_path):
    """Each alone is 2 / 2⁸; there are two: twice that."""
    before = scored_run(tmp_path / "a", {i: v | {"cites_gold_page": 0.0} for i, v in WORSE.items()})
    after = scored_run(tmp_path / "b", {i: v | {"cites_gold_page": 1.0} for i, v in BETTER.items()})
    assert compare(before, after).differences["success_at_1"].adjusted == pytest.approx(2 * 2 / 256)


def test_other_measures_are_shown_and_decide_nothing(before, after):
    """All eight are faster; the times depend on the machine."""
    found = compare(before, after).differences["total_ms"]
    assert (found.interval.mean, found.is_real) == (-10, False)


def test_primary_measures_are_in_the_catalogue():
    assert set(PRIMARY) <= METRICS.keys()


def test_a_question_that_one_run_did_not_measure_does_not_count(before, tmp_path):
    """Seven pairs of eight."""
    after = scored_run(tmp_path / "after", BETTER | {"q0": {"success_at_1": None}})
    assert compare(before, after).differences["success_at_1"].cases == 7


def test_a_measure_that_neither_run_has_is_left_out(before, after):
    assert "retrieval_rr" not in compare(before, after).differences


def test_one_question_may_be_compared(tmp_path):
    before, after = (scored_run(tmp_path / name, {"q": {"page_f1": v}}) for name, v in (("a", 0.5), ("b", 0.7)))
    assert compare(before, after).differences["page_f1"].p == 1


def test_changes_name_the_question_and_both_values(before, tmp_path):
    after = scored_run(tmp_path / "after", WORSE | {"q3": {"success_at_1": 1.0, "page_f1": 0.5, "total_ms": 9.0}})
    assert compare(before, after).changes == (CaseChange("q3", "success_at_1", 0.0, 1.0),)


def test_two_equal_runs_have_no_change(before):
    found = compare(before, before)
    assert (found.changes, [one.interval.mean for one in found.differences.values()]) == ((), [0, 0, 0])


def test_the_order_of_the_questions_changes_nothing(before, after, tmp_path):
    other = scored_run(tmp_path / "other", dict(reversed(BETTER.items())))
    assert compare(before, other).differences == compare(before, after).differences


# Across corpora


def test_across_corpora_questions_whose_gold_either_lacks_are_left_out(tmp_path):
    before = scored_run(tmp_path / "before", WORSE, lost=("q1",))
    after = scored_run(tmp_path / "after", BETTER, lost=("q5",), corpus="c2")
    assert compare(before, after, across_corpora=True).left_out == ("q1", "q5")


def test_questions_left_out_count_in_no_difference(tmp_path):
    """q1 lost its gold: seven of eight."""
    before, after = scored_run(tmp_path / "a", WORSE), scored_run(tmp_path / "b", BETTER, lost=("q1",), corpus="c2")
    found = compare(before, after, across_corpora=True)
    assert found.differences["success_at_1"].cases == 7
    assert "q1" not in {change.id for change in found.changes}


def test_the_json_has_each_difference_with_its_bounds(before, after):
    data = json.loads(json.dumps(compare(before, after).as_json()))
    assert data["differences"]["success_at_1"] == {
        "interval": {"mean": 1, "low": 1, "high": 1}, "p": pytest.approx(2 / 256), "detectable": 0, "cases": 8,
        "adjusted": pytest.approx(2 / 256), "is_real": True,
    }  # fmt: skip
