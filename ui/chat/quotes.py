"""The quotes of an answer under their sections; those that are needed, then the others on demand."""

from collections.abc import Sequence

import streamlit as st

from assistant import Answer, Citation, headings_over
from ui.chat.source import Cited, show_citation
from ui.chat.text import plain_label, safe
from ui.chat.turn import Turn
from ui.chat.wording import labels


def show_quotes(answer: Answer, turn: Turn, number: int) -> None:
    """The quotes that are needed, and those the summary rests on, whose markers must lead somewhere; what only comes
    near folded away."""
    said = {n for statement in answer.summary for n in statement.citations}
    shown = [c for c in answer.citations if not c.further or c.n in said]
    others = [c for c in answer.citations if c not in shown]
    _show(shown, answer, turn, number)
    if others:
        text = labels(answer.language)
        label = text.others.format(n=len(others)) if len(others) > 1 else text.other
        with st.container(key=f"others-{number}"), st.expander(plain_label(label)):
            _show(others, answer, turn, number)


def _show(citations: Sequence[Citation], answer: Answer, turn: Turn, number: int) -> None:
    above = ""
    for citation in citations:
        if (mine := heading_html(citation)) != above:
            above = mine
            st.html(above)
        show_citation(Cited.of(citation, answer, turn, number))


def heading_html(citation: Citation) -> str:
    """The section a citation comes from, under what stands above it."""
    *above, last = headings_over(citation.title, citation.section)
    over = f'<p class="vigie-over">{safe(" › ".join(above))}</p>' if above else ""
    return f'<div class="vigie-section">{over}<h3>{safe(last)}</h3></div>'
