"""The inbox keeps what it is given, whole, for its owner alone; whatever happens to its last line."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import UnknownAnswer
from evaluations import EvaluationError, inbox, journal, labels
from evaluations.questions import Turn
from tests.evaluations.inbox_making import answered, received

ROOT = Path(__file__).resolve().parent.parent.parent
MANY = """
import sys
from pathlib import Path
from evaluations.inbox import receive
from tests.evaluations.inbox_making import answered
print("ready", flush=True)
sys.stdin.read()
for number in range(40):
    receive(Path(sys.argv[1]), answered(question=f"{sys.argv[2]} {number}"), helpful=True)
"""


def file_of(home: Path) -> Path:
    return home / "evaluation" / "inbox.jsonl"


def test_nothing_is_written_until_somebody_says_something(tmp_path):
    assert inbox.listed(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_a_feedback_is_found_again_with_its_answer_and_passport(tmp_path):
    said = received(
        tmp_path, reason="incomplete", comment="Il manque le badge.", history=[Turn(role="user", content="Et ?")]
    )
    (item,) = inbox.listed(tmp_path)
    assert (item.feedback, item.state) == (said, "new")
    assert item.feedback.answer == answered()
    assert item.feedback.answer["passport"]["index_version"] == "v"
    assert item.feedback.at.utcoffset().total_seconds() == 0


def test_what_is_said_again_under_a_name_takes_its_place_and_keeps_what_was_made_of_it(tmp_path):
    first, second = received(tmp_path, comment="un"), received(tmp_path, comment="deux")
    labels.give_label(tmp_path, first, "wrong", "Ana")
    received(tmp_path, comment="trois", id_=first.id)
    assert [(i.feedback.id, i.feedback.comment, i.state) for i in inbox.listed(tmp_path)] == [
        (first.id, "trois", "labelled"),
        (second.id, "deux", "new"),
    ]
    assert stat.S_IMODE(file_of(tmp_path).stat().st_mode) == 0o600


def test_what_is_said_under_a_name_that_is_not_there_comes_last_and_torn_lines_stay(tmp_path):
    first = received(tmp_path)
    with file_of(tmp_path).open("ab") as file:
        file.write(b'{"id": "f-')
    received(tmp_path, id_="f-new")
    received(tmp_path, comment="de nouveau", id_="f-new")
    assert [item.feedback.id for item in inbox.listed(tmp_path)] == [first.id, "f-new"]
    assert inbox.torn(tmp_path) == [f"{file_of(tmp_path)}, ligne 2"]


def test_the_folder_and_the_file_are_for_their_owner_alone(tmp_path):
    received(tmp_path)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (file_of(tmp_path).parent, file_of(tmp_path))]
    assert modes == [0o700, 0o600]


@pytest.mark.parametrize("state", ["new", "labelled", "disputed", "settled"])
def test_a_state_lists_its_items_and_no_other(tmp_path, state):
    items = {name: received(tmp_path, name) for name in ("new", "labelled", "disputed", "settled")}
    labels.give_label(tmp_path, items["labelled"], "wrong", "Ana")
    labels.give_label(tmp_path, items["disputed"], "wrong", "Ana")
    labels.give_label(tmp_path, items["disputed"], "correct", "Bob")
    labels.adjudicate(tmp_path, items["settled"], "wrong", "Zoé", "Oui.")
    assert [item.feedback for item in inbox.listed(tmp_path, state)] == [items[state]]


def test_two_processes_that_write_at_once_lose_nothing(tmp_path):
    command = [sys.executable, "-c", MANY, str(tmp_path)]
    writers = [
        subprocess.Popen([*command, name], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for name in "ab"
    ]
    for writer in writers:
        assert writer.stdout.readline() == b"ready\n"
    for writer in writers:
        writer.stdin.close()
    for writer in writers:
        writer.stdout.close()
        assert writer.wait(60) == 0
    asked = {item.feedback.question for item in inbox.listed(tmp_path)}
    assert asked == {f"{name} {number}" for name in "ab" for number in range(40)}


@given(share=st.floats(0, 1, exclude_max=True))
def test_a_torn_last_line_costs_itself_and_not_the_next(tmp_path_factory, share):
    home = tmp_path_factory.mktemp("home")
    received(home, "première")
    line = file_of(home).read_bytes()
    torn = line[: int(share * (len(line) - 1))]
    file_of(home).write_bytes(line + torn)
    assert [item.feedback.question for item in inbox.listed(home)] == ["première"]
    received(home, "dernière")
    assert [item.feedback.question for item in inbox.listed(home)] == ["première", "dernière"]
    assert inbox.torn(home) == ([f"{file_of(home)}, ligne 2"] if torn else [])


def test_what_a_full_disk_took_of_a_line_is_taken_back(tmp_path, monkeypatch):
    received(tmp_path)
    before, write = file_of(tmp_path).read_bytes(), os.write
    monkeypatch.setattr(journal.os, "write", lambda descriptor, line: write(descriptor, line[:10]))
    with pytest.raises(EvaluationError, match="No space left") as caught:
        received(tmp_path)
    assert "la place qui reste" in caught.value.remedy
    assert file_of(tmp_path).read_bytes() == before


def test_a_line_that_is_no_feedback_is_named_with_its_file(tmp_path):
    received(tmp_path)
    with file_of(tmp_path).open("a") as file:
        file.write('{"id": "f-1"}\n')
    with pytest.raises(EvaluationError, match=r"inbox\.jsonl, ligne 2 : « at »") as caught:
        inbox.listed(tmp_path)
    assert "cette ligne" in caught.value.remedy


def test_a_folder_that_cannot_be_made_is_an_error_with_its_name(tmp_path):
    (tmp_path / "evaluation").write_text("not a folder")
    with pytest.raises(EvaluationError, match=r"evaluation n’a pas pu être écrit") as caught:
        received(tmp_path)
    assert caught.value.remedy


def test_a_folder_that_another_holds_is_an_error_and_nothing_is_written(tmp_path, monkeypatch):
    received(tmp_path)
    monkeypatch.setattr(journal, "_WAIT", 0)
    with journal.held(tmp_path / "evaluation"), pytest.raises(EvaluationError, match="autre processus") as caught:
        received(tmp_path)
    assert "Relancez" in caught.value.remedy
    assert len(inbox.listed(tmp_path)) == 1


@pytest.mark.parametrize(
    "hostile",
    [
        "[red]x[/red]",
        "a\u2028b\u0085c",
        "\x00\x1b[2J",
        '"}\n{"id": "f-2"}',
        "=cmd|'/c calc'!A1",
        "e\u0301 \u202e \U0001f469\u200d\U0001f52c",
    ],
    ids=ascii,
)
def test_hostile_text_is_kept_as_it_is(tmp_path, hostile):
    received(tmp_path, hostile, comment=hostile)
    (item,) = inbox.listed(tmp_path)
    assert (item.feedback.question, item.feedback.comment) == (hostile, hostile)


def test_half_a_surrogate_pair_is_replaced(tmp_path):
    received(tmp_path, "a\ud800")
    assert inbox.listed(tmp_path)[0].feedback.question == "a?"


def test_an_answer_nested_without_end_is_refused_and_the_inbox_is_as_before(tmp_path):
    nested: list = []
    for _ in range(100_000):
        nested = [nested]
    with pytest.raises(EvaluationError):
        received(tmp_path, answer={"evidence": nested})
    assert inbox.listed(tmp_path) == []


@pytest.mark.parametrize(
    ("values", "place"),
    [({"reason": "laid"}, "reason"), ({"comment": "x" * 5_001}, "comment"), ({"comment": "\udcff"}, "comment")],
    ids=["reason", "too long", "no character"],
)
def test_a_value_that_is_not_allowed_is_named(tmp_path, values, place):
    with pytest.raises(EvaluationError, match=f"« {place} »") as caught:
        received(tmp_path, **values)
    assert caught.value.remedy


def test_what_is_no_answer_is_refused(tmp_path):
    with pytest.raises(UnknownAnswer, match="passport"):
        inbox.receive(tmp_path, {"question": "?"}, helpful=True)


def test_an_unknown_id_comes_with_the_command_that_lists_them(tmp_path):
    with pytest.raises(EvaluationError, match="« f-0 »") as caught:
        inbox.found(tmp_path, "f-0")
    assert "vigie evaluate inbox" in caught.value.remedy


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[]", b"null", b'{"error": 1}', b"[" * 100_000, b"{}\n{}", b" " * 1_000_001],
    ids=lambda content: str(content[:12]),
)
def test_a_file_that_is_not_one_answer_is_named(tmp_path, content):
    (tmp_path / "answer.json").write_bytes(content)
    with pytest.raises(EvaluationError, match=r"answer\.json") as caught:
        inbox.read_answer(tmp_path / "answer.json")
    assert "vigie ask --json" in caught.value.remedy


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(EvaluationError, match=r"answer\.json n’existe pas"):
        inbox.read_answer(tmp_path / "answer.json")


def test_an_answer_is_read_with_or_without_a_byte_order_mark(tmp_path):
    for mark in (b"", b"\xef\xbb\xbf"):
        (tmp_path / "answer.json").write_bytes(mark + json.dumps(answered()).encode())
        assert inbox.read_answer(tmp_path / "answer.json") == answered()
