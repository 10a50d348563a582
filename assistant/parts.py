"""A numbered part of a publication that a question names, « pratique n° 24 », « section VI.3 »: it is read there."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index import Filters, IndexVersion, analyse, rows_under

Rows = npt.NDArray[np.int64]
_KINDS = {
    "pratique": "pratique", "practice": "pratique", "fiche": "fiche", "sheet": "fiche", "annexe": "annexe",
    "appendix": "annexe", "annex": "annexe", "critere": "critere", "criterion": "critere", "section": "",
    "partie": "", "part": "", "paragraphe": "", "paragraph": "", "chapitre": "chapitre", "chapter": "chapitre",
}  # fmt: skip
_NUMBER = r"(?:[ivx]+(?:\.\d+)*|\d{1,3}(?:\.\d+)*|[a-h])"
_SIGN = r"(?:n° ?|no\.? ?|numero |number |# ?)"
# After a number without « n° » comes something that is not counted: « la pratique 3 fois par an » names no part.
_DOTTED = r"(?:[ivx]+(?:\.\d+)*|\d{1,2}(?:\.\d+)+)"
# A bare whole number may count something: « la pratique 3 fois par an » names no part.
_VERBS = (
    "dit|dites|disent|say|recommande|recommend|conseille|parle|prevoit|contient|demande|est|is|about|du|de la|of|et|ou"
    "|and|or|sur|en|in|pour|a|please|stp|svp|merci|mean"
)
_ENDS = rf"(?=\s*(?:[?.!,;:)»]|$)|\s+(?:{_VERBS})\b)"
_SAID = rf"(?:{_SIGN}{_NUMBER}|{_DOTTED}|{_NUMBER}{_ENDS})"
_NAMED = re.compile(
    rf"\b(?P<kind>{'|'.join(_KINDS)})s? (?P<numbers>{_SAID}\b(?: ?(?:,|et|ou|and|or|a|to) {_SAID}\b)*)"
    rf"|(?<![\w.])(?P<bare>[ivx]+\.\d+(?:\.\d+)*)\b"
)
_ONE = re.compile(rf"(?<![\w.]){_NUMBER}(?![\w.]*\w)")
_REFERENCE = re.compile(
    r"\b(?P<kind>pratique|fiche|section|chapitre)s? (?P<number>n° ?\d{1,3}|[IVX]+(?:\.\d+)*)\b", re.IGNORECASE
)
_STEPS = {1: ("suivante", "suivant", "next", "next one"), -1: ("precedente", "precedent", "previous", "previous one")}
_ANOTHER = re.compile(
    rf"(?:(?:ok|et|and|puis|then|alors|donc|what about|how about|pour)[ ,]+)*(?:la |le |the |celle )?{_SIGN}?"
    rf"(?P<which>{_DOTTED}|\d{{1,3}}|{'|'.join(word for words in _STEPS.values() for word in words)})\s*[?.! ]*$"
)
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_TITLE = re.compile(r"[«“\"]\s*([^«»“”\"]{3,120}?)\s*[»”\"]")
_LEADING = re.compile(r"^(?:Pratique n° ?\d+\s*[–-]\s*|[IVX]+(?:\.\d+)*\.?\s+|\d+(?:\.\d+)*\.?\s+)")
READ_OUT = 24  # passages of the parts that are read out
_TITLED = 50  # passages of a part whose headings are read
# What a question that only wants a part read out is made of.
_PLAIN_WORDS = frozenset(analyse(
    "que dit dire dites disent contient contenir contenu quoi parle parler résume résumer résumé explique expliquer "
    "détaille détailler détail détails montre présente présenter lire lis voir donne donner recommande recommandent "
    "conseille conseillent prévoit prévoient compare comparer point texte entier complet recueil guide svp stp merci "
    "chapitre fiche section pratique practice chapter bonjour moi n° no numéro "
    "short summary summarise summarize explain say says tell show about read give content recommend compare please me"
))  # fmt: skip


@dataclass(frozen=True)
class NamedParts:
    """Rows of each part that a question names, ascending, and whether it asks for no more than what they say."""

    each: tuple[Rows, ...]
    whole: bool

    @property
    def rows(self) -> Rows:
        """Those of all the parts; of parts to be read out, those from which each begins."""
        most = READ_OUT // len(self.each) if self.whole else None
        return np.unique(np.concatenate([rows[:most] for rows in self.each]))


@dataclass(frozen=True)
class Reference:
    """A part as a text names it: « pratique », « n° 16 »."""

    kind: str
    number: str


def references_in(texts: Iterable[str]) -> tuple[Reference, ...]:
    """The parts that texts send their reader to, « voir la pratique n° 16 », in order, each once."""
    matches = (match for text in texts for match in _REFERENCE.finditer(text))
    return tuple(
        dict.fromkeys(Reference(match["kind"].lower(), " ".join(match["number"].split())) for match in matches)
    )


def another_part(question: str, before: str) -> str:
    """« et la 17 ? », « and the next one? » after a question that names a part: that other part; else nothing."""
    asked = _ANOTHER.match(_plain(question))
    named = list(_NAMED.finditer(_plain(before)))
    if not asked or not named:
        return ""
    kind, last = named[-1]["kind"] or "section", _ONE.findall(named[-1]["numbers"] or named[-1]["bare"])[-1]
    step = next((by for by, words in _STEPS.items() if asked["which"] in words), 0)
    head, _, tail = last.rpartition(".")
    if step and not tail.isdigit():
        return ""
    number = f"{head}.{int(tail) + step}".lstrip(".") if step else asked["which"]
    return f"{kind} {'n° ' * number.isdigit()}{number.upper()} ?"


def leads_on(texts: Iterable[str], shown: Collection[int], version: IndexVersion, most: int = 2) -> Iterator[Reference]:
    """The parts that texts send their reader to, which the index has and none of whose rows is shown."""
    for reference in references_in(texts):
        parts = named_parts(f"{reference.kind} {reference.number}", version) if most else None
        if parts and not set(shown) & set(parts.rows.tolist()):
            most -= 1
            yield reference


def names_a_part(text: str) -> bool:
    """Whether a text names a numbered part, be it there or not."""
    return bool(_NAMED.search(_plain(text)))


def named_parts(question: str, version: IndexVersion) -> NamedParts | None:
    """The parts that a question names and that the index has; None where it names none, or none that is there."""
    found: list[Rows] = []
    rest = plain = _plain(question)
    for match in _NAMED.finditer(plain):
        numbers = _ONE.findall(re.sub(r"n°|\bno\b\.?|#", " ", match["numbers"] or match["bare"]))
        found += [_rows(version, _KINDS.get(match["kind"], ""), number) for number in numbers]
        rest = rest.replace(match[0], " ")
    for title in _TITLE.findall(question):
        found.append(_titled(version, title))
        rest = rest.replace(_plain(title), " ")
    parts = tuple(rows for rows in found if len(rows))
    if not parts:
        return None
    titles = {title for rows in parts for row in rows[:_TITLED].tolist() for title in version.passages[row].section}
    own = set(analyse(rest)) - _PLAIN_WORDS - {term for title in titles for term in analyse(title)}
    return NamedParts(parts, not own)


def _rows(version: IndexVersion, kind: str, number: str) -> Rows:
    if kind == "chapitre" and number.isdigit() and int(number) < len(_ROMAN):
        number = _ROMAN[int(number)]
    rows = _numbered(version, kind, number)
    # A guide may call « fiche » what its headings call « pratique ».
    return _numbered(version, "pratique", number) if kind == "fiche" and not len(rows) else rows


def _titled(version: IndexVersion, title: str) -> Rows:
    """The rows under a heading that is exactly this one, its number apart."""
    wanted = _plain(title)
    return rows_under(version, list(analyse(title)), lambda heading: _plain(_LEADING.sub("", heading)) == wanted)


def _numbered(version: IndexVersion, kind: str, number: str) -> Rows:
    heading = _heading(kind, number)
    titled = [p.id for p in version.manifest.publications if kind == "chapitre" and heading.match(_plain(p.title))]
    if titled:
        mask = version.facets.allowed(Filters(publications=frozenset(titled)))
        return np.flatnonzero(mask) if mask is not None else np.zeros(0, dtype=np.int64)
    words = [*analyse("" if kind == "chapitre" else kind), *analyse(number)]
    return rows_under(version, words, lambda title: bool(heading.match(_plain(title))))


def _heading(kind: str, number: str) -> re.Pattern[str]:
    """How a heading of that kind and number begins: « Pratique n° 24 », « VI.3 », « III. »."""
    named = rf"{kind}s? {_SIGN}?{re.escape(number)}" if kind else re.escape(number)
    bare = re.escape(number) if kind in {"chapitre", "critere"} else named
    return re.compile(rf"(?:{named}|{bare})(?!\.?\d)\b")


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").casefold().replace("º", "°"))
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())
