"""Which requests are answered: for this server by its own name, from its own pages, for what these pages need."""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.web.browser import FILES, PAGES, plain_page
from ui.web.documents import DOCUMENTS
from ui.web.settings import is_loopback

# Streamlit also serves an interface for programs, metrics, uploads and components: the page uses none of them, and
# what a later Streamlit adds stays closed too.
_SIGN_OUT = "/auth/logout"
_OPEN = frozenset({*PAGES, *FILES, "/_stcore/health", "/_stcore/host-config", "/_stcore/stream",
                   "/auth/login", _SIGN_OUT, "/oauth2callback"})  # fmt: skip
_OPEN_UNDER = ("/static/", "/media/", DOCUMENTS)
_OTHER_NAME = "Vigie n’est pas servie sous ce nom. Vérifiez l’adresse avec votre administrateur."
_OTHER_SITE = "Cette demande vient d’un autre site."
_UNKNOWN = "Vérifiez l’adresse, ou revenez à la page principale."


class Gate:
    """Refuses other names (400: a hostile site can make its own name lead here), other sites (403), the rest (404)."""

    def __init__(self, app: ASGIApp, *, names: Collection[str]) -> None:
        self._app = app
        self._names = frozenset(names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = None if scope["type"] == "lifespan" else self._refusal(HTTPConnection(scope))
        await (refusal or self._app)(scope, receive, send)

    def _refusal(self, request: HTTPConnection) -> ASGIApp | None:
        host = request.headers.get("host", "")
        if not is_named(host, self._names):
            return plain_page("Adresse refusée", _OTHER_NAME, 400)
        path = request.scope["path"]
        if _is_from_elsewhere(request.headers, host, path):
            return plain_page("Demande refusée", _OTHER_SITE, 403)
        if path not in _OPEN and not path.startswith(_OPEN_UNDER):
            return plain_page("Page introuvable", _UNKNOWN, 404)
        return None


def is_named(host: str, names: Collection[str]) -> bool:
    """Whether a Host header names one of `names`, or this machine to itself; its port may be any."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return name in names or is_loopback(name)


def _is_from_elsewhere(headers: Headers, host: str, path: str) -> bool:
    """Browsers give the origin of a page that opens a WebSocket, or that sends anything but a plain request."""
    origin = headers.get("origin")
    if origin is not None and origin.partition("://")[2] != host:
        return True
    return path == _SIGN_OUT and headers.get("sec-fetch-site") in {"cross-site", "same-site"}
