"""Answers from the shipped guide, exported: each quote is in both files, word for word, under its own page."""

from pathlib import Path

import pytest

from assistant import Answer, Assistant, Question, Shape
from evaluations.benchmarks.opened import open_assistant
from tests.ui.export_fakes import NOON, opened, parsed, read
from ui.chat.text import place
from ui.chat.turn import Turn
from ui.chat.wording import labels
from ui.export import as_markdown

SHAPES: tuple[Shape, ...] = ("answer", "short", "checklist", "comparison", "definition", "where")
QUESTIONS = ("Comment accueillir un stagiaire ?", "How should we welcome an intern?", "Avant un salon, que vérifier ?")


@pytest.fixture(scope="module")
def guide(real_home: Path) -> Assistant:
    return open_assistant(real_home / "index")


@pytest.fixture(scope="module")
def turns(guide: Assistant) -> list[Turn]:
    """Each question in each shape."""
    return [asked(guide, question, shape) for question in QUESTIONS for shape in SHAPES]


def asked(guide: Assistant, question: str, shape: Shape) -> Turn:
    version, reply = guide.searcher.version, guide.ask(Question(question, shape=shape))
    publications = tuple(
        {c.passage.publication: version.publication(c.passage.publication) for c in reply.citations}.values()
    )
    served = version.manifest.guide
    return Turn(
        question, shape, reply.language, reply, publications=publications, notice=served.notice, demonstration=True
    )


def test_every_quote_is_word_for_word_in_both_files(turns: list[Turn]):
    in_markdown = read(parsed(as_markdown(turns, "Essai", "fr", NOON)))
    in_word = "\n".join(paragraph.text for paragraph in opened(turns).paragraphs)
    quotes = [citation.quote for turn in turns for citation in turn.reply.citations]
    assert len(quotes) > 40
    assert [q for q in quotes if q not in in_markdown] == []
    assert [q for q in quotes if q not in in_word] == []


def test_every_source_says_its_title_section_and_pages(turns: list[Turn]):
    for turn in turns:
        listed = [p.text.split("\n") for p in opened([turn]).paragraphs if p.style.name == "List Number"]
        assert [source[:3] for source in listed] == expected(turn.reply)


def expected(reply: Answer) -> list[list[str]]:
    edition = "novembre 2026" if reply.language == "fr" else "November 2026"
    return [
        [f"{c.title}, Projet Vigie, {edition}", " › ".join(c.passage.section), place(c, labels(reply.language))]
        for c in reply.citations
    ]


def test_the_demonstration_is_named_at_the_head(turns: list[Turn]):
    for language in ("fr", "en"):
        head = as_markdown(turns, "Essai", language, NOON).split("\n\n")[1]
        assert "Recueil de démonstration" in head
