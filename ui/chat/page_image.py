"""A page of a publication as an image: why it cannot be shown, what it is called, and its pixels, drawn once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from assistant import Language
from corpus import render_page, sha256_of
from index import IndexedPublication
from ui.chat.text import safe
from ui.chat.wording import Labels

# Pixels. The column shows a page on 760: 1000 stays sharp on most screens, and 1600 serves the enlarged page.
_WIDTH, _ENLARGED = 1000, 1600
_KEPT = 64  # images; a page of the guide is about 0.07 MB, twice that enlarged
_SHORT_LABEL = re.compile(r"[\dA-Za-z.-]{1,6}(?:–[\dA-Za-z.-]{1,6})?")  # « 23 », « iv–v »


@dataclass(frozen=True)
class ImageWords:
    """What is said around a page image."""

    previous: str
    next: str
    back: str
    enlarge: str
    page: str
    quoted_page: str
    missing: str
    changed: str


_FRENCH = ImageWords(
    previous="Page précédente",
    next="Page suivante",
    back="Revenir à la page citée",
    enlarge="Agrandir la page",
    page="Page {page} du PDF « {title} »",
    quoted_page="Page {page} du PDF « {title} », la citation surlignée en jaune",
    missing=(
        "Le fichier PDF de cette publication n’est plus à sa place : la page ne peut pas être montrée. Le texte cité "
        "reste celui qui a été indexé. L’administrateur peut remettre le fichier ; « vigie doctor » dit lequel."
    ),
    changed=(
        "Le fichier PDF de cette publication a changé depuis qu’il a été indexé : la page n’est plus sûre. Le texte "
        "cité reste celui qui a été indexé. L’administrateur peut relancer « vigie index build »."
    ),
)
_ENGLISH = ImageWords(
    previous="Previous page",
    next="Next page",
    back="Back to the quoted page",
    enlarge="Enlarge the page",
    page="Page {page} of the PDF “{title}”",
    quoted_page="Page {page} of the PDF “{title}”, the quote highlighted in yellow",
    missing=(
        "The PDF file of this publication is no longer in its place: the page cannot be shown. The text quoted is "
        "still the one that was indexed. The administrator can put the file back; “vigie doctor” says which."
    ),
    changed=(
        "The PDF file of this publication has changed since it was indexed: the page can no longer be trusted. The "
        "text quoted is still the one that was indexed. The administrator can run “vigie index build” again."
    ),
)
_WORDS: dict[Language, ImageWords] = {"fr": _FRENCH, "en": _ENGLISH}


def image_words(language: Language) -> ImageWords:
    """The words of a language."""
    return _WORDS[language]


def page_problem(publication: IndexedPublication, language: Language) -> str:
    """Why its pages cannot be shown (file lost, or no longer the one indexed), or nothing.

    A file that the server may not read is as good as lost.
    """
    path = Path(publication.path)
    try:
        if not path.is_file():
            return image_words(language).missing
        stat = path.stat()
        intact = _sha256(str(path), stat.st_mtime_ns, stat.st_size) == publication.sha256
    except OSError:
        return image_words(language).missing
    return "" if intact else image_words(language).changed


def printed(label: str, text: Labels) -> str:
    """« p. 23 », « p. iv–v », or the label where it is a word by itself, such as « Couverture »."""
    return text.printed.format(label=label) if _SHORT_LABEL.fullmatch(label) else label


def page_name(publication: IndexedPublication, page: int, text: Labels) -> str:
    """« p. 23 · page 25 du PDF »."""
    label = publication.labels[page - 1] if page <= len(publication.labels) else str(page)
    return f"{printed(label, text)} · {text.physical.format(page=page)}"


def show_page_image(
    publication: IndexedPublication,
    page: int,
    characters: Sequence[int],
    language: Language,
    key: str,
    *,
    enlarged: bool = False,
) -> None:
    """A page (physical) with these raw characters highlighted, as wide as the column, or wider and scrolled."""
    text = image_words(language)
    alt = (text.quoted_page if characters else text.page).format(page=page, title=publication.title)
    with st.container(key=f"{'enlarged' if enlarged else 'page'}-{key}-{page}"):
        image = page_image(publication, page, characters, _ENLARGED if enlarged else _WIDTH)
        st.image(image, width="stretch", output_format="PNG", alt=alt)


def show_problem(problem: str) -> None:
    """Why there is no image, in its place."""
    st.html(f'<p class="vigie-missing" role="note">{safe(problem)}</p>')


def page_image(publication: IndexedPublication, page: int, characters: Sequence[int], width: int = _WIDTH) -> bytes:
    """A page (physical) as PNG, `width` pixels wide. The last ones drawn are kept."""
    return _drawn(publication.sha256, page, tuple(characters), width, publication.path)


@st.cache_data(show_spinner=False, max_entries=1000)
def _sha256(path: str, modified: int, size: int) -> str:  # noqa: ARG001  (a touched file is hashed again)
    return sha256_of(Path(path))


@st.cache_data(show_spinner=False, max_entries=_KEPT)
def _drawn(sha256: str, page: int, characters: Sequence[int], width: int, _path: str) -> bytes:  # noqa: ARG001
    return render_page(Path(_path), page, characters, width)
