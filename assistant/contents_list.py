"""« Quelles sont les pratiques du chapitre II ? »: what is asked for are headings, each where its text begins."""

import re

import numpy as np
import numpy.typing as npt

from assistant.part_names import mentions, plain, without_number
from assistant.parts import named_parts
from index import Filters, IndexVersion, analyse

Rows = npt.NDArray[np.int64]
_LISTS = re.compile(
    r"\b(?:list(?:e[rsz]?|ing)?|cite[rsz]?|enumer\w+|nomme[rsz]?|donne[rsz]?|montre[rsz]?|affiche[rsz]?"
    r"|quel(?:le)?s sont|c'est quoi|name|enumerate|show|give|what are|which are)\b"
)
_COUNTS = re.compile(
    r"\b(?:combien (?:de|y a-t-il de)|how many)\b(?!.*\b(?:par|a la fois|per|at once|at a time|piliers?|pillars?)\b)"
)
_KINDS = {
    "pratique": re.compile(r"\b(?:pratiques|fiches|practices|sheets)\b(?: n°)?"),
    "section": re.compile(r"\b(?:sections|parties|parts)\b"),
    "chapitre": re.compile(r"\b(?:chapitres|chapters|piliers|pillars|sommaire|table des matieres|table of contents)\b"),
}
_ALONE = re.compile(r"\b(?:sommaire|table des matieres|table of contents)\b")  # which asks for a list by itself
_COMPARES = re.compile(r"\bdifferences?\b")  # of the stem of « différentes »
_HEADINGS = {"pratique": re.compile(r"(?:pratique|fiche)s? (?:n° ?)?\d"), "section": re.compile(r"(?:[ivx]+|\d+)\.\d")}
# What such a question is made of besides.
_PLAIN_WORDS = frozenset(analyse(
    "toutes tous liste moi nous titre titres nom noms recueil guide bonnes différentes diverses contenu contient "
    "recommandées proposées chapitre pilier partie section stp svp merci bonjour lesquelles lesquels quelles y compte "
    "all list titles names please good "
    "chapter pillar there"
))  # fmt: skip
_FEWEST, _MOST = 2, 20_000  # headings of a list; passages that are looked through


def listed_rows(question: str, version: IndexVersion) -> Rows:
    """The rows where the headings begin that a question asks to be listed, ascending; none where it asks for no list.

    Of the part or the chapter that it names, by number or title; of the whole guide where it names none.
    """
    asked = plain(question)
    kind = next((name for name, pattern in _KINDS.items() if pattern.search(asked)), "")
    if not kind or _COMPARES.search(asked) or not any(known.search(asked) for known in (_LISTS, _COUNTS, _ALONE)):
        return _NONE
    rows = _scope(question, asked, kind, version)[:_MOST].tolist()
    begin: dict[str, int] = {}
    for row in sorted(rows, key=lambda row: (kind == "chapitre" and not _is_titled(version, row), row)):
        if heading := _heading(version, row, kind):
            begin.setdefault(heading, row)
    begin = dict(sorted(begin.items(), key=lambda item: item[1]))
    return np.array(list(begin.values()), dtype=np.int64) if len(begin) >= _FEWEST else _NONE


def _scope(question: str, asked: str, kind: str, version: IndexVersion) -> Rows:
    """The rows to look through: of a named part, of a chapter by its title, of the guide; none of another matter."""
    parts, named = named_parts(question, version), list(mentions(asked))
    rest = _KINDS[kind].sub(" ", _LISTS.sub(" ", _COUNTS.sub(" ", asked)))
    for mention in named:
        rest = rest.replace(mention.text, " ")
    own = {term for term in analyse(rest) if not term.isdigit()} - _PLAIN_WORDS
    if parts:
        titles = {title for rows in parts.each for row in rows[:1].tolist() for title in version.passages[row].section}
        return _NONE if own - {term for title in titles for term in analyse(title)} else np.concatenate(parts.each)
    titled = [p for p in version.manifest.publications if p.guide and not named]
    if own:
        titled = [p for p in titled if own <= set(analyse(without_number(p.title)))]
    mask = version.facets.allowed(Filters(publications=frozenset(p.id for p in titled))) if titled else None
    return _NONE if mask is None else np.flatnonzero(mask)


def _heading(version: IndexVersion, row: int, kind: str) -> str:
    """The heading of that kind that a passage stands under; nothing without any."""
    passage = version.passages[row]
    if kind == "chapitre":
        return passage.publication
    return next((title for title in passage.section if _HEADINGS[kind].match(plain(title))), "")


def _is_titled(version: IndexVersion, row: int) -> bool:
    """Whether a passage stands under its publication's own title, and not on a cover."""
    passage = version.passages[row]
    title = version.publication(passage.publication).title
    return plain(without_number(title)) in map(plain, passage.section[:1])


_NONE: Rows = np.zeros(0, dtype=np.int64)
