"""What is answered, and what every answer tells the browser."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocket

from ui.web.browser import PAGES
from ui.web.gate import Gate, is_named
from ui.web.headers import SecurityHeaders
from ui.web.signing_in import SigningIn

OWN = "vigie.example.fr"


def everything(request: Request) -> Response:
    """What Streamlit would answer."""
    if request.url.path == "/auth/login":
        return PlainTextResponse("Authentication error", 400 if "broken" in request.query_params else 302)
    if request.url.path == "/oauth2callback" and "back" in request.query_params:
        return back_to_the_page(request.query_params["back"])
    response = PlainTextResponse("reached")
    response.set_cookie("a", "1", httponly=True)
    response.set_cookie("b", "2", secure=True)
    return response


def back_to_the_page(came: str) -> Response:
    """What Streamlit answers to all who come back from the provider; its cookies tell who is let in."""
    response = RedirectResponse("/", 302)
    if came == "refused":
        response.delete_cookie("_streamlit_user")
        response.delete_cookie("_streamlit_user_tokens")
    if came == "admitted":
        response.delete_cookie("_streamlit_user_1")
        response.set_cookie("_streamlit_user", "signed", httponly=True)
    return response


async def socket(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text("reached")
    await websocket.close()


def client(https: bool = False, host: str = OWN) -> TestClient:
    app = Starlette(
        routes=[WebSocketRoute("/_stcore/stream", socket), Route("/{rest:path}", everything, methods=["GET", "PUT"])],
        middleware=[Middleware(SecurityHeaders, https=https), Middleware(Gate, names={OWN}), Middleware(SigningIn)],
    )
    return TestClient(app, base_url=f"http://{host}")


@pytest.mark.parametrize(
    "path",
    [*PAGES, "/vigie.js", "/favicon.png", "/static/js/index.js", "/media/a.png", "/_stcore/health",
     "/_stcore/host-config", "/auth/logout", "/oauth2callback?code=1", "/publication/token", "/guide?x=1"],
)  # fmt: skip
def test_what_the_page_needs_is_answered(path: str):
    assert client().get(path).text == "reached"


@pytest.mark.parametrize(
    "path",
    ["/_stcore/agent/interact", "/_stcore/agent/openapi.json", "/_stcore/agent/mcp", "/_stcore/metrics",
     "/_stcore/script-health-check", "/_stcore/upload_file/s/f", "/_stcore/bidi-components/a", "/component/a",
     "/index.html", "/manifest.json", "/elsewhere", "/guide/", "/guide/_stcore/health", "/static", "/app/static/a"],
)  # fmt: skip
def test_the_rest_of_streamlit_is_not(path: str):
    answer = client().get(path)
    assert answer.status_code == 404
    assert "Page introuvable" in answer.text


@pytest.mark.parametrize("host", [OWN, "vigie.example.fr:8501", "VIGIE.example.fr", "localhost", "localhost:8501",
                                  "127.0.0.1:8501", "127.0.0.7", "[::1]:8501"])  # fmt: skip
def test_a_server_answers_to_its_own_names(host: str):
    assert is_named(host, {OWN})


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", "vigie.example.fr.evil.example", "evil.example:8501", "192.168.1.4", "0.0.0.0",
     "localhost.evil.example", "127.0.0.1.nip.io", "[::1", "a b"],
)  # fmt: skip
def test_a_name_that_leads_here_is_not_enough(host: str):
    assert not is_named(host, {OWN})


def test_another_name_is_refused_before_anything_is_read():
    answer = client(host="evil.example").get("/")
    assert (answer.status_code, "reached" in answer.text) == (400, False)
    assert "servie sous ce nom" in answer.text


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("evil.example", "http://evil.example", 400),
        (OWN, "http://evil.example", 403),
        (OWN, "http://localhost:3000", 403),
        ("localhost:8501", "http://localhost:3000", 403),
        (OWN, "null", 403),
        (OWN, "http://[", 403),
    ],
)
def test_a_page_of_another_site_opens_no_conversation(host: str, origin: str, status: int):
    with (
        pytest.raises(WebSocketDenialResponse) as refused,
        client(host=host).websocket_connect("/_stcore/stream", headers={"Host": host, "Origin": origin}),
    ):
        pass
    assert refused.value.status_code == status
    assert refused.value.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("headers", [{}, {"Origin": f"https://{OWN}"}])
def test_its_own_page_opens_one(headers: dict[str, str]):
    with client().websocket_connect("/_stcore/stream", headers={"Host": OWN} | headers) as conversation:
        assert conversation.receive_text() == "reached"


def test_another_site_can_neither_write_nor_sign_anyone_out():
    assert client().put("/media/a", headers={"Origin": "https://evil.example"}).status_code == 403
    assert client().get("/auth/logout", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client().get("/auth/logout", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200
    # where people sign in, the browser comes back from another site
    assert client().get("/oauth2callback", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/elsewhere", "/media/a"])
def test_every_answer_closes_the_browser(path: str):
    headers = client().get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["form-action"] == policy["base-uri"] == policy["object-src"] == "'none'"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Permissions-Policy"] == "clipboard-write=(self), camera=(), microphone=(), geolocation=()"


@pytest.mark.parametrize(
    ("https", "strict", "cookies"),
    [
        (False, None, ["a=1; HttpOnly; Path=/; SameSite=lax", "b=2; Path=/; SameSite=lax; Secure"]),
        (True, "max-age=31536000",
         ["a=1; HttpOnly; Path=/; SameSite=lax; Secure", "b=2; Path=/; SameSite=lax; Secure"]),
    ],
)  # fmt: skip
def test_behind_https_everything_stays_on_https(https: bool, strict: str | None, cookies: list[str]):
    headers = client(https=https).get("/").headers
    assert headers.get("Strict-Transport-Security") == strict
    assert headers.get_list("Set-Cookie") == cookies


def test_a_provider_that_does_not_answer_is_said_in_french():
    answer = client().get("/auth/login?broken", follow_redirects=False)
    assert answer.status_code == 503
    assert "Le service qui connecte les personnes ne répond pas" in answer.text
    assert "Authentication error" not in answer.text
    assert client().get("/auth/login", follow_redirects=False).status_code == 302


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("error=server_error&error_description=Compte+bloqué&state=s&back=", "server_error"),
        ("error=a%0Ab%1B[31m" + "c" * 500 + "&back=", "a?b?[31mccc"),
        ("code=hidden&state=s&back=refused", "the provider’s code"),
    ],
)
def test_a_sign_in_that_the_provider_did_not_finish_is_said_and_its_reason_logged(
    query: str, reason: str, caplog: pytest.LogCaptureFixture
):
    answer = client().get(f"/oauth2callback?{query}", follow_redirects=False)
    assert answer.status_code == 503
    assert "Connexion impossible" in answer.text
    assert "n’a pas abouti" in answer.text
    (record,) = [record for record in caplog.records if record.name == "ui.web.signing_in"]
    assert reason in record.message
    assert len(record.message) < 200
    assert not [kept for kept in ("hidden", "\n", "\x1b") if kept in record.message]


def test_a_cookie_that_streamlit_takes_back_is_taken_back_all_the_same():
    answer = client(https=True).get("/oauth2callback?code=1&back=refused", follow_redirects=False)
    dropped = answer.headers.get_list("Set-Cookie")
    assert [cookie.partition("=")[0] for cookie in dropped] == ["_streamlit_user", "_streamlit_user_tokens"]


@pytest.mark.parametrize(
    "query",
    ["error=access_denied&state=s&back=", "code=1&state=s&back=admitted", "code=old&state=unknown&back=",
     "state=s&back=", "back=refused"],
)  # fmt: skip
def test_who_is_let_in_refuses_or_signs_out_goes_back_to_the_page(query: str):
    """The provider also leads here after a sign-out; a code of an unknown state comes with the browser's « back »."""
    answer = client().get(f"/oauth2callback?{query}", follow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
