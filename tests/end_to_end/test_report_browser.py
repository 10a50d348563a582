"""The report in a real browser without a network: it is whole, it fits, and it prints."""

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from evaluations.reporting import write_report
from tests.end_to_end.test_chat_browser import browser
from tests.evaluations.making_runs import ALL, run_of

__all__ = ["browser"]
A4 = (595, 842)  # points
HEADINGS = "Array.from(document.querySelectorAll('h1, h2, h3, h4'), h => Number(h.tagName[1]))"
TABLES = (
    "Array.from(document.querySelectorAll('table'), t => Boolean(t.caption) && !t.querySelector('th:not([scope])'))"
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    return write_report(run_of(folder / "run", *ALL), folder / "out", against=run_of(folder / "before", *ALL))


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def page(browser: Browser, report: Path, complaints: list[str]) -> Iterator[Page]:
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else complaints.append(r.url))
    page.goto(report.as_uri())
    yield page
    context.close()


def test_it_opens_without_a_network_and_fits_wide_and_narrow_windows(page: Page, complaints: list[str]):
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    assert page.title() == "Évaluation de Vigie"
    assert not complaints


def test_its_headings_follow_and_its_tables_are_titled(page: Page):
    levels = page.evaluate(HEADINGS)
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert page.evaluate(TABLES)
    assert all(page.evaluate(TABLES))
    assert page.evaluate("document.documentElement.lang") == "fr"


def test_every_link_leads_somewhere(page: Page):
    links = page.evaluate("Array.from(document.links, a => a.hash)")
    assert links
    assert page.evaluate("hashes => hashes.filter(h => !document.getElementById(h.slice(1)))", links) == []


def test_it_prints_on_a4_with_failing_cases_on_a_page_of_their_own(page: Page):
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    assert all((round(p.mediabox.width), round(p.mediabox.height)) == A4 for p in printed.pages)
    lines = [[line for line in p.extract_text().splitlines() if not re.fullmatch(r"\d+ / \d+", line.strip())]
             for p in printed.pages]  # fmt: skip
    assert "Cas en échec" in [line.strip() for line, *_ in lines]
