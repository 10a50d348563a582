"""An export as Markdown: CommonMark, with the boxes of a checklist as GitHub writes them."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from assistant import Language
from ui.chat.turn import Turn
from ui.export.blocks import Block, Kind, Line, Span
from ui.export.content import content
from ui.export.markdown_text import inert

_OPENINGS: dict[Kind, str] = {
    "title": "# ", "question": "## ", "heading": "### ", "quote": "> ", "bullet": "- ", "box": "- [ ] ",
}  # fmt: skip
_LISTS = frozenset({"bullet", "box", "source"})
_AROUND = {"strong": "**", "quiet": "*"}


def as_markdown(turns: Sequence[Turn], title: str, language: Language, at: datetime | None = None) -> str:
    """The turns as one file, made `at` that time (now); questions and quotes in it are text, and nothing else."""
    blocks = list(content(turns, title, language, (at or datetime.now()).date()))
    parts = [_block(blocks[0])]
    for above, block in pairwise(blocks):
        parts.append("\n" if above.kind == block.kind and block.kind in _LISTS else "\n\n")
        parts.append(_block(block))
    return "".join(parts) + "\n"


def _block(block: Block) -> str:
    """A line that goes on ends with a backslash: unlike two spaces, no editor takes it away."""
    opening = f"{block.number}. " if block.kind == "source" else _OPENINGS.get(block.kind, "")
    below = "> " if block.kind == "quote" else " " * len(opening)
    return opening + f"\\\n{below}".join(_line(line) for line in block.lines)


def _line(line: Line) -> str:
    return "".join(_span(span) for span in line).strip()


def _span(span: Span) -> str:
    """Emphasis touches no blank, or it would not be read as such."""
    core, around = span.text.strip(), _AROUND.get(span.style, "")
    if not core or span.style == "marker":
        return span.text
    before, _, after = span.text.partition(core)
    return f"{before}{around}{inert(core)}{around}{after}"
