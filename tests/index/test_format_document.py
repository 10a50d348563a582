"""docs/index-format.md is enough to read an index: a reader written from it finds what the project's own finds."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from index import Filters, IndexVersion, analyse, kept_versions, read_log, release, set_aside
from tests.index import format_reader
from tests.index.format_reader import Damaged, Version
from tests.index.making import build, flip, guide_pdf, note_pdf, version_folder

NOTE = "Les visiteurs² portent un badge, sauf les adhérents."


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("format")
    guide_pdf(folder / "pdfs" / "guide.pdf")
    note_pdf(folder / "pdfs" / "note.pdf", NOTE)
    lines = [
        {"anchor": "portent un badge, sauf", "asked": ["Qui porte un badge ?", "badge"]},
        {"silent": ["Quel prix ?"]},
    ]
    (folder / "pdfs" / "note.asked.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    build(folder / "pdfs", folder / "index")
    return folder / "index"


@pytest.fixture(scope="module")
def ours(root: Path) -> Version:
    return Version(format_reader.published(root))


@pytest.fixture(scope="module")
def theirs(root: Path) -> IndexVersion:
    return IndexVersion(root)


@pytest.fixture(scope="module")
def twice_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two versions, the second published."""
    folder = tmp_path_factory.mktemp("twice")
    for text in (NOTE, NOTE + " Ils le rendent."):
        note_pdf(folder / "pdfs" / "note.pdf", text)
        build(folder / "pdfs", folder / "index")
    return folder / "index"


@pytest.fixture
def index(twice_built: Path, tmp_path: Path) -> Path:
    """An index that the test may change."""
    return shutil.copytree(twice_built, tmp_path / "index")


def states(root: Path, state: str) -> set[str]:
    return {kept.name for kept in kept_versions(root) if kept.state == state}


def test_the_published_version_is_the_same(root: Path) -> None:
    assert format_reader.published(root) == version_folder(root)


def test_the_manifest_counts_the_same_passages(ours: Version, theirs: IndexVersion) -> None:
    assert ours.manifest["passages"] == theirs.manifest.passages == len(theirs.passages) == 4


def test_an_intact_version_is_accepted(root: Path, ours: Version) -> None:
    assert format_reader.checked_manifest(version_folder(root)) == ours.manifest


@pytest.mark.parametrize("name", ["manifest.sha256", "dense.faiss", "lexical/terms.npy", "facets.npy"])
def test_a_changed_bit_is_seen(index: Path, name: str) -> None:
    flip(version_folder(index) / name, 10)
    with pytest.raises(Damaged):
        format_reader.checked_manifest(version_folder(index))


def test_a_missing_file_is_seen(index: Path) -> None:
    (version_folder(index) / "tokens.npy").unlink()
    with pytest.raises(Damaged):
        format_reader.checked_manifest(version_folder(index))


@pytest.mark.parametrize("row", range(4))
def test_a_passage_is_the_same(ours: Version, theirs: IndexVersion, row: int) -> None:
    mine, expected = ours.passage(row), theirs.passages[row]
    assert (mine.id, mine.publication, mine.text) == (expected.id, expected.publication, expected.text)
    assert (tuple(mine.section), tuple(mine.labels)) == (expected.section, expected.labels)
    assert mine.sentences == [expected.text[start:end] for start, end in expected.sentences]
    assert (mine.pages[0], mine.pages[-1]) == expected.pages


@pytest.mark.parametrize("row", range(4))
def test_an_id_can_be_computed_again(ours: Version, theirs: IndexVersion, row: int) -> None:
    assert ours.computed_id(row) == theirs.passages[row].id


@pytest.mark.parametrize("row", range(4))
def test_sentence_vectors_are_the_same(ours: Version, theirs: IndexVersion, row: int) -> None:
    assert len(ours.sentence_vectors(row)) == len(theirs.passages[row].sentences)
    np.testing.assert_array_equal(ours.sentence_vectors(row).astype(np.float32), theirs.sentence_vectors(row))


def test_sentence_vectors_are_of_length_one(ours: Version) -> None:
    np.testing.assert_allclose(np.linalg.norm(ours.sentence_vectors(0).astype(float), axis=1), 1, atol=1e-3)


@pytest.mark.parametrize("seed", range(3))
def test_likeness_to_what_was_asked_is_the_same(ours: Version, theirs: IndexVersion, seed: int) -> None:
    assert ours.asked() == (
        [["Qui porte un badge ?", "badge"] if row == 3 else [] for row in range(4)],
        ["Quel prix ?"],
    )
    near = theirs.asked.vectors[seed % 2] + np.random.default_rng(seed).normal(size=64, scale=0.05)
    vector = (near / np.linalg.norm(near)).astype(np.float32)
    found = dict(
        zip(theirs.asked.rows.tolist(), theirs.asked.likeness(theirs.asked.cosines(vector)).tolist(), strict=True)
    )
    assert found[3] > 0
    assert ours.likeness(vector) == pytest.approx(found, abs=1e-4)


@pytest.mark.parametrize("seed", range(3))
def test_dense_search_finds_the_same_rows_and_cosines(ours: Version, theirs: IndexVersion, seed: int) -> None:
    vector = np.random.default_rng(seed).normal(size=ours.manifest["model"]["dimension"]).astype(np.float32)
    vector /= np.linalg.norm(vector)
    (rows, cosines), (expected, scores) = ours.dense_search(vector, 3), theirs.dense.search(vector, 3)
    np.testing.assert_array_equal(rows, expected)
    np.testing.assert_allclose(cosines, scores, atol=1e-6)


def test_every_term_is_found_at_its_place(ours: Version, theirs: IndexVersion) -> None:
    terms = {term for passage in theirs.passages for term in analyse(passage.text)}
    assert all(ours.string(ours.place(term)) == term for term in terms)


def test_every_spelling_is_found_at_its_place(ours: Version) -> None:
    assert ours.string(ours.place("adherents", "words"), "written") == "adhérents"


def test_a_term_that_no_passage_holds_has_no_place(ours: Version) -> None:
    assert ours.place("zorglub") is None
    assert len(ours.postings("zorglub")[0]) == 0


@pytest.mark.parametrize("question", ["visiteurs", "brevets", "laboratoires", "adhérents", "accueil"])
def test_the_rows_and_saturations_of_a_term_are_the_same(ours: Version, theirs: IndexVersion, question: str) -> None:
    (term,) = analyse(question)
    rows, saturations = ours.postings(term)
    scores = theirs.lexical.scores(question)
    np.testing.assert_array_equal(rows, np.flatnonzero(scores))
    np.testing.assert_allclose(saturations, scores[rows], atol=1e-6)


@pytest.mark.parametrize(
    "question",
    [
        "visiteurs brevets",
        "adhérents laboratoires",
        "brevets adhérents brevets",  # a term counts once
        "visiteurs zorglub",  # a term that no passage holds counts in the divisor
        "zorglub",
        "accueil badge",  # headings are indexed
    ],
)
def test_scores_are_the_same(ours: Version, theirs: IndexVersion, question: str) -> None:
    scores = [ours.score(row, analyse(question)) for row in range(4)]
    np.testing.assert_allclose(scores, theirs.lexical.scores(question), atol=1e-6)


@pytest.mark.parametrize("publication", ["guide", "note"])
def test_facets_keep_the_same_passages_of_a_publication(ours: Version, theirs: IndexVersion, publication: str) -> None:
    kept = [ours.facets(row) == (publication, []) for row in range(4)]
    assert kept == list(theirs.facets.allowed(Filters(publications=frozenset({publication}))))


def test_the_log_tells_the_same_events(index: Path) -> None:
    mine = [(event["at"], event["event"], event["version"], event["author"]) for event in format_reader.events(index)]
    assert mine == [(event.at, event.event, event.version, event.author) for event in read_log(index)]


@pytest.mark.parametrize("end", ['{"at": "2026', '{"at": "2026\n', "[1]\n", '{"event": "moved", "version": "v"}\n'])
def test_a_cut_line_and_an_unknown_event_are_skipped(index: Path, end: str) -> None:
    with (index / "log.jsonl").open("a") as log:
        log.write(end)
    assert len(format_reader.events(index)) == len(read_log(index)) == 4


def test_no_version_is_set_aside_at_first(index: Path) -> None:
    assert format_reader.set_aside(format_reader.events(index)) == states(index, "quarantined") == set()


def test_a_version_set_aside_is_known_and_the_one_before_is_published(index: Path) -> None:
    damaged = version_folder(index).name
    set_aside(index, damaged, "a test")
    assert format_reader.set_aside(format_reader.events(index)) == states(index, "quarantined") == {damaged}
    assert {format_reader.published(index).name} == states(index, "published") != {damaged}


def test_a_version_found_intact_again_is_no_longer_set_aside(index: Path) -> None:
    damaged = version_folder(index).name
    set_aside(index, damaged, "a test")
    release(index, damaged)
    assert format_reader.set_aside(format_reader.events(index)) == states(index, "quarantined") == set()


def test_a_changed_manifest_is_seen(index: Path) -> None:
    manifest = version_folder(index) / "manifest.json"
    manifest.write_bytes(manifest.read_bytes() + b" ")
    with pytest.raises(Damaged, match=r"manifest\.sha256"):
        format_reader.checked_manifest(manifest.parent)


def test_another_format_is_refused_before_anything_else(index: Path) -> None:
    manifest = version_folder(index) / "manifest.json"
    manifest.write_text(json.dumps({"format": 3}), "utf-8")
    with pytest.raises(Damaged, match="format 3"):
        format_reader.checked_manifest(manifest.parent)
