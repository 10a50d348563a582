"""The list of publications: by pillar where there is a guide, then its other chapters, then the others."""

from collections.abc import Iterator
from dataclasses import dataclass

import streamlit as st

from index import IndexedPublication, Manifest
from ui.chat.text import safe
from ui.guide.address import Place, link
from ui.guide.heading import origin, words


@dataclass(frozen=True)
class Shelf:
    """Publications under a title, in the order of the index."""

    title: str
    about: str
    publications: tuple[IndexedPublication, ...]


def shelves(manifest: Manifest) -> tuple[Shelf, ...]:
    """The shelves that hold something; one of all where the guide has no pillars, or there is no guide."""
    guide, every = manifest.guide, manifest.publications
    if guide is None or not guide.pillars:
        return (Shelf(words().publications, "", every),) if every else ()
    names = {pillar.id for pillar in guide.pillars}
    rest = [p for p in every if p.pillar not in names]
    found = [
        *(Shelf(p.title, p.description, tuple(q for q in every if q.pillar == p.id)) for p in guide.pillars),
        Shelf(words().rest, "", tuple(p for p in rest if guide.id in {p.guide, p.id})),
        Shelf(words().others, "", tuple(p for p in rest if guide.id not in {p.guide, p.id})),
    ]
    return tuple(shelf for shelf in found if shelf.publications)


def show_shelves(manifest: Manifest) -> None:
    """Each publication with its origin and a link to its contents."""
    found = shelves(manifest)
    if not found:
        st.html(f'<p class="vigie-note">{safe(words().nothing)}</p>')
        return
    parts = [part for shelf in found for part in _shelf_html(shelf)]
    st.html(f'<div class="vigie-shelves">{"".join(parts)}</div>')


def _shelf_html(shelf: Shelf) -> Iterator[str]:
    wide = " vigie-wide" if len(shelf.publications) > 1 else ""
    yield f'<section class="vigie-shelf{wide}"><h2 lang="fr">{safe(shelf.title)}</h2>'
    if shelf.about:
        yield f'<p lang="fr">{safe(shelf.about)}</p>'
    yield "<ul>"
    for publication in shelf.publications:
        title = link(Place(publication.id), safe(publication.title))
        yield f'<li><h3 lang="{safe(publication.language)}">{title}</h3>{origin(publication)}</li>'
    yield "</ul></section>"
