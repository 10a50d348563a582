"""What the peers' adapters share: arguments, timing, memory, tokens, skipped files, JSON.

An adapter is a script of this folder, run by the Python of its own virtual environment, where Vigie is not
installed: only the standard library is imported here at the start, and the adapter finds this file beside itself.

    python ADAPTER.py index --pdfs DIR --model DIR --query-prompt P --passage-prompt P --work DIR --out FILE.json
    python ADAPTER.py query --work DIR --model DIR --query-prompt P --passage-prompt P
                            --questions FILE.jsonl --k 10 --out FILE.jsonl
"""

import argparse
import json
import os
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol, TypeVar

# Read by the peers' libraries when they are imported: nothing may leave the machine, nor be waited for.
for _name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "DO_NOT_TRACK"):
    os.environ.setdefault(_name, "1")
for _name in ("HAYSTACK_TELEMETRY_ENABLED", "ANONYMIZED_TELEMETRY"):
    os.environ.setdefault(_name, "False")

T = TypeVar("T")
_WARMING = 5  # questions asked once before any is timed


@dataclass(frozen=True)
class Settings:
    """What every adapter is told. The prompts are put before a text as they are, with no space added."""

    model: Path
    query_prompt: str
    passage_prompt: str
    work: Path


@dataclass(frozen=True)
class Found:
    """One passage found: the PDF's file name, its first and last physical pages (1-based) where the peer knows them."""

    file: str
    page: int | None
    text: str
    score: float
    page_end: int | None = None

    def __post_init__(self) -> None:
        if self.page_end is None:
            object.__setattr__(self, "page_end", self.page)


@dataclass
class Meter:
    """What was embedded: seconds inside the encoder, tokens it read (cut to its window, no padding), texts cut."""

    seconds: float = 0.0
    tokens: int = 0
    truncated: int = 0
    other_rss_mb: float = 0.0  # peak of a second process, where the peer needs one
    apart: dict[str, float] = field(default_factory=dict)  # what a peer counts apart, reported by name


@dataclass
class Skipped:
    """Files that could not be read or hold no text, with the reason."""

    reasons: dict[str, str] = field(default_factory=dict)

    def reading(self, pdfs: Sequence[Path], read: Callable[[Path], T]) -> Iterator[tuple[Path, T]]:
        """What `read` gives for each file; nothing for one that fails or is empty."""
        for pdf in pdfs:
            try:
                content = read(pdf)
            except Exception as error:  # whatever a peer's reader raises on a hostile file
                self.reasons[pdf.name] = f"{type(error).__name__}: {error}"[:200]
                continue
            if content:
                yield pdf, content
            else:
                self.reasons[pdf.name] = "no text read"


class Peer(Protocol):
    """A peer with its model loaded; `index` or `open` comes next."""

    meter: Meter
    skipped: Skipped

    def index(self, pdfs: Sequence[Path]) -> int:
        """Read, cut, embed and store all; returns how many passages are stored."""

    def open(self) -> None:
        """Load what `index` stored."""

    def search(self, question: str, k: int) -> list[Found]:
        """The k best passages, best first."""

    def close(self) -> None:
        """Release what is held and complete `meter`."""


def watch_encoder() -> Meter:
    """Measure every sentence-transformers call of this process, whoever makes it."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    meter, encode, forward = Meter(), SentenceTransformer.encode, SentenceTransformer.forward

    def timed(self: Any, *args: Any, **options: Any) -> Any:
        begin = time.perf_counter()
        try:
            return encode(self, *args, **options)
        finally:
            meter.seconds += time.perf_counter() - begin

    def counted(self: Any, features: Any, **options: Any) -> Any:
        lengths = features["attention_mask"].sum(dim=1)
        meter.tokens += int(lengths.sum())
        meter.truncated += int((lengths >= self.max_seq_length).sum())
        return forward(self, features, **options)

    SentenceTransformer.encode, SentenceTransformer.forward = timed, counted
    return meter


def peak_rss_mb() -> float:
    """This process's highest resident memory so far, in MiB (Linux counts it in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def disk_mb(folder: Path) -> float:
    """Size of all files below, in MiB."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20


def main(name: str, distribution: str, load: Callable[[Settings], Peer]) -> None:
    """The adapter's command line; `distribution` is the package whose version is reported."""
    args = _arguments(name)
    settings = Settings(args.model, args.query_prompt, args.passage_prompt, args.work)
    if args.command == "index":
        report = {"peer": name, "version": version(distribution)} | _index(settings, args.pdfs, load)
        args.out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    else:
        _query(load(settings), args.questions, args.k, args.out)


def _arguments(name: str) -> argparse.Namespace:
    cli = argparse.ArgumentParser(prog=name)
    commands = cli.add_subparsers(dest="command", required=True)
    for command in (commands.add_parser("index"), commands.add_parser("query")):
        command.add_argument("--model", type=Path, required=True, help="a sentence-transformers folder")
        command.add_argument("--query-prompt", default="")
        command.add_argument("--passage-prompt", default="")
        command.add_argument("--work", type=Path, required=True, help="where the peer keeps its index")
        command.add_argument("--out", type=Path, required=True)
    commands.choices["index"].add_argument("--pdfs", type=Path, required=True)
    commands.choices["query"].add_argument("--questions", type=Path, required=True)
    commands.choices["query"].add_argument("--k", type=int, default=10)
    return cli.parse_args()


def _index(settings: Settings, folder: Path, load: Callable[[Settings], Peer]) -> dict[str, Any]:
    """Index into an empty folder; seconds count neither imports nor the model's load, which are done by then."""
    settings.work.mkdir(parents=True, exist_ok=True)
    if any(settings.work.iterdir()):
        raise SystemExit(f"{settings.work} is not empty: give each run its own --work")
    peer, pdfs = load(settings), sorted(folder.glob("*.pdf"))
    begin = time.perf_counter()
    passages = peer.index(pdfs)
    seconds = time.perf_counter() - begin
    peer.close()
    return {
        "seconds": round(seconds, 3),
        "seconds_leave_out": "imports and model load",
        "encode_seconds": round(peer.meter.seconds, 3),
        "peak_rss_mb": round(peak_rss_mb() + peer.meter.other_rss_mb, 1),
        "disk_mb": round(disk_mb(settings.work), 3),
        "files": len(pdfs),
        "passages": passages,
        "embedded_tokens": peer.meter.tokens,
        "truncated": peer.meter.truncated,
        "skipped": len(peer.skipped.reasons),
        "skipped_files": peer.skipped.reasons,
        **{name: round(value, 3) for name, value in peer.meter.apart.items()},
    }


def _query(peer: Peer, file: Path, k: int, out: Path) -> None:
    """Ask all questions one by one; milliseconds are whole and warm, encoding included."""
    records = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    peer.open()
    for record in records[:_WARMING]:
        peer.search(record["question"], k)
    with out.open("w", encoding="utf-8") as lines:
        for record in records:
            begin = time.perf_counter()
            results = peer.search(record["question"], k)
            elapsed = (time.perf_counter() - begin) * 1000
            answer = {"id": record["id"], "results": [asdict(r) for r in results], "ms": round(elapsed, 3)}
            lines.write(json.dumps(answer, ensure_ascii=False) + "\n")
    peer.close()
