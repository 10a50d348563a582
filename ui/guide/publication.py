"""A publication: where it comes from, and its table of contents."""

from collections.abc import Iterator

import streamlit as st

from index import IndexedPublication
from ui.chat.page_image import printed
from ui.chat.text import safe
from ui.chat.wording import labels
from ui.guide.address import Place, link
from ui.guide.contents import Contents, Section
from ui.guide.heading import origin, show_heading, steps_to, words
from ui.language import interface_language


def show_publication_heading(publication: IndexedPublication, place: Place) -> None:
    """Its title, its origin, and a way to its pages."""
    leaf = link(Place(publication.id, page=1), safe(words().first_page))
    under = f'{origin(publication)}<p class="vigie-leaf">{leaf}</p>'
    show_heading(publication.title, publication.language, place, steps_to(publication, place)[:1], under)


def show_contents(publication: IndexedPublication, contents: Contents) -> None:
    """Sections as nested lists of headings, each a link with its first printed page."""
    entries = "".join(_entries(publication, contents))
    st.html(
        f'<nav class="vigie-contents" aria-labelledby="contents"><h2 id="contents">{words().contents}</h2>'
        f'<div lang="{safe(publication.language)}">{entries}</div></nav>'
    )


def section_title(section: Section, contents: Contents) -> str:
    """Its own heading; what stands before the first heading has none."""
    if section.path:
        return section.path[-1]
    return words().opening if len(contents.sections) > 1 else words().whole


def _entries(publication: IndexedPublication, contents: Contents) -> Iterator[str]:
    """A section is never more than one level below the one before it: each list opens inside an item."""
    level = 0
    for section in contents.sections:
        depth = max(1, len(section.path))
        yield "<ul>" if depth > level else "</li>" + "</ul></li>" * (level - depth)
        yield f"<li>{_entry(publication, section, contents, depth)}"
        level = depth
    yield "</li></ul>" * level


def _entry(publication: IndexedPublication, section: Section, contents: Contents, depth: int) -> str:
    tag = f"h{min(depth + 2, 6)}"  # under the title and « Sommaire »
    page = safe(printed(section.label, labels(interface_language())))
    name = link(Place(publication.id, section.key), safe(section_title(section, contents)))
    return f'<{tag}>{name} <span class="vigie-printed">{page}</span></{tag}>'
