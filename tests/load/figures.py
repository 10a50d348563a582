"""The figures of a run, from what happened: counts, percentiles, memory over time."""

import math
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.load.machine import Memory
from tests.load.reply import Reply
from tests.load.sessions import Asked

_MINUTE = 60.0


@dataclass(frozen=True)
class Sample:
    """The server's memory, so many seconds after the beginning."""

    at: float
    memory: Memory


def percentile(values: Sequence[float], share: float) -> float:
    """The least value that this share of the values does not exceed. Raises ValueError where there is none."""
    if not values:
        raise ValueError("no value")
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def answers(asked: Sequence[Asked], seconds: float) -> dict[str, Any]:
    """What became of the questions. A reply that is a failure is an error, waiting in the queue is not."""
    replies = [one.reply for one in asked if one.reply and one.reply.outcome != "failure"]
    problems = Counter("failure" if one.reply else one.problem for one in asked if not one.reply or _failed(one.reply))
    return {
        "asked": sum(bool(one.question) for one in asked),
        "answered": len(replies),
        "by_outcome": dict(Counter(reply.outcome for reply in replies)),
        "timeouts": sum(count for problem, count in problems.items() if problem.startswith("TimeoutError")),
        "errors": {what: count for what, count in problems.items() if not what.startswith("TimeoutError")},
        "per_second": round(len(replies) / seconds, 2),
        "queued": sum(reply.queued > 0 for reply in replies),
        "seconds_to": _times(replies),
        "bytes_p50": statistics.median(reply.bytes for reply in replies) if replies else None,
        "messages_p50": statistics.median(reply.messages for reply in replies) if replies else None,
    }


def _failed(reply: Reply) -> bool:
    return reply.outcome == "failure"


def _times(replies: Sequence[Reply]) -> dict[str, dict[str, float]]:
    """From asking: to the whole reply, to the last news of the queue, to the first of the reply; and what is left."""
    measured = {
        "whole": [reply.total for reply in replies],
        "queue": [reply.queued for reply in replies],
        "after_queue": [reply.total - reply.queued for reply in replies],
        "first": [reply.first for reply in replies],
    }
    return {
        name: {"p50": round(percentile(values, 0.5), 3), "p95": round(percentile(values, 0.95), 3),
               "worst": round(max(values), 3)}
        for name, values in measured.items() if values
    }  # fmt: skip


def memory_over(samples: Sequence[Sample], seconds: float) -> dict[str, float]:
    """Means of the first and last minute, in megabytes, or halves of a run of less than two minutes. Needs samples."""
    span = min(_MINUTE, seconds / 2)
    first = [sample.memory for sample in samples if sample.at <= span]
    last = [sample.memory for sample in samples if sample.at >= samples[-1].at - span]
    return {
        "first": round(statistics.fmean(memory.total for memory in first), 1),
        "last": round(statistics.fmean(memory.total for memory in last), 1),
        "own_first": round(statistics.fmean(memory.own for memory in first), 1),
        "own_last": round(statistics.fmean(memory.own for memory in last), 1),
        "most": round(max(sample.memory.total for sample in samples), 1),
        "threads_most": max(sample.memory.threads for sample in samples),
    }
