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


def _held(words: str, plain: str) -> bool:
    return bool(words) and bool(re.search(rf"\b{re.escape(fold(words.casefold()))}s?\b", plain))
