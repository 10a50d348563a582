"""What the evidence as a whole says of a question, computed by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import IndexVersion, QuestionTokens, ScoredPassage, Searcher, Traits, sampled, weakest_words
from index.traits import SAMPLE
from tests.index.making import build, passage
from tests.support import HashEmbedder

QUESTION = "Quelle veille mener sur les brevets ?"


def scored(score: float, dense: float, sentence: float) -> ScoredPassage:
    return ScoredPassage(passage("Un badge."), 0, score, dense, 0.0, sentence)


def tokens(*rows: tuple[float, ...], weights: tuple[float, ...] = ()) -> QuestionTokens:
    vectors = np.array(rows, np.float32)
    even = np.full(len(rows), 1 / len(rows), np.float32)
    return QuestionTokens(vectors, np.array(weights, np.float32) if weights else even)


# Of the evidence


def test_the_best_of_each_cosine_counts_whichever_passage_has_it():
    found = [scored(0.9, 0.4, 0.7), scored(0.8, 0.6, 0.5)]
    traits = Traits.of(found, np.array([3.0, 1.0], np.float32), 0.1, 0.2)
    assert (traits.dense, traits.sentence, traits.score) == (0.6, 0.7, 0.9)


def test_the_corpus_s_and_the_words_traits_are_taken_as_they_are():
    traits = Traits.of([scored(0.9, 0.4, 0.7)], np.array([3.0], np.float32), 0.1, 0.2)
    assert (traits.typical, traits.weakest) == (0.1, 0.2)


@pytest.mark.parametrize(
    ("totals", "lead"),
    [([5.0, 4.0, 3.0, 2.0, 1.0, 0.0], 4.0), ([5.0, 4.0, 3.0, 2.0, 1.5], 3.5), ([5.0, 3.0], 2.0), ([5.0], 0.0)],
    ids=["six", "five", "two", "one"],
)
def test_the_lead_is_over_the_fifth_or_over_the_last_of_fewer(totals, lead):
    assert Traits.of([scored(0.9, 0.4, 0.7)], np.array(totals, np.float32), 0, 0).lead == lead


def test_without_evidence_all_traits_are_0():
    assert Traits.of([], np.array([], np.float32), 0.3, 0.4) == Traits() == Traits(0, 0, 0, 0, 0, 0)


# The least matched words


def test_the_lowest_third_of_the_words_is_averaged():
    asked = tokens((1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 0, 0), (0, 1, 0), (0, 0, 1))
    # best cosines 1, 0.5, 0, 1, 0.5 and 0: the lowest two of six are 0
    held = np.array([[127, 0, 0], [0, 63.5, 0]], np.float32)
    assert weakest_words(asked, held) == pytest.approx(0)
    # with 0.2 for the third and the sixth, their mean is 0.2
    assert weakest_words(asked, np.vstack([held, [[0, 0, 25.4]]])) == pytest.approx(0.2)


def test_words_of_less_than_half_of_the_mean_weight_do_not_count():
    asked = tokens((1, 0), (0, 1), weights=(0.76, 0.24))  # half of the mean is 0.25
    assert weakest_words(asked, np.array([[127, 0]], np.float32)) == pytest.approx(1)
    heavier = tokens((1, 0), (0, 1), weights=(0.75, 0.25))
    assert weakest_words(heavier, np.array([[127, 0]], np.float32)) == pytest.approx(0)


def test_bytes_are_read_like_numbers():
    asked = tokens((0.6, 0.8))
    held = np.array([[127, 0], [0, 127]])
    assert weakest_words(asked, held.astype(np.int8)) == pytest.approx(weakest_words(asked, held.astype(np.float32)))


@settings(deadline=None)
@given(seed=st.integers(0, 2**32 - 1), asked=st.integers(1, 9), held=st.integers(1, 9))
def test_a_passage_that_holds_every_word_is_at_1_and_another_below(seed, asked, held):
    drawn = np.random.default_rng(seed).standard_normal((asked + held, 8)).astype(np.float32)
    unit = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    question = tokens(*map(tuple, unit[:asked]))
    whole, part = 127 * unit, 127 * unit[asked:]
    assert weakest_words(question, whole) == pytest.approx(1, abs=1e-5)
    assert weakest_words(question, part) <= weakest_words(question, whole) + 1e-5


@settings(deadline=None)
@given(seed=st.integers(0, 2**32 - 1), count=st.integers(1, 12))
def test_the_order_of_the_words_does_not_matter(seed, count):
    drawn = np.random.default_rng(seed)
    rows = drawn.standard_normal((count, 4)).astype(np.float32)
    held = 127 * drawn.standard_normal((3, 4)).astype(np.float32)
    weights = drawn.dirichlet(np.ones(count)).astype(np.float32)
    mixed = drawn.permutation(count)
    first = weakest_words(QuestionTokens(rows, weights), held)
    assert weakest_words(QuestionTokens(rows[mixed], weights[mixed]), held) == pytest.approx(first, abs=1e-5)


# The sample that stands for the corpus


@settings(deadline=None)
@given(st.integers(0, 100_000))
def test_a_sample_is_of_distinct_rows_of_the_corpus_in_order(count):
    rows = sampled(count)
    assert len(rows) == min(count, SAMPLE)
    assert (np.diff(rows) > 0).all()
    assert all(0 <= row < count for row in rows[[0, -1]]) if count else not len(rows)


@settings(deadline=None)
@given(st.integers(2, 100_000))
def test_a_sample_runs_from_the_first_row_to_the_last(count):
    assert sampled(count)[[0, -1]].tolist() == [0, count - 1]


@settings(deadline=None)
@given(st.integers(SAMPLE, 100_000))
def test_a_sample_is_evenly_spread(count):
    steps = np.diff(sampled(count))
    assert steps.max() - steps.min() <= 1


# Of a search


@pytest.fixture(scope="module", params=[0, 16], ids=["no tokens", "tokens"])
def searcher(request, guide_folder, tmp_path_factory) -> Searcher:
    embedder = HashEmbedder(tokens=request.param)
    root = tmp_path_factory.mktemp("index")
    build(guide_folder, root, embedder)
    return Searcher(IndexVersion(root), embedder)


def test_a_search_gives_the_traits_of_its_evidence(searcher):
    found = searcher.search(QUESTION, 3)
    assert found.traits.dense == max(r.dense_score for r in found.results)
    assert found.traits.sentence == max(r.sentence_score for r in found.results)
    assert found.traits.score == found.results[0].score
    assert found.traits.lead > 0


def test_typical_is_the_median_cosine_of_the_corpus(searcher):
    found = searcher.search(QUESTION, 3)
    assert found.traits.typical == pytest.approx(sorted(r.dense_score for r in found.results)[1], abs=1e-3)


def test_the_weakest_words_are_read_in_the_first_passage_where_there_are_tokens(searcher):
    found = searcher.search(QUESTION, 3)
    if not searcher.embedder.stamp.token_dimension:
        assert found.traits.weakest == 0
        return
    _, asked = searcher.embedder.encode_question(f"query: {QUESTION}")
    held = searcher.version.tokens(np.array([found.results[0].row]))[0]
    assert found.traits.weakest == pytest.approx(weakest_words(asked, held))


def test_a_covered_question_has_better_traits_than_a_foreign_one(searcher):
    covered, foreign = (searcher.search(q, 3).traits for q in (QUESTION, "Une girafe dort debout"))
    assert covered.dense > foreign.dense
    assert covered.sentence > foreign.sentence
    assert covered.lead > foreign.lead


def test_traits_do_not_depend_on_how_many_passages_are_shown(searcher):
    one, three = (searcher.search(QUESTION, k).traits for k in (1, 3))
    assert (one.typical, one.weakest, one.score) == (three.typical, three.weakest, three.score)
