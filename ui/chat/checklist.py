"""A checklist: boxes to tick under their sections, each with its source, and a copy to take away."""

from collections.abc import Collection
from itertools import groupby

import streamlit as st

from assistant import Answer, Citation, bare, guide_name, section_heading
from ui.chat.quotes import heading_html
from ui.chat.source import Cited, numbered, show_marker, show_opened
from ui.chat.text import plain_label, printed_page, safe
from ui.chat.turn import Turn
from ui.chat.wording import labels
from ui.export.markdown_text import inert


@st.fragment
def show_checklist(answer: Answer, turn: Turn, number: int) -> None:
    """Only this part of the page runs again when a box is ticked; Streamlit keeps the ticks by the boxes' keys."""
    text = labels(answer.language)
    ticked: set[int] = set()
    above = ""
    for citation in answer.citations:
        if (mine := heading_html(citation)) != above:
            above = mine
            st.html(above)
        cited = Cited.of(citation, answer, turn, number)
        with st.container(key=f"line-{cited.key}", horizontal=True, gap="small"):
            if st.checkbox(plain_label(bare(citation.quote)), key=f"tick-{cited.key}"):
                ticked.add(citation.n)
            show_marker(cited, numbered(cited))
        show_opened(cited)
    progress = text.ticked.format(ticked=len(ticked), total=len(answer.citations))
    st.html(f'<p class="vigie-note">{safe(progress)}</p>')
    st.download_button(
        text.download, as_markdown(answer, ticked, demonstration=turn.demonstration), text.checklist_file,
        "text/markdown", key=f"download-{number}", on_click="ignore",
    )  # fmt: skip


def as_markdown(answer: Answer, ticked: Collection[int], *, demonstration: bool) -> str:
    """The list as a Markdown file whose heading says of which guide it is."""
    text = labels(answer.language)
    title = text.checklist.format(guide=guide_name(answer.language, demonstration))
    parts = [f"# {title}", inert(answer.standalone_question)]
    for section, citations in groupby(answer.citations, key=_section):
        lines = (_line(c, c.n in ticked, printed_page(c, text)) for c in citations)
        parts.append(f"## {inert(section)}\n\n" + "\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _section(citation: Citation) -> str:
    return section_heading(citation.section) or citation.title


def _line(citation: Citation, ticked: bool, page: str) -> str:
    return f"- [{'x' if ticked else ' '}] {inert(bare(citation.quote))} ({inert(citation.title)}, {inert(page)})"
