"""What was read before, by file, reader and settings; anything else is read anew."""

import hashlib
from pathlib import Path

import pytest

from corpus import CorpusSettings, ReadingCache, UnreadablePdf, reading_cache
from corpus.document_json import decoded, encoded
from corpus.isolation import read_isolated
from tests.support import write_pdf

SETTINGS = CorpusSettings()
TEXT = "Les visiteurs portent un badge et ne restent jamais seuls."


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    return write_pdf(tmp_path / "note.pdf", [TEXT, "Une seconde page dit autre chose."])


@pytest.fixture
def cache(tmp_path: Path) -> ReadingCache:
    return ReadingCache(tmp_path / "documents")


@pytest.fixture
def read(monkeypatch) -> list[str]:
    """The files that are read from here on."""
    names: list[str] = []

    def spy(path, *arguments, **options):
        names.append(path.name)
        return read_isolated(path, *arguments, **options)

    monkeypatch.setattr(reading_cache, "read_isolated", spy)
    return names


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def only_file(tmp_path: Path) -> Path:
    (path,) = (tmp_path / "documents").iterdir()
    return path


def test_a_file_is_read_once_and_told_the_same_again(pdf, cache, read):
    first, second = (cache.read(pdf, digest(pdf), SETTINGS) for _ in range(2))
    assert read == ["note.pdf"]
    assert second == first == read_isolated(pdf, SETTINGS)


def test_a_document_is_known_by_its_file_s_content_and_not_its_name(pdf, cache, read):
    cache.read(pdf, digest(pdf), SETTINGS)
    moved = pdf.rename(pdf.with_name("autre.pdf"))
    cache.read(moved, digest(moved), SETTINGS)
    assert read == ["note.pdf"]


def test_another_cache_on_the_same_folder_knows_it(pdf, cache, read, tmp_path):
    cache.read(pdf, digest(pdf), SETTINGS)
    ReadingCache(tmp_path / "documents").read(pdf, digest(pdf), SETTINGS)
    assert read == ["note.pdf"]


@pytest.mark.parametrize("change", [{"passage_words": 60}, {"short_block_words": 5}, {"max_pages": 10}], ids=str)
def test_other_settings_of_reading_read_again(pdf, cache, read, change):
    cache.read(pdf, digest(pdf), SETTINGS)
    cache.read(pdf, digest(pdf), CorpusSettings(**change))
    assert len(read) == 2


@pytest.mark.parametrize("change", [{"allow_private_addresses": True}, {"max_fetch_seconds": 9.0}], ids=str)
def test_settings_that_are_not_of_reading_read_nothing_again(pdf, cache, read, change):
    cache.read(pdf, digest(pdf), SETTINGS)
    cache.read(pdf, digest(pdf), CorpusSettings(**change))
    assert len(read) == 1


@pytest.mark.parametrize("name", ["READER_VERSION", "_ENGINES"])
def test_another_reader_or_engine_reads_again(pdf, cache, read, monkeypatch, name):
    cache.read(pdf, digest(pdf), SETTINGS)
    monkeypatch.setattr(reading_cache, name, "next")
    cache.read(pdf, digest(pdf), SETTINGS)
    assert len(read) == 2


def test_every_flipped_byte_is_read_anew(pdf, cache, tmp_path, monkeypatch):
    document = cache.read(pdf, digest(pdf), SETTINGS)
    content = only_file(tmp_path).read_bytes()
    read = []
    monkeypatch.setattr(reading_cache, "read_isolated", lambda *_: read.append(1) or document)
    for position in range(len(content)):
        flipped = content[:position] + bytes([content[position] ^ 1]) + content[position + 1 :]
        only_file(tmp_path).write_bytes(flipped)
        assert cache.read(pdf, digest(pdf), SETTINGS) == document
    assert len(read) == len(content)
    assert only_file(tmp_path).read_bytes() == content  # and what was damaged is made again


@pytest.mark.parametrize("size", [0, 1, 31, 32, 33, -1])
def test_a_document_cut_short_is_read_anew(pdf, cache, read, tmp_path, size):
    cache.read(pdf, digest(pdf), SETTINGS)
    only_file(tmp_path).write_bytes(only_file(tmp_path).read_bytes()[:size])
    cache.read(pdf, digest(pdf), SETTINGS)
    assert len(read) == 2


def test_a_document_of_another_shape_is_read_anew(pdf, cache, read, tmp_path):
    """Written by a Vigie whose documents had other fields."""
    document = cache.read(pdf, digest(pdf), SETTINGS)
    reading_cache._save(only_file(tmp_path), {"title": "", "pages": []})
    assert cache.read(pdf, digest(pdf), SETTINGS) == document
    assert len(read) == 2


def test_pages_of_a_known_document_are_told_at_once(pdf, cache):
    cache.read(pdf, digest(pdf), SETTINGS)
    told = []
    cache.read(pdf, digest(pdf), SETTINGS, lambda page, total: told.append((page, total)))
    assert told == [(2, 2)]


# Verdicts


def test_a_verdict_that_lasts_is_remembered_whole(tmp_path, cache, read):
    path = tmp_path / "abîmé.pdf"
    path.write_bytes(b"this is not a PDF")
    told = []
    for _ in range(2):
        with pytest.raises(UnreadablePdf) as caught:
            cache.read(path, digest(path), SETTINGS)
        told.append((caught.value.code, caught.value.message, caught.value.remedy))
    assert read == ["abîmé.pdf"]
    assert told[0] == told[1]


@pytest.mark.parametrize("code", ["timeout", "limits", "damaged", "too_large", "too_many_pages"])
def test_a_verdict_that_another_day_may_change_is_not_remembered(pdf, cache, monkeypatch, code):
    def refuse(*_):
        raise UnreadablePdf(code, "Trop long.", "Relancez.")

    with monkeypatch.context() as patch, pytest.raises(UnreadablePdf):
        patch.setattr(reading_cache, "read_isolated", refuse)
        cache.read(pdf, digest(pdf), SETTINGS)
    assert TEXT in cache.read(pdf, digest(pdf), SETTINGS).passages[0].text


def test_a_file_that_is_gone_is_no_verdict_on_its_content(pdf, cache):
    known, content = digest(pdf), pdf.read_bytes()
    pdf.unlink()
    with pytest.raises(UnreadablePdf, match="n’existe pas"):
        cache.read(pdf, known, SETTINGS)
    pdf.write_bytes(content)
    assert TEXT in cache.read(pdf, known, SETTINGS).passages[0].text


# What is dropped


def test_a_document_forgotten_is_read_again_under_all_settings(pdf, cache, read, tmp_path):
    for settings in (SETTINGS, CorpusSettings(passage_words=60)):
        cache.read(pdf, digest(pdf), settings)
    cache.forget(digest(pdf))
    assert list((tmp_path / "documents").iterdir()) == []
    cache.read(pdf, digest(pdf), SETTINGS)
    assert len(read) == 3


def test_only_the_documents_of_some_files_are_kept(pdf, cache, tmp_path):
    other = write_pdf(tmp_path / "autre.pdf", ["Un stagiaire signe la charte."])
    for path in (pdf, other):
        cache.read(path, digest(path), SETTINGS)
    cache.keep_only(frozenset({digest(other)}))
    assert only_file(tmp_path).name.startswith(digest(other))


def test_what_a_killed_process_was_writing_is_swept(pdf, cache, tmp_path):
    cache.read(pdf, digest(pdf), SETTINGS)
    (tmp_path / "documents" / "tmp123.part").write_bytes(b"half a document")
    cache.sweep()
    assert only_file(tmp_path).name.startswith(digest(pdf))


@pytest.mark.parametrize("drop", [lambda c: c.sweep(), lambda c: c.forget("0"), lambda c: c.keep_only(frozenset())])
def test_a_cache_that_was_never_written_has_nothing_to_drop(cache, drop, tmp_path):
    drop(cache)
    assert not (tmp_path / "documents").exists()


def test_a_write_that_fails_leaves_nothing(pdf, cache, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        cache.read(pdf, digest(pdf), SETTINGS)
    assert list((tmp_path / "documents").iterdir()) == []


def test_a_document_comes_back_from_json_as_it_was(pdf):
    document = read_isolated(pdf, SETTINGS)
    assert decoded(encoded(document)) == document
