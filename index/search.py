"""Retrieval on an open version: candidates of three kinds of search, then the signals of each, fused."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from index.embedder import Embedder, Vectors, query_string
from index.evidence import Ranked, ScoredPassage, completed, with_neighbours, without_twins
from index.facets import Filters
from index.fusion import Fusion
from index.glossary import Glossary
from index.lexical_query import Correction, Expansion, LexicalQuery
from index.lexical_reading import corrected_question
from index.opened import IndexVersion
from index.surrogates import without_surrogates
from index.token_head import QuestionTokens, token_scores
from index.traits import Traits, weakest_words

Rows = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
_LIKELY = 20  # passages most like what was asked before that are candidates by this alone
_READ = 3  # times k: among so many, twins are looked for
_LENGTHS = range(2, 60, 3)  # words of questions and of follow-ups written out; twenty, as many as OpenVINO keeps
BESIDE = 0.5  # of the weight of a follow-up written out, that of its own words; chosen on the tuning follow-ups
RERANKED = 50  # candidates whose five signals are computed


@dataclass(frozen=True)
class SearchResult:
    """Passages, best first, the question's vector (dimension,), and milliseconds by step.

    `corrections` and `expansions` say how the lexical side read the question, `unknown` which of its words no passage
    holds; `traits`, how well the evidence fits it. `beside`, `beside_vector`: those of what was searched beside it.
    """

    results: tuple[ScoredPassage, ...]
    vector: Vectors
    timings_ms: dict[str, float]
    corrections: tuple[Correction, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    traits: Traits = field(default_factory=Traits)
    unknown: tuple[str, ...] = ()
    beside: Traits | None = None
    beside_vector: Vectors | None = None


@dataclass(frozen=True)
class _Asked:
    """A question in the three forms that are searched, and what each finds.

    `near`, `said`: rows found by its vector and by its words; `lexical`: BM25 of all rows; `alike`, `likeness`: its
    cosines with what was asked before, and how like it each passage's are.
    """

    vector: Vectors
    tokens: QuestionTokens | None
    terms: LexicalQuery
    near: Rows
    said: Rows
    lexical: Vectors
    alike: Vectors
    likeness: Vectors


class Searcher:
    """Retrieval on one version with one model. Raises IndexMismatch when they do not belong together."""

    def __init__(
        self,
        version: IndexVersion,
        embedder: Embedder,
        candidates: int = 200,
        glossary: Glossary | None = None,
        fusion: Fusion | None = None,
    ) -> None:
        version.check_model(embedder.stamp)
        self.version = version
        self.embedder = embedder
        self._candidates = candidates
        self._glossary = glossary
        stamp = embedder.stamp
        self._fusion = fusion or Fusion.of(stamp.name, version.manifest.calibration, bool(stamp.token_dimension))

    def with_embedder(self, embedder: Embedder) -> "Searcher":
        """The same, with another embedder of the same model. Raises IndexMismatch for another model."""
        return Searcher(self.version, embedder, self._candidates, self._glossary, self._fusion)

    def warm_up(self) -> None:
        """Let the model meet questions of usual lengths: each takes time and memory when it first comes."""
        for words in _LENGTHS:
            self.embedder.encode_question(query_string(self.embedder.stamp, "mot " * words))

    def search(
        self,
        question: str,
        k: int,
        filters: Filters | None = None,
        within: Rows | None = None,
        beside: str = "",
        weight: float = BESIDE,
    ) -> SearchResult:
        """The k best passages that the filters keep, of the rows `within` where given, with what completes them.

        `beside`: the same question in other words, which counts for `weight` of it in the order of the passages.
        Raises IndexDamaged where a file of the version was changed since it was opened.
        """
        self.version.watch.check()
        question, beside = without_surrogates(question), without_surrogates(beside)
        timings: dict[str, float] = {}
        begin = time.perf_counter()
        allowed = self._allowed(filters or Filters(), within)
        wanted = max(k, self._candidates)
        asked = self._asked(question, wanted, allowed, timings)
        other = self._asked(beside, wanted, allowed, timings) if beside else None
        with _timed(timings, "fuse"):
            results, traits = self._fused([asked, *([other] if other else [])], [1.0, weight], k, allowed)
        timings["total"] = (time.perf_counter() - begin) * 1000
        read = asked.terms.corrections, asked.terms.expansions, traits[0], asked.terms.unknown
        second = (traits[1], other.vector) if other else (None, None)
        return SearchResult(tuple(results), asked.vector, timings, *read, *second)

    def _asked(self, question: str, wanted: int, allowed: Bools | None, timings: dict[str, float]) -> _Asked:
        lexical = self.version.lexical
        with _timed(timings, "read"):
            terms = lexical.query(question, self._glossary)
            spelled = corrected_question(question, terms, lexical.vocabulary)
        with _timed(timings, "encode"):
            vector, tokens = self.embedder.encode_question(query_string(self.embedder.stamp, spelled))
        with _timed(timings, "dense"):
            near, _ = self.version.dense.search(vector, wanted, allowed)
        with _timed(timings, "lexical"):
            said, scores = lexical.top(terms, wanted, allowed)
        with _timed(timings, "fuse"):
            alike = self.version.asked.cosines(vector)
            likeness = self.version.asked.likeness(alike)
        return _Asked(vector, tokens, terms, near, said, scores, alike, likeness)

    def with_neighbours(self, found: SearchResult) -> SearchResult:
        """The same evidence, with what stands around the best passage."""
        if not found.results:
            return found
        passages = self.version.passages
        return replace(found, results=tuple(with_neighbours(found.results, passages.__getitem__, len(passages))))

    def _allowed(self, filters: Filters, within: Rows | None) -> Bools | None:
        allowed = self.version.facets.allowed(filters)
        if within is None:
            return allowed
        inside = np.zeros(len(self.version.passages), dtype=np.bool_)
        inside[within] = True
        return inside if allowed is None else inside & allowed

    def _fused(
        self, forms: Sequence[_Asked], weights: Sequence[float], k: int, allowed: Bools | None
    ) -> tuple[list[ScoredPassage], list[Traits]]:
        """The evidence in the order of all forms of a question, with the signals of the first; the traits of each."""
        likely = [self._likely(asked, k, allowed) for asked in forms]
        rows = likely[0][0] if len(forms) == 1 else np.unique(np.concatenate([found for found, _ in likely]))
        if not len(rows):
            return [], [Traits() for _ in forms]
        version = self.version
        first = [likely[0][1]] if len(forms) == 1 else [self._first(asked, rows) for asked in forms]
        signals = [known | self._further(asked, rows) for known, asked in zip(first, forms, strict=True)]
        each = [self._fusion.totals(own) for own in signals]
        weighted = [weight * totals for weight, totals in zip(weights, each, strict=False)]
        totals = np.asarray(sum(weighted) / sum(weights[: len(forms)]), dtype=np.float32)
        kept = self._kept(rows, totals, signals[0], k)
        results = completed(kept, version.passages.__getitem__, len(version.passages))
        if len(forms) == 1:
            return results, [self._traits(forms[0], kept, totals, k)]
        alone = [self._kept(rows, own, of_it, k) for own, of_it in zip(each, signals, strict=True)]
        return results, [self._traits(*one, k) for one in zip(forms, alone, each, strict=True)]

    def _traits(self, asked: _Asked, found: list[ScoredPassage], totals: Vectors, k: int) -> Traits:
        typical, weakest = self.version.typical(asked.vector), self._weakest(asked, found)
        return Traits.of(found, -np.sort(-totals)[: _READ * k], typical, weakest, self._margin(asked, found))

    def _likely(self, asked: _Asked, k: int, allowed: Bools | None) -> tuple[Rows, dict[str, Vectors]]:
        """The rows that are worth all signals, in order, with the three signals that tell so."""
        before = self.version.asked.nearest(asked.likeness, _LIKELY, allowed)
        rows = np.unique(np.concatenate([asked.near, asked.said, before]))
        first = self._first(asked, rows)
        best = np.sort(np.lexsort((rows, -self._fusion.candidates(**first)))[: max(RERANKED, 2 * k)])
        return rows[best], {name: values[best] for name, values in first.items()}

    def _kept(self, rows: Rows, totals: Vectors, signals: dict[str, Vectors], k: int) -> list[ScoredPassage]:
        version = self.version
        order, scores = np.lexsort((rows, -totals))[: _READ * k], self._fusion.shown(totals)
        ranked = Ranked(rows[order], scores[order], {name: values[order] for name, values in signals.items()})
        return without_twins(ranked, version.dense.vectors(rows[order]), version.passages.__getitem__, k)

    def _margin(self, asked: _Asked, found: list[ScoredPassage]) -> float | None:
        """Of the question, where the first passage is of a publication whose members' words are known."""
        before = self.version.asked
        if not found or found[0].passage.publication not in self.version.asked_publications:
            return None
        return before.margin(asked.vector, asked.alike)

    def _weakest(self, asked: _Asked, found: list[ScoredPassage]) -> float:
        if asked.tokens is None or not found:
            return 0.0
        return weakest_words(asked.tokens, self.version.tokens(np.array([found[0].row]))[0])

    def _first(self, asked: _Asked, rows: Rows) -> dict[str, Vectors]:
        """The signals by which candidates are chosen."""
        version = self.version
        return {
            "dense": version.dense.cosines(asked.vector, rows),
            "lexical": asked.lexical[rows],
            "asked": version.asked.of(asked.likeness, rows),
        }

    def _further(self, asked: _Asked, rows: Rows) -> dict[str, Vectors]:
        """The signals that are computed of the candidates alone."""
        version = self.version
        signals = {
            "sentence": version.best_sentences(asked.vector, rows),
            "coverage": version.lexical.sentence_coverage(asked.terms, rows),
        }
        if asked.tokens is not None:
            signals["token"] = token_scores(asked.tokens, *version.tokens(rows))
        return signals


@contextmanager
def _timed(timings: dict[str, float], step: str) -> Iterator[None]:
    begin = time.perf_counter()
    yield
    timings[step] = timings.get(step, 0.0) + (time.perf_counter() - begin) * 1000
