"""What docs/evaluation.md says of the measures is what the code has."""

from pathlib import Path

import pytest

from evaluations import METRICS, PRIMARY

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "evaluation.md").read_text("utf-8")


@pytest.mark.parametrize("name", METRICS)
def test_each_measure_is_documented_with_its_formula_and_source(name):
    (line,) = (line for line in PAGE.splitlines() if line.startswith(f"| `{name}` |"))
    formula = METRICS[name].formula.replace("|", "\\|")
    assert line.split(" | ")[-2:] == [formula, f"{METRICS[name].source} |"] or line.endswith(
        f"{formula} | {METRICS[name].source} |"
    )


def test_the_primary_measures_are_named():
    assert ", ".join(f"`{name}`" for name in PRIMARY) in PAGE
