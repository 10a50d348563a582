"""axe-core finds nothing serious on any page, in light and dark, in French and English."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import axe
from tests.end_to_end.test_chat_browser import OPENING, ask, browser

__all__ = ["browser"]
SILENT = "Quel est le prix d’un abonnement à une base de brevets en Suisse ?"


@pytest.fixture(scope="module", params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    axe.script()  # skips where it is not installed
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="fr-FR", color_scheme=request.param, reduced_motion="reduce"
    )
    page = context.new_page()
    yield page
    context.close()


def first_screen(page: Page) -> None:
    expect(page.locator('[class*="st-key-example-"]').last).to_be_visible()


def answer_with_all_open(page: Page) -> None:
    first_screen(page)
    ask(page, "Comment accueillir une délégation étrangère ?")  # some of whose quotes are folded away
    expect(page.locator('[class*="st-key-opinion-"]').first).to_be_visible()
    page.get_by_role("button", name="[1]").click()
    expect(page.locator(".st-key-source-0-1 img")).to_be_visible()
    expect(page.locator(".vigie-quote mark").first).to_be_visible()
    page.locator('[class*="st-key-others-"] summary').click()
    page.get_by_role("button", name="Non", exact=True).click()
    expect(page.get_by_role("button", name="Envoyer", exact=True)).to_be_visible()


def checklist(page: Page) -> None:
    first_screen(page)
    ask(page, "Liste à cocher : que faire avant d’accueillir un stagiaire ?")
    page.get_by_role("checkbox").first.focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("Lignes cochées : 1 sur")).to_be_visible()


def places(page: Page) -> None:
    first_screen(page)
    ask(page, "À quelle page parle-t-on de la CNIL ?")
    expect(page.locator('[class*="st-key-opinion-"]').first).to_be_visible()


def silence(page: Page) -> None:
    first_screen(page)
    ask(page, SILENT)
    expect(page.locator(".vigie-silent")).to_be_visible()
    expect(page.locator('[class*="st-key-suggestions-"]').first).to_be_visible()


def conversations(page: Page) -> None:
    page.get_by_role("button", name="Renommer").first.click()
    expect(page.get_by_role("textbox", name="Nouveau titre")).to_be_visible()
    page.get_by_role("button", name="Effacer toutes mes données").click()
    expect(page.get_by_role("button", name="Oui, tout effacer")).to_be_visible()


def guide(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="VII. Glossaire")).to_be_visible()


def heading(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def section(page: Page) -> None:
    page.get_by_role("link", name="Pratique n° 11").first.click()
    expect(page.get_by_role("button", name="Poser une question sur cette section")).to_be_visible()


def one_page(page: Page) -> None:
    expect(page.locator("img").first).to_be_visible()


def english(page: Page) -> None:
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_placeholder("Ask your question")).to_be_visible()


def french_again(page: Page) -> None:
    page.get_by_role("button", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")


PAGES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "first screen": ("/", first_screen),
    "answer, source, other passages and opinion open": ("/", answer_with_all_open),
    "checklist": ("/", checklist),
    "places": ("/", places),
    "abstention": ("/", silence),
    "conversation that is not there": ("/?conversation=inconnue", first_screen),
    "conversations": ("/conversations", conversations),
    "guide": ("/guide", guide),
    "results": ("/guide?q=stagiaire", heading),
    "publication": ("/guide?publication=recueil-2-securite-economique", heading),
    "section": ("/guide?publication=recueil-2-securite-economique", section),
    "page": ("/guide?publication=recueil-2-securite-economique&page=4", one_page),
    "english": ("/", english),
    "french again": ("/", french_again),
}


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(page: Page, address: str, name: str):
    path, prepare = PAGES[name]
    page.goto(address + path)
    expect(page.locator(".st-key-bar")).to_be_visible(timeout=OPENING)
    prepare(page)
    expect(page.locator('[data-stale="true"]')).to_have_count(0)  # faded while the page is drawn again
    assert axe.findings(page) == []
