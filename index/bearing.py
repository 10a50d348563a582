"""The words by which two texts that are otherwise alike may say the opposite: figures, negations, bounds, modals."""

import re

from corpus import normalised
from index.french import fold, term

SIGNS = "%€$<>≤≥+="  # with which figures change their meaning
_WORD = re.compile(rf"\d+(?:[.,:]\d+)*|[^\W\d_]+|[{SIGNS}]|\([^\W\d_]{{1,3}}\)")  # « (AA) » is a level
_THOUSANDS = re.compile(r"(?<=\d)[ .](?=\d{3}(?!\d))")
_WORDS = re.compile(
    r"ne?|non|pas|ni|jamais|aucune?s?|nulle?s?|rien|guere|sans|sauf|hors|hormis|excepte\w*|exception\w*|seule?s?"
    r"|seulement|uniquement"
    r"|peu(?:t|vent)|pourr\w+|doi(?:t|vent)|devr\w+|fau(?:t|dra|drait)|interdi\w*|autoris\w*|obligat\w*|oblige\w*"
    r"|facultati\w*|(?:de)?conseille\w*|recommand\w*|permi\w*|permet\w*|exig\w*|impos\w*|impossible\w*|possible\w*"
    r"|defen\w*|prohib\w*|tolere\w*|necessaire\w*|inutile\w*|indispensable\w*"
    r"|avant|apres|plus|moins|jusqu\w*|maxim\w*|minim\w*|superieure?s?|inferieure?s?|egale?s?"
    r"|not?|never|cannot|without|except|unless|only|must|shall|should|may|can|before|after|more|less"
)


def bearings(text: str) -> list[str]:
    """The figures of a text, in digits or in words, and the words that turn what it says, in its order."""
    plain = _THOUSANDS.sub("", fold(normalised(text).casefold()))
    return [figure or word for word in _WORD.findall(plain) if (figure := _figure(word)) or is_bearing(word)]


def is_bearing(word: str) -> bool:
    """Whether a word, in lower case and without accents, is one that may turn a text's meaning."""
    return not word[0].isalpha() or bool(_WORDS.fullmatch(word))


def _figure(word: str) -> str:
    """« deux » and « 2 » are one figure."""
    found = term(word) if word.isalpha() else ""
    return found if found.isdigit() else ""
