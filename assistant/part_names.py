"""Numbered parts as questions and texts name them: « pratique n° 24 », « section VI.3 », « et la suivante ? »."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

KINDS = {
    "pratique": "pratique", "practice": "pratique", "fiche": "fiche", "sheet": "fiche", "annexe": "annexe",
    "appendix": "annexe", "annex": "annexe", "critere": "critere", "criterion": "critere", "section": "",
    "partie": "", "part": "", "paragraphe": "", "paragraph": "", "chapitre": "chapitre", "chapter": "chapitre",
    "pilier": "chapitre", "pillar": "chapitre",
}  # fmt: skip
SIGN = r"(?:n° ?|no\.? ?|numero |number |# ?)"
_DOTTED = r"(?:(?:[ivx]+|\d{1,2})(?:\.\d+)+)"
_NUMBER = rf"(?:{_DOTTED}|[ivx]+|\d{{1,3}})"
# What follows a bare number that counts nothing: « la pratique 3 fois par an », « the part I play » name no part.
_VERBS = (
    "dit|dites|disent|say|recommande|recommend|conseille|parle|prevoit|contient|demande|est|is|about|du|de la|of|et|ou"
    "|and|or|sur|en|in|pour|a|to|please|stp|svp|merci|mean"
)
_ENDS = rf"(?=\s*(?:[?.!,;:)»]|$)|\s+(?:{_VERBS})\b)"
_SAID = rf"(?:{SIGN}{_NUMBER}|{_DOTTED}|{_NUMBER}{_ENDS})"
_NAMED = re.compile(
    rf"\b(?P<kind>{'|'.join(KINDS)})s? (?P<numbers>{_SAID}\b(?: ?(?:,|et|ou|and|or|a|to) (?:l[ae] )?{_SAID}\b)*)"
    rf"|\b(?P<annex>annexe|appendix|annex) (?P<letter>[a-h])\b(?!')"
    rf"|(?<![\w.])(?P<bare>[ivx]+(?:\.\d+)+)\b"
)
_ONE = re.compile(rf"(?<![\w.]){_NUMBER}(?![\w.]*\w)")
_RANGE = re.compile(r"(?<![\w.])(\d{1,2}) (?:a|to) +(?:n° ?)?(\d{1,2})(?![\w.])")
_MOST_PARTS = 24
_REFERENCE = re.compile(
    r"\b(?P<kind>pratique|fiche|section|chapitre)s? (?P<number>n° ?\d{1,3}|[IVX]+(?:\.\d+)*)\b", re.IGNORECASE
)
_STEPS = {1: ("suivante", "suivant", "next", "next one"), -1: ("precedente", "precedent", "previous", "previous one")}
_ANOTHER = re.compile(
    rf"(?:(?:ok|et|and|puis|then|alors|donc|what about|how about|pour)[ ,]+)*(?:la |le |the |celle )?{SIGN}?"
    rf"(?P<which>{_NUMBER}|{'|'.join(word for words in _STEPS.values() for word in words)})\s*[?.! ]*$"
)
# « la 19 » among practices; « la 4G », « la 7 fois » are none, nor « la question 7 ».
_BARE = re.compile(
    r"\bla (?:n° ?)?(?P<n>\d{1,2})(?=\s*(?:[?!,:;)»]|\.(?!\d)|$)"
    r"|\s+(?:en (?:check\w*|liste|d[eé]tail|entier|r[eé]sum[eé])|dit|dites|svp|stp|merci)\b)",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?:Pratique n° ?\d+\s*[–-]\s*|[IVX]+(?:\.\d+)*\.?\s+|\d+(?:\.\d+)*\.?\s+)")


@dataclass(frozen=True)
class Mention:
    """One naming of parts: `kind` as a key of KINDS, empty for a bare number; `text` as it stands in the plain text."""

    kind: str
    numbers: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Reference:
    """A part as a text names it: « pratique », « n° 16 »."""

    kind: str
    number: str


def mentions(plain_text: str) -> Iterator[Mention]:
    """The parts that a text names, be they there or not; of a text that `plain` gave."""
    for match in _NAMED.finditer(plain_text):
        said = match["numbers"] or match["bare"] or ""
        numbers = [match["letter"]] if match["letter"] else _spread(re.sub(r"n°|\bno\b\.?|#", " ", said))
        yield Mention(match["kind"] or match["annex"] or "", tuple(numbers), match[0])


def _spread(said: str) -> list[str]:
    """« 9 », « 10 », « 11 » of « 9 à 11 »."""
    said = _RANGE.sub(lambda found: " ".join(map(str, range(int(found[1]), int(found[2]) + 1))), said)
    return _ONE.findall(said)[:_MOST_PARTS]


def names_a_part(text: str) -> bool:
    """Whether a text names a numbered part, be it there or not."""
    return bool(_NAMED.search(plain(text)))


def another_part(question: str, before: str) -> str:
    """« et la 17 ? », « and the next one? » after a question that names a part: that other part; else nothing."""
    asked, named = _ANOTHER.match(plain(question)), list(mentions(plain(before)))
    if not asked or not named or not named[-1].numbers:
        return ""
    step = next((by for by, words in _STEPS.items() if asked["which"] in words), 0)
    head, _, tail = named[-1].numbers[-1].rpartition(".")
    if step and not tail.isdigit():
        return ""
    number = f"{head}.{int(tail) + step}".lstrip(".") if step else asked["which"]
    return f"{named[-1].kind or 'section'} {'n° ' * number.isdigit()}{number.upper()} ?"


def spelled_out(question: str, said: str = "") -> str:
    """« la pratique n° 19 » for « la 19 », unless the question names a part or the last answer `said` has a line 19.

    « et la 17 ? » alone is left to `another_part`.
    """
    found = _BARE.search(question)
    if (
        not found
        or names_a_part(question)
        or _ANOTHER.match(plain(question))
        or re.search(rf"^[^\w\n]{{0,8}}{found['n']}[.)]|\[{found['n']}\]", said, re.M)
    ):
        return question
    return f"{question[: found.start('n')]}pratique n° {question[found.start('n') :]}"


def references_in(texts: Iterable[str]) -> tuple[Reference, ...]:
    """The parts that texts send their reader to, « voir la pratique n° 16 », in order, each once."""
    matches = (match for text in texts for match in _REFERENCE.finditer(text))
    found = (Reference(match["kind"].lower(), " ".join(match["number"].split())) for match in matches)
    return tuple(dict.fromkeys(found))


def without_number(heading: str) -> str:
    """« Accueillir des visiteurs » of « Pratique n° 15 – Accueillir des visiteurs »."""
    return _LEADING.sub("", heading)


def plain(text: str) -> str:
    """In lower case, without accents, with single blanks and straight apostrophes."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").casefold().replace("º", "°"))
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())
