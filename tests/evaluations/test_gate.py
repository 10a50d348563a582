"""What keeps a run from being published: promises, floors, drops, measures that are missing, gold that is lost."""

import json

import pytest

from evaluations import Baseline, EvaluationError, Finding, RunFolder, gate
from evaluations.gate import _FLOORS, _MARGINS, _PROMISES
from tests.evaluations.making import ALL_SOUND, IDS, SOUND, scored_run, with_values


@pytest.fixture
def published(tmp_path):
    """What the published version is worth."""
    return Baseline.of(scored_run(tmp_path / "published", ALL_SOUND))


@pytest.fixture
def findings(tmp_path):
    """What the gate has to say of a run with these values."""
    return lambda cases, baseline=None, **more: gate(scored_run(tmp_path / "run", cases, **more), baseline)


def test_a_sound_run_passes(findings):
    assert findings(ALL_SOUND) == []


def test_a_sound_run_passes_against_itself(findings, published):
    assert findings(ALL_SOUND, published) == []


# Promises and floors


@pytest.mark.parametrize("measure", [name for name, bound in _PROMISES.items() if bound == 1])
def test_a_promise_broken_by_one_answer_of_ten_is_told_with_its_question(findings, measure):
    """(9 × 1 + 1/2) / 10 = .95, .05 under 1."""
    (found,) = findings(with_values(measure, 0.5))
    assert found == Finding(measure, "floor", 1, pytest.approx(0.95), pytest.approx(0.05), ("q0",))


def test_one_unsupported_statement_is_told(findings):
    """(9 × 0 + 1/4) / 10 = .025 above 0."""
    (found,) = findings(with_values("unsupported_share", 0.25))
    assert found == Finding("unsupported_share", "floor", 0, 0.025, 0.025, ("q0",))


def test_half_the_gold_pages_is_enough(findings):
    assert findings(with_values("cites_gold_page", *[0.0] * 5)) == []


def test_fewer_gold_pages_than_half_are_not(findings):
    """4 of 10, .1 under .5; the six are named."""
    (found,) = findings(with_values("cites_gold_page", *[0.0] * 6))
    assert found == Finding("cites_gold_page", "floor", 0.5, 0.4, pytest.approx(0.1), tuple(IDS[:6]))


def test_rounding_breaks_no_promise(findings):
    assert findings(with_values("quote_validity", 1 - 1e-12)) == []


@pytest.mark.parametrize("measure", sorted((_PROMISES | _FLOORS).keys() - {"numbers_supported"}))
def test_a_measure_that_could_not_be_taken_is_missing(findings, measure):
    (found,) = findings(with_values(measure, *[None] * 10))
    assert (found.metric, found.what, found.actual, found.delta) == (measure, "missing", None, None)


def test_answers_need_no_number(findings):
    """A small corpus may have none."""
    assert findings(with_values("numbers_supported", *[None] * 10)) == []


def test_a_finding_names_ten_questions_at_most(tmp_path):
    cases = {f"q{n}": SOUND | {"quote_validity": 0.0} for n in range(12)}
    (found,) = gate(scored_run(tmp_path / "run", cases), None)
    assert found.cases == tuple(f"q{n}" for n in range(10))


# Against the published version


def test_a_drop_is_told_with_both_values_and_the_questions_that_are_worse(findings, published):
    """Published 10 of 10; four lost: .6, .4 less; the interval, about −.7 to −.1, leaves 0 out."""
    (found,) = findings(with_values("cites_gold_page", *[0.0] * 4), published)
    assert found == Finding("cites_gold_page", "drop", 1, 0.6, 0.4, ("q0", "q1", "q2", "q3"))


def test_a_claim_that_was_not_said_before_is_a_drop(findings, published):
    """For this measure more is worse: .4 more."""
    (found,) = findings(with_values("forbidden_claim_rate", *[1.0] * 4), published)
    assert (found.metric, found.what, found.delta) == ("forbidden_claim_rate", "drop", 0.4)


def test_less_than_the_margin_is_no_drop(findings, published):
    """All ten lose .01 of .8, where .02 may be lost."""
    assert findings(with_values("page_precision", *[0.79] * 10), published) == []


def test_more_than_the_margin_is_a_drop(findings, published):
    """All ten lose .03 of .8."""
    (found,) = findings(with_values("page_precision", *[0.77] * 10), published)
    assert (found.what, found.delta) == ("drop", pytest.approx(0.03))


def test_what_chance_gives_is_no_drop(findings, published):
    """(−.8 − .1 + 8 × .05) / 10 = −.05: more than the margin, but one question makes it all."""
    values = [0.0, 0.7, *[0.85] * 8]
    assert findings(with_values("page_precision", *values), published) == []


def test_what_was_gained_is_no_drop(findings, published):
    assert findings(with_values("page_precision", *[1.0] * 10), published) == []


def test_a_measure_of_the_published_version_that_this_one_lacks_is_missing(findings, published):
    """It had .8."""
    (found,) = findings(with_values("page_precision", *[None] * 10), published)
    assert found == Finding("page_precision", "missing", pytest.approx(0.8), None, None)


def test_a_measure_that_the_published_version_lacks_is_not_compared(findings, tmp_path):
    published = Baseline.of(scored_run(tmp_path / "p", with_values("page_precision", *[None] * 10)))
    assert findings(ALL_SOUND, published) == []


@pytest.mark.parametrize("other", [{"questions": "others"}, {"scoring": "2"}], ids=["questions", "scoring"])
def test_a_baseline_of_other_things_cannot_judge(findings, published, other):
    with pytest.raises(EvaluationError, match="autres questions"):
        findings(ALL_SOUND, published, **other)


# Gold


def test_gold_that_the_version_lacks_is_told_with_its_question(findings):
    (found,) = findings(ALL_SOUND, lost=("q3",))
    assert found == Finding("gold", "lost gold", 0, 1, 1, ("q3",))


def test_a_question_without_its_gold_counts_in_no_measure(findings):
    cases = with_values("quote_validity", 0.0)
    assert [found.metric for found in findings(cases, lost=("q0",))] == ["gold"]


# What cannot be judged


def test_a_run_that_is_not_finished_cannot_be_judged(tmp_path):
    run = scored_run(tmp_path / "run", ALL_SOUND)
    kept = (run.folder / "results.jsonl").read_text().split("\n")
    (run.folder / "results.jsonl").write_text("\n".join(kept[:4]) + "\n")
    with pytest.raises(EvaluationError, match="6 questions sans réponse"):
        gate(run, None)


def test_a_folder_without_a_run_cannot_be_judged(tmp_path):
    with pytest.raises(EvaluationError, match="n’est pas le dossier d’une évaluation"):
        gate(RunFolder(tmp_path), None)


def test_a_run_that_is_not_finished_is_no_baseline(tmp_path):
    run = scored_run(tmp_path / "run", ALL_SOUND)
    (run.folder / "results.jsonl").write_text("")
    with pytest.raises(EvaluationError, match="10 questions sans réponse"):
        Baseline.of(run)


# Baselines on disk


def test_a_baseline_is_read_back_as_it_was_written(published, tmp_path):
    published.write(tmp_path / "baseline.json")
    assert Baseline.read(tmp_path / "baseline.json") == published


def test_a_baseline_holds_the_compared_measures_of_each_question(published):
    assert {tuple(values) for values in published.cases.values()} == {tuple(_MARGINS)}


@pytest.mark.parametrize(
    "content", [None, "{", "[]", '"x"', json.dumps({"questions": "x"}), b"\xff"],
    ids=["absent", "torn", "a list", "a word", "no cases", "not text"],
)  # fmt: skip
def test_a_file_that_is_no_baseline_is_named(tmp_path, content):
    path = tmp_path / "baseline.json"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(EvaluationError, match=r"baseline\.json n’est pas une référence lisible"):
        Baseline.read(path)
