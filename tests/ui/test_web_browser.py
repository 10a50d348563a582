"""The HTML page: French, without an inline script, and without Streamlit's invitation to programs."""

import re
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.testclient import TestClient

from ui.web.browser import PAGES, french_page, plain_page, routes

STATIC = Path(streamlit.__file__).parent / "static"


@pytest.fixture
def client() -> TestClient:
    return TestClient(Starlette(routes=routes))


def test_it_is_in_french_under_its_own_name():
    assert '<html lang="fr">' in french_page()
    assert "<title>Vigie</title>" in french_page()
    assert "<noscript>Vigie a besoin de JavaScript.</noscript>" in french_page()


def test_it_invites_no_program():
    assert "agent" not in french_page()
    assert "service-desc" not in french_page()


def test_every_script_is_a_file_of_this_server():
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", french_page(), re.S)
    assert scripts[0] == (' src="/vigie.js"', "")
    assert len(scripts) == 2
    assert all('src="' in attributes and not body.strip() for attributes, body in scripts)
    assert not re.search(r"\son\w+=|javascript:", french_page())


@pytest.mark.parametrize("page", PAGES)
def test_each_page_has_an_address_from_which_its_files_are_found(client: TestClient, page: str):
    answer = client.get(page)
    assert answer.text == french_page()
    links = re.findall(r'(?:src|href)="\./([^"]+)"', answer.text)
    assert len(links) > 10
    # one level below the root, « ./static » is « /static » all the same
    assert all((STATIC / link).is_file() for link in links)
    assert page.count("/") == 1


def test_its_script_and_icon_are_files_that_a_browser_takes(client: TestClient):
    script, icon = client.get("/vigie.js"), client.get("/favicon.png")
    assert script.headers["Content-Type"].startswith("text/javascript")
    assert "eval" not in script.text
    assert icon.headers["Content-Type"] == "image/svg+xml"
    assert "no-cache" in script.headers["Cache-Control"]


def test_a_refusal_shows_its_words_as_text():
    body = plain_page("<b>", "a & b", 404).body
    assert b"&lt;b&gt;" in bytes(body)
    assert b"a &amp; b" in bytes(body)
