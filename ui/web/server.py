"""The page's server: Streamlit behind a gate, with a French page, closed headers, and the assistant opened early."""

import contextlib
import gc
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

from starlette.middleware import Middleware
from streamlit.starlette import App

from corpus import VigieError
from ui.chat.failure import Failure, show_failure
from ui.serving import served_assistant
from ui.settings import load_settings
from ui.stored import purge_daily
from ui.web import browser, documents
from ui.web.gate import Gate
from ui.web.headers import SecurityHeaders
from ui.web.signing_in import SigningIn, streamlit_secrets
from ui.wording import page_words


def _open_early() -> None:
    with contextlib.suppress(VigieError):  # the page itself will say it
        served_assistant().assistant.searcher.warm_up()
    gc.collect()
    gc.freeze()  # libraries and models stay: without them, the collections that Python makes by itself are cheap


@contextlib.asynccontextmanager
async def _lifespan(_: App) -> AsyncIterator[None]:
    """Models take seconds to load: the first reader should not be the one who waits."""
    closing = threading.Event()
    threading.Thread(target=_open_early, daemon=True).start()
    threading.Thread(target=purge_daily, args=(closing,), daemon=True).start()
    yield
    closing.set()


def _show_unexpected(_: Exception) -> bool:
    words = page_words()
    show_failure(Failure("", words.unexpected_remedy, words.unexpected))
    return True


_server = load_settings().server
_server.check()
app = App(
    Path(__file__).resolve().parent.parent / "page.py",
    secrets=streamlit_secrets(_server),
    routes=[*browser.routes, *documents.routes],
    middleware=[
        Middleware(SecurityHeaders, https=_server.is_https),
        Middleware(Gate, names={urlsplit(_server.origin).hostname or "localhost"}),
        Middleware(SigningIn),
    ],
    lifespan=_lifespan,
    on_script_error=_show_unexpected,
)
