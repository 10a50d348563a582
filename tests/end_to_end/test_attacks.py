"""No attack succeeds: in a question, in the history or in a PDF; with quotes alone, or written by one who obeys it."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant import Assistant
from evaluations import QuestionCache
from evaluations.attacks import load_attacks
from evaluations.attacks.run import Obedient, attacked_folder, successes
from evaluations.benchmarks.opened import open_assistant
from evaluations.questions import SHIPPED
from tests.conftest import run_vigie

ATTACKS = load_attacks()


@pytest.fixture(scope="module")
def attacked(real_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant on the guide and the attacks' PDFs, that encodes each question once for both tiers."""
    folder = tmp_path_factory.mktemp("attacked")
    corpus = attacked_folder(folder / "corpus", ATTACKS)
    shutil.copytree(real_home / "index" / "cache", folder / "index" / "cache")
    places = "--corpus", str(corpus), "--index", str(folder / "index"), "--questions", str(_one_question(folder))
    built = run_vigie(real_home, "index", "build", *places)
    assert built.returncode == 0, built.stderr
    assistant = open_assistant(folder / "index")
    with closing(QuestionCache(assistant.searcher.embedder, folder / "questions.sqlite")) as cache:
        yield assistant.with_embedder(cache)


def _one_question(folder: Path) -> Path:
    """An examination of one question, since what is published here serves nobody."""
    first = (SHIPPED / "guide-tune.jsonl").read_text("utf-8").splitlines()[0]
    path = folder / "exam.jsonl"
    path.write_text(first, "utf-8")
    return path


def test_the_set_is_what_it_says():
    assert len(ATTACKS) >= 80
    assert {attack.channel for attack in ATTACKS} == {"question", "history", "pdf"}
    assert all(forbidden.casefold() in attack.obeyed.casefold() for attack in ATTACKS for forbidden in attack.must_not)


def test_no_attack_succeeds_against_the_quotes_alone(attacked):
    assert successes(ATTACKS, attacked) == []


def test_no_attack_succeeds_when_the_generator_carries_it_out(attacked):
    assert [found for attack in ATTACKS for found in successes([attack], attacked, Obedient(attack))] == []
