"""Figures with their units (« 48 heures », « 25 % »), and those of a text that another one does not hold."""

import re
from collections.abc import Sequence

from assistant.numbers import Number, numbers, other_forms
from index import fold

_LIST_NUMBER = re.compile(r"^\s*\(?\d{1,2}[.)]\s", re.MULTILINE)
_UNITS = frozenset([
    "%", "€", "euro", "euros", "jour", "jours", "journée", "journées", "mois", "an", "ans", "année", "années",
    "semaine", "semaines", "h", "heure", "heures", "minute", "minutes", "page", "pages", "mot", "mots",
    "personne", "personnes", "kilo", "kilos", "km", "mètres", "point", "points", "day", "days", "month",
    "months", "year", "years", "week", "weeks", "hour", "hours", "fois", "caractères", "questions", "adhérents",
    "tonnes", "milliards", "millions",
])  # fmt: skip
_OTHER_NAMES = {
    "h": "heure", "journée": "jour", "journées": "jour",
    "day": "jour", "days": "jour", "month": "moi", "months": "moi", "year": "an", "years": "an", "hour": "heure",
    "hours": "heure", "week": "semaine", "weeks": "semaine", "année": "an", "années": "an",
}  # fmt: skip
_BETWEEN = frozenset(["à", "et", "ou", "to", "and", "or", "sur"])


def missing_figures(text: str, source: str) -> Sequence[Number]:
    """The figures of a text that its source does not hold with the same unit; the numbers of its list do not count."""
    bare = _LIST_NUMBER.sub("", source)
    held = [*numbers(bare), *other_forms(bare)]
    return [number for number in numbers(text) if not any(_same(number, other) for other in held)]


def unit_of(number: Number) -> str:
    """The unit that follows a number, in French, folded and in the singular; empty without any."""
    found = unit_word(number)
    return fold(_OTHER_NAMES.get(found, found).rstrip("s"))


def unit_word(number: Number) -> str:
    """The same as the text words it, in lower case."""
    return next((word for word in number.after if word in _UNITS), "")


def _same(number: Number, other: Number) -> bool:
    """The same value, and the same unit, unless neither side says one (« de douze à vingt mois » says it once)."""
    mine, theirs = unit_of(number), unit_of(other)
    if number.value != other.value or not mine:
        return number.value == other.value
    return mine == theirs or not other.after or other.after[0] in _BETWEEN
