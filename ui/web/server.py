"""The page's server: a French page, headers that keep the browser on this machine, the assistant opened early."""

import contextlib
import threading
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.starlette import App

from corpus import VigieError
from ui.chat import wording as words
from ui.chat.failure import Failure, show_failure
from ui.chat.state import served_assistant
from ui.web.browser import french_page

_HEADERS = {
    # Streamlit needs inline styles and scripts, evaluated code and data URIs; nothing needs another host.
    "Content-Security-Policy": (
        "default-src 'self' data: blob:; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline'; connect-src 'self' data: blob:; "
        "frame-ancestors 'none'; form-action 'none'; base-uri 'self'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


async def _home(_: Request) -> HTMLResponse:
    return HTMLResponse(french_page(), headers={"Cache-Control": "no-cache"})


class _LocalOnly:
    """Adds the headers to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _open_early() -> None:
    with contextlib.suppress(VigieError):  # the page itself will say it
        served_assistant()


@contextlib.asynccontextmanager
async def _lifespan(_: App) -> AsyncIterator[None]:
    """Models take seconds to load: the first reader should not be the one who waits."""
    threading.Thread(target=_open_early, daemon=True).start()
    yield


def _show_unexpected(_: Exception) -> bool:
    show_failure(Failure("", words.UNEXPECTED_REMEDY, words.UNEXPECTED))
    return True


app = App(
    Path(__file__).resolve().parent.parent / "page.py",
    routes=[Route("/", _home)],
    middleware=[Middleware(_LocalOnly)],
    lifespan=_lifespan,
    on_script_error=_show_unexpected,
)
