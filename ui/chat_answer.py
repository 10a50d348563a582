"""What Vigie replies: an answer with its citations, an abstention, a plain message, or a failure."""

import streamlit as st

from assistant import Answer, Citation
from ui import chat_wording as words
from ui.chat_failure import Failure, show_failure
from ui.chat_source import show_citation
from ui.chat_state import Turn, ask
from ui.chat_text import plain_label, safe
from ui.chat_wording import labels


def show_question(question: str) -> None:
    """The reader's own words."""
    st.html(
        f'<div class="vigie-asked"><h2><span class="vigie-unseen">{words.ASKED} : </span>{safe(question)}</h2></div>'
    )


def show_reply(turn: Turn, number: int) -> None:
    """The reply to a turn, sent to the browser piece by piece."""
    if isinstance(turn.reply, Failure):
        show_failure(turn.reply)
    elif turn.reply is not None:
        _show_answer(turn.reply, turn, number)


def _show_answer(answer: Answer, turn: Turn, number: int) -> None:
    if answer.standalone_question not in (answer.question, turn.question):
        understood = labels(answer.language).understood
        st.html(f'<p class="vigie-understood">{understood} {safe(answer.standalone_question)}</p>')
    _show_reading(answer)
    if answer.verdict == "answered":
        st.html(_said(answer, answer.introduction))
        _show_citations(answer, turn, number)
    elif answer.verdict == "not_in_guide":
        title = labels(answer.language).silent
        st.html(f'<div class="vigie-silent" lang="{answer.language}"><h3>{title}</h3><p>{safe(answer.text)}</p></div>')
    else:
        st.html(_said(answer, answer.text))
    _show_suggestions(answer, number)
    if turn.notice:
        st.html(f'<p class="vigie-reminder">{safe(turn.notice)}</p>')


def _show_reading(answer: Answer) -> None:
    """The words that were read as others, and those searched besides: the reader may see a misunderstanding."""
    text, reading = labels(answer.language), answer.reading
    notes = [text.read_as.format(typed=c.typed, read_as=c.read_as) for c in reading.corrections]
    notes += [text.also.format(term=e.term, added=e.added) for e in reading.expansions]
    if notes:
        st.html(f'<p class="vigie-understood">{safe(" · ".join(notes))}</p>')


def _said(answer: Answer, text: str) -> str:
    return f'<p class="vigie-said" lang="{answer.language}">{safe(text)}</p>'


def _show_citations(answer: Answer, turn: Turn, number: int) -> None:
    """Quotes under the section each comes from."""
    heading = ""
    for citation in answer.citations:
        if (mine := _heading(citation)) != heading:
            heading = mine
            st.html(heading)
        publication = turn.publication(citation.passage.publication)
        show_citation(citation, publication, answer.language, f"{number}-{citation.n}")


def _heading(citation: Citation) -> str:
    *above, last = citation.passage.section or (citation.title,)
    parts = list(dict.fromkeys([citation.title, *above]))
    if len(parts) > 1 and parts[0].endswith(parts[1]):  # « II. Sécurité économique », then « Sécurité économique »
        del parts[1]
    over = f'<p class="vigie-over">{safe(" › ".join(parts))}</p>' if citation.passage.section else ""
    return f'<div class="vigie-section">{over}<h3>{safe(last)}</h3></div>'


def _show_suggestions(answer: Answer, number: int) -> None:
    if not answer.suggestions:
        return
    text = labels(answer.language)
    with st.container(key=f"suggestions-{number}"):
        st.html(f"<h3>{text.nearest if answer.verdict == 'not_in_guide' else text.further}</h3>")
        for place, question in enumerate(answer.suggestions):
            st.button(plain_label(question), key=f"suggestion-{number}-{place}", on_click=ask, args=(question,))
