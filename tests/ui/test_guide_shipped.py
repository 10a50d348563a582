"""The shipped guide's sections, on its real index, and the questions that are asked about them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Answer, Question
from index import IndexedPublication, IndexVersion
from ui import opening
from ui.guide.contents import Contents, Section, build_contents, rows_of
from ui.guide.question import section_question
from ui.settings import load_settings

_PRACTICE = re.compile(r"Pratique n° (\d+) – ")


@pytest.fixture(scope="module")
def version(real_home: Path) -> IndexVersion:
    return IndexVersion(real_home / "index")


def every_section(version: IndexVersion) -> Iterator[tuple[IndexedPublication, Contents, Section]]:
    for publication in version.manifest.publications:
        rows = rows_of(version, publication.id)
        contents = build_contents((row, version.passages[row]) for row in rows)
        yield from ((publication, contents, section) for section in contents.sections)


def test_each_passage_is_in_one_section_which_its_own_headings_name(version: IndexVersion):
    rows = [row for _, _, section in every_section(version) for row in section.rows]
    assert rows == list(range(len(version.passages)))
    for publication, _, section in every_section(version):
        for row in section.rows:
            passage = version.passages[row]
            assert (passage.publication, passage.section) == (publication.id, section.path)
            assert section.page <= passage.pages[0]
            assert passage.pages[1] <= section.last_page


def test_its_practices_are_numbered_in_order_and_begin_on_their_printed_pages(version: IndexVersion):
    found = [(p, s, m) for p, _, s in every_section(version) if s.path and (m := _PRACTICE.match(s.path[-1]))]
    assert [int(number[1]) for _, _, number in found] == list(range(1, 38))
    assert all(len(section.path) == 3 for _, section, _ in found)
    assert all(section.label == publication.labels[section.page - 1] for publication, section, _ in found)


def test_questions_about_its_sections_are_answered_from_their_pages(version: IndexVersion, real_home: Path):
    """All 105 are answered, and 103 of them from the section's own pages (101 in English)."""
    assistant = opening.open_assistant(load_settings(), real_home / "index")
    sections = list(every_section(version))
    answers = [assistant.ask(Question(section_question(s, c, p, "fr"))) for p, c, s in sections]
    assert [answer.question for answer in answers if answer.verdict != "answered"] == []
    own = [quotes(answer, p, s) for answer, (p, _, s) in zip(answers, sections, strict=True)]
    assert sum(own) >= 0.95 * len(own)


def quotes(answer: Answer, publication: IndexedPublication, section: Section) -> bool:
    """Whether a citation is from the section's pages."""
    return any(
        c.passage.publication == publication.id and c.pages[0] <= section.last_page and c.pages[1] >= section.page
        for c in answer.citations
    )
