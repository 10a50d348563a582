"""The chat page in a real browser, on a real server, with the shipped guide and the real model."""

import io
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.end_to_end.serving import served

QUESTION = "Comment protéger nos informations sensibles dans un projet collaboratif ?"
SENTENCES = (
    "Il convient de prévoir une durée de confidentialité de cinq ans après le dernier échange.",
    "Le financeur peut demander à être prévenu de tout changement de capital pendant la durée du projet.",
    "Il est conseillé de tenir un registre de ses accords avec leur date d’échéance.",
)
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
OPENING = 90_000  # milliseconds for the model, on a busy machine


class Pen(ThreadingHTTPServer):
    """An OpenAI-compatible server that writes `SENTENCES`, each when the test lets it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), PenHandler)
        self.allowed = threading.Semaphore(0)


class PenHandler(BaseHTTPRequestHandler):
    server: Pen

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for sentence in SENTENCES:
            self.server.allowed.acquire(timeout=60)
            chunk = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "m",
                     "choices": [{"index": 0, "delta": {"role": "assistant", "content": f"{sentence} "}}]}  # fmt: skip
            self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        self.wfile.write(b"data: [DONE]\n\n")

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def pen() -> Iterator[Pen]:
    with Pen() as pen:
        threading.Thread(target=pen.serve_forever, daemon=True).start()
        yield pen
        pen.shutdown()


@pytest.fixture(scope="module")
def written_address(real_home: Path, pen: Pen) -> Iterator[str]:
    """A served chat page that writes with `pen`."""
    api = {"GENERATOR": "api", "API_URL": f"http://127.0.0.1:{pen.server_port}/v1", "API_MODEL": "m"}
    with served(real_home, **{f"VIGIE_ASSISTANT__{name}": value for name, value in api.items()}) as address:
        yield address


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
    yield from opened(browser, address, complaints, getattr(request, "param", 1280))


@pytest.fixture
def written_page(browser: Browser, written_address: str, complaints: list[str]) -> Iterator[Page]:
    yield from opened(browser, written_address, complaints)


def opened(browser: Browser, address: str, complaints: list[str], width: int = 1280) -> Iterator[Page]:
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
    expect(page.locator(".vigie-said")).to_contain_text("recueil de démonstration, page à l’appui")
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
    ask(page, "Quel est le prix d’un abonnement à une base de brevets en Suisse ?")
    expect(page.locator(".vigie-silent")).to_contain_text("Absent du recueil")
    expect(page.locator(".vigie-quote, .vigie-failure")).to_have_count(0)
    page.locator('[class*="st-key-suggestion-0-0"] button').click()
    expect(page.locator(".vigie-asked")).to_have_count(2)
    assert complaints == []


def test_a_checklist_is_ticked_and_taken_away(page: Page, complaints: list[str]):
    ask(page, QUESTION)
    page.get_by_role("button", name="Liste à cocher").click()
    page.get_by_role("checkbox").first.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox").first).to_be_checked()
    assert "\\" not in (page.get_by_role("checkbox").first.get_attribute("aria-label") or "\\")
    expect(page.get_by_text("Lignes cochées : 1 sur")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger la liste").click()
    taken = download.value.path().read_text("utf-8")
    assert "recueil de démonstration" in taken.splitlines()[0]
    assert taken.count("- [x] ") == 1
    assert complaints == []


def test_a_written_answer_grows_leads_to_its_quotes_and_stops(written_page: Page, pen: Pen, complaints: list[str]):
    page, summary, live = written_page, written_page.locator(".vigie-summary"), written_page.locator("#vigie-live")
    expect(page.get_by_text("au serveur 127.0.0.1")).to_be_visible()
    ask(page, QUESTION)
    expect(page.locator("blockquote.vigie-quote").first).to_be_visible()
    expect(live).to_have_text("Rédaction en cours…")
    pen.allowed.release(2)
    expect(summary).to_contain_text("cinq ans")  # a sentence is known once the next has begun
    page.locator(".vigie-mark").first.click()
    assert page.evaluate("document.activeElement.className") == "vigie-quote"
    page.get_by_role("button", name="Arrêter").click()
    expect(live).to_contain_text("Rédaction arrêtée")
    pen.allowed.release(1)
    expect(summary).to_contain_text("cinq ans")
    expect(summary).not_to_contain_text("registre")
    expect(page.get_by_role("button", name="Arrêter")).to_have_count(0)
    assert complaints == []


def test_a_hostile_question_is_shown_as_text(page: Page, complaints: list[str]):
    hostile = '<img src=x onerror="window.caught=1"> <script>window.caught=1</script> :material/home: $x^2$'
    ask(page, hostile)
    expect(page.locator(".vigie-asked")).to_contain_text(hostile)
    expect(page.locator(".vigie-silent, .vigie-said")).to_be_visible()
    assert page.evaluate("window.caught") is None
    assert complaints == []
