"""BM25, its weights by hand.

Three texts of 3, 1 and 4 terms (mean 8/3), k1 = 0.9, b = 0.75:
    « brevet » is in two of three: idf = ln(1 + (3 - 2 + 0.5) / (2 + 0.5)) = ln 1.6
    « salon » is in one of three:  idf = ln(1 + (3 - 1 + 0.5) / (1 + 0.5)) = ln 8/3
    k1 (1 - b + b × length / mean) = 0.984375 for 3 terms, 0.478125 for 1, 1.2375 for 4
A weight is kept in a byte, hence the tolerance of half a step, 1/510.
"""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import postings
from index.glossary import AcronymEntry, Glossary, GlossaryFile
from index.lexical import LexicalIndex, build_lexical
from index.postings import build_postings

TEXTS = ["salon salon brevet", "brevet", "risque risque risque risque"]
BREVET, SALON, UNSEEN = math.log(1.6), math.log(8 / 3), math.log(1 + 3.5 / 0.5)
SALON_IN_FIRST = 2 / (2 + 0.984375)
BREVET_IN_FIRST, BREVET_IN_SECOND = 1 / (1 + 0.984375), 1 / (1 + 0.478125)
STEP = 1 / 510
VOCABULARY = ["salon", "brevet", "risque", "veille", "zèle", "le", "savoir-faire", "pme"]
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=12).map(" ".join)
GLOSSARY = Glossary.of([GlossaryFile(entry=(AcronymEntry(acronym="PME", expansions=("salon brevet", "zèle")),))])
FAST = settings(max_examples=60, deadline=None, database=None)


def close(*values: float):
    return pytest.approx(values[0] if len(values) == 1 else list(values), abs=STEP)


@pytest.fixture(scope="module")
def index() -> LexicalIndex:
    return build_lexical(TEXTS, [["salon", "salon brevet"], ["brevet"], []])


def test_a_posting_keeps_its_saturated_frequency_in_a_byte(index):
    rows, saturations = index.postings.of(index.vocabulary.number("salon"))
    assert rows.tolist() == [0]
    assert saturations[0] == close(SALON_IN_FIRST)


def test_one_term_scores_its_saturated_frequency(index):
    # its idf is in the score and in the most it could score
    assert index.scores("Brevets ?").tolist() == close(BREVET_IN_FIRST, BREVET_IN_SECOND, 0)


def test_two_terms_weigh_by_their_rarity(index):
    first = (SALON * SALON_IN_FIRST + BREVET * BREVET_IN_FIRST) / (SALON + BREVET)
    assert index.scores("brevet salon")[0] == close(first)


def test_a_repeated_term_counts_once(index):
    assert index.scores("salon salon salon").tolist() == index.scores("salon").tolist()


def test_an_unknown_term_lowers_the_score_as_the_rarest_would(index):
    assert index.scores("salon zzz")[0] == close(SALON * SALON_IN_FIRST / (SALON + UNSEEN))


@pytest.mark.parametrize("question", ["", "le la les", "zzz", "?"])
def test_a_question_without_known_terms_scores_zero_everywhere(index, question):
    assert index.scores(question).tolist() == [0, 0, 0]


def test_the_shorter_of_two_texts_scores_higher(index):
    assert index.scores("brevet")[1] > index.scores("brevet")[0]


def test_words_that_no_passage_holds_are_told(index):
    assert index.query("Un brevet dans la CSRD, et la csrd", correct=False).unknown == ("csrd",)
    assert index.query("un brevet", correct=False).unknown == ()


def test_the_best_come_first_and_passages_without_a_term_do_not_come(index):
    rows, scores = index.top(index.query("brevet"), 3)
    assert rows.tolist() == [1, 0]
    assert scores.tolist() == index.scores("brevet").tolist()


def test_only_allowed_passages_come(index):
    rows, scores = index.top(index.query("brevet"), 3, np.array([True, False, True]))
    assert rows.tolist() == [0]
    assert scores[1] == 0


def test_equal_scores_come_by_row():
    rows, _ = (same := build_lexical(["brevet"] * 500)).top(same.query("brevet"), 3)
    assert rows.tolist() == [0, 1, 2]


def test_a_sentence_covers_the_idf_of_the_terms_it_holds(index):
    # the first text's second sentence holds both known terms, the second text's only one
    most = SALON + BREVET + UNSEEN
    coverage = index.sentence_coverage(index.query("salon brevet zzz"), np.array([1, 2, 0]))
    assert coverage.tolist() == pytest.approx([BREVET / most, 0, (SALON + BREVET) / most])


def test_terms_of_two_sentences_do_not_stand_together():
    index = build_lexical(["salon brevet", "autre"], [["salon", "brevet"], ["autre"]])
    assert index.sentence_coverage(index.query("salon brevet"), np.array([0])).tolist() == pytest.approx([0.5])


def test_coverage_without_sentences_is_refused():
    index = build_lexical(TEXTS)
    with pytest.raises(ValueError, match="without sentences"):
        index.sentence_coverage(index.query("brevet"), np.array([0]))


@pytest.mark.parametrize("question", ["savoir-faire", "savoir faire", "savoirfaire"])
@pytest.mark.parametrize("text", ["le savoir-faire", "un savoirfaire"])
def test_a_compound_is_met_however_it_is_written(text, question):
    assert build_lexical([text, "autre"]).scores(question)[0] > 0


def test_a_compound_does_not_lengthen_its_passage():
    one, two = build_lexical(["savoir-faire brevet", "brevet savoir"]).scores("brevet").tolist()
    assert one == two


@given(texts=st.lists(WORDS, min_size=1, max_size=8), question=WORDS)
@FAST
def test_scores_lie_between_zero_and_one(texts, question):
    index = build_lexical(texts)
    scores = index.scores(index.query(question, GLOSSARY))
    assert scores.shape == (len(texts),)
    assert scores.min() >= 0
    assert scores.max() <= 1


@given(texts=st.lists(WORDS, min_size=1, max_size=40), question=WORDS, k=st.integers(1, 5))
@FAST
def test_the_top_is_that_of_all_scores(texts, question, k):
    index = build_lexical(texts)
    query = index.query(question, GLOSSARY)
    scores = index.scores(query)
    best = [row for row in np.lexsort((np.arange(len(texts)), -scores)).tolist() if scores[row] > 0][:k]
    assert index.top(query, k)[0].tolist() == best


@given(texts=st.lists(st.lists(WORDS, max_size=3), min_size=1, max_size=8), question=WORDS)
@FAST
def test_coverage_lies_between_zero_and_one_and_needs_a_term(texts, question):
    index = build_lexical([" ".join(sentences) for sentences in texts], texts)
    query = index.query(question, GLOSSARY)
    coverage = index.sentence_coverage(query, np.arange(len(texts)))
    assert coverage.max() <= 1
    assert not np.any((coverage > 0) & (index.scores(query) == 0))


@given(texts=st.lists(st.lists(st.integers(0, 9), max_size=8), min_size=1, max_size=8), chunk=st.integers(1, 20))
@FAST
def test_postings_do_not_depend_on_how_many_are_sorted_at_once(texts, chunk):
    ids = np.array([term for text in texts for term in text], np.int32)
    offsets = np.cumsum([0, *map(len, texts)])
    whole = build_postings(ids, offsets, 10)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "_CHUNK", chunk)
        cut = build_postings(ids, offsets, 10)
    for name in ("starts", "rows", "saturations", "idf"):
        assert getattr(cut, name).tolist() == getattr(whole, name).tolist()


def test_a_saved_index_answers_as_before(index, tmp_path):
    index.save(tmp_path)
    loaded = LexicalIndex.load(tmp_path, len(TEXTS))
    query = loaded.query("brevt salon zzz")
    assert query == index.query("brevt salon zzz")
    assert loaded.scores(query).tolist() == index.scores(query).tolist()
    rows = np.arange(3)
    assert loaded.sentence_coverage(query, rows).tolist() == index.sentence_coverage(query, rows).tolist()


def test_postings_are_read_through_a_memory_map(index, tmp_path):
    index.save(tmp_path)
    assert isinstance(LexicalIndex.load(tmp_path, len(TEXTS)).postings.rows.base, np.memmap)


@pytest.mark.parametrize("texts", [[], ["le la", "…"]])
def test_an_index_without_terms_can_be_built_saved_and_asked(texts, tmp_path):
    build_lexical(texts, [[] for _ in texts]).save(tmp_path)
    loaded = LexicalIndex.load(tmp_path, len(texts))
    assert loaded.scores("brevet").tolist() == [0] * len(texts)
    assert loaded.top(loaded.query("brevet"), 3)[0].tolist() == []
