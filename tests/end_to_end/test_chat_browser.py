"""The chat page in a real browser, on a real server, with the shipped guide and the real model."""

import io
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

QUESTION = "Comment protéger nos informations sensibles dans un projet collaboratif ?"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=30_000)  # milliseconds: two cores may be busy
STARTING, OPENING = 60, 90_000  # seconds for the server, then milliseconds for the model, on a busy machine


@pytest.fixture(scope="module")
def address(real_home: Path) -> Iterator[str]:
    """A served chat page."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "ui", "serve", "--port", str(port)],
        env=os.environ | {"VIGIE_HOME": str(real_home)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        wait_for_health(f"http://127.0.0.1:{port}/_stcore/health", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def wait_for_health(url: str, server: subprocess.Popen[bytes]) -> None:
    pause = threading.Event()
    for _ in range(STARTING * 5):
        assert server.poll() is None, "vigie serve stopped by itself"
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                assert answer.status == 200
                return
        except (urllib.error.URLError, TimeoutError):
            pause.wait(0.2)
    pytest.fail(f"{url} is silent after {STARTING} s")


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained about, and any request that would have left this machine."""
    return []


@pytest.fixture
def page(request: pytest.FixtureRequest, browser: Browser, address: str, complaints: list[str]) -> Iterator[Page]:
    width = getattr(request, "param", 1280)
    page = browser.new_page(viewport={"width": width, "height": 844}, locale="fr-FR")
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith((address, "data:", "blob:")) else complaints.append(r.url))
    page.goto(address)
    expect(page.get_by_role("button", name=QUESTION[:30])).to_be_visible(timeout=OPENING)
    yield page
    page.close()


def ask(page: Page, question: str) -> None:
    page.get_by_role("textbox").fill(question)
    page.get_by_role("textbox").press("Enter")


def is_wider_than_its_window(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def highlighted_pixels(page: Page, source: str) -> int:
    """How many pixels of a page image have the highlight's yellow."""
    image = Image.open(io.BytesIO(page.request.get(source).body())).convert("RGB")
    return sum(count for count, (r, g, b) in image.getcolors(1 << 24) if r > 240 and g > 200 and b < 40)


def test_a_question_is_answered_with_quotes_whose_pages_open(page: Page, complaints: list[str]):
    assert page.title() == "Vigie"
    assert page.evaluate("document.documentElement.lang") == "fr"
    ask(page, QUESTION)
    expect(page.get_by_text("recueil de démonstration, page à l’appui")).to_be_visible()
    expect(page.locator("blockquote.vigie-quote").first).to_be_visible()
    page.get_by_role("button", name="[1]").click()
    image = page.locator(".st-key-source-0-1 img")
    expect(image).to_be_visible()
    expect(page.locator(".st-key-source-0-1 .vigie-place")).to_contain_text("du PDF")
    assert highlighted_pixels(page, image.evaluate("e => e.src")) > 500
    assert image.evaluate("e => e.getBoundingClientRect().width") > 600
    assert complaints == []


@pytest.mark.parametrize("page", [390], indirect=True)
def test_a_phone_shows_it_all_without_sideways_scrolling(page: Page, complaints: list[str]):
    assert not is_wider_than_its_window(page)
    page.get_by_role("button", name=QUESTION[:30]).click()
    expect(page.locator("blockquote.vigie-quote").first).to_be_visible()
    page.get_by_role("button", name="[1]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-source-0-1 img")).to_be_visible()
    assert not is_wider_than_its_window(page)
    page.get_by_text("Agrandir la page").click()
    expect(page.locator('[class*="st-key-enlarged-0-1"] img')).to_be_visible()
    assert not is_wider_than_its_window(page)
    assert complaints == []


def test_an_abstention_is_neither_an_answer_nor_an_error(page: Page, complaints: list[str]):
    ask(page, "Quelle est la recette de la tarte aux pommes ?")
    expect(page.locator(".vigie-silent")).to_contain_text("Absent du recueil")
    expect(page.locator(".vigie-quote, .vigie-failure")).to_have_count(0)
    page.locator('[class*="st-key-suggestion-0-0"] button').click()
    expect(page.locator(".vigie-asked")).to_have_count(2)
    assert complaints == []


def test_a_hostile_question_is_shown_as_text(page: Page, complaints: list[str]):
    hostile = '<img src=x onerror="window.caught=1"> <script>window.caught=1</script> :material/home: $x^2$'
    ask(page, hostile)
    expect(page.locator(".vigie-asked")).to_contain_text(hostile)
    expect(page.locator(".vigie-silent, .vigie-said")).to_be_visible()
    assert page.evaluate("window.caught") is None
    assert complaints == []
