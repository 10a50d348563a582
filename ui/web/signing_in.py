"""Signing in: what Streamlit is told of who signs people in, and what a reader is told when that fails."""

import logging
from typing import Any
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.web.browser import plain_page
from ui.web.settings import ServerSettings

_log = logging.getLogger(__name__)

_LOGIN, _CALLBACK = "/auth/login", "/oauth2callback"
_COOKIE = "_streamlit_user="  # Streamlit's, which says who is there
_FAILED = {
    _LOGIN: (
        "Le service qui connecte les personnes ne répond pas. Réessayez dans quelques minutes ; si cela dure, prévenez "
        "votre administrateur."
    ),
    _CALLBACK: (
        "Votre connexion n’a pas abouti : le service qui connecte les personnes et Vigie ne se sont pas entendus. "
        "Réessayez ; si cela dure, prévenez votre administrateur, qui en trouvera la raison dans le journal de Vigie."
    ),
}
_OWN_CHOICE = "access_denied"  # who refuses at the provider knows why they are not in
_LONGEST_REASON = 80


def streamlit_secrets(server: ServerSettings) -> dict[str, Any]:
    """The secrets that `st.login` reads, kept in memory; none where nobody signs in."""
    if not server.signs_in:
        return {}
    return {
        "auth": {
            "redirect_uri": f"{server.origin}/oauth2callback",
            "cookie_secret": server.cookie_secret.get_secret_value(),
            "client_id": server.oidc_client_id,
            "client_secret": server.oidc_client_secret.get_secret_value(),
            "server_metadata_url": server.oidc_metadata_url,
        }
    }


class SigningIn:
    """Says in French that signing in failed, where Streamlit says « Authentication error », or nothing at all."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path")
        if path not in _FAILED:
            await self._app(scope, receive, send)
            return
        reason, cookies = "", list[tuple[bytes, bytes]]()

        async def send_unless_failed(message: Message) -> None:
            nonlocal reason, cookies
            if message["type"] == "http.response.start":
                reason = _why_failed(scope, message)
                cookies = [header for header in message.get("headers", ()) if header[0].lower() == b"set-cookie"]
            if not reason:
                await send(message)

        await self._app(scope, receive, send_unless_failed)
        if reason:
            _log.warning("signing in failed: %s", reason)
            page = plain_page("Connexion impossible", _FAILED[path], 503)
            page.raw_headers += cookies  # those that end what was begun
            await page(scope, receive, send)


def _why_failed(scope: Scope, start: Message) -> str:
    """For the log, without the code nor what the provider tells of a person; nothing where signing in goes on."""
    if start["status"] >= 400:
        return "the provider does not answer"
    if scope["path"] != _CALLBACK:
        return ""
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    if error := query.get("error", [""])[0]:
        told = "".join(c if c.isascii() and c.isprintable() else "?" for c in error[:_LONGEST_REASON])
        return "" if error == _OWN_CHOICE else f"the provider says “{told}”"
    given = [c for c in Headers(raw=start.get("headers", [])).getlist("set-cookie") if c.startswith(_COOKIE)]
    # A code that is refused makes Streamlit take its cookies back. One whose state is unknown is an old address, which
    # the browser's « back » asks for again: it changes no cookie, and leads to the page as the end of a sign-out does.
    refused = "code" in query and given and all("max-age=0" in cookie.lower() for cookie in given)
    return (
        "the provider’s code was not accepted (wrong client secret?); Streamlit’s line above says why"
        if refused
        else ""
    )
