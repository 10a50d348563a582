"""A question as broad as a chapter: « la sécurité, on fait comment ? ». It is answered, and asked to be narrowed."""

import re

import numpy as np

from index import LexicalIndex, analyse, fold

_COMMON = 0.03  # share of the passages that say the one word it has
_FEWEST = 8  # passages
# Words that ask for one thing, however few they stand with.
_PRECISE = re.compile(
    r"\b(?:qui|quand|combien|ou|quel(?:le)?s?|pourquoi|faut-il|who|when|where|which|why|how (?:many|much|long))\b"
)
_GENERIC = frozenset(
    analyse(
        "dire dit parler parle parlez moi recueil guide savoir voudrais information chose cas conseil pratique aide "
        "question sujet"
    )
)


def is_broad(question: str, lexical: LexicalIndex) -> bool:
    """Whether a question names one thing alone, of which much is said, and asks nothing precise of it."""
    if _PRECISE.search(fold(question.replace("’", "'").casefold())):
        return False
    subjects = {stem for stem in analyse(question) if stem not in _GENERIC}
    if len(subjects) != 1:
        return False
    return bool(np.count_nonzero(lexical.scores(subjects.pop())) >= max(_FEWEST, _COMMON * lexical.size))
