"""Whether a question leans on the turns before: by a link, by what it points at, or for want of words of its own.

With a few words of its own it may: what the guide says of them tells.

A pronoun may also point at what the question itself names: « une fiche réflexe, elle doit faire combien de mots ? ».
"""

import re

from assistant.asking import UNSAID, answers, asking_part, is_long, plainly, without_courtesy
from assistant.part_names import names_a_part
from assistant.pointing import mentions_a_point
from assistant.several import asks
from assistant.verbs import NOUNS
from index import analyse

_NEW_SUBJECT = re.compile(
    r"(?:sinon|(?:(?:et|mais|and|but|alors) )?(?:au fait|autre (?:question|chose|sujet)|par ailleurs|rien a voir"
    r"|changeons|by the way|another question|on another topic|different(?:ly| question)))\b"
)
LINK = re.compile(
    r"^(?:(?:et|mais|and|but|alors|donc|so|puis|then|du coup|justement|ensuite|what about|how about|(?:mais )?non(?=,))"
    r"\b"
    r"|(?:t['’ ]?es|tu es|vous [eê]tes|[eê]tes[- ]vous|es[- ]tu|are you) (?:vraiment )?"
    r"(?:s[uû]re?s?|certaine?s?)\b(?! (?:que|qu|de)\b)"
    r"[ ?!.]*"
    r"|(?:vous|tu) ne (?:parle[sz]|di(?:tes|s)|mentionne[sz]) (?:pas|rien) (?:de[s ]|du |d['’]|sur ))[\s,:]*",
    re.I,
)
_EXCEPT = re.compile(
    r"(?:meme|sauf|seulement|uniquement|even|only) (?:si|pour|quand|avec|sans|if|for|when)\b|y compris\b|unless\b"
)
_DEFINITION = re.compile(
    r"\b(?:c'est quoi|c koi|qu'est[- ]ce qu(?:e (?:la|les?|l'|des))?"
    r"|que (?:signifie|veut dire)|ca veut dire|definition|what (?:is|are|does))\b"
)
_OF_A_NAME = re.compile(  # « c’est quoi un signal faible ? », but not « c’est quoi le délai ? », « … le point 2 ? »
    r"(?:sinon,? |au fait,? )?(?:c'?est|c) ?(?:quoi|koi) (?:un|une|des) (?!peu\b)\w|qu'est[- ]ce qu(?:'une? |e des )\w"
    r"|what(?: is|'s| are) an? \w|que (?:signifient?|veu(?:t|lent) dire) "
    r"(?!(?:le |la |les |l')?(?:points?|citations?|premiere?|derniere?|\d|\[))\w"
)
# « à l’étranger », « de la filière »: after an article, only these are taken for verbs.
_INFINITIVE = (
    rf"(?!(?:{'|'.join(sorted(NOUNS))})s?\b)\w+er"
    r"|(?:re|ob|main|con|de|sou|par)?(?:ten|ven)ir|prevenir|avertir|definir|choisir|finir|etablir|fournir|garantir|remplir"
    r"|(?:de|re)?(?:c?ouvrir)|offrir|servir|sortir|sentir|convertir|(?:re|pre)?voir|recevoir"
    r"|(?:re|de)?faire|(?:ap|com|re|sur|entre)?prendre|(?:re|per|ad|sou|trans|pro|o)?mettre|(?:re|e)?lire|dire|interdire"
    r"|(?:de|in|ins|trans)?(?:e|s)?crire|rendre|suivre|poursuivre|(?:de|cons|ins)truire|(?:re|tra|con|pro|intro)duire"
    r"|vendre|attendre|entendre|defendre|repondre|perdre|(?:re)?joindre|vivre|(?:re)?connaitre|exclure|conclure|inclure"
    r"|resoudre|etendre"
)
_BEFORE_OBJECT = (
    r"\b(?:on|je|tu|nous|vous|faut|faut-il|faudrait|peut|dois|doit|doivent|devons|pour|de|a|sans|comment|qui|ca)"
)
_IMPERSONAL = r"faut|faudrait|est|y|convient|existe|s'agit|vaut|suffit|reste|se peut|ne faut"
_NOBODY = re.compile(r"\b(?:faut|faudrait|a-t|existe-t|est|serait|convient|suffit|vaut|agit|reste-t)-$")
_POINTS = re.compile(
    rf"-(?P<subject>ils?|elles?|on) (?P<inverted>le|la|les) (?=(?:{_INFINITIVE})\b)|"
    r"\b(?P<plural>ils|elles|eux|leurs|ceux-ci|celles-ci|they|them|their|theirs|(?:those|these)(?! \w))\b"
    rf"|(?<!\w)(?P<he>il)\b(?! (?:{_IMPERSONAL}|(?:te|vous) plait))|\b(?P<him>celui-ci|celui-la|ce dernier|him|his)\b"
    r"|\b(?P<she>elle|celle-ci|celle-la|cette derniere|her)\b"
    r"|\b(?P<one>lui|son|sa|ses|leur|it|its|this one|that one)\b"
    r"|\b(?P<that>cela|ca|la-dedans|la-dessus|contraire|inverse|opposite)\b(?! veut dire)"
    r"|\bthat\b(?= (?:work|mean|apply|happen|help))"
    rf"|{_BEFORE_OBJECT} (?:(?P<object>le|la|les|en|y) |l')(?=(?:{_INFINITIVE})\b)"
    r"|\b(?:on|je|tu|nous|vous|qui|ca) (?:(?P<done>le|la|les|en|y) |l')"
    r"(?=(?!(?:droit|endroit|produit|credit|profit|conflit|audit|extrait)\b)(?:\w+it|a|est|met|donne|garde|prend|teste)\b)"
    r"|\bs'en\b(?! va)|\bs'y\b|(?<!-)\b(?:on|je|nous|vous|tu) l'(?=[aeiouyh]\w{2,})"
    r"|\b(?:une?|deux|trois|quatre|aucune?|plusieurs|certaine?s|chacune?|lequel|laquelle|one|two|three|some|none|each|any)"
    r" (?:de|d'entre|of) (?:ces|ceux|celles|these|those)\b"
)
# « laquelle des deux ? », « pareil ? », « obligatoire alors ? »: what was said before is meant.
_SAME = re.compile(r"\b(?:pareil|idem|same|meme chose|same thing)\s*[?.!]*$")
_THEN = re.compile(r"(?<=\w )(?:alors|du coup|dans ce cas|in that case|then)\s*[?.!]+$")
_AMONG = re.compile(r"\b(?:entre|parmi|between|among)\b")
_WHICH = re.compile(
    r"\b(?:lequel|laquelle|lesquel(?:le)?s|which one|which of (?:the )?(?:two|them)"
    r"|l'une? des (?:deux|trois|quatre)(?= (?:refuse|veut|peut|doit|ne|n'|est|a|part|quitte)\b| ?[?!.,:]|$))\b"
    r"(?! (?:de|des) (?!deux|trois|quatre)\w)"
)
_ANOTHER_FORM = re.compile(
    r"(?:(?:et|ok|alors|tu peux|peux-tu|vous pouvez|pouvez-vous|me|m'|nous|fais|faites|faire|donne|donnez|donner|moi"
    r"|give|make|can you|une|la|en|a)[ ,-]+){0,6}check-?list"
    r"(?: (?:pour|de|sur|for) (?:\w+ )?(?:tout )?(?:ca|cela|it|this|that))?"
    r"(?: (?:stp|svp|please))?\s*[?.!]*"
)
_OPENS = re.compile(
    r"(?:comment|qui|que|qu'|quel\w*|ou|pourquoi|combien|faut-il|peut-on|doit-on|puis-je|est-ce|how|what|who|where|which"
    r"|should|do|does|can|must|is|are)\b"
)
_APART = re.compile(r"[,.:;?!]|(?<=.)\b(?:and|if|when|who|which|that|to|before|after)\b")
# « comment protéger son brevet ? »: the owner is whoever asks.
_OF_ANYONE = re.compile(
    r"(?:^|\b(?:comment|pourquoi|peut-on|doit-on|on (?:peut|doit)|faut(?:-il)?|pour|a) )(?:bien |mieux |ne pas )?"
    rf"(?:{_INFINITIVE}) (?:de |a |avec )?$"
)
_KINDS = {"le": "he", "la": "she", "les": "plural", "him": "he", "object": "one", "done": "one"}
_NAMED = {
    "plural": re.compile(
        r"\b(?:les|des|ces|mes|tes|ses|nos|vos|leurs|plusieurs|deux|trois|quelques|aux|our"
        r"|(?!(?:temps|dans|sans|sous|plus|nous|vous|tous|mais|alors|apres|jamais|moins|fois)\b)\w{3,}s)\b"
    ),
    "he": re.compile(r"\b(?:un|le|du|au|ce|cet|mon|ton|son|l|notre|votre|chaque|d)\b"),
    "she": re.compile(r"\b(?:une|la|cette|ma|ta|sa|mon|ton|son|l|notre|votre|chaque|d)\b"),
    "one": re.compile(r"\w"),
    "that": re.compile(r"\w"),
}
_FEWEST_OWN = 3  # content words of its own from which a few words without a verb stand alone
_FEWEST_ASKING = 2  # the same, of a question that begins as one, or that is longer
_FEWEST_DOUBTFUL = 5  # the same, from which it stands alone whatever the guide says of them
_FEWEST_GOING_ON = 6  # the same, of what a long message asks that begins with thanks or assent
_SHORT = 6  # words of a short question
_NAMES = 2  # content words from which what comes before a pronoun may hold what it points at
_PLACED = 4  # content words from which they do whatever their gender, and « ça » may point at what comes after it


def leans(question: str) -> bool:
    """Whether it is to be read with what was said before."""
    said = without_courtesy(question)
    plain = plainly(asking_part(question))
    if is_new(question) or _asks_for_a_meaning(LINK.sub("", plain)):
        return False
    if LINK.match(plain) or LINK.match(plainly(said)):
        return True
    if _EXCEPT.match(plain) and not ("," in plain and asks(plain.partition(",")[2])):
        return True
    which = _WHICH.search(plain)
    if which and not _AMONG.search(plain) and len(own_words(plain[: which.start()])) < _NAMES:
        return True
    own = len(own_words(plain))
    if (_SAME.search(plain) and own < _FEWEST_GOING_ON) or (_THEN.search(plain) and own < _FEWEST_OWN):
        return True
    if mentions_a_point(plain) or _ANOTHER_FORM.fullmatch(plain):
        return True
    return _says_little(plain, answers(question) and is_long(question)) or points_back(plain)


# What only says in which form an answer is wanted.
_FORM = frozenset(analyse(
    "liste planning rétroplanning calendrier déroulé tableau résumé synthèse version courte plan récapitulatif donne "
    "donnez propose proposez proposer auriez list table summary schedule timeline short version give make"
))  # fmt: skip


def may_lean(question: str) -> bool:
    """Whether it has so few words of its own that what the guide has of them is to tell whether they lean.

    « Quelles sanctions en cas d’oubli ? » and « Quelle amende prévoit le RGPD ? » are such: the second names all.
    """
    plain = plainly(asking_part(question))
    known = is_new(question) or _asks_for_a_meaning(plain)
    return not known and len(own_words(plain) - _FORM) < _FEWEST_DOUBTFUL


def _asks_for_a_meaning(plain: str) -> bool:
    """Whether it asks what a name means, and points at nothing else."""
    return bool(_OF_A_NAME.match(plain)) and bool(own_words(plain)) and not points_back(plain)


def is_new(question: str) -> bool:
    """Whether it says that it is about something else, or names a part of the guide."""
    return bool(_NEW_SUBJECT.match(plainly(asking_part(question)))) or names_a_part(question)


def points_back(question: str) -> bool:
    """Whether it has a pronoun for something that it does not name."""
    plain = plainly(question)
    return any(not _inside(match, plain) for match in _POINTS.finditer(plain))


def _says_little(plain: str, goes_on: bool) -> bool:
    """Whether it has too few words of its own, more of them at the end of a long answer to an answer."""
    asks = len(plain.split()) > _SHORT or _OPENS.match(plain)
    fewest = _FEWEST_GOING_ON if goes_on else _FEWEST_ASKING if asks else _FEWEST_OWN
    return len(own_words(plain)) < fewest and not _DEFINITION.search(plain)


def own_words(text: str) -> set[str]:
    """The stems of a text that say what it is about."""
    return {stem for stem in analyse(text) if stem not in UNSAID}


def _inside(match: re.Match[str], plain: str) -> bool:
    """Whether what is pointed at is named by the question itself, before the pronoun or, for « ça », after it."""
    kind = match.lastgroup or "one"
    kind = _KINDS.get(match[kind] if match.lastgroup else "", _KINDS.get(kind, kind))
    before = plain[: match.start()]
    if match[0] in {"son", "sa", "ses"} and _OF_ANYONE.search(before):
        return True
    if match["inverted"]:  # « la directrice doit-elle la signer ? »: who signs is not what is signed
        subject = {"il": "he", "elle": "she", "on": ""}.get(match["subject"], "plural")
        return len(_NAMED[kind].findall(before)) > (subject == kind)
    if match[0].endswith(" le ") and plain.startswith(("faire", "fait "), match.end()):  # for what is done, not a name
        return len(own_words(before)) >= _PLACED
    if kind == "that" and re.search(r"\b(?:aussi|egalement|also|too)\b", plain):
        return False
    if match[0] in {"it", "them"} and not _APART.search(before):  # « Does the director sign it? »
        return False
    if len(own_words(plain if kind == "that" else before)) >= _PLACED:
        return True
    if before.endswith("-"):  # « le pôle doit-il », « faut-il »
        return bool(_NOBODY.search(before) or own_words(before.rpartition(",")[2].rpartition(" ")[0]))
    return len(own_words(before)) >= _NAMES and bool(_NAMED[kind].search(before))
