"""How many tokens a day the `api` generator may use."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import GeneratorFailed, Spending


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "spending.json"


def kept(path: Path, **values: object) -> None:
    path.write_text(json.dumps({"day": date.today().isoformat(), "tokens": 0} | values), "utf-8")


def test_nothing_is_used_at_first(path):
    assert Spending(path, 10).today() == 0


def test_tokens_add_up(path):
    spending = Spending(path, 10)
    spending.add(3)
    spending.add(4)
    assert spending.today() == 7


def test_below_the_limit_there_is_no_objection(path):
    spending = Spending(path, 10)
    spending.add(9)
    spending.check()


@pytest.mark.parametrize("used", [10, 11])
def test_from_the_limit_on_a_check_fails(path, used):
    spending = Spending(path, 10)
    spending.add(used)
    with pytest.raises(GeneratorFailed) as failed:
        spending.check()
    assert "10 tokens" in failed.value.message
    assert "VIGIE_ASSISTANT__API_DAILY_TOKENS" in failed.value.remedy


def test_a_limit_of_0_is_no_limit(path):
    spending = Spending(path, 0)
    spending.add(10**9)
    spending.check()


def test_yesterday_s_tokens_do_not_count(path):
    kept(path, day=(date.today() - timedelta(days=1)).isoformat(), tokens=10)
    spending = Spending(path, 10)
    spending.check()
    spending.add(2)
    assert spending.today() == 2


def test_a_restart_forgets_nothing(path):
    Spending(path, 10).add(10)
    with pytest.raises(GeneratorFailed):
        Spending(path, 10).check()


def test_two_instances_share_the_file(path):
    first, second = Spending(path, 10), Spending(path, 10)
    first.add(3)
    second.add(4)
    assert (first.today(), second.today()) == (7, 7)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[]", b"null", b'"x"', b"{}", b'{"day": 1}', b'{"tokens": 3}'],
    ids=ascii,
)
def test_an_unreadable_file_counts_as_nothing_used(path, content):
    path.write_bytes(content)
    assert Spending(path, 10).today() == 0


@pytest.mark.parametrize("tokens", ["x", None, [], {}])
def test_a_number_that_is_none_counts_as_nothing_used(path, tokens):
    kept(path, tokens=tokens)
    assert Spending(path, 10).today() == 0


def test_an_unreadable_file_is_written_anew(path):
    path.write_text("{", "utf-8")
    spending = Spending(path, 10)
    spending.add(4)
    assert spending.today() == 4


def test_the_folder_is_made_where_it_is_missing(tmp_path):
    spending = Spending(tmp_path / "new" / "spending.json", 10)
    spending.add(4)
    assert spending.today() == 4


@pytest.fixture
def full_disk(monkeypatch):
    """A function that lets nothing be written any more, and one that ends it."""

    def cut_short(path: Path, text: str, encoding: str) -> None:
        path.write_bytes(b"")
        raise OSError(28, "No space left on device")

    def fill() -> None:
        monkeypatch.setattr(Path, "write_text", cut_short)

    return fill, monkeypatch.undo


def test_a_full_disk_does_not_lift_the_limit(path, full_disk):
    fill, _ = full_disk
    spending = Spending(path, 1000)
    spending.add(950)
    fill()
    spending.add(40)
    assert spending.today() == 990
    assert Spending(path, 1000).today() == 950


def test_what_could_not_be_written_is_counted_once_when_it_can(path, full_disk):
    fill, empty = full_disk
    spending = Spending(path, 1000)
    fill()
    spending.add(40)
    spending.add(5)
    empty()
    spending.add(1)
    spending.add(1)
    assert (spending.today(), Spending(path, 1000).today()) == (47, 47)


def test_what_could_not_be_written_yesterday_does_not_count(path, full_disk, monkeypatch):
    fill, _ = full_disk
    spending = Spending(path, 1000)
    fill()
    spending.add(40)

    class Tomorrow(date):
        @classmethod
        def today(cls) -> date:
            return date.today() + timedelta(days=1)

    monkeypatch.setattr("assistant.spending.date", Tomorrow)
    assert spending.today() == 0
    spending.add(2)
    assert spending.today() == 2


def test_a_folder_that_cannot_be_made_is_no_failure(tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    spending = Spending(tmp_path / "file" / "spending.json", 10)
    spending.add(4)
    spending.add(3)
    assert spending.today() == 7


def test_a_lock_that_cannot_be_taken_is_no_failure(path):
    path.with_name("spending.json.lock").mkdir()
    spending = Spending(path, 10)
    spending.add(4)
    assert spending.today() == 4


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 1000), max_size=6))
def test_what_is_used_is_the_sum_of_what_was_added(tmp_path_factory, added):
    path = tmp_path_factory.mktemp("spending") / "spending.json"
    for number in added:
        Spending(path, 10).add(number)
    assert Spending(path, 10).today() == sum(added)
