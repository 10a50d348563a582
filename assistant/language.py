"""French or English, by the small words that only one of them has."""

import re

from assistant.answer import Language

_WORD = re.compile(r"[^\W\d_]+")
_FRENCH_WORDS = """
le la les un une des du de au aux et est ce que qui quoi dont où pour dans sur avec nos notre vos votre je tu il elle
nous vous ils on comment pourquoi quel quelle quels quelles combien faut peut doit sont pas ne se sa son ses en par ou
si cette ces mon ma mes leur leurs faire c d l qu j n s quand bonjour merci
"""
_ENGLISH_WORDS = """
the an of to and is are was were what which who how why when where does do did can could should would must may for in on
with our we you your my their they it its this that these those be been if from by at not no us have has any about there
before after hello hi thanks please tell give explain define list show more summarise summarize practice
"""
# « what's », « Charte IT », « pratique no 12 » have no word of the other language.
_UNTELLING = re.compile(r"(?<=\w)['’]s\b|\b(?:IT|US|WAS|IF)\b|\bno\.? ?(?=\d)")
_FRENCH, _ENGLISH = frozenset(_FRENCH_WORDS.split()), frozenset(_ENGLISH_WORDS.split())


def detect_language(text: str) -> Language:
    """The language of a question; French where nothing tells, since the guide is French."""
    return told_language(text) or "fr"


def told_language(text: str) -> Language | None:
    """The language of which a text has more small words; None where it has as many of both.

    Accents do not tell: « What is a pôle de compétitivité? » names things by their French names.
    """
    words = [word.casefold() for word in _WORD.findall(text if text.isupper() else _UNTELLING.sub(" ", text))]
    french, english = (sum(word in small for word in words) for small in (_FRENCH, _ENGLISH))
    return None if french == english else "en" if english > french else "fr"


def typeset(question: str) -> str:
    """A question that French rules wrote out, with the signs of its language: no blank before « ? » in English."""
    return re.sub(r" ([?:])(?= |$)", r"\1", question) if detect_language(question) == "en" else question
