"""« Où le recueil parle-t-il des drones ? »: all the passages with a sentence that says so, where few do."""

import re
from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from assistant.asking import asked_place, beside_the_guide, plainly
from assistant.completing import FEWEST_WORDS, sentence_text
from assistant.extractive import Quote
from assistant.language import detect_language
from assistant.leaning import own_words
from assistant.shapes import chosen_shape
from corpus import Passage
from index import IndexVersion, ScoredPassage, analyse

Rows = npt.NDArray[np.int64]
_NAMED = 3  # words of a name that is looked up
_MOST = 16  # passages of a list of places: what more of them say is a subject, of which the best are wanted
_READ = 100  # passages that hold the words, of which the sentences are read
_ARTICLE = re.compile(r"\b(?:de la|du|des?|la|les?|aux?|a|en|of|the)\b|\b[dl]'")
# What asks for a place, besides what it is the place of.
_ASKS_WHERE = frozenset(
    analyse(
        "parle parler traite traiter évoque mentionne aborde question trouve trouver écrit dit lit indique précise "
        "passage page chapitre section partie pratique fiche texte numéro does mention said written speak find "
        "which what talk chapter practice"
    )
)


def said_rows(question: str, version: IndexVersion) -> Rows:
    """The rows of all passages that say the name of which a question asks the place, ascending; none without a name.

    In a sentence of theirs; or in a heading over them, of which the first stands for all. None where too many do.
    """
    name = _name(question)
    if not name:
        return _NONE
    lexical = version.lexical
    words = [word for word in re.findall(r"\w+", asked_place(question)) if any(analyse(word))]
    held = [lexical.scores(lexical.query(word, correct=False)) > 0 for word in words]
    rows = np.flatnonzero(np.logical_and.reduce(held))
    passages = {row: version.passages[row] for row in rows.tolist()} if len(rows) <= _READ else {}
    said = {row for row, passage in passages.items() if _sentence(passage, name) is not None}
    headed = {over: row for row in reversed(passages) if (over := _heading(passages[row], name))}
    homes = {(passages[row].publication, *passages[row].section) for row in said}
    said |= {row for over, row in headed.items() if not any(own[: len(over)] == over for own in homes)}
    return np.array(sorted(said) if len(said) <= _MOST else [], dtype=np.int64)


def is_nowhere(question: str, absent: Collection[str]) -> bool:
    """Whether all that a question asks the place of is `absent`: words that no publication has."""
    words = {word for word in _asked(question) if not word.isdigit()}
    return bool(words) and words <= {stem for word in absent for stem in analyse(word)}


def said_in(scored: ScoredPassage, question: str) -> Quote:
    """The first sentence of a passage that says what a question asks the place of; of one under a heading its first.

    With the next one where it is no more than a headword.
    """
    number = _sentence(scored.passage, _name(question)) or 0
    count = len(scored.passage.sentences)
    is_headword = len(sentence_text(scored, number).split()) < FEWEST_WORDS and number + 1 < count
    return Quote(scored, number, number + 1 + is_headword)


def saying(question: str, quotes: list[Quote]) -> list[Quote]:
    """Those whose passage says a word of what a question asks the place of, where one says them all; else all."""
    words = _asked(question)
    said = [set(analyse(" ".join((*q.scored.passage.section, q.scored.passage.text)))) for q in quotes]
    if chosen_shape(question) != "where" or not words or not any(words <= own for own in said):
        return quotes
    return [quote for quote, own in zip(quotes, said, strict=True) if words & own]


def _asked(question: str) -> set[str]:
    return own_words(plainly(beside_the_guide(question))) - _ASKS_WHERE


def _name(question: str) -> list[str]:
    """The stems of the name of which a question asks the place, in order; none of one with a number or much else.

    « rendez-vous », of which the stem is that of « rendre », has a word without a stem: it is searched as any other.
    """
    asked = asked_place(question)
    if detect_language(question) == "en" and not asked.isupper():  # « interns » has the stem of « interne »
        return []
    words = re.findall(r"\w+", _ARTICLE.sub(" ", plainly(asked)))
    stems = list(analyse(asked))
    bare = len(words) == len(stems) and not any(any(map(str.isdigit, word)) for word in words)
    return stems if bare and 0 < len(stems) <= _NAMED else []


def _sentence(passage: Passage, name: Sequence[str]) -> int | None:
    each = (passage.text[start:end] for start, end in passage.sentences)
    return next((number for number, text in enumerate(each) if _says(text, name)), None)


def _heading(passage: Passage, name: Sequence[str]) -> tuple[str, ...]:
    """A passage's publication, and its headings down to the first that says a name; nothing where none does."""
    depth = next((depth for depth, title in enumerate(passage.section, 1) if _says(title, name)), 0)
    return (passage.publication, *passage.section[:depth]) if depth else ()


def _says(text: str, name: Sequence[str]) -> bool:
    """Whether a text has the stems of a name one after the other."""
    stems = list(analyse(text))
    return any(stems[start : start + len(name)] == name for start in range(len(stems) - len(name) + 1))


_NONE: Rows = np.zeros(0, dtype=np.int64)
