"""French analysis for the lexical index: elision, stop words, accent folding, stemming.

Accents are folded before stemming, so that « securite » typed in haste meets « sécurité ».
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

ANALYSIS_VERSION = "1"  # raise it with any change of terms, so that indexes are built again
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’]", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W_]+")
_STEMMER = snowballstemmer.stemmer("french")

_FRENCH = """
a à ai ainsi alors après au aucun aussi autre aux avant avec avoir avons ayant c ça car ce ceci cela celle celles celui
ces cet cette ceux chaque chez ci comme comment d dans de des dire doit donc dont du elle elles en encore entre est et
étaient était etc été être eu eux fait faire faut font il ils j je l la là le les leur leurs lui ma mais me même mes mon
n ne ni nos notre nous on ont ou où par pas peut peuvent plus pour pourquoi qu quand que quel quelle quelles quels qui
quoi s sa sans se sera ses si son sont sur t ta te tel telle tes toi ton tous tout toute toutes tu un une va vers vos
votre vous y
"""
_ENGLISH = """
an and are as at be by do does for from how i in is it my of or our should that the their this to we what when which who
why with you your
"""


def analyse(text: str) -> Iterator[str]:
    """The index terms of a text, in order, with repetitions."""
    for word in _TOKEN.findall(_ELISION.sub(" ", unicodedata.normalize("NFKC", text).casefold())):
        if word not in STOP_WORDS:
            yield _term(word)


@lru_cache(maxsize=50_000)
def _term(word: str) -> str:
    folded = fold(word)
    return str(_STEMMER.stemWord(folded)) if len(folded) > 3 and folded.isalpha() else folded


def fold(text: str) -> str:
    """Text without its accents; ligatures œ and æ become two letters."""
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("æ", "ae"))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


# With and without their accents; never by folding the question, which would drop « maïs » as « mais ».
_WORDS = (_FRENCH + _ENGLISH).split()
STOP_WORDS = frozenset(_WORDS) | {fold(word) for word in _WORDS}
