"""A build that fails leaves what is published, and nothing of its own."""

from pathlib import Path

import pytest

from corpus import Catalogue, CorpusSettings, folder_catalogue
from index import BuildProgress, NothingToIndex, build_index, current_version, version_names
from tests.index.making import BrokenEmbedder, build, build_catalogue, contents, guide_pdf, version_folder
from tests.support import HashEmbedder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    guide_pdf(tmp_path / "corpus" / "recueil.pdf")
    return tmp_path / "corpus"


def unreadable(folder: Path) -> None:
    for path in folder.iterdir():
        path.write_bytes(b"this is not a PDF")


def unchanged(folder: Path) -> None:
    pass


@pytest.mark.parametrize(
    ("prepare", "embedder", "error"),
    [
        (unreadable, HashEmbedder(), NothingToIndex),
        (unchanged, BrokenEmbedder(dimension=32, name="embeddinggemma-300m"), RuntimeError),
    ],
    ids=["no file can be read", "the model fails"],
)
def test_a_failing_build_leaves_what_is_published(folder, root, prepare, embedder, error):
    current, versions = (root / "CURRENT").read_bytes(), contents(root / "versions")
    prepare(folder)
    with pytest.raises(error):
        build(folder, root, embedder)
    assert (root / "CURRENT").read_bytes() == current
    assert contents(root / "versions") == versions


@pytest.mark.parametrize("error", [RuntimeError("no memory left"), KeyboardInterrupt()], ids=["failure", "Ctrl+C"])
def test_a_failing_build_leaves_no_draft(folder, tmp_path, error):
    def interrupt(progress: BuildProgress) -> None:
        if progress.step == "embed":
            raise error

    with pytest.raises(type(error)):
        build_index(folder_catalogue(folder), tmp_path / "index", HashEmbedder(), CorpusSettings(), interrupt)
    assert list((tmp_path / "index" / "versions").iterdir()) == []


def test_a_failing_build_lets_the_next_one_in(folder, tmp_path):
    with pytest.raises(RuntimeError):
        build(folder, tmp_path / "index", BrokenEmbedder())
    build(folder, tmp_path / "index")
    assert current_version(tmp_path / "index")


def test_a_draft_left_by_a_killed_build_is_not_a_version(root):
    name = current_version(root)
    version_folder(root).rename(root / "versions" / f".{name}")
    assert version_names(root) == []


def test_nothing_to_index_names_each_file_and_its_reason(folder, tmp_path):
    unreadable(folder)
    with pytest.raises(NothingToIndex, match=r"recueil\.pdf : Le fichier n’est pas un PDF"):
        build(folder, tmp_path / "index")


def test_an_empty_corpus_is_nothing_to_index(tmp_path):
    with pytest.raises(NothingToIndex, match="le corpus est vide"):
        build_catalogue(Catalogue(()), tmp_path / "index")
