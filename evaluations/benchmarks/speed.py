"""Warm speed on a published index: `python -m evaluations.benchmarks.speed [INDEX]`.

How long the model takes to be ready in this process. Then for each question, in turn: the model's bare call on the
question, retrieval, and the complete answer. Taking the three side by side makes their ratio fair on a noisy machine.
Prints one line of JSON.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from assistant import Assistant, AssistantSettings, Question
from evaluations.questions import SHIPPED, load_questions
from index import IndexVersion, Searcher, load_embedder, models_home, query_string


def milliseconds(call: Callable[[], object]) -> float:
    """How long one call takes."""
    begin = time.perf_counter()
    call()
    return (time.perf_counter() - begin) * 1000


def measure(assistant: Assistant, questions: list[str]) -> dict[str, float]:
    """Medians in milliseconds and their ratio, after one warming round on the first five questions."""
    searcher = assistant.searcher
    model, stamp = searcher.embedder, searcher.embedder.stamp
    timings: dict[str, list[float]] = {"encode": [], "retrieve": [], "generate": []}
    for question in [*questions[:5], *questions]:
        timings["encode"].append(milliseconds(partial(model.encode, [query_string(stamp, question)])))
        timings["retrieve"].append(milliseconds(partial(searcher.search, question, 8)))
        steps = assistant.ask(Question(question)).timings_ms
        timings["generate"].append(steps["total"] - steps.get("retrieve", 0.0))
    median = {f"{name}_ms": round(statistics.median(values[5:]), 2) for name, values in timings.items()}
    return median | {"retrieve_over_encode": round(median["retrieve_ms"] / median["encode_ms"], 3)}


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    home = Path(os.environ.get("VIGIE_HOME", ".vigie"))
    cli.add_argument("index", type=Path, nargs="?", default=home / "index")
    cli.add_argument("--questions", type=int, default=50)
    args = cli.parse_args()
    version = IndexVersion(args.index)
    model = version.manifest.model.name
    begin = time.perf_counter()
    embedder = load_embedder(model, models_home())
    ready = round(time.perf_counter() - begin, 2)
    assistant = Assistant(Searcher(version, embedder), AssistantSettings())
    records = [r for r in load_questions([SHIPPED / "guide.jsonl"]) if r.answerable and not r.history]
    figures = measure(assistant, [record.question for record in records[: args.questions]])
    of = {"model": model, "passages": len(version.passages), "model_ready_s": ready}
    sys.stdout.write(json.dumps(of | figures) + "\n")


if __name__ == "__main__":
    main()
