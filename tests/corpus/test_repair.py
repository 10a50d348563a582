"""A file that pdfium cannot open is copied page by page; what cannot be saved gives nothing."""

import pypdfium2 as pdfium
import pytest

from corpus.repair import repaired
from tests.corpus.makers import GUIDE, SHARED, edited
from tests.support import write_pdf

PAGES = ["Une veille.", "Une alerte.", "Une parade."]
HOSTILE = sorted((SHARED / "hostile").glob("*.pdf"))


def texts(source) -> list[str]:
    with pdfium.PdfDocument(source) as pdf:
        return [page.get_textpage().get_text_range().strip() for page in pdf]


def damaged(path, old: bytes, new: bytes = b""):
    """A file with one place overwritten, that the text engine refuses."""
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new.ljust(len(old)), 1))
    with pytest.raises(pdfium.PdfiumError):
        texts(path)
    return path


@pytest.fixture
def path(tmp_path):
    return write_pdf(tmp_path / "a.pdf", PAGES)


def test_an_intact_file_keeps_its_pages(path):
    assert texts(repaired(path)) == PAGES


def test_a_lost_page_tree_is_made_again(path):
    assert texts(repaired(damaged(path, b"2 0 obj", b"2 0 xbj"))) == PAGES


def test_a_lost_catalogue_is_made_again(path):
    assert texts(repaired(damaged(path, b"/Pages 2 0 R", b"/Pages 99 0 R"))) == PAGES


def test_pages_of_a_lost_tree_are_in_the_order_of_the_file(path):
    """The second page's object moves to the end of the file, before the table, under the same number."""
    data = path.read_bytes()
    start, end = data.index(b"6 0 obj"), data.index(b"7 0 obj")
    table = data.index(b"xref")
    moved = data[:start] + data[end:table] + data[start:end] + b"trailer << /Size 10 /Root 1 0 R >>\n%%EOF\n"
    path.write_bytes(moved)
    assert texts(repaired(damaged(path, b"/Pages 2 0 R", b"/Pages 99 0 R"))) == [PAGES[0], PAGES[2], PAGES[1]]


def test_a_page_that_cannot_be_copied_is_left_out(path):
    """The last page's content never ends."""
    data = path.read_bytes()
    last = data.rindex(b"endstream")
    path.write_bytes(data[:last] + b"endxtream" + data[last + 9 :])
    damaged(path, b"/Pages 2 0 R", b"/Pages 99 0 R")
    assert texts(repaired(path)) == PAGES[:2]


def test_what_a_page_inherits_is_kept(path):
    """The font and the page's size stand in the tree, of which the catalogue has lost the way."""
    inherited = b"/MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
    data = (
        path.read_bytes()
        .replace(b"/MediaBox [0 0 595 842]", b"")
        .replace(b"/Resources << /Font << /F1 3 0 R >> >>", b"")
    )
    path.write_bytes(data.replace(b"2 0 obj\n<< ", b"2 0 obj\n<< " + inherited))
    copy = repaired(damaged(path, b"/Pages 2 0 R", b"/Pages 99 0 R"))
    assert texts(copy) == PAGES
    with pdfium.PdfDocument(copy) as pdf:
        assert pdf[0].get_size() == (595, 842)


def test_a_download_that_broke_off_keeps_pages_and_compressed_objects(tmp_path):
    """The guide's pages are in an object stream; the last 3 % of the file hold only the table of objects."""
    whole = GUIDE / "recueil-2-securite-economique.pdf"
    data = whole.read_bytes()
    path = tmp_path / "a.pdf"
    path.write_bytes(data[: int(len(data) * 0.97)])
    with pytest.raises(pdfium.PdfiumError):
        texts(path)
    assert texts(repaired(path)) == texts(whole)


@pytest.mark.parametrize("share", [0.95, 0.8, 0.6])
def test_a_file_cut_short_keeps_its_whole_pages(path, share):
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    kept = path.read_bytes().count(b"endstream")
    assert texts(repaired(path))[:kept] == PAGES[:kept]
    assert kept >= 1


def test_a_false_table_of_objects_is_read_past(path):
    data = path.read_bytes()
    table = data.index(b"xref")
    path.write_bytes(data[:table] + data[table:].replace(b"00000", b"77777"))
    assert texts(repaired(path)) == PAGES


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"%PDF-1.4\n%%EOF", b"bonjour", b"%PDF-1.4\n" + b"[" * 5000])
def test_nothing_comes_of_nothing(tmp_path, data):
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    assert repaired(path) is None


def test_a_missing_file_gives_nothing(tmp_path):
    assert repaired(tmp_path / "a.pdf") is None


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_password_opens_the_copy_for_good(path, algorithm):
    edited(path, lambda writer: writer.encrypt("sésame", algorithm=algorithm))
    assert repaired(path) is None
    assert repaired(path, "faux") is None
    assert texts(repaired(path, "sésame")) == PAGES


def test_links_do_not_drag_other_pages_into_the_copy(path):
    """A copy of one page that links to the others would hold them too."""
    link = b"<< /Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /Dest [6 0 R /Fit] >>]"
    path.write_bytes(path.read_bytes().replace(b"<< /Type /Page ", link + b" /Type /Page ", 1))
    copy = repaired(path)
    assert texts(copy) == PAGES
    assert copy.count(b"Une alerte") <= 1


def test_hostile_files_raise_nothing_and_their_copies_open():
    if not HOSTILE:
        pytest.skip(f"{SHARED} is absent: the hostile PDFs are kept beside the project")
    copies = {path.stem: copy for path in HOSTILE if (copy := repaired(path)) is not None}
    assert [name for name, copy in copies.items() if not texts(copy)] == []


def test_a_manual_cut_short_gives_two_pages():
    """poppler and pdfium find no page: its page tree lay in the part that is missing."""
    path = SHARED / "hostile" / "sample-files__unreadablemetadata.pdf"
    if not path.is_file():
        pytest.skip(f"{path} is absent: the hostile PDFs are kept beside the project")
    with pytest.raises(pdfium.PdfiumError):
        texts(path)
    pages = texts(repaired(path))
    assert len(pages) == 2
    assert "Wirewound" in pages[0]
