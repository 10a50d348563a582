"""The glossary's own entry for what a question asks to have explained."""

import re

from assistant.completing import sentence_text
from assistant.extractive import Quote
from assistant.shapes import asked_to_define
from index import ScoredPassage, SearchResult, fold

_GLOSSARY = re.compile(
    r"(?:^|/ )[\W\d]*(?:(?:glossaires?|lexiques?|definitions?|vocabulaire|glossary)\b|(?:termes|sigles|terms)(?: /|$))"
)
_SENTENCE = re.compile(r"(?<=[.?!…])\s+")
_LONGEST = 7  # words of an entry's name


def entry(found: SearchResult, question: str) -> Quote | None:
    """The entry, whole, of the longest name that is asked about, by itself or by its acronym."""
    asked = " / ".join(map(asked_to_define, _SENTENCE.split(question)))
    expanded = {_plain(one.added) for one in found.expansions if _plain(one.term) in asked}
    named = [
        (len(name), quote)
        for scored in found.results
        if _GLOSSARY.search(_plain(" / ".join(scored.passage.section)))
        for name, quote in _entries(scored)
        if name in expanded or re.search(rf"\b{re.escape(name)}s?\b", asked)
    ]
    return max(named, key=lambda one: one[0])[1] if named else None


def _entries(scored: ScoredPassage) -> list[tuple[str, Quote]]:
    """By name, the entries of a passage: each a line that begins with a name and a full stop."""
    sentences, text = scored.passage.sentences, scored.passage.text
    starts = [n for n in range(len(sentences)) if n == 0 or "\n" in text[sentences[n - 1][1] : sentences[n][0]]]
    found = []
    for start, end in zip(starts, [*starts[1:], len(sentences)], strict=True):
        name = sentence_text(scored, start).rstrip(" .:")
        if end - start > 1 and len(name) > 1 and len(name.split()) <= _LONGEST:
            found.append((_plain(name), Quote(scored, start, end)))
    return found


def _plain(text: str) -> str:
    return fold(" ".join(text.casefold().replace("’", "'").split()))
