"""From a question to a lexical query: spelling, glossary, compounds, weights."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.french import STOP_WORDS, fold, term, words
from index.glossary import Glossary, Meaning
from index.lexical_query import Concept, Correction, Expansion, LexicalQuery, Wording, weighted
from index.postings import Postings
from index.shorthand import SHORTHAND
from index.spelling import french_words, read_as
from index.vocabulary import Vocabulary

SUBSTITUTE = 0.8  # worth of other words for the same thing, when passages use the question's own too
_SHORTEST_COMPOUND = 6  # letters
_CAPITALS = re.compile(r"\b[A-ZÀ-Þ]{2,}\b")
_WORD = re.compile(r"[^\W_]+")
_STOP = re.compile(r"[!?…:;\n•]")  # after which a sentence begins
_TITLE = 2  # letters before a full stop that ends no sentence: « M. Fournier », « Dr. Payet »
_TYPED_IN_CAPITALS = 3  # letters of a shorthand from which capitals make no name of it: « MDP », but « PR »
_LONG_ENOUGH = 4  # letters of a word that is given accents


@dataclass(frozen=True)
class _Word:
    """A word of the question; `term` is empty for a stop word, `number` is -1 for a term that no passage holds."""

    text: str
    term: str
    number: int


@dataclass(frozen=True)
class _Draft:
    """A concept before its weights: `length` words of the question, and the terms that may replace them."""

    length: int
    own: tuple[_Word, ...]
    substitutes: tuple[tuple[int, ...], ...] = ()
    worth: float = 1.0
    expansions: tuple[Expansion, ...] = ()


@dataclass(frozen=True)
class QuestionReader:
    """Reads questions against the words and weights of one index."""

    vocabulary: Vocabulary
    postings: Postings
    glossary: Glossary | None
    correct: bool

    def read(self, question: str) -> LexicalQuery:
        """The question's concepts, with their weights, and what was changed to find them."""
        found = [self._word(text) for text in words(question)]
        corrections = self._corrections(found, names(question)) if self.correct else {}
        if corrections:
            found = [word for old in found for word in self._corrected(old, corrections)]
        drafts = [*self._drafts(found), *self._by_capitals(question)]
        weights = [self._weight(draft) for draft in drafts]
        total = sum(weights)
        return LexicalQuery(
            tuple(self._concept(draft, weight, total) for draft, weight in zip(drafts, weights, strict=True)),
            total,
            tuple(Correction(typed, meant) for typed, meant in corrections.items()),
            tuple(dict.fromkeys(expansion for draft in drafts for expansion in draft.expansions)),
            tuple(word.text for draft in drafts if not draft.substitutes for word in draft.own if word.number < 0),
        )

    def _word(self, text: str) -> _Word:
        if text in STOP_WORDS:
            return _Word(text, "", -1)
        number = self.vocabulary.number(text)
        return _Word(text, self.vocabulary.terms[number] if number >= 0 else term(text), number)

    def _corrections(self, found: Sequence[_Word], named: frozenset[str]) -> dict[str, str]:
        """What words stand for that neither the passages hold nor the glossary, by the word as it was typed."""
        glossed = self.glossary.terms if self.glossary else frozenset[str]()
        unknown = dict.fromkeys(
            word.text for word in found if word.term and word.number < 0 and word.term not in glossed
        )
        read = {text: self._meant(text, text in named) for text in unknown}
        return {text: meant for text, meant in read.items() if meant}

    def _meant(self, text: str, named: bool) -> str:
        short = "" if named and len(text) < _TYPED_IN_CAPITALS else SHORTHAND.get(text, "")
        return short or " ".join(read_as(text, self.vocabulary, named=named))

    def _corrected(self, old: _Word, corrections: dict[str, str]) -> list[_Word]:
        return [self._word(text) for text in words(corrections[old.text])] if old.text in corrections else [old]

    def _drafts(self, found: Sequence[_Word]) -> Iterator[_Draft]:
        """Concepts in the question's order; a repeated term counts once."""
        place, seen = 0, set[str]()
        while place < len(found):
            draft = self._draft(found[place : place + self._reach])
            own = tuple({word.term: word for word in draft.own if word.term not in seen}.values())
            seen.update(word.term for word in own)
            place += draft.length
            if own:
                yield _Draft(draft.length, own, draft.substitutes, draft.worth, draft.expansions)

    @property
    def _reach(self) -> int:
        """How many words a concept may span: two of a compound, or a phrase's with the stop words inside it."""
        return max(2, 3 * self.glossary.longest if self.glossary else 0)

    def _draft(self, rest: Sequence[_Word]) -> _Draft:
        """The concept that begins the rest of the question."""
        named, compound = self._named(rest), self._compound(rest)
        if compound and (named is None or named.length < compound.length):
            return compound
        return named or _Draft(1, tuple(word for word in rest[:1] if word.term))

    def _named(self, rest: Sequence[_Word]) -> _Draft | None:
        """A phrase of the glossary, whatever stop words stand inside it."""
        if self.glossary is None or rest[0].term not in self.glossary.first_terms:
            return None
        content = [place for place, word in enumerate(rest) if word.term]
        meaning = self.glossary.match([rest[place].term for place in content])
        if meaning is None:
            return None
        places = content[: len(meaning.phrase.terms)]
        return self._replaced(meaning, places[-1] + 1, tuple(rest[place] for place in places))

    def _replaced(self, meaning: Meaning, length: int, own: tuple[_Word, ...]) -> _Draft:
        """With the substitutes that passages can hold. Own words that none holds leave them their whole worth."""
        numbers = {
            other.text: tuple(self.vocabulary.terms.find(t) for t in set(other.terms)) for other in meaning.others
        }
        asked = {word.number for word in own}
        useful = {
            text: terms for text, terms in numbers.items() if terms and min(terms) >= 0 and not asked.issuperset(terms)
        }
        expansions = tuple(Expansion(meaning.phrase.text, text) for text in useful)
        worth = SUBSTITUTE if any(word.number >= 0 for word in own) else 1.0
        return _Draft(length, own, tuple(useful.values()), worth, expansions)

    def _compound(self, rest: Sequence[_Word]) -> _Draft | None:
        """Two words that passages write as one: « cyber attaque »."""
        pair = rest[:2]
        own = tuple(word for word in pair if word.term)
        joined = fold("".join(word.text for word in pair))
        if len(pair) < 2 or not own or len(joined) < _SHORTEST_COMPOUND:
            return None
        known = self.vocabulary.words.find(joined)
        number = int(self.vocabulary.word_terms[known]) if known >= 0 else -1
        return _Draft(2, own, ((number,),)) if number >= 0 else None

    def _by_capitals(self, question: str) -> Iterator[_Draft]:
        """« SI » and « CA », which in small letters are other words."""
        if self.glossary and not question.isupper():
            for acronym in dict.fromkeys(_CAPITALS.findall(question)):
                if acronym in self.glossary.by_capitals:
                    yield self._replaced(self.glossary.by_capitals[acronym], 0, ())

    def _weight(self, draft: _Draft) -> float:
        """The idf of its own words, or of its heaviest substitute when no passage holds one of them."""
        heaviest = max((sum(self._idf(t) for t in terms) for terms in draft.substitutes), default=0.0)
        known = any(word.number >= 0 for word in draft.own)
        return heaviest if heaviest and not known else sum(self._idf(word.number) for word in draft.own)

    def _concept(self, draft: _Draft, weight: float, total: float) -> Concept:
        numbers = [word.number for word in draft.own if word.number >= 0]
        own = Wording(tuple(numbers), tuple(self._idf(number) / total for number in numbers))
        share = draft.worth * weight / total if total else 0.0
        return Concept(own, tuple(weighted(terms, [self._idf(t) for t in terms], share) for terms in draft.substitutes))

    def _idf(self, number: int) -> float:
        return float(self.postings.idf[number]) if number >= 0 else self.postings.unseen_idf


def names(question: str) -> frozenset[str]:
    """The words, in lower case, that are written as acronyms and proper names are, wherever they stand.

    In capitals, or with one where no sentence begins. A question all in capitals tells nothing.
    """
    if question.isupper():
        return frozenset()
    named, other = set[str](), set[str]()
    before, end = "", 0
    text = unicodedata.normalize("NFC", question)
    for match in _WORD.finditer(text):
        word, between = match[0], text[end : match.start()]
        begins = not before or bool(_STOP.search(between)) or ("." in between and len(before) > _TITLE)
        acronym = len(word) > 1 and word.isupper()
        (named if acronym or (word[0].isupper() and not begins) else other).update(words(word))
        before, end = word, match.end()
    return frozenset(named - other)


def corrected_question(question: str, query: LexicalQuery, vocabulary: Vocabulary) -> str:
    """The question with its corrected words as the passages write them, for the model to read.

    One typed without any accent also gets those that its words have in the passages.
    """
    meant = {correction.typed: correction.read_as for correction in query.corrections}
    composed = unicodedata.normalize("NFC", question)
    bare = all(letter.isascii() for letter in composed if letter.isalpha())  # « ’ » and « » are no accents

    def read(match: re.Match[str]) -> str:
        word = match[0]
        corrected = meant.get(word.casefold())
        return corrected or (_accented(word, vocabulary) if bare else word)

    return _WORD.sub(read, composed)


def _accented(word: str, vocabulary: Vocabulary) -> str:
    """The word as the passages write it, where it is one only with accents (« donnees »; not « passe », « Paris »)."""
    known = vocabulary.words.find(word.casefold()) if len(word) >= _LONG_ENOUGH else -1
    written = vocabulary.written[known] if known >= 0 else word
    if written.isascii() or word.casefold() in french_words():
        return word
    return written.capitalize() if word[0].isupper() else written
