"""The numbered parts of publications that a question names: found in the index, and read there."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.part_names import KINDS, SIGN, Reference, mentions, plain, references_in, without_number
from index import Filters, IndexVersion, analyse, list_goes_on, rows_under

Rows = npt.NDArray[np.int64]
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_TITLE = re.compile(r"[«“\"]\s*([^«»“”\"]{3,120}?)\s*[»”\"]")
# « la partie 3 du contrat » is none of the guide's.
_OF_ANOTHER = re.compile(
    r"\s*(?:du|de (?:la|notre|mon|votre|ce)|de l'|d'une?|of (?:our|my|the|an?)) ?(?!recueil|guide|handbook)"
)
_ASKS = re.compile(r"\b(?:qui|quand|pourquoi|comment|combien|who|when|why|how)\b")
READ_OUT = 24  # passages of the parts that are read out
_BEGINNINGS = 48  # the same, where of each passage only the beginning is
_TITLED = 50  # passages of a part whose headings are read
# What a question that only wants a part read out is made of.
_PLAIN_WORDS = frozenset(analyse(
    "que dit dire dites disent contient contenir contenu quoi parle parler résume résumer résumé explique expliquer "
    "détaille détailler détail détails montre présente présenter lire lis voir donne donner recommande recommandent "
    "conseille conseillent prévoit prévoient compare comparer point texte entier complet recueil guide svp stp merci "
    "chapitre fiche section pratique practice chapter pilier pillar bonjour moi n° no numéro "
    "short summary summarise summarize explain say says tell show about read give content recommend compare please me"
))  # fmt: skip


@dataclass(frozen=True)
class NamedParts:
    """Rows of each part that a question names, ascending, and whether it asks for no more than what they say.

    `told`: of each, the rows that are read out, where these are not all of them from the first; `overview`: whether
    they are how each of its sections begins.
    """

    each: tuple[Rows, ...]
    whole: bool
    told: tuple[Rows, ...] = ()
    overview: bool = False

    @property
    def most(self) -> int:
        """Passages of each that are read out."""
        return (_BEGINNINGS if self.overview else READ_OUT) // len(self.each)

    @property
    def read(self) -> tuple[Rows, ...]:
        """Of each, the rows that are read out."""
        return tuple(rows[: self.most] for rows in self.told or self.each)

    @property
    def rows(self) -> Rows:
        """Those of all the parts."""
        return np.unique(np.concatenate(self.each))


def named_parts(question: str, version: IndexVersion) -> NamedParts | None:
    """The parts that a question names and that the index has; None where it names none, or none that is there."""
    found: list[Rows] = []
    rest = asked = plain(question)
    for mention in mentions(asked):
        chapters = not _OF_ANOTHER.match(asked[asked.find(mention.text) + len(mention.text) :])
        found += [_rows(version, KINDS.get(mention.kind, ""), number, chapters) for number in mention.numbers]
        rest = rest.replace(mention.text, " ")
    for title in _TITLE.findall(question):
        found.append(_titled(version, title))
        rest = rest.replace(plain(title), " ")
    parts = tuple({rows.tobytes(): rows for rows in found if len(rows)}.values())
    if not parts:
        return None
    titles = {title for rows in parts for row in rows[:_TITLED].tolist() for title in version.passages[row].section}
    own = set(analyse(rest)) - _PLAIN_WORDS - {term for title in titles for term in analyse(title)}
    labelled = [_labelled(version, rows, own) for rows in parts] if _asks_for_a_block(asked, own) else []
    if labelled and all(map(len, labelled)):
        return NamedParts(tuple(labelled), True)
    return NamedParts(parts, not own)


def _asks_for_a_block(asked: str, own: Collection[str]) -> bool:
    """« les écueils de la pratique 22 », where nothing is asked of them and no other part comes before."""
    first = next(mentions(asked), None)
    return bool(own and first and not _ASKS.search(asked) and set(own) <= set(analyse(asked.partition(first.text)[0])))


def _labelled(version: IndexVersion, rows: Rows, words: Collection[str]) -> Rows:
    """Of a practice, what stands under the line that says these words alone, « Écueils », to the end of its list."""
    found: list[int] = []
    for row in rows.tolist() if len(rows) <= _TITLED else []:
        passage = version.passages[row]
        label, _, rest = passage.text.partition("\n")
        goes_on = bool(found) and found[-1] == row - 1 and list_goes_on(version.passages[row - 1], passage)
        if goes_on or (rest and set(analyse(label)) == set(words)):
            found.append(row)
    return np.array(found, dtype=np.int64)


def leads_on(
    texts: Iterable[str], shown: Collection[int], version: IndexVersion, most: int = 2
) -> Iterator[tuple[Reference, Rows]]:
    """The parts that texts send their reader to, with their rows: those that the index has and of which none is shown.

    Of « chapitre VI, section VI.5 » the section.
    """
    references = references_in(texts)
    for reference in references:
        whole = any(other.number.startswith(f"{reference.number}.") for other in references)
        parts = named_parts(f"{reference.kind} {reference.number}", version) if most and not whole else None
        if parts and not set(shown) & set(parts.rows.tolist()):
            most -= 1
            yield reference, parts.rows


def _rows(version: IndexVersion, kind: str, number: str, chapters: bool = True) -> Rows:
    """Those of a part; where none is called so, those of what the guide may mean by it, `chapters` among them."""
    rows = _numbered(version, kind, _roman(number) if kind == "chapitre" else number)
    if len(rows) or kind not in {"", "fiche"}:
        return rows
    if kind == "fiche":
        return _numbered(version, "pratique", number)
    return _in_chapters(version, number) if chapters else rows


def _in_chapters(version: IndexVersion, number: str) -> Rows:
    """« partie 3 » is chapter III, « section 2.3 » is II.3."""
    head, dot, rest = number.partition(".")
    return _numbered(version, "" if dot else "chapitre", f"{_roman(head)}{dot}{rest}")


def _roman(number: str) -> str:
    """« iii » of « 3 », as chapters are numbered; itself where it is in Roman numerals, or beyond them."""
    return _ROMAN[int(number)] if number.isdigit() and 0 < int(number) < len(_ROMAN) else number


def _titled(version: IndexVersion, title: str) -> Rows:
    """The rows under a heading that is exactly this one, its number apart."""
    wanted = plain(title)
    return rows_under(version, list(analyse(title)), lambda heading: plain(without_number(heading)) == wanted)


def _numbered(version: IndexVersion, kind: str, number: str) -> Rows:
    heading = _heading(kind, number)
    titled = [p.id for p in version.manifest.publications if kind == "chapitre" and heading.match(plain(p.title))]
    if titled:
        mask = version.facets.allowed(Filters(publications=frozenset(titled)))
        return np.flatnonzero(mask) if mask is not None else np.zeros(0, dtype=np.int64)
    words = [*analyse("" if kind == "chapitre" else kind), *analyse(number)]
    return rows_under(version, words, lambda title: bool(heading.match(plain(title))))


def _heading(kind: str, number: str) -> re.Pattern[str]:
    """How a heading of that kind and number begins: « Pratique n° 24 », « VI.3 », « III. »."""
    named = rf"{kind}s? {SIGN}?{re.escape(number)}" if kind else re.escape(number)
    bare = re.escape(number) if kind in {"chapitre", "critere"} else named
    return re.compile(rf"(?:{named}|{bare})(?!\.?\d)\b")
