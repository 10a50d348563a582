"""Streamlit's HTML page made Vigie's: its language, its icon, and a script for what Streamlit leaves undone."""

import html
import re
from functools import cache
from pathlib import Path

import streamlit
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse
from starlette.routing import Route

PAGES = ("/", "/guide", "/conversations")
_SCRIPT, _ICON = "/vigie.js", "/favicon.png"  # the name that Streamlit's own script asks for, whatever the page says
FILES = {_SCRIPT: ("vigie.js", "text/javascript"), _ICON: ("vigie.svg", "image/svg+xml")}

_REPLACED = {
    r'<html lang="en">': '<html lang="fr">',
    r"<title>Streamlit</title>": f'<title>Vigie</title><script src="{_SCRIPT}"></script>',
    # it only tells crawlers to wait, and an inline script would have to be allowed
    r"<script>\s*window\.prerenderReady = false\s*</script>": "",
    r"<!--(?:(?!-->)[\s\S])*agent API[\s\S]*?-->": "",
    r'<link rel="service-desc"[^>]*>': "",
    r"(?s)<noscript>.*</noscript>": "<noscript>Vigie a besoin de JavaScript.</noscript>",
}
_PLAIN = """<!DOCTYPE html>
<html lang="fr"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Vigie : {title}</title>
<style>body {{ max-width: 34rem; margin: 15vh auto; padding: 0 1.25rem; font: 1.05rem/1.55 sans-serif;
color-scheme: light dark }}</style><h1>{title}</h1><p>{text}</p><p><a href="/">Revenir à Vigie</a></p></html>
"""


@cache
def french_page() -> str:
    """Streamlit's page, which is in English whatever the browser asks."""
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
    for english, french in _REPLACED.items():
        page = re.sub(english, french, page)
    return page


def plain_page(title: str, text: str, status: int) -> HTMLResponse:
    """A page without Streamlit, for what the server refuses; `title` and `text` are plain text."""
    return HTMLResponse(_PLAIN.format(title=html.escape(title), text=html.escape(text)), status)


def _page(_: Request) -> HTMLResponse:
    return HTMLResponse(french_page(), headers={"Cache-Control": "no-cache"})


def _file(request: Request) -> FileResponse:
    name, kind = FILES[request.url.path]
    return FileResponse(
        Path(__file__).resolve().with_name(name), media_type=kind, headers={"Cache-Control": "no-cache"}
    )


routes = [*(Route(path, _page) for path in PAGES), *(Route(path, _file) for path in FILES)]
