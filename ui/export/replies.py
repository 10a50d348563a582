"""A reply as blocks: what the page shows of an answer, an abstention, a plain message or a failure."""

from collections.abc import Iterator

from assistant import Answer, Language, wording
from ui.chat.failure import Failure
from ui.chat.turn import Turn
from ui.chat.wording import labels
from ui.export.blocks import Block, paragraph
from ui.export.quotes import place_blocks, quote_blocks
from ui.export.sources import source_blocks
from ui.export.summary import summary_blocks
from ui.export.wording import export_words
from ui.understood import reading_notes


def reply_blocks(turn: Turn, language: Language) -> Iterator[Block]:
    """What came of the turn so far; `language` is that of the frame. Messages of errors are always in French."""
    reply, words = turn.latest, export_words(language)
    if turn.shelved and reply is None:  # its conversation was deleted meanwhile: the session has only what was said
        yield paragraph(turn.said, turn.language)
        yield paragraph(words.unkept, language, "quiet")
    elif reply is None:
        yield paragraph(words.unanswered, language, "quiet")
    elif isinstance(reply, Failure):
        yield paragraph(reply.title or words.unavailable, language, "strong")
        yield from (paragraph(part, "fr") for part in (reply.message, reply.remedy) if part)
    else:
        yield from _answer(turn, reply)


def _answer(turn: Turn, answer: Answer) -> Iterator[Block]:
    yield from _understood(turn, answer)
    if answer.verdict == "answered":
        yield from _answered(turn, answer)
    elif answer.verdict == "not_in_guide":
        yield from _silent(answer)
    else:
        yield paragraph(answer.text, answer.language)
        yield from _notes(answer)


def _understood(turn: Turn, answer: Answer) -> Iterator[Block]:
    """The question written out, and the words that were read as others or searched besides."""
    text, reading = labels(answer.language), answer.reading
    notes = []
    if answer.standalone_question not in (answer.question, turn.question):
        notes.append(f"{text.understood} {answer.standalone_question}")
    notes += reading_notes(text, reading.corrections, reading.expansions)
    yield from (paragraph(note, answer.language, "quiet") for note in notes)


def _answered(turn: Turn, answer: Answer) -> Iterator[Block]:
    yield paragraph(answer.introduction, answer.language)
    yield from summary_blocks(turn, answer)
    yield from _notes(answer)
    if answer.shape == "where":
        yield from place_blocks(turn, answer)
    else:
        if answer.summary and answer.shape != "checklist":
            yield paragraph(wording(answer.language).in_the_text, answer.language)
        yield from quote_blocks(turn, answer)
    yield from source_blocks(turn, answer)


def _silent(answer: Answer) -> Iterator[Block]:
    text = labels(answer.language)
    yield paragraph(text.silent, answer.language, kind="heading")
    yield paragraph(answer.text, answer.language)
    yield from _notes(answer)
    if answer.suggestions:
        yield paragraph(text.nearest, answer.language, kind="heading")
        yield from (paragraph(question, answer.language, kind="bullet") for question in answer.suggestions)


def _notes(answer: Answer) -> Iterator[Block]:
    yield from (paragraph(note, answer.language, "quiet") for note in answer.notes)
