"""Five ways to make a true sentence wrong: another number, the opposite, another modality, actor or section.

Rules on words only; written before the checker, which shares none of them.
"""

import random
import re
from collections.abc import Callable

from evaluations.support.sources import SourcePassage

Mutation = Callable[[str, SourcePassage, random.Random], str | None]

_DIGITS = re.compile(r"(?<![\w.,/-])\d{1,4}(?![\w/-]|[.,]\d)")
_UNITS = "deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente quarante cinquante soixante cent"
_NUMBER_WORD = re.compile(rf"(?<![\w-])(?:{'|'.join(_UNITS.split())})(?![\w-])", re.I)
_VERBS = (
    "est|sont|était|étaient|a|ont|avait|peut|peuvent|doit|doivent|devrait|permet|permettent|fait|font|fut|devient|convient"
    "|gagne|contient|comprend|reste|concerne|suffit|joue|existe|sera|seront"
)
_NEGATED = re.compile(rf"\b(?:ne |n[’'])({_VERBS}) (?:pas|plus|jamais) ")
_ASSERTED = re.compile(rf"(?<=\w) ({_VERBS}) (?!pas |plus |jamais |que |ni )")
_MODALITIES = (  # each pattern and what it becomes, another strength
    (
        r"\b([Ii])l est (?:recommandé|conseillé|souhaitable|prudent|utile|préférable) (de |d[’'])",
        r"\1l est obligatoire \2",
    ),
    (r"\b([Ii])l convient (de |d[’'])", r"\1l est facultatif \2"),
    (r"\bgagnent à ", "doivent "),
    (r"\bgagne à ", "doit "),
    (r"\bpeut ", "doit "),
    (r"\bpeuvent ", "doivent "),
    (r"\bdevrait ", "doit "),
    (r"\bdevraient ", "doivent "),
    (r"\bdoit ", "peut "),
    (r"\bdoivent ", "peuvent "),
    (r"\b([Ii])l faut ", r"\1l est possible de "),
    (r"\bpermet de ", "oblige à "),
    (r"\bpermettent de ", "obligent à "),
    (r"\best (?:conseillé|recommandé)(e?)\b", r"est exigé\1"),
)
_ACTORS = (
    "les laboratoires", "les PME", "les financeurs", "les administrations", "la direction", "le président", "le tuteur",
    "l’animateur", "le bureau", "les grands groupes", "le référent", "l’équipe d’animation", "le correspondant",
    "les utilisateurs", "l’administration", "les agents", "le ministère", "la région", "le prestataire",
    "les entreprises",
)  # fmt: skip
_ACTOR = re.compile("|".join(rf"\b{re.escape(a)}\b" for a in _ACTORS), re.I)
_NAME = re.compile(r"(?<=[a-zà-ÿ,’'] )[A-ZÉÈÀ][a-zà-ÿ]{3,}(?: [A-ZÉÈÀ][a-zà-ÿ]{2,})*")


def other_number(sentence: str, passage: SourcePassage, rng: random.Random) -> str | None:
    """One number replaced by another of its size, which the passage does not hold."""
    found = [*_DIGITS.finditer(sentence), *_NUMBER_WORD.finditer(sentence)]
    if not found:
        return None
    match = rng.choice(found)
    old = match[0]
    if old.isdigit():
        near = [str(int(old) + step) for step in (-7, -5, -3, -2, -1, 1, 2, 3, 5, 7, 10, 12) if int(old) + step > 1]
    else:
        near = _UNITS.split()
    free = [n for n in near if n != old.casefold() and not re.search(rf"(?<!\w){n}(?!\w)", passage.text, re.I)]
    return _spliced(sentence, match, rng.choice(free)) if free else None


def opposite(sentence: str, _passage: SourcePassage, rng: random.Random) -> str | None:
    """A negation taken away, or one put in."""
    negated = list(_NEGATED.finditer(sentence))
    if negated:
        match = rng.choice(negated)
        return _spliced(sentence, match, f"{match[1]} ")
    asserted = list(_ASSERTED.finditer(sentence))
    if not asserted:
        return None
    match = rng.choice(asserted)
    verb = match[1]
    return _spliced(sentence, match, f" n’{verb} pas " if verb[0] in "aeéo" else f" ne {verb} pas ")


def other_modality(sentence: str, _passage: SourcePassage, rng: random.Random) -> str | None:
    """Advice made a duty, a duty a possibility, and so on."""
    usable = [(pattern, new) for pattern, new in _MODALITIES if re.search(pattern, sentence)]
    if not usable:
        return None
    pattern, new = rng.choice(usable)
    return re.sub(pattern, new, sentence, count=1)


def other_actor(sentence: str, passage: SourcePassage, rng: random.Random) -> str | None:
    """Who acts replaced by someone else: one of a list, or another name of the same passage or article."""
    actors = list(_ACTOR.finditer(sentence))
    if actors:
        match = rng.choice(actors)
        plural = match[0].casefold().startswith("les ")
        others = [a for a in _ACTORS if a.startswith("les ") == plural and a != match[0].casefold()]
        others = [a for a in others if a.split()[-1] not in sentence]
        new = rng.choice(others)
        return _spliced(sentence, match, new[0].upper() + new[1:] if match[0][0].isupper() else new)
    names = list(_NAME.finditer(sentence))
    elsewhere = sorted({m[0] for m in _NAME.finditer(passage.text)} - {m[0] for m in names})
    elsewhere = [name for name in elsewhere if name not in sentence]
    return _spliced(sentence, rng.choice(names), rng.choice(elsewhere)) if names and elsewhere else None


KINDS: dict[str, Mutation] = {
    "number": other_number, "negation": opposite, "modality": other_modality, "actor": other_actor,
}  # fmt: skip


def _spliced(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]
