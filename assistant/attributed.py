"""Figures that a question puts in the guide's mouth (« le recueil demande bien 48 heures ? ») and no quote holds."""

import re
from collections.abc import Iterable, Iterator

from assistant.figures import missing_figures, unit_of, unit_word
from index import fold

_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_TOLD = re.compile(
    r"\b(?:recueil|guide|brochure|handbook|pratique n|practice no|fiche)\b"
    r"|\b(?:c'est|est-ce|is it|it is|it's) (?:bien|vraiment|really|true|right)\b|\b(?:c'est ca|n'est-ce pas|vrai que)\b"
    r"|\b(?:faut|doit|doivent|dois|devons|devez|oblige\w*|obligatoire\w*|must|should|have to|has to)\b"
)
_MEASURED = frozenset(["%", "heure", "jour", "semaine", "moi", "an", "€", "euro", "minute"])


def attributed_figures(question: str, quotes: Iterable[str]) -> list[str]:
    """Measures (of time, money, shares) as the question words them, that are asked about and that no quote holds.

    Only those of a question about what is said or has to be done: a story may hold any figure.
    """
    said = "\n".join(quotes)
    return list(dict.fromkeys(figure for asked in _asked(question) for figure in _missing(asked, said)))


def _asked(question: str) -> Iterator[str]:
    for sentence in _SENTENCE.split(question):
        if sentence.rstrip().endswith("?") and _TOLD.search(fold(sentence.casefold().replace("’", "'"))):
            yield sentence


def _missing(sentence: str, said: str) -> Iterator[str]:
    for number in missing_figures(sentence, said):
        unit = re.compile(re.escape(unit_word(number)), re.I).search(sentence, number.start)
        if unit and unit_of(number) in _MEASURED and number.value != 1:  # « un an » is no number to `numbers`
            yield sentence[number.start : unit.end()]
