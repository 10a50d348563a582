"""What members' words weigh, in retrieval and in abstention.

    python -m evaluations.tuning.asked SET.jsonl… [--index DIR]

For each weight of the likeness to what was asked before: success at the first citation, gold page, facts, false and
right abstentions; for each weight of the margin, with the weight that ships: abstentions of both kinds. On sets for
tuning only.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

from assistant import Abstention, Assistant, AssistantSettings, MarginWeight, near_sentences
from evaluations.benchmarks.followups import measures
from evaluations.benchmarks.opened import INDEX
from evaluations.questions import QuestionRecord, load_questions
from index import Fusion, IndexVersion, Searcher, load_embedder, load_glossary, models_home

_PRINTED = {
    "success_at_1", "cites_gold_page", "required_fact_recall", "false_abstention_rate", "abstention_recall",
}  # fmt: skip
_WEIGHTS = (0.0, 0.5, 1.0, 1.5, 2.0)
_MARGINS = tuple(
    map(MarginWeight, *zip(*product((0.0, 1.2, 1.6, 2.0, 2.5), (0.0, 0.25, 0.5, 0.75), (0.5, 1.0)), strict=True))
)


def weighted(root: Path, weight: float | None = None) -> Assistant:
    """The assistant of an index, with another weight of what was asked before, or with the one that ships."""
    version = IndexVersion(root)
    model = version.manifest.model
    fusion = Fusion.of(model.name, version.manifest.calibration, bool(model.token_dimension))
    fusion = fusion if weight is None else replace(fusion, asked=weight)
    embedder = load_embedder(model.name, models_home())
    return Assistant(Searcher(version, embedder, glossary=load_glossary(), fusion=fusion), AssistantSettings())


def by_weight(root: Path, records: Sequence[QuestionRecord]) -> Iterator[str]:
    """One line for each weight."""
    for weight in _WEIGHTS:
        assistant = weighted(root, weight)
        answers = [assistant.ask(record.as_question()) for record in records]
        told = [part for part in measures(records, answers, assistant).split(", ") if part.split()[0] in _PRINTED]
        yield f"weight {weight}: {', '.join(told)}"


def by_margin(root: Path, records: Sequence[QuestionRecord]) -> Iterator[str]:
    """One line for each weight of the margin: how many covered and uncovered questions are abstained from."""
    searcher, least = weighted(root).searcher, AssistantSettings().least_confidence
    found = [searcher.search(record.question, AssistantSettings().top_k) for record in records]
    near = [near_sentences(evidence, searcher) for evidence in found]
    fitted = Abstention.of(searcher.embedder.stamp.name)
    for margin in _MARGINS:
        abstention = replace(fitted, margin=margin)
        silent = [
            abstention.decide(record.question, evidence, sentences).confidence < least
            for record, evidence, sentences in zip(records, found, near, strict=True)
        ]
        covered = [told for told, record in zip(silent, records, strict=True) if record.gold]
        others = [told for told, record in zip(silent, records, strict=True) if not record.gold]
        yield f"{margin}: {sum(covered)} of {len(covered)} covered, {sum(others)} of {len(others)} uncovered"


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("sets", type=Path, nargs="+")
    cli.add_argument("--index", type=Path, default=INDEX)
    args = cli.parse_args()
    records = [record for record in load_questions(args.sets) if not record.history]
    for lines in (by_weight(args.index, records), by_margin(args.index, records)):
        for line in lines:
            sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
