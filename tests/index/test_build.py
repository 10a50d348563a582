"""From publications to a published version; whatever fails, the version before stays."""

import json
import os
from pathlib import Path

import numpy as np
import pytest

from corpus import CorpusSettings, folder_catalogue, sha256_of
from index import (
    BuildProgress,
    IndexBusy,
    IndexVersion,
    Searcher,
    build_index,
    check_files,
    current_version,
    read_manifest,
    version_names,
)
from tests.index.making import (
    FILES,
    BrokenEmbedder,
    SpyEmbedder,
    build,
    build_catalogue,
    contents,
    guide_pdf,
    note_pdf,
    version_folder,
)
from tests.support import HashEmbedder, write_pdf

ADVICE = "Chaque adhérent signale aussitôt la perte d’un ordinateur ou d’un téléphone au référent."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    guide_pdf(tmp_path / "corpus" / "recueil.pdf")
    return tmp_path / "corpus"


def passage_ids(root: Path) -> list[str]:
    passages = IndexVersion(root).passages
    return [passages[row].id for row in range(len(passages))]


def served_texts(root: Path, question: str) -> str:
    found = Searcher(IndexVersion(root), HashEmbedder()).search(question, 1000)
    return "\n".join(scored.passage.text for scored in found.results)


def test_a_build_publishes_the_version_it_made(folder, tmp_path):
    report = build(folder, tmp_path / "index")
    assert current_version(tmp_path / "index") == report.manifest.name


def test_the_manifest_holds_the_size_and_checksum_of_every_file(built):
    manifest = read_manifest(version_folder(built))
    assert tuple(sorted(manifest.files)) == FILES
    for name, stamp in manifest.files.items():
        path = version_folder(built) / name
        assert (stamp.size, stamp.sha256) == (path.stat().st_size, sha256_of(path))


def test_the_manifest_counts_what_was_indexed(built, guide_folder):
    manifest = read_manifest(version_folder(built))
    (publication,) = manifest.publications
    assert (manifest.passages, manifest.sentences) == (3, 6)  # a paragraph of two sentences on each of three pages
    assert (publication.id, publication.pages, publication.labels) == ("recueil", 3, ("1", "2", "3"))
    assert publication.sha256 == sha256_of(guide_folder / "recueil.pdf")
    assert set(manifest.sources) == {"recueil"}


def test_the_manifest_stamps_the_model_and_the_chunking(built):
    manifest = read_manifest(version_folder(built))
    assert manifest.model == HashEmbedder().stamp
    assert manifest.chunking == {"passage_words": 130, "short_block_words": 25}


def test_a_manifest_reads_back_as_it_was_written(folder, tmp_path):
    report = build(folder, tmp_path / "index")
    assert read_manifest(version_folder(tmp_path / "index")) == report.manifest


def test_passages_are_embedded_with_their_headings_and_sentences_alone(folder, tmp_path):
    spy = SpyEmbedder()
    build(folder, tmp_path / "index", spy)
    (whole,) = [text for text in spy.strings if text.startswith("passage: Déplacements. ")]
    assert "passage: Les échanges confidentiels passent par une messagerie chiffrée." in spy.strings
    assert whole.endswith("messagerie chiffrée.")


def test_rows_of_vectors_are_aligned_with_the_passages(built):
    version = IndexVersion(built)
    for row in range(len(version.passages)):
        passage = version.passages[row]
        expected = HashEmbedder().encode([f"passage: {passage.section[-1]}. {passage.text}"])[0]
        assert np.allclose(version.dense.vectors(np.array([row]))[0], expected)
        sentences = [f"passage: {passage.text[a:b]}" for a, b in passage.sentences]
        assert np.allclose(version.sentence_vectors(row), HashEmbedder().encode(sentences), atol=1e-3)  # fp16


def test_a_second_build_computes_no_vector(folder, tmp_path):
    build(folder, tmp_path / "index")
    build(folder, tmp_path / "index", BrokenEmbedder())
    assert len(version_names(tmp_path / "index")) == 2


def test_a_second_build_gives_the_same_files(folder, root):
    first, ids = contents(version_folder(root)), passage_ids(root)
    guide_pdf(folder / "recueil.pdf")
    build(folder, root)
    second = contents(version_folder(root))
    for dated in ("manifest.json", "manifest.sha256"):
        del first[dated], second[dated]
    assert second == first
    assert passage_ids(root) == ids


def test_only_new_passages_are_embedded_when_a_publication_is_added(folder, root):
    note_pdf(folder / "note.pdf", ADVICE)
    spy = SpyEmbedder()
    build(folder, root, spy)
    assert {text.removeprefix("passage: ") for text in spy.strings} == {ADVICE}


def test_the_version_before_stays_readable_and_unchanged(folder, root):
    before, name = contents(version_folder(root)), current_version(root)
    reader = IndexVersion(root)
    note_pdf(folder / "note.pdf", ADVICE)
    build(folder, root)
    assert contents(root / "versions" / name) == before
    assert reader.passages[0].section == ("Accueil des visiteurs",)


def test_the_history_says_what_was_built_and_published(root):
    events = [json.loads(line) for line in (root / "log.jsonl").read_text("utf-8").splitlines()]
    assert [(e["event"], e["version"]) for e in events] == [
        ("built", current_version(root)),
        ("published", current_version(root)),
    ]


def test_a_bad_file_among_good_ones_costs_itself(folder, tmp_path):
    (folder / "abîmé.pdf").write_bytes(b"this is not a PDF")
    report = build(folder, tmp_path / "index")
    assert [p.id for p in report.manifest.publications] == ["recueil"]
    assert [(r.publication, r.code) for r in report.refused] == [("abîmé", "not_a_pdf")]


def test_a_file_without_text_is_refused_with_its_reason(folder, tmp_path):
    write_pdf(folder / "scan.pdf", [""])
    report = build(folder, tmp_path / "index")
    assert [(r.publication, r.code) for r in report.refused] == [("scan", "no_text")]


def test_a_missing_file_is_refused_with_its_reason(folder, tmp_path):
    note_pdf(folder / "note.pdf", ADVICE)
    catalogue = folder_catalogue(folder)
    (folder / "note.pdf").unlink()
    report = build_catalogue(catalogue, tmp_path / "index")
    (refused,) = report.refused
    assert (refused.publication, refused.code) == ("note", "missing")
    assert refused.message == "Fichier illisible : fichier ou dossier introuvable."


def test_a_duplicate_file_is_indexed_once_and_named_with_its_twin(folder, tmp_path):
    (folder / "zz-copie.pdf").write_bytes((folder / "recueil.pdf").read_bytes())
    report = build(folder, tmp_path / "index")
    (refused,) = report.refused
    assert [p.id for p in report.manifest.publications] == ["recueil"]
    assert (refused.publication, refused.code) == ("zz-copie", "duplicate")
    assert "« recueil »" in refused.message


def test_progress_counts_pages_and_files_then_vectors(folder, tmp_path):
    """Pages are told as they are read, before their file is done."""
    note_pdf(folder / "note.pdf", ADVICE)
    seen: list[BuildProgress] = []
    report = build_index(folder_catalogue(folder), tmp_path / "index", HashEmbedder(), CorpusSettings(), seen.append)
    read = [(p.done, p.pages) for p in seen if p.step == "read"]
    assert read == sorted(read) and read[-1] == (2, sum(p.pages for p in report.manifest.publications))
    for step, total in (("embed", 4), ("sentences", 6)):  # one sentence stands twice
        embedded = [(p.done, p.total) for p in seen if p.step == step]
        assert embedded == [(total, total)]


def test_a_second_writer_is_told_who_holds_the_index(folder, tmp_path):
    refusals: list[IndexBusy] = []

    def build_again(progress: BuildProgress) -> None:
        if progress.step == "embed":
            with pytest.raises(IndexBusy) as caught:
                build(folder, tmp_path / "index")
            refusals.append(caught.value)

    build_index(folder_catalogue(folder), tmp_path / "index", HashEmbedder(), CorpusSettings(), build_again)
    assert f"processus {os.getpid()}" in refusals[0].message
    assert "depuis 20" in refusals[0].message


def test_replaced_passages_are_gone_from_search(folder, root):
    note_pdf(folder / "nouveau.pdf", ADVICE)
    (folder / "catalogue.toml").write_text(
        '[[publication]]\nid = "recueil"\nfile = "recueil.pdf"\n'
        '[[publication]]\nid = "nouveau"\nfile = "nouveau.pdf"\nreplaces = ["recueil"]\n',
        "utf-8",
    )
    assert "badge" in served_texts(root, "Les visiteurs portent-ils un badge ?")
    build(folder, root)
    assert served_texts(root, "Les visiteurs portent-ils un badge ?") == ADVICE


def test_unchanged_passages_keep_their_ids_in_the_next_edition(folder, root):
    ids = passage_ids(root)
    (folder / "recueil.pdf").rename(folder / "edition-2027.pdf")
    guide_pdf(folder / "recueil.pdf")
    with (folder / "edition-2027.pdf").open("ab") as file:
        file.write(b"\n% second edition\n")
    (folder / "catalogue.toml").write_text(
        '[[publication]]\nid = "recueil"\nfile = "recueil.pdf"\n'
        '[[publication]]\nid = "edition-2027"\nfile = "edition-2027.pdf"\nreplaces = ["recueil"]\n',
        "utf-8",
    )
    report = build(folder, root)
    assert [p.id for p in report.manifest.publications] == ["edition-2027"]
    assert passage_ids(root) == ids


def test_a_version_passes_its_own_thorough_check(built):
    folder = version_folder(built)
    check_files(folder, read_manifest(folder), thorough=True)
