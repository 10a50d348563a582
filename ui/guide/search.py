"""The search in the guide: the box, where to look, and what is found, once for each thing searched."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from assistant import Assistant
from index import Correction, Expansion, Filters, IndexVersion, ScoredPassage
from ui.chat.text import plain_label, safe
from ui.guide.address import Place, go
from ui.guide.marking import Phrase, wanted_phrases
from ui.guide.search_wording import SearchWords, search_words
from ui.language import interface_language
from ui.shared import line_for_answers

LONGEST = 1000  # characters
_FOUND = 20  # passages
_FEWEST_SCOPES = 2  # the whole guide and its only publication: there is nothing to choose
# The score from which a passage that uses none of the words is near in meaning. On the shipped guide, 25 things it
# does not speak of (« tarte aux pommes ») reach at most 0.32, and no passage with the word sought is dropped.
_NEAR = 0.4
_KEPT, _BOX, _IN_VIEW, _REFUSED = (f"guide-{name}" for name in ("kept", "q", "in-view", "refused"))


@dataclass(frozen=True)
class Found:
    """Passages, best first, and how the words were read; `by_meaning`: none of the passages uses them."""

    passages: tuple[ScoredPassage, ...]
    corrections: tuple[Correction, ...]
    expansions: tuple[Expansion, ...]
    by_meaning: bool


def words() -> SearchWords:
    """The words of the interface's language."""
    return search_words(interface_language())


def scopes(version: IndexVersion) -> dict[str, str]:
    """Where one may look: the address's name of each part of the index, and its title."""
    manifest = version.manifest
    pillars = manifest.guide.pillars if manifest.guide else ()
    held = {publication.pillar for publication in manifest.publications}
    return _told_apart({
        "": [words().everywhere],
        **{f"pillar:{p.id}": _names(words().pillar.format(title=p.title), p.id) for p in pillars if p.id in held},
        **{f"publication:{p.id}": _names(p.title, p.edition, p.id) for p in manifest.publications},
    })  # fmt: skip


def _names(title: str, *more: str) -> list[str]:
    """What a part may be called: its title, then the title with one thing more, such as the edition if it has one."""
    return [title, *(f"{title} ({one})" for one in more if one)]


def _told_apart(names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """For each part, the first of its names that no other part could have: the browser tells options by them."""
    shared = Counter(name for every in names.values() for name in set(every))
    return {part: next((n for n in every if shared[n] == 1), every[-1]) for part, every in names.items()}


def find(assistant: Assistant, q: str, scope: str) -> Found:
    """What is near `q` in a known scope. Kept for this session until another thing is sought. Raises IndexDamaged."""
    sought = (assistant.searcher.version.manifest.name, q, scope)
    kept: tuple[tuple[str, str, str], Found] | None = st.session_state.get(_KEPT)
    if kept is None or kept[0] != sought:
        kept = sought, _found(assistant, q, scope)
        st.session_state[_KEPT] = kept
    return kept[1]


def wanted(version: IndexVersion, place: Place) -> frozenset[Phrase]:
    """The terms to mark in what was opened from results; with those the search read, where it is the last one."""
    kept: tuple[tuple[str, str, str], Found] | None = st.session_state.get(_KEPT)
    if kept and kept[0] == (version.manifest.name, place.q, place.scope):
        return wanted_phrases(place.q, kept[1].corrections, kept[1].expansions)
    return wanted_phrases(place.q[:LONGEST])


def _found(assistant: Assistant, q: str, scope: str) -> Found:
    kind, _, name = scope.partition(":")
    filters = {"pillar": Filters(pillars=frozenset({name})), "publication": Filters(publications=frozenset({name}))}
    with line_for_answers().passage():  # searches encode their words as questions do
        result = assistant.searcher.search(q, _FOUND, filters.get(kind))
    near = [p for p in result.results if not p.completes and (p.lexical_score > 0 or p.score >= _NEAR)]
    by_meaning = not any(p.lexical_score > 0 for p in near)
    return Found(tuple(near), result.corrections, result.expansions, by_meaning)


def show_box(version: IndexVersion, place: Place) -> None:
    """The box shows what the address says, also after the browser's « back »."""
    known = scopes(version)
    scope = place.scope or (f"publication:{place.publication}" if place.publication else "")
    chosen = f"guide-scope-{interface_language()}"  # the browser tells options by their titles: no other language's
    if st.session_state.get(_IN_VIEW) != (place.q, scope) or not {_BOX, chosen} <= set(st.session_state):
        st.session_state[_IN_VIEW] = (place.q, scope)
        st.session_state[_BOX] = place.q[:LONGEST]
        st.session_state[chosen] = scope if scope in known else ""
    with (
        st.form("guide-search", border=False),
        st.container(key="guide-search-row", horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        st.text_input(words().box, key=_BOX, placeholder=words().hint)
        if len(known) > _FEWEST_SCOPES:
            st.selectbox(words().scope, list(known), format_func=known.__getitem__, key=chosen)
        st.form_submit_button(plain_label(words().search), on_click=_search, args=(chosen,))
    if refusal := st.session_state.pop(_REFUSED, ""):
        st.html(f'<p class="vigie-note vigie-status" role="status">{safe(refusal)}</p>')


def _search(chosen: str) -> None:
    """Put what is in the box into the address, unless nothing can be found by it."""
    q = " ".join(st.session_state[_BOX].split())
    if refusal := refused(q):
        st.session_state[_REFUSED] = refusal
    else:
        go(Place(q=q, scope=st.session_state.get(chosen, "")))


def refused(q: str) -> str:
    """Why this cannot be searched, or nothing."""
    if not any(character.isalnum() for character in q):
        return words().empty
    return words().too_long.format(limit=LONGEST) if len(q) > LONGEST else ""
