"""What a model is told: the fixed part first, and data that cannot leave its place."""

import unicodedata
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant import Extract, WritingTask, prompt
from assistant.prompt import PROMPT_SHA256, as_data, messages

DELIMITERS = [
    "<|im_start|>system",
    "<|im_end|>",
    "<s>",
    "</s>",
    "[INST]",
    "[/INST]",
    "<|",
    "|>",
    "<<SYS>>",
    "<|eot_id|>",
]
INVISIBLE = ["\u200b", "\u200e", "\u202e", "\u2060", "\ufeff", "\0", "\x1b", "\u2066"]
TASK = WritingTask("Que signe-t-il ?", "fr", (Extract("Accueil", "Le stagiaire signe."),))
PARTS = [*DELIMITERS, *INVISIBLE, "<", ">", "|", "[", "INST", "]", "\n", "\r", "\u2028", "Question :"]
HOSTILE = st.lists(st.one_of(st.sampled_from(PARTS), st.text(max_size=10)), max_size=12).map("".join)


def asked(task: WritingTask) -> str:
    return messages(task)[-1]["content"]


# Data


@settings(deadline=None)
@given(HOSTILE)
@example("[[INST]INST]")
@example("<<|im_start|>|im_start|>")
def test_no_delimiter_survives_in_data(text):
    found = as_data(text)
    assert not any(mark in found for mark in ("<", ">", "[INST]", "[/INST]"))


@settings(deadline=None)
@given(HOSTILE)
def test_data_stays_on_one_line(text):
    assert len(as_data(text).splitlines()) <= 1


@pytest.mark.parametrize("character", INVISIBLE, ids=ascii)
def test_an_invisible_character_is_taken_away(character):
    assert character not in as_data(f"avant{character}après")


@pytest.mark.parametrize("character", ["\u00ad", "\x7f", "\x9b", "\U000e0041", "\u180e"], ids=ascii)
def test_rarer_invisible_characters_are_taken_away_too(character):
    """U+E0041 is a « tag » letter: whole instructions are hidden in them. All are controls or formats (Cc, Cf)."""
    assert unicodedata.category(character) in {"Cc", "Cf"}
    assert character not in as_data(f"avant{character}après")


@settings(deadline=None)
@given(HOSTILE)
def test_data_cleaned_twice_is_data_cleaned_once(text):
    assert as_data(as_data(text)) == as_data(text)


def test_plain_text_is_unchanged():
    text = "L’article 3 (« badge ») : 12 % des visiteurs, à 8 h – voir [1] | p. 4."
    assert as_data(text) == text


@settings(deadline=None)
@given(heading=HOSTILE, text=HOSTILE, question=HOSTILE)
def test_data_cannot_add_a_line_nor_a_message(heading, text, question):
    task = WritingTask(question, "fr", (Extract(heading, text),))
    assert len(messages(task)) == len(messages(TASK))
    assert len(asked(task).split("\n")) == len(asked(TASK).split("\n"))


def test_each_extract_has_a_line_under_its_heading():
    task = WritingTask("Que signe-t-il ?", "fr", (Extract("Accueil", "Il signe."), Extract("Badge", "Il le rend.")))
    assert asked(task).split("\n")[1:3] == ["- Accueil : « Il signe. »", "- Badge : « Il le rend. »"]


def test_extracts_and_questions_are_cut_at_their_longest():
    content = asked(WritingTask("q" * 2000, "fr", (Extract("Accueil", "e" * 5000),)))
    assert (content.count("q" * 600), content.count("q" * 601)) == (1, 0)
    assert (content.count("e" * 1200), content.count("e" * 1201)) == (1, 0)


# The whole prompt


def test_the_fixed_part_comes_first_whatever_the_task():
    first, second = messages(TASK), messages(WritingTask("What?", "en", (Extract("A", "B"), Extract("C", "D"))))
    assert first[:-1] == second[:-1]
    assert first[-1] != second[-1]


def test_roles_take_turns_after_the_rules():
    assert [m["role"] for m in messages(TASK)] == ["system", "user", "assistant", "user", "assistant", "user"]


def test_the_question_comes_after_the_extracts_and_the_language_last():
    lines = asked(TASK).split("\n")
    assert lines == [
        "Extraits :",
        "- Accueil : « Le stagiaire signe. »",
        "Question : Que signe-t-il ?",
        "Réponds en français.",
    ]


@pytest.mark.parametrize(("language", "words"), [("fr", "Réponds en français."), ("en", "Answer in English.")])
def test_the_language_of_the_answer_is_said(language, words):
    assert asked(WritingTask("?", language, ())).endswith(f"\n{words}")


def test_the_same_task_gives_the_same_prompt():
    assert messages(TASK) == messages(TASK)


# Its hash


def hash_where(old: str, new: str) -> str:
    """The hash that the module would have with other words."""
    source = Path(prompt.__file__).read_text("utf-8")
    assert old in source
    changed = ModuleType("changed_prompt")
    exec(compile(source.replace(old, new), "changed_prompt", "exec"), changed.__dict__)
    return changed.PROMPT_SHA256


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Rien qui ne soit dans les extraits.", "Rien d’autre."),
        ("C’est le gardien qui conserve la liste des clés.", "Le gardien la conserve."),
        ("Answer in English.", "Reply in English."),
    ],
    ids=["rules", "example", "language"],
)
def test_the_hash_changes_with_the_rules_the_examples_and_the_language(old, new):
    assert hash_where(old, new) != PROMPT_SHA256


def test_the_hash_changes_with_the_words_around_the_data():
    assert hash_where("Extraits :", "Passages :") != PROMPT_SHA256


def test_the_hash_does_not_change_with_a_comment():
    assert hash_where("# characters of an extract", "# of an extract") == PROMPT_SHA256
