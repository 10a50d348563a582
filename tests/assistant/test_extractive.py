"""The extractive generator on vectors chosen by hand: a sentence's score is its cosine + 6 × its passage's score,
and those from 0.55 of the best score are quoted."""

from dataclasses import replace

import numpy as np
import pytest

from assistant.checking import is_verbatim
from assistant.extractive import Quote, extract
from corpus import Passage, Span, split_sentences
from index import ScoredPassage, SearchResult

QUESTION = np.array([1.0, 0.0], np.float32)


def passage(text: str, page: int = 1) -> Passage:
    return Passage(
        text, (), tuple(split_sentences(text)), (Span(0, page, 0, len(text)),), f"id{page}", "p", (str(page),)
    )


def scored(text: str, row: int = 0, score: float = 0.5) -> ScoredPassage:
    return ScoredPassage(passage(text, row + 1), row, score, score, score)


def quotes(evidence: list[ScoredPassage], cosines: dict[int, list[float]]) -> list[str]:
    found = SearchResult(tuple(evidence), QUESTION, {})
    vectors = {row: np.array([[c, (1 - c * c) ** 0.5] for c in values], np.float32) for row, values in cosines.items()}
    return [q.scored.passage.text[q.start : q.end] for q in extract(found, vectors.__getitem__)]


def test_the_closest_sentence_is_quoted_and_far_ones_are_not():
    text = "Le stagiaire signe un engagement écrit. Le jardin ferme à dix-huit heures."
    # 0.9 + 6 × 0.1 = 1.5 and 0.2 + 0.6 = 0.8, under 0.55 × 1.5 = 0.825
    assert quotes([scored(text, score=0.1)], {0: [0.9, 0.2]}) == ["Le stagiaire signe un engagement écrit."]


def test_a_sentence_nearly_as_close_is_quoted_too():
    text = "Le stagiaire signe un engagement écrit. Le jardin ferme à dix-huit heures."
    # 0.25 + 0.6 = 0.85, over 0.825
    assert quotes([scored(text, score=0.1)], {0: [0.9, 0.25]}) == [text]


def test_the_passage_s_score_outweighs_the_sentence_s_cosine():
    evidence = [
        scored("Le jardin ferme à dix-huit heures.", 0, 0.1),
        scored("Le stagiaire signe un engagement.", 1, 0.4),
    ]
    # 0.9 + 6 × 0.1 = 1.5 and 0.5 + 6 × 0.4 = 2.9: the first is under 0.55 × 2.9 = 1.6
    assert quotes(evidence, {0: [0.9], 1: [0.5]}) == ["Le stagiaire signe un engagement."]


def test_the_best_passage_comes_first():
    evidence = [
        scored("Le jardin ferme à dix-huit heures.", 0, 0.4),
        scored("Le stagiaire signe un engagement.", 1, 0.4),
    ]
    assert quotes(evidence, {0: [0.5], 1: [0.6]}) == [
        "Le stagiaire signe un engagement.",
        "Le jardin ferme à dix-huit heures.",
    ]


def test_sentences_apart_make_two_quotes_in_reading_order():
    text = "Le pôle tient un registre. Le jardin ferme très tôt. Le pôle relit ce registre."
    # 0.88, 0 and 0.9, each + 6 × 0.05 = 0.3
    assert quotes([scored(text, score=0.05)], {0: [0.88, 0.0, 0.9]}) == [
        "Le pôle tient un registre.",
        "Le pôle relit ce registre.",
    ]


@pytest.mark.parametrize("best", [0, 1, 2], ids=["announcement", "first item", "last item"])
def test_a_list_is_quoted_whole(best):
    text = "Le stagiaire remet avant son arrivée :\n– un engagement signé chaque année ;\n– une adresse où le joindre."
    cosines = [0.0, 0.0, 0.0]
    cosines[best] = 0.9
    assert quotes([scored(text, score=0.05)], {0: cosines}) == [text]


def test_a_definition_is_quoted_with_its_term():
    text = "Déport. Fait de ne participer ni à la discussion ni au vote. Le registre garde la trace de chaque absence."
    assert quotes([scored(text, score=0.05)], {0: [0.0, 0.9, 0.0]}) == [
        "Déport. Fait de ne participer ni à la discussion ni au vote."
    ]


def test_a_title_of_a_few_words_is_not_quoted():
    assert quotes([scored("Accueil des stagiaires")], {0: [1.0]}) == []


def test_at_most_four_passages_are_quoted():
    evidence = [scored("Le pôle tient un registre.", row) for row in range(6)]
    assert len(quotes(evidence, {row: [0.9] for row in range(6)})) == 4


def test_an_answer_stops_once_it_has_170_words_of_quotes():
    # three passages of 100 words: at 200 words there are enough
    evidence = [scored(" ".join([f"mot{row}"] * 99) + " fin.", row) for row in range(3)]
    assert len(quotes(evidence, {row: [0.9] for row in range(3)})) == 2


def test_no_evidence_gives_no_quote():
    assert quotes([], {}) == []


@pytest.mark.parametrize(
    ("first", "last", "expected"), [(0, 1, True), (0, 2, True), (1, 1, False), (-1, 1, False), (0, 3, False)]
)
def test_only_whole_sentences_of_the_passage_are_verbatim(first, last, expected):
    quote = Quote(scored("Le pôle tient un registre. Le pôle relit ce registre."), first, last)
    assert is_verbatim(quote) is expected


def test_words_that_stand_on_no_page_are_not_verbatim():
    text = "Le pôle tient un registre."
    loose = Passage(text, (), ((0, len(text)),), (Span(0, 1, 0, 7),), "id", "p", ("1",))
    assert not is_verbatim(Quote(ScoredPassage(loose, 0, 0.5, 0.5, 0.5), 0, 1))


def test_a_torn_sentence_is_not_quoted_between_two_whole_ones():
    """The reader left « Le jardin ferme. » out of the sentences: it stands on no page in one piece."""
    whole = scored("Le pôle tient un registre. Le jardin ferme. Le pôle relit ce registre.", score=0.05)
    first, _, last = whole.passage.sentences
    torn = replace(whole, passage=replace(whole.passage, sentences=(first, last)))
    assert quotes([torn], {0: [0.9, 0.9]}) == ["Le pôle tient un registre.", "Le pôle relit ce registre."]
    assert not is_verbatim(Quote(torn, 0, 2))


def test_what_comes_from_one_section_is_read_together():
    texts = ("Le stagiaire signe un engagement.", "Une fiche réflexe existe par sujet.", "Le tuteur relit le rapport.")
    evidence = [scored(text, row, 0.5 - row / 100) for row, text in enumerate(texts)]
    homes = (("Stages",), ("Fiches",), ("Stages",))
    evidence = [replace(e, passage=replace(e.passage, section=home)) for e, home in zip(evidence, homes, strict=True)]
    assert quotes(evidence, {row: [0.9] for row in range(3)}) == [texts[0], texts[2], texts[1]]
