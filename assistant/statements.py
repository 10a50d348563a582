"""Sentences of a draft made statements: each is given the citation that supports it, repaired, or dropped.

Nothing a generator says of its own sources is believed: citations are assigned by support.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answer import Language
from assistant.drafts import sentences
from assistant.injection import speaks_to_a_machine
from assistant.support import Judgement, Likeness, judge
from assistant.support_features import Encoded, Source
from index import ScoredPassage, Searcher, passage_string

_BYTES = np.float32(127)
_MOST = 5  # statements in one answer
_REPAIRABLE = 0.8  # likeness from which the source's own sentence may stand in for a wrong one
_LONGEST_REPAIR = 60  # words

Encode = Callable[[str], Encoded]


@dataclass(frozen=True)
class Checked:
    """A statement to show, and the part of a passage that supports it; `quoted` when it is in the passage's words."""

    text: str
    scored: ScoredPassage
    start: int
    end: int
    quoted: bool


class Checker:
    """Checks sentences against some passages of an index version."""

    def __init__(self, searcher: Searcher, evidence: Sequence[ScoredPassage], language: Language) -> None:
        self._sources = [(scored, _source(searcher, scored)) for scored in evidence]
        self._likeness = Likeness.of(searcher.embedder.stamp.name if _has_tokens(self._sources) else "")
        self._language = language
        self._encode = _encoder(searcher)
        self.read = 0  # sentences of the draft so far

    def check(self, pieces: Iterable[str]) -> Iterator[Checked]:
        """What may be shown of a draft, in its order, as it comes; nothing is said twice."""
        said: set[tuple[str, int, int]] = set()
        for sentence in sentences(pieces):
            self.read += 1
            found = self._best(sentence)
            if found is None or (key := (found.scored.passage.id, found.start, found.end)) in said:
                continue
            said.add(key)
            yield found
            if len(said) == _MOST:
                return

    def _best(self, sentence: str) -> Checked | None:
        """The sentence with the passage that supports it best, or the source's own in its place, or nothing."""
        encoded = self._encode(sentence)
        judged = [(judge(sentence, source, self._likeness, self._language, encoded), scored, source)
                  for scored, source in self._sources]  # fmt: skip
        if not judged:
            return None
        verdict, scored, source = max(judged, key=lambda one: (_RANK[one[0].support], one[0].confidence))
        if verdict.support == "unsupported" or verdict.quotable or speaks_to_a_machine(source.text):
            return _in_source_words(verdict, scored, source)
        return Checked(sentence, scored, *verdict.window, quoted=verdict.support == "quoted")


_RANK = {"quoted": 2, "paraphrased": 1, "unsupported": 0}


def _in_source_words(verdict: Judgement, scored: ScoredPassage, source: Source) -> Checked | None:
    """The sentence of the source that a statement comes from, in its place; nothing where it is not near enough."""
    start, end = verdict.window
    said = source.text[start:end]
    if verdict.confidence < _REPAIRABLE or "\n" in said or len(said.split()) > _LONGEST_REPAIR:
        return None
    return Checked(said, scored, start, end, quoted=True)


def _source(searcher: Searcher, scored: ScoredPassage) -> Source:
    version, passage = searcher.version, scored.passage
    context = " ".join((version.publication(passage.publication).title, *passage.section))
    tokens = version.tokens(np.array([scored.row]))[0] if version.manifest.model.token_dimension else None
    return Source(
        passage.text, passage.sentences, context, version.sentence_vectors(scored.row),
        None if tokens is None else np.asarray(tokens, dtype=np.float32) / _BYTES,
    )  # fmt: skip


def _has_tokens(sources: Sequence[tuple[ScoredPassage, Source]]) -> bool:
    return all(source.tokens is not None for _, source in sources)


def _encoder(searcher: Searcher) -> Encode:
    def encode(sentence: str) -> Encoded:
        made = searcher.embedder.encode_passages([passage_string(searcher.embedder.stamp, sentence)])[0]
        return Encoded(made.vector, np.asarray(made.tokens, dtype=np.float32) / _BYTES)

    return encode
