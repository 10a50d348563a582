"""The top of the page: which guide is served, where questions go, and the last conversations."""

from datetime import datetime
from urllib.parse import urlencode

import streamlit as st

from corpus import Guide, VigieError
from ui.chat.state import PARAMETER, owner_id
from ui.chat.text import safe
from ui.guide.address import LINK
from ui.kept import Conversations
from ui.serving import Open, sent_to
from ui.stored import database
from ui.wording import page_words

_RECENT = 3  # conversations to go on with


def show_guide(guide: Guide | None, *, small: bool) -> None:
    """The served guide's name and status; small once there is a conversation to read."""
    if guide is None:
        st.html(f'<header class="vigie-guide"><h1>Vigie</h1><p>{page_words().no_guide}</p></header>')
        return
    origin = " · ".join(safe(part) for part in (guide.issuer, guide.edition) if part)
    subtitle = f'<p class="vigie-subtitle">{safe(guide.subtitle)}</p>' if guide.subtitle else ""
    st.html(
        f'<header class="vigie-guide{" vigie-small" if small else ""}" lang="fr"><h1>{safe(guide.title)}</h1>{subtitle}'
        f'<p class="vigie-origin">{origin}</p></header>{_notice(guide)}'
    )


def _notice(guide: Guide) -> str:
    if not guide.notice:
        return ""
    tag = f"<strong>{page_words().demonstration}</strong> " if guide.demonstration else ""
    return f'<p class="vigie-notice" role="note">{tag}<span lang="fr">{safe(guide.notice)}</span></p>'


def show_sent_away() -> None:
    """Where an admin chose a server to write the answers, the page says so before anything is asked."""
    words = page_words()
    if host := sent_to():
        text = safe(words.sent_away.format(host=host))
        st.html(f'<p class="vigie-notice" role="note"><strong>{words.outside}</strong> {text}</p>')


def show_instead(served: Open) -> None:
    """Where the published version cannot be opened, readers know that they are on the one before it."""
    words = page_words()
    if served.instead:
        created = datetime.fromisoformat(served.assistant.searcher.version.manifest.created)
        text = safe(words.instead.format(day=created.strftime("%d/%m/%Y")))
        st.html(f'<p class="vigie-notice" role="note"><strong>{words.outside}</strong> {text}</p>')


def show_resume() -> None:
    """The last conversations, to go on with one; nothing where there are none, or they cannot be read."""
    try:
        recent = Conversations(database()).listed(owner_id(), limit=_RECENT)
    except VigieError:  # the reader did not ask for them: their own page says what is wrong
        return
    if not recent:
        return
    links = "".join(f'<li><a class="{LINK}" href="{_address(one.id)}">{safe(one.title)}</a></li>' for one in recent)
    st.html(f'<nav class="vigie-resume"><h2>{page_words().resume}</h2><ul>{links}</ul></nav>')


def _address(conversation: str) -> str:
    return safe(f"?{urlencode({PARAMETER: conversation})}")
