"""An index of format 1, kept as it was made (see format1/README.md), is refused, then made again in today's format."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from index import (
    IndexDamaged,
    IndexMismatch,
    IndexVersion,
    Searcher,
    check_files,
    current_version,
    kept_versions,
    open_served,
    publish,
    read_log,
    read_manifest,
    upgrade_version,
    version_names,
)
from index.manifest import FORMAT
from tests.index.making import FILES, TRAVEL, BrokenEmbedder, build, contents, flip, guide_pdf, version_folder
from tests.support import HashEmbedder

HERE = Path(__file__).resolve().parent / "format1"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The root of a copy of the index of format 1."""
    return Path(shutil.copytree(HERE, tmp_path / "index"))


def upgraded(root: Path) -> str:
    return upgrade_version(root, current_version(root), HashEmbedder()).name


def change_manifest(root: Path, **changes) -> None:
    """Change what the manifest says, and seal it again."""
    path = version_folder(root) / "manifest.json"
    text = json.dumps(json.loads(path.read_text("utf-8")) | changes)
    path.write_text(text, "utf-8")
    path.with_name("manifest.sha256").write_text(hashlib.sha256(text.encode()).hexdigest(), "utf-8")


def test_the_index_kept_is_of_format_1_and_intact():
    folder = version_folder(HERE)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["format"] == 1 < FORMAT
    for name, stamp in manifest["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == stamp["sha256"]


def test_it_cannot_be_opened_and_both_formats_and_the_remedy_are_named(old):
    with pytest.raises(IndexMismatch, match=rf"manifest\.json est au format 1 .* lit le {FORMAT}") as caught:
        IndexVersion(old)
    assert "vigie index build" in caught.value.remedy
    assert "vigie index upgrade" in caught.value.remedy


def test_it_is_not_set_aside_for_its_age(old):
    with pytest.raises(IndexMismatch):
        open_served(old, lambda version: None)
    assert [version.state for version in kept_versions(old)] == ["unreadable"]
    assert current_version(old) == version_names(old)[0]


def test_its_upgrade_is_of_today_s_format_and_verifies(old):
    folder = old / "versions" / upgraded(old)
    manifest = read_manifest(folder)
    assert (manifest.format, tuple(sorted(manifest.files))) == (FORMAT, FILES)
    check_files(folder, manifest, thorough=True)


def test_its_upgrade_keeps_ids_pages_spans_and_texts(old):
    lines = (version_folder(old) / "passages.jsonl").read_text("utf-8").splitlines()
    version = IndexVersion(old, upgraded(old))
    passages = version.passages.rows(range(len(version.passages)))
    assert len(passages) == len(lines) == 3
    for passage, line in zip(passages, lines, strict=True):
        was = json.loads(line)
        assert (passage.id, passage.text, list(passage.labels)) == (was["id"], was["text"], was["labels"])
        assert [[s.start, s.page, s.raw, s.length] for s in passage.spans] == was["spans"]
        assert [list(bounds) for bounds in passage.sentences] == was["sentences"]


def test_its_upgrade_describes_the_same_publications(old):
    was = json.loads((version_folder(old) / "manifest.json").read_text("utf-8"))
    manifest = read_manifest(old / "versions" / upgraded(old))
    (publication,) = manifest.publications
    assert (publication.id, publication.path, publication.sha256) == (
        "recueil",
        "recueil.pdf",
        was["publications"][0]["sha256"],
    )
    assert (manifest.passages, manifest.sentences, manifest.sources) == (
        was["passages"],
        was["sentences"],
        was["sources"],
    )


def test_its_upgrade_answers(old):
    searcher = Searcher(IndexVersion(old, upgraded(old)), HashEmbedder())
    (first, *_) = searcher.search("Que contient un ordinateur de prêt en déplacement ?", 3).results
    assert first.passage.text.startswith(TRAVEL[0])
    assert (first.passage.publication, first.passage.pages) == ("recueil", (3, 3))


def test_its_upgrade_holds_what_a_build_of_the_same_pdf_would(old, tmp_path):
    guide_pdf(tmp_path / "corpus" / "recueil.pdf")
    build(tmp_path / "corpus", tmp_path / "built")
    made, again = contents(version_folder(tmp_path / "built")), contents(old / "versions" / upgraded(old))
    assert {name: made[name] for name in FILES} == {name: again[name] for name in FILES}


def test_it_is_served_until_its_upgrade_is_published(old):
    before = current_version(old)
    name = upgraded(old)
    assert current_version(old) == before
    publish(old, name)
    assert open_served(old, lambda version: None).version.manifest.name == name


def test_its_files_stay_as_they_were(old):
    before = contents(version_folder(old))
    upgraded(old)
    assert contents(version_folder(old)) == before


def test_the_history_says_what_was_upgraded(old):
    before, name = current_version(old), upgraded(old)
    (event,) = read_log(old)
    assert (event.event, event.version, event.details) == ("staged", name, {"upgraded_from": before, "format": 1})


def test_an_upgrade_is_made_with_another_model_too(old):
    manifest = upgrade_version(old, current_version(old), HashEmbedder(dimension=32, name="embeddinggemma-300m"))
    IndexVersion(old, manifest.name).check_model(HashEmbedder(dimension=32, name="embeddinggemma-300m").stamp)


def test_a_version_of_today_may_be_made_again_with_another_model(root):
    manifest = upgrade_version(root, current_version(root), HashEmbedder(dimension=32))
    assert len(IndexVersion(root, manifest.name).passages) == 3


def test_a_build_goes_on_from_an_index_of_format_1(old, tmp_path):
    guide_pdf(tmp_path / "corpus" / "recueil.pdf")
    build(tmp_path / "corpus", old)
    assert open_served(old, lambda version: None).instead is None


# Refused


@pytest.mark.parametrize("name", ["passages.jsonl", "passages.offsets.npy", "manifest.json", "manifest.sha256"])
@pytest.mark.parametrize("part", [0.0, 0.5, 0.99], ids=["start", "middle", "end"])
def test_a_flipped_byte_in_what_is_taken_over_is_refused_and_its_file_named(old, name, part):
    path = version_folder(old) / name
    flip(path, int(part * path.stat().st_size))
    with pytest.raises((IndexDamaged, IndexMismatch), match=r"manifest\.json" if "manifest" in name else name):
        upgraded(old)
    assert len(version_names(old)) == 1


def test_a_flipped_byte_in_what_is_computed_anew_stops_no_upgrade(old):
    flip(version_folder(old) / "dense.faiss", 400)
    IndexVersion(old, upgraded(old))


@pytest.mark.parametrize("missing", ["passages.jsonl", "passages.offsets.npy", "manifest.json", "manifest.sha256"])
def test_a_missing_file_is_named(old, missing):
    (version_folder(old) / missing).unlink()
    with pytest.raises(IndexDamaged, match=missing.replace(".", r"\.")):
        upgrade_version(old, current_version(old), HashEmbedder())


@pytest.mark.parametrize("of_future", [FORMAT + 1, 99, 0, None, "2", [1]], ids=str)
def test_a_format_that_is_not_known_is_refused_with_its_own_remedy(old, of_future):
    change_manifest(old, format=of_future)
    with pytest.raises(IndexMismatch, match=f"format .*sait lire le 1 ou {FORMAT}") as caught:
        upgraded(old)
    assert "plus récente" in caught.value.remedy
    assert len(version_names(old)) == 1


@pytest.mark.parametrize("field", ["guide", "publications", "files", "chunking", "reader", "sources"])
def test_a_sealed_manifest_without_a_field_is_refused_and_named(old, field):
    path = version_folder(old) / "manifest.json"
    data = json.loads(path.read_text("utf-8"))
    del data[field]
    path.write_text(json.dumps(data), "utf-8")
    change_manifest(old)
    with pytest.raises(IndexDamaged, match="endommagé"):
        upgraded(old)
    assert len(version_names(old)) == 1


def test_a_model_that_fails_leaves_no_draft(old):
    with pytest.raises(RuntimeError):
        upgrade_version(old, current_version(old), BrokenEmbedder())
    assert len(list((old / "versions").iterdir())) == 1
