"""A publication's PDF is given to who holds a link that the page made, and to nobody else."""

import hashlib
import os
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from index import IndexedPublication
from tests.support import write_pdf
from ui.web import documents
from ui.web.documents import document_link

HOUR = 3600


class Clock:
    """The time, as a test says it."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("time.time", clock.time)
    return clock


@pytest.fixture
def publication(tmp_path: Path) -> IndexedPublication:
    path = write_pdf(tmp_path / "essai é.pdf", ["Une page", "Une autre"])
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return IndexedPublication("essai", "Essai", str(path), digest, 2, ("1", "2"), (), 1, "essai")


@pytest.fixture
def client() -> TestClient:
    return TestClient(Starlette(routes=documents.routes))


def test_a_link_opens_the_file_in_the_browser_at_its_page(client: TestClient, publication: IndexedPublication):
    link = document_link(publication, 12)
    assert urlsplit(link).fragment == "page=12"
    answer = client.get(link)
    assert answer.content == Path(publication.path).read_bytes()
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == "inline; filename*=utf-8''essai%20%C3%A9.pdf"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "private" in answer.headers["Cache-Control"]


def test_a_viewer_may_ask_for_a_part(client: TestClient, publication: IndexedPublication):
    answer = client.get(document_link(publication, 1), headers={"Range": "bytes=0-7"})
    assert (answer.status_code, answer.content) == (206, b"%PDF-1.4")


def test_a_link_shows_nothing_of_the_folders(publication: IndexedPublication):
    assert "essai" not in document_link(publication, 1)
    assert publication.sha256[:8] not in document_link(publication, 1)


def test_a_link_stays_the_same_for_an_hour_so_that_the_page_does(publication: IndexedPublication, clock: Clock):
    first = document_link(publication, 1)
    clock.now += HOUR / 2  # 1 800 000 000 is a whole number of hours
    assert document_link(publication, 1) == first
    clock.now += HOUR / 2
    assert document_link(publication, 1) != first


def test_a_link_lasts_half_a_day(client: TestClient, publication: IndexedPublication, clock: Clock):
    link = document_link(publication, 1)
    clock.now += 12 * HOUR
    assert client.get(link).status_code == 200
    clock.now += 1
    assert_gone(client, link)


def assert_gone(client: TestClient, link: str) -> None:
    answer = client.get(link)
    assert answer.status_code == 404
    assert "Document introuvable" in answer.text


@pytest.mark.parametrize("token", ["", "x", "gAAAAA", "..%2F..%2Fetc%2Fpasswd", "%2Fetc%2Fpasswd", "é", "a" * 5000])
def test_a_path_in_the_address_opens_nothing(client: TestClient, token: str):
    assert client.get(f"/publication/{token}").status_code == 404


@pytest.mark.parametrize("place", [3, 20, 60, -8])
def test_a_link_that_was_touched_is_refused(client: TestClient, publication: IndexedPublication, place: int):
    path = urlsplit(document_link(publication, 1)).path
    letters = list(path.removeprefix("/publication/"))
    letters[place] = "A" if letters[place] != "A" else "B"
    assert_gone(client, "/publication/" + "".join(letters))


def test_a_link_of_another_server_is_refused(
    client: TestClient, publication: IndexedPublication, monkeypatch: pytest.MonkeyPatch
):
    link = document_link(publication, 1)
    monkeypatch.setattr(documents, "_SEAL", documents.Fernet(documents.Fernet.generate_key()))
    assert_gone(client, link)


def test_a_file_that_changed_since_it_was_indexed_is_not_given(client: TestClient, publication: IndexedPublication):
    link = document_link(publication, 1)
    assert client.get(link).status_code == 200
    path = Path(publication.path)
    path.write_bytes(path.read_bytes() + b"%")
    assert_gone(client, link)


def test_a_change_that_keeps_the_size_is_seen_too(client: TestClient, publication: IndexedPublication):
    link = document_link(publication, 1)
    assert client.get(link).status_code == 200
    path = Path(publication.path)
    path.write_bytes(path.read_bytes().replace(b"Une", b"Nue"))
    os.utime(path, ns=(0, 1))
    assert_gone(client, link)


def test_a_missing_file_and_a_folder_are_not_given(client: TestClient, publication: IndexedPublication, tmp_path: Path):
    link = document_link(publication, 1)
    Path(publication.path).unlink()
    assert_gone(client, link)
    assert_gone(client, document_link(replace(publication, path=str(tmp_path)), 1))
