"""What a long first message asks: the sentences that ask, of one that tells of its writer's situation besides."""

import re
from collections.abc import Sequence

from assistant.asking import is_long, plainly, without_courtesy
from assistant.leaning import own_words, points_back
from assistant.several import asks

_PIECE = re.compile(r"(?<=[.!?…])\s+|\s*\n+\s*")
_CLAUSE = re.compile(r"(?<=[;:])\s+|\s*,\s+(?:(?:et|and|puis|then|donc|alors|so) )?(?:voila )?|\s+(?:mais|but)\s+")
_WISH = re.compile(  # what asks without a question mark, folded
    r"\b(?:(?:j'aimerais|je (?:voudrais|souhaite\w*)|on (?:aimerait|voudrait)|nous (?:aimerions|voudrions)"
    r"|j'ai besoin de|besoin de)"
    r"(?: (?!pas\b|plus\b)\w+)?(?: juste)? "
    r"(?:savoir|connaitre|comprendre|une? |des |qu'on me dise|que (?:quelqu'un|vous|tu))"
    r"|je (?:me demand\w+|cherche)|on se demand\w+"
    r"|je ne sais (?:pas|plus) (?:si|comment|quoi|qui|ce que|combien|ou|a qui)"
    r"|(?:dis|dites|explique[sz]?|donne[sz]?|rappele[sz]?|indique[sz]?)[- ](?:moi|nous)"
    r"|me (?:dire|donner|expliquer|rappeler)|il (?:me|nous) (?:faut|faudrait)"
    r"|(?:ma|la|notre|seule) (?:seule )?question(?= (?:est|c'est|porte|:)| ?:)|le sujet(?= ?:)"
    r"|je veux (?:bien )?(?:savoir|qu)|(?:qu'on|on) m'explique|a savoir|svp|stp|please|s'il (?:vous|te) plait"
    r"|i(?:'d| would)? (?:just )?(?:like|need|want|have) to (?:know|understand)|i(?:'m| am)? (?:just )?wonder\w*"
    r"|(?:could|can|would) (?:you|someone|anyone)|tell (?:me|us)|(?:my|the) question(?= (?:is|:)| ?:)|explain"
    r"|not sure (?:if|whether|how)|looking for)\b"
)
_CLOSING = re.compile(
    r"(?:merci|cordialement|bien a vous|bonne (?:journee|soiree)|salutations"
    r"|thanks|thank you|regards|best|cheers|kind)\b"
)
_FOR_HELP = re.compile(  # whatever it is that is asked
    r"\b(?:(?:m'|nous |me )(?:aider|eclairer|repondre|conseiller)|une idee|des idees|un avis|un conseil"
    r"|help(?: me| us)?|any (?:ideas?|advice|thoughts?|help))\s*\?"
)
_LONG_SENTENCE = 30  # words from which a sentence is cut at its commas
_POINTS = re.compile(r"\b(?:cela|cel(?:ui|le)-ci|ce dernier|cette derniere|lui|eux)\b")  # at what was told
_TELLS = 2  # times the words that ask, from which the others are told apart
_FEW = 3  # content words under which what is asked needs the sentence before


def asked_of(message: str) -> str:
    """The sentences of a message that ask, with the one before where they lean on it, of one that tells as much besides.

    Any other message is given whole; both on one line.
    """
    words = message.split()
    asked = _asked(_pieces(message)).split() if is_long(message) else []
    return " ".join(asked if asked and len(words) >= _TELLS * len(asked) else words)


def _asked(pieces: Sequence[str]) -> str:
    places = _asking(pieces)
    if places and places[0] > 0 and _leans(" ".join(pieces[place] for place in places)):
        places = [places[0] - 1, *places]
    return " ".join(pieces[place] for place in places)


def _pieces(message: str) -> list[str]:
    """Its lines and sentences; of one that goes on and on, its clauses."""
    pieces = _PIECE.split(without_courtesy(message))
    cut = (_CLAUSE.split(piece) if len(piece.split()) > _LONG_SENTENCE else [piece] for piece in pieces)
    return [piece for each in cut for piece in each if any(map(str.isalnum, piece))]


def _asking(pieces: Sequence[str]) -> list[int]:
    """The places of the pieces that ask; of those that a question mark ends and what comes next, where there are."""
    marked = [place for place, piece in enumerate(pieces) if "?" in piece and not _FOR_HELP.search(plainly(piece))]
    wished = [place for place, piece in enumerate(pieces) if _wishes(piece) or asks(piece)]
    if not marked:
        return wished
    return sorted({*marked, *(place for place in wished if place - 1 in marked or place + 1 in marked)})


def _wishes(piece: str) -> bool:
    plain = plainly(piece)
    return bool(_WISH.search(plain)) and not _CLOSING.match(plain)


def _leans(asked: str) -> bool:
    return len(own_words(plainly(asked))) < _FEW or points_back(asked) or bool(_POINTS.search(plainly(asked)))
