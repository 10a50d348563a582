"""The top of a view: the way down to it, its title, and what is said under the title."""

from collections.abc import Sequence

import streamlit as st

from corpus import Guide
from index import IndexedPublication, Manifest
from ui.chat.text import safe
from ui.export.dates import edition_in_full
from ui.guide.address import Place, link
from ui.guide.contents import Section
from ui.guide.wording import GuideWords, guide_words
from ui.language import interface_language
from ui.wording import page_words

Step = tuple[Place, str, str]  # a view above, what it is called, and in which language


def words() -> GuideWords:
    """The words of the interface's language."""
    return guide_words(interface_language())


def show_heading(title: str, language: str, place: Place, steps: Sequence[Step] = (), under: str = "") -> None:
    """`title` is plain text; `under` is HTML. The page's script moves the keyboard to the title of a new view."""
    crumbs = "".join(f'<li lang="{safe(spoken)}">{link(above, safe(name))}</li>' for above, name, spoken in steps)
    path = f'<nav class="vigie-crumbs" aria-label="{words().path}"><ol>{crumbs}</ol></nav>' if crumbs else ""
    view = safe("&".join(f"{name}={value}" for name, value in place.parameters().items()))
    st.html(
        f'{path}<header class="vigie-top"><h1 class="vigie-view" tabindex="-1" data-view="{view}" '
        f'lang="{safe(language)}">{safe(title)}</h1>{under}</header>'
    )


def steps_to(publication: IndexedPublication, place: Place, above: Sequence[Section] = ()) -> list[Step]:
    """The views above one of a publication's: the list, the publication, the sections over it."""
    q, scope = place.q, place.scope
    spoken = publication.language
    return [
        (Place(), words().guide, interface_language()),
        (Place(publication.id, q=q, scope=scope), publication.title, spoken),
        *((Place(publication.id, s.key, q=q, scope=scope), s.path[-1], spoken) for s in above),
    ]


def origin(publication: IndexedPublication) -> str:
    """« Projet Vigie · 2026-11 · 9 pages », as HTML; and the pages that could not be read."""
    count = words().one_page if publication.pages == 1 else words().pages.format(n=publication.pages)
    edition = edition_in_full(publication.edition, interface_language())
    said = " · ".join(safe(part) for part in (publication.issuer, edition, count) if part)
    return f'<p class="vigie-origin">{said}</p>{_unreadable(publication)}'


def _unreadable(publication: IndexedPublication) -> str:
    pages = publication.unreadable_pages
    if not pages:
        return ""
    note = words().one_unreadable if len(pages) == 1 else words().unreadable
    return f'<p class="vigie-missing" role="note">{safe(note.format(pages=", ".join(map(str, pages))))}</p>'


def guide_title(manifest: Manifest) -> tuple[str, str]:
    """The name of what is served, and under it, as HTML, its subtitle, origin and status."""
    guide = manifest.guide
    if guide is None:
        return words().guide, ""
    said = " · ".join(safe(part) for part in (guide.issuer, guide.edition) if part)
    subtitle = f'<p class="vigie-subtitle" lang="fr">{safe(guide.subtitle)}</p>' if guide.subtitle else ""
    return guide.title, f'{subtitle}<p class="vigie-origin" lang="fr">{said}</p>{_notice(guide)}'


def _notice(guide: Guide) -> str:
    if not guide.notice:
        return ""
    tag = f"<strong>{page_words().demonstration}</strong> " if guide.demonstration else ""
    return f'<p class="vigie-notice" role="note">{tag}<span lang="fr">{safe(guide.notice)}</span></p>'
