"""What Vigie says in its own name, in French and in English. It reports; it never prescribes."""

import hashlib
import re
from dataclasses import astuple, dataclass

from assistant.answer import Language


@dataclass(frozen=True)
class Wording:
    """The sentences of one language; `{guide}` is « le recueil » or « le recueil de démonstration »."""

    introduction: str
    hesitant: str
    not_in_guide: str
    about: str
    thanks: str
    empty: str
    too_long: str
    guide: str
    demonstration: str
    of_guide: str
    of_demonstration: str
    suggestion: str


_FRENCH = Wording(
    introduction="Voici ce qu’en dit {guide}, page à l’appui :",
    hesitant="Je ne suis pas certaine que {guide} réponde à cette question. Voici les passages les plus proches :",
    not_in_guide=(
        "{Guide} ne répond pas à cette question : je n’y ai trouvé aucun passage qui la traite. "
        "Je préfère ne pas répondre plutôt que d’inventer."
    ),
    about=(
        "Bonjour ! Je suis Vigie. Je réponds à vos questions à partir {of_guide} et des publications qui "
        "l’accompagnent, en citant mot pour mot les passages et leurs pages. "
        "Quand le texte ne dit rien, je vous le dis. Rien de ce que vous écrivez ne quitte cette machine."
    ),
    thanks="Je vous en prie. Posez-moi une autre question quand vous voulez.",
    empty="Votre question est vide. Écrivez-la en quelques mots, par exemple : « Comment accueillir un stagiaire ? »",
    too_long="Votre question dépasse {limit} caractères. Résumez-la en quelques phrases.",
    guide="le recueil",
    demonstration="le recueil de démonstration",
    of_guide="du recueil",
    of_demonstration="du recueil de démonstration",
    suggestion="Que dit le recueil sur « {section} » ?",
)
_ENGLISH = Wording(
    introduction="Here is what {guide} says, with the page for each quote (quotes are in French):",
    hesitant="I am not sure that {guide} answers this question. Here are the nearest passages (in French):",
    not_in_guide=(
        "{Guide} does not answer this question: I found no passage that deals with it. "
        "I would rather not answer than make something up."
    ),
    about=(
        "Hello! I am Vigie. I answer questions {of_guide} and the publications beside it, quoting the passages word "
        "for word with their pages. When the text is silent, I say so. Nothing you write leaves this machine."
    ),
    thanks="You are welcome. Ask me another question whenever you like.",
    empty="Your question is empty. Write it in a few words, for instance: “How should we welcome an intern?”",
    too_long="Your question is longer than {limit} characters. Please sum it up in a few sentences.",
    guide="the guide",
    demonstration="the demonstration guide",
    of_guide="from the guide",
    of_demonstration="from the demonstration guide",
    suggestion="What does the guide say about “{section}”?",
)
_WORDINGS: dict[Language, Wording] = {"fr": _FRENCH, "en": _ENGLISH}
WORDING_SHA256 = hashlib.sha256(repr((astuple(_FRENCH), astuple(_ENGLISH))).encode()).hexdigest()

_GREETING = re.compile(
    r"(?:bonjour|bonsoir|salut|coucou|hello|hi|hey|good (?:morning|evening|afternoon))"
    r"(?: (?:vigie|a tous|à tous|there))?"
)
_IDENTITY = re.compile(
    r"(?:qui es[ -]tu|qui [eê]tes[ -]vous|que (?:peux|sais)[ -]tu faire|que pouvez[ -]vous faire|tu es qui|t es qui"
    r"|c est quoi vigie|qu est ce que vigie|comment (?:ca|ça) marche|aide|help|who are you|what can you do"
    r"|what are you)"
)
_THANKS = re.compile(r"(?:merci(?: beaucoup| bien)?|thanks|thank you(?: very much)?)")


def wording(language: Language) -> Wording:
    """The sentences of a language."""
    return _WORDINGS[language]


def guide_name(language: Language, demonstration: bool) -> str:
    """How the guide is called inside a sentence."""
    words = _WORDINGS[language]
    return words.demonstration if demonstration else words.guide


def small_talk(question: str, language: Language, demonstration: bool) -> str | None:
    """The answer to a greeting, thanks or a question about Vigie itself; None for any other."""
    words = wording(language)
    plain = re.sub(r"[^\w]+", " ", question.casefold()).strip()
    rest = _GREETING.sub("", plain, count=1).strip() if _GREETING.match(plain) else plain
    if not rest or _IDENTITY.fullmatch(rest):
        return words.about.format(of_guide=words.of_demonstration if demonstration else words.of_guide)
    return words.thanks if _THANKS.fullmatch(rest) else None
