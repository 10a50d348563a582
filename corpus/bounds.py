"""A cheap look at a file's bytes before any engine opens it: how far it unpacks, nests and fans out.

A file can hide from this look (encryption, LZW, an escaped name, a forged keyword): the worker's memory and time
limits, and the engine's own page count, are then what stops it.
"""

import mmap
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from corpus.errors import unreadable
from corpus.raw_page_tree import RawPageTree
from corpus.raw_streams import RawStream, raw_streams, unpacked

_MOST_OBJECTS = 64_000_000  # bytes of object streams looked at; 3 MB at most in 85 public documents


def check_bounds(path: Path, *, max_decompressed_mb: int, max_nesting: int, max_pages: int) -> None:
    """Raise UnreadablePdf for a decompression, nesting or page-tree bomb ("limits"), or for "too_many_pages".

    `max_decompressed_mb` (MB of 1,000,000 bytes) holds for all Flate streams but images together. Each counts first
    as 1032 times its size, which is free; while that sum is above the bound, the largest is inflated, unkept, and
    counts as what it is. A file with less than a thousandth of the bound in such streams is therefore never
    inflated, a larger one only until the rest cannot matter, and chained filters (1032² and more) always come first.

    `max_nesting` (at most 500) bounds open brackets in a row and levels of the page tree; `max_pages`, its pages.
    A page is counted once; visits to pages through shared nodes have the same bound. A cycle ends where it closes.
    The tree is found in plain and compressed objects alike; a broken one raises nothing, the engine decides later.
    """
    if path.stat().st_size == 0:
        return
    tree, runs = RawPageTree(), _runs(max_nesting)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        streams = list(raw_streams(data))
        _check_size(data, streams, max_decompressed_mb * 1_000_000)
        for text, is_compressed in _syntax(data, streams):
            if any(run.search(text) for run in runs):
                raise unreadable("limits")
            (tree.add_compressed if is_compressed else tree.add_plain)(text)
    tree.check(max_nesting, max_pages)


def _check_size(data: mmap.mmap, streams: Sequence[RawStream], most: int) -> None:
    ceiling, size = sum(stream.ceiling for stream in streams), 0
    for stream in sorted(streams, key=lambda stream: stream.ceiling, reverse=True):
        if size + ceiling <= most:
            return
        ceiling -= stream.ceiling
        for depth in range(1, len(stream.filters) + 1):  # an engine holds what each filter gives
            for piece in unpacked(data, stream, depth):
                size += len(piece)
                if size > most:
                    raise unreadable("limits")


def _syntax(data: mmap.mmap, streams: Sequence[RawStream]) -> Iterator[tuple[bytes, bool]]:
    """What lies between streams or, marked True, inside object streams, in the order of the file."""
    position, left = 0, _MOST_OBJECTS
    for stream in streams:
        yield data[position : stream.start], False
        position = stream.end
        if stream.holds_objects and left > 0:
            text = _first_bytes(unpacked(data, stream, len(stream.filters)), left)
            left -= len(text)
            yield text, True
    yield data[position:], False


def _first_bytes(pieces: Iterable[bytes], most: int) -> bytes:
    kept = bytearray()
    for piece in pieces:
        kept += piece
        if len(kept) > most:
            break
    return bytes(kept)


def _runs(max_nesting: int) -> tuple[re.Pattern[bytes], ...]:
    """More brackets in a row than that. A search is ten times faster for a pattern that starts with a constant."""
    array, dictionary = rb"\[\s*+", rb"<<\s*+/[^\s/<>\[\]()]*+\s*+"
    rest = rb"(?:%b|%b){%d}" % (array, dictionary, max_nesting)
    return re.compile(array + rest), re.compile(dictionary + rest)
