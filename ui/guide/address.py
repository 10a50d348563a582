"""What the page's address asks to see, and the links that lead there."""

import html
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

import streamlit as st

LINK = "vigie-go"  # the class of links that the page's script follows without loading the page anew


@dataclass(frozen=True)
class Place:
    """A view: the list (nothing set), search results (`q`), a publication, one of its sections, or a physical page.

    `q` and `scope` stay in the address of what was opened from results, so that the way back to them is known.
    `part`: of a section too long for one view. `passage`: the id of the one to show among the others.
    """

    publication: str = ""
    section: str = ""
    part: int = 1
    page: int = 0
    passage: str = ""
    q: str = ""
    scope: str = ""

    @property
    def results(self) -> "Place":
        """The search results that this was opened from."""
        return Place(q=self.q, scope=self.scope)

    def parameters(self) -> dict[str, str]:
        """The address's parameters: what is not as by default."""
        return {name: str(value) for name, value in asdict(self).items() if value != getattr(_LIST, name)}


_LIST = Place()


def current_place() -> Place:
    """The place of this page's address; what cannot be read in it counts as not given."""
    given = st.query_params
    texts = {name: given.get(name, "") for name in ("publication", "section", "passage", "q", "scope")}
    return Place(part=_number(given.get("part", "")) or 1, page=_number(given.get("page", "")), **texts)


def go(place: Place) -> None:
    """Make it the place of the address, which the rest of the run does not follow. For callbacks."""
    st.query_params.from_dict(place.parameters())


def href(place: Place) -> str:
    """Its address, relative to this page's, for an HTML attribute."""
    return html.escape(f"?{urlencode(place.parameters())}")


def link(place: Place, label: str, *, says: str = "", current: bool = False) -> str:
    """An HTML link; `label` is HTML, `says` is what a screen reader says instead, as plain text."""
    named = f' aria-label="{html.escape(says)}"' if says else ""
    here = ' aria-current="page"' if current else ""
    return f'<a class="{LINK}" href="{href(place)}"{named}{here}>{label}</a>'


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
