"""The tuning of what members' words weigh, on a small guide."""

import json
from pathlib import Path

import pytest

from evaluations.questions import Gold, QuestionRecord
from evaluations.tuning import asked
from index import asked_file
from tests.index.making import VISITORS, build, guide_pdf
from tests.support import HashEmbedder

STORY, OPEN = "Un inconnu se promène seul devant nos machines", "Combien coûte un badge électronique ?"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tuning")
    pdf = guide_pdf(folder / "corpus" / "recueil.pdf")
    lines = [
        {"anchor": "Les visiteurs portent un badge", "asked": [STORY, "badge"]},
        {"anchor": "En déplacement", "asked": ["À l’hôtel ?"]},
        {"silent": [OPEN]},
    ]
    asked_file(pdf).write_text("\n".join(map(json.dumps, lines)), "utf-8")
    build(folder / "corpus", folder / "index")
    return folder / "index"


@pytest.fixture
def records(root, monkeypatch) -> list[QuestionRecord]:
    monkeypatch.setattr(asked, "load_embedder", lambda *_: HashEmbedder())
    gold = (Gold(publication="recueil", page=1, quote=VISITORS[1]),)
    common = {"kind": "direct", "language": "fr", "author": "test"}
    return [
        QuestionRecord(id="a", question=STORY, gold=gold, answerable=True, **common),
        QuestionRecord(id="b", question=OPEN, gold=(), answerable=False, **common),
    ]


def test_one_line_by_weight_with_the_measures_that_decide(root, records):
    lines = list(asked.by_weight(root, records))
    assert len(lines) == len(asked._WEIGHTS)
    assert all("success_at_1" in line and "quote_validity" not in line for line in lines)


def test_the_weight_changes_how_passages_are_scored(root, records):
    scores = [asked.weighted(root, weight).searcher.search(STORY, 1).results[0].score for weight in (0.0, 2.0)]
    assert scores[0] < scores[1]


def test_one_line_by_margin_with_both_kinds_counted(root, records):
    lines = list(asked.by_margin(root, records))
    assert len(lines) == len(asked._MARGINS)
    assert all("of 1 covered" in line and "of 1 uncovered" in line for line in lines)
