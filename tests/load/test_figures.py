"""The figures of a run, on few values that can be counted by hand."""

import pytest

from tests.load.figures import Sample, answers, memory_over, percentile
from tests.load.machine import Memory
from tests.load.publishing import made_version
from tests.load.reply import Outcome, Reply
from tests.load.sessions import Asked


def replied(total: float, queued: float = 0.0, outcome: Outcome = "answered") -> Asked:
    return Asked(0.0, "q", Reply(outcome, queued, total / 2, total, 40, 9000))


@pytest.mark.parametrize(("share", "value"), [(0.0, 1), (0.5, 10), (0.95, 19), (1.0, 20)])
def test_a_percentile_is_one_of_the_values(share, value):
    assert percentile(list(range(20, 0, -1)), share) == value


def test_waiting_in_the_queue_is_no_error_and_is_timed_apart():
    figures = answers([replied(1.0), replied(5.0, queued=3.0), replied(2.0, outcome="silent")], seconds=6)
    assert (figures["answered"], figures["queued"], figures["timeouts"], figures["errors"]) == (3, 1, 0, {})
    assert figures["per_second"] == 0.5  # 3 replies in 6 s
    assert figures["by_outcome"] == {"answered": 2, "silent": 1}
    assert figures["seconds_to"]["whole"] == {"p50": 2.0, "p95": 5.0, "worst": 5.0}
    assert figures["seconds_to"]["queue"] == {"p50": 0.0, "p95": 3.0, "worst": 3.0}
    assert figures["seconds_to"]["after_queue"]["worst"] == 2.0


def test_failures_time_outs_and_lost_connections_are_counted_apart_from_answers():
    asked = [replied(1.0), replied(9.0, outcome="failure"), Asked(0.0, "q", problem="TimeoutError"),
             Asked(1.0, problem="Gone")]  # fmt: skip
    figures = answers(asked, seconds=1)
    assert (figures["asked"], figures["answered"], figures["timeouts"]) == (3, 1, 1)  # one page was not even opened
    assert figures["errors"] == {"failure": 1, "Gone": 1}
    assert figures["seconds_to"]["whole"]["worst"] == 1.0  # how long it took to fail is no time to answer


def test_memory_is_compared_between_the_first_and_the_last_minute():
    samples = [Sample(float(at), Memory(100.0 + at, 50.0, 9)) for at in range(301)]
    over = memory_over(samples, 300)
    assert (over["first"], over["last"], over["most"]) == (130.0, 370.0, 400.0)  # means of 100…160, of 340…400


def test_the_version_made_is_read_from_the_last_line_of_a_build():
    said = (
        '{"event": "progress", "step": "read"}\nUn avis\n{"event": "done", "version": "20261126T1"}\nVersion en attente'
    )
    assert made_version(said) == "20261126T1"
