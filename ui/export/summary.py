"""The sentences that a generator wrote, with their markers, each said to be the text's or reworded."""

from collections.abc import Iterator

from assistant import Answer, Statement, bare
from ui.chat.turn import Turn
from ui.chat.wording import labels
from ui.export.blocks import Block, Span, marker, paragraph, said
from ui.export.sources import language_of
from ui.export.wording import export_words


def summary_blocks(turn: Turn, answer: Answer) -> Iterator[Block]:
    """The written sentences, each with its markers and its kind, then what the kinds mean."""
    text, words = labels(answer.language), export_words(answer.language)
    if answer.summary:
        yield Block("text", (tuple(span for one in answer.summary for span in _sentence(turn, answer, one)),))
        legend = words.legend.format(quoted=text.quoted, reworded=text.reworded)
        yield paragraph(legend, answer.language, "quiet")
    if turn.stopped or (turn.writing and not turn.writing.done):
        yield paragraph(text.stopped if turn.stopped else words.unfinished, answer.language, "quiet")


def _sentence(turn: Turn, answer: Answer, statement: Statement) -> Iterator[Span]:
    """« Marquez chaque document. [1] (reformulé) »."""
    text, words, language = labels(answer.language), export_words(answer.language), answer.language
    cited = [citation for citation in answer.citations if citation.n in statement.citations]
    if statement.support == "quoted":
        own = language_of(turn, cited[0]) if cited else language
        yield from (Span(words.opening, language), said(bare(statement.text), own), Span(words.closing, language))
    else:
        yield said(bare(statement.text), language)
    yield from (said(" ", language), marker(tuple(citation.n for citation in cited), language))
    yield said(f" ({text.quoted if statement.support == 'quoted' else text.reworded}) ", language)
