"""« Où le recueil parle-t-il des drones ? »: the passages that say so, all of them where few do."""

import re

import numpy as np
import numpy.typing as npt

from assistant.asking import plainly
from assistant.extractive import Quote
from assistant.leaning import own_words
from corpus import Passage
from index import IndexVersion, ScoredPassage, analyse

Rows = npt.NDArray[np.int64]
_NAMED = 2  # words of a name that may be looked up
_MOST = 16  # passages of a list of places: what more of them say is a subject, of which the best are wanted
_READ = 100  # passages that hold the words, of which the sentences are read
# What such a question says besides.
_ASKS_WHERE = frozenset(
    analyse(
        "parle parler traite traiter évoque mentionne aborde question trouve trouver écrit dit lit indique précise "
        "passage page chapitre section partie pratique fiche texte numéro does mention said written speak find "
        "which what talk chapter practice"
    )
)


def said_rows(question: str, version: IndexVersion) -> Rows:
    """The rows of all passages with a sentence that says what a question asks the place of, ascending.

    None where it asks for more than a name, or where too many say it.
    """
    stems = named_words(question)
    if not 0 < len(stems) <= _NAMED:
        return _NONE
    lexical = version.lexical
    words = [word for word in re.findall(r"\w+", question) if stems & set(analyse(word))]
    held = [lexical.scores(lexical.query(word, correct=False)) > 0 for word in words]
    rows = np.flatnonzero(np.logical_and.reduce(held))
    if len(rows) > _READ:
        return _NONE
    said = [row for row in rows.tolist() if _sentence(version.passages[row], stems) is not None]
    return np.array(said if len(said) <= _MOST else [], dtype=np.int64)


def said_in(scored: ScoredPassage, question: str) -> Quote | None:
    """The first sentence of a passage that says what a question asks the place of; None without any."""
    number = _sentence(scored.passage, named_words(question))
    return None if number is None else Quote(scored, number, number + 1)


def _sentence(passage: Passage, stems: set[str]) -> int | None:
    each = (set(analyse(passage.text[start:end])) for start, end in passage.sentences)
    return next((number for number, words in enumerate(each) if stems <= words), None)


def saying(question: str, quotes: list[Quote]) -> list[Quote]:
    """Those whose passage says a word of what is asked, where one says them all; else all."""
    words = named_words(question)
    said = [_said(quote.scored) for quote in quotes]
    if not words or not any(words <= own for own in said):
        return quotes
    return [quote for quote, own in zip(quotes, said, strict=True) if words & own]


def named_words(question: str) -> set[str]:
    """The stems of what a question asks the place of."""
    return own_words(plainly(question)) - _ASKS_WHERE


def _said(scored: ScoredPassage) -> set[str]:
    return set(analyse(" ".join((*scored.passage.section, scored.passage.text))))


_NONE: Rows = np.zeros(0, dtype=np.int64)
