"""Two people on a real server, signed in by a real OpenID Connect provider, each in a browser of their own."""

import urllib.request
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.end_to_end.serving import free_port, served
from tests.end_to_end.test_chat_browser import ARGUMENTS, OPENING

# what authlib tells the provider's authors, while it serves
pytestmark = pytest.mark.filterwarnings(r"ignore:get_jwt_config\(self, grant\) is deprecated:DeprecationWarning")

PEOPLE = {"alice@example.fr": "Alice Martin", "bob@example.fr": "Bob Durand"}
GUIDE = "Pôles de compétitivité et intelligence économique"
COOKIE = "_streamlit_user"
# The provider's page asks for a style from elsewhere. A route of Playwright's would stop it too, and all caching.
THIS_MACHINE_ONLY = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"


class Provider:
    """A provider on this machine, where anyone says who they are, and which can fall silent."""

    def __init__(self, serve: Callable[[int], AbstractContextManager[object]]) -> None:
        self._serve = serve
        self._port = free_port()
        self.address = f"http://localhost:{self._port}"

    @contextmanager
    def running(self) -> Iterator["Provider"]:
        self._start()
        try:
            yield self
        finally:
            self._stop()

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Nothing listens at its address."""
        self._stop()
        try:
            yield
        finally:
            self._start()

    def _start(self) -> None:
        self._server = self._serve(self._port)
        self._server.__enter__()

    def _stop(self) -> None:
        self._server.__exit__(None, None, None)


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with warnings.catch_warnings():
        from authlib.deprecate import AuthlibDeprecationWarning  # it turns its own warnings on, so it comes first

        warnings.filterwarnings("ignore", "authlib.jose module is deprecated", AuthlibDeprecationWarning)
        import oidc_provider_mock
    people = [oidc_provider_mock.User(sub=sub, claims={"name": name, "email": sub}) for sub, name in PEOPLE.items()]
    with Provider(lambda port: oidc_provider_mock.run_server_in_thread(port, user_claims=people)).running() as provider:
        yield provider


@pytest.fixture(scope="module")
def address(real_home: Path, provider: Provider) -> Iterator[str]:
    """A chat page where people sign in with this provider."""
    address = f"http://localhost:{free_port()}"
    settings = {
        "PUBLIC_URL": address,
        "OIDC_METADATA_URL": f"{provider.address}/.well-known/openid-configuration",
        "OIDC_CLIENT_ID": "vigie",
        "OIDC_CLIENT_SECRET": "client-secret",
        "COOKIE_SECRET": "a cookie secret for the tests of signing in",
    }
    with served(real_home, address, **{f"VIGIE_SERVER__{name}": value for name, value in settings.items()}):
        yield address


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=[*ARGUMENTS, THIS_MACHINE_ONLY])
        yield browser
        browser.close()


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[[], BrowserContext]]:
    """Browsers that share nothing."""
    contexts: list[BrowserContext] = []

    def make() -> BrowserContext:
        context = browser.new_context(locale="fr-FR")
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


def arrive(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("button", name="Se connecter")).to_be_visible(timeout=OPENING)
    return page


def sign_in(page: Page, subject: str) -> None:
    """From the page to sign in to the first screen, by way of the provider."""
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_role("button", name=subject).click()
    expect(page.get_by_role("heading", name=GUIDE)).to_be_visible(timeout=OPENING)


def sign_out(page: Page) -> None:
    """Here, and at the provider, which asks first."""
    page.get_by_role("button", name="Se déconnecter").click()
    page.get_by_role("button", name="End session").click()


def nobody_is_there(page: Page) -> None:
    expect(page.get_by_role("button", name="Se connecter")).to_be_visible()
    expect(page.get_by_text(GUIDE)).to_have_count(0)
    expect(page.get_by_role("textbox")).to_have_count(0)


def test_nothing_is_given_before_someone_signs_in(new_context: Callable[[], BrowserContext], address: str):
    page = new_context().new_page()
    received: list[bytes] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(bytes(frame))))
    for path in ("/", "/guide", "/conversations", "/?conversation=1"):
        page.goto(address + path)
        nobody_is_there(page)
    everything = b"".join(received)
    assert b"Connectez-vous" in everything
    assert GUIDE.encode() not in everything


def test_two_people_each_see_their_own_name(new_context: Callable[[], BrowserContext], address: str):
    alice, bob = (arrive(new_context(), address) for _ in PEOPLE)
    sign_in(alice, "alice@example.fr")
    sign_in(bob, "bob@example.fr")
    for page, own, other in ((alice, "Alice Martin", "Bob Durand"), (bob, "Bob Durand", "Alice Martin")):
        expect(page.get_by_text(own)).to_be_visible()
        expect(page.get_by_text(other)).to_have_count(0)


def test_who_signs_out_is_nobody_and_the_next_is_somebody_else(new_context: Callable[[], BrowserContext], address: str):
    context = new_context()
    page = arrive(context, address)
    sign_in(page, "alice@example.fr")
    sign_out(page)
    nobody_is_there(page)
    assert COOKIE not in {cookie["name"] for cookie in context.cookies()}
    sign_in(page, "bob@example.fr")
    expect(page.get_by_text("Bob Durand")).to_be_visible()
    expect(page.get_by_text("Alice Martin")).to_have_count(0)


def test_who_refuses_at_the_provider_is_nobody(new_context: Callable[[], BrowserContext], address: str):
    page = arrive(new_context(), address)
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_role("button", name="Deny").click()
    nobody_is_there(page)


def test_a_cookie_that_was_touched_is_nobody(new_context: Callable[[], BrowserContext], address: str):
    context = new_context()
    page = arrive(context, address)
    sign_in(page, "alice@example.fr")
    (cookie,) = (c for c in context.cookies() if c["name"] == COOKIE)
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    payload, signature = cookie["value"].split(".", 2)[1:]
    for value in (f".{payload[:-1]}{'A' if payload[-1] != 'A' else 'B'}.{signature}", "x", "é", "." * 50):
        context.clear_cookies(name=COOKIE)
        context.add_cookies([{**cookie, "value": value}])
        page.goto(address)
        nobody_is_there(page)
    context.clear_cookies(name=COOKIE)
    context.add_cookies([cookie])
    page.goto(address)
    expect(page.get_by_text("Alice Martin")).to_be_visible()


def test_the_callback_alone_signs_nobody_in(new_context: Callable[[], BrowserContext], address: str):
    """A state that this browser was not given is another's, or old."""
    context = new_context()
    page = arrive(context, address)
    page.goto(f"{address}/oauth2callback?code=stolen&state=unknown")
    nobody_is_there(page)
    assert COOKIE not in {cookie["name"] for cookie in context.cookies()}


def test_a_provider_that_fell_silent_is_said_in_french(
    new_context: Callable[[], BrowserContext], address: str, provider: Provider
):
    page = arrive(new_context(), address)
    with provider.silent():
        page.get_by_role("button", name="Se connecter").click()
        expect(page.get_by_role("heading", name="Connexion impossible")).to_be_visible()


def test_the_page_is_not_framed_where_people_sign_in(address: str):
    with urllib.request.urlopen(address) as answer:
        assert answer.headers["X-Frame-Options"] == "DENY"


def test_two_people_never_see_each_other_s_conversations(new_context: Callable[[], BrowserContext], address: str):
    alice, bob = arrive(new_context(), address), arrive(new_context(), address)
    sign_in(alice, "alice@example.fr")
    sign_in(bob, "bob@example.fr")
    alice.get_by_role("textbox").fill("Que faire avant d’accueillir un stagiaire ?")
    alice.get_by_role("textbox").press("Enter")
    expect(alice.locator("blockquote.vigie-quote").first).to_be_visible()
    expect(alice.locator('[class*="st-key-tools-"]').first).to_be_visible()
    hers = alice.url
    assert "conversation=" in hers
    bob.goto(hers)
    expect(bob.locator(".vigie-missing")).to_contain_text("n’existe pas, ou n’existe plus")
    expect(bob.locator(".vigie-asked, .vigie-quote")).to_have_count(0)
    bob.get_by_role("link", name="Mes conversations").click()
    expect(bob.locator("#vigie-live")).to_contain_text("Vous n’avez pas encore de conversation")
    alice.get_by_role("link", name="Mes conversations").click()
    expect(alice.get_by_role("link", name="Que faire avant d’accueillir")).to_be_visible()
    alice.goto(hers)
    expect(alice.locator("blockquote.vigie-quote").first).to_be_visible()
