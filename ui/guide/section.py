"""A section: its text in reading order, each passage with its page, and the ways on from there."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import streamlit as st

from corpus import Passage
from index import IndexedPublication, IndexVersion
from ui.chat.page_image import printed
from ui.chat.state import ask
from ui.chat.text import plain_label, safe
from ui.chat.wording import labels
from ui.guide.address import Place, link
from ui.guide.contents import Contents, Section
from ui.guide.heading import show_heading, steps_to, words
from ui.guide.marking import Phrase, marker_of
from ui.guide.publication import section_title
from ui.guide.question import section_question
from ui.guide.reading import passage_html
from ui.language import interface_language
from ui.pages import go_to

MOST = 100  # passages in a view; a section that has more is read in parts


def show_section(
    version: IndexVersion,
    publication: IndexedPublication,
    contents: Contents,
    section: Section,
    place: Place,
    wanted: frozenset[Phrase],
) -> None:
    """The section, or the part of it that the place is in, the `wanted` terms marked."""
    above = contents.above(section)
    page = printed(section.label, labels(interface_language()))
    show_heading(
        section_title(section, contents), publication.language, place, steps_to(publication, place, above),
        f'<p class="vigie-origin">{safe(page)}</p>',
    )  # fmt: skip
    _show_asking(publication, contents, section)
    part = _part(section, contents, place)
    rows = section.rows[MOST * (part - 1) : MOST * part]
    _show_passages(version.passages.rows(rows), publication, place, wanted)
    _show_inside(publication, contents, section, place)
    _show_onward(publication, contents, section, replace(place, part=part))


def _show_asking(publication: IndexedPublication, contents: Contents, section: Section) -> None:
    """The question goes to the conversation, which is another page."""
    language = interface_language()
    if st.button(plain_label(words().ask), key=f"guide-ask-{section.key}"):
        ask(section_question(section, contents, publication, language), language=language)
        go_to("chat")


def _part(section: Section, contents: Contents, place: Place) -> int:
    """The part of a long section: the one with the passage that is asked for, or the one in the address."""
    row = contents.by_id.get(place.passage, -1)
    if row in section.rows:
        return section.rows.index(row) // MOST + 1
    return max(1, min(place.part, -(-len(section.rows) // MOST)))


def _show_passages(
    passages: Sequence[Passage], publication: IndexedPublication, place: Place, wanted: frozenset[Phrase]
) -> None:
    if passages:
        shown = "".join(passage_block(p, publication, place, wanted) for p in passages)
        st.html(f'<div class="vigie-text">{shown}</div>')


def passage_block(passage: Passage, publication: IndexedPublication, place: Place, wanted: frozenset[Phrase]) -> str:
    """A passage as HTML, with its printed pages and a link to the image of the first, where it is highlighted."""
    text = labels(interface_language())
    first, last = passage.pages
    ends = [passage.label(page) for page in dict.fromkeys((first, last))]
    pages = printed("–".join(ends), text)
    seen = Place(publication.id, page=first, passage=passage.id, q=place.q, scope=place.scope)
    see = link(seen, words().see_page, says=f"{words().see_page} : {pages}")
    here = " vigie-here" if passage.id == place.passage else ""
    return (
        f'<div class="vigie-passage{here}"><div lang="{safe(publication.language)}">'
        f"{passage_html(passage.text, marker_of(wanted))}</div>{_recognised(passage)}"
        f'<p class="vigie-whence"><span>{safe(pages)}</span> {see}</p></div>'
    )


def _recognised(passage: Passage) -> str:
    if passage.ocr is None:
        return ""
    note = labels(interface_language()).recognised.format(share=round(100 * passage.ocr))
    return f'<p class="vigie-recognised" role="note">{safe(note)}</p>'


def _show_inside(publication: IndexedPublication, contents: Contents, section: Section, place: Place) -> None:
    inside = contents.under(section)
    if not inside:
        return
    items = "".join(f"<li>{_to(publication, other, contents, place)}</li>" for other in inside)
    language = safe(publication.language)
    st.html(f'<div class="vigie-inside"><h2>{words().under}</h2><ul lang="{language}">{items}</ul></div>')


def _to(publication: IndexedPublication, section: Section, contents: Contents, place: Place) -> str:
    name = safe(section_title(section, contents))
    page = safe(printed(section.label, labels(interface_language())))
    to = link(Place(publication.id, section.key, q=place.q, scope=place.scope), name)
    return f'{to} <span class="vigie-printed">{page}</span>'


def _show_onward(publication: IndexedPublication, contents: Contents, section: Section, place: Place) -> None:
    """The parts before and after in a long section, then the sections before and after."""
    onward = "".join([*_parts(publication, section, place), *_neighbours(publication, contents, section, place)])
    if onward:
        st.html(f'<nav class="vigie-onward" aria-label="{words().neighbours}">{onward}</nav>')


def _parts(publication: IndexedPublication, section: Section, place: Place) -> Iterator[str]:
    at = Place(publication.id, section.key, q=place.q, scope=place.scope)
    if place.part > 1:
        yield f"<p>{link(replace(at, part=place.part - 1), words().earlier_part)}</p>"
    if place.part * MOST < len(section.rows):
        yield f"<p>{link(replace(at, part=place.part + 1), words().later_part)}</p>"


def _neighbours(publication: IndexedPublication, contents: Contents, section: Section, place: Place) -> Iterator[str]:
    for other, label in zip(contents.around(section), (words().before, words().after), strict=True):
        if other:
            to = Place(publication.id, other.key, q=place.q, scope=place.scope)
            name = f'<span class="vigie-over">{label}</span> '
            title = f'<span lang="{safe(publication.language)}">{safe(section_title(other, contents))}</span>'
            yield f"<p>{link(to, name + title)}</p>"
