"""A page of a publication: its image, the passage asked for highlighted, the pages around it, and its text."""

import streamlit as st

from corpus import Passage
from index import IndexedPublication, IndexVersion
from ui.chat.page_image import image_words, page_name, page_problem, show_page_image, show_problem
from ui.chat.text import plain_label, safe
from ui.chat.wording import labels
from ui.guide.address import Place, link
from ui.guide.contents import Contents
from ui.guide.heading import show_heading, steps_to, words
from ui.guide.marking import Phrase, marker_of
from ui.guide.publication import section_title
from ui.guide.reading import passage_html
from ui.language import interface_language


def show_page_view(
    version: IndexVersion, publication: IndexedPublication, contents: Contents, place: Place, wanted: frozenset[Phrase]
) -> None:
    """The physical page of the place, which the publication has. Only this page is drawn."""
    language = interface_language()
    section = contents.holding(place.passage)
    above = [*contents.above(section), section] if section and section.path else []
    name = page_name(publication, place.page, labels(language))
    title = words().page_title.format(title=publication.title, page=name)
    show_heading(title, publication.language, place, steps_to(publication, place, above))
    _show_turning(publication, place)
    if problem := page_problem(publication, language):
        show_problem(problem)
    else:
        enlarged = st.toggle(plain_label(image_words(language).enlarge), key="guide-enlarge")
        characters = _characters(version, contents, place)
        show_page_image(publication, place.page, characters, language, "guide", enlarged=enlarged)
        _show_turning(publication, place)
    _show_text(version, publication, contents, place, wanted)


def _characters(version: IndexVersion, contents: Contents, place: Place) -> list[int]:
    """The raw characters, on this page, of the passage asked for."""
    row = contents.by_id.get(place.passage)
    if row is None:
        return []
    passage = version.passages[row]
    return passage.raw_characters(0, len(passage.text)).get(place.page, [])


def _show_turning(publication: IndexedPublication, place: Place) -> None:
    said = image_words(interface_language())
    turns = ((place.page - 1, said.previous), (place.page + 1, said.next))
    links = "".join(
        f"<li>{link(_at(place, page), safe(label))}</li>" for page, label in turns if 1 <= page <= publication.pages
    )
    if links:
        st.html(f'<ul class="vigie-turn">{links}</ul>')


def _at(place: Place, page: int) -> Place:
    return Place(place.publication, page=page, passage=place.passage, q=place.q, scope=place.scope)


def _show_text(
    version: IndexVersion, publication: IndexedPublication, contents: Contents, place: Place, wanted: frozenset[Phrase]
) -> None:
    """The passages that stand on the page, whole, for those who cannot see the image or want to copy."""
    passages = version.passages.rows(contents.by_page.get(place.page, ()))
    with st.container(key="guide-page-text"), st.expander(plain_label(words().on_page)):
        if not passages:
            st.html(f'<p class="vigie-note">{safe(words().no_text)}</p>')
            return
        st.html("".join(_with_headings(passages, publication, contents, place, wanted)))


def _with_headings(
    passages: list[Passage],
    publication: IndexedPublication,
    contents: Contents,
    place: Place,
    wanted: frozenset[Phrase],
) -> list[str]:
    """Each section's heading above its first passage of the page, as a link to the section."""
    parts: list[str] = []
    above = ""
    for passage in passages:
        section = contents.holding(passage.id)
        if section and section.key != above:
            above = section.key
            to = Place(publication.id, passage=passage.id, q=place.q, scope=place.scope)
            parts.append(f"<h2>{link(to, safe(section_title(section, contents)))}</h2>")
        here = " vigie-marked" if passage.id == place.passage else ""
        parts.append(f'<div class="vigie-passage{here}">{passage_html(passage.text, marker_of(wanted))}</div>')
    return [f'<div class="vigie-text" lang="{safe(publication.language)}">', *parts, "</div>"]
