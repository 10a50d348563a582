"""`vigie serve`: the web chat, on this machine only."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from index import current_version
from ui.cli.output import messages
from ui.settings import load_settings

_PAGE = Path(__file__).resolve().parent.parent / "chat_server.py"


def serve(port: Annotated[int, typer.Option(help="Port on 127.0.0.1.", min=1, max=65535)] = 8501) -> None:
    """Open the web chat on http://localhost:PORT."""
    settings = load_settings()
    current_version(settings.index_root)
    messages.print(f"Vigie vous attend sur http://localhost:{port} (Ctrl+C pour arrêter).")
    flags = {
        "server.address": "127.0.0.1",
        "server.port": str(port),
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "viewer",
        "client.showErrorDetails": "none",
        "theme.base": "light",
        "theme.primaryColor": "#1f4e5f",
        "theme.font": "sans-serif",
    }
    arguments = [f"--{name}={value}" for name, value in flags.items()]
    environment = os.environ | {"PYTHONPATH": str(_PAGE.parent.parent)}
    command = [sys.executable, "-m", "streamlit", "run", str(_PAGE), *arguments]
    raise typer.Exit(subprocess.call(command, env=environment))
