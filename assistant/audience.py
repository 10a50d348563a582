"""The pillar and the publics that a question names, in the guide's own words for them."""

import re

from corpus import Guide
from index import Filters, fold


def audience(question: str, guide: Guide) -> Filters:
    """Filters for the pillars whose title a question holds, and its publics; none where it names no pillar.

    A public alone (« une PME qui… ») says who asks: the question has a subject of its own.
    """
    plain = fold(question.casefold())
    pillars = frozenset(pillar.id for pillar in guide.pillars if _held(pillar.title, plain))
    if not pillars:
        return Filters()
    publics = frozenset(public.id for public in guide.publics if any(_held(word, plain) for word in public.words))
    return Filters(pillars=pillars, publics=publics)


_WHOSE = r"(?:(?:une?|l[ea]s?|des|mon|ma|mes|notre|nos|votre|vos|leurs?) |l['’])"
_ROLES = r"(?:patron(?:ne)?|dirigeante?|responsable|gérante?|chef(?:fe)?|direct(?:eur|rice)|salariée?|membre)s?"


def without_audience(question: str, guide: Guide) -> str:
    """A question without « pour un patron de PME »: whom a checklist is for is not what it is about.

    Whole where nothing much would be left.
    """
    known = {spelled for public in guide.publics for word in public.words for spelled in (word, fold(word))}
    words = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    named = rf"\bpour {_WHOSE}(?:{_ROLES} (?:de l['’]|de (?:la |une |un )?|d['’]une? |d['’]|du |des ))?(?:{words})s?\b"
    rest = " ".join(re.sub(named, " ", question, flags=re.IGNORECASE).split()) if words else question
    return rest if len(rest.split()) > 1 else question


def _held(words: str, plain: str) -> bool:
    return bool(words) and bool(re.search(rf"\b{re.escape(fold(words.casefold()))}s?\b", plain))
