"""A version being made: a hidden folder, its content, and the instant when it becomes a version."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from corpus import Guide, Passage
from index.asked import AskedWords
from index.asked_vectors import write_asked
from index.disk import sync_folder
from index.embedder import Embedder
from index.embedding import Embeddable, lexical_text, write_vectors
from index.facets import write_facets
from index.fusion import Calibration
from index.intake import BuildProgress, Report
from index.lexical import build_lexical
from index.opened import LEXICAL
from index.passage_store import write_passages
from index.vector_cache import VectorCache
from index.version import VERSIONS

CACHE, DOCUMENTS = "cache", "documents"  # what was embedded, and read, before


def new_name() -> str:
    """A version's name: when it was begun, UTC, to the microsecond."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")


@contextmanager
def drafting(root: Path, name: str) -> Iterator[Path]:
    """A hidden folder that becomes the version when all went well, and disappears otherwise."""
    for left_by_a_killed_build in (root / VERSIONS).glob(".*"):
        shutil.rmtree(left_by_a_killed_build, ignore_errors=True)
    draft = root / VERSIONS / f".{name}"
    draft.mkdir(parents=True)
    try:
        yield draft
        draft.rename(root / VERSIONS / name)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    sync_folder(root / VERSIONS)


@dataclass(frozen=True)
class Content:
    """What a version holds: its passages, what is asked of them, and the guide it belongs to."""

    passages: Sequence[Passage]
    asked: AskedWords
    guide: Guide | None


def write_content(draft: Path, root: Path, content: Content, embedder: Embedder, report: Report) -> Calibration:
    """Write all files of a draft but its manifest; only what the caches do not know is embedded."""
    passages = content.passages
    write_passages(draft, passages)
    write_facets(draft, passages, list(dict.fromkeys(p.publication for p in passages)), content.guide)
    report(BuildProgress("terms", "", 0, len(passages)))
    (draft / LEXICAL).mkdir()
    sentences = ([p.text[a:b] for a, b in p.sentences] for p in passages)
    build_lexical((lexical_text(p) for p in passages), sentences).save(draft / LEXICAL)
    report(BuildProgress("terms", "", len(passages), len(passages)))
    with closing(VectorCache(root / CACHE, embedder.stamp)) as cache:
        strings = Embeddable.of(embedder.stamp, passages, content.asked.questions)
        told = partial(BuildProgress, "asked", "")
        asked = cache.encode(strings.questions, embedder, lambda done, of: report(told(done, of)))
        write_asked(draft, asked, content.asked)
        return write_vectors(draft, passages, strings, embedder, cache, report)
