"""The sentences told apart are those of the best cosine and passage: cosine + the passage's score."""

from dataclasses import replace

import numpy as np
import pytest

from assistant import Question
from assistant.composing import citations_of
from assistant.extractive import Quote
from assistant.nearest import by_own_words, nearest
from index import SearchResult
from tests.assistant.making import Bilingual, assistant_on
from tests.assistant.test_extractive import QUESTION, scored
from tests.index.making import build, note_pdf

FOUR = "Le stagiaire signe un engagement écrit. Le badge est rendu le soir. Étapes. Le jardin ferme à dix-huit heures."


def near(quotes: list[Quote], cosines: dict[int, list[float]]) -> set[tuple[str, int]]:
    vectors = {row: np.array([[c, (1 - c * c) ** 0.5] for c in values], np.float32) for row, values in cosines.items()}
    return nearest(quotes, QUESTION, vectors.__getitem__)


def test_the_nearest_third_is_told_apart():
    both = [Quote(scored(FOUR, row), 0, 4) for row in (0, 1)]
    # eight sentences: two of them
    assert near(both, {0: [0.2, 0.9, 0.1, 0.5], 1: [0.3, 0.4, 0.1, 0.1]}) == {("id1", 1), ("id1", 3)}


def test_of_much_no_more_than_three_are():
    quotes = [Quote(scored(FOUR, row), 0, 4) for row in range(4)]
    found = near(quotes, {row: [0.1 * row, 0.3, 0, 0.2] for row in range(3)} | {3: [0.9, 0.8, 0, 0.7]})
    assert found == {("id4", 0), ("id4", 1), ("id4", 3)}


def test_a_label_is_never_one_of_them():
    assert near([Quote(scored(FOUR), 0, 4)], {0: [0.2, 0.9, 1.0, 0.5]}) == {("id1", 1)}


def test_a_row_of_a_table_is_never_one_of_them():
    text = "Niveau | Qui le voit | Qui le garde au coffre. Le badge est rendu le soir. Le stagiaire signe aussi un mot."
    rows = scored(text)
    assert near([Quote(rows, 0, 3)], {0: [0.9, 0.5, 0.1]}) == {("id1", 1)}


def test_a_table_s_caption_is_never_one_of_them():
    text = "Table : les niveaux et ceux qui les voient.\nNiveau | Qui le voit. Le badge est rendu le soir. Un mot."
    assert len(scored(text).passage.sentences) == 4
    assert near([Quote(scored(text), 0, 4)] * 2, {0: [0.9, 0.9, 0.5, 0.1]}) == set()
    more = text + " Le stagiaire signe aussi un mot."
    assert near([Quote(scored(more), 0, 5)], {0: [0.9, 0.9, 0.5, 0.1, 0.2]}) == {("id1", 2)}


def test_a_row_that_lost_its_bars_is_never_one_of_them():
    text = (
        "Table : Durée conseillée\nAvis écrit des deux experts Comité, 30 jours\nDossier complet lu Experts, 15 jours"
    )
    assert near([Quote(scored(text), 0, len(scored(text).passage.sentences))], {0: [0.9] * 3}) == set()


def test_only_what_is_quoted_counts():
    both = [Quote(scored(FOUR), 0, 1), Quote(scored(FOUR, 1), 0, 3)]
    assert near(both, {0: [0.2, 0.9, 0.1, 0.8], 1: [0.1, 0.3, 0, 0.9]}) == {("id2", 1)}


def test_a_passage_s_score_counts_as_much_as_a_cosine():
    quotes = [Quote(scored(FOUR, 0, score=0.9), 0, 3), Quote(scored(FOUR, 1, score=0.1), 0, 4)]
    # 0.3 + 0.9 and 0.2 + 0.9 against 0.9 + 0.1
    assert near(quotes, {0: [0.3, 0.2, 0, 0], 1: [0.9, 0, 0, 0]}) == {("id1", 0), ("id1", 1)}


@pytest.mark.parametrize("count", [0, 1])
def test_where_little_is_quoted_nothing_is(count):
    assert near([Quote(scored(FOUR), 0, count)] if count else [], {0: [0.9] * 4}) == set()


def test_of_two_sentences_one_is():
    assert near([Quote(scored(FOUR), 0, 2)], {0: [0.2, 0.9, 0, 0]}) == {("id1", 1)}


def test_a_citation_holds_the_places_and_texts_of_its_own(guide_index):
    version = assistant_on(guide_index).searcher.version
    cited = version.passages[0]
    found = replace(scored(FOUR), passage=cited)
    (citation,) = citations_of([Quote(found, 0, len(cited.sentences))], version, {(cited.id, 0)})
    start, end = cited.sentences[0]
    assert citation.nearest == ((start, end),)
    assert citation.as_json()["nearest"] == [cited.text[start:end]]


def test_an_answer_that_is_sure_tells_them_apart_and_one_that_is_not_does_not(tmp_path):
    note_pdf(tmp_path / "corpus" / "recueil.pdf", FOUR)
    build(tmp_path / "corpus", tmp_path / "index", Bilingual())
    asked = Question("Le stagiaire signe-t-il un engagement écrit ?")
    sure, unsure = (assistant_on(tmp_path / "index", sure_confidence=least).ask(asked) for least in (0, 1))
    assert any(citation.nearest for citation in sure.citations)
    assert unsure.citations
    assert not any(citation.nearest for citation in unsure.citations)


def test_a_follow_up_is_compared_by_its_own_words_more_than_by_what_it_follows():
    whole, own = np.array([1, 0], np.float32), np.array([0, 1], np.float32)
    found = SearchResult((), whole, {}, beside_vector=own)
    mixed = by_own_words(found).vector
    assert np.isclose(np.linalg.norm(mixed), 1)
    assert mixed @ own > mixed @ whole > 0


def test_a_question_that_follows_nothing_is_compared_as_it_is():
    found = SearchResult((), np.array([1, 0], np.float32), {})
    assert by_own_words(found) is found
