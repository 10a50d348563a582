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
from index import ScoredPassage, Searcher, passage_string, query_string

_BYTES = np.float32(127)
_MOST = 5  # statements in one answer
_ASIDE = 0.2  # cosine below the sentence nearest the question, from which a written one is beside the point
_REPAIRABLE = 0.95  # likeness from which the source's own sentence may stand in for a wrong one
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

    def __init__(
        self, searcher: Searcher, evidence: Sequence[ScoredPassage], language: Language, question: str
    ) -> None:
        self._sources = [(scored, _source(searcher, scored)) for scored in evidence]
        self._likeness = Likeness.of(searcher.embedder.stamp.name if _has_tokens(self._sources) else "")
        self._language = language
        self._encode = _encoder(searcher)
        self.read = 0  # sentences of the draft so far
        version = searcher.version
        self._foreign = {s.passage.publication for s, _ in self._sources
                         if version.publication(s.passage.publication).language != language}  # fmt: skip
        self._asked = searcher.embedder.encode_question(query_string(searcher.embedder.stamp, question))[0]
        cosines = [self._nearness(source, 0, len(source.text)) for _, source in self._sources]
        self._nearest = max(cosines, default=0.0)

    def check(self, pieces: Iterable[str]) -> Iterator[Checked]:
        """What may be shown of a draft, in its order, as it comes; nothing is said twice."""
        said: set[tuple[str, int, int]] = set()
        for sentence in sentences(pieces):
            self.read += 1
            found = self._best(sentence)
            if (
                found is None
                or not self._answers(found)
                or (key := (found.scored.passage.id, found.start, found.end)) in said
            ):
                continue
            said.add(key)
            yield found
            if len(said) == _MOST:
                return

    def _answers(self, found: Checked) -> bool:
        """Whether what supports a sentence is near the question; True where the model's scale is unknown."""
        if not self._likeness.cosine:
            return True
        source = next(source for scored, source in self._sources if scored is found.scored)
        return self._nearness(source, found.start, found.end) >= self._nearest - _ASIDE

    def _nearness(self, source: Source, start: int, end: int) -> float:
        """Best cosine to the question of the sentences between two offsets."""
        if source.sentence_vectors is None:
            return 0.0
        cosines = (source.sentence_vectors @ self._asked).tolist()
        inside = [c for c, (a, b) in zip(cosines, source.sentences, strict=True) if start <= a and b <= end]
        return max(inside, default=0.0)

    def _best(self, sentence: str) -> Checked | None:
        """The sentence with the passage that supports it best, or the source's own in its place, or nothing."""
        encoded = self._encode(sentence)
        judged = [(judge(sentence, source, self._likeness, self._language, encoded), scored, source)
                  for scored, source in self._sources]  # fmt: skip
        if not judged:
            return None
        verdict, scored, source = max(judged, key=lambda one: (_RANK[one[0].support], one[0].confidence))
        foreign = scored.passage.publication in self._foreign  # across languages, a checker of words is blind
        own_words = verdict.quotable or foreign or speaks_to_a_machine(source.text)
        if verdict.support == "unsupported" or (own_words and verdict.support != "quoted"):
            return _in_source_words(verdict, scored, source)
        return Checked(sentence, scored, *verdict.window, quoted=verdict.support == "quoted")


_RANK = {"quoted": 2, "paraphrased": 1, "unsupported": 0}


def _in_source_words(verdict: Judgement, scored: ScoredPassage, source: Source) -> Checked | None:
    """The sentence of the source that a statement comes from, in its place; nothing where it is not near enough."""
    start, end = verdict.window
    said = source.text[start:end]
    likely = _REPAIRABLE if verdict.support == "unsupported" else 0.5
    if (
        verdict.confidence < likely
        or "unlike" in verdict.reasons
        or "\n" in said
        or len(said.split()) > _LONGEST_REPAIR
    ):
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
