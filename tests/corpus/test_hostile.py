"""Broken, encrypted, scanned and fuzzed files: each ends in a document or a verdict, in little time."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import get_args

import pytest

from corpus import CorpusSettings, Document, PdfErrorCode, UnreadablePdf, read_isolated
from tests.corpus.makers import SHARED

FOLDER = SHARED / "hostile"
FILES = sorted(FOLDER.glob("*.pdf")) if FOLDER.is_dir() else []
CLEAR = {
    "docling__sample_with_rotation_mismatch": "no_text",
    "docling__right_to_left_01": "ok",
    "opendataloader-pdf__chinese_scan": "no_text",
    "opendataloader-pdf__fake-jpg": "not_a_pdf",
    "opendataloader-pdf__password-protected": "encrypted",
    "opendataloader-pdf__issue-336-conto-economico-bialetti": "ok",
    "pdf_js__empty#hash": "no_text",
    "pdfminer_six__issue-1113-evil-xobjects": "ok",
    "pdfminer_six__samples_encryption_aes-256-r6": "encrypted",
    "pdfminer_six__zen_of_python_corrupted": "ok",
    "pdfplumber__empty": "not_a_pdf",
    "pdfplumber__la-precinct-bulletin-2014-p1": "ok",
    "pypdf__crazyones-encrypted-256": "encrypted",
    "pypdf__imagemagick-CCITTFaxDecode": "no_text",
    "pypdf__indirect-rotation": "ok",
    "pypdf__missing_info": "ok",
    "pypdf__outline-without-title": "ok",
    "pypdf__resources_encryption_r2-user-password": "encrypted",
    "pypdf__resources_encryption_r3-empty-password": "ok",
    "pypdf__resources_encryption_r6-owner-password": "ok",
    "sample-files__GeoTopo-komprimiert": "ok",
    "sample-files__multicolumn": "ok",
    "sample-files__unreadablemetadata": "damaged",  # cut short: poppler and pdfium find no page either
    "unstructured__all-number-table": "no_text",  # digits alone: nothing that a question could find
    "unstructured__copy-protected": "ok",
    "unstructured__failure-after-repair": "ok",
    "unstructured__invalid-pdf-structure-pdfminer-one-page": "ok",
    "unstructured__loremipsum-flat": "no_text",
    "unstructured__multi-column": "ok",
    "unstructured__pdf-with-ocr-text": "ok",
    "unstructured__pdf2image-memory-error-test-400p": "ok",
    "unstructured__rotated-page-90": "ok",
}


@pytest.fixture(scope="module")
def outcomes():
    """Each file's verdict, its seconds and its document, two workers at a time."""
    if not FILES:
        pytest.skip(f"{FOLDER} is absent: the hostile PDFs are kept beside the project")

    def outcome(path):
        start = time.monotonic()
        document: Document | None = None
        try:
            document, verdict = read_isolated(path, CorpusSettings()), "ok"
        except UnreadablePdf as error:
            verdict = error.code
        return path.stem, (verdict, time.monotonic() - start, document)

    with ThreadPoolExecutor(2) as pool:
        return dict(pool.map(outcome, FILES))


def test_every_file_ends_in_a_document_or_a_verdict(outcomes):
    assert {verdict for verdict, _, _ in outcomes.values()} <= {"ok", *get_args(PdfErrorCode)}


def test_no_file_takes_twenty_seconds(outcomes):
    assert {name: seconds for name, (_, seconds, _) in outcomes.items() if seconds > 20} == {}


@pytest.mark.parametrize(("name", "expected"), CLEAR.items())
def test_a_clear_file_has_its_verdict(outcomes, name, expected):
    assert outcomes[name][0] == expected


def test_every_document_has_something_to_index(outcomes):
    assert [name for name, (_, _, document) in outcomes.items() if document and not document.passages] == []


def test_every_page_of_a_document_is_counted_and_labelled(outcomes):
    documents = [document for _, _, document in outcomes.values() if document]
    assert all(len(document.labels) == len(document.characters) for document in documents)


def test_a_passage_never_comes_from_an_unreadable_page(outcomes):
    for name, (_, _, document) in outcomes.items():
        for passage in document.passages if document else ():
            assert not {span.page for span in passage.spans} & set(document.unreadable_pages), name


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("pypdf__resources_encryption_r3-empty-password", "pdf encryption test"),
        ("pdfminer_six__zen_of_python_corrupted", "beautiful is better than ugly."),
        ("unstructured__rotated-page-90", "rotated"),
    ],
)
def test_a_repaired_file_gives_its_text(outcomes, name, words):
    document = outcomes[name][2]
    assert words in " ".join(" ".join(p.text.split()) for p in document.passages).casefold()
