"""French analysis for the lexical index: elision, stop words, accent folding, stemming, references, compounds.

Accents are folded before stemming, so that « securite » typed in haste meets « sécurité ».
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

ANALYSIS_VERSION = "3"  # raise it with any change of terms or of facets, so that indexes are built again
_LETTER = r"[^\W\d_]"
# In order, on text already in lower case; each brings the spellings of one thing together.
_REWRITES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"[\u00ad\u200b\u2060]", ""),
        (r"\b(?:[cdjlmnst]|(?:jus|lors|puis|quoi|quel|pres)?qu)['’‘ʼ`]", " "),
        (rf"(?<![\w.]){_LETTER}(?:\.{_LETTER})+\b", lambda m: m[0].replace(".", "")),  # r.g.p.d.
        (r"\b(lo|[lrd])\*?\.? ?(?=\d+-\d)", r"\1"),  # l. 151-1
        (r"(?<![\w.,])\d{1,3}(?:[ .]\d{3})+(?!\d|[.,]\d)", lambda m: re.sub(r"\D", "", m[0]) + " "),  # 10 000
        (rf"(?<={_LETTER}{{2}})(?=\d\d)", " "),  # iso27001, but not co2
        (rf"\be[-‐](?={_LETTER}{{3}})", "e"),  # e-mail
    )
)
_REFERENCE = re.compile(r"\b(?:lo|[lrd])\d+(?:-\d+)+\b")
_UNIT = re.compile(
    rf"\b{_LETTER}{{1,2}}&{_LETTER}{{1,2}}\b|\b{_LETTER} & {_LETTER}\b|{_REFERENCE.pattern}|[^\W_]+(?:[-‐][^\W_]+)*"
)
_HYPHEN = re.compile("[-‐]")
_PLURAL = re.compile(r"^(loi|emploi|envoi|renvoi|octroi|euro|logo|menu)s$")  # Snowball leaves them: an s after i, o, u
_STEMMER = snowballstemmer.stemmer("french")
_STEMMING = threading.Lock()  # it keeps the word it is at, and people ask at the same time

_SHORTEST_STEMMED = 4  # letters

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
    return (found for word in words(text) if (found := term(word)))


def words(text: str) -> Iterator[str]:
    """The words of a text, in lower case, with their accents; a compound gives its parts."""
    return (part for unit in units(text) for part in parts(unit))


def units(text: str) -> list[str]:
    """As `words`, a compound staying whole with its hyphens."""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    for pattern, replacement in _REWRITES:
        text = pattern.sub(replacement, text)
    return _UNIT.findall(text)


@lru_cache(maxsize=200_000)
def parts(unit: str) -> tuple[str, ...]:
    """The words between the hyphens. « l151-1 » and « r&d » are one word each."""
    if unit.isalnum() or _REFERENCE.fullmatch(unit):
        return (unit,)
    return (unit.replace(" ", ""),) if "&" in unit else tuple(_HYPHEN.split(unit))


def is_compound(unit: str) -> bool:
    """Whether hyphens make one word of several, as in « savoir-faire », but not in « peut-on » or « celui-ci »."""
    of = parts(unit)
    if len(of) == 1 or of[-1] in _ENCLITICS or not all(map(str.isalpha, of)):
        return False
    return not STOP_WORDS.issuperset(of)


@lru_cache(maxsize=200_000)
def term(word: str) -> str:
    """The index term of one word, or nothing for a stop word. A compound is written without its hyphens."""
    if word in STOP_WORDS:
        return ""
    folded = fold(word.replace("-", "") if is_compound(word) else word)
    if folded in _NUMBERS:
        return _NUMBERS[folded]
    if len(folded) < _SHORTEST_STEMMED or not folded.isalpha():
        return folded
    with _STEMMING:
        return str(_STEMMER.stemWord(_PLURAL.sub(r"\1", folded)))


def fold(text: str) -> str:
    """Text without its accents; ligatures œ and æ become two letters."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("æ", "ae"))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


# With and without their accents; never by folding the question, which would drop « maïs » as « mais ».
_WORDS = (_FRENCH + _ENGLISH).split()
STOP_WORDS = frozenset(_WORDS) | {fold(word) for word in _WORDS}
# « un » and « neuf » are more often something else.
_NUMBERS = dict(
    deux="2", trois="3", quatre="4", cinq="5", six="6", sept="7", huit="8", dix="10", onze="11", douze="12",
    treize="13", quatorze="14", quinze="15", seize="16", vingt="20", trente="30", quarante="40", cinquante="50",
    soixante="60", cent="100", mille="1000",
)  # fmt: skip
_AFTER_HYPHEN = "je tu il elle on nous vous ils elles ce ci là moi toi lui leur leurs le la les y en même meme"
_ENCLITICS = frozenset(_AFTER_HYPHEN.split())
