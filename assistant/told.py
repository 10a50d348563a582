"""What a long first message asks: the sentences that ask, of one that tells of its writer's situation besides."""

import re
from collections.abc import Sequence

from assistant.answer import Shape
from assistant.asking import is_long, plainly, without_courtesy
from assistant.leaning import own_words, points_back
from assistant.part_names import names_a_part
from assistant.several import asks
from assistant.shapes import chosen_shape

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
    r"|je veux (?:bien )?(?:savoir|connaitre|comprendre|qu)|(?:fais|faites)[- ](?:moi|nous)"
    r"|(?:qu'on|on) m'explique|a savoir|svp|stp|please|s'il (?:vous|te) plait"
    r"|i(?:'d| would)? (?:just )?(?:like|need|want|have) to (?:know|understand)|i(?:'m| am)? (?:just )?wonder\w*"
    r"|(?:could|can|would) (?:you|someone|anyone)|tell (?:me|us)|(?:my|the) question(?= (?:is|:)| ?:)|explain"
    r"|not sure (?:if|whether|how)|looking for|i need (?:the|an?|some)|give (?:me|us))\b"
)
_CLOSING = re.compile(
    r"(?:merci|cordialement|bien a vous|bonne (?:journee|soiree)|salutations"
    r"|thanks|thank you|regards|best|cheers|kind)\b"
)
_FOR_HELP = re.compile(  # whatever it is that is asked
    r"\b(?:(?:m'|nous |me )(?:aider|eclairer|repondre|conseiller)|une idee|des idees|un avis|un conseil"
    r"|(?:can|could) you (?:please )?help|(?:help|aide)(?: me| us|-moi)?"
    r"|(?:faire|do) (?:ca|cela|that|this)(?: pour moi| for me)?"
    r"|who cares|qui a raison|(?:est-ce )?normal|ca va|(?:vous )?allez(?:-vous)?(?: bien)?|how are you"
    r"|where are we|ou en sommes-nous|any (?:ideas?|advice|thoughts?|help))\s*\?"
)
_LONG_SENTENCE = 30  # words from which a sentence is cut at its commas
_POINTS = re.compile(r"\b(?:cela|cel(?:ui|le)-ci|ce dernier|cette derniere|lui|eux)\b")  # at what was told
_SAYS_SO = re.compile(
    r"^(?:donc |alors |bref,? )?(?:(?:ma|la|my|the) question|le sujet)(?= (?:est|c'est|porte|:|is)| ?:)"
)
_OF_A_PART = re.compile(r"(?:a propos|au sujet|concernant|dans|pour|sur|about|in|on)\b")
_FORM = 12  # words at most of a sentence that says in what form an answer is wanted
_FEWEST = 2  # content words of a question that says what it asks
_TELLS = 2  # times the words that ask, from which the others are told apart
_FEW = 3  # content words under which what is asked needs the sentence before


def asked_of(message: str) -> str:
    """The sentences of a message that ask, with the one before where they lean on it, where it tells as much besides.

    Any other message is given whole; both on one line.
    """
    words = message.split()
    asked = _asked(_pieces(message)).split() if is_long(message) else []
    return " ".join(asked if asked and len(words) >= _TELLS * len(asked) else words)


def followed(message: str) -> str:
    """What a follow-up of a message follows: what it asks where that says of what, else all of it."""
    asked = asked_of(message)
    return asked if len(own_words(plainly(asked))) > _FEW and not _leans(asked) else " ".join(message.split())


def form_of(message: str, asked: str) -> Shape:
    """The shape of what is asked, or the one that a short sentence beside it asks for: « Réponse courte, merci. »."""
    shape = chosen_shape(asked)
    beside = (chosen_shape(piece) for piece in _pieces(message) if len(piece.split()) <= _FORM)
    return (
        next((one for one in beside if one in {"checklist", "short", "where"}), shape) if shape == "answer" else shape
    )


def _asked(pieces: Sequence[str]) -> str:
    """Nothing where what is asked leans on nothing that comes before, or is cut out of a quotation."""
    places = _asking(pieces)
    asked = " ".join(pieces[place] for place in places)
    if places and _leans(asked):
        places = [places[0] - 1, *places] if places[0] else []
    if not names_a_part(asked):
        of_a_part = (
            place for place, piece in enumerate(pieces) if _OF_A_PART.match(plainly(piece)) and names_a_part(piece)
        )
        places = sorted({*places, *of_a_part}) if places else []
    asked = " ".join(pieces[place] for place in places)
    return asked if asked.count("«") == asked.count("»") else ""


def _pieces(message: str) -> list[str]:
    """Its lines and sentences; of one that goes on and on, its clauses."""
    pieces = _PIECE.split(without_courtesy(message))
    cut = (_CLAUSE.split(piece) if len(piece.split()) > _LONG_SENTENCE else [piece] for piece in pieces)
    return [piece for each in cut for piece in each if any(map(str.isalnum, piece))]


def _asking(pieces: Sequence[str]) -> list[int]:
    """The places of the pieces that ask; of those that end with « ? » and what stands beside, where these say what."""
    numbered = list(enumerate(pieces))
    if said := [place for place, piece in numbered if _SAYS_SO.search(plainly(piece))]:
        return said[-1:]
    marked = [place for place, piece in numbered if "?" in piece and not _FOR_HELP.search(plainly(piece))]
    wished = [place for place, piece in numbered if wishes(piece) or ("?" not in piece and asks(piece))]
    telling = [place for place in marked if len(own_words(plainly(pieces[place]))) >= _FEWEST]
    if not telling:
        return sorted({*marked, *wished})
    return sorted({*marked, *(place for place in wished if place - 1 in marked or place + 1 in marked)})


def wishes(piece: str) -> bool:
    """Whether a sentence asks without a question mark: « j'aimerais savoir… »."""
    plain = plainly(piece)
    return bool(_WISH.search(plain)) and not _CLOSING.match(plain)


def _leans(asked: str) -> bool:
    return len(own_words(plainly(asked))) < _FEW or points_back(asked) or bool(_POINTS.search(plainly(asked)))
