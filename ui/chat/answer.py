"""What Vigie replies: an answer with its citations, an abstention, a plain message, or a failure."""

import streamlit as st

from assistant import Answer, definable, wording
from ui.chat.checklist import show_checklist
from ui.chat.failure import Failure, show_failure
from ui.chat.opinion import show_opinion
from ui.chat.places import show_places
from ui.chat.quotes import show_quotes
from ui.chat.state import ask, ask_again
from ui.chat.summary import show_summary
from ui.chat.text import plain_label, safe
from ui.chat.tools import show_answer_tools
from ui.chat.turn import Turn
from ui.chat.wording import labels
from ui.understood import reading_notes
from ui.wording import page_words


def show_question(turn: Turn) -> None:
    """The reader's own words, and the shape a button asked for."""
    shape = f'<span class="vigie-shape">{labels(turn.language).shapes[turn.shape]}</span>' if turn.shape else ""
    asked = f'<span class="vigie-unseen">{page_words().asked} : </span>{safe(turn.question)}'
    st.html(f'<div class="vigie-asked"><h2>{asked}{shape}</h2></div>')


def show_reply(turn: Turn, number: int) -> None:
    """The reply to a turn, sent to the browser piece by piece."""
    reply = turn.latest
    if isinstance(reply, Failure):
        show_failure(reply)
        if turn.question:  # of what was kept and is damaged, nothing may be left
            st.button(page_words().retry, key=f"retry-{number}", on_click=ask_again, args=(number,))
    elif reply is not None:
        _show_answer(reply, turn, number)


def _show_answer(answer: Answer, turn: Turn, number: int) -> None:
    if answer.standalone_question not in (answer.question, turn.question):
        understood = labels(answer.language).understood
        st.html(f'<p class="vigie-understood">{understood} {safe(answer.standalone_question)}</p>')
    _show_reading(answer)
    if answer.verdict == "answered":
        _show_answered(answer, turn, number)
    elif answer.verdict == "not_in_guide":
        title = labels(answer.language).silent
        st.html(f'<div class="vigie-silent" lang="{answer.language}"><h3>{title}</h3><p>{safe(answer.text)}</p></div>')
    else:
        st.html(_said(answer, answer.text))
    if turn.notice:
        st.html(f'<p class="vigie-reminder" lang="fr">{safe(turn.notice)}</p>')
    if turn.not_kept:
        words = page_words()
        st.html(
            f'<p class="vigie-missing" role="note">{words.not_kept} <span lang="fr">{safe(turn.not_kept)}</span></p>'
        )
    if answer.verdict in {"answered", "not_in_guide"}:
        show_answer_tools(turn, answer, number)
    # What the database does not hold to its end, the evaluators would not see as its reader did.
    if turn.id and not turn.writing and not turn.not_kept and answer.verdict in {"answered", "not_in_guide"}:
        show_opinion(turn, answer, number)
    _show_suggestions(answer, number)


def _show_reading(answer: Answer) -> None:
    notes = reading_notes(labels(answer.language), answer.reading.corrections, answer.reading.expansions)
    if notes:
        st.html(f'<p class="vigie-understood">{safe(" · ".join(notes))}</p>')


def _said(answer: Answer, text: str) -> str:
    return f'<p class="vigie-said" lang="{answer.language}">{safe(text)}</p>'


def _show_answered(answer: Answer, turn: Turn, number: int) -> None:
    """What was written, if anything writes, then the quotes in the shape that was asked for."""
    st.html(_said(answer, answer.introduction))
    show_summary(turn, answer, number)
    for note in answer.notes:
        st.html(f'<p class="vigie-note vigie-status" lang="{answer.language}">{safe(note)}</p>')
    if any(citation.nearest for citation in answer.citations):
        note = labels(answer.language).highlighted
        st.html(f'<p class="vigie-note" lang="{answer.language}">{safe(note)}</p>')
    if answer.shape == "checklist":
        show_checklist(answer, turn, number)
    elif answer.shape == "where":
        show_places(answer, turn, number)
    else:
        if turn.writing or answer.summary:
            st.html(f'<p class="vigie-said">{safe(wording(answer.language).in_the_text)}</p>')
        show_quotes(answer, turn, number)
    _show_shapes(turn, answer, number)


def _show_shapes(turn: Turn, answer: Answer, number: int) -> None:
    """The same question, asked again in another shape."""
    text = labels(answer.language)
    with st.container(key=f"shapes-{number}", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<p class="vigie-note">{text.reshape}</p>', width="content")
        for shape, label in text.shapes.items():
            if shape != answer.shape and (shape != "definition" or definable(answer.standalone_question)):
                st.button(
                    plain_label(label), key=f"shape-{number}-{shape}",
                    on_click=ask, args=(turn.asked_again(answer), shape, answer.language),
                )  # fmt: skip


def _show_suggestions(answer: Answer, number: int) -> None:
    if not answer.suggestions:
        return
    text = labels(answer.language)
    with st.container(key=f"suggestions-{number}"):
        st.html(f"<h3>{text.nearest if answer.verdict == 'not_in_guide' else text.further}</h3>")
        for place, question in enumerate(answer.suggestions):
            st.button(plain_label(question), key=f"suggestion-{number}-{place}", on_click=ask, args=(question,))
