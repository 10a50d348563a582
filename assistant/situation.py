"""A message that tells what happened and asks nothing: « on nous a volé un prototype ». What to do is what is meant."""

import re

from assistant.answer import Language
from assistant.asking import plainly
from assistant.leaning import own_words
from assistant.several import asked_parts, asks
from assistant.told import wishes

_WHAT_TO_DO: dict[Language, str] = {"fr": "Que faire ?", "en": "What should we do?"}
_FEWEST, _MOST = 5, 40  # words of a message; of a longer one its sentences that ask are looked for
_FEWEST_OWN = 2  # content words
# « on a perdu », « notre stagiaire veut », « un visiteur photographie »: somebody, and what is done or was.
_SOMEBODY = (
    r"(?:j'|je |on |nous |il |elle |ils |elles |i |we |they |someone |somebody |quelqu'un |personne "
    r"|(?:mon|ma|mes|notre|nos|un|une|des|le|la|les|l'|ce|cet|cette|ces|deux|trois|our|my|an?|the) ?[\w'-]+ ?)"
)
_HAPPENS = (
    r"(?:(?:m'|nous |s'|n'|ne |me |se |l'|l[ae]s? |y |en |vient |viennent |just |'ve |has |have )*"
    r"(?:ai|as|a|avons|avez|ont|est|sommes|sont|suis|etait|avait|vient|viennent|veut|veulent|refuse\w*|demande\w*"
    r"|circule\w*|tourne\w*|raconte\w*|reclame\w*|insiste\w*|photographie\w*|filme\w*|explose\w*|menace\w*|part|partent"
    r"|quitte\w*|arrive\w*|recoit|recevons|propose\w*|exige\w*|pose\w*|traine\w*|disparait|manque\w*"
    r"|was|were|is|are|has|have|had|lost|stole|sent|asked|wants?|refuses?|left|got|received|keeps?))\b"
)
_CLAUSE = re.compile(r"\s*[,;:.]\s+|\s+(?:et|mais|and|but|alors|donc)\s+")
_ASKED = re.compile(  # « la charte est signée par qui », « ya koi a faire »
    r"\b(?:koi|(?<!importe )quoi|cmt|ki|pk)\b"
    r"|\b(?:qui|quand|combien|ou|comment|pourquoi|lequel|laquelle|who|whom|when|where|how|why)$"
)
_TELLS = re.compile(rf"^(?:[\w' -]{{1,25}}, ?)?{_SOMEBODY}(?:[\w'-]+ ){{0,6}}?{_HAPPENS}")
# Of Vigie, of the guide, or of what is looked for.
_NO_SITUATION = re.compile(
    r"\b(?:tu|toi|te|t'|ton|ta|tes|vous|votre|vos|you|your|vigie|recueil|guide|question|reponse|answer)\b"
    r"|^(?:je|j'|on|nous|i|we)[ ']?(?:\w+ ){0,2}(?:cherche|veux|voudrais|aimerais|souhaite|parle|voulais|voulons"
    r"|voudrait|need|want|am looking|would)"
    r"|\b(?:merci|thanks|thank|compris|understood|d'accord)\b"
    r"|^(?:je suis|nous sommes|on est|i am|i'm|we are|we're) (?!(?:victimes?|attaques?|pirates?|cible|under)\b)"
    r"|^(?:c'est|cela|ca|ceci|il (?:est|fait|y a|faut|s'agit)|that|this|it|there)\b"
)


def what_to_do(message: str, language: Language) -> str:
    """The message with the question that it leaves out; nothing where it asks, or tells of no situation."""
    plain = plainly(message)
    if "?" in message or not _FEWEST <= len(plain.split()) <= _MOST or _asks(message, plain):
        return ""
    tells = _TELLS.match(plain) and not _NO_SITUATION.search(plain) and len(own_words(plain)) >= _FEWEST_OWN
    return f"{message.rstrip(' .!…')}. {_WHAT_TO_DO[language]}" if tells else ""


def _asks(message: str, plain: str) -> bool:
    asked = any(map(asks, (*_CLAUSE.split(message), *asked_parts(message))))
    return asked or wishes(message) or bool(_ASKED.search(plain.rstrip(" .!")))
