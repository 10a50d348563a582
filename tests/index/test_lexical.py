"""BM25, its weights by hand.

Three texts of 3, 1 and 4 terms (mean 8/3), k1 = 1.2, b = 0.75:
    « brevet » is in two of three: idf = ln(1 + (3 - 2 + 0.5) / (2 + 0.5)) = ln 1.6
    « salon » is in one of three:  idf = ln(1 + (3 - 1 + 0.5) / (1 + 0.5)) = ln 8/3
    k1 (1 - b + b × length / mean) = 1.3125 for 3 terms, 0.6375 for 1, 1.65 for 4
"""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import LexicalIndex, build_lexical

TEXTS = ["salon salon brevet", "brevet", "risque risque risque risque"]
BREVET, SALON, UNSEEN = math.log(1.6), math.log(8 / 3), math.log(1 + 3.5 / 0.5)
SALON_IN_FIRST = 2 / (2 + 1.3125)
BREVET_IN_FIRST, BREVET_IN_SECOND = 1 / (1 + 1.3125), 1 / (1 + 0.6375)
WORDS = st.lists(st.sampled_from(["salon", "brevet", "risque", "veille", "zèle", "le"]), max_size=12).map(" ".join)


@pytest.fixture(scope="module")
def index() -> LexicalIndex:
    return build_lexical(TEXTS)


def test_a_posting_weighs_idf_times_saturated_frequency(index):
    term = index.vocabulary["salon"]
    assert index.weights[index.starts[term]] == pytest.approx(SALON * 2 * 2.2 / (2 + 1.3125))


def test_one_term_scores_its_saturated_frequency(index):
    # its idf is in the score and in the most it could score
    assert index.scores("Brevets ?") == pytest.approx([BREVET_IN_FIRST, BREVET_IN_SECOND, 0])


def test_two_terms_weigh_by_their_rarity(index):
    first = (SALON * SALON_IN_FIRST + BREVET * BREVET_IN_FIRST) / (SALON + BREVET)
    assert index.scores("brevet salon")[0] == pytest.approx(first)


def test_a_repeated_term_counts_once(index):
    assert index.scores("salon salon salon") == pytest.approx(index.scores("salon"))


def test_an_unknown_term_lowers_the_score_as_the_rarest_would(index):
    assert index.scores("salon zzz")[0] == pytest.approx(SALON * SALON_IN_FIRST / (SALON + UNSEEN))


@pytest.mark.parametrize("question", ["", "le la les", "zzz", "?"])
def test_a_question_without_known_terms_scores_zero_everywhere(index, question):
    assert index.scores(question).tolist() == [0, 0, 0]


def test_the_shorter_of_two_texts_scores_higher(index):
    assert index.scores("brevet")[1] > index.scores("brevet")[0]


@given(texts=st.lists(WORDS, min_size=1, max_size=8), question=WORDS)
@settings(max_examples=60, deadline=None, database=None)
def test_scores_lie_between_zero_and_one(texts, question):
    scores = build_lexical(texts).scores(question)
    assert scores.shape == (len(texts),)
    assert scores.min() >= 0
    assert scores.max() <= 1


def test_a_saved_index_scores_as_before(index, tmp_path):
    index.save(tmp_path)
    loaded = LexicalIndex.load(tmp_path, len(TEXTS))
    assert loaded.scores("brevet salon zzz").tolist() == index.scores("brevet salon zzz").tolist()


def test_postings_are_read_through_a_memory_map(index, tmp_path):
    index.save(tmp_path)
    assert isinstance(LexicalIndex.load(tmp_path, len(TEXTS)).rows, np.memmap)


def test_an_index_of_texts_without_terms_can_be_built_and_asked():
    assert build_lexical(["le la", "…"]).scores("brevet").tolist() == [0, 0]
