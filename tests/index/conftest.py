"""A corpus of one guide of three pages, indexed once, and a copy of it to damage."""

import shutil
from pathlib import Path

import pytest

from corpus import load_catalogue
from tests.index.making import build, build_catalogue, guide_pdf


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
