"""Which sentences of one edition are those of the other: each in one pair at most, the most alike first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import alignment
from index.alignment import WordLikeness, gaps

WORDS = st.sampled_from(["badge", "visite", "brevet", "salon", "Été", "ete", "…"])
SENTENCES = st.lists(st.lists(WORDS, max_size=5).map(" ".join), max_size=6)
ALL = (
    "Le badge se porte toujours dans les laboratoires",
    "Une synthèse mensuelle présente les brevets utiles",
    "Tout écran laissé sans surveillance se verrouille",
)


def pairs(before, after, least=None):
    """Numbers of the sentences paired, as in an edition where words are as frequent as they are here."""
    likeness = WordLikeness([*before, *after])
    found = likeness.reworded(before, after) if least is None else likeness.reworded(before, after, least)
    return [(pair.before, pair.after) for pair in found]


def spoken(text):
    return bool(text.replace("…", "").strip())


def test_a_sentence_of_which_a_word_changed_is_the_same_reworded():
    after = [ALL[1], ALL[0].replace("toujours", "parfois"), ALL[2]]
    assert sorted(pairs(ALL, after)) == [(0, 1), (1, 0), (2, 2)]


def test_sentences_that_share_little_are_two_sentences():
    assert pairs([ALL[0]], ["Les laboratoires reçoivent trois sortes de visiteurs étrangers"]) == []


def test_words_that_every_sentence_has_say_less_than_rare_ones():
    before = ["le pôle prévient les adhérents du salon", "le pôle prévient les adhérents du brevet"]
    after = ["le pôle prévient les adhérents du brevet", "le pôle prévient les adhérents du salon"]
    assert sorted(pairs(before, after)) == [(0, 1), (1, 0)]


def test_case_accents_and_punctuation_do_not_count():
    (pair,) = WordLikeness(["L’ÉTÉ, fermé !", "l’ete ferme"]).reworded(["L’ÉTÉ, fermé !"], ["l’ete ferme"])
    assert pair.likeness == pytest.approx(1)


def test_the_most_alike_are_paired_first():
    assert pairs([ALL[0]], [ALL[0].replace("badge", "masque"), ALL[0]]) == [(0, 1)]


def test_equally_alike_sentences_are_paired_in_the_order_they_come():
    assert pairs([ALL[0], ALL[0]], [ALL[0], ALL[0]]) == [(0, 0), (1, 1)]


def test_less_alike_sentences_are_paired_where_less_is_asked():
    before, after = ["un badge neuf"], ["un badge vieux et sale"]
    assert pairs(before, after, 0.1) == [(0, 0)]
    assert pairs(before, after, 0.9) == []


@pytest.mark.parametrize(
    ("before", "found"),
    [("alpha bravo charlie delta echo foxtrot", [(0, 0)]), ("foxtrot echo delta charlie bravo alpha", [])],
    ids=["in order", "out of order"],
)
def test_a_sentence_within_a_longer_one_is_it_where_its_words_stand_in_order(before, found):
    longer = "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa"
    assert pairs([before], [longer]) == found


@pytest.mark.parametrize(
    ("before", "after"), [([], []), ([], ["a"]), (["a"], []), (["…"], ["—"]), (["…"], ["a"]), ([""], [""])], ids=str
)
def test_without_a_word_in_common_there_is_no_pair(before, after):
    assert pairs(before, after) == []


def test_many_sentences_are_compared_by_blocks_all_the_same(monkeypatch):
    before = [f"mot{n} autre{n} tiers{n}" for n in range(7)]
    after = [f"mot{n} autre{n} tiers{n} quart{n}" for n in reversed(range(7))]
    monkeypatch.setattr(alignment, "_BLOCK", 2)
    assert sorted(pairs(before, after)) == [(n, 6 - n) for n in range(7)]


@given(SENTENCES, SENTENCES)
def test_a_sentence_is_in_one_pair_at_most(before, after):
    for side in zip(*pairs(before, after), strict=True):
        assert len(set(side)) == len(side)


@given(SENTENCES, SENTENCES, st.floats(0.1, 1))
def test_a_pair_is_as_alike_as_was_asked_and_its_words_are_common(before, after, least):
    for pair in WordLikeness([*before, *after]).reworded(before, after, least):
        assert least <= pair.likeness <= 1 + 1e-9
        one, other = (set(text.replace("Été", "ete").split()) for text in (before[pair.before], after[pair.after]))
        assert (one & other) - {"…"}


@given(SENTENCES)
def test_every_sentence_with_a_word_is_paired_in_its_own_edition(sentences):
    assert sorted(a for a, _ in pairs(sentences, sentences)) == [n for n, t in enumerate(sentences) if spoken(t)]


@given(SENTENCES, SENTENCES)
def test_the_nearest_of_a_text_is_alike_and_none_is_more_so(texts, others):
    likeness = WordLikeness([*texts, *others])
    for text, other in likeness.nearest(texts, others):
        alike = {n: likeness.reworded([texts[text]], [each]) for n, each in enumerate(others)}
        best = max(found[0].likeness for found in alike.values() if found)
        assert alike[other][0].likeness == pytest.approx(best)


# Between two sentences that both editions have


def test_places_between_neighbouring_anchors_are_those_of_neither():
    assert list(gaps([(0, 0), (3, 2)])) == [(range(1, 3), range(1, 2))]


@pytest.mark.parametrize("anchors", [[], [(4, 4)], [(0, 5), (1, 2)], [(0, 0), (5000, 5001)]], ids=str)
def test_anchors_that_cross_or_are_far_apart_hold_nothing_between_them(anchors):
    assert list(gaps(anchors)) == []


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), unique_by=(lambda a: a[0], lambda a: a[1])))
def test_no_earlier_sentence_is_in_two_gaps_nor_in_one_with_an_anchor(anchors):
    places = [place for earlier, _ in gaps(anchors) for place in earlier]
    assert len(set(places)) == len(places)
    assert not set(places) & {a for a, _ in anchors}
