"""Requests to produce a text, which Vigie leaves to their author; asking how to write one is a question.

Rules on words, in French and English: a verb of writing that is asked of Vigie, then a thing that people send or sign.
"""

import re
from typing import Literal

Request = Literal["writing", "translation"]

# What goes before a verb that is asked of somebody; « comment rédiger » and « nous préparons » do not.
_ASKED = (
    r"(?:^|[.,:;?!] |\b(?:bonjour|stp|svp|merci|please|et|puis|alors|hello|hi) (?:de |d )?"
    r"|\b(?:peux|pourrais|pouvez|pourriez|sais|saurais|veux|voulez|voudrais|voudriez)[ -]?(?:tu|vous) "
    r"|\b(?:tu|vous) (?:peux|pourrais|pouvez|pourriez|sais|veux|voulez) |\bmerci de "
    r"|\bque (?:tu|vous) |\b(?:can|could|would|will) you (?:please )?|\bi need you to |\bi want you to )"
)
_TO_US = r"(?:(?:me|nous|m|moi|us) )?"
_WRITE = r"(?:re)?(?:ecri\w+|redige\w*|pond\w*|compose\w*|formule[rz]?|tourne[rz]?|write|draft|compose|word)"
_MAKE = (
    r"(?:fais|faites|faire|fasse\w*|prepare[rz]?|genere[rz]?|etabli\w*|concoi\w*|concevoir|produi\w+|trouve[rz]?"
    r"|make|prepare|generate|produce|create)"
)
_BETWEEN = r"(?: (?:moi|nous|me|us|donc|vite|stp|svp))* (?:\w+ ){0,4}?"
_SENT = (
    r"(?:e ?mails?|mails?|courriels?|messages?|sms|lettres?|letters?|courriers?|communiques?|press releases?|posts?"
    r"|tweets?|notes?|memos?|discours|speech|allocution|mot d accueil|invitations?|reglements?|chartes?|charters?"
    r"|accords?|agreements?|nda|clauses?|contrats?|contracts?|convention|avenants?|articles?|editos?|tribunes?"
    r"|plaidoyers?|newsletters?|annonces?|compte rendu|cr|minutes|rapports?|report|reponse a|offre d emploi"
    r"|cahier des charges|attestations?|policy|brochures?|flyers?|plaquettes?|slides?|diapos?|dossier de presse)"
)
_WRITING = re.compile(
    rf"{_ASKED}{_TO_US}(?:{_WRITE}{_BETWEEN}(?:{_SENT}|phrases?|paragraphes?|textes?|procedures?"
    rf"|introduction|conclusion)|{_MAKE}{_BETWEEN}{_SENT})\b"
)
_SAID_BEFORE = re.compile(
    rf"\b{_SENT}\b.*\b(?:(?:tu|vous) (?:me|nous) (?:le|la|les) (?:fais|faites|rediges?|redigez|ecris|ecrivez"
    rf"|prepare\w*)"
    r"|(?:re)?(?:redige|ecris|fais|prepare)\w*[ -](?:le|la|les)[ -](?:moi|nous))\b"
)
_GIVEN = (
    r"(?:ce|cet|cette|ces|le|la|les|l|mon|ma|notre|votre|this|these|the|my|our) (?:\w+ ){0,2}?(?:textes?|articles?"
    r"|mails?"
    r"|courriels?|lettres?|letter|rapports?|report|documents?|paragraphes?|phrases?|pages?|contrats?|contract|note"
    r"|courrier|email|clauses?|sentence|paragraph)"
)
_TRANSLATION = re.compile(
    rf"{_ASKED}{_TO_US}(?:tradui\w*|translate|resum\w+|summari[sz]e|synthetise\w*|corrige\w*|relis\w*|relire|proofread"
    rf"|reformule\w*){_BETWEEN}(?:{_GIVEN}|ci[ -](?:joint|dessous)|below|following|ce qui suit)\b"
    r"|\ben faire (?:une |un )?(?:synthese|resume|traduction)\b|\b(?:comment|how) (?:dit on|on dit|do you say"
    r"|traduit on)\b"
)
_OF_THE_GUIDE = re.compile(r"\b(?:recueil|guide|pilier|pratique|chapitre|chapter|pillar|handbook)\b")


def request(sentences: str) -> Request | None:
    """What is asked to be written, of a message without capitals or accents whose sentences end in punctuation."""
    if _WRITING.search(sentences) or _SAID_BEFORE.search(sentences):
        return "writing"
    return "translation" if _TRANSLATION.search(sentences) and not _OF_THE_GUIDE.search(sentences) else None
