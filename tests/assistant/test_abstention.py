"""Confidence: a logistic model of the evidence's traits, computed by hand, then what the question asks for.

Bias -1 and weights 2 and 3: a sentence at 0.5 and a lead of 1/3 give log-odds -1 + 2 × 0.5 + 3 × 1/3 = 1, and
1 / (1 + e^-1) = 0.7310586. An answer of the wrong kind, or a part that does not exist, leaves a tenth of it.
"""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Abstention, Coefficients
from assistant.abstention import Decision, unheard_of, unmet_answer
from assistant.names import acronyms_among
from corpus import Passage
from index import MODELS, ScoredPassage, SearchResult, Traits
from tests.index.making import passage

MODEL = Abstention(Coefficients(-1, {"sentence": 2, "lead": 3}))
TRAITS = Traits(sentence=0.5, lead=1 / 3)
PASSAGE = passage("L’assurance couvre les visiteurs.", section=("Pratique n° 3 – Assurances",))
QUESTION = "Comment assurer les visiteurs ?"
PRICE = "Combien coûte l’assurance des visiteurs ?"


def found(traits: Traits = TRAITS, *passages: Passage) -> SearchResult:
    scored = tuple(ScoredPassage(p, row, 0.5, 0.5, 0.5) for row, p in enumerate(passages or (PASSAGE,)))
    return SearchResult(scored, None, {}, traits=traits)


def confidence(question: str, *sentences: tuple[str, float]) -> float:
    return MODEL.decide(question, found(), sentences).confidence


def test_what_the_best_passages_hold_is_not_missing_however_far():
    sentences = [("L’assurance couvre les visiteurs.", 0.9), ("Elle coûte 12 euros.", 0.2)]
    assert unmet_answer(PRICE, sentences) == "money"
    assert unmet_answer(PRICE, sentences, ["Elle coûte 12 euros."]) == ""
    risk = "Que risque-t-on à porter un badge ?"
    assert unmet_answer(risk, [("Le badge est porté.", 0.9)], ["Le badge perdu ouvre la porte."]) == ""
    assert unmet_answer(risk, [("Le badge est porté.", 0.9)], ["La norme attend."]) == "penalty"
    assert unmet_answer("Combien de visiteurs ?", [("Le badge est porté.", 0.9)], ["Une règle."]) == "count"


def test_the_confidence_is_the_logistic_of_the_weighted_traits():
    assert MODEL.decide(QUESTION, found(), []) == Decision(pytest.approx(0.7310586))


def test_traits_without_a_weight_do_not_count():
    traits = Traits(dense=0.9, sentence=0.5, typical=0.9, weakest=0.9, lead=1 / 3, score=0.9)
    assert MODEL.decide(QUESTION, found(traits), []).confidence == pytest.approx(0.7310586)


def test_no_evidence_is_no_confidence():
    nothing = SearchResult((), None, {}, traits=Traits(sentence=1, lead=9))
    assert MODEL.decide(QUESTION, nothing, []) == Decision(0.0)


@pytest.mark.parametrize(("bias", "expected"), [(1e6, 1.0), (-1e6, 0.0)])
def test_extreme_odds_do_not_overflow(bias, expected):
    model = Abstention(Coefficients(bias, {}))
    assert model.decide(QUESTION, found(), []).confidence == pytest.approx(expected)


@settings(deadline=None)
@given(st.builds(Traits, *[st.floats(-1, 1)] * 4, st.floats(0, 50), st.floats(0, 1)))
def test_a_confidence_lies_between_0_and_1(traits):
    for name in (*MODELS, "unknown"):
        assert 0 <= Abstention.of(name).decide(QUESTION, found(traits), []).confidence <= 1


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("trait", ["sentence", "weakest", "lead", "typical"])
def test_every_model_has_fitted_coefficients_that_grow_with_each_trait_of_fit(name, trait):
    assert Abstention.of(name).coefficients.weights[trait] > 0


@pytest.mark.parametrize(
    ("name", "near", "far"),
    [
        ("embeddinggemma-300m", Traits(0.6, 0.7, 0.2, 0.8, 3.0), Traits(0.3, 0.3, 0.05, 0.3, 0.2)),
        ("multilingual-e5-small", Traits(0.9, 0.92, 0.8, 0.8, 3.0), Traits(0.8, 0.8, 0.7, 0.3, 0.2)),
    ],
)
def test_fitted_coefficients_tell_near_evidence_from_far_on_the_model_s_own_scale(name, near, far):
    fitted = Abstention.of(name)
    assert fitted.decide(QUESTION, found(near), []).confidence > 0.9
    assert fitted.decide(QUESTION, found(far), []).confidence < 0.1


def test_models_have_coefficients_of_their_own():
    assert len({Abstention.of(name).coefficients.bias for name in MODELS}) == len(MODELS)


def test_a_model_nobody_fitted_goes_by_the_fused_score():
    unknown = Abstention.of("unknown")
    low, high = (unknown.decide(QUESTION, found(Traits(score=score)), []).confidence for score in (0.1, 0.9))
    assert low < 0.1
    assert high > 0.9


def test_a_model_nobody_fitted_reads_nothing_but_the_score():
    assert set(Abstention.of("unknown").coefficients.weights) == {"score"}


@pytest.mark.parametrize("name", MODELS)
def test_a_fitted_model_without_late_interaction_is_read_like_an_unknown_one(name):
    assert Abstention.of(name, tokens=False) == Abstention.of("unknown")
    assert Abstention.of(name, tokens=True) != Abstention.of("unknown")


# What is asked for


def test_an_answer_of_a_kind_that_no_sentence_holds_leaves_a_tenth_of_the_confidence():
    decision = MODEL.decide(PRICE, found(), [("L’assurance couvre les visiteurs.", 0.7)])
    assert decision == Decision(pytest.approx(0.07310586), "money")


def test_an_answer_that_the_nearest_sentence_holds_keeps_the_confidence():
    assert confidence(PRICE, ("L’assurance coûte 120 euros.", 0.7)) == pytest.approx(0.7310586)


@pytest.mark.parametrize(("cosine", "unmet"), [(0.65, ""), (0.55, "money")])
def test_an_answer_counts_in_a_sentence_nearly_as_near_as_the_best(cosine, unmet):
    # 0.7 - 0.65 is under 0.08, 0.7 - 0.55 is not
    sentences = [("L’assurance couvre les visiteurs.", 0.7), ("Elle coûte 120 euros.", cosine)]
    assert unmet_answer(PRICE, sentences) == unmet


def test_the_order_of_the_sentences_does_not_matter():
    sentences = [("L’assurance couvre les visiteurs.", 0.7), ("Elle coûte 120 euros.", 0.5)]
    assert unmet_answer(PRICE, sentences) == unmet_answer(PRICE, sentences[::-1]) == "money"


def test_a_question_that_asks_for_no_such_thing_is_met_by_any_sentence():
    assert unmet_answer(QUESTION, [("L’assurance couvre les visiteurs.", 0.7)]) == ""


def test_without_a_sentence_nothing_is_unmet():
    assert unmet_answer(PRICE, []) == ""


def test_a_part_that_the_evidence_does_not_have_leaves_a_tenth_of_the_confidence():
    decision = MODEL.decide("Que dit la pratique n° 42 ?", found(), [])
    assert decision == Decision(pytest.approx(0.07310586), "pratique 42")


def test_a_part_that_a_heading_names_keeps_the_confidence():
    assert confidence("Que dit la pratique n° 3 ?") == pytest.approx(0.7310586)


def test_a_part_that_any_passage_names_keeps_the_confidence():
    other = passage("Voir la pratique n° 42.", section=("Renvois",))
    decision = MODEL.decide("Que dit la pratique n° 42 ?", found(TRAITS, PASSAGE, other), [])
    assert decision == Decision(pytest.approx(0.7310586))


# What nobody speaks of


@pytest.mark.parametrize(
    ("question", "unknown", "absent"),
    [
        ("URGENT on s’est fait pirater, que faire ?", {"urgent"}, ()),  # said loud
        ("La CSRD nous concerne-t-elle ?", ("csrd",), ("CSRD",)),
        ("La CSRD, la NIS2 et la CSRD ?", ("csrd", "nis2"), ("CSRD", "NIS2")),
        ("Lequel est SecNumCloud ?", ("secnumcloud",), ("SecNumCloud",)),
        ("La PME est-elle concernée ?", ("concernée",), ()),
        ("Notre client de Dubaï le veut.", ("dubaï",), ()),  # a place may be where one is, and no acronym tells it
        ("Un client des US le veut.", ("us",), ()),
        ("LA CSRD NOUS CONCERNE ?", ("csrd",), ()),
        ("Une note cotée B2 ou C3, ou le G7 ?", ("b2", "c3", "g7"), ()),
        ("Un fichier R4D2 ou R&D ?", ("r4d2", "r&d"), ("R4D2", "R&D")),
    ],
)
def test_acronyms_that_no_publication_holds_are_named(question, unknown, absent):
    assert acronyms_among(question, unknown) == absent


def test_such_an_acronym_takes_one_and_a_half_off_the_log_odds():
    # 1 - 1.5 = -0.5, and 1 / (1 + e^0.5) = 0.3775407
    decision = MODEL.decide("La CSRD nous concerne ?", replace(found(), unknown=("csrd",)), [])
    assert decision == Decision(pytest.approx(0.3775407), "", ("CSRD",))


HOW_AND_PRICE = "Comment assurer les visiteurs, et combien coûte l’assurance ?"
PRICE_AND_HOW = "Combien coûte l’assurance, et comment assurer les visiteurs ?"
NO_PRICE = ("L’assurance couvre les visiteurs.", 0.7)


def test_what_is_asked_last_and_is_not_there_does_not_refuse_the_rest():
    assert MODEL.decide(HOW_AND_PRICE, found(), [NO_PRICE]) == Decision(pytest.approx(0.7310586))


def test_what_is_asked_first_and_is_not_there_lowers_the_confidence():
    # log-odds 1 - 1.5: 1 / (1 + e^0.5) = 0.3775407
    assert MODEL.decide(PRICE_AND_HOW, found(), [NO_PRICE]) == Decision(pytest.approx(0.3775407))


def test_a_question_of_which_nothing_is_there_is_refused():
    asked = "Combien coûte l’assurance, et à quelle date la payer ?"
    assert MODEL.decide(asked, found(), [NO_PRICE]) == Decision(pytest.approx(0.07310586), unmet="money")


@pytest.mark.parametrize(
    ("question", "expected"),
    [("Comment assurer les visiteurs, et quel VPN choisir ?", 0.7310586), ("Quel VPN, et comment ?", 0.3775407)],
    ids=["last", "first"],
)
def test_an_acronym_that_nobody_knows_counts_in_what_is_asked_first(question, expected):
    evidence = replace(found(), unknown=("vpn",))
    assert MODEL.decide(question, evidence, []) == Decision(pytest.approx(expected), absent=("VPN",))


@pytest.mark.parametrize(
    ("question", "unknown", "words"),
    [
        ("Que dit le recueil du harcèlement ?", ("harcèlement",), ("harcèlement",)),
        ("le harcèlement moral ?", ("harcèlement", "moral"), ("harcèlement", "moral")),
        ("le harcèlement entre salariés ?", ("harcèlement",), ()),
        ("What about harassment?", ("what", "about", "harassment"), ()),
        ("Que dit le recueil ?", (), ()),
    ],
    ids=["one word", "all", "not all", "English", "no word"],
)
def test_a_subject_of_which_no_passage_holds_a_word_is_named(question, unknown, words):
    assert unheard_of(question, replace(found(), unknown=unknown)) == words


def test_such_a_subject_takes_one_and_a_half_off_the_log_odds():
    unheard = replace(found(), unknown=("harcèlement",))
    decision = MODEL.decide("Que dit le recueil du harcèlement ?", unheard, [])
    assert decision.confidence == pytest.approx(1 / (1 + math.exp(0.5)))
    assert decision.absent == ("harcèlement",)


@pytest.mark.parametrize(
    ("question", "unknown", "absent"),
    [
        ("son salaire ?", ("salaire",), ("salaire",)),
        ("et l’avion ?", ("avion",), ("avion",)),
        ("je ne comprends pas", ("comprends",), ()),
        ("c’est vraiment le badge ?", ("vraiment",), ()),
    ],
)
def test_of_a_follow_up_a_name_that_no_passage_holds_is_told_and_changes_nothing_else(question, unknown, absent):
    decision = MODEL.decide(question, replace(found(), unknown=unknown), [], written_out=True)
    assert decision.confidence == pytest.approx(1 / (1 + math.exp(-1)))
    assert decision.absent == absent


def test_of_a_long_message_all_it_says_counts_as_much_as_what_it_asks():
    both = replace(found(), beside=Traits())
    decision = MODEL.decide(QUESTION, both, [], told=True)
    assert decision.confidence == pytest.approx(1 / (1 + math.exp(0.5)))  # log-odds 1 and -1, less .5
    assert MODEL.decide(QUESTION, both, []).confidence == pytest.approx(1 / (1 + math.exp(-1)))
