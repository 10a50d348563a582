"""The web server's defences, on a real server and in a real browser, and that nothing is missing for them."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.end_to_end.serving import wait_for_health
from tests.end_to_end.test_chat_browser import (
    OPENING,
    QUESTION,
    ask,
    browser,  # noqa: F401  (a fixture)
)

VIOLATIONS = """addEventListener("securitypolicyviolation", (event) => {
  const page = document.documentElement;
  page.dataset.stopped = [...new Set([...(page.dataset.stopped ?? "").split(" "), event.blockedURI])].join(" ").trim();
})"""
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"  # as on plain http elsewhere


@pytest.fixture
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:  # noqa: F811
    """The first screen, in a browser that remembers what the policy stopped, after a script of the test's own."""
    context = browser.new_context(locale="fr-FR", permissions=["clipboard-read", "clipboard-write"])
    context.add_init_script(VIOLATIONS)
    context.add_init_script(getattr(request, "param", ""))
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("button", name=QUESTION[:30])).to_be_visible(timeout=OPENING)
    yield page
    context.close()


def stopped(page: Page) -> set[str]:
    """What the policy stopped so far."""
    return set((page.locator("html").get_attribute("data-stopped") or "").split())


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Message
    text: str


def answer_to(address: str, path: str, **headers: str) -> Reply:
    server = urlsplit(address)
    with closing(http.client.HTTPConnection(server.hostname or "", server.port, timeout=30)) as connection:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        with connection.getresponse() as answer:
            return Reply(answer.status, answer.headers, answer.read().decode())


def handshake(address: str, host: str, origin: str) -> int:
    """The status that a browser opening a conversation would get."""
    asked = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Version": "13",
             "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ=="}  # fmt: skip
    return answer_to(address, "/_stcore/stream", Host=host, Origin=origin, **asked).status


@pytest.mark.parametrize("path", ["/_stcore/agent/openapi.json", "/_stcore/agent/interact", "/_stcore/agent/mcp",
                                  "/_stcore/metrics", "/index.html", "/component/x", "/elsewhere"])  # fmt: skip
def test_streamlit_s_other_doors_are_closed(address: str, path: str):
    answer = answer_to(address, path)
    assert answer.status == 404
    assert "Page introuvable" in answer.text


@pytest.mark.parametrize("path", ["/", "/guide", "/conversations", "/_stcore/health", "/vigie.js", "/nothing-here"])
def test_every_answer_has_the_headers(address: str, path: str):
    headers = answer_to(address, path).headers
    assert "script-src 'self';" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Strict-Transport-Security"] is None  # plain http on this machine


def test_a_site_that_made_its_name_lead_here_gets_nothing(address: str):
    assert answer_to(address, "/", Host="evil.example").status == 400
    assert handshake(address, "evil.example", "http://evil.example") == 400


def test_a_page_of_another_site_opens_no_conversation(address: str):
    own = urlsplit(address).netloc
    assert handshake(address, own, "https://evil.example") == 403
    assert handshake(address, own, "http://localhost:3000") == 403
    assert handshake(address, own, address) == 101


def test_the_policy_stops_nothing_that_the_page_needs(page: Page):
    ask(page, QUESTION)
    page.get_by_role("button", name="[1]").click()
    expect(page.locator(".st-key-source-0-1 img")).to_be_visible()
    page.get_by_role("button", name="Liste à cocher").click()
    page.get_by_role("checkbox").first.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox").first).to_be_checked()
    with page.expect_download():
        page.get_by_role("button", name="Télécharger la liste").click()
    # protobuf.js tries WebAssembly for large integers, and does without
    assert stopped(page) <= {"wasm-eval"}


def test_the_policy_stops_a_script_put_into_the_page(page: Page):
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.caught=1\">')")
    expect(page.locator("html")).to_have_attribute("data-stopped", re.compile("inline"))
    assert page.evaluate("window.caught") is None


@pytest.mark.parametrize("page", ["", NO_CLIPBOARD], indirect=True, ids=["clipboard", "without clipboard"])
def test_an_answer_is_copied(page: Page):
    ask(page, QUESTION)
    copy = page.locator(".vigie-copy").first
    words = copy.inner_text()
    copy.click()
    expect(copy).to_have_text("Copié")
    expect(page.locator("#vigie-told")).to_have_text("Copié")
    expect(copy).to_have_text(words)
    page.get_by_role("textbox").focus()
    page.keyboard.press("Control+V")
    expect(page.get_by_role("textbox")).to_have_value(
        page.locator(".vigie-copied").first.evaluate("e => e.textContent")
    )


def test_the_page_says_its_language(page: Page):
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.get_by_role("button", name="Envoyer la question")).to_have_count(1)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("button", name="Send the question")).to_have_count(1)
    page.get_by_role("button", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.get_by_role("button", name="Envoyer la question")).to_have_count(1)


def test_what_is_asked_for_is_written_in_no_log(real_home: Path, tmp_path: Path):
    log = tmp_path / "log"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with log.open("wb") as file:
        server = subprocess.Popen(
            [sys.executable, "-m", "ui", "serve", "--port", str(port)],
            env=os.environ | {"VIGIE_HOME": str(real_home)}, stdout=file, stderr=file, start_new_session=True,
        )  # fmt: skip
        try:
            wait_for_health(f"http://127.0.0.1:{port}/_stcore/health", server)
            assert answer_to(f"http://127.0.0.1:{port}", "/?conversation=confidential").status == 200
            assert answer_to(f"http://127.0.0.1:{port}", "/nothing?q=confidential").status == 404
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(20)
    assert "Vigie vous attend" in log.read_text("utf-8")
    assert "confidential" not in log.read_text("utf-8")
