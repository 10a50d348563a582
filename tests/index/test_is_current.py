"""Whether the published version is what a build would make again."""

import dataclasses
from pathlib import Path

import pytest

from corpus import Catalogue, CorpusSettings, folder_catalogue
from index import is_current
from tests.index.making import build, guide_pdf, note_pdf, version_folder
from tests.support import HashEmbedder

STAMP, SETTINGS = HashEmbedder().stamp, CorpusSettings()
CHANGES = [
    {"title": "Note de sécurité"},
    {"language": "en"},
    {"edition": "2027-01"},
    {"issuer": "DGE"},
    {"guide": "recueil"},
    {"pillar": "veille"},
    {"work": "autre"},
]


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Catalogue, Path]:
    """The catalogue of a guide, a note and a file that no build can read, and the root of their index."""
    folder = tmp_path_factory.mktemp("current")
    guide_pdf(folder / "corpus" / "recueil.pdf")
    note_pdf(folder / "corpus" / "note.pdf", "Chaque adhérent signale aussitôt la perte d’un téléphone.")
    (folder / "corpus" / "abîmé.pdf").write_bytes(b"this is not a PDF")
    build(folder / "corpus", folder / "index")
    return folder_catalogue(folder / "corpus"), folder / "index"


def test_true_after_a_build_even_with_a_file_that_no_build_can_read(indexed):
    assert is_current(*indexed, STAMP, SETTINGS)


def test_false_without_an_index(indexed, tmp_path):
    assert not is_current(indexed[0], tmp_path, STAMP, SETTINGS)


@pytest.mark.parametrize("change", [{"revision": "next"}, {"query_prompt": "q: {text}"}, {"dimension": 8}], ids=str)
def test_false_with_another_model_stamp(indexed, change):
    assert not is_current(*indexed, dataclasses.replace(STAMP, **change), SETTINGS)


@pytest.mark.parametrize("change", [{"passage_words": 60}, {"short_block_words": 5}], ids=str)
def test_false_with_another_chunking(indexed, change):
    assert not is_current(*indexed, STAMP, CorpusSettings(**change))


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
def test_false_when_the_catalogue_says_something_else_of_a_publication(indexed, change):
    catalogue, root = indexed
    changed = [dataclasses.replace(p, **change) if p.id == "note" else p for p in catalogue.publications]
    assert not is_current(Catalogue(tuple(changed), catalogue.guides), root, STAMP, SETTINGS)


def test_false_when_a_publication_was_withdrawn(indexed):
    catalogue, root = indexed
    assert not is_current(Catalogue(catalogue.publications[:-1], catalogue.guides), root, STAMP, SETTINGS)


def test_false_when_a_file_moved(indexed, tmp_path):
    catalogue, root = indexed
    path = next(p.path for p in catalogue.publications if p.id == "note")
    (tmp_path / "note.pdf").write_bytes(path.read_bytes())
    moved = [
        dataclasses.replace(p, path=tmp_path / "note.pdf") if p.id == "note" else p for p in catalogue.publications
    ]
    assert not is_current(Catalogue(tuple(moved), catalogue.guides), root, STAMP, SETTINGS)


@pytest.fixture
def folder(root: Path, guide_folder: Path, tmp_path: Path) -> Path:
    guide_pdf(tmp_path / "corpus" / "recueil.pdf")
    build(tmp_path / "corpus", root)
    return tmp_path / "corpus"


def test_false_when_a_file_changed(folder, root):
    with (folder / "recueil.pdf").open("ab") as file:
        file.write(b"\n% changed\n")
    assert not is_current(folder_catalogue(folder), root, STAMP, SETTINGS)


def test_false_when_a_publication_was_added(folder, root):
    note_pdf(folder / "note.pdf", "Une note de plus.")
    assert not is_current(folder_catalogue(folder), root, STAMP, SETTINGS)


def test_false_when_the_version_is_damaged(folder, root):
    (version_folder(root) / "dense.faiss").unlink()
    assert not is_current(folder_catalogue(folder), root, STAMP, SETTINGS)
