"""A whole export as blocks: its title and notice, each turn, then when it was made and from which index."""

from collections.abc import Iterator, Sequence
from datetime import date

from assistant import Answer, Language
from ui.chat.turn import Turn
from ui.chat.wording import labels
from ui.export.blocks import Block, paragraph, said
from ui.export.dates import in_full
from ui.export.plain_text import one_line
from ui.export.replies import reply_blocks
from ui.export.wording import export_words


def shown_title(title: str, language: Language) -> str:
    """The title on one line, never empty."""
    return one_line(title).strip() or export_words(language).untitled


def content(turns: Sequence[Turn], title: str, language: Language, day: date) -> Iterator[Block]:
    """The blocks in order. `language` is that of the frame: each answer speaks its own."""
    yield paragraph(shown_title(title, language), language, kind="title")
    yield from _notices(turns, language)
    for turn in turns:
        yield from _asked(turn, alone_under=title if len(turns) == 1 else "")
        yield from reply_blocks(turn, language)
    yield paragraph(" ".join(_made(turns, language, day)), language, "quiet")


def _notices(turns: Sequence[Turn], language: Language) -> Iterator[Block]:
    """Each notice once; a demonstration is named in the words of the language, whatever its notice says."""
    name = export_words(language).demonstration
    for notice, demonstration in dict.fromkeys((turn.notice, turn.demonstration) for turn in turns):
        named = (said(f"{name}.", language, "strong"), said(" ", language))
        spans = named if demonstration and name.lower() not in notice.lower() else ()
        if notice or spans:
            yield Block("text", ((*spans, said(notice, "fr")),))


def _asked(turn: Turn, alone_under: str) -> Iterator[Block]:
    """The reader's own words, unless they are the title already; and the shape a button asked for."""
    question = one_line(turn.question).strip()
    if question and question != one_line(alone_under).strip():
        spoken = turn.latest.language if isinstance(turn.latest, Answer) else turn.language
        yield paragraph(question, spoken, kind="question")
    if turn.shape and (name := labels(turn.language).shapes.get(turn.shape)):
        yield paragraph(export_words(turn.language).shape.format(shape=name), turn.language, "quiet")


def _made(turns: Sequence[Turn], language: Language, day: date) -> Iterator[str]:
    words = export_words(language)
    yield words.exported.format(day=in_full(day, language))
    replies = [turn.latest for turn in turns]
    names = list(dict.fromkeys(reply.passport.index_version for reply in replies if isinstance(reply, Answer)))
    if names:
        yield (words.version if len(names) == 1 else words.versions).format(names=", ".join(names))
