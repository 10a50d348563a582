"""The log: appended and never changed, readable after a power cut; and what it says was served."""

import getpass
import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import DiskRefused, Event, IndexUnreadable, read_log, served_stack
from index.disk import writing
from index.history import last, log_event, quarantined, served_ever

NAMES = st.sampled_from("ABCD")
MOVES = st.lists(st.tuples(st.sampled_from(["published", "rolled back"]), NAMES), max_size=12)


def history(*moves):
    """Events from words: `published A`."""
    return [Event("", *move.rsplit(" ", 1)) for move in moves]


def test_an_index_without_a_log_has_no_history(tmp_path):
    assert read_log(tmp_path) == []


def test_an_event_says_who_and_when(tmp_path, monkeypatch):
    monkeypatch.setattr(getpass, "getuser", lambda: "camille")
    log_event(tmp_path, "forced", "A", reason="salon demain")
    (event,) = read_log(tmp_path)
    assert (event.event, event.version, event.author) == ("forced", "A", "camille")
    assert event.details == {"reason": "salon demain"}
    assert event.at.endswith("+00:00")


def test_a_folder_in_the_log_s_place_is_told(tmp_path):
    (tmp_path / "log.jsonl").mkdir()
    with pytest.raises(IndexUnreadable, match=r"log\.jsonl ne peut pas être lu : c’est un dossier"):
        read_log(tmp_path)


def test_a_user_that_the_machine_does_not_name_is_told_by_number(tmp_path, monkeypatch):
    """A container that runs under a number of its own."""

    def nameless():
        raise KeyError("getpwuid(): uid not found: 12345")

    monkeypatch.setattr(getpass, "getuser", nameless)
    log_event(tmp_path, "built", "A")
    assert read_log(tmp_path)[0].author == str(os.getuid())


def test_what_was_written_is_never_changed(tmp_path):
    log_event(tmp_path, "built", "A")
    first = (tmp_path / "log.jsonl").read_bytes()
    log_event(tmp_path, "published", "A")
    assert (tmp_path / "log.jsonl").read_bytes().startswith(first)


@given(reason=st.text(max_size=40))
def test_any_reason_reads_back_on_one_line(tmp_path_factory, reason):
    root = tmp_path_factory.mktemp("log")
    log_event(root, "forced", "A", reason=reason)
    log_event(root, "published", "A")
    assert [e.event for e in read_log(root)] == ["forced", "published"]
    assert read_log(root)[0].details["reason"] == reason


@given(cut=st.integers(0, 80))
def test_an_event_after_half_a_line_is_not_lost(tmp_path_factory, cut):
    root = tmp_path_factory.mktemp("log")
    log_event(root, "built", "A")
    content = (root / "log.jsonl").read_bytes()
    (root / "log.jsonl").write_bytes(content + content[:cut])
    log_event(root, "published", "A")
    assert [e.event for e in read_log(root)] == ["built", "published"]


@pytest.mark.parametrize(
    "line",
    [b"", b"{", b"[]", b"7", b"null", b'"x"', b"\xff\xfe", b"[" * 100_000, b'{"event": "built"}',
     b'{"at": "", "event": "of the future", "version": "A"}', b'{"at": "", "event": ["built"], "version": "A"}'],
    ids=range(11),
)  # fmt: skip
def test_a_line_that_no_one_can_read_costs_itself(tmp_path, line):
    log_event(tmp_path, "built", "A")
    with (tmp_path / "log.jsonl").open("ab") as log:
        log.write(line + b"\n")
    log_event(tmp_path, "published", "A")
    assert [e.event for e in read_log(tmp_path)] == ["built", "published"]


def test_half_a_line_that_the_disk_took_is_an_error(tmp_path, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:10]))
    with pytest.raises(DiskRefused, match=r"log\.jsonl") as caught, writing(tmp_path):
        log_event(tmp_path, "built", "A")
    assert "Libérez de la place" in caught.value.remedy


def test_a_log_that_may_not_be_read_is_an_error_that_names_it(tmp_path):
    (tmp_path / "log.jsonl").mkdir()
    with pytest.raises(IndexUnreadable, match=r"log\.jsonl") as caught:
        read_log(tmp_path)
    assert "droits" in caught.value.remedy


# What was served


@pytest.mark.parametrize(
    ("moves", "stack"),
    [
        ((), []),
        (("built A", "staged B"), []),
        (("published A", "published B"), ["A", "B"]),
        (("published A", "published B", "rolled back A"), ["A"]),
        (("published A", "published B", "rolled back A", "published C"), ["A", "C"]),
        (("published A", "published B", "published A"), ["B", "A"]),
        (("published A", "published B", "published C", "rolled back A"), ["A"]),
        (("published A", "rolled back B"), ["A", "B"]),
    ],
    ids=str,
)
def test_a_rollback_takes_away_what_was_published_after_its_target(moves, stack):
    assert served_stack(history(*moves)) == stack


@given(MOVES)
def test_the_version_moved_to_last_is_on_top_and_none_is_twice_in_the_stack(moves):
    stack = served_stack([Event("", what, name) for what, name in moves])
    assert stack[-1:] == [name for _, name in moves][-1:]
    assert len(stack) == len(set(stack))


@given(MOVES, NAMES)
def test_the_pointer_has_the_last_word(moves, current):
    """A process may be killed between the pointer and the log."""
    events = [Event("", what, name) for what, name in moves]
    stack = served_stack(events, current)
    assert stack[-1] == current
    assert stack[:-1] == served_stack(events)[: len(stack) - 1]


def test_a_rollback_does_not_make_what_it_leaves_unserved():
    events = history("published A", "published B", "rolled back A", "staged C")
    assert served_ever(events, "A") == ["B", "A"]
    assert served_ever(events, "C") == ["B", "A", "C"]  # killed between the pointer and the log
    assert served_ever(events, "") == ["B", "A"]


def test_a_version_set_aside_then_released_is_available():
    assert quarantined(history("quarantined A", "quarantined B", "released A")) == {"B": ""}


def test_the_last_reason_for_setting_a_version_aside_stands():
    events = [Event("", "quarantined", "A", "", {"reason": reason}) for reason in ("first", "second")]
    assert quarantined(events) == {"A": "second"}


def test_the_last_event_of_a_version_is_of_that_version_and_kind():
    events = history("staged A", "judged A", "judged B", "published A")
    assert last(events, "A", "judged") is events[1]
    assert last(events, "A", "judged", "published") is events[3]
    assert last(events, "C", "judged") is None


def test_the_log_is_one_json_object_a_line(shelf):
    for line in (shelf.root / "log.jsonl").read_text("utf-8").splitlines():
        assert {"at", "event", "version", "author"} <= json.loads(line).keys()
