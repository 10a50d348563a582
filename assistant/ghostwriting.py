"""Requests to produce a text, which Vigie leaves to their author; asking how to write one is a question.

Rules on words, in French and English: a verb of writing that is asked of Vigie, then a thing that people send or sign.
"""

import re
from typing import Literal

Request = Literal["writing", "translation"]

# An order opens a sentence; « comment rédiger », « et faire signer » and « nous préparons » are none.
_OPENS = r"(?:^|[.,:;?!] |\b(?:bonjour|stp|svp|please|hello|hi) )"
_ORDER = (
    r"(?:(?:re)?ecris|(?:re)?ecrivez|redige[sz]?|ponds|pondez|compose[sz]?|formule[sz]?|tourne[sz]?|fais|faites|prepare[sz]?"
    r"|genere[sz]?|etablis|etablissez|concois|concevez|produis|produisez|write|draft(?![^:?]*[:?])|word|make|prepare|generate|produce"
    r"|create)"
)
_ASKED = (
    r"(?:\b(?:peux|pourrais|pouvez|pourriez|sais|saurais|veux|voulez|voudrais|voudriez)[ -]?(?:tu|vous)"
    r"|\b(?:tu|vous) (?:peux|pourrais|pouvez|pourriez|sais|veux|voulez)|\bmerci de|\bque (?:tu|vous)"
    r"|\b(?:can|could|would|will) you(?: please)?|\bi need you to|\bi want you to)"
)
_TO_DO = (
    r"(?:(?:re)?ecri\w+|redig\w+|pond\w+|compose\w*|formule\w*|faire|fasse\w*|prepare\w*|genere\w*|etabli\w+|concevoir"
    r"|produi\w+|write|draft|word|make|prepare|generate|produce|create)"
)
_TO_US = r"(?: (?:moi|m|nous|me|us|donc|vite|stp|svp))*"
_VERB = rf"(?:{_OPENS}{_ORDER}{_TO_US}|{_ASKED}{_TO_US} {_TO_DO}{_TO_US})"
# « une liste des clauses » is no clause to write.
_BETWEEN = (
    r" (?:(?:un|une|des|le|la|les|l|notre|nos|mon|ma|mes|votre|a|an|the|our|my|some) )?"
    r"(?:(?!liste|synthese|resume|point|tableau|comparaison|check|fiche|list|summary|table)\w+ ){0,2}?"
)
_SENT = (
    r"(?:e ?mails?|mails?|courriels?|messages?|sms|lettres?|letters?|courriers?|communiques?|press releases?|posts?"
    r"|tweets?|notes?|memos?|discours|speech|allocution|mot d accueil|invitations?|reglements?|chartes?|charters?"
    r"|accords?|agreements?|nda|clauses?|contrats?|contracts?|convention|avenants?|articles?|editos?|tribunes?"
    r"|plaidoyers?|newsletters?|annonces?|compte rendu|cr|minutes|rapports?|report|reponse a|offre d emploi"
    r"|cahier des charges|attestations?|policy|brochures?|flyers?|plaquettes?|slides?|diapos?|dossier de presse)"
)
_WRITING = re.compile(
    rf"{_VERB}{_BETWEEN}(?:{_SENT}|phrases?|paragraphes?|textes?|procedures?|introduction|conclusion)\b"
)
_SAID_BEFORE = re.compile(
    rf"\b{_SENT}\b.*\b(?:(?:tu|vous) (?:me|nous) (?:le|la|les) (?:fais|faites|rediges?|redigez|ecris|ecrivez"
    rf"|prepare\w*)"
    r"|(?:re)?(?:redige|ecris|fais|prepare)\w*[ -](?:le|la|les)[ -](?:moi|nous))\b"
)
_GIVEN = (
    r"(?:ce|cet|cette|ces|le|la|les|l|mon|ma|notre|votre|this|these|the|my|our) (?:\w+ ){0,2}?(?:textes?|articles?"
    r"|mails?|courriels?|lettres?|letter|rapports?|report|documents?|paragraphes?|phrases?|pages?|contrats?|contract|note"
    r"|courrier|email|clauses?|sentence|paragraph|quotes?|citations?)"
)
_TRANSLATION = re.compile(
    rf"(?:{_OPENS}(?!(?:relire|traduire|resumer|synthetiser|corriger|reformuler)\b(?! (?:ce|cet|cette|ces|mon|ma"
    rf"|mes)\b))|{_ASKED}{_TO_US} )(?:tradui\w*"
    rf"|translate|resum\w+|summari[sz]e|synthetise\w*|corrige\w*"
    rf"|relis\w*|relire|proofread|reformule\w*){_TO_US} (?:\w+ ){{0,3}}?"
    rf"(?:{_GIVEN}|ci[ -](?:joint|dessous)|below|following|ce qui suit)\b"
    r"|\ben faire (?:une |un )?(?:synthese|resume|traduction)\b|\b(?:comment|how) (?:dit on|on dit|do you say"
    r"|traduit on)\b(?! non?\b)"
)
# What asks for the answer in another form: it is quoted, and not put in other words.
_COULD = r"(?:tu peux|peux tu|vous pouvez|pouvez vous|pourriez vous|can you|could you)(?: me| m| nous)?"
SHORTER = re.compile(
    r"(?:(?:ok|et|merci|stp|svp|bonjour|hello|hi|super) (?:[,!.] )?)*"
    rf"(?:(?:{_COULD} )?(?:en |fais |faire |make it )?(?:plus |beaucoup )?(?:court|courte|bref|concis|shorter|short)"
    rf"|en (?:bref|resume|deux mots|quelques mots|(?:une|deux|trois|quelques) (?:phrases?|lignes?))|(?:juste "
    rf"|just )?l essentiel"
    rf"|in (?:short|brief|a nutshell|(?:one|two|three|a few) (?:words?|sentences?|lines?))|(?:(?:please"
    rf"|can you) )?(?:sum|wrap) (?:it|this|that) up(?: in (?:one|two|three|a few) (?:words?|sentences?|lines?"
    rf"|points?))?"
    rf"|(?:{_COULD} )?(?:explique[rsz]?|dis|dites|redis|reformule[rsz]?|fais|faites)?(?: (?:moi|nous))?(?: ca"
    rf"| cela)? ?plus"
    r" simple(?:ment)?|(?:explain|put|say) (?:it|this|that) (?:more )?(?:simply|simpler)|in simpler terms"
    rf"|tl ;? ?dr|(?:{_COULD} )?(?:(?:re)?sum(?:e|es|er|ez|marize|marise)|synthetise[rsz]?|recapitule[rsz]?)"
    r"(?: moi| nous)?"
    r"(?: (?:ca|cela|tout(?: ca| cela)?|l essentiel|it|that|this|les points|les points essentiels))*"
    rf"|(?:{_COULD} )?(?:fais|faites|faire|donne|donnez|donner)(?: moi| nous)? (?:un |une )?"
    r"(?:resume|synthese|recap\w*))"
    r"(?: en (?:\w+ )?(?:lignes?|phrases?|points?|mots?))?(?: (?:pour|a) (?:mon|ma|mes|notre|nos) \w+)?"
    r"(?: (?:stp|svp|please|s il (?:te|vous) plait|merci))*[ .?!]*"
)
_POLITELY = r"(?:stp|svp|please|s il (?:te|vous) plait|merci|thanks)"
_TO_WHOM = r"(?: (?:moi|nous|me|us|it|that|this|ca|cela|la reponse|the answer|to))*"
_SAY = r"(?:reponds|repondez|dis|dites|redis|mets|mettez|continue[sz]?|passe[sz]?|answer|say|repeat|give|write|switch)"
_TO_SAY = r"(?:repondre|dire|redire|mettre|continuer|passer|answer|say|repeat|give|write|switch)"
_IN = r"(?:en (?P<{0}>anglais|francais)|(?:in(?:to)? )?(?P<{0}_>english|french))"
# « et en anglais ? » asks of what is spoken of, and « en anglais svp » of the answer.
ANSWERED_IN = re.compile(
    rf"(?:(?:ok|et|{_POLITELY}|super|now|and|maintenant|la meme chose|the same(?: thing)?) (?:[,!.] )?)*"
    rf"(?:{_COULD} (?:(?:le |la |l |ca |cela )?{_TO_SAY}{_TO_WHOM} )?{_IN.format('could')}(?: {_POLITELY})*[ .?!]*"
    rf"|(?:(?:le |la |l |ca |cela )?{_SAY}{_TO_WHOM} ){_IN.format('say')}(?: {_POLITELY})*[ .?!]*"
    rf"|{_IN.format('kindly')}(?: {_POLITELY})+[ .?!]*"
    rf"|{_IN.format('plain')}[ .!]*)"
)
_OF_THE_GUIDE = re.compile(r"\b(?:recueil|guide|pilier|pratique|chapitre|chapter|pillar|handbook)\b")


def request(sentences: str) -> Request | None:
    """What is asked to be written, of a message without capitals or accents whose sentences end in punctuation."""
    if _WRITING.search(sentences) or _SAID_BEFORE.search(sentences):
        return "writing"
    if SHORTER.fullmatch(sentences):
        return "translation"
    return "translation" if _TRANSLATION.search(sentences) and not _OF_THE_GUIDE.search(sentences) else None
