"""`vigie serve`: the web chat, on this machine only unless people sign in."""

import errno
import os
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

from corpus import VigieError
from index import current_version
from ui.cli.options import Written
from ui.cli.output import messages
from ui.opening import open_generator
from ui.settings import load_settings

_SERVER = Path(__file__).resolve().parent.parent / "web" / "server.py"
_THEMES = {  # Streamlit's widgets; the browser's preference chooses, as it does in vigie.css
    "light": {"primaryColor": "#1f4e5f", "backgroundColor": "#faf8f4", "textColor": "#1c2b33"},
    "dark": {"primaryColor": "#4d98b0", "backgroundColor": "#14191c", "textColor": "#e8e4dc"},
}
_MESSAGE_MB = 16  # an answer and its quotes take a hundredth of it; images go by another way
_GENERATOR = "VIGIE_ASSISTANT__GENERATOR"
# What loading a model frees is used again by all threads, instead of being kept for the one that loaded it (glibc).
_MEMORY = {"MALLOC_ARENA_MAX": "1"}


def serve(
    port: Annotated[
        int, typer.Option(help="Port, on 127.0.0.1 unless the settings say otherwise.", min=1, max=65535)
    ] = 8501,
    generator: Annotated[Written | None, typer.Option(help="What writes the answers.")] = None,
) -> None:
    """Open the web chat on http://localhost:PORT, or on the address of the settings."""
    settings = load_settings(assistant={"generator": generator} if generator else None)
    settings.server.check()
    current_version(settings.index_root)
    open_generator(settings)
    _refuse_busy(settings.server.address, port)
    messages.print(
        f"Vigie vous attend sur {settings.server.origin or f'http://localhost:{port}'} (Ctrl+C pour arrêter)."
    )
    arguments = [f"--{name}={value}" for name, value in _flags(settings.server.address, port).items()]
    ours = {"PYTHONPATH": str(_SERVER.parents[2]), _GENERATOR: settings.assistant.generator}
    # Streamlit takes this process's place, so that whatever stops Vigie stops the server.
    os.execve(
        sys.executable,
        [sys.executable, "-m", "streamlit", "run", str(_SERVER), *arguments],
        _MEMORY | os.environ | ours,
    )


def _flags(address: str, port: int) -> dict[str, str]:
    """Streamlit's options, on its command line so that no file of Streamlit's weakens them; secrets are never there."""
    return {
        "server.address": address,
        "server.port": str(port),
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "server.enableCORS": "true",
        "server.enableXsrfProtection": "true",
        "server.trustedUserHeaders": "{}",
        # Streamlit collects garbage after every run of the page: half of the server's work, for no memory (tests/load)
        "runner.postScriptGC": "false",
        "server.maxMessageSize": str(_MESSAGE_MB),
        "browser.gatherUsageStats": "false",
        "logger.hideWelcomeMessage": "true",
        "client.toolbarMode": "viewer",
        "client.showErrorDetails": "none",
        "theme.font": "sans-serif",
        **{f"theme.{mode}.{name}": colour for mode, theme in _THEMES.items() for name, colour in theme.items()},
    }


def _refuse_busy(address: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise _refusal(address, port, error) from error


def _refusal(address: str, port: int, error: OSError) -> VigieError:
    if error.errno == errno.EADDRINUSE:
        return VigieError(
            f"Le port {port} est déjà occupé : Vigie y tourne peut-être déjà.",
            f"Ouvrez http://localhost:{port}, ou choisissez un autre port avec --port.",
        )
    return VigieError(
        f"Vigie ne peut pas écouter à l’adresse {address}, port {port} : {error.strerror}.",
        "Donnez à VIGIE_SERVER__ADDRESS une adresse de cette machine, ou un autre port avec --port.",
    )
