"""A turn of the conversation: a question, and what came or is still coming of it."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from assistant import Answer, Assistant, Language, Message, Question, Shape
from corpus import VigieError
from index import IndexedPublication
from ui.busy import Turnstile
from ui.chat.failure import Failure
from ui.chat.presence import gone
from ui.chat.writing import Writing

_AT_ONCE = 0.05  # seconds in which an answer that nothing is written for is done


@dataclass(frozen=True)
class Turn:
    """A question and what came of it; `reply` is None until there is something to show.

    `shape` is the one a button asked for, under an answer in `language`. While `writing` goes on, `reply` holds the
    quotes alone. `publications` are those cited, as the index knew them then: a later version may have moved or
    dropped them. `id` names the turn in the database; `not_kept` says why it is not there.
    A turn that is `shelved` has left the session for the database, but for its question and what was `said` to it.
    """

    question: str
    shape: Shape | None = None
    language: Language = "fr"
    reply: Answer | Failure | None = None
    writing: Writing | None = None
    stopped: bool = False
    publications: tuple[IndexedPublication, ...] = ()
    notice: str = ""
    demonstration: bool = False
    id: str = ""
    not_kept: str = ""
    shelved: bool = False
    said: str = ""

    @property
    def latest(self) -> Answer | Failure | None:
        """The reply as far as it has come."""
        return self.writing.latest if self.writing else self.reply

    def asked_again(self, answer: Answer) -> str:
        """The question as it is put again by itself: a follow-up written out, but all of a long message.

        Of the message, what is searched holds no word that it has not.
        """
        searched = answer.standalone_question
        return self.question if set(searched.split()) <= set(self.question.split()) else searched

    def publication(self, publication_id: str) -> IndexedPublication:
        return next(p for p in self.publications if p.id == publication_id)


def answered(assistant: Assistant | Failure, turn: Turn, before: Sequence[Turn], writers: Turnstile) -> Turn:
    """The turn with its quotes, and a `writing` if more is to come; or with the reason why there is nothing.

    Answers that are written take their place in the line of `writers`.
    """
    if isinstance(assistant, Failure):
        return replace(turn, reply=assistant)
    # A question asked again in another shape was written out already: it needs no turns before it.
    question = Question(turn.question, () if turn.shape else said_in(before), shape=turn.shape)
    stream = cast("Generator[Answer, None, None]", assistant.stream(question))
    try:
        first = next(stream)
    except VigieError as error:
        return replace(turn, reply=Failure(error.message, error.remedy))
    version = assistant.searcher.version
    cited = (passage for c in first.citations for passage in (c.passage, *c.also_in))
    passages = (*cited, *(scored.passage for scored in first.evidence))
    guide = version.manifest.guide
    turn = replace(
        turn,
        reply=first,
        publications=tuple(version.publication(name) for name in dict.fromkeys(p.publication for p in passages)),
        notice=guide.notice if guide else "",
        demonstration=bool(guide and guide.demonstration),
    )
    if assistant.generator is None:
        stream.close()
        return turn
    writing = Writing(stream, first, writers, gone())
    writing.wait(_AT_ONCE)
    return settled(replace(turn, writing=writing))


def settled(turn: Turn) -> Turn:
    """The turn with its answer for good, once it is written."""
    writing = turn.writing
    if writing is None or not writing.done:
        return turn
    return replace(turn, reply=writing.latest, writing=None, stopped=writing.stopped)


def said_in(turns: Sequence[Turn]) -> tuple[Message, ...]:
    """The questions that were answered, each with what was said to it."""
    messages: list[Message] = []
    for turn in turns:
        if turn.shelved or isinstance(turn.latest, Answer):
            said = turn.latest.text if isinstance(turn.latest, Answer) else turn.said
            messages += [Message("user", turn.question), Message("assistant", said)]
    return tuple(messages)
