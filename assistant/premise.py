"""What some questions take for granted, and the guide's own words that say otherwise.

« Le recueil nous oblige à… »: it recommends. « Comment pirater un concurrent ? »: it knows lawful means only.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from assistant.extractive import Quote
from index import SearchResult

PremiseName = Literal["force", "lawful"]
_IT = r"(?:recueil|guide|document|brochure|handbook)"
_ITS = (
    r"(?:pratiques?|recommandations?|fiches?|practices?|recommendations?|recueil|guide|choses|actions|mesures|steps?)"
)
_NAMED = r"(?:pratiques?|recommandations?|fiches?|practices?|recommendations?|recueil|guide)"
_UNNAMED = r"(?:choses|actions|mesures|steps?)"
# Of what a law asks for, after a leak say, the guide's own force is no answer.
_NO_LAW = (
    r"^(?!.*\b(?:lois?|rgpd|gdpr|reglementation|law|laws|apres une?|en cas d[eu]?|fuites?|violation|incident|attaque"
    r"|after an?|in case of|breach|leak)\b).*"
)
_BINDING = r"(?:obligatoires?|imposee?s?|contraignante?s?|exigee?s?|mandatory|binding|compulsory)"
_ACT = (
    r"(?:pirater|hacker|espionner|penetrer|intercepter|soudoyer|corrompre|voler|usurper|hack|spy on|steal|bribe"
    r"|se faire passer pour|me faire passer pour|pretend to be)"
)
_RIVAL = r"(?:concurrente?s?|competitors?|rivaux|rival|salarie?e?s?|employe?e?s?|clients?|fournisseurs?|partenaires?)"
# Of which the one who asks is the victim: « notre messagerie », not « notre concurrent ».
_OURS = rf"(?:mon|ma|mes|nos|notre|nous|me|my|our|us)\b(?! (?:\w+ )?{_RIVAL})"


@dataclass(frozen=True)
class Premise:
    """How a question takes something for granted; what is searched for, and how the sentence that answers is known."""

    name: PremiseName
    taken: tuple[re.Pattern[str], ...]
    search: str
    said: re.Pattern[str]


FORCE = Premise(
    "force",
    (
        re.compile(
            rf"\b{_IT} (?:\w+ ){{0,3}}?(?:oblige|impose|exige|contraint|force|forces|requires|obliges"
            r")\b"
        ),
        re.compile(r"\b(?:recueil|guide|handbook) (?:nous |vous )?(?:interdit|forbids?)\b(?! (?:par|by))"),
        re.compile(  # asked first: after a question, « c’est obligatoire ? » is asked of what it is about
            rf"^(?:(?:bonjour|est ce que) )*(?:tout (?:ca|cela)|tout|ca|cela|c) est (?:vraiment |bien )?{_BINDING}$"
            rf"|^is (?:it|this|all (?:of )?(?:it|this)) (?:really |all )?{_BINDING}$"
        ),
        re.compile(rf"^(?!.*\b(?:par la loi|by law)\b).*\b{_NAMED} (?:\w+ ){{0,3}}?{_BINDING}\b"),
        re.compile(rf"{_NO_LAW}\b{_UNNAMED} (?:\w+ ){{0,3}}?{_BINDING}\b"),
        re.compile(
            r"\b(?:oblige|obliges|obligee|obligees|tenu|tenus|obligatoire|required|obliged|mandatory) (?:\w+ ){0,4}?"
            rf"(?:suivre|appliquer|respecter|follow|apply) (?:\w+ ){{0,2}}{_ITS}\b"
        ),
        re.compile(
            r"\b(?:sanction|sanctions|amende|amendes|risque|risques|puni|fine|penalty) (?:\w+ ){0,8}?"
            r"(?:suit|suivre|suivons|applique|appliquer|respecte|respecter|follow|apply) (?:\w+ ){0,3}"
            r"(?:recueil|guide|pratiques?|recommandations?|practices|recommendations)\b"
        ),
    ),
    "Le recueil est-il un guide prescriptif, une instruction, ou de simples recommandations ?",
    re.compile(
        r"\b(?:n est (?:ni|pas) (?:une? )?(?:guide |texte |document )?(?:prescripti|instruction|obligat|norme"
        r"|reglement)"
        r"|n impose (?:rien|pas|aucun)|n oblige"
        r"|n a pas (?:de )?(?:force|valeur) (?:obligatoire|contraignante|juridique)|non contraignant|pas contraignant)"
    ),
)
LAWFUL = Premise(
    "lawful",
    (
        re.compile(
            r"\b(?:peut on|puis je|je peux|on peut|j ai le droit|ai je le droit|a t on le droit|comment(?: faire pour)?"
            rf"|can i|can we|may i|may we|how (?:do|can|to)(?: i| we)?) (?:de |d )?{_ACT}\b(?! {_OURS})"
        ),
        re.compile(rf"\bpeux {_ACT}\b(?! {_OURS})"),
    ),
    "L’intelligence économique ne recourt qu’à des moyens licites ; l’espionnage recourt à des moyens illicites.",
    re.compile(r"\b(?:illicites?|actions licites|moyens licites|informations licites)\b"),
)


def premise_of(question: str) -> Premise | None:
    """What a question takes for granted of the guide: that it obliges (not that a law does), that it helps to break
    the law (not to be safe from those who do); None where it takes neither."""
    plain = _plain(question)
    return next((premise for premise in (FORCE, LAWFUL) if any(taken.search(plain) for taken in premise.taken)), None)


def said_otherwise(premise: Premise, found: SearchResult, is_guide: Callable[[str], bool]) -> Quote | None:
    """Where a guide says otherwise: that sentence and the next one; None where none says so."""
    for scored in found.results:
        passage = scored.passage
        for number, (start, end) in enumerate(passage.sentences):
            if is_guide(passage.publication) and premise.said.search(_plain(passage.text[start:end])):
                return Quote(scored, number, min(number + 2, len(passage.sentences)))
    return None


_ASKED = re.compile(
    r"\b(?:obligatoires?|obligatoirement|obligees?|obliges?|obligation|tenue?s? de|mandatory|compulsory|obliged"
    r"|required to|do we have to|must we|must i|do i have to)\b"
)


def asks_for_a_duty(question: str) -> bool:
    """Whether a question asks if something has to be done, by whatever rule."""
    return bool(_ASKED.search(_plain(question)))


def _plain(text: str) -> str:
    """In lower case, without accents, apostrophes and signs, a space between words."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", bare))
