"""Vigie beside its peers: `python -m evaluations.benchmarks.peers.run ../shared/pdfs/french MODEL --out DIR`.

Each in its own environment and process, one after the other, on the same PDFs, weights and questions. A passage found
is relevant when its pages hold a gold page and its text at least half of the words of that page's quote, which favours
long passages: the same is told by page (a result on pages already seen takes no place) and by words read. Writes a
Markdown table (ratios are the peer's figure over ours), a plot (SVG) and every raw figure (JSON).
"""

import argparse
import json
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evaluations.benchmarks.peers.install import ADAPTERS, command
from evaluations.benchmarks.peers.plot import bars
from evaluations.benchmarks.retrieval import interval
from evaluations.questions import SHIPPED, QuestionRecord, load_questions
from evaluations.reading.agreement import words
from index import MODELS, model_folder, models_home

OURS = "vigie"
PEERS = (OURS, *ADAPTERS)
_SETS = ("french-pdfs", "french-pdfs-more")
_HELD = 0.5  # share of a quote's words
_BUDGET = 400  # words a reader reads


@dataclass(frozen=True)
class Row:
    """What a peer's run gives, by the names of the adapters' JSON, and what it found."""

    indexing: dict[str, Any]
    ndcg_at_10: float
    success_at_1: float
    page_ndcg_at_10: float
    page_success_at_1: float
    gold_in_budget: float
    median_ms: float
    p95_ms: float
    page_gains: tuple[float, ...] = ()  # by question

    @property
    def per_1000_tokens(self) -> float:
        """Seconds of encoding for 1,000 tokens of passages."""
        return float(1000 * self.indexing["encode_seconds"] / max(1, self.indexing["embedded_tokens"]))

    def as_json(self) -> dict[str, Any]:
        figures = {name: value for name, value in vars(self).items() if name not in {"indexing", "page_gains"}}
        return self.indexing | figures | {"seconds_per_1000_tokens": self.per_1000_tokens}


def run(peer: str, pdfs: Path, model: str, questions: Path, out: Path) -> None:
    """Index and query in two processes of the peer's own."""
    spec = MODELS[model]
    prompts = {"--query-prompt": spec.query_prompt, "--passage-prompt": spec.passage_prompt_untitled}
    shared = ["--model", str(model_folder(model, models_home())), "--work", str(out / f"{peer}-index")]
    shared += [part for name, prompt in prompts.items() for part in (name, prompt.replace("{text}", ""))]
    script = [sys.executable, "-m", "evaluations.benchmarks.peers.vigie_itself"] if peer == OURS else command(peer)
    index = ["index", "--pdfs", str(pdfs.resolve()), *shared, "--out", str(out / f"{peer}.json")]
    query = ["query", *shared, "--questions", str(questions), "--k", "10", "--out", str(out / f"{peer}.jsonl")]
    for part in (index, query):
        subprocess.run([*script, *part], check=True)


def score(peer: str, records: Sequence[QuestionRecord], out: Path) -> Row:
    """Figures of one peer's files."""
    found = {line["id"]: line for line in map(json.loads, (out / f"{peer}.jsonl").read_text("utf-8").splitlines())}
    ranks = [first_relevant(found[record.id]["results"], record) for record in records]
    page_ranks = [first_gold_page(found[record.id]["results"], record) for record in records]
    times = sorted(line["ms"] for line in found.values())
    return Row(
        json.loads((out / f"{peer}.json").read_text("utf-8")),
        *_quality(ranks),
        *_quality(page_ranks),
        float(np.mean([in_budget(found[record.id]["results"], record) for record in records])),
        float(np.median(times)),
        float(np.quantile(times, 0.95)),
        tuple(map(_gain, page_ranks)),
    )


def _quality(ranks: Sequence[int]) -> tuple[float, float]:
    """nDCG and success@1 of the ranks of the one thing looked for, 0 where it was not found."""
    return float(np.mean([_gain(rank) for rank in ranks])), float(np.mean([rank == 1 for rank in ranks]))


def _gain(rank: int) -> float:
    return float(1 / np.log2(1 + rank)) if rank else 0.0


def first_gold_page(results: Sequence[dict[str, Any]], record: QuestionRecord) -> int:
    """Rank of the first result on a gold page, from 1, among those that bring a page not seen before; 0 without any."""
    gold = {(_name(gold.publication), gold.page) for gold in record.gold}
    seen: set[tuple[str, int]] = set()
    rank = 0
    for result in results:
        pages = range(result["page"] or 0, (result["page_end"] or 0) + 1)
        own = {(_name(Path(result["file"]).stem), page) for page in pages}
        rank += not own <= seen
        seen |= own
        if own & gold:
            return rank
    return 0


def _name(publication: str) -> str:
    return unicodedata.normalize("NFC", publication)


def first_relevant(results: Sequence[dict[str, Any]], record: QuestionRecord) -> int:
    """Rank of the first relevant result, from 1; 0 without any."""
    return next((rank for rank, result in enumerate(results, 1) if is_relevant(result, record)), 0)


def in_budget(results: Sequence[dict[str, Any]], record: QuestionRecord) -> bool:
    """Whether a relevant result begins within the first words read: passages of any length compared alike."""
    sizes = np.cumsum([0, *(len(result["text"].split()) for result in results)])
    rank = first_relevant(results, record)
    return rank == 1 or bool(rank and sizes[rank] <= _BUDGET)


def is_relevant(result: dict[str, Any], record: QuestionRecord) -> bool:
    """Whether a result holds enough of a gold quote, on its page where the peer knows pages."""
    held = set(words(result["text"].casefold()))
    file = _name(Path(result["file"]).stem)
    for gold in record.gold:
        on_page = result["page"] is None or result["page"] <= gold.page <= result["page_end"]
        quote = words(gold.quote.casefold())
        there = on_page and file == _name(gold.publication)
        if there and sum(word in held for word in quote) >= _HELD * len(quote):
            return True
    return False


def table(rows: dict[str, Row]) -> str:
    """Markdown; in brackets, the ratio to ours."""
    ours = rows[OURS]
    lines = [
        "| | index, s | s per 1,000 tokens | disk, MB | peak MB | query median, ms | p95, ms "
        "| nDCG@10 | success@1 | by page: nDCG@10 | success@1 | gold in 400 words |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for peer, row in rows.items():
        seconds, base = row.indexing["seconds"], ours.indexing["seconds"]
        lines.append(
            f"| {peer} {row.indexing['version']} | {seconds:.0f} [{seconds / base:.2f}] | {row.per_1000_tokens:.3f} "
            f"[{row.per_1000_tokens / ours.per_1000_tokens:.2f}] | {row.indexing['disk_mb']:.0f} | "
            f"{row.indexing['peak_rss_mb']:.0f} | {row.median_ms:.1f} [{row.median_ms / ours.median_ms:.2f}] | "
            f"{row.p95_ms:.1f} | {row.ndcg_at_10:.3f} | {row.success_at_1:.3f} | "
            f"{row.page_ndcg_at_10:.3f} | {row.page_success_at_1:.3f} | {row.gold_in_budget:.3f} |"
        )
    return "\n".join(lines) + "\n" + "".join(_apart(peer, row, ours) for peer, row in rows.items() if peer != OURS)


def _apart(peer: str, row: Row, ours: Row) -> str:
    """How far we are from a peer by page, with what the questions leave open."""
    differences = np.subtract(ours.page_gains, row.page_gains)
    low, high = interval(differences)
    return f"\nnDCG@10 by page, ours - {peer}: {differences.mean():+.3f} [{low:+.3f}, {high:+.3f}]\n"


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("pdfs", type=Path)
    cli.add_argument("model")
    cli.add_argument("--out", type=Path, required=True, help="an empty folder")
    cli.add_argument("--peers", nargs="+", choices=PEERS, default=PEERS)
    cli.add_argument("--score", action="store_true", help="only score what a run before left in --out")
    args = cli.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    records = [r for r in load_questions([SHIPPED / f"{name}.jsonl" for name in _SETS]) if r.answerable]
    records = [r for r in records if not r.history]
    questions = args.out / "questions.jsonl"
    questions.write_text("".join(json.dumps({"id": r.id, "question": r.question}) + "\n" for r in records), "utf-8")
    rows: dict[str, Row] = {}
    for peer in args.peers:
        if not args.score:
            run(peer, args.pdfs, args.model, questions, args.out)
        rows[peer] = score(peer, records, args.out)
        sys.stderr.write(f"{peer}: {rows[peer].as_json()}\n")
    (args.out / "table.md").write_text(table(rows), "utf-8")
    (args.out / "figures.json").write_text(json.dumps({p: r.as_json() for p, r in rows.items()}, indent=1), "utf-8")
    (args.out / "plot.svg").write_text(bars({p: r.as_json() for p, r in rows.items()}), "utf-8")
    sys.stdout.write(f"{len(records)} questions, {args.model}\n\n{table(rows)}")


if __name__ == "__main__":
    main()
