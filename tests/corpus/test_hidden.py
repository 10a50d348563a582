"""What no reader sees is not read, but counted; what merely looks hidden (white on dark, an OCR layer) is read."""

import pypdfium2 as pdfium
import pytest
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

from corpus.lines import PageText, read_page
from tests.corpus.makers import edited
from tests.support import write_pdf

SEEN = "BT /F1 11 Tf 60 700 Td (Le bureau vote.) Tj ET"  # 13 visible characters
SECRET = "(Ignore ce qui suit.) Tj ET"  # 16 visible characters


def page_of(path, content: str, *, image: bool = False) -> PageText:
    """A page drawn by a content stream; `image` gives it a grey pixel, /Im0."""
    stream = DecodedStreamObject()
    stream.set_data(content.encode("cp1252"))

    def swap(writer):
        page = writer.pages[0]
        page[NameObject("/Contents")] = writer._add_object(stream)
        if image:
            names = DictionaryObject({NameObject("/Im0"): writer._add_object(grey_pixel())})
            page["/Resources"][NameObject("/XObject")] = names

    with pdfium.PdfDocument(edited(write_pdf(path, [""]), swap)) as pdf:
        return read_page(pdf[0], 1)


def grey_pixel() -> DecodedStreamObject:
    found = DecodedStreamObject()
    found.set_data(b"\x80")
    for key, value in {"/Type": "/XObject", "/Subtype": "/Image", "/ColorSpace": "/DeviceGray"}.items():
        found[NameObject(key)] = NameObject(value)
    for key, number in {"/Width": 1, "/Height": 1, "/BitsPerComponent": 8}.items():
        found[NameObject(key)] = NumberObject(number)
    return found


def lines(page: PageText) -> list[str]:
    return [line.text for line in page.lines]


UNSEEN = {
    "render mode 3": f"BT 3 Tr /F1 11 Tf 60 600 Td {SECRET}",
    "clipping path only": f"q BT 7 Tr /F1 11 Tf 60 600 Td {SECRET} Q",
    "white on white": f"q 1 1 1 rg BT /F1 11 Tf 60 600 Td {SECRET} Q",
    "nearly white": f"q 0.99 0.99 0.99 rg BT /F1 11 Tf 60 600 Td {SECRET} Q",
    "white, no ink at all": f"q 0 0 0 0 k BT /F1 11 Tf 60 600 Td {SECRET} Q",
    "white on a white rectangle": f"q 1 1 1 rg 40 580 300 40 re f BT /F1 11 Tf 60 600 Td {SECRET} Q",
    "white in a dark frame that is not filled": f"q 0.1 g 40 580 300 40 re S 1 g BT /F1 11 Tf 60 600 Td {SECRET} Q",
    "right of the page": f"BT /F1 11 Tf 700 600 Td {SECRET}",
    "left of the page": f"BT /F1 11 Tf -400 600 Td {SECRET}",
    "above the page": f"BT /F1 11 Tf 60 900 Td {SECRET}",
    "below the page": f"BT /F1 11 Tf 60 -50 Td {SECRET}",
    "half a point high": f"BT /F1 0.5 Tf 60 600 Td {SECRET}",
    "scaled to half a point": f"BT /F1 10 Tf 0.05 0 0 0.05 60 600 Tm {SECRET}",
}


@pytest.mark.parametrize("content", UNSEEN.values(), ids=UNSEEN)
def test_text_that_no_reader_sees_is_in_no_line(tmp_path, content):
    assert lines(page_of(tmp_path / "a.pdf", f"{SEEN}\n{content}")) == ["Le bureau vote."]


@pytest.mark.parametrize("content", UNSEEN.values(), ids=UNSEEN)
def test_text_that_no_reader_sees_is_counted_apart(tmp_path, content):
    """« Le bureau vote. » has 13 characters beside its blanks, « Ignore ce qui suit. » has 16."""
    page = page_of(tmp_path / "a.pdf", f"{SEEN}\n{content}")
    assert (page.characters, page.hidden) == (13, 16)


SHOWN = {
    "black": f"BT /F1 11 Tf 60 600 Td {SECRET}",
    "grey": f"q 0.6 g BT /F1 11 Tf 60 600 Td {SECRET} Q",
    "pale yellow": f"q 1 1 0.6 rg BT /F1 11 Tf 60 600 Td {SECRET} Q",
    "white on a dark rectangle": f"q 0.1 0.1 0.4 rg 40 580 300 40 re f 1 1 1 rg BT /F1 11 Tf 60 600 Td {SECRET} Q",
    "white on a dark rectangle with a frame": f"q 0.1 g 40 580 300 40 re B 1 g BT /F1 11 Tf 60 600 Td {SECRET} Q",
    "white outlined in black": f"q 1 g 0 G BT 1 Tr /F1 11 Tf 60 600 Td {SECRET} Q",
    "six points high": f"BT /F1 6 Tf 60 600 Td {SECRET}",
    "one unit scaled to eleven points": f"BT /F1 1 Tf 11 0 0 11 60 600 Tm {SECRET}",
    "at the edge of the page": f"BT /F1 11 Tf 470 600 Td {SECRET}",
}


@pytest.mark.parametrize("content", SHOWN.values(), ids=SHOWN)
def test_text_that_readers_see_is_read(tmp_path, content):
    page = page_of(tmp_path / "a.pdf", f"{SEEN}\n{content}")
    assert (lines(page), page.hidden) == (["Le bureau vote.", "Ignore ce qui suit."], 0)


BOXES = {
    "media box upside down": {"/MediaBox": (0, 842, 595, 0)},
    "media box from the right": {"/MediaBox": (595, 842, 0, 0)},
    "crop box upside down": {"/CropBox": (0, 842, 595, 0)},
    "empty crop box": {"/CropBox": (0, 0, 0, 0)},
    "crop box larger than the page": {"/CropBox": (-50, -50, 700, 900)},
}


@pytest.mark.parametrize("boxes", BOXES.values(), ids=BOXES)
def test_a_page_box_written_oddly_shows_what_viewers_show(tmp_path, boxes):
    """Any two opposite corners make a box, and a page is never larger than its media box (ISO 32000-1, 7.9.5, 14.11.2).

    The first letter is drawn at 60 points from the left.
    """
    path = write_pdf(tmp_path / "a.pdf", [[(60, 700, 11, "Le bureau vote.")]])

    def box(writer):
        for name, corners in boxes.items():
            writer.pages[0][NameObject(name)] = ArrayObject(NumberObject(corner) for corner in corners)

    with pdfium.PdfDocument(edited(path, box)) as pdf:
        page = read_page(pdf[0], 1)
    assert (lines(page), page.hidden, page.width, page.height) == (["Le bureau vote."], 0, 595, 842)
    assert page.lines[0].x0 == pytest.approx(60, abs=1)


def test_white_text_beside_a_dark_rectangle_is_hidden(tmp_path):
    content = f"q 0.1 g 40 100 300 40 re f 1 g BT /F1 11 Tf 60 600 Td {SECRET} Q"
    assert page_of(tmp_path / "a.pdf", f"{SEEN}\n{content}").hidden == 16


def test_white_text_over_an_image_is_read(tmp_path):
    content = f"q 300 0 0 40 40 580 cm /Im0 Do Q q 1 g BT /F1 11 Tf 60 600 Td {SECRET} Q"
    assert "Ignore ce qui suit." in lines(page_of(tmp_path / "a.pdf", f"{SEEN}\n{content}", image=True))


def test_a_page_of_seen_text_has_none_hidden_and_is_no_scan(tmp_path):
    page = page_of(tmp_path / "a.pdf", SEEN)
    assert (page.hidden, page.is_scan) == (0, False)


OCR = "BT 3 Tr /F1 11 Tf 60 700 Td (Le bureau vote.) Tj ET"


def image(width: float, height: float) -> str:
    return f"q {width} 0 0 {height} 0 0 cm /Im0 Do Q"


def test_an_ocr_layer_over_the_image_of_the_page_is_read(tmp_path):
    page = page_of(tmp_path / "a.pdf", f"{image(595, 842)}\n{OCR}", image=True)
    assert (lines(page), page.characters, page.hidden) == (["Le bureau vote."], 13, 0)


def test_an_ocr_layer_makes_the_page_a_scan(tmp_path):
    assert page_of(tmp_path / "a.pdf", f"{image(595, 842)}\n{OCR}", image=True).is_scan


def test_an_image_over_seen_text_makes_no_scan(tmp_path):
    assert not page_of(tmp_path / "a.pdf", f"{image(595, 842)}\n{SEEN}", image=True).is_scan


@pytest.mark.parametrize(("width", "height"), [(595, 400), (100, 842)])
def test_invisible_text_over_a_smaller_image_is_hidden(tmp_path, width, height):
    """595 × 400 and 100 × 842 are 48 % and 17 % of the page, under the half that a scan covers."""
    page = page_of(tmp_path / "a.pdf", f"{image(width, height)}\n{OCR}", image=True)
    assert (lines(page), page.hidden, page.is_scan) == ([], 13, False)


STRIPS = "\n".join(f"q 595 0 0 105.25 0 {105.25 * strip} cm /Im0 Do Q" for strip in range(8))
STAMP = "BT /F1 8 Tf 380 825 Td (Reçu en préfecture le 12/03/2024) Tj ET"  # 28 visible characters


def test_an_ocr_layer_over_an_image_in_strips_is_read(tmp_path):
    page = page_of(tmp_path / "a.pdf", f"{STRIPS}\n{OCR}", image=True)
    assert (lines(page), page.is_scan) == (["Le bureau vote."], True)


def test_what_of_an_image_lies_outside_the_page_covers_nothing(tmp_path):
    """595 × 400 of it are on the page, 48 %."""
    content = f"q 1595 0 0 1400 -1000 -1000 cm /Im0 Do Q\n{OCR}"
    assert page_of(tmp_path / "a.pdf", content, image=True).hidden == 13


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (f"{image(595, 842)}\n{STAMP}", True),
        (f"{STRIPS}\n{STAMP}", True),
        (image(595, 842), True),
        (f"{image(595, 842)}\nBT /F1 14 Tf 57 782 Td (1 Stratégie) Tj ET", False),
        (STAMP, False),
        (f"{image(595, 400)}\n{STAMP}", False),
        (f"{image(595, 842)}\n{STAMP}\n{SEEN}", False),
        (f"{image(595, 842)}\n{OCR}", False),
        (f"{image(595, 842)}\n{' '.join(STAMP.replace('825', str(825 - 10 * k)) for k in range(8))}", False),
    ],
    ids=["stamp", "stamp on strips", "nothing", "a title", "no image", "half a page", "text", "OCR", "224 characters"],
)
def test_an_image_with_a_stamp_at_its_edge_is_only_an_image(tmp_path, content, expected):
    assert page_of(tmp_path / "a.pdf", content, image=True).is_image == expected


def test_an_ocr_layer_is_read_with_the_stamp_on_it(tmp_path):
    """26 invisible characters and 11 of a stamp: 70 %, under the 90 % asked for beside any other text."""
    stamp = "BT /F1 8 Tf 380 825 Td (Reçu le 12/03) Tj ET"  # 11 visible characters
    page = page_of(tmp_path / "a.pdf", f"{image(595, 842)}\n{OCR} {OCR.replace('700', '600')}\n{stamp}", image=True)
    assert (lines(page), page.is_scan) == (["Le bureau vote.", "Le bureau vote.", "Reçu le 12/03"], True)


def test_invisible_text_beside_seen_text_over_an_image_is_hidden(tmp_path):
    """13 seen characters and 16 invisible ones: 55 % invisible, under the 90 % of an OCR layer."""
    content = f"{image(595, 842)}\n{SEEN}\nBT 3 Tr /F1 11 Tf 60 600 Td {SECRET}"
    page = page_of(tmp_path / "a.pdf", content, image=True)
    assert (lines(page), page.hidden) == (["Le bureau vote."], 16)


def test_a_hyphen_in_a_line_of_letters_is_not_too_low_to_read(tmp_path):
    """The ink of a hyphen of 8 points is under 1 point high: its text object is what is measured."""
    assert lines(page_of(tmp_path / "a.pdf", "BT /F1 8 Tf 60 700 Td (avant-projet) Tj ET")) == ["avant-projet"]


@pytest.mark.parametrize("shift", [0, 0.3, 0.8])
def test_text_drawn_twice_to_look_bold_reads_once(tmp_path, shift):
    """0.12 of the 11 points of a character is 1.3, over the shift."""
    again = f"BT /F1 11 Tf {60 + shift} 700 Td (Le bureau vote.) Tj ET"
    assert lines(page_of(tmp_path / "a.pdf", f"{SEEN}\n{again}")) == ["Le bureau vote."]


@pytest.mark.parametrize(("right", "up"), [(0.4, 0), (0, 0.4), (0, 1.4)])
def test_each_letter_drawn_twice_in_turn_reads_once(tmp_path, right, up):
    """Letters 0.556 × 11 = 6.1 wide in Helvetica, 6.1 apart; 0.12 of the 13 points of a character's box is 1.5."""
    drawn = "\n".join(
        f"BT /F1 11 Tf {60 + 6.1 * i + x} {700 + y} Td ({letter}) Tj ET"
        for i, letter in enumerate("abonde")
        for x, y in ((0, 0), (right, up))
    )
    assert lines(page_of(tmp_path / "a.pdf", drawn)) == ["abonde"]


def test_double_letters_of_one_word_stay_double(tmp_path):
    assert lines(page_of(tmp_path / "a.pdf", "BT /F1 11 Tf 60 700 Td (ill 11 ffff) Tj ET")) == ["ill 11 ffff"]


def test_double_letters_drawn_apart_stay_double(tmp_path):
    """« l » is 0.222 × 11 = 2.4 wide in Helvetica: the second stands 2.4 further."""
    content = "BT /F1 11 Tf 60 700 Td (e) Tj (l) Tj (l) Tj (e) Tj ET"
    assert lines(page_of(tmp_path / "a.pdf", content)) == ["elle"]
