"""What people come to do, from end to end, in a real browser with the shipped guide and the real model."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from evaluations.journal import FOLDER
from tests.end_to_end.serving import served
from tests.end_to_end.test_chat_browser import OPENING, QUESTION, ask, browser, is_wider_than_its_window

__all__ = ["browser"]
FOLLOW_UP = "Et pour une PME ?"
OF_PRACTICE_11 = "L’objet de l’accord gagne à tenir en trois lignes précises"
FIRST_QUOTE = "Le projet collaboratif est le moment où le pôle crée le plus de valeur"


@pytest.fixture(scope="module")
def home(real_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of its own, since these journeys write."""
    return Path(shutil.copytree(real_home, tmp_path_factory.mktemp("journeys") / "home"))


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with served(home) as address:
        yield address


@pytest.fixture
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    width = getattr(request, "param", 1280)
    context = browser.new_context(viewport={"width": width, "height": 844}, locale="fr-FR", reduced_motion="reduce")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    expect(page.locator(".st-key-bar")).to_be_visible(timeout=OPENING)
    return page


def answered(page: Page, question: str = QUESTION) -> None:
    """Ask, and wait until the page is done with it."""
    before = page.locator(".vigie-asked").count()
    ask(page, question)
    expect(page.locator(".vigie-asked")).to_have_count(min(before + 1, 3))
    expect(page.locator('[class*="st-key-tools-"]').last).to_be_visible()


def test_a_follow_up_is_understood_with_what_came_before(page: Page):
    answered(page)
    answered(page, FOLLOW_UP)
    expect(page.locator(".vigie-understood").first).to_contain_text("projet collaboratif")
    expect(page.locator(".st-key-turn-1 blockquote.vigie-quote").first).to_be_visible()


def test_a_conversation_survives_a_reload_and_is_found_again(page: Page, address: str):
    answered(page)
    assert "conversation=" in page.url
    page.reload()
    expect(page.locator(".vigie-asked")).to_have_count(1)
    expect(page.locator(":is(.vigie-quote, .vigie-passage)").get_by_text(FIRST_QUOTE).first).to_be_visible()
    page.get_by_role("link", name="Mes conversations").click()
    page.get_by_role("textbox", name="Chercher dans mes conversations").fill("collaboratif")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Comment protéger nos informations").first.click()
    expect(page.locator(":is(.vigie-quote, .vigie-passage)").get_by_text(FIRST_QUOTE).first).to_be_visible()


def test_an_export_holds_the_answer_and_its_sources(page: Page, tmp_path: Path):
    answered(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger en Word").click()
    assert download.value.suggested_filename == "comment-proteger-nos-informations-sensibles-dans-un-projet.docx"
    download.value.save_as(tmp_path / "a.docx")
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(tmp_path / "a.docx")).paragraphs)
    with page.expect_download() as download:
        page.get_by_role("button", name="En Markdown").click()
    markdown = download.value.path().read_text("utf-8")
    for export in (text, markdown):
        assert FIRST_QUOTE in export
        assert "II. Sécurité économique" in export
        assert "page 4 du PDF" in export.replace("\u00a0", " ")
        assert "recueil de démonstration" in export.lower()


def test_a_whole_conversation_is_exported(page: Page):
    answered(page)
    answered(page, "Que faire avant d’accueillir un stagiaire ?")
    with page.expect_download() as download:
        page.locator(".st-key-tools-all").get_by_role("button", name="En Markdown").click()
    markdown = download.value.path().read_text("utf-8")
    assert markdown.index("informations sensibles") < markdown.index("accueillir un stagiaire")


def test_an_opinion_reaches_the_evaluators_with_the_passport(page: Page, home: Path):
    answered(page)
    page.get_by_role("button", name="Non", exact=True).click()
    page.get_by_text("Il manque quelque chose").click()
    page.get_by_role("textbox", name="Précisez").fill("Et les <b>brevets</b> ?")
    page.get_by_role("button", name="Envoyer", exact=True).click()
    expect(page.locator("#vigie-live")).to_contain_text("Votre avis est enregistré")
    *_, last = (home / FOLDER / "inbox.jsonl").read_text("utf-8").splitlines()
    given = json.loads(last)
    assert (given["helpful"], given["reason"], given["comment"]) == (False, "incomplete", "Et les <b>brevets</b> ?")
    passport = given["answer"]["passport"]
    assert passport["index_version"] == (home / "index" / "CURRENT").read_text("utf-8").strip()
    assert given["answer"]["evidence"]


def test_a_citation_is_copied_fit_for_a_report(page: Page):
    answered(page)
    page.get_by_role("button", name="[1]").click()
    page.get_by_role("button", name="Copier la citation").click()
    expect(page.get_by_text("Copié").first).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert FIRST_QUOTE in copied
    assert "II. Sécurité économique" in copied
    assert "p. 16" in copied.replace("\u00a0", " ")
    page.get_by_role("button", name="Copier la réponse").click()
    assert FIRST_QUOTE in page.evaluate("navigator.clipboard.readText()")


def test_a_source_leads_to_its_neighbours_its_pdf_and_the_guide(page: Page, address: str):
    answered(page)
    page.get_by_role("button", name="[1]").click()
    source = page.locator(".st-key-source-0-1")
    expect(source.locator("img")).to_be_visible()
    first = source.locator("img").get_attribute("src")
    source.get_by_role("button", name="Page suivante").click()
    expect(source.locator("img")).not_to_have_attribute("src", first or "")
    link = source.get_by_role("link", name="Ouvrir le PDF").get_attribute("href") or ""
    assert link.endswith("#page=3")
    got = page.request.get(address + link)
    assert got.body().startswith(b"%PDF")
    assert "inline" in got.headers["content-disposition"]
    source.get_by_role("link", name="Lire cette page dans le recueil").click()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("img").first).to_be_visible()
    page.wait_for_url("**page=3**")


def test_the_guide_is_browsed_searched_and_asked_about(page: Page):
    page.get_by_role("link", name="Le recueil").click()
    page.get_by_role("link", name="II. Sécurité économique").click()
    page.get_by_role("link", name="Pratique n° 11").first.click()
    expect(page.locator(":is(.vigie-quote, .vigie-passage)").get_by_text(OF_PRACTICE_11).first).to_be_visible()
    page.get_by_role("button", name="Poser une question sur cette section").click()
    expect(page.locator("blockquote.vigie-quote").first).to_be_visible()
    expect(page.locator(".vigie-asked")).to_contain_text("confidentialité")
    page.get_by_role("link", name="Le recueil").click()
    page.get_by_role("textbox", name="Chercher dans le recueil").fill("stagiaire")
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_contain_text("stagiaire")


def test_the_keyboard_alone_goes_all_the_way(page: Page):
    answered_with = page.get_by_role("button", name=QUESTION[:30])
    expect(answered_with).to_be_visible()
    for _ in range(40):
        page.keyboard.press("Tab")
        if QUESTION[:20] in page.evaluate("document.activeElement.textContent") and _is_a_button(page):
            break
    page.keyboard.press("Enter")
    expect(page.locator("blockquote.vigie-quote").first).to_be_visible()
    expect(page.locator('[class*="st-key-tools-"]').first).to_be_visible()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").startswith("[1]"):
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-source-0-1 img")).to_be_visible()
    assert page.evaluate("document.activeElement.textContent").startswith("[1]")  # the keyboard stays where it was
    for _ in range(20):
        page.keyboard.press("Tab")
        if "Refermer la source" in page.evaluate("document.activeElement.textContent"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-source-0-1")).to_have_count(0)


def _is_a_button(page: Page) -> bool:
    return bool(page.evaluate("document.activeElement.tagName === 'BUTTON'"))


@pytest.mark.parametrize("context", [320, 640], indirect=True)
def test_a_small_phone_and_a_doubled_zoom_never_scroll_sideways(page: Page):
    assert not is_wider_than_its_window(page)
    answered(page)
    page.get_by_role("button", name="[1]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-source-0-1 img")).to_be_visible()
    page.get_by_role("button", name="Non", exact=True).click()
    expect(page.get_by_role("button", name="Envoyer", exact=True)).to_be_visible()
    assert not is_wider_than_its_window(page)
    for name in ("Le recueil", "Mes conversations"):
        page.get_by_role("link", name=name).first.click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert not is_wider_than_its_window(page)


def test_the_interface_in_english_says_so_to_screen_readers(page: Page):
    page.get_by_role("button", name="English").click()
    expect(page.get_by_placeholder("Ask your question")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")


def test_one_conversation_is_deleted_then_all_is_erased(page: Page, home: Path):
    answered(page)
    page.get_by_role("link", name="Mes conversations").click()
    links = page.locator('[class*="st-key-title-of-"] a')
    expect(page.locator(".st-key-mine")).to_be_visible()  # what comes last
    # By its address: the list tops up to twenty as it loses one.
    first = page.locator(f'a[href="{links.first.get_attribute("href")}"]')
    expect(first).not_to_have_count(0)
    page.get_by_role("button", name="Supprimer").first.click()
    page.get_by_role("button", name="Oui, la supprimer").click()
    expect(first).to_have_count(0)
    page.get_by_role("button", name="Effacer toutes mes données").click()
    page.get_by_role("button", name="Oui, tout effacer").click()
    expect(page.locator("#vigie-live")).to_contain_text("Tout est effacé")
    expect(links).to_have_count(0)
    assert (home / FOLDER / "inbox.jsonl").read_text("utf-8") == "" if (home / FOLDER).exists() else True
    for file in home.glob("vigie.db*"):
        assert QUESTION.encode() not in file.read_bytes()
