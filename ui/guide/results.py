"""What a search found: passages with the words marked, each with its place and the ways to open it."""

from collections.abc import Iterator

import streamlit as st

from assistant import Assistant, headings_over
from index import IndexedPublication, IndexVersion, ScoredPassage
from ui.chat.page_image import printed
from ui.chat.text import safe
from ui.chat.wording import labels
from ui.guide.address import Place, link
from ui.guide.heading import show_heading
from ui.guide.heading import words as guide_said
from ui.guide.marking import Phrase, marker_of, wanted_phrases
from ui.guide.reading import passage_html
from ui.guide.search import Found, find, refused, scopes, show_box, words
from ui.language import interface_language
from ui.understood import reading_notes


def show_results(assistant: Assistant, place: Place) -> None:
    """The results for the place's `q` in its scope; in the whole guide where that part of it is gone."""
    version, language = assistant.searcher.version, interface_language()
    refusal = refused(place.q)
    title = words().box if refusal else words().results.format(q=place.q)
    show_heading(title, language, place, [(Place(), guide_said().guide, language)])
    show_box(version, place)
    if refusal:
        st.html(f'<p class="vigie-note">{safe(refusal)}</p>')
        return
    scope = place.scope if place.scope in scopes(version) else ""
    if scope != place.scope:
        st.html(f'<p class="vigie-note" role="note">{safe(words().stale)}</p>')
    _show_found(find(assistant, place.q, scope), version, Place(q=place.q, scope=scope))


def _show_found(found: Found, version: IndexVersion, place: Place) -> None:
    st.html(f'<p class="vigie-note vigie-status">{safe(_said(found))}</p>{_read(found)}')
    if not found.passages:
        st.html(f'<p class="vigie-note">{safe(words().none_advice)}</p>')
        return
    wanted = wanted_phrases(place.q, found.corrections, found.expansions)
    items = "".join(_item(p, version, place, wanted) for p in found.passages)
    st.html(f'<ol class="vigie-results">{items}</ol>')


def _said(found: Found) -> str:
    count = len(found.passages)
    if not count:
        return words().none
    if found.by_meaning:
        return words().by_meaning
    return words().found_one if count == 1 else words().found.format(n=count)


def _read(found: Found) -> str:
    notes = reading_notes(labels(interface_language()), found.corrections, found.expansions)
    return f'<p class="vigie-understood">{safe(" · ".join(notes))}</p>' if notes else ""


def _item(scored: ScoredPassage, version: IndexVersion, place: Place, wanted: frozenset[Phrase]) -> str:
    passage = scored.passage
    publication = version.publication(passage.publication)
    section = Place(publication.id, passage=passage.id, q=place.q, scope=place.scope)
    page = Place(publication.id, page=passage.pages[0], passage=passage.id, q=place.q, scope=place.scope)
    *above, last = headings_over(publication.title, passage.section)
    over = f'<p class="vigie-over">{safe(" › ".join(above))}</p>' if above else ""
    pages = printed(passage.label(passage.pages[0]), labels(interface_language()))
    see = link(page, guide_said().see_page, says=f"{guide_said().see_page} : {pages}")
    return (
        f'<li><div lang="{safe(publication.language)}">{over}<h2>{link(section, safe(last))}</h2>'
        f'<div class="vigie-found">{passage_html(passage.text, marker_of(wanted))}</div></div>'
        f'{"".join(_also(scored, version))}<p class="vigie-whence"><span>{safe(pages)}</span> {see}</p></li>'
    )


def _also(scored: ScoredPassage, version: IndexVersion) -> Iterator[str]:
    if scored.also_in:
        titles = ", ".join(dict.fromkeys(_twin(version.publication(p.publication)) for p in scored.also_in))
        yield f'<p class="vigie-note">{safe(words().also_in.format(titles=titles))}</p>'


def _twin(publication: IndexedPublication) -> str:
    return " ".join(part for part in (publication.title, publication.edition) if part)
