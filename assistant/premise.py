"""Questions that take the guide for a rule: « le recueil nous oblige à… ». It recommends, and says so itself."""

import re
import unicodedata
from collections.abc import Callable

from assistant.extractive import Quote
from index import SearchResult

# What is searched for to let the guide itself say what force it has, and how the sentence that says so is known.
ITS_FORCE = "Le recueil est-il un guide prescriptif, une instruction, ou de simples recommandations ?"
_SAID = re.compile(
    r"\b(?:n est (?:ni|pas) (?:un |une )?(?:guide |texte |document )?(?:prescripti|instruction|obligat|norme|reglement)"
    r"|n impose (?:rien|pas|aucun)|n oblige|n a pas (?:de )?(?:force|valeur) (?:obligatoire|contraignante|juridique)"
    r"|non contraignant|pas contraignant)"
)
_IT = r"(?:recueil|guide|document|brochure|handbook)"
_ITS = (
    r"(?:pratiques?|recommandations?|fiches?|practices?|recommendations?|recueil|guide|choses|actions|mesures|steps?)"
)
_BINDING = r"(?:obligatoires?|imposee?s?|contraignante?s?|exigee?s?|mandatory|binding|compulsory)"
_PRESUMED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_IT} (?:\w+ ){{0,3}}?(?:oblige|impose|exige|contraint|force|forces|requires|obliges)\b",
        rf"\b{_ITS} (?:\w+ ){{0,3}}?{_BINDING}\b",
        rf"\b(?:oblige|obliges|obligee|obligees|tenu|tenus|obligatoire|required|obliged|mandatory) (?:\w+ ){{0,4}}?"
        rf"(?:suivre|appliquer|respecter|follow|apply) (?:\w+ ){{0,2}}{_ITS}\b",
        r"\b(?:sanction|sanctions|amende|amendes|risque|risques|puni|fine|penalty) (?:\w+ ){0,8}?"
        r"(?:suit|suivre|suivons|applique|appliquer|respecte|respecter|follow|apply) (?:\w+ ){0,3}"
        r"(?:recueil|guide|pratiques?|recommandations?|practices|recommendations)\b",
    )
)


_ASKED = re.compile(
    r"\b(?:obligatoires?|obligatoirement|obligees?|obliges?|obligation|tenue?s? de|mandatory|compulsory|obliged"
    r"|required to|do we have to|must we|must i|do i have to)\b"
)


def asks_for_a_duty(question: str) -> bool:
    """Whether a question asks if something has to be done, by whatever rule."""
    return bool(_ASKED.search(_plain(question)))


def presumes_a_duty(question: str) -> bool:
    """Whether a question says, or asks, that the guide itself obliges; not whether a law does."""
    plain = _plain(question)
    return any(pattern.search(plain) for pattern in _PRESUMED)


def its_own_force(found: SearchResult, is_guide: Callable[[str], bool]) -> Quote | None:
    """Where a guide says that it obliges nobody: that sentence and the next one; None where none says so."""
    for scored in found.results:
        passage = scored.passage
        for number, (start, end) in enumerate(passage.sentences):
            if is_guide(passage.publication) and _SAID.search(_plain(passage.text[start:end])):
                return Quote(scored, number, min(number + 2, len(passage.sentences)))
    return None


def _plain(text: str) -> str:
    """In lower case, without accents, apostrophes and signs, a space between words."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", bare))
