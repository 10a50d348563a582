"""The words of pages that are only images, written under them: what the reader then makes of the copy.

Words are given by the tests where only their place matters; Tesseract runs on two pages.
"""

import io
import json
import re
import shutil

import pypdfium2 as pdfium
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, RectangleObject

from corpus.errors import UnreadablePdf
from corpus.lines import read_page
from corpus.ocr import OcrWord
from corpus.ocr_layer import with_text_layer
from tests.corpus.makers import GUIDE, edited, letters, paragraph, read, set_paragraphs
from tests.support import A4, write_pdf

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None,
    reason="Tesseract is absent: sudo apt-get install tesseract-ocr tesseract-ocr-fra",
)
SOURCE = GUIDE / "recueil-2-securite-economique.pdf"
SENTENCE = "Le pôle veille sur ses marchés et partage ce qu’il apprend."


def scans(path, pages, dpi=72):
    """A PDF of images: of a page of the guide, from 0, or white for None."""
    white = Image.new("RGB", A4, "white")
    with pdfium.PdfDocument(SOURCE) as pdf:
        images = [white if page is None else pdf[page].render(scale=dpi / 72).to_pil() for page in pages]
    images[0].save(path, "PDF", resolution=dpi, save_all=True, append_images=images[1:])
    return path


def set_words(text: str, *, x=72.0, y=700.0, size=10.0, line=0) -> list[OcrWord]:
    """Words in a row, half as wide as high a letter, with the boxes of their ink: low letters are low."""
    words = []
    for token in text.split():
        width = len(token) * size / 2
        top = 0.53 if re.fullmatch("[acemnorsuvwxzgpqy]+", token) else 0.72
        bottom = -0.21 if re.search("[gjpqy,]", token) else 0.0
        words.append(OcrWord(token, (x, y + bottom * size, x + width, y + top * size), 0.9, line, 1))
        x += width + size / 4
    return words


@pytest.fixture
def recognising(monkeypatch):
    """Make `recognise` give these words, page after page, in place of Tesseract."""

    def give(*pages) -> list:
        left, seen = list(pages), []

        def recognise(page, languages):
            seen.append(languages)
            return left.pop(0)

        monkeypatch.setattr("corpus.ocr_layer.recognise", recognise)
        return seen

    return give


def layered(path):
    """Put the copy in the file's place, and give the confidences."""
    data, confidences = with_text_layer(path)
    path.write_bytes(data)
    return confidences


def boxes(path, page=0) -> dict[str, tuple[float, ...]]:
    """Loose box of each word, in the page's own space."""
    with pdfium.PdfDocument(path) as pdf:
        text_page = pdf[page].get_textpage()
        text = text_page.get_text_range()
        found = {}
        for match in re.finditer(r"\S+", text):
            corners = [text_page.get_charbox(i, loose=True) for i in range(match.start(), match.end())]
            lefts, bottoms, rights, tops = zip(*corners, strict=True)
            found[match[0]] = (min(lefts), min(bottoms), max(rights), max(tops))
        return found


def sentences(passage) -> set[str]:
    return {letters(passage.text[start:end]) for start, end in passage.sentences}


def picture(path, page=0) -> bytes:
    with pdfium.PdfDocument(path) as pdf:
        return pdf[page].render().to_pil().tobytes()


@pytest.fixture(scope="module")
def recognised(tmp_path_factory):
    """Two pages of the guide as images between two pages of text, recognised: the file and its confidences."""
    folder = tmp_path_factory.mktemp("scan")
    writer = PdfWriter()
    writer.append(set_paragraphs(folder / "a.pdf", [paragraph("a", 40)]), import_outline=False)
    writer.append(set_paragraphs(folder / "b.pdf", [paragraph("b", 40)]), import_outline=False)
    writer.merge(1, scans(folder / "scans.pdf", [4, 5], dpi=200), import_outline=False)
    path = folder / "a.pdf"
    writer.write(path)
    steps = []
    data, confidences = with_text_layer(path, on_page=lambda done, total: steps.append((done, total)))
    path.write_bytes(data)
    return path, confidences, steps


@needs_tesseract
class TestRecognised:
    def test_the_scanned_pages_alone_have_a_confidence(self, recognised):
        _, confidences, steps = recognised
        assert sorted(confidences) == [2, 3]
        assert all(0.85 < value < 1 for value in confidences.values())
        assert steps == [(1, 2), (2, 2)]

    def test_the_reader_sees_scans_with_their_confidence(self, recognised):
        path, confidences, _ = recognised
        document = read(path)
        assert document.unreadable_pages == document.hidden_pages == ()
        assert [page.is_scan for page in document.pages] == [False, True, True, False]
        assert {number: page.ocr for number, page in enumerate(document.pages, 1) if page.ocr} == confidences

    def test_passages_know_whether_they_were_recognised(self, recognised):
        path, confidences, _ = recognised
        passages = {passage.pages: passage.ocr for passage in read(path).passages}
        assert passages[1, 1] is passages[4, 4] is None
        assert passages[2, 2] == confidences[2]

    def test_most_sentences_are_those_of_the_guide(self, recognised):
        """39 of 47 where this was written; the others run over the pages' edges, or have a letter wrong."""
        path, *_ = recognised
        expected = {s for p in read(SOURCE).passages if p.pages[0] in {5, 6} for s in sentences(p)}
        found = {s for p in read(path).passages for s in sentences(p)}
        assert len(expected & found) >= 0.75 * len(expected)


def test_nothing_is_seen_of_the_layer(tmp_path, recognising):
    path = scans(tmp_path / "a.pdf", [4])
    before = picture(path)
    recognising(set_words(SENTENCE))
    layered(path)
    assert picture(path) == before


def test_words_come_back_as_one_line_on_their_boxes(tmp_path, recognising):
    path = scans(tmp_path / "a.pdf", [None])
    words = set_words(SENTENCE)
    recognising(words)
    layered(path)
    (passage,) = read(path).passages
    assert (passage.text, passage.sentences) == (SENTENCE, ((0, len(SENTENCE)),))
    found = boxes(path)
    for word in words:
        x0, _, x1, _ = word.box
        assert (found[word.text][0], found[word.text][2]) == pytest.approx((x0, x1), abs=0.5), word.text


def test_all_the_words_of_a_line_have_its_size(tmp_path, recognising):
    """« qu’on » alone would be set in 9.3 points and « ne » in 5.3, by the heights of their boxes."""
    path = scans(tmp_path / "a.pdf", [None])
    recognising(set_words("Il ne suffit pas de savoir ce qu’on cherche."))
    layered(path)
    assert {round(y1 - y0, 1) for _, y0, _, y1 in boxes(path).values()} == {
        round(boxes(path)["Il"][3] - boxes(path)["Il"][1], 1)
    }


def test_a_tilted_line_is_one_line(tmp_path, recognising):
    """One degree, 0.0175 of the width: the last word is 7 points under the first, in type of 10."""
    path = scans(tmp_path / "a.pdf", [None])
    flat = set_words(f"{SENTENCE} Il alerte ses membres chaque mois.")
    drops = [-0.0175 * (word.box[0] - 72) for word in flat]
    recognising(
        [
            OcrWord(w.text, (w.box[0], w.box[1] + d, w.box[2], w.box[3] + d), 0.9, 0, 1)
            for w, d in zip(flat, drops, strict=True)
        ]
    )
    layered(path)
    with pdfium.PdfDocument(path) as pdf:
        assert len(read_page(pdf[0], 1).lines) == 1


def test_a_word_cut_at_the_end_of_a_line_is_whole_again(tmp_path, recognising):
    path = scans(tmp_path / "a.pdf", [None])
    recognising(
        set_words("Le pôle veille sur les expor-") + set_words("tations de ses membres chaque mois.", y=686, line=1)
    )
    layered(path)
    assert read(path).passages[0].text == "Le pôle veille sur les exportations de ses membres chaque mois."


def test_characters_that_the_font_lacks_are_question_marks(tmp_path, recognising):
    path = scans(tmp_path / "a.pdf", [None])
    recognising(set_words("L’œuvre coûte 5 € (ﬁn) → 特許 \\ des membres."))
    layered(path)
    assert read(path).passages[0].text == "L’œuvre coûte 5 € (fin) ? ?? \\ des membres."


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_a_turned_page_is_read_upright(tmp_path, recognising, angle):
    """Boxes before /Rotate: a line seen along the top runs along another edge of the page itself."""
    path = edited(scans(tmp_path / "a.pdf", [None]), lambda writer: writer.pages[0].rotate(angle))
    width, height = A4

    def on_page(word):
        x0, y0, x1, y1 = word.box
        box = {
            0: word.box, 90: (width - y1, x0, width - y0, x1), 180: (width - x1, height - y1, width - x0, height - y0),
            270: (y0, height - x1, y1, height - x0),
        }[angle]  # fmt: skip
        return OcrWord(word.text, box, word.confidence, word.line, word.block)

    lines = ["Le pôle veille.", "Il alerte ses membres."]
    words = [on_page(word) for n, line in enumerate(lines) for word in set_words(line, y=500 - 20 * n, line=n)]
    recognising(words)
    layered(path)
    assert " ".join(p.text for p in read(path).passages).split() == " ".join(lines).split()
    found = boxes(path)["membres."]
    (expected,) = [word.box for word in words if word.text == "membres."]
    assert found[0] < (expected[0] + expected[2]) / 2 < found[2]
    assert found[1] < (expected[1] + expected[3]) / 2 < found[3]


def test_boxes_count_from_the_corner_of_the_visible_page(tmp_path, recognising):
    """At (72, 600) of a page seen from (50, 30)."""
    path = scans(tmp_path / "a.pdf", [None])
    edited(path, lambda writer: setattr(writer.pages[0], "cropbox", RectangleObject((50, 30, 595, 842))))
    recognising(set_words(SENTENCE, y=600))
    layered(path)
    assert boxes(path)["Le"][0] == pytest.approx(72 + 50, abs=0.5)
    assert boxes(path)["Le"][1] == pytest.approx(600 + 30, abs=3)


def test_what_the_page_draws_does_not_move_the_words(tmp_path, recognising):
    """A page whose content ends in a doubled space, never restored."""
    path = scans(tmp_path / "a.pdf", [None])

    def double(writer) -> None:
        content = writer.pages[0]["/Contents"].get_object()
        content.set_data(content.get_data() + b"\nq 2 0 0 2 0 0 cm\n")

    recognising(set_words(SENTENCE))
    layered(edited(path, double))
    assert boxes(path)["Le"][0] == pytest.approx(72, abs=0.5)


def test_shared_and_inherited_resources_keep_the_images(tmp_path, recognising):
    """Both pages take their resources from the node above them."""
    path = scans(tmp_path / "a.pdf", [4, 4])

    def share(writer) -> None:
        parent = writer.pages[0]["/Parent"]
        parent[NameObject("/Resources")] = writer.pages[0]["/Resources"]
        for page in writer.pages:
            page[NameObject("/Contents")] = writer.pages[0].raw_get("/Contents")
            del page["/Resources"]

    edited(path, share)
    before = [picture(path, page) for page in (0, 1)]
    recognising(set_words(SENTENCE), [])
    assert sorted(layered(path)) == [1]
    assert [picture(path, page) for page in (0, 1)] == before
    assert "VigieOcr" not in str(PdfReader(path).pages[1]["/Resources"].get_object())


def test_outline_labels_and_title_are_kept(tmp_path, recognising):
    path = scans(tmp_path / "a.pdf", [None, None])

    def furnish(writer) -> None:
        writer.add_outline_item(title="Alerter", page_number=1)
        writer.set_page_label(0, 1, style="/r", start=4)
        writer.add_metadata({"/Title": "Le guide"})

    edited(path, furnish)
    recognising(set_words(SENTENCE), [])
    layered(path)
    copy = PdfReader(path)
    assert [item.title for item in copy.outline] == ["Alerter"]
    assert copy.page_labels == ["iv", "v"]
    assert copy.metadata.title == "Le guide"
    assert json.loads(copy.metadata["/VigieOcr"]) == {"1": 0.9}


def test_pages_with_text_or_without_image_are_not_recognised(tmp_path, recognising):
    path = write_pdf(tmp_path / "a.pdf", [SENTENCE, ""])
    recognising()
    assert with_text_layer(path) == (path.read_bytes(), {})


def test_a_file_where_nothing_is_recognised_is_left_as_it_is(tmp_path, recognising):
    path = scans(tmp_path / "a.pdf", [None])
    recognising([])
    assert with_text_layer(path) == (path.read_bytes(), {})


def stamped(path, text="Envoyé en préfecture le 12/03/2024"):
    """A page of text, and two white scans, the second with a typed stamp at its top."""
    writer = PdfWriter()
    writer.append(write_pdf(path, [SENTENCE]))
    writer.append(scans(path.with_name("scans.pdf"), [None, None]))
    stamp = write_pdf(path.with_name("stamp.pdf"), [[(380, 825, 8, text)]])
    writer.pages[2].merge_page(PdfReader(stamp).pages[0])
    writer.write(path)
    return path


def test_a_scanned_page_with_a_typed_stamp_is_named_as_one_without(tmp_path):
    document = read(stamped(tmp_path / "a.pdf"))
    assert document.unreadable_pages == (2, 3)
    assert [passage.text for passage in document.passages] == [SENTENCE]


def test_a_scanned_page_with_a_typed_stamp_is_recognised(tmp_path, recognising):
    path = stamped(tmp_path / "a.pdf")
    recognising(set_words("Le bureau vote le budget de l’année."), set_words(f"{SENTENCE} Il rend compte."))
    assert sorted(layered(path)) == [2, 3]
    document = read(path)
    assert document.unreadable_pages == document.hidden_pages == ()
    assert "Il rend compte." in " ".join(passage.text for passage in document.passages)


def test_a_small_image_alone_is_no_scanned_page(tmp_path, recognising):
    """A logo of a tenth of the page: text under it would stay hidden from the reader."""
    path = scans(tmp_path / "a.pdf", [None])
    edited(path, lambda writer: setattr(writer.pages[0], "mediabox", RectangleObject((0, 0, 2000, 2500))))
    recognising()
    assert with_text_layer(path)[1] == {}


def test_a_page_recognised_once_is_not_recognised_again(tmp_path, recognising):
    path = scans(tmp_path / "a.pdf", [None])
    recognising(set_words(SENTENCE))
    layered(path)
    assert with_text_layer(path) == (path.read_bytes(), {})


def test_words_without_width_are_left_out(tmp_path, recognising):
    path = scans(tmp_path / "a.pdf", [None])
    recognising([OcrWord("|", (50, 50, 50, 90), 0.9, 0, 1)])
    assert with_text_layer(path)[1] == {}


def test_a_damaged_file_is_mended_first(tmp_path, recognising):
    path = scans(tmp_path / "a.pdf", [None])
    path.write_bytes(path.read_bytes().replace(b"/Pages", b"/Pxges", 1))
    recognising(set_words(SENTENCE))
    layered(path)
    assert read(path).passages[0].text == SENTENCE


def test_a_file_that_is_no_pdf_is_damaged(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"bonjour")
    with pytest.raises(UnreadablePdf):
        with_text_layer(path)


def test_languages_reach_tesseract(tmp_path, recognising):
    seen = recognising([])
    with_text_layer(scans(tmp_path / "a.pdf", [None]), languages="fra+eng")
    assert seen == ["fra+eng"]


def test_the_copy_opens_in_another_reader(tmp_path, recognising):
    path = scans(tmp_path / "a.pdf", [None])
    recognising(set_words(SENTENCE))
    data, _ = with_text_layer(path)
    assert PdfReader(io.BytesIO(data)).pages[0].extract_text().split() == SENTENCE.split()
