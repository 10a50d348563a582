"""Acronyms and synonyms: the words under which the passages may say what a question asks.

The shipped glossary holds French business, security and law; the owner's file adds to it, in the same format.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from corpus import Section
from index.errors import IndexError_
from index.french import analyse

SHIPPED = Path(__file__).resolve().parent / "glossary.toml"
_KINDS = {"entry": "l’entrée", "synonyms": "le groupe de synonymes"}
_FAULTS = {
    "missing": "il manque « {key} »",
    "extra_forbidden": "« {key} » n’est pas une clé connue",
    "string_type": "« {key} » doit être un texte entre guillemets",
    "tuple_type": "« {key} » doit être une liste entre crochets",
    "model_type": "il faut un tableau « [[{key}]] »",
    "too_short": "« {key} » est trop court",
    "string_too_short": "« {key} » est vide",
}


class AcronymEntry(Section):
    """An acronym and what it may stand for."""

    acronym: str = Field(min_length=1)
    expansions: tuple[str, ...] = Field(min_length=1)


class SynonymsEntry(Section):
    """Words that say the same."""

    words: tuple[str, ...] = Field(min_length=2)


class GlossaryFile(Section):
    """One glossary.toml."""

    entry: tuple[AcronymEntry, ...] = ()
    synonyms: tuple[SynonymsEntry, ...] = ()


@dataclass(frozen=True)
class Phrase:
    """A wording, and its index terms: none for an acronym that is also a stop word, such as « SI »."""

    text: str
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Meaning:
    """A phrase of the glossary and the phrases that may replace it."""

    phrase: Phrase
    others: tuple[Phrase, ...]


@dataclass(frozen=True)
class Glossary:
    """`by_terms`: meanings by a phrase's terms; `by_capitals`: by an acronym that only its capitals tell apart."""

    by_terms: Mapping[tuple[str, ...], Meaning]
    by_capitals: Mapping[str, Meaning]
    longest: int

    @cached_property
    def first_terms(self) -> frozenset[str]:
        """The terms with which phrases begin."""
        return frozenset(terms[0] for terms in self.by_terms)

    @cached_property
    def terms(self) -> frozenset[str]:
        """The terms of all phrases: words that are known, were they in no passage."""
        return frozenset(term for terms in self.by_terms for term in terms)

    @classmethod
    def of(cls, files: Iterable[GlossaryFile]) -> "Glossary":
        """The glossary of these files together."""
        links: dict[Phrase, list[Phrase]] = {}
        for one, other in _pairs(files):
            links.setdefault(one, []).append(other)
        meanings = [Meaning(phrase, tuple(dict.fromkeys(others))) for phrase, others in links.items()]
        by_terms: dict[tuple[str, ...], Meaning] = {}
        for meaning in meanings:
            known = by_terms.get(meaning.phrase.terms, Meaning(meaning.phrase, ()))
            by_terms[meaning.phrase.terms] = Meaning(known.phrase, (*known.others, *meaning.others))
        by_terms.pop((), None)
        capitals = {m.phrase.text: m for m in meanings if not m.phrase.terms and m.phrase.text.isupper()}
        return cls(by_terms, capitals, max(map(len, by_terms), default=0))

    def match(self, terms: Sequence[str]) -> Meaning | None:
        """The meaning of the longest phrase with which these terms begin."""
        for length in range(min(self.longest, len(terms)), 0, -1):
            meaning = self.by_terms.get(tuple(terms[:length]))
            if meaning:
                return meaning
        return None


def load_glossary(owner: Path | None = None) -> Glossary:
    """The shipped glossary, and the owner's where there is one. Raises IndexError_ naming the file and the entry."""
    paths = [SHIPPED, *([owner] if owner and owner.exists() else [])]
    return Glossary.of(read_glossary(path) for path in paths)


def read_glossary(path: Path) -> GlossaryFile:
    """One file. Raises IndexError_ naming the file and the entry."""
    try:
        content = tomllib.loads(path.read_text("utf-8-sig"))
        return GlossaryFile.model_validate(content)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise IndexError_(f"{path} n’est pas un fichier TOML lisible : {error}.", "Corrigez-le.") from error
    except ValidationError as error:
        raise IndexError_(f"{path}, {_fault(error, content)}.", "Corrigez cette entrée du glossaire.") from error


def _fault(error: ValidationError, content: Mapping[str, Any]) -> str:
    """Where the first fault is, and what it is."""
    first = error.errors()[0]
    kind, *inside = first["loc"]
    where = "à la racine"
    if kind in _KINDS and inside:
        name = _name(content[str(kind)][inside[0]])
        where = f"{_KINDS[str(kind)]} n° {int(inside[0]) + 1}" + (f" (« {name} »)" if name else "")
    key = next((part for part in reversed(first["loc"]) if isinstance(part, str)), kind)
    return f"{where} : " + _FAULTS.get(first["type"], first["msg"]).format(key=key)


def _name(entry: object) -> str:
    """What its owner knows an entry by, whatever it holds."""
    known = (entry.get("acronym") or entry.get("words", "")) if isinstance(entry, dict) else entry
    return ", ".join(map(str, known)) if isinstance(known, list) else str(known)


def _pairs(files: Iterable[GlossaryFile]) -> Iterable[tuple[Phrase, Phrase]]:
    """Every phrase with each phrase that may replace it; two expansions of one acronym do not replace each other."""
    for file in files:
        for entry in file.entry:
            for expansion in entry.expansions:
                yield _phrase(entry.acronym), _phrase(expansion)
                yield _phrase(expansion), _phrase(entry.acronym)
        for group in file.synonyms:
            phrases = [_phrase(word) for word in group.words]
            yield from ((one, other) for one in phrases for other in phrases if one != other)


def _phrase(text: str) -> Phrase:
    return Phrase(text, tuple(analyse(text)))
