"""What a question names in the publications: headings to list, numbered parts, a word of which it asks the place."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from assistant.contents_list import listed_rows
from assistant.digest import to_be_read
from assistant.parts import READ_OUT, NamedParts, named_parts
from assistant.places import said_rows
from assistant.turn import Turn
from index import IndexVersion

Rows = npt.NDArray[np.int64]


def with_named(turn: Turn, version: IndexVersion) -> Turn:
    """The turn with what its question names."""
    listed = listed_rows(turn.standalone, version)
    if len(listed) and turn.question.shape in {None, "where"}:
        return replace(turn, shape="where", listed=True, parts=NamedParts((listed,), True))
    parts = named_parts(turn.standalone, version)
    if parts and parts.whole:
        parts = to_be_read(parts, version, compared=turn.shape == "comparison")
        if turn.shape == "short":  # what a part says in short, no rule tells
            turn = replace(turn, shape="answer")
    said = said_rows(turn.standalone, version).tolist() if turn.shape == "where" and not parts else []
    return replace(turn, parts=parts, said=tuple(said))


def named_rows(turn: Turn) -> Rows | None:
    """The rows that alone are to be read, ascending; None where all are."""
    if turn.said:
        return np.array(turn.said, dtype=np.int64)
    if turn.parts is None:
        return None
    if turn.listed:
        return turn.parts.each[0]
    return np.unique(np.concatenate(turn.parts.read)) if turn.read_out else turn.parts.rows


def named_count(turn: Turn) -> int:
    """How many passages what is named asks for, at the least."""
    rows = named_rows(turn)
    if rows is None:
        return 0
    return len(rows) if turn.listed or turn.said or turn.read_out else READ_OUT
