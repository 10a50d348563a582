"""One file read: its pages, labels, title, unreadable pages, and the reason when nothing can be indexed."""

from typing import get_args

import pytest
from pypdf.constants import PageLabelStyle

from corpus import CorpusSettings, PdfErrorCode, UnreadablePdf
from corpus.errors import unreadable
from corpus.reading import read_document
from tests.corpus.makers import LIMITS, drawing, edited, read, texts
from tests.support import write_pdf

TEXT = "Le pôle veille sur ses marchés et partage ce qu’il apprend."


def code(path, settings=LIMITS) -> str:
    with pytest.raises(UnreadablePdf) as caught:
        read_document(path, settings)
    return caught.value.code


def test_characters_are_counted_page_by_page(tmp_path):
    """« Un mot. » has 6 visible characters, « Deux mots ici. » has 12."""
    assert read(write_pdf(tmp_path / "a.pdf", ["Un mot.", "Deux mots ici."])).characters == (6, 12)


def test_pages_without_text_are_named(tmp_path):
    assert read(write_pdf(tmp_path / "a.pdf", [TEXT, "", TEXT, ""])).unreadable_pages == (2, 4)


def test_a_page_of_private_use_characters_is_named_and_left_out(tmp_path):
    """« #### » is 4 of 8 characters, over the 15 % allowed; pages 1 and 2 share the font, page 1 has no #."""
    path = drawing(write_pdf(tmp_path / "a.pdf", [TEXT, "####abcd"]), {"#": "\ue123"})
    document = read(path)
    assert document.unreadable_pages == (2,)
    assert [passage.pages for passage in document.passages] == [(1, 1)]


def test_a_few_private_use_characters_do_not_condemn_a_page(tmp_path):
    path = drawing(write_pdf(tmp_path / "a.pdf", ["# " + TEXT]), {"#": "\uf0b7"})
    assert read(path).unreadable_pages == ()


def test_printed_labels_are_those_of_the_file(tmp_path):
    def number(writer):
        writer.set_page_label(0, 1, style=PageLabelStyle.LOWERCASE_ROMAN)
        writer.set_page_label(2, 3, style=PageLabelStyle.DECIMAL, start=1)

    path = edited(write_pdf(tmp_path / "a.pdf", [TEXT] * 4), number)
    assert read(path).labels == ("i", "ii", "1", "2")


def test_without_labels_pages_are_numbered(tmp_path):
    assert read(write_pdf(tmp_path / "a.pdf", [TEXT] * 3)).labels == ("1", "2", "3")


def test_a_page_without_a_label_among_others_has_its_number(tmp_path):
    """A cover outside the numbering, as Word and InDesign write it: « p. » alone would name no page."""

    def number(writer):
        writer.set_page_label(0, 0, prefix=" ")
        writer.set_page_label(1, 2, style=PageLabelStyle.DECIMAL, start=7)

    path = edited(write_pdf(tmp_path / "a.pdf", [TEXT] * 3), number)
    assert read(path).labels == ("1", "7", "8")


def test_the_title_is_that_of_the_metadata(tmp_path):
    path = edited(write_pdf(tmp_path / "a.pdf", [TEXT]), lambda writer: writer.add_metadata({"/Title": "Le  recueil "}))
    assert read(path).title == "Le recueil"


def test_without_metadata_there_is_no_title(tmp_path):
    assert read(write_pdf(tmp_path / "a.pdf", [TEXT])).title == ""


def test_a_passage_knows_its_pages(tmp_path):
    filler = ["Le pôle veille sur ses marchés et ses techniques, puis partage avec"] * 3
    pages = ["\n".join(filler), "tous ses adhérents ce qu’il a appris."]
    passage = read(write_pdf(tmp_path / "a.pdf", pages)).passages[0]
    assert (passage.pages, passage.text[-37:]) == ((1, 2), "tous ses adhérents ce qu’il a appris.")


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_rotated_page_reads_as_the_same_page_upright(tmp_path, angle):
    rows = ["Le pôle désigne un référent.", "", "Il veille sur les marchés.", "", "Il alerte les adhérents."]
    upright = write_pdf(tmp_path / "a.pdf", ["\n".join(rows)])
    turned = edited(write_pdf(tmp_path / "b.pdf", ["\n".join(rows)]), lambda writer: writer.pages[0].rotate(angle))
    assert texts(turned) == texts(upright)


def test_progress_is_told_page_by_page(tmp_path):
    told = []
    read_document(write_pdf(tmp_path / "a.pdf", [TEXT] * 3), LIMITS, lambda n, total: told.append((n, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "not_a_pdf"),
        (b"\xff\xd8\xff\xe0 JFIF", "not_a_pdf"),
        (b"%PDF-1.7\nrien d'autre", "damaged"),
        (b"%PDF-1.4\n%%EOF\n", "damaged"),
    ],
    ids=["empty", "image", "header alone", "no object"],
)
def test_a_file_that_is_no_pdf_is_refused_with_its_code(tmp_path, content, expected):
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    assert code(path) == expected


def test_a_header_after_some_bytes_is_a_pdf(tmp_path):
    path = write_pdf(tmp_path / "a.pdf", [TEXT])
    path.write_bytes(b"\n" * 100 + path.read_bytes())
    assert texts(path) == [TEXT]


def test_a_wrong_cross_reference_table_is_rebuilt(tmp_path):
    path = write_pdf(tmp_path / "a.pdf", [TEXT])
    path.write_bytes(path.read_bytes().replace(b"startxref\n", b"startxref\n9"))
    assert texts(path) == [TEXT]


def test_a_file_cut_in_its_middle_is_damaged(tmp_path):
    path = write_pdf(tmp_path / "a.pdf", [TEXT])
    path.write_bytes(path.read_bytes()[:300])
    assert code(path) == "damaged"


def test_a_password_is_told(tmp_path):
    path = edited(write_pdf(tmp_path / "a.pdf", [TEXT]), lambda w: w.encrypt("secret", algorithm="AES-256"))
    assert code(path) == "encrypted"


def test_a_file_locked_for_editing_only_is_read(tmp_path):
    path = edited(write_pdf(tmp_path / "a.pdf", [TEXT]), lambda w: w.encrypt("", "owner", algorithm="AES-256"))
    assert texts(path) == [TEXT]


@pytest.mark.parametrize("pages", [[""], ["", "ab"]], ids=["blank", "two characters"])
def test_a_file_without_readable_text_is_refused(tmp_path, pages):
    assert code(write_pdf(tmp_path / "a.pdf", pages)) == "no_text"


def test_a_file_that_gives_no_passage_is_refused(tmp_path):
    """Digits alone are no passage: accepted, the publication would be served and never found."""
    assert code(write_pdf(tmp_path / "a.pdf", ["12 500 3,5\n14 000 4,2"])) == "no_text"


@pytest.mark.parametrize(("limit", "refused"), [(2, True), (3, False)])
def test_the_page_limit_counts_pages(tmp_path, limit, refused):
    path = write_pdf(tmp_path / "a.pdf", [TEXT] * 3)
    settings = CorpusSettings(max_pages=limit)
    if refused:
        assert code(path, settings) == "too_many_pages"
    else:
        assert len(read_document(path, settings).labels) == 3


@pytest.mark.parametrize(("size", "refused"), [(1_000_001, True), (1_000_000, False)])
def test_the_size_limit_counts_bytes(tmp_path, size, refused):
    path = write_pdf(tmp_path / "a.pdf", [TEXT])
    content = path.read_bytes()
    path.write_bytes(content + b"\n" * (size - len(content)))
    settings = CorpusSettings(max_megabytes=1)
    if refused:
        assert code(path, settings) == "too_large"
    else:
        assert read_document(path, settings).passages[0].text == TEXT


@pytest.mark.parametrize("name", get_args(PdfErrorCode))
def test_every_code_has_a_message_and_a_remedy(name):
    error = unreadable(name)
    assert (error.code, error.message[-1], error.remedy[-1]) == (name, ".", ".")
