"""Publish what the judge passes, go back to what was served before, set aside what is damaged."""

import os
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import (
    DiskRefused,
    IndexDamaged,
    IndexMismatch,
    IndexUnavailable,
    IndexVersion,
    Judgement,
    PublicationRefused,
    current_version,
    pointed,
    prune,
    publish,
    read_log,
    release,
    rollback,
    served_stack,
    set_aside,
    version_names,
)
from index.publishing import judgement_of
from tests.index.making import build, flip

PASSED = Judgement(True, {"cites_gold_page": 0.9}, (), "exam-1")
FAILED = Judgement(
    False, {"cites_gold_page": 0.4}, ("bonne page citée : 40 %, au lieu de 90 %", "abstention"), "exam-1"
)


def events(root, version):
    return [e.event for e in read_log(root) if e.version == version]


def damage(root, name):
    flip(root / "versions" / name / "passages.jsonl", 40)


class Judging:
    """A judge that gives this verdict, and remembers what it was asked."""

    def __init__(self, judgement):
        self.judgement, self.asked = judgement, []

    def __call__(self, version, published):
        self.asked.append((version.manifest.name, published))
        return self.judgement


def of_another_model(_made):
    raise IndexMismatch("Cette version a été construite avec un autre modèle.", "Remettez-le.")


# Publishing


def test_a_version_that_the_judge_passes_is_served(shelf):
    assert publish(shelf.root, shelf.second, Judging(PASSED)) == PASSED
    assert current_version(shelf.root) == shelf.second


def test_a_version_without_a_judge_is_served(shelf):
    assert publish(shelf.root, shelf.second) is None
    assert current_version(shelf.root) == shelf.second


def test_a_version_that_the_judge_refuses_is_not_served_and_every_reason_is_told(shelf):
    with pytest.raises(PublicationRefused) as caught:
        publish(shelf.root, shelf.second, Judging(FAILED))
    assert current_version(shelf.root) == shelf.first
    assert all(reason in caught.value.message for reason in (shelf.second, *FAILED.reasons))
    assert f"vigie index publish {shelf.second} --force" in caught.value.remedy


def test_a_refused_version_and_its_judgement_are_kept(shelf):
    with pytest.raises(PublicationRefused):
        publish(shelf.root, shelf.second, Judging(FAILED))
    assert judgement_of(shelf.root, shelf.second) == FAILED
    assert shelf.second in version_names(shelf.root)


def test_a_forced_version_is_served_and_its_reason_recorded(shelf):
    assert publish(shelf.root, shelf.second, Judging(FAILED), forced="salon demain") == FAILED
    assert current_version(shelf.root) == shelf.second
    assert events(shelf.root, shelf.second) == ["staged", "judged", "forced", "published"]
    assert next(e for e in read_log(shelf.root) if e.event == "forced").details == {"reason": "salon demain"}


def test_the_judge_is_given_the_published_version_s_own_judgement(shelf):
    judge = Judging(PASSED)
    publish(shelf.root, shelf.second, judge)
    publish(shelf.root, shelf.third, judge)
    assert judge.asked == [(shelf.second, None), (shelf.third, PASSED)]


def test_the_judge_knows_a_copy_of_the_published_version_to_the_last_byte(shelf, guide_folder):
    publish(shelf.root, shelf.first, Judging(PASSED))
    told = []

    def judge(version, published):
        told.append(published)
        return PASSED

    build(guide_folder, shelf.root, judge=judge)
    publish(shelf.root, shelf.second, judge)
    assert [judgement.of_same_files for judgement in told] == [True, False]


def test_a_judge_that_fails_publishes_nothing(shelf):
    def judge(version, published):
        raise RuntimeError("no memory left")

    with pytest.raises(RuntimeError):
        publish(shelf.root, shelf.second, judge)
    assert current_version(shelf.root) == shelf.first


@pytest.mark.parametrize("forced", ["", "salon demain"], ids=["judged", "forced"])
def test_a_damaged_version_is_never_published(shelf, forced):
    damage(shelf.root, shelf.second)
    with pytest.raises(IndexDamaged, match=r"passages\.jsonl"):
        publish(shelf.root, shelf.second, Judging(PASSED), forced)
    assert current_version(shelf.root) == shelf.first


@pytest.mark.parametrize("forced", ["", "salon demain"], ids=["judged", "forced"])
def test_a_version_set_aside_is_never_published(shelf, forced):
    set_aside(shelf.root, shelf.second, "disque défaillant")
    with pytest.raises(PublicationRefused, match="disque défaillant") as caught:
        publish(shelf.root, shelf.second, Judging(PASSED), forced)
    assert f"vigie index verify {shelf.second}" in caught.value.remedy
    assert current_version(shelf.root) == shelf.first


@pytest.mark.parametrize("forced", ["", "salon demain"], ids=["judged", "forced"])
def test_a_version_that_cannot_be_answered_from_is_refused_before_it_is_judged(shelf, forced):
    judge = Judging(PASSED)
    with pytest.raises(IndexMismatch):
        publish(shelf.root, shelf.second, judge, forced, of_another_model)
    assert (current_version(shelf.root), judge.asked) == (shelf.first, [])


def test_the_model_that_made_a_version_is_what_is_checked(shelf):
    made = []
    publish(shelf.root, shelf.second, servable=made.append)
    rollback(shelf.root, servable=made.append)
    assert made == [IndexVersion(shelf.root, name).manifest.model for name in (shelf.second, shelf.first)]


def test_an_unknown_version_is_named_with_those_there_are(shelf):
    with pytest.raises(IndexUnavailable, match="20010101T000000") as caught:
        publish(shelf.root, "20010101T000000")
    assert shelf.third in caught.value.remedy


@pytest.mark.parametrize("name", ["", "..", "../versions", "/etc", ".hidden", "a\0b"])
def test_no_name_leads_out_of_the_index(shelf, name):
    with pytest.raises(IndexUnavailable):
        publish(shelf.root, name or "/")
    assert current_version(shelf.root) == shelf.first


def test_a_version_pruned_while_it_is_judged_is_not_published(shelf):
    def judge(version, published):
        publish(shelf.root, shelf.third)
        prune(shelf.root, keep=1)
        return PASSED

    with pytest.raises(IndexUnavailable, match=shelf.second):
        publish(shelf.root, shelf.second, judge)
    assert current_version(shelf.root) == shelf.third


def test_a_version_set_aside_while_it_is_judged_is_not_published(shelf):
    def judge(version, published):
        set_aside(shelf.root, shelf.second, "disque défaillant")
        return PASSED

    with pytest.raises(PublicationRefused, match="disque défaillant"):
        publish(shelf.root, shelf.second, judge)
    assert current_version(shelf.root) == shelf.first


@pytest.mark.parametrize("step", ["replace", "fsync"])
def test_a_pointer_that_cannot_be_written_stays(shelf, step, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(DiskRefused, match="n’a pas pu être écrit"):
        publish(shelf.root, shelf.second)
    assert current_version(shelf.root) == shelf.first


# Going back


def test_a_rollback_serves_the_version_served_before(shelf):
    publish(shelf.root, shelf.second)
    assert rollback(shelf.root) == shelf.first
    assert current_version(shelf.root) == shelf.first
    assert shelf.second in version_names(shelf.root)


def test_two_rollbacks_go_back_twice(shelf):
    publish(shelf.root, shelf.second)
    publish(shelf.root, shelf.third)
    assert [rollback(shelf.root), rollback(shelf.root)] == [shelf.second, shelf.first]


def test_a_rollback_never_serves_a_version_that_was_only_staged(shelf):
    publish(shelf.root, shelf.third)
    assert rollback(shelf.root) == shelf.first


def test_no_version_before_is_an_error_and_the_pointer_stays(shelf):
    with pytest.raises(IndexUnavailable, match="Aucune version") as caught:
        rollback(shelf.root)
    assert "vigie index list" in caught.value.remedy
    assert current_version(shelf.root) == shelf.first


def test_a_rollback_may_name_its_target(shelf):
    for name in (shelf.second, shelf.third):
        publish(shelf.root, name)
    assert rollback(shelf.root, shelf.first) == shelf.first
    assert served_stack(read_log(shelf.root), pointed(shelf.root)) == [shelf.first]


def test_a_version_rolled_back_from_is_not_gone_back_to(shelf):
    publish(shelf.root, shelf.second)
    rollback(shelf.root)
    publish(shelf.root, shelf.third)
    assert rollback(shelf.root) == shelf.first


def test_a_rollback_passes_over_the_versions_set_aside_or_pruned(shelf):
    for name in (shelf.second, shelf.third):
        publish(shelf.root, name)
    set_aside(shelf.root, shelf.second, "disque défaillant")
    assert rollback(shelf.root) == shelf.first


@pytest.mark.parametrize("target", ["", "first"], ids=["the one before", "by name"])
def test_a_rollback_to_a_damaged_version_is_refused_and_the_pointer_stays(shelf, target):
    publish(shelf.root, shelf.second)
    damage(shelf.root, shelf.first)
    with pytest.raises(IndexDamaged, match=shelf.first):
        rollback(shelf.root, shelf.first if target else "")
    assert current_version(shelf.root) == shelf.second


def test_a_rollback_to_a_version_set_aside_is_refused(shelf):
    publish(shelf.root, shelf.second)
    set_aside(shelf.root, shelf.first, "disque défaillant")
    with pytest.raises(PublicationRefused, match="disque défaillant"):
        rollback(shelf.root, shelf.first)
    assert current_version(shelf.root) == shelf.second


@pytest.mark.parametrize("target", ["", "first"], ids=["the one before", "by name"])
def test_a_rollback_to_a_version_that_cannot_be_answered_from_is_refused(shelf, target):
    publish(shelf.root, shelf.second)
    with pytest.raises(IndexMismatch):
        rollback(shelf.root, shelf.first if target else "", of_another_model)
    assert current_version(shelf.root) == shelf.second


def test_a_rollback_is_no_way_around_the_judge(shelf):
    with pytest.raises(PublicationRefused):
        publish(shelf.root, shelf.second, Judging(FAILED))
    with pytest.raises(PublicationRefused, match="jamais été servie") as caught:
        rollback(shelf.root, shelf.second)
    assert f"vigie index publish {shelf.second}" in caught.value.remedy
    assert current_version(shelf.root) == shelf.first


def test_a_rollback_believes_the_pointer_before_the_log(shelf):
    """Killed between the two: the pointer says second, the log knows nothing of it."""
    (shelf.root / "CURRENT").write_text(shelf.second, "utf-8")
    assert rollback(shelf.root) == shelf.first


def test_a_rollback_without_a_pointer_serves_the_last_version_served(shelf):
    publish(shelf.root, shelf.second)
    (shelf.root / "CURRENT").write_bytes(b"")
    assert rollback(shelf.root) == shelf.second


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.sampled_from(["second", "third", "first", "back", "aside"]), max_size=6))
def test_whatever_is_done_a_version_that_may_be_served_is(built_shelf, tmp_path_factory, moves):
    root = tmp_path_factory.mktemp("moves") / "index"
    shutil.copytree(built_shelf, root)
    names = dict(zip(("first", "second", "third"), version_names(root), strict=True))
    for move in moves:
        try:
            if move == "back":
                rollback(root)
            elif move == "aside":
                set_aside(root, pointed(root), "essai")
            else:
                publish(root, names[move])
        except (IndexUnavailable, PublicationRefused):
            pass
        assert served_stack(read_log(root), pointed(root)) == served_stack(read_log(root))
        assert IndexVersion(root).manifest.name == pointed(root)
    shutil.rmtree(root)


# Set aside, and available again


def test_the_published_version_set_aside_gives_way_to_the_one_before(shelf):
    publish(shelf.root, shelf.second)
    assert set_aside(shelf.root, shelf.second, "disque défaillant") == shelf.first
    assert current_version(shelf.root) == shelf.first


def test_a_version_set_aside_keeps_its_files(shelf):
    publish(shelf.root, shelf.second)
    damage(shelf.root, shelf.second)
    set_aside(shelf.root, shelf.second, "disque défaillant")
    assert (shelf.root / "versions" / shelf.second / "passages.jsonl").is_file()


def test_setting_aside_passes_over_damaged_versions(shelf):
    for name in (shelf.second, shelf.third):
        publish(shelf.root, name)
    damage(shelf.root, shelf.second)
    assert set_aside(shelf.root, shelf.third, "disque défaillant") == shelf.first


def test_the_only_version_set_aside_stays_published(shelf):
    assert set_aside(shelf.root, shelf.first, "disque défaillant") == shelf.first
    assert current_version(shelf.root) == shelf.first


def test_a_staged_version_set_aside_leaves_the_pointer(shelf):
    assert set_aside(shelf.root, shelf.third, "disque défaillant") == shelf.first


def test_set_aside_twice_is_told_once(shelf):
    for _ in range(2):
        set_aside(shelf.root, shelf.third, "disque défaillant")
    assert events(shelf.root, shelf.third) == ["staged", "quarantined"]


def test_a_version_found_intact_may_be_published_again(shelf):
    set_aside(shelf.root, shelf.second, "disque défaillant")
    assert release(shelf.root, shelf.second)
    publish(shelf.root, shelf.second)
    assert current_version(shelf.root) == shelf.second


def test_releasing_a_version_that_is_not_aside_writes_nothing(shelf):
    before = (shelf.root / "log.jsonl").read_bytes()
    assert not release(shelf.root, shelf.second)
    assert (shelf.root / "log.jsonl").read_bytes() == before


def test_a_next_build_serves_again_when_the_only_version_was_set_aside(root, guide_folder):
    set_aside(root, current_version(root), "disque défaillant")
    report = build(guide_folder, root)
    assert current_version(root) == report.manifest.name
