"""Confidence: a logistic model, computed by hand.

Coefficients -1, 2 and 3: cosine 0.5 and lexical score 1/3 give log-odds -1 + 2 × 0.5 + 3 × 1/3 = 1,
and 1 / (1 + e^-1) = 0.7310586. In another language, -2 and 4, the cosine alone gives -2 + 4 × 0.5 = 0, hence 1/2.
"""

import pytest

from assistant import Abstention, Coefficients
from corpus import Passage, Span
from index import MODELS, ScoredPassage

MODEL = Abstention(Coefficients(-1, {"dense": 2, "lexical": 3}), Coefficients(-2, {"dense": 4}))
PASSAGE = Passage("Un brevet.", (), ((0, 10),), (Span(0, 1, 0, 10),), "id", "p", ("1",))


def scored(dense: float, lexical: float) -> ScoredPassage:
    return ScoredPassage(PASSAGE, 0, 0.0, dense, lexical)


def test_a_question_in_the_passages_language_counts_cosine_and_words():
    assert MODEL.confidence([scored(0.5, 1 / 3)], same_language=True) == pytest.approx(0.7310586)


def test_a_question_in_another_language_counts_the_cosine_alone():
    assert MODEL.confidence([scored(0.5, 1 / 3)], same_language=False) == pytest.approx(0.5)


def test_the_best_of_each_feature_counts_whichever_passage_has_it():
    evidence = [scored(0.5, 0.0), scored(0.1, 1 / 3)]
    assert MODEL.confidence(evidence, same_language=True) == pytest.approx(0.7310586)


def test_no_evidence_is_no_confidence():
    assert MODEL.confidence([], same_language=True) == 0


@pytest.mark.parametrize(("bias", "expected"), [(1e6, 1.0), (-1e6, 0.0)])
def test_extreme_odds_do_not_overflow(bias, expected):
    model = Abstention(Coefficients(bias, {}), Coefficients(bias, {}))
    assert model.confidence([scored(0, 0)], same_language=True) == pytest.approx(expected)


@pytest.mark.parametrize("name", MODELS)
def test_every_model_has_fitted_coefficients_that_grow_with_the_cosine(name):
    fitted = Abstention.of(name)
    near = [ScoredPassage(PASSAGE, 0, 0.9, 0.95, 0.5, 0.95, 0.95)]
    far = [ScoredPassage(PASSAGE, 0, 0.0, 0.1, 0.0, 0.1, 0.1)]
    for same in (True, False):
        assert fitted.confidence(near, same) > 0.9
        assert fitted.confidence(far, same) < 0.1


@pytest.mark.parametrize("same", [True, False])
def test_a_model_nobody_fitted_goes_by_the_fused_score(same):
    unknown = Abstention.of("unknown")
    low, high = (ScoredPassage(PASSAGE, 0, score, 0.0, 0.0) for score in (0.1, 0.9))
    assert unknown.confidence([low], same) < 0.3 < unknown.confidence([high], same)
