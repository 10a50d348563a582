"""Questions typed in haste."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluations.benchmarks.telegraphic import degraded, main, neighbours
from index import STOP_WORDS

QUESTION = "Comment l’entreprise protège-t-elle ses 10 000 fichiers confidentiels à l’étranger ?"


def test_the_same_seed_gives_the_same_question():
    assert degraded(QUESTION, 1) == degraded(QUESTION, 1)


def test_seeds_give_different_slips():
    assert len({degraded(QUESTION, seed) for seed in range(20)}) > 1


def test_without_a_slip_only_plain_words_are_left():
    plain = "entreprise protege 10 000 fichiers confidentiels etranger"
    assert plain in {degraded(QUESTION, seed) for seed in range(20)}


@given(st.text(alphabet="aàbcçdeéèêlmnorstuûœ '’-,.?!0123456789", max_size=60), st.integers(0, 9))
@settings(max_examples=100, deadline=None, database=None)
def test_digits_stay_and_accents_go(question, seed):
    typed = degraded(question, seed)
    assert re.sub(r"\D", "", typed) == re.sub(r"\D", "", question)
    assert re.fullmatch(r"[a-z0-9 ]*", typed)


def test_about_one_word_of_four_slips():
    words = ["confidentialite", "entreprise", "laboratoire", "partenaire"]
    typed = [degraded(" ".join(words), seed).split() for seed in range(250)]
    share = sum(a != b for line in typed for a, b in zip(line, words, strict=True)) / 1000
    assert 0.2 < share < 0.3


def test_small_words_go_unless_nothing_else_is_left():
    assert not STOP_WORDS & set(degraded("le brevet de la filière", 0).split())
    assert degraded("Et pour nous ?", 0) == "et pour nous"


@pytest.mark.parametrize(("letter", "keys"), [("a", "z"), ("s", "qd"), ("n", "b"), ("é", "")])
def test_neighbours_are_on_the_same_row(letter, keys):
    assert neighbours(letter) == keys


def test_the_command_prints_a_question_a_line(tmp_path: Path, monkeypatch, capsys):
    path = tmp_path / "questions.jsonl"
    path.write_text('{"id": "a", "question": "Le brevet ?", "answerable": false, "why_unanswerable": "x"}\n', "utf-8")
    monkeypatch.setattr("sys.argv", ["telegraphic", str(path)])
    main()
    assert len(capsys.readouterr().out.splitlines()) == 1
