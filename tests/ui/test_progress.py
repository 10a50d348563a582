"""A build's progress as JSON lines: how often, how fast, how long still."""

import json

import pytest

from index import BuildProgress
from ui.cli.progress import STEPS, build_progress, tell


@pytest.fixture
def clock(monkeypatch) -> list[float]:
    """The time, in its only place."""
    now = [100.0]
    monkeypatch.setattr("ui.cli.progress.time.monotonic", lambda: now[0])
    return now


@pytest.fixture
def events(capfd):
    """The lines told since it was last called."""

    def read():
        written = capfd.readouterr()
        assert written.out == ""
        return [json.loads(line) for line in written.err.split("\n") if line]

    return read


def read(done, total, pages=0, passages=0, label="recueil"):
    return BuildProgress("read", label, done, total, pages, passages)


def embedded(done, total):
    return BuildProgress("embed", "", done, total)


def test_the_first_report_is_told_with_nothing_known_of_its_speed(clock, events):
    with build_progress("json") as (report, _):
        report(read(0, 2, pages=3))
    assert events() == [
        {"event": "progress", "step": "read", "publication": "recueil", "done": 0, "total": 2, "pages": 3,
         "passages": 0, "rate": None, "rate_unit": "pages/s", "elapsed": 0.0, "seconds_left": None}
    ]  # fmt: skip


def test_rate_and_rest_follow_from_the_time_since_the_step_began(clock, events):
    """30 of 100 in 2 s are 15 a second; the other 70 at that pace take 4.7 s."""
    with build_progress("json") as (report, _):
        report(embedded(0, 100))
        clock[0] += 2
        report(embedded(30, 100))
    told = events()[-1]
    assert (told["rate"], told["rate_unit"], told["elapsed"], told["seconds_left"]) == (15.0, "passages/s", 2.0, 4.7)


def test_reading_is_measured_in_pages_and_its_rest_in_publications(clock, events):
    """40 pages in 4 s; 1 of 2 publications took 4 s, the other will too."""
    with build_progress("json") as (report, _):
        report(read(0, 2))
        clock[0] += 4
        report(read(1, 2, pages=40, passages=12))
    told = events()[-1]
    assert (told["rate"], told["passages"], told["seconds_left"]) == (10.0, 12, 4.0)


def test_at_most_five_lines_a_second_are_told(clock, events):
    """A report each hundredth of a second, for one second."""
    with build_progress("json") as (report, _):
        for done in range(101):
            report(embedded(done, 1000))
            clock[0] += 0.01
    assert 5 <= len(events()) <= 6


def test_the_last_report_of_a_step_is_always_told(clock, events):
    with build_progress("json") as (report, _):
        for done in (1, 2, 3):
            report(embedded(done, 3))
    assert [event["done"] for event in events()] == [1, 3]


def test_a_step_does_not_hold_back_the_next_one(clock, events):
    with build_progress("json") as (report, _):
        report(embedded(1, 3))
        report(BuildProgress("sentences", "", 1, 3))
    assert [event["step"] for event in events()] == ["embed", "sentences"]


def test_a_step_of_nothing_is_told_as_done(clock, events):
    with build_progress("json") as (report, _):
        report(embedded(0, 0))
    (told,) = events()
    assert (told["done"], told["total"], told["seconds_left"]) == (0, 0, None)


def test_questions_are_a_step_of_their_own(clock, events):
    with build_progress("json") as (_, advance):
        advance("Évaluation", 1, 2)
        clock[0] += 1
        advance("Évaluation", 2, 2)
    assert [(event["step"], event["publication"], event["rate_unit"]) for event in events()] == [
        ("questions", "", "questions/s")
    ] * 2


def test_a_publication_s_name_stays_one_line(clock, events):
    with build_progress("json") as (report, _):
        report(read(0, 1, label="deux\nlignes \u2028 été"))
    assert [event["publication"] for event in events()] == ["deux\nlignes \u2028 été"]


def test_letters_are_not_escaped(capfd):
    tell("done", version="été")
    assert capfd.readouterr().err == '{"event": "done", "version": "été"}\n'


@pytest.mark.parametrize(
    ("step", "unit"),
    [("read", "pages/s"), ("terms", "passages/s"), ("embed", "passages/s"), ("sentences", "sentences/s")],
)
def test_a_rate_says_what_it_counts(clock, events, step, unit):
    with build_progress("json") as (report, _):
        report(BuildProgress(step, "", 1, 1))
    assert [event["rate_unit"] for event in events()] == [unit]


@pytest.mark.parametrize("step", sorted(STEPS))
def test_a_bar_names_each_step_in_french(capfd, step):
    with build_progress("bar") as (report, _):
        report(BuildProgress(step, "recueil", 1, 1))
    assert STEPS[step] in capfd.readouterr().err
