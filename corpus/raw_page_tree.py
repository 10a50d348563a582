"""The page tree as a file's bytes show it, in plain and compressed objects, measured without any engine."""

import re
from bisect import bisect_right
from collections.abc import Iterable

from corpus.errors import unreadable

_OBJECT_NUMBER = re.compile(rb"(\d{1,10})\s+\d+\s+$")  # what stands before the word obj
_REFERENCE = re.compile(rb"(\d{1,10})\s+\d+\s+R\b")
_KIDS = re.compile(rb"/Kids\s*\[([^\]]*)")
_ROOT = re.compile(rb"/Pages\s+(\d{1,10})\s+\d+\s+R\b")


class RawPageTree:
    """Nodes that may be shared or form a cycle: each is measured once, and a cycle ends where it closes."""

    def __init__(self) -> None:
        self._kids: dict[int, list[int]] = {}
        self._roots: set[int] = set()
        self._measured: dict[int, tuple[int, int]] = {}  # visits to pages and levels, under each node

    def add_plain(self, text: bytes) -> None:
        """Read what lies between streams, in the order of the file: an updated object replaces the older one."""
        position = 0
        for match in _KIDS.finditer(text):
            keyword = text.rfind(b"obj", position, match.start())
            position = match.start()
            number = _OBJECT_NUMBER.search(text[max(keyword - 24, 0) : max(keyword, 0)])
            if number:
                self._kids[int(number[1])] = _references(match[1])
        self._roots.update(_roots(text))

    def add_compressed(self, text: bytes) -> None:
        """Read an object stream: pairs of an object's number and its offset after all the pairs, then the objects."""
        end = len(text) - len(text.lstrip(b"0123456789 \t\r\n\f\0"))
        values = [int(value) for value in re.findall(rb"\d{1,10}", text[:end])] if b"/Kids" in text else []
        offsets = values[1::2]
        for match in _KIDS.finditer(text):
            index = bisect_right(offsets, match.start() - end) - 1
            if index >= 0:
                self._kids[values[2 * index]] = _references(match[1])
        self._roots.update(_roots(text))

    def check(self, max_nesting: int, max_pages: int) -> None:
        """Raise UnreadablePdf: "limits" for depth or for visits to pages, "too_many_pages" for pages."""
        visits = max((self._measure(root, 1, max_nesting)[0] for root in self._roots), default=0)
        if sum(node not in self._kids for node in self._measured) > max_pages:
            raise unreadable("too_many_pages")
        if visits > max_pages:
            raise unreadable("limits")

    def _measure(self, node: int, level: int, max_nesting: int) -> tuple[int, int]:
        if node in self._measured:
            visits, levels = self._measured[node]
        elif level > max_nesting or node not in self._kids:
            visits, levels = 1, 1
        else:
            self._measured[node] = visits, levels = 0, 0  # what a cycle finds when it comes back here
            for kid in self._kids[node]:
                below = self._measure(kid, level + 1, max_nesting)
                visits, levels = visits + below[0], max(levels, below[1])
            levels += 1
        if level + levels - 1 > max_nesting:
            raise unreadable("limits")
        self._measured[node] = visits, levels
        return visits, levels


def _references(array: bytes) -> list[int]:
    return [int(number) for number in _REFERENCE.findall(array)]


def _roots(text: bytes) -> Iterable[int]:
    return (int(root[1]) for root in _ROOT.finditer(text))
