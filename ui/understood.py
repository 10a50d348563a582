"""How a question or a search was read, told where it is not as it was typed: the reader may see a misunderstanding."""

from collections.abc import Iterable

from index import Correction, Expansion
from ui.chat.wording import Labels


def reading_notes(text: Labels, corrections: Iterable[Correction], expansions: Iterable[Expansion]) -> list[str]:
    """A note for each word that was read as another, and one for each that was searched by other words too."""
    notes = [text.read_as.format(typed=one.typed, read_as=one.read_as) for one in corrections]
    added: dict[str, list[str]] = {}
    for one in expansions:
        added.setdefault(one.term, []).append(text.in_quotes.format(one.added))
    return [*notes, *(text.also.format(term=term, added=", ".join(others)) for term, others in added.items())]
