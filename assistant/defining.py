"""The glossary's own entry for what a question asks to have explained."""

import re

from assistant.completing import sentence_text
from assistant.extractive import Quote
from assistant.glossaries import is_glossary
from assistant.leaning import own_words
from assistant.several import asked_parts
from assistant.shapes import asked_to_define
from index import LIST_ITEM, ScoredPassage, SearchResult, analyse, fold

_SENTENCE = re.compile(r"(?<=[.?!…])\s+")
_LONGEST = 7  # words of an entry's name
_FEWEST_LETTERS = 3  # of an acronym known without its capitals: « si » and « pi » may be something else
_HEADS = {"table", "tableau", "sigle", "sigles", "terme", "termes", "acronyme", "acronym", "term"}  # over the entries
_CELLS = " | "  # between those of a table's row
# What only asks for a meaning.
_ASKING = frozenset(analyse(
    "signifie signifier veut vouloir définition définis définir sigle acronyme terme mot expression entend entendre "
    "juste exactement concrètement sinon koi dis alors mean meaning stand term word acronym exactly definition define"
))  # fmt: skip
_CODE = re.compile(r"\b([A-Z])-?(\d)\b")
_NAMED = re.compile(r"([^:|]{2,80}?) ?: \w")  # « Accessibilité : principe consistant à… »


def entry(found: SearchResult, question: str) -> Quote | None:
    """The entry, whole, of the longest name that is asked about, by itself or by its acronym."""
    named = _named(found, question)
    return max(named, key=lambda one: len(one[0]))[1] if named else None


def scale(found: SearchResult, question: str) -> list[Quote]:
    """What each sign of a code means, in reading order: of « B2 », « A, sûre ; B, … » and « 1, confirmée ; 2, … »."""
    code = _CODE.search(question)
    said = {
        (scored.row, number): Quote(scored, number, number + 1)
        for sign in (code.groups() if code else ())
        for scored in found.results
        for number in range(len(scored.passage.sentences))
        if _is_a_level(sign, sentence_text(scored, number))
    }
    return [said[place] for place in sorted(said)]


def _is_a_level(sign: str, text: str) -> bool:
    return bool(re.search(rf"[:;] ?{re.escape(sign)}, \w", text))


def asks_for_an_entry(found: SearchResult, question: str) -> bool:
    """Whether a question asks what a name of the glossary means, and nothing more."""
    if len(asked_parts(question)) > 1:
        return False
    asked = own_words(question) - _ASKING
    names = (f"{name} {' '.join(one.term for one in found.expansions)}" for name, _ in _named(found, question))
    return bool(asked) and any(asked <= set(analyse(name)) for name in names)


def _named(found: SearchResult, question: str) -> list[tuple[str, Quote]]:
    """By name, the entries of what is asked about."""
    asked = " / ".join(map(asked_to_define, _SENTENCE.split(question)))
    expanded = {_plain(one.added) for one in found.expansions if _plain(one.term) in asked}
    return [
        (_plain(name), quote)
        for scored in found.results
        if asked.strip(" /") and is_glossary(scored.passage.section)
        for name, quote in _entries(scored)
        if _plain(name) in expanded or _is_asked(name, asked, question)
    ]


def _is_asked(name: str, asked: str, question: str) -> bool:
    if len(name) < _FEWEST_LETTERS and not re.search(rf"\b{re.escape(name)}\b", question):
        return False
    return bool(re.search(rf"\b{re.escape(_plain(name))}s?\b", asked))


def _entries(scored: ScoredPassage) -> list[tuple[str, Quote]]:
    """By name, the entries of a passage: lines that begin with a name and a full stop or colon, or rows of a table."""
    sentences, text = scored.passage.sentences, scored.passage.text
    starts = [n for n in range(len(sentences)) if n == 0 or "\n" in text[sentences[n - 1][1] : sentences[n][0]]]
    found = []
    for start, end in zip(starts, [*starts[1:], len(sentences)], strict=True):
        first = LIST_ITEM.sub("", sentence_text(scored, start), count=1)
        alone = first.rstrip(" .:") if end - start > 1 else ""
        inside = _NAMED.match(first)
        name = first.partition(_CELLS)[0] if _CELLS in first else inside[1] if inside else alone
        if len(name) > 1 and len(name.split()) <= _LONGEST and _plain(name) not in _HEADS:
            found.append((name, Quote(scored, start, end)))
    return found


def _plain(text: str) -> str:
    return fold(" ".join(text.casefold().replace("’", "'").split()))
