"""A page as an image: the highlight covers the quote's characters, and nothing else."""

import io

import pypdfium2 as pdfium
import pytest
from PIL import Image
from pypdf.generic import ArrayObject, FloatObject, NameObject

from corpus import Passage, page_text, quote_boxes, render_page
from corpus.page_image import LONGEST_SIDE, MOST_PIXELS, _scale
from tests.corpus.makers import GUIDE, drawing, edited, letters, letters_by_page, read
from tests.support import write_pdf

LINES = "Le pôle désigne un référent.\nIl veille sur les marchés et\nil alerte les adhérents.\nLe bureau relit le plan."


def extracted(path, page, boxes) -> str:
    """Letters that pdfium finds in the middle third of each box, where neighbouring lines do not reach."""
    with pdfium.PdfDocument(path) as pdf:
        text_page = pdf[page - 1].get_textpage()
        return letters(
            "".join(
                text_page.get_text_bounded(x0 + 0.5, y0 + (y1 - y0) / 3, x1 - 0.5, y1 - (y1 - y0) / 3)
                for x0, y0, x1, y1 in boxes
            )
        )


def raw_of(path, quote, page=1) -> range:
    """Raw characters of a quote that the page's raw text holds as it is."""
    start = page_text(path, page).index(quote)
    return range(start, start + len(quote))


def image_of(path, raw=(), page=1, width=900) -> Image.Image:
    return Image.open(io.BytesIO(render_page(path, page, raw, width))).convert("RGB")


def yellow(image) -> list[tuple[int, int]]:
    """Pixels of the highlight, over white: much red, little blue."""
    data = image.load()
    spots = ((x, y) for x in range(image.width) for y in range(image.height))
    return [(x, y) for x, y in spots if data[x, y][0] > 230 and data[x, y][2] < 60]


def dark(image) -> list[tuple[int, int]]:
    data = image.load()
    spots = ((x, y) for x in range(image.width) for y in range(image.height))
    return [(x, y) for x, y in spots if max(data[x, y]) < 100]


def frame(pixels) -> tuple[int, int, int, int]:
    xs, ys = [x for x, _ in pixels], [y for _, y in pixels]
    return min(xs), min(ys), max(xs), max(ys)


@pytest.fixture
def path(tmp_path):
    return write_pdf(tmp_path / "a.pdf", [LINES])


@pytest.mark.parametrize(
    ("quote", "lines"),
    [("référent", 1), ("Il veille sur les marchés et\r\nil alerte les adhérents.", 2), ("L", 1), ("bureau relit", 1)],
)
def test_there_is_one_box_for_each_line_of_the_quote(path, quote, lines):
    assert len(quote_boxes(path, 1, raw_of(path, quote))) == lines


@pytest.mark.parametrize("quote", ["référent", "Il veille sur les marchés et\r\nil alerte", "bureau relit le plan."])
def test_the_boxes_hold_the_quote_and_no_more(path, quote):
    assert extracted(path, 1, quote_boxes(path, 1, raw_of(path, quote))) == letters(quote)


def test_a_ligature_does_not_cut_its_line_in_two(tmp_path):
    """Its letters share one box, that of the glyph: the second begins where the first does, not where it ends."""
    path = drawing(write_pdf(tmp_path / "a.pdf", ["un suWrage clair"]), {"W": "\ufb00"})
    assert len(quote_boxes(path, 1, raw_of(path, "suffrage"))) == 1


def test_the_order_of_the_characters_does_not_matter(path):
    raw = raw_of(path, "veille sur les")
    assert quote_boxes(path, 1, reversed(raw)) == quote_boxes(path, 1, raw)


def test_no_character_has_no_box(path):
    assert quote_boxes(path, 1, []) == []


def test_the_same_words_in_two_columns_have_two_boxes(tmp_path):
    """A band across the gutter would also highlight what the quote does not say."""
    path = write_pdf(tmp_path / "a.pdf", [[(60, 700, 11, "à gauche"), (400, 700, 11, "à droite")]])
    raw = [*raw_of(path, "gauche"), *raw_of(path, "droite")]
    assert len(quote_boxes(path, 1, raw)) == 2


@pytest.mark.parametrize("chapter", sorted(GUIDE.glob("*.pdf")), ids=lambda p: p.stem)
def test_the_boxes_of_the_shipped_guide_s_sentences_hold_their_letters(chapter):
    """The first sentence of every fifth passage, page by page."""
    lost = []
    for index, passage in enumerate(read(chapter).passages[::5]):
        whole = Passage(passage.text, passage.section, passage.sentences, passage.spans, str(index), "p", ())
        raw_characters = whole.raw_characters(*passage.sentences[0])
        for page, spelt in letters_by_page(passage, *passage.sentences[0]).items():
            found = extracted(chapter, page, quote_boxes(chapter, page, raw_characters[page]))
            if found != spelt:
                lost.append((page, spelt, found))
    assert lost == []


def test_a_page_without_a_quote_has_no_highlight(path):
    assert yellow(image_of(path)) == []


def test_a_quote_is_highlighted(path):
    assert len(yellow(image_of(path, raw_of(path, "référent")))) > 100


def test_the_text_under_the_highlight_stays_readable(path):
    """Multiplied, not painted over: as many dark pixels with the highlight as without, to one in ten."""
    plain, marked = dark(image_of(path)), dark(image_of(path, raw_of(path, "Le pôle désigne un référent.")))
    assert len(marked) == pytest.approx(len(plain), rel=0.1)


@pytest.mark.parametrize("width", [300, 900, 1400])
def test_the_image_has_the_width_asked_and_the_page_s_shape(path, width):
    image = image_of(path, width=width)
    assert image.width == width
    assert image.height == pytest.approx(width * 842 / 595, abs=2)


def sized(width, height):
    return lambda writer: writer.pages[0].update(
        {NameObject("/MediaBox"): ArrayObject(FloatObject(value) for value in (0, 0, width, height))}
    )


@pytest.mark.parametrize(("width", "height"), [(1, 842), (100, 14400), (612, 14400), (0.01, 14400), (14400, 0.01)])
@pytest.mark.parametrize("wanted", [1000, 1600])
def test_a_page_of_almost_no_width_costs_no_more_than_any_other(tmp_path, monkeypatch, width, height, wanted):
    """At the width asked, a page of 1 × 842 points would be 1000 × 842 000 pixels: gigabytes."""
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", None)
    path = edited(write_pdf(tmp_path / "a.pdf", [LINES]), sized(width, height))
    image = image_of(path, width=wanted)
    assert image.width * image.height <= MOST_PIXELS + image.width + image.height  # sides are rounded up
    assert max(image.size) <= LONGEST_SIDE + 1


@pytest.mark.parametrize("wanted", [900, 1000, 1600])
@pytest.mark.parametrize(("width", "height"), [(595, 842), (842, 595), (612, 1008), (420, 1190), (2384, 3370)])
def test_an_ordinary_page_is_drawn_at_the_width_asked_whatever_its_format(width, height, wanted):
    assert _scale(width, height, wanted) == wanted / width


def turn(angle):
    return lambda writer: writer.pages[0].rotate(angle)


def crop(writer):
    writer.pages[0][NameObject("/CropBox")] = ArrayObject(FloatObject(value) for value in (30, 500, 500, 800))


@pytest.mark.parametrize(
    "change",
    [turn(0), turn(90), turn(180), turn(270), crop, lambda w: (crop(w), turn(90)(w))],
    ids=["upright", "90", "180", "270", "cropped", "cropped and 90"],
)
def test_the_highlight_covers_the_line_s_ink_however_the_page_is_turned(tmp_path, change):
    """The page's only ink is the quote, so the highlight's frame must hold all dark pixels, closely."""
    path = edited(write_pdf(tmp_path / "a.pdf", [[(80, 700, 20, "Le pôle veille")]]), change)
    x0, y0, x1, y1 = frame(dark(image_of(path)))
    a0, b0, a1, b1 = frame(yellow(image_of(path, raw_of(path, "Le pôle veille"))))
    assert a0 <= x0 + 2 and b0 <= y0 + 2 and a1 >= x1 - 2 and b1 >= y1 - 2
    assert (a1 - a0) * (b1 - b0) < 3 * (x1 - x0 + 8) * (y1 - y0 + 8)


def test_pages_count_from_one(tmp_path):
    path = write_pdf(tmp_path / "a.pdf", ["Première page.", "Seconde page."])
    assert (page_text(path, 1), page_text(path, 2)) == ("Première page.", "Seconde page.")
