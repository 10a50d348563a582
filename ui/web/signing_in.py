"""Signing in: what Streamlit is told of who signs people in, and what a reader is told when that fails."""

from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.web.browser import plain_page
from ui.web.settings import ServerSettings

_LOGIN = "/auth/login"
_FAILED = (
    "Le service qui connecte les personnes ne répond pas. Réessayez dans quelques minutes ; si cela dure, prévenez "
    "votre administrateur."
)


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
    """Says in French that signing in failed, where Streamlit says « Authentication error »."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope.get("path") != _LOGIN:
            await self._app(scope, receive, send)
            return
        failed = False

        async def send_unless_failed(message: Message) -> None:
            nonlocal failed
            failed = failed or message.get("status", 200) >= 400
            if not failed:
                await send(message)

        await self._app(scope, receive, send_unless_failed)
        if failed:
            await plain_page("Connexion impossible", _FAILED, 503)(scope, receive, send)
