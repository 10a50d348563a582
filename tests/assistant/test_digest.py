"""A chapter is told by how its sections begin; practices that are compared, by the blocks they share."""

import pytest

from assistant import Answer, Question
from assistant.digest import innermost
from assistant.naming import named_rows, with_named
from assistant.turn import Turn
from tests.assistant.making import Bilingual, assistant_on, guide_catalogue
from tests.index.making import build
from tests.support import write_pdf

CATALOGUE = guide_catalogue(("un", "I. Pratiques"))
TITLES = ("Accueillir les visiteurs", "Surveiller les brevets", "Partir en mission")
GOALS = (
    "Objectif. Recevoir chacun sans rien perdre de vue.",
    "Objectif. Savoir tôt ce que déposent les autres.",
    "Objectif. Revenir avec tout ce qui fut emporté.",
)
STORY = "Un pôle de la filière du bois a longtemps raconté cette histoire de badge et de dossier, sans rien en garder. "


def practice(number: int, title: str) -> list[tuple[int, int, int, str]]:
    """A page of one practice: its purpose, a long story, its steps and its pitfalls."""
    lines = (
        GOALS[number - 1], "", *[STORY] * 8, "",
        "Étapes", f"1. Le pôle prévient les gens de la chose {number}.", "2. Le pôle garde la liste des gens.", "",
        "Écueils", "• Oublier un badge.", f"• Perdre la liste de la chose {number}.",
    )  # fmt: skip
    text = [(60, 700 - 18 * n, 8, line) for n, line in enumerate(lines) if line]
    return [(60, 760, 18, f"Pratique n° {number} – {title}"), *text]


@pytest.fixture(scope="module")
def chapter(tmp_path_factory):
    folder = tmp_path_factory.mktemp("chapter")
    (folder / "corpus").mkdir()
    write_pdf(folder / "corpus" / "un.pdf", [practice(n, title) for n, title in enumerate(TITLES, 1)])
    (folder / "corpus" / "catalogue.toml").write_text(CATALOGUE, "utf-8")
    build(folder / "corpus", folder / "index", Bilingual())
    return assistant_on(folder / "index")


def said(answer: Answer) -> str:
    return " ".join(citation.quote for citation in answer.citations)


@pytest.mark.parametrize("question", ["Résume le chapitre I", "De quoi parle le chapitre I ?", "chapter I in short"])
def test_of_a_chapter_the_beginning_of_each_section_is_read(chapter, question):
    answer = chapter.ask(Question(question))
    assert tuple(citation.quote for citation in answer.citations) == GOALS
    assert "section" in answer.introduction
    assert not answer.notes


def test_each_of_its_sections_is_offered_to_be_read(chapter):
    answer = chapter.ask(Question("Résume le chapitre I"))
    assert answer.suggestions == tuple(f"Que dit le recueil sur « {title} » ?" for title in TITLES)
    assert STORY.strip()[:40] in said(chapter.ask(Question(answer.suggestions[1])))


def test_practices_are_compared_by_the_blocks_they_share(chapter):
    answer = chapter.ask(Question("Compare la pratique 1 et la pratique 3"))
    assert [citation.quote.partition(" ")[0].partition("\n")[0] for citation in answer.citations] == [
        "Objectif.", "Étapes", "Écueils", "Objectif.", "Étapes", "Écueils",
    ]  # fmt: skip
    assert "La suite se lit dans le texte" in answer.notes[0]


def test_one_practice_is_read_from_its_beginning(chapter):
    assert STORY.strip()[:40] in said(chapter.ask(Question("Que dit la pratique n° 1 ?")))


def test_a_chapter_beside_a_practice_is_told_by_its_sections_all_the_same(chapter):
    answer = chapter.ask(Question("Compare le chapitre I et la pratique n° 2"))
    assert {citation.quote for citation in answer.citations} >= set(GOALS)


def test_practices_that_are_not_compared_are_read_from_their_beginning(chapter):
    assert STORY.strip()[:40] in said(chapter.ask(Question("Que disent les pratiques 1 et 3 ?")))


def test_a_part_named_twice_is_read_once(chapter):
    answer = chapter.ask(Question("Compare la pratique 1 et la pratique 1"))
    assert len({citation.passage.id for citation in answer.citations}) == len(answer.citations)


@pytest.mark.parametrize(("shape", "read"), [("answer", 3), ("checklist", 15), ("where", 15)])
def test_in_another_shape_all_of_the_chapter_is_searched(chapter, shape, read):
    version = chapter.searcher.version
    question = "Résume le chapitre I"
    rows = named_rows(with_named(Turn(Question(question, shape=shape), question, shape=shape), version))
    assert rows is not None
    assert len(rows) == min(read, len(version.passages))


@pytest.mark.parametrize(("sections", "inner"), [
    ([("I",), ("I", "I.1"), ("I", "I.2")], [("I", "I.1"), ("I", "I.2")]),
    ([("I", "I.1")], [("I", "I.1")]),
    ([(), ("I",), ("I",)], [("I",)]),
])  # fmt: skip
def test_the_innermost_sections_introduce_no_other(sections, inner):
    assert innermost(sections) == inner
