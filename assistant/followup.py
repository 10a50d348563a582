"""A follow-up written out so that it stands alone, by rules: what it points at is taken from the turns before.

A change of subject is left as it is. Nothing of the history is searched by itself: only the one question made here.
"""

import re
from collections.abc import Sequence

from assistant.answer import Language, Message
from assistant.language import detect_language
from assistant.part_names import another_part, names_a_part
from assistant.purpose import NO_QUESTION, purpose
from assistant.verbs import NOUNS
from index import analyse, fold

_CONSENT = re.compile(
    r"(?:(?:oui|ouais|ok|okay|d'?accord|volontiers|vas[- ]y|allez[- ]y|je veux bien|avec plaisir|bien sur|yes|sure"
    r"|please"
    r"|go ahead|stp|svp|s'il (?:te|vous) plait|merci|thanks|tell me more|tell me|please do|dis[- ]m'?en plus"
    r"|dites[- ]m'?en plus|dis[- ]moi tout|dis[- ]moi|carrement|continue|continuez|go on)(?: |$))+"
)
_OFFER = re.compile(
    r"(?:souhait(?:ez-vous|es-tu)|voul(?:ez-vous)|veux-tu|would you like|do you want|shall i|dois-je)\s+"
    r"(?:(?:en )?(?:savoir|connaitre|connaître|voir|lire|que je (?:vous |te )?(?:dise|montre|détaille|explique)|me to"
    r"|to know|to see|to hear|to read|know)\s+)?(?P<what>[^?]{8,200})\?\s*$",
    re.I,
)
_POINT = re.compile(
    r"\b(?:detail\w*|developp\w*|precis\w*|expliqu\w*|explain|expand|elaborate|more (?:on|about))\b.*?"
    r"(?:\b(?:point|item|numero|n°|etape|step|le|la|number|#)\s*)?(?P<n>\d{1,2}|premier|deuxieme|troisieme|dernier|first|second"
    r"|third|last)\b"
)
_ORDER = {"premier": 1, "first": 1, "deuxieme": 2, "second": 2, "troisieme": 3, "third": 3, "dernier": -1, "last": -1}
_ITEM = re.compile(r"^\s*(?:[-•]\s*)?(?:\*\*)?(\d{1,2})[.)]\s*(.+)$", re.M)
_NEW_SUBJECT = re.compile(
    r"(?:sinon|au fait|autre (?:question|chose|sujet)|par ailleurs|rien a voir|changeons|by the way|another question"
    r"|on another topic|different(?:ly| question))\b"
)
_LINK = re.compile(
    r"^(?:ok(?:ay)?,?\s+)?(?:et|mais|and|but|alors|donc|so|puis|then|du coup|what about|how about)\b[\s,:]*", re.I
)
_PUBLIC = re.compile(
    r"^(?:pour|chez|avec|dans|for|in|with|if it(?:'| i)s|si c'est)\s+(?P<whom>.{2,80}?)\s*[?.!]*$", re.I
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
_PRONOUN = re.compile(
    r"\b(?:elles?|ils|lui|eux|celui-ci|celle-ci|ceux-ci|celles-ci|celui-la|celle-la|cela|ca|ce dernier"
    r"|cette derniere|sa|ses"
    r"|leurs?|la-dedans|la-dessus|it|its|they|them|their|theirs|those|these|him|her|his|this one|that one)\b"
    r"|(?<![-\w])il\b(?! (?:faut|faudrait|est|y|convient|existe|s'agit|vaut|suffit|reste|se peut|ne faut))"
    r"|\b(?:on|je|tu|nous|vous|faut|faut-il|faudrait|peut|dois|doit|doivent|devons|pour|de|a|sans|comment|qui|ca)"
    rf" (?:(?:le|la|les|en|y) |l')(?=(?:{_INFINITIVE})\b)"
    r"|\b(?:on|je|tu|nous|vous|qui|ca) (?:(?:le|la|les|en|y) |l')"
    r"(?=(?!(?:droit|endroit|produit|credit|profit|conflit|audit|extrait)\b)(?:\w+it|a|est|met|donne|garde|prend|teste)\b)"
    r"|\bs'en\b|\bs'y\b|\bcontraire\b|\binverse\b|\bopposite\b|\bthat\b(?= (?:work|mean|apply|happen|help))"
)
_DEFINITION = re.compile(
    r"\b(?:c'est quoi|c koi|qu'est[- ]ce qu|que (?:signifie|veut dire)|definition|what (?:is|are|does))\b"
)
_OWN = frozenset(analyse(
    "combien temps délai mois jour semaine an heure fois souvent page maximum minimum max min exemple quoi plus "
    "détail suite "
    "étape point raison responsable charge long often time days weeks months years many much long who where when "
    "example "
    "step item explain expand elaborate detail pareil idem chose cas fait faite faites valable problème conseil "
    "règle différent obligatoire recueil guide dire"
))  # fmt: skip
# What only asks for something is left out of a question that something else is asked of.
_LEAD = re.compile(
    r"^(?:c['’]?est quoi|c koi|qu['’]?est[- ]ce qu(?:e c['’]est|['’]|e )|que dit le (?:recueil|guide) (?:sur |de )"
    r"|que (?:signifie|veut dire)|parle[zs]?[- ]moi de|explique[zs]?[- ]moi)\s*",
    re.I,
)
_FEWEST_OWN = 2  # content words of its own from which a short question may stand alone
_LONGEST = 500  # characters of a rewritten question, of which the question before gives up what does not fit
_LINKS = 4  # follow-ups in a row that are written out, the last ones


def standalone(question: str, history: Sequence[Message]) -> str:
    """The question written out; itself where it depends on nothing said before."""
    asked = [place for place, message in enumerate(history) if message.role == "user" and _was_asked(message.content)]
    if not asked or not _depends(question):
        return question
    roots = (place for place in reversed(asked) if not _depends(_flat(history[place].content)))
    root = next(roots, asked[0])
    whole = _flat(history[root].content)
    for place in [place for place in asked if place > root][-_LINKS:]:
        whole = _follow(_flat(history[place].content), whole, history[:place])
    return _follow(question, whole, history)


def _was_asked(text: str) -> bool:
    """Whether a message put a question to the guide: nothing follows a greeting, or a request that was declined."""
    return bool(text.strip()) and purpose(text) not in NO_QUESTION


def _follow(question: str, before: str, history: Sequence[Message]) -> str:
    said = next((message.content for message in reversed(history) if message.role == "assistant"), "")
    return _written_out(question, before[: max(0, _LONGEST - len(question))], said)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _depends(question: str) -> bool:
    plain = _plain(question)
    if _NEW_SUBJECT.match(plain) or names_a_part(question):
        return False
    own = {stem for stem in analyse(question) if stem not in _OWN}
    if _is_consent(plain) or (_POINT.search(plain) and len(own) <= _FEWEST_OWN + 1):
        return True
    if _LINK.match(plain) or _PRONOUN.search(plain):
        return True
    return len(own) < _FEWEST_OWN and not _DEFINITION.search(plain)


def _written_out(question: str, before: str, said: str) -> str:
    if part := another_part(question, before):
        return part
    plain = _plain(question)
    offered = _OFFER.search(said.strip())
    if _is_consent(plain):
        return _offered(offered["what"], before) if offered else before
    if (point := _POINT.search(plain)) and (item := _item(said, point["n"])):
        return f"{item} ?" if names_a_part(item) else f"{item} ({before.rstrip(' ?!.')}) ?"
    rest = _LINK.sub("", question.strip()).strip()
    if not any(map(str.isalnum, rest)):
        return before
    before = _LEAD.sub("", before) or before
    if whom := _PUBLIC.match(rest):
        return f"{before.rstrip(' ?!.')}, {rest[: whom.end()].rstrip(' ?!.')} ?"
    return f"{before.rstrip(' ?!.')} : {rest[:1].lower()}{rest[1:]}"


def _offered(what: str, before: str) -> str:
    """What the assistant offered to say, with the question before where it points at it."""
    what = what.strip()
    return f"{before.rstrip(' ?!.')} : {what} ?" if _PRONOUN.search(_plain(what)) else f"{what} ?"


def _is_consent(plain: str) -> bool:
    return bool(_CONSENT.fullmatch(" ".join(re.sub(r"[,.!?;:…]", " ", plain).split())))


def _item(said: str, wanted: str) -> str:
    """The numbered point of an answer, without its marks."""
    items = _ITEM.findall(said)
    number = _ORDER.get(wanted) or int(wanted)
    found = items[-1:] if number < 0 else [item for item in items if int(item[0]) == number]
    return re.sub(r"\s*\[\d+\]|[«»*\"]", "", found[0][1]).strip(" .;:") if found else ""


def question_language(question: str, written_out: str) -> Language:
    """The follow-up's own language where it has enough words to tell, else the conversation's."""
    return detect_language(question if len(question.split()) > 2 else written_out)


def _plain(text: str) -> str:
    return fold(" ".join(text.replace("’", "'").casefold().split()))
