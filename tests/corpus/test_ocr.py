"""Recognition of pages that are only images, against the text of the pages they were made from."""

import re
import shutil
from collections import Counter
from itertools import pairwise

import pypdfium2 as pdfium
import pytest
from pypdf.generic import RectangleObject

from corpus.errors import UnreadablePdf
from corpus.ocr import OcrUnavailable, OcrWord, check_tesseract, mean_confidence, recognise
from tests.corpus.makers import GUIDE, edited
from tests.support import write_pdf

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None,
    reason="Tesseract is absent: sudo apt-get install tesseract-ocr tesseract-ocr-fra",
)
PAGE = 4  # 471 words over the whole width, among them a list
SOURCE = GUIDE / "recueil-2-securite-economique.pdf"


def tokens(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def scan(path, source=SOURCE, page=PAGE, dpi=200):
    """A PDF whose only page is the image of a page."""
    with pdfium.PdfDocument(source) as pdf:
        pdf[page].render(scale=dpi / 72).to_pil().save(path, "PDF", resolution=dpi)
    return path


def recognised(path, **options) -> list[OcrWord]:
    with pdfium.PdfDocument(path) as pdf:
        return recognise(pdf[0], **options)


def printed_words() -> dict[str, tuple[float, float, float, float]]:
    """Words of the source page, with the boxes of those that stand there once, by two of pdfium's own calls."""
    with pdfium.PdfDocument(SOURCE) as pdf:
        text_page = pdf[PAGE].get_textpage()
        text = text_page.get_text_range()
        counts, boxes = Counter(re.findall(r"\w+", text)), {}
        for match in re.finditer(r"(?<![\w'’-])\w{6,}(?=[ ,.;])", text):
            corners = [text_page.get_charbox(i) for i in range(match.start(), match.end())]
            if counts[match[0]] == 1:
                lefts, bottoms, rights, tops = zip(*corners, strict=True)
                boxes[match[0]] = (min(lefts), min(bottoms), max(rights), max(tops))
        return boxes


def shared(a, b) -> float:
    """Area of the intersection of two boxes over that of their union."""
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    both = max(width, 0) * max(height, 0)
    return both / (sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in (a, b)) - both)


@pytest.fixture(scope="module")
def words(tmp_path_factory) -> list[OcrWord]:
    return recognised(scan(tmp_path_factory.mktemp("scan") / "a.pdf"))


@needs_tesseract
def test_the_words_of_the_page_come_back(words):
    """99.8 % where this was written, at 200 dpi."""
    with pdfium.PdfDocument(SOURCE) as pdf:
        expected = tokens(re.sub("[\ufffe\x02]", "", pdf[PAGE].get_textpage().get_text_range()))
    found = tokens(" ".join(word.text for word in words))
    assert (expected & found).total() / expected.total() >= 0.98
    assert (found - expected).total() <= 0.02 * expected.total()


@needs_tesseract
def test_elided_words_are_kept_whatever_their_confidence(words):
    assert {"d'animation"} <= {word.text.replace("’", "'") for word in words}
    assert min(word.confidence for word in words) < 0.3


@needs_tesseract
def test_bullets_are_not_letters(words):
    assert "•" in {word.text for word in words}
    assert "e" not in {word.text for word in words}


@needs_tesseract
def test_lines_are_in_reading_order_and_hold_words_side_by_side(words):
    assert [word.line for word in words] == sorted(word.line for word in words)
    for before, after in pairwise(words):
        if before.line == after.line:
            assert before.box[0] < after.box[0]
            assert before.block == after.block


@needs_tesseract
def test_boxes_lie_where_the_words_are_printed(words):
    printed = printed_words()
    found = {word.text.strip(".,;"): word.box for word in words}
    both = sorted(printed.keys() & found.keys())
    assert len(both) >= 10
    assert {text: (found[text], printed[text]) for text in both if shared(found[text], printed[text]) < 0.5} == {}


@needs_tesseract
@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_turned_page_has_its_boxes_before_rotation(tmp_path, angle):
    """A big word, turned by /Rotate one way and by its drawing the other, so that it is seen upright."""
    matrices = {90: "0 1 -1 0 300 100", 180: "-1 0 0 -1 400 300", 270: "0 -1 1 0 300 600"}
    path = write_pdf(tmp_path / "a.pdf", ["x"])
    content = f"BT /F1 36 Tf {matrices[angle]} Tm (Exportateur) Tj ET".encode()

    def turn(writer) -> None:
        writer.pages[0]["/Contents"].get_object().set_data(content)
        writer.pages[0].rotate(angle)

    (word,) = recognised(edited(path, turn), dpi=150)
    assert word.text == "Exportateur"
    with pdfium.PdfDocument(path) as pdf:
        text_page = pdf[0].get_textpage()
        boxes = [text_page.get_charbox(i) for i in range(text_page.count_chars())]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    assert shared(word.box, (min(lefts), min(bottoms), max(rights), max(tops))) > 0.9


@needs_tesseract
def test_boxes_start_at_the_corner_of_the_visible_page(tmp_path):
    """Drawn at (200, 400); the visible page starts at (50, 300)."""
    path = write_pdf(tmp_path / "a.pdf", [[(200, 400, 36, "Exportateur")]])

    def crop(writer) -> None:
        writer.pages[0].cropbox.lower_left = (50, 300)

    (word,) = recognised(edited(path, crop), dpi=150)
    assert word.box[:2] == pytest.approx((150, 100), abs=12)


@needs_tesseract
def test_an_empty_page_has_no_words(tmp_path):
    assert recognised(write_pdf(tmp_path / "a.pdf", [""]), dpi=72) == []


@needs_tesseract
def test_a_huge_page_is_rendered_smaller(tmp_path, monkeypatch):
    """14,400 points are 3.6 thousand million pixels at 300 dpi."""
    path = write_pdf(tmp_path / "a.pdf", [[(1000, 7000, 2000, "Export")]])
    edited(path, lambda writer: setattr(writer.pages[0], "mediabox", RectangleObject((0, 0, 14400, 14400))))
    monkeypatch.setattr("corpus.ocr._MOST_PIXELS", 1_000_000)
    (word,) = recognised(path)
    assert word.text == "Export"
    assert word.box[:2] == pytest.approx((1000, 7000), abs=600)


@needs_tesseract
def test_an_expired_recognition_is_a_verdict(tmp_path):
    with pytest.raises(UnreadablePdf) as caught:
        recognised(scan(tmp_path / "a.pdf"), timeout=0.01)
    assert caught.value.code == "timeout"


@needs_tesseract
def test_the_installed_languages_suffice():
    check_tesseract("fra")


@needs_tesseract
@pytest.mark.parametrize(
    "use", [lambda path: check_tesseract("fra+tlh"), lambda path: recognised(path, languages="tlh")]
)
def test_a_missing_language_is_named(tmp_path, use):
    with pytest.raises(OcrUnavailable, match=r"« tlh ».*sudo apt-get install tesseract-ocr .*tesseract-ocr-tlh"):
        use(write_pdf(tmp_path / "a.pdf", ["Export"]))


@pytest.mark.parametrize("use", [lambda path: check_tesseract(), recognised])
def test_a_missing_program_says_how_to_install_it(tmp_path, monkeypatch, use):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(OcrUnavailable, match="sudo apt-get install tesseract-ocr tesseract-ocr-fra"):
        use(write_pdf(tmp_path / "a.pdf", ["Export"]))


def test_confidence_is_the_mean_of_the_words():
    """(0.5 + 1) / 2"""
    box = (0.0, 0.0, 1.0, 1.0)
    assert mean_confidence([OcrWord("a", box, 0.5, 0, 1), OcrWord("b", box, 1.0, 0, 1)]) == 0.75
    assert mean_confidence([]) == 0
