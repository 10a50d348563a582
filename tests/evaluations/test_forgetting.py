"""What a person erases leaves the evaluators' files, and nothing else does."""

import json

import pytest

from evaluations import EvaluationError, forgetting, inbox, labels
from evaluations.feedback import TUNE
from evaluations.journal import FOLDER
from tests.evaluations.inbox_making import answered


@pytest.fixture
def two(tmp_path):
    return [inbox.receive(tmp_path, answered(), helpful=False, comment=comment) for comment in ("un", "deux")]


def test_an_item_goes_with_its_labels_and_its_question(tmp_path, two):
    for item in two:
        labels.give_label(tmp_path, item, "wrong", "Zoé")
    tune = tmp_path / FOLDER / TUNE
    tune.write_text("".join(json.dumps({"id": item.record_id}) + "\n" for item in two), "utf-8")
    assert forgetting.forget(tmp_path, [two[0].id]) == 3
    assert b"deux" in (left := (tmp_path / FOLDER / inbox.INBOX).read_bytes())
    assert len(left.splitlines()) == 1
    assert set(labels.reviews(tmp_path)) == {two[1].id}
    assert tune.read_text("utf-8") == json.dumps({"id": two[1].record_id}) + "\n"


def test_other_lines_stay_to_the_byte_torn_ones_too(tmp_path, two):
    path = tmp_path / FOLDER / inbox.INBOX
    first, second = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(first + b'{"id": "f-\n' + b"\n" + second)
    forgetting.forget(tmp_path, [two[1].id])
    assert path.read_bytes() == first + b'{"id": "f-\n' + b"\n"
    assert path.stat().st_mode & 0o777 == 0o600


def test_nothing_is_written_where_nothing_is_to_go(tmp_path, two):
    path = tmp_path / FOLDER / inbox.INBOX
    before = path.stat().st_ino
    assert forgetting.forget(tmp_path, ["f-inconnu"]) == 0
    assert path.stat().st_ino == before


def test_a_home_without_an_inbox_stays_without_one(tmp_path):
    assert forgetting.forget(tmp_path, ["f-1"]) == 0
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_named(tmp_path, two, monkeypatch):
    def full(*_):
        raise OSError(28, "plein", str(tmp_path / FOLDER / inbox.INBOX))

    monkeypatch.setattr("evaluations.journal.os.open", full)
    with pytest.raises(EvaluationError, match=r"inbox\.jsonl"):
        forgetting.forget(tmp_path, [two[0].id])
    assert len((tmp_path / FOLDER / inbox.INBOX).read_bytes().splitlines()) == 2
