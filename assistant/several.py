"""A question that asks several things at once: « faut-il payer, qui prévenir et sous combien d’heures ? »."""

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.expected_answer import expected_answer
from index import fold

# Words that ask something where they open a clause, folded: elsewhere « qui » and « quand » mostly do not.
_OPENS = (
    r"(?:qui|quoi|que|quand|ou|comment|pourquoi|what|who|whom|when|where|which|why|how|should|must|can|may|does|do|is|are)"
    r"(?= \w)|ca (?:prend|coute|dure)\b"
)
_ANYWHERE = re.compile(  # and those that ask wherever they stand
    r"\b(?:combien|cb|quel(?:le)?s?|laquelle|lesquel(?:le)?s|qu'est-ce|est-ce qu\w*"
    r"|(?:fait|fais|faire|c'est) quoi|c'est ou"
    r"|(?:faut|vaut|suffit|existe-t|y a-t|a-t)-? ?il|(?:doit|peut|devrait|pourrait|a-t|est)-on"
    r"|(?:dois|puis|peux|devrais|vais)-je|(?:devons|pouvons|devrions|avons)-nous|how (?:much|many|long|often))\b"
)
_LEAD = r"^[\s,;:]*(?:(?:et|and|puis|then|mais|but) )?(?:(?:a|de|par|sous|pour|avec|chez|en) )?"
_ASK = re.compile(rf"{_LEAD}(?:{_OPENS})")
_WHEN = re.compile(rf"{_LEAD}(?:quand|when|que)\b")  # « quand on part » asks nothing without a question mark
_CUT = re.compile(r"(?<=[.?!…:;])\s+|\s*[,;]\s+(?:et |and |puis |then )?|\s+(?:et|and|puis|then)\s+")


def asked_parts(question: str) -> list[str]:
    """What a question asks, one thing after the other; a question that asks one thing, or says none, is its own part.

    What asks nothing by itself stays with what comes before it, or, at the beginning, with the first part.
    """
    parts: list[str] = []
    begun = False  # whether the last part asks something
    for piece in _pieces(question):
        asks_something = asks(piece)
        if parts and not (asks_something and begun):
            parts[-1] += piece
        else:
            parts.append(piece)
        begun = begun or asks_something
    return [part.strip(" ,;:") for part in parts] if len(parts) > 1 else [question]


def missing_kinds(question: str, quotes: Sequence[str]) -> list[str]:
    """The kinds of answer (`expected_answer`) that a question of several parts asks for and that no quote holds."""
    parts = asked_parts(question)
    kinds = [kind for part in parts if (kind := expected_answer(part))] if len(parts) > 1 else []
    return list(dict.fromkeys(kind.name for kind in kinds if not any(kind.is_held(quote) for quote in quotes)))


def _pieces(question: str) -> list[str]:
    """The question cut where another thing may be asked; put together again they are the question."""
    cuts = [0, *(match.start() for match in _CUT.finditer(question)), len(question)]
    return [question[a:b] for a, b in pairwise(cuts) if a < b]


def asks(piece: str) -> bool:
    """Whether a clause asks something."""
    plain = fold(piece.casefold().replace("’", "'"))
    opens = bool(_ASK.match(plain)) and ("?" in piece or not _WHEN.match(plain))
    return opens or bool(_ANYWHERE.search(plain))
