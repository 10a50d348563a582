"""« Le recueil »: the page, run again at each action, shows what its address asks for."""

from pathlib import Path

import streamlit as st

from assistant import Assistant
from corpus import VigieError
from index import IndexVersion
from ui.chat.failure import Failure, show_failure
from ui.chat.text import safe
from ui.guide.address import Place, current_place, link
from ui.guide.contents import Contents, Section, contents_of
from ui.guide.heading import guide_title, show_heading, words
from ui.guide.publication import show_contents, show_publication_heading
from ui.guide.results import show_results
from ui.guide.search import show_box, wanted
from ui.guide.search import words as search_said
from ui.guide.section import show_section
from ui.guide.shelf import show_shelves
from ui.guide.viewer import show_page_view

_STYLE = Path(__file__).resolve().parent / "guide.css"


def show_guide_page(assistant: Assistant) -> None:
    """The list, results, a publication, a section or a page. An address that is out of date is said, over the list."""
    st.html(_STYLE)
    try:
        _show(assistant, current_place())
    except VigieError as error:
        show_failure(Failure(error.message, error.remedy))


def _show(assistant: Assistant, place: Place) -> None:
    version = assistant.searcher.version
    if place.publication:
        _show_publication(version, place)
    elif place.q:
        show_results(assistant, place)
    else:
        _show_list(version, place)


def _show_list(version: IndexVersion, place: Place, problem: str = "") -> None:
    if problem:
        st.html(f'<p class="vigie-notice" role="status">{safe(problem)} {safe(words().to_list)}</p>')
    title, under = guide_title(version.manifest)
    show_heading(title, "fr", place, under=under)
    show_box(version, Place())
    show_shelves(version.manifest)


def _show_publication(version: IndexVersion, place: Place) -> None:
    publication = next((p for p in version.manifest.publications if p.id == place.publication), None)
    if publication is None:
        _show_list(version, place, words().silent["publication"])
        return
    contents = contents_of(version, publication.id)
    section = _section(contents, place)
    if place.q:
        st.html(f'<p class="vigie-back">{link(place.results, safe(search_said().back.format(q=place.q)))}</p>')
    if place.page > publication.pages:
        _show_list(version, place, words().silent["page"].format(page=place.page))
    elif place.page:
        show_page_view(version, publication, contents, place, wanted(version, place))
    elif section:
        show_section(version, publication, contents, section, place, wanted(version, place))
    elif place.section or place.passage:
        _show_list(version, place, words().silent["section"])
    else:
        show_publication_heading(publication, place)
        show_box(version, place)
        show_contents(publication, contents)


def _section(contents: Contents, place: Place) -> Section | None:
    """The section that is named, or else the one that holds the passage that is."""
    return contents.find(place.section) if place.section else contents.holding(place.passage)
