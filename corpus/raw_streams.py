"""Streams found in a file's bytes without any engine, and what their filters hold, piece by piece."""

import base64
import binascii
import math
import mmap
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from corpus.errors import unreadable

# What a filter makes of one byte at most. Deflate: https://zlib.net/zlib_tech.html; ASCII85: z is four zeros.
_RATIOS = {b"FlateDecode": 1032, b"ASCII85Decode": 4, b"ASCIIHexDecode": 1}
_SHORT_NAMES = {b"Fl": b"FlateDecode", b"A85": b"ASCII85Decode", b"AHx": b"ASCIIHexDecode"}
_MOST_FLATE = 4  # filters one after the other; two is already rare
_CHUNK = 1 << 14  # compressed bytes, so at most 17 MB once inflated
_PIECE = 1 << 18
_STREAM = re.compile(rb"stream[\r\n ]\n?")
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_FILTER = re.compile(rb"/Filter\s*(\[[\w\s/]{0,200}\]|/\w+|\d+\s+\d+\s+R)")
_NAME = re.compile(rb"/(\w+)")


@dataclass(frozen=True, slots=True)
class RawStream:
    """Where a stream's bytes lie, and the first of its filters, as far as they can be undone here."""

    start: int
    end: int
    filters: tuple[bytes, ...]
    holds_objects: bool

    @property
    def ceiling(self) -> int:
        """More bytes than it can unpack to."""
        ratio = math.prod(_RATIOS[name] for name in self.filters)
        return (self.end - self.start) * ratio if self.filters else 0


def raw_streams(data: mmap.mmap) -> Iterator[RawStream]:
    """In the order of the file. Raises UnreadablePdf("limits") for five Flate filters on one stream."""
    position = 0
    while found := _STREAM.search(data, position):
        dictionary = data[max(position, data.rfind(b"obj", position, found.start())) : found.start()]
        if not dictionary.rstrip().endswith(b">>"):
            position = found.end()
            continue
        end = data.find(b"endstream", found.end())
        position = end if end >= 0 else len(data)
        yield RawStream(found.end(), position, _filters(dictionary), b"/ObjStm" in dictionary)


def _filters(dictionary: bytes) -> tuple[bytes, ...]:
    found = _FILTER.search(dictionary)
    if not found or _IMAGE.search(dictionary):
        return ()
    if found[1].endswith(b"R"):
        return (b"FlateDecode",)  # the name is in another object; another filter's bytes do not inflate
    names = [_SHORT_NAMES.get(name, name) for name in _NAME.findall(found[1])]
    if names.count(b"FlateDecode") > _MOST_FLATE:
        raise unreadable("limits")
    kept = 0
    while kept < len(names) and (names[kept] == b"FlateDecode" or (kept == 0 and names[0] in _DECODERS)):
        kept += 1
    return tuple(names[:kept])


def unpacked(data: mmap.mmap, stream: RawStream, depth: int) -> Iterator[bytes]:
    """Pieces of what a stream gives after `depth` of its filters."""
    pieces: Iterator[bytes] = (data[i : min(i + _CHUNK, stream.end)] for i in range(stream.start, stream.end, _CHUNK))
    for name in stream.filters[:depth]:
        pieces = _DECODERS[name](pieces)
    return pieces


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Up to the end of the data, or to the first error, as engines do."""
    engine = zlib.decompressobj()
    for chunk in chunks:
        rest = chunk
        while rest and not engine.eof:
            try:
                yield engine.decompress(rest, _PIECE)
            except zlib.error:
                return
            rest = engine.unconsumed_tail


def _from_ascii85(chunks: Iterable[bytes]) -> Iterator[bytes]:
    try:
        yield base64.a85decode(b"".join(chunks).partition(b"~>")[0])
    except ValueError:
        return


def _from_hexadecimal(chunks: Iterable[bytes]) -> Iterator[bytes]:
    try:
        yield binascii.unhexlify(b"".join(b"".join(chunks).partition(b">")[0].split()))
    except binascii.Error:
        return


_DECODERS: dict[bytes, Callable[[Iterable[bytes]], Iterator[bytes]]] = {
    b"FlateDecode": _inflated,
    b"ASCII85Decode": _from_ascii85,
    b"ASCIIHexDecode": _from_hexadecimal,
}
