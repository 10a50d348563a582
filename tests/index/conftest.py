"""A corpus of one guide of three pages, indexed once, and a copy of it to damage."""

import shutil
from pathlib import Path

import pytest

from corpus import load_catalogue
from index import version_names
from tests.corpus.forking import forked_workers
from tests.index.making import Shelf, build, build_catalogue, guide_pdf, note_pdf

__all__ = ["forked_workers"]


@pytest.fixture(scope="session")
def guide_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("guide")
    guide_pdf(folder / "recueil.pdf")
    return folder


@pytest.fixture(scope="session")
def built(guide_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of an index; to be read, never changed."""
    root = tmp_path_factory.mktemp("index")
    build(guide_folder, root)
    return root


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of an index of the shipped guide, with vectors of no meaning; to be read, never changed."""
    folder = tmp_path_factory.mktemp("shipped")
    build_catalogue(load_catalogue(folder), folder / "index")
    return folder / "index"


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    """A copy of `built` that a test may damage or rebuild."""
    return Path(shutil.copytree(built, tmp_path / "index"))


@pytest.fixture(scope="session")
def built_shelf(built: Path, guide_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of an index of three versions, the first published; to be read, never changed."""
    folder = tmp_path_factory.mktemp("shelf")
    shutil.copytree(built, folder / "index")
    shutil.copytree(guide_folder, folder / "corpus")
    note_pdf(folder / "corpus" / "note.pdf", "Chaque adhérent signale la perte d’un ordinateur au référent.")
    build(folder / "corpus", folder / "index", stage=True)
    note_pdf(folder / "corpus" / "stage.pdf", "Un stagiaire signe la charte avant de recevoir un badge.")
    build(folder / "corpus", folder / "index", stage=True)
    return folder / "index"


@pytest.fixture
def shelf(built_shelf: Path, tmp_path: Path) -> Shelf:
    """A copy of `built_shelf` that a test may change."""
    root = Path(shutil.copytree(built_shelf, tmp_path / "shelf"))
    return Shelf(root, *version_names(root))
