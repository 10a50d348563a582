"""« Le recueil » in a real browser, with the shipped guide: by the keyboard, back and forth, on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.axe import findings
from tests.end_to_end.test_chat_browser import OPENING, browser, is_wider_than_its_window

__all__ = ["browser"]
SECURITY = "recueil-2-securite-economique"


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def page(request: pytest.FixtureRequest, browser: Browser, complaints: list[str]) -> Iterator[Page]:
    width, scheme = getattr(request, "param", (1280, "light"))
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme, locale="fr-FR", reduced_motion="reduce"
    )
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()


def title(page: Page) -> Locator:
    return page.locator("h1.vigie-view").last  # for a moment there may be that of the page before too


def press(link: Locator) -> None:
    """As someone does who has no mouse."""
    link.focus()
    link.press("Enter")


def test_from_a_search_to_a_section_its_page_and_back(page: Page, address: str, complaints: list[str]):
    loads: list[str] = []
    page.on("domcontentloaded", lambda loaded: loads.append(loaded.url))
    page.goto(f"{address}/guide")
    expect(title(page)).to_be_visible(timeout=OPENING)
    page.get_by_label("Chercher dans le recueil").fill("échelle de classement")
    page.keyboard.press("Enter")
    expect(title(page)).to_contain_text("Résultats pour")
    expect(page.locator('[data-testid="stApp"]')).to_have_attribute("data-test-script-state", "notRunning")
    press(page.get_by_role("link", name="Pratique n° 10 – Classer et marquer les informations").first)
    expect(title(page)).to_have_text("Pratique n° 10 – Classer et marquer les informations")
    expect(page.locator(".vigie-here mark").first).to_be_visible()
    expect(page.locator(".vigie-here")).to_be_in_viewport()
    press(page.locator(".vigie-here").get_by_role("link", name="Voir la page"))
    expect(page.locator('[class*="st-key-page-guide-"] img')).to_be_visible()
    page.go_back()
    expect(title(page)).to_have_text("Pratique n° 10 – Classer et marquer les informations")
    page.go_back()
    expect(title(page)).to_contain_text("Résultats pour")
    expect(page.get_by_label("Chercher dans le recueil")).to_have_value("échelle de classement")
    assert len(loads) == 1  # the rest keeps the session
    assert complaints == []


def test_a_question_about_a_section_is_answered_in_the_conversation(page: Page, address: str, complaints: list[str]):
    page.goto(f"{address}/guide?publication={SECURITY}")
    page.get_by_role("link", name="Pratique n° 16").click(timeout=OPENING)
    expect(title(page)).to_contain_text("Pratique n° 16")
    page.get_by_role("button", name="Poser une question sur cette section").click()
    expect(page.locator(".vigie-asked")).to_contain_text("Préparer les déplacements à l’étranger")
    expect(page.locator("blockquote.vigie-quote").first).to_be_visible()
    assert complaints == []


VIEWS = {
    "list": "",
    "results": "?q=stagaire+PME",
    "nothing": "?q=guitare",
    "publication": f"?publication={SECURITY}",
    "page": f"?publication={SECURITY}&page=2",
    "stale": "?publication=absente",
}


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
@pytest.mark.parametrize("page", [(320, "dark"), (1280, "light")], indirect=True, ids=["phone", "wide"])
def test_each_view_fits_its_window_and_is_accessible(page: Page, address: str, complaints: list[str], view: str):
    page.goto(f"{address}/guide{view}")
    expect(title(page)).to_be_visible(timeout=OPENING)
    expect(page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_be_visible()
    assert not is_wider_than_its_window(page)
    assert findings(page) == []
    assert complaints == []
