"""The pages of a source in the chat: those cited, then any other of the PDF, one at a time."""

import hashlib
import io
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from PIL import Image
from streamlit.testing.v1 import AppTest

from tests.support import write_pdf
from tests.ui.chat_fakes import FIRST, SECOND, FakeAssistant, answer, ask, shown
from ui.chat.page_image import page_image, page_name, page_problem, printed
from ui.chat.wording import labels

LAST = 4


@pytest.fixture
def longer(assistant: FakeAssistant) -> FakeAssistant:
    """The same two pages, followed by two more."""
    write_pdf(assistant.pdf, [FIRST, SECOND, "Page trois", "Page quatre"])
    digest = hashlib.sha256(assistant.pdf.read_bytes()).hexdigest()
    labels = ("iv", "1", "2", "3")
    assistant.publication = replace(assistant.publication, sha256=digest, pages=LAST, labels=labels)
    return assistant


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, bool]]:
    """The pages that are drawn, and whether something is highlighted on them."""
    from corpus import render_page

    pages: list[tuple[int, bool]] = []

    def draw(path: Path, page: int, characters: tuple[int, ...], width: int) -> bytes:
        pages.append((page, bool(characters)))
        return render_page(path, page, characters, width)

    st.cache_data.clear()
    monkeypatch.setattr("ui.chat.page_image.render_page", draw)
    return pages


@pytest.fixture
def opened(page: AppTest, longer: FakeAssistant) -> AppTest:
    """A source that is open at its page, the first of the PDF."""
    return ask(page, "Une question ?").button(key="marker-0-1").click().run()


def alts(page: AppTest) -> list[str]:
    return [image.proto.imgs[0].alt for image in page.get("image")]


def test_pages_are_turned_one_at_a_time_and_drawn_when_they_are_asked_for(drawn: list, opened: AppTest):
    assert drawn == [(1, True)]
    opened.button(key="next-0-1").click().run()
    assert alts(opened) == ["Page 2 du PDF « I. Sécurité »"]
    assert "p. 1 · page 2 du PDF" in shown(opened)
    opened.button(key="next-0-1").click().run()
    assert drawn == [(1, True), (2, False), (3, False)]
    opened.button(key="previous-0-1").click().run()
    opened.button(key="previous-0-1").click().run()
    assert alts(opened) == ["Page 1 du PDF « I. Sécurité », la citation surlignée en jaune"]
    assert drawn == [(1, True), (2, False), (3, False)]  # those seen before are not drawn again


def test_the_first_and_the_last_page_have_none_beyond(opened: AppTest):
    assert opened.button(key="previous-0-1").disabled
    for _ in range(LAST - 1):
        assert not opened.button(key="next-0-1").disabled
        opened.button(key="next-0-1").click().run()
    assert opened.button(key="next-0-1").disabled
    assert "p. 3 · page 4 du PDF" in shown(opened)


def test_the_way_back_leads_to_the_page_that_is_cited(opened: AppTest):
    assert not [button for button in opened.button if button.key == "back-0-1"]
    opened.button(key="next-0-1").click().run().button(key="next-0-1").click().run()
    opened.button(key="back-0-1").click().run()
    assert alts(opened) == ["Page 1 du PDF « I. Sécurité », la citation surlignée en jaune"]
    assert not [button for button in opened.button if button.key == "back-0-1"]


def test_two_cited_pages_are_left_and_found_together(page: AppTest, longer: FakeAssistant):
    whole = longer.cite(0, len(longer.passage.text))
    longer.replies["Tout ?"] = answer("Tout ?", citations=(whole,))
    ask(page, "Tout ?").button(key="marker-0-1").click().run()
    page.button(key="next-0-1").click().run()
    assert alts(page) == ["Page 3 du PDF « I. Sécurité »"]
    page.button(key="previous-0-1").click().run()
    assert len(alts(page)) == 2


def test_an_enlarged_page_has_more_pixels(drawn: list, opened: AppTest):
    opened.toggle(key="enlarge-0-1").set_value(True).run()
    assert drawn == [(1, True), (1, True)]


def test_the_answers_language_is_that_of_the_words_around(page: AppTest, longer: FakeAssistant):
    longer.replies["How?"] = answer("How?", citations=(longer.cite(0, len(FIRST)),), language="en")
    ask(page, "How?").button(key="marker-0-1").click().run()
    assert page.button(key="next-0-1").label == "Next page"
    page.button(key="next-0-1").click().run()
    assert alts(page) == ["Page 2 of the PDF “I. Sécurité”"]


@pytest.mark.parametrize("width", [1000, 1600])
def test_an_image_is_as_wide_as_asked_with_the_quote_in_yellow(longer: FakeAssistant, width: int):
    characters = longer.passage.raw_characters(0, len(FIRST))[1]
    image = Image.open(io.BytesIO(page_image(longer.publication, 1, characters, width))).convert("RGB")
    yellow = [color for color in image.getcolors(1 << 24) or () if color[1][0] > 240 and color[1][2] < 40]
    assert width <= image.width <= width + 1  # pdfium rounds up
    assert sum(count for count, _ in yellow) > width


def test_a_problem_is_told_in_both_languages(longer: FakeAssistant):
    assert not page_problem(longer.publication, "fr")
    longer.pdf.write_bytes(b"%PDF-1.4")
    assert "a changé depuis" in page_problem(longer.publication, "fr")
    assert "has changed since" in page_problem(longer.publication, "en")
    longer.pdf.unlink()
    assert "no longer in its place" in page_problem(longer.publication, "en")


def test_a_page_is_named_by_both_its_numbers(longer: FakeAssistant):
    assert page_name(longer.publication, 1, labels("fr")) == "p. iv · page 1 du PDF"
    assert page_name(replace(longer.publication, labels=()), 3, labels("en")) == "p. 3 · page 3 of the PDF"
    assert printed("Couverture", labels("fr")) == "Couverture"


@pytest.mark.parametrize(
    ("label", "said"),
    [("23", "p. 23"), ("iv–v", "p. iv–v"), ("A-1–A-2", "p. A-1–A-2"), ("Couverture", "Couverture"),
     ("Couverture–1", "Couverture–1"), ("1–2–3", "1–2–3")],
)  # fmt: skip
def test_a_range_of_short_labels_is_a_range_of_pages(label: str, said: str):
    assert printed(label, labels("fr")) == said


@pytest.mark.parametrize("refusing", ["pathlib.Path.is_file", "ui.chat.page_image.sha256_of"])
def test_a_file_that_may_not_be_read_is_as_if_it_were_not_there(
    longer: FakeAssistant, monkeypatch: pytest.MonkeyPatch, refusing: str
):
    st.cache_data.clear()

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(refusing, refuse)
    assert "n’est plus à sa place" in page_problem(longer.publication, "fr")
