"""What a line is in its passage: a list's item, an announcement, the title of a box, of whose subject its text is."""

import re

from corpus import Passage
from index.notes import is_note

LIST_ITEM = re.compile(r"(?:[•▪■◆●○◦‣→➔►✓✔❑□☐*–—-]|\(?\d{1,2}[.)]|[a-z]\))\s")
LEAD_IN = re.compile(r"[:：]\W*$")
_CAPTION = re.compile(r"Table(?:au)? ?[:\d]")
_MOST_WORDS = 14  # of a title, as the reader of the PDFs takes one
_LABEL = re.compile(r"\w+(?: \w+){0,2} ?[.:] ")  # « Objectif. », « Pour qui. »: a paragraph that names itself


def same_section(before: Passage, after: Passage) -> bool:
    """Whether two passages stand under the same heading of one publication."""
    return (before.publication, before.section) == (after.publication, after.section)


def table_goes_on(before: Passage, after: Passage) -> bool:
    """Whether a table cut between two passages of a section goes on in the second, which repeats its heads."""
    heads, _, rows = after.text.partition("\n")
    return same_section(before, after) and "|" in heads and "|" in rows and heads in before.text.split("\n")


def is_table(passage: Passage) -> bool:
    """Whether a passage opens with a table's caption; the bars between the cells of its rows may be lost."""
    return bool(_CAPTION.match(passage.text))


def list_goes_on(before: Passage, after: Passage) -> bool:
    """Whether a list cut between two passages of a section goes on in the second: the next number, the same mark."""
    next_item = LIST_ITEM.match(after.text)
    if next_item is None or not same_section(before, after):
        return False
    items = (LIST_ITEM.match(before.text[start:end]) for start, end in reversed(before.sentences))
    last = next((item[0] for item in items if item), "")
    numbers = [re.search(r"\d+", item) for item in (last, next_item[0])]
    if any(numbers):
        return all(numbers) and int(numbers[1][0]) == int(numbers[0][0]) + 1  # type: ignore[index]
    return last == next_item[0]


def has_own_title(passage: Passage) -> bool:
    """Whether a passage opens with a title of its own, as a box does: the heading above it may be of something else."""
    return _is_titled(passage.text)


def goes_on_under_title(before: Passage, after: Passage) -> bool:
    """Whether a paragraph stands under the title that opens the passage before it, in the same section."""
    return same_section(before, after) and _is_titled(before.text) and may_be_under_title(after)


def may_be_under_title(passage: Passage) -> bool:
    """Whether a passage is a paragraph without a title, a label or a list of its own."""
    text = passage.text
    opens = text.lstrip("« ")[:1].isupper()
    return opens and "\n" not in text and "|" not in text and not _LABEL.match(text)


def _is_titled(text: str) -> bool:
    title, _, rest = text.partition("\n")
    ends = title[-1:].isalnum() and len(title.split()) <= _MOST_WORDS
    opens = rest.lstrip("« ")[:1].isupper() and "|" not in text
    return ends and opens and not LIST_ITEM.match(title) and not is_note(title)
