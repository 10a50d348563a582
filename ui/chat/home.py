"""The top of the page and its first screen: which guide is served, and questions to start from."""

from datetime import datetime

import streamlit as st

from assistant import Assistant, wording
from corpus import Guide, Pillar
from ui.chat import wording as words
from ui.chat.state import Open, ask, sent_to, start_again
from ui.chat.text import plain_label, safe

_MOST_EXAMPLES, _LOOKED_AT, _LONGEST = 6, 30, 90


def show_bar(*, started: bool) -> None:
    """The bar that stays in view: the name, and a way to start again."""
    with st.container(key="bar", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.html('<p class="vigie-name"><span aria-hidden="true"></span>Vigie</p>', width="content")
        if started:
            st.button(words.NEW_CONVERSATION, key="start-again", on_click=start_again)


def show_guide(guide: Guide | None, *, small: bool) -> None:
    """The served guide's name and status; small once there is a conversation to read."""
    if guide is None:
        st.html('<header class="vigie-guide"><h1>Vigie</h1><p>Réponses citées, page à l’appui.</p></header>')
        return
    origin = " · ".join(safe(part) for part in (guide.issuer, guide.edition) if part)
    subtitle = f'<p class="vigie-subtitle">{safe(guide.subtitle)}</p>' if guide.subtitle else ""
    st.html(
        f'<header class="vigie-guide{" vigie-small" if small else ""}"><h1>{safe(guide.title)}</h1>{subtitle}'
        f'<p class="vigie-origin">{origin}</p></header>{_notice(guide)}'
    )


def _notice(guide: Guide) -> str:
    if not guide.notice:
        return ""
    tag = f"<strong>{words.DEMONSTRATION}</strong> " if guide.demonstration else ""
    return f'<p class="vigie-notice" role="note">{tag}{safe(guide.notice)}</p>'


def show_sent_away() -> None:
    """Where an admin chose a server to write the answers, the page says so before anything is asked."""
    if host := sent_to():
        text = safe(words.SENT_AWAY.format(host=host))
        st.html(f'<p class="vigie-notice" role="note"><strong>{words.OUTSIDE}</strong> {text}</p>')


def show_instead(served: Open) -> None:
    """Where the published version cannot be opened, readers know that they are on the one before it."""
    if served.instead:
        created = datetime.fromisoformat(served.assistant.searcher.version.manifest.created)
        text = safe(words.INSTEAD.format(day=created.strftime("%d/%m/%Y")))
        st.html(f'<p class="vigie-notice" role="note"><strong>{words.OUTSIDE}</strong> {text}</p>')


def show_examples(assistant: Assistant) -> None:
    """Questions by pillar or, where the guide has none, on its sections."""
    guide = assistant.searcher.version.manifest.guide
    privacy = "" if sent_to() else f" {words.PRIVACY}"
    st.html(
        f'<div class="vigie-start"><h2>{words.START}</h2><p>{words.START_HINT}</p><p>{words.QUOTED}{privacy}</p></div>'
    )
    pillars = [pillar for pillar in guide.pillars if pillar.questions] if guide else []
    if pillars:
        _show_pillars(pillars)
        return
    with st.container(key="examples"):
        for number, question in enumerate(_section_questions(assistant)):
            _show_question(question, f"example-{number}")


def _show_pillars(pillars: list[Pillar]) -> None:
    for first in range(0, len(pillars), 2):
        for column, pillar in zip(st.columns(2), pillars[first : first + 2], strict=False):
            with column.container(key=f"pillar-{pillar.id}", border=True, height="stretch"):
                about = f"<p>{safe(pillar.description)}</p>" if pillar.description else ""
                st.html(f"<h3>{safe(pillar.title)}</h3>{about}")
                for number, question in enumerate(pillar.questions):
                    _show_question(question, f"example-{pillar.id}-{number}")


def _show_question(question: str, key: str) -> None:
    st.button(plain_label(question), key=key, on_click=ask, args=(question,), width="stretch")


def _section_questions(assistant: Assistant) -> list[str]:
    """Questions on the first headings met, from passages taken all along the version."""
    version = assistant.searcher.version
    rows = range(0, len(version.passages), max(1, len(version.passages) // _LOOKED_AT))
    passages = version.passages.rows(rows)
    names = dict.fromkeys(p.section[0] if p.section else version.publication(p.publication).title for p in passages)
    short = [name for name in names if len(name) <= _LONGEST]
    return [wording("fr").suggestion.format(section=name) for name in short[:_MOST_EXAMPLES]]
