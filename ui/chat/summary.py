"""What a generator wrote above the quotes: sentence by sentence while it comes, then for good."""

import streamlit as st

from assistant import Answer, Citation, Statement, bare
from ui.chat.state import stop_writing
from ui.chat.text import anchor, printed_page, safe
from ui.chat.turn import Turn
from ui.chat.wording import Labels, labels

_LONGEST_TIP = 280  # characters of a quote shown over its marker
_POLL = 0.4  # seconds between two looks at a thread that gives a sentence every few seconds


def show_summary(turn: Turn, answer: Answer, number: int) -> None:
    """The sentences of `answer`, the turn's latest; those to come are added without the page running again."""
    if turn.writing:
        _show_growing(turn, number, len(answer.citations))
        return
    text = labels(answer.language)
    if answer.summary:
        st.html(summary_html(turn, answer, number))
    if turn.stopped:
        st.html(f'<p class="vigie-note vigie-status">{text.stopped}</p>')
    elif answer.summary:
        st.html(f'<p class="vigie-unseen vigie-status">{text.written}</p>')


@st.fragment(run_every=_POLL)
def _show_growing(turn: Turn, number: int, drawn: int) -> None:
    """Looks at the thread that writes; a new citation, or the end, runs the whole page again."""
    writing = turn.writing
    if writing is None:
        return
    answer = writing.latest
    if writing.done or len(answer.citations) != drawn:
        st.rerun()
    text = labels(answer.language)
    with st.container(key=f"writing-{number}", gap="small"):
        st.html(summary_html(turn, answer, number))
        with st.container(key=f"status-{number}", horizontal=True, vertical_alignment="center"):
            said = text.waiting.format(place=writing.place) if writing.place else text.writing
            st.html(f'<p class="vigie-note vigie-status">{safe(said)}</p>', width="content")
            st.button(text.stop, key=f"stop-{number}", on_click=stop_writing, args=(number,))


def summary_html(turn: Turn, answer: Answer, number: int) -> str:
    """Sentences with their markers, each said to be the text's or reworded."""
    said = " ".join(_sentence(turn, answer, statement, number) for statement in answer.summary)
    return f'<div class="vigie-summary" lang="{answer.language}">{f"<p>{said}</p>" if said else ""}</div>'


def _sentence(turn: Turn, answer: Answer, statement: Statement, number: int) -> str:
    text = labels(answer.language)
    cited = [citation for citation in answer.citations if citation.n in statement.citations]
    marks = "".join(_mark(c, turn, anchor(f"{number}-{c.n}"), text) for c in cited)
    quoted = statement.support == "quoted"
    language = turn.publication(cited[0].passage.publication).language if quoted and cited else answer.language
    said = f"« {bare(statement.text)} »" if quoted else bare(statement.text)
    kind, tip = (text.quoted, text.quoted_tip) if quoted else (text.reworded, text.reworded_tip)
    return (
        f'<span lang="{safe(language)}">{safe(said)}</span>&nbsp;{marks}&nbsp;'
        f'<span class="vigie-kind vigie-{"quoted" if quoted else "reworded"}" title="{safe(tip)}">{kind}</span>'
    )


def _mark(citation: Citation, turn: Turn, target: str, text: Labels) -> str:
    """A link to the quote, which is also shown over it to who points there; a screen reader follows the link."""
    named, language = safe(text.to_quote.format(n=citation.n)), turn.publication(citation.passage.publication).language
    quote, page = _cut(citation.quote), printed_page(citation, text)
    said = f'<span lang="{safe(language)}">{safe(f"« {quote} »")}</span><b>{safe(page)}</b>'
    tip = f'<span class="vigie-tip" aria-hidden="true">{said}</span>'
    return f'<a class="vigie-mark" href="#{safe(target)}" aria-label="{named}">[{citation.n}]{tip}</a>'


def _cut(quote: str) -> str:
    line = " ".join(quote.split())
    return line if len(line) <= _LONGEST_TIP else f"{line[:_LONGEST_TIP].rsplit(' ', 1)[0]}…"
