"""How strongly a sentence puts a thing: duty, advice or possibility; whether it denies it, and how it bounds it."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from assistant.numbers import numbers
from index import analyse


class Modality(Enum):
    """From « doit » to « peut »."""

    DUTY = "duty"
    ADVICE = "advice"
    POSSIBILITY = "possibility"


class Bound(Enum):
    """From which side a figure, a day or an act bounds: « avant », « au plus », or « après », « au moins »."""

    UP_TO = "up to"
    FROM = "from"


# Accents are folded. Advice stands first: « devrait » is not a duty, nor « il est conseillé » what it contains.
_MARKS = (
    (Modality.ADVICE, re.compile(
        r"\b(?:devrai(?:s|t|ent)|recommand\w*|conseil(?!s? d)\w*|convien\w+|conviendra\w*|gagne(?:nt|ra|raient|rait)? a"
        r"|souhaitable|prudent|prefera\w+|mieux vaut|vaut mieux|invit\w+ a|suggere\w*|encourag\w+|il est utile"
        r"|est utile"
        r"|il est bon|avis|should|recommend\w*|advis\w+|advice|suggests?|ought|had better|is wise|prudent to|gains? by"
        r"|would do well|preconis\w+|faudrait)\b")),
    (Modality.DUTY, re.compile(
        r"\b(?:dois|doit|doivent|devra|devront|devons|devez|devai(?:t|ent)|due?s? a l'obligation|obligatoire\w*"
        r"|oblige\w*"
        r"|obligations?|impos\w+|exig\w+|imperati\w+"
        r"|(?<!lui )(?<!leur )(?<!nous )(?<!vous )faut(?! attendre)|faudra|tenue?s? (?:de|d'|a)|requi(?:s|se|ert|erent)"
        r"|interdi\w+"
        r"|indispensable\w*|must|shall|have to|has to|required|requires?|mandatory|compulsory|obliged?|forbid\w*"
        r"|prohibit\w*|illegal)\b")),
    (Modality.POSSIBILITY, re.compile(
        r"\b(?:peu(?:t|vent|x)|pourr\w+|pouvai(?:t|ent)|possib\w+|permet(?:tent|tant|tra)? (?:de|d'|a|aux?)"
        r"|facultati\w+"
        r"|libres? de|eventuel\w*|can|may|might|could|possibl[ey]|optional\w*|allows?|free to)\b")),
)  # fmt: skip
_NEGATION = re.compile(
    r"\bne\s+(?=\w)|\bn'\s?(?=\w)|\b(?:sans|aucune?s?|jamais|ni|(?<!ou )non|nulle?|hors|sauf"
    r"|abst\w+|evit\w+|absen\w+|manqu\w+|defaut"
    r"|depourvu\w*|exclu\w*|refus\w*|interdi\w*|impossible|aucunement|ne pas)\b|\b(?:not|never|no|without|neither|nor"
    r"|cannot|don't|doesn't|isn't|aren't|nothing|avoid\w*|lacks?|lacking|forbid\w*|prohibit\w*)\b"
)
_LAW = re.compile(
    r"\b(?:loi|decret|arrete|directive|reglement|jurisprudence|tribunal|cour|amende|peine|sanction|prison|court|law|decree"
    r"|fine|penalty)s?\b"
)
_ONLY = re.compile(r"\b(?:ne\s+|n'\s?)(?:(?!pas\b|plus\b|jamais\b|rien\b|point\b|aucun)\w+\s){1,4}?(?:que|qu')\b")
_CLAUSE_END = re.compile(r"[,;:.!?()«»–—]|\b(?:mais|car|et|ou|but|and|or|because)\b")
_BOUNDS = (
    (Bound.UP_TO, re.compile(
        r"\b(?:avant|jusqu(?:e|'en|'a|'aux?)|au plus(?! pres)|(?:au )?maximum|maximal\w*|before|until|till|prior to"
        r"|at most|up to|(?:less|fewer) than|no later than|moins de(?= )|moins d(?='))(?!\w)")),
    (Bound.FROM, re.compile(
        r"\b(?:apres|a (?:partir|compter|l'issue) d(?:e|u|es)?|au moins|(?:au )?minimum|minimal\w*|after|since|at least"
        r"|more than|from|no less than|plus de(?= )|plus d(?='))(?!\w)")),
)  # fmt: skip
_COUNTS = re.compile(r"(?:plus|moins) d|(?:less|fewer|more) than$")  # bounds before a figure alone
_SURROUNDING = re.compile(r"(?:au (?:plus|moins|maximum|minimum)|m(?:ax|in)im\w+|at (?:most|least))$")
_BORN = re.compile(r"\b(?:né|ne\u0301)(?=\s)", re.IGNORECASE)
_SCOPE = 4  # content words after a mark that it governs
_BOUNDED = 2  # the same for a bound, and before « trois mois au plus »


@dataclass(frozen=True)
class Governed:
    """Stems near which a mark stands: what is denied, or put as a duty, advice or possibility."""

    negated: frozenset[str]
    denials: int  # negations
    modal: dict[Modality, frozenset[str]]

    @property
    def modalities(self) -> frozenset[Modality]:
        return frozenset(self.modal)


def governed(text: str) -> Governed:
    """What each mark of a text governs: the first content words after it, to the end of the clause."""
    plain = _plain(text)
    denied = _negations(plain)
    negated = {stem for mark in denied for stem in _scope(plain, mark)}
    modal: dict[Modality, set[str]] = {}
    taken: set[int] = set()
    for modality, pattern in _MARKS:
        for match in pattern.finditer(plain):
            if match.start() not in taken:
                taken.update(range(match.start(), match.end()))
                modal.setdefault(modality, set()).update(_scope(plain, match.end()))
    return Governed(frozenset(negated), len(denied), {modality: frozenset(stems) for modality, stems in modal.items()})


def bounds(text: str) -> list[tuple[Bound, frozenset[str]]]:
    """Each bound of a text, and the stems that it bounds."""
    plain = _plain(text)
    figures = {number.start for number in numbers(plain)}
    found = []
    for bound, pattern in _BOUNDS:
        for match in pattern.finditer(plain):
            if not _COUNTS.search(match[0]) or _next_word(plain, match.end()) in figures:
                found.append((bound, frozenset(_bounded(plain, match))))
    return found


def opposed(mine: Sequence[tuple[Bound, frozenset[str]]], theirs: Sequence[tuple[Bound, frozenset[str]]]) -> int:
    """How many of my bounds are their other bounds of the same words."""
    return sum(
        any(stems & held for other, held in theirs if other is not bound)
        and not any(stems & held for other, held in theirs if other is bound)
        for bound, stems in mine
    )


def _next_word(plain: str, start: int) -> int:
    return start + len(plain[start:]) - len(plain[start:].lstrip(" '"))


def _bounded(plain: str, mark: re.Match[str]) -> list[str]:
    after = _scope(plain, mark.end())[:_BOUNDED]
    if not _SURROUNDING.search(mark[0]):
        return after
    begin = max((end.end() for end in _CLAUSE_END.finditer(plain, 0, mark.start())), default=0)
    return [*list(analyse(plain[begin : mark.start()]))[-_BOUNDED:], *after]


def puts_duty(text: str) -> bool:
    """Whether a text puts something as a duty or a ban."""
    return Modality.DUTY in governed(text).modalities


def binds(text: str) -> bool:
    """Whether a text states a duty or a ban, cites a law, or threatens: what nobody may say in a guide's name."""
    return puts_duty(text) or bool(_LAW.search(_plain(text)))


def _negations(plain: str) -> list[int]:
    """Where each negation ends; « ne … que » restricts and does not deny."""
    only = {match.start() for match in _ONLY.finditer(plain)}
    return [match.end() for match in _NEGATION.finditer(plain) if match.start() not in only]


def _scope(plain: str, start: int) -> list[str]:
    end = _CLAUSE_END.search(plain, start + 1)
    return list(analyse(plain[start : end.start() if end else len(plain)]))[:_SCOPE]


def _plain(text: str) -> str:
    born = _BORN.sub(" ", text)  # « né » would lose its accent
    decomposed = unicodedata.normalize("NFKD", born.replace("’", "'").casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))
