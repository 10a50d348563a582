"""What is told of each version kept: its state, who made it, how it was judged, and why it is where it is."""

import json

import pytest

from index import (
    Judgement,
    PublicationRefused,
    current_version,
    kept_versions,
    publish,
    release,
    rollback,
    set_aside,
)
from tests.index.making import flip

FAILED = Judgement(False, {"cites_gold_page": 0.4}, ("bonne page citée : 40 %", "abstention : 10 %"))


def states(root):
    return [version.state for version in kept_versions(root)]


def judge(version, published):
    return FAILED


def test_no_index_has_no_version(tmp_path):
    assert kept_versions(tmp_path) == []


def test_versions_are_told_oldest_first(shelf):
    assert [v.name for v in kept_versions(shelf.root)] == [shelf.first, shelf.second, shelf.third]


def test_a_staged_version_is_served_to_nobody(shelf):
    assert states(shelf.root) == ["published", "staged", "staged"]


def test_the_version_served_before_is_an_earlier_one(shelf):
    publish(shelf.root, shelf.second)
    assert states(shelf.root) == ["earlier", "published", "staged"]


def test_a_version_rolled_back_from_is_an_earlier_one(shelf):
    publish(shelf.root, shelf.third)
    rollback(shelf.root)
    assert states(shelf.root) == ["published", "staged", "earlier"]


def test_a_refused_version_says_why(shelf):
    with pytest.raises(PublicationRefused):
        publish(shelf.root, shelf.second, judge)
    refused = kept_versions(shelf.root)[1]
    assert (refused.state, refused.judgement) == ("refused", FAILED)
    assert refused.reason == "bonne page citée : 40 % ; abstention : 10 %"


def test_a_forced_version_says_why_it_was_forced(shelf):
    publish(shelf.root, shelf.second, judge, forced="salon demain")
    forced = kept_versions(shelf.root)[1]
    assert (forced.state, forced.reason) == ("published", "salon demain")


def test_a_version_set_aside_says_why(shelf):
    set_aside(shelf.root, shelf.second, "disque défaillant")
    aside = kept_versions(shelf.root)[1]
    assert (aside.state, aside.reason) == ("quarantined", "disque défaillant")


def test_a_version_released_is_what_it_was(shelf):
    set_aside(shelf.root, shelf.second, "disque défaillant")
    release(shelf.root, shelf.second)
    assert (states(shelf.root)[1], kept_versions(shelf.root)[1].reason) == ("staged", "")


@pytest.mark.parametrize("name", ["manifest.json", "manifest.sha256"])
def test_a_version_whose_manifest_is_damaged_is_told_all_the_same(shelf, name):
    flip(shelf.root / "versions" / shelf.second / name, 30)
    unreadable = kept_versions(shelf.root)[1]
    assert (unreadable.state, unreadable.manifest, unreadable.size) == ("unreadable", None, 0)


def test_a_version_of_another_format_is_told_all_the_same(shelf):
    path = shelf.root / "versions" / shelf.second / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"format": 1}), "utf-8")
    assert states(shelf.root) == ["published", "unreadable", "staged"]


def test_a_version_is_as_large_as_its_files_but_for_the_seal(shelf):
    for version in kept_versions(shelf.root):
        folder = shelf.root / "versions" / version.name
        files = [p.stat().st_size for p in folder.rglob("*") if p.is_file() and p.name != "manifest.sha256"]
        assert version.size == sum(files)


def test_who_made_a_version_is_told(shelf):
    (author,) = {json.loads(line)["author"] for line in (shelf.root / "log.jsonl").read_text("utf-8").splitlines()}
    assert {v.author for v in kept_versions(shelf.root)} == {author}


def test_without_a_log_versions_are_told_by_their_files(shelf):
    (shelf.root / "log.jsonl").unlink()
    assert states(shelf.root) == ["published", "staged", "staged"]
    assert kept_versions(shelf.root)[0].name == current_version(shelf.root)
