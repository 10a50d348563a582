"""Only what is new or changed is read and embedded; what was withdrawn is gone, what vanished is not lost."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import Catalogue, CorpusSettings, folder_catalogue, reading_cache
from index import (
    DeferredEmbedder,
    IndexMismatch,
    IndexVersion,
    PublicationRefused,
    Searcher,
    build_index,
    current_version,
    intake,
    is_current,
    kept_versions,
    publish,
    version_names,
)
from tests.index.making import (
    PATENTS,
    TRAVEL,
    VISITORS,
    BrokenEmbedder,
    SpyEmbedder,
    build,
    build_catalogue,
    chapter,
    flip,
    guide_pdf,
    note_pdf,
)
from tests.support import HashEmbedder, write_pdf

ADVICE = "Chaque adhérent signale aussitôt la perte d’un ordinateur ou d’un téléphone au référent."
NOTICE = "Un stagiaire signe la charte avant de recevoir son badge et son ordinateur."
SETTINGS = CorpusSettings()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The guide that `root` has, and nothing else."""
    guide_pdf(tmp_path / "corpus" / "recueil.pdf")
    return tmp_path / "corpus"


@pytest.fixture
def read(monkeypatch) -> list[str]:
    """The files that are read from here on."""
    names: list[str] = []
    read_isolated = reading_cache.read_isolated

    def spy(path, *arguments, **options):
        names.append(path.name)
        return read_isolated(path, *arguments, **options)

    monkeypatch.setattr(reading_cache, "read_isolated", spy)
    return names


def declare(folder: Path, *entries: str) -> None:
    (folder / "catalogue.toml").write_text("\n".join(f"[[publication]]\n{entry}" for entry in entries), "utf-8")


def texts_by_id(root: Path) -> dict[str, str]:
    passages = IndexVersion(root).passages
    return {passage.id: passage.text for passage in passages.rows(range(len(passages)))}


def answers(root: Path, question: str) -> set[str]:
    """The publications of everything that is found."""
    found = Searcher(IndexVersion(root), HashEmbedder()).search(question, 1000)
    return {scored.passage.publication for scored in found.results}


# Read and embedded


def test_nothing_is_read_or_embedded_when_nothing_changed(folder, root, read):
    spy = SpyEmbedder()
    build(folder, root, spy)
    assert (read, spy.strings) == ([], [])


def test_only_a_new_publication_is_read_and_embedded(folder, root, read):
    note_pdf(folder / "note.pdf", ADVICE)
    spy = SpyEmbedder()
    build(folder, root, spy)
    assert read == ["note.pdf"]
    assert set(spy.strings) == {f"passage: {ADVICE}"}


def test_of_a_changed_publication_only_the_changed_text_is_embedded(folder, root, read):
    pages = (("Accueil des visiteurs", VISITORS), ("Veille sur les brevets", PATENTS), ("Déplacements", (ADVICE,)))
    write_pdf(folder / "recueil.pdf", [chapter(title, sentences) for title, sentences in pages])
    spy = SpyEmbedder()
    build(folder, root, spy)
    assert read == ["recueil.pdf"]
    assert set(spy.strings) == {f"passage: {ADVICE}", f"passage: Déplacements. {ADVICE}"}


def test_a_file_that_was_renamed_or_touched_is_not_read_again(folder, root, read):
    (folder / "recueil.pdf").rename(folder / "recueil-2026.pdf")
    (folder / "recueil-2026.pdf").touch()
    declare(folder, 'id = "recueil"\nfile = "recueil-2026.pdf"')
    build(folder, root)
    assert read == []


def test_a_new_title_reads_and_embeds_nothing(folder, root, read):
    declare(folder, 'id = "recueil"\nfile = "recueil.pdf"\ntitle = "Le recueil"')
    report = build(folder, root, BrokenEmbedder())
    assert (read, report.manifest.publications[0].title) == ([], "Le recueil")


def test_another_cut_of_the_passages_reads_again(folder, root, read):
    build_index(folder_catalogue(folder), root, HashEmbedder(), CorpusSettings(passage_words=60))
    assert read == ["recueil.pdf"]


def test_another_reader_reads_again(folder, root, read, monkeypatch):
    monkeypatch.setattr(reading_cache, "READER_VERSION", "next")
    build(folder, root)
    assert read == ["recueil.pdf"]


def test_the_cache_and_a_clean_build_give_the_same_passages(folder, root, tmp_path):
    note_pdf(folder / "note.pdf", ADVICE)
    build(folder, root)
    build(folder, tmp_path / "clean")
    assert texts_by_id(root) == texts_by_id(tmp_path / "clean")


def test_the_verdict_on_a_file_that_is_no_pdf_is_remembered(folder, root, read):
    (folder / "abîmé.pdf").write_bytes(b"this is not a PDF")
    refusals = [build(folder, root).refused for _ in range(2)]
    assert read == ["abîmé.pdf"]
    assert refusals[0] == refusals[1]


@pytest.mark.parametrize("position", [0, 31, 32, 33, 200, -1])
def test_a_flipped_byte_in_what_was_read_before_reads_again(folder, root, read, position):
    before = texts_by_id(root)
    (cached,) = (root / "cache" / "documents").iterdir()
    flip(cached, position % cached.stat().st_size)
    build(folder, root)
    assert read == ["recueil.pdf"]
    assert texts_by_id(root) == before


@pytest.mark.parametrize("size", [0, 1, 31, 32, 33, 100])
def test_what_was_read_before_cut_short_reads_again(folder, root, read, size):
    (cached,) = (root / "cache" / "documents").iterdir()
    cached.write_bytes(cached.read_bytes()[:size])
    build(folder, root)
    assert read == ["recueil.pdf"]


def test_a_lost_cache_loses_no_version(folder, root):
    before = texts_by_id(root)
    shutil.rmtree(root / "cache")
    build(folder, root)
    assert texts_by_id(root) == before


# A model that is loaded when there is something to embed


def test_a_build_that_finds_every_vector_loads_no_model(folder, root):
    def load():
        raise AssertionError("the model was loaded")

    build(folder, root, DeferredEmbedder(HashEmbedder().stamp, load))
    assert len(version_names(root)) == 2


def test_a_model_is_loaded_once(folder, root):
    loaded: list[HashEmbedder] = []

    def load():
        loaded.append(HashEmbedder())
        return loaded[-1]

    note_pdf(folder / "note.pdf", ADVICE)
    build(folder, root, DeferredEmbedder(HashEmbedder().stamp, load))
    assert len(loaded) == 1


def test_a_model_changed_since_it_was_stamped_makes_no_version(folder, root):
    note_pdf(folder / "note.pdf", ADVICE)
    other = replace(HashEmbedder().stamp, revision="before")
    with pytest.raises(IndexMismatch, match="a changé"):
        build(folder, root, DeferredEmbedder(other, HashEmbedder))
    assert len(version_names(root)) == 1


# Editions


@pytest.fixture
def next_edition(folder, root) -> Path:
    """An edition that replaces the guide: visitors unchanged, patents gone, travel reworded, interns new."""
    pages = (("Accueil des visiteurs", VISITORS), ("Déplacements", (ADVICE, TRAVEL[1])), ("Stagiaires", (NOTICE,)))
    write_pdf(folder / "recueil-2027.pdf", [chapter(title, sentences) for title, sentences in pages])
    declare(
        folder,
        'id = "recueil"\nfile = "recueil.pdf"',
        'id = "recueil-2027"\nfile = "recueil-2027.pdf"\nreplaces = ["recueil"]',
    )
    return folder


def test_unchanged_passages_of_the_next_edition_keep_their_ids(next_edition, root):
    before = texts_by_id(root)
    build(next_edition, root)
    after = texts_by_id(root)
    kept = before.keys() & after.keys()
    assert [before[i] for i in kept] == ["\n".join(VISITORS)]
    assert all(before[i] == after[i] for i in kept)


def test_passages_of_the_edition_replaced_are_withdrawn(next_edition, root):
    build(next_edition, root)
    assert answers(root, "Quelle veille sur les brevets ?") == {"recueil-2027"}
    assert not any(PATENTS[0] in text for text in texts_by_id(root).values())


def test_unchanged_passages_of_the_next_edition_are_not_embedded_again(next_edition, root):
    spy = SpyEmbedder()
    build(next_edition, root, spy)
    assert not any(sentence in text for sentence in (*VISITORS, *PATENTS) for text in spy.strings)


def test_the_edition_replaced_comes_back_with_its_ids_when_the_next_is_withdrawn(next_edition, root):
    before = texts_by_id(root)
    build(next_edition, root)
    (next_edition / "recueil-2027.pdf").unlink()
    (next_edition / "catalogue.toml").unlink()
    build(next_edition, root, BrokenEmbedder())
    assert texts_by_id(root) == before


# Withdrawn, vanished, changing


@pytest.fixture
def noted(folder, root) -> Path:
    """The guide and a note, published."""
    note_pdf(folder / "note.pdf", ADVICE)
    declare(folder, 'id = "recueil"\nfile = "recueil.pdf"', 'id = "note"\nfile = "note.pdf"')
    build(folder, root)
    return folder


def test_a_publication_that_was_removed_is_in_no_answer(noted, root):
    assert "note" in answers(root, "Qui signale la perte d’un téléphone ?")
    (noted / "note.pdf").unlink()
    declare(noted, 'id = "recueil"\nfile = "recueil.pdf"')
    report = build(noted, root)
    assert answers(root, "Qui signale la perte d’un téléphone ?") == {"recueil"}
    assert [p.id for p in report.manifest.publications] == ["recueil"]


def vanished(folder: Path) -> Catalogue:
    """The catalogue of a folder whose note disappears just after."""
    catalogue = folder_catalogue(folder)
    (folder / "note.pdf").unlink()
    return catalogue


def test_a_publication_whose_file_vanished_is_not_lost_silently(noted, root):
    before = current_version(root)
    with pytest.raises(PublicationRefused, match=r"« note » \(.*note\.pdf\) : Fichier illisible") as caught:
        build_catalogue(vanished(noted), root)
    assert current_version(root) == before
    assert "Remettez ce fichier" in caught.value.remedy
    assert "vigie corpus remove" in caught.value.remedy


def test_a_version_without_a_publication_that_vanished_is_kept_staged_and_may_be_served(noted, root):
    with pytest.raises(PublicationRefused):
        build_catalogue(vanished(noted), root)
    staged = kept_versions(root)[-1]
    assert (staged.state, [p.id for p in staged.manifest.publications]) == ("staged", ["recueil"])
    publish(root, staged.name)
    assert current_version(root) == staged.name


def test_a_file_spoilt_since_it_was_published_is_not_lost_silently(noted, root):
    (noted / "note.pdf").write_bytes(b"this is not a PDF")
    with pytest.raises(PublicationRefused, match="« note »"):
        build(noted, root)


def test_a_staged_version_may_lack_a_publication_and_says_so(noted, root):
    report = build_catalogue(vanished(noted), root, stage=True)
    assert [(r.publication, r.code) for r in report.refused] == [("note", "missing")]


def test_a_file_that_was_never_published_stops_no_publication(noted, root):
    (noted / "abîmé.pdf").write_bytes(b"this is not a PDF")
    report = build(noted, root)
    assert current_version(root) == report.manifest.name


def while_read(monkeypatch, act) -> None:
    """Do something just before a file is read: after its digest was taken."""
    read_isolated = reading_cache.read_isolated

    def acting(path, *arguments, **options):
        act(path)
        return read_isolated(path, *arguments, **options)

    monkeypatch.setattr(reading_cache, "read_isolated", acting)


@pytest.mark.parametrize(
    "act",
    [lambda path: note_pdf(path, NOTICE), lambda path: path.write_bytes(b"half a copy"), lambda path: path.unlink()],
    ids=["replaced", "half copied", "gone"],
)
def test_a_file_that_changes_while_it_is_read_is_refused_and_read_anew_once_settled(folder, root, monkeypatch, act):
    note_pdf(folder / "note.pdf", ADVICE)
    with monkeypatch.context() as patch:
        while_read(patch, act)
        report = build(folder, root)
    assert [(r.publication, r.code) for r in report.refused] == [("note", "changing")]
    assert "Relancez" in report.refused[0].remedy
    note_pdf(folder / "note.pdf", ADVICE)
    report = build(folder, root)
    assert (report.refused, ADVICE in texts_by_id(root).values()) == ((), True)


def test_a_file_that_changes_after_it_was_read_makes_the_version_out_of_date(folder, root):
    note_pdf(folder / "note.pdf", ADVICE)

    def change(progress):
        if progress.step == "embed":
            note_pdf(folder / "note.pdf", NOTICE)

    catalogue = folder_catalogue(folder)
    build_index(catalogue, root, HashEmbedder(), SETTINGS, change)
    assert ADVICE in texts_by_id(root).values()
    assert not is_current(catalogue, root, HashEmbedder().stamp, SETTINGS)


def test_a_file_that_may_not_be_read_costs_itself(folder, root, monkeypatch):
    """A test run by root may read anything: the refusal is made."""
    note_pdf(folder / "note.pdf", ADVICE)

    def closed(path, sha256_of=intake.sha256_of):
        if path.name == "note.pdf":
            raise PermissionError(13, "Permission denied", str(path))
        return sha256_of(path)

    monkeypatch.setattr(intake, "sha256_of", closed)
    catalogue = folder_catalogue(folder)
    report = build_catalogue(catalogue, root)
    assert [(r.publication, r.code) for r in report.refused] == [("note", "missing")]
    assert is_current(catalogue, root, HashEmbedder().stamp, SETTINGS)
