"""Questions to start from: by pillar and by kind of reader or, where the guide has none, on its sections."""

from collections.abc import Sequence

import streamlit as st

from assistant import Assistant, wording
from corpus import Guide, Pillar, Public
from ui.chat.state import ask
from ui.chat.text import plain_label, safe
from ui.language import interface_language
from ui.serving import sent_to
from ui.wording import page_words

_MOST, _LOOKED_AT, _LONGEST = 6, 30, 90


def show_examples(assistant: Assistant) -> None:
    """In the language of the interface where the guide gives them in it."""
    words, guide = page_words(), assistant.searcher.version.manifest.guide
    privacy = "" if sent_to() else f" {words.privacy}"
    st.html(
        f'<div class="vigie-start"><h2>{words.start}</h2><p>{words.start_hint}</p><p>{words.quoted}{privacy}</p></div>'
    )
    if guide and any(pillar.questions for pillar in guide.pillars):
        _show_pillars([pillar for pillar in guide.pillars if pillar.questions])
        _show_publics(guide)
        return
    with st.container(key="examples"):
        for number, question in enumerate(_section_questions(assistant)):
            _show_question(question, f"example-{number}")


def _show_pillars(pillars: Sequence[Pillar]) -> None:
    for first in range(0, len(pillars), 2):
        for column, pillar in zip(st.columns(2), pillars[first : first + 2], strict=False):
            with column.container(key=f"pillar-{pillar.id}", border=True, height="stretch"):
                about = f"<p>{safe(pillar.description)}</p>" if pillar.description else ""
                st.html(f'<div lang="fr"><h3>{safe(pillar.title)}</h3>{about}</div>')
                for number, question in enumerate(_spoken(pillar)):
                    _show_question(question, f"example-{pillar.id}-{number}")


def _show_publics(guide: Guide) -> None:
    publics = [public for public in guide.publics if public.questions]
    if not publics:
        return
    st.html(f'<div class="vigie-start"><h2>{page_words().by_public}</h2></div>')
    for first in range(0, len(publics), 2):
        for column, public in zip(st.columns(2), publics[first : first + 2], strict=False):
            with column.container(key=f"public-{public.id}", gap=None):
                st.html(f'<h3 lang="fr">{safe(public.title)}</h3>')
                for number, question in enumerate(_spoken(public)):
                    _show_question(question, f"example-{public.id}-{number}")


def _spoken(of: Pillar | Public) -> Sequence[str]:
    return (interface_language() == "en" and of.questions_en) or of.questions


def _show_question(question: str, key: str) -> None:
    st.button(plain_label(question), key=key, on_click=ask, args=(question,), width="stretch")


def _section_questions(assistant: Assistant) -> list[str]:
    """Questions on the first headings met, from passages taken all along the version."""
    version = assistant.searcher.version
    rows = range(0, len(version.passages), max(1, len(version.passages) // _LOOKED_AT))
    passages = version.passages.rows(rows)
    names = dict.fromkeys(p.section[0] if p.section else version.publication(p.publication).title for p in passages)
    short = [name for name in names if len(name) <= _LONGEST]
    return [wording("fr").suggestion.format(section=name) for name in short[:_MOST]]
