"""Running headers, footers, page numbers and contents pages go; every line of the text stays."""

import time

import pytest
from pypdf.generic import ArrayObject, FloatObject, NameObject

from corpus.furniture import without_contents, without_furniture
from tests.corpus.makers import SHARED, column, edited, line, page_of, whole
from tests.support import write_pdf

TOP, MIDDLE, BOTTOM = 800, 400, 40


def kept(pages) -> list[list[str]]:
    return [[item.text for item in lines] for lines in without_furniture(pages)]


def pages_with(texts, y) -> list[list[str]]:
    """What is left of one line a page, at height `y`."""
    return kept([page_of(n, [line(text, page=n, y=y)]) for n, text in enumerate(texts, 1)])


@pytest.mark.parametrize("y", [TOP, BOTTOM], ids=["header", "footer"])
def test_a_line_repeated_in_a_margin_goes(y):
    assert pages_with(["Recueil de bonnes pratiques"] * 4, y) == [[], [], [], []]


def test_a_footer_with_its_page_number_goes():
    assert pages_with([f"Recueil 2015 – page {n} sur 40" for n in range(7, 11)], BOTTOM) == [[], [], [], []]


def test_a_roman_numbered_header_goes():
    assert pages_with(["Préface iii", "Préface iv", "Préface v"], TOP) == [[], [], []]


@pytest.mark.parametrize("text", ["12", "– 12 –", "Page 12", "12/40", "12 sur 40", "iv", "xii", "Page iv"])
def test_a_page_number_alone_goes(text):
    assert pages_with([text], BOTTOM) == [[]]


@pytest.mark.parametrize("y", [TOP, MIDDLE, BOTTOM])
def test_a_line_that_stands_once_stays(y):
    assert pages_with(["Le pôle veille.", "Il alerte.", "Il protège."], y) == [
        ["Le pôle veille."], ["Il alerte."], ["Il protège."],
    ]  # fmt: skip


def test_a_line_repeated_in_the_text_area_stays():
    assert pages_with(["Étapes"] * 4, MIDDLE) == [["Étapes"]] * 4


def test_two_pages_out_of_many_do_not_make_a_running_header():
    assert pages_with(["Indicateurs", "Indicateurs", "Écueils", "Étapes"], TOP)[0] == ["Indicateurs"]


@pytest.mark.parametrize("text", ["civil.", "2015.", "mil", "vil", "et 2015", "civil"])
def test_the_last_word_of_a_paragraph_that_turned_the_page_stays(text):
    """« …du code » at the bottom of a page, « civil. » alone at the top of the next."""
    pages = [page_of(1, column(["La règle vient du code"])), page_of(2, [line(text, page=2, y=TOP)])]
    assert kept(pages)[1] == [text]


def test_a_heading_that_chance_puts_at_the_top_of_three_pages_stays():
    """A running header stands at one height; recurring headings do not (RGAA 4.1: « Cas particuliers »)."""
    heights = {2: 752, 5: 771, 9: 760}
    pages = [
        page_of(n, [line("Cas particuliers" if n in heights else f"Texte {n}", page=n, y=heights.get(n, MIDDLE))])
        for n in range(1, 11)
    ]
    assert [n for n, lines in enumerate(kept(pages), 1) if "Cas particuliers" in lines] == [2, 5, 9]


def test_numbered_headings_that_do_not_follow_the_page_numbers_stay():
    """« Annexe 1 », « 2 », « 3 » on pages 2, 5 and 9 count annexes, not pages."""
    titles = {2: "Annexe 1", 5: "Annexe 2", 9: "Annexe 3"}
    pages = [
        page_of(n, [line(titles.get(n, f"Texte {'abcdefghij'[n - 1]}"), page=n, y=TOP if n in titles else MIDDLE)])
        for n in range(1, 11)
    ]
    assert [lines[0] for n, lines in enumerate(kept(pages), 1) if n in titles] == list(titles.values())


@pytest.mark.parametrize(("size", "stays"), [(20, True), (12, True), (11, False)])
def test_numbered_headings_of_sheets_of_one_page_stay(size, stays):
    """« Fiche 1 » on page 1, « Fiche 2 » on page 2, over text of 11 points: a footer is in no larger type."""
    heads = [f"Fiche {n}" for n in range(1, 7)]
    pages = [
        page_of(n, [line(head, page=n, y=770, size=size), *column([f"{'abcdefg'[n]} veille."] * 9, page=n)])
        for n, head in enumerate(heads, 1)
    ]
    assert [text for lines in kept(pages) for text in lines if text in heads] == (heads if stays else [])


def test_a_footer_in_large_type_with_its_page_number_goes():
    pages = [page_of(n, [line(f"p. {n}", page=n, y=BOTTOM, size=14), *column(["Texte."] * 9)]) for n in range(1, 7)]
    assert not [text for lines in kept(pages) for text in lines if "p." in text]


def test_a_page_number_in_large_type_goes():
    pages = [page_of(n, [line(f"– {n} –", page=n, y=BOTTOM, size=20), *column(["Texte."] * 9)]) for n in range(1, 7)]
    assert not [text for lines in kept(pages) for text in lines if "–" in text]


def is_contents_page(lines) -> bool:
    return without_contents([lines]) == [[]]


def test_dotted_leaders_make_a_contents_page():
    assert is_contents_page(column([f"Chapitre {n} {'.' * 30} {n}" for n in range(1, 8)]))


def test_a_titled_list_of_page_numbers_is_a_contents_page():
    assert is_contents_page(column(["Sommaire", *[f"Chapitre {'abcdefghij'[n]}  {n + 3}" for n in range(9)]]))


def test_prose_that_ends_its_lines_in_numbers_is_no_contents_page():
    assert not is_contents_page(column([f"Le pôle a compté ses adhérents en {2010 + n}" for n in range(9)]))


def test_a_form_with_dotted_blanks_is_no_contents_page():
    fields = ["Nom", "Prénom", "Adresse", "Commune", "Fait à", "Signature"]
    assert not is_contents_page(column([f"{field} : {'.' * 40}" for field in fields]))


@pytest.mark.parametrize("dots", ["." * 20_000, ". " * 10_000, "…" * 20_000], ids=["dots", "spaced", "ellipses"])
def test_dotted_blanks_are_told_from_entries_at_once(dots):
    """Eight lines of a form; a pattern that tries every length from every dot takes minutes for the first one."""
    begin = time.process_time()
    assert not is_contents_page(column([f"Nom : {dots}"] * 8))
    assert time.process_time() - begin < 2


@pytest.mark.parametrize("leader", [".....", ". . . . . ", "……", " ..... page "])
def test_entries_may_have_dots_of_several_kinds(leader):
    assert is_contents_page(column([f"Chapitre {'abcdefgh'[n]}{leader}{n}  " for n in range(8)]))


def test_a_few_dots_in_prose_make_no_contents_page():
    assert not is_contents_page(column(["Veille, alerte, protection..."] * 8))


def test_text_under_a_short_contents_list_is_read(tmp_path):
    """Whole-page removal would lose, silently, what no other page says."""
    contents = [f"Partie {'abcdef'[n]} {'.' * 40} {n + 2}" for n in range(6)]
    body = ["Ce document explique comment le pôle protège les", "informations de ses adhérents et de ses projets."]
    path = write_pdf(tmp_path / "a.pdf", ["\n".join(["Sommaire", *contents, "", "", *body]), "Partie a\n\nSuite."])
    assert "comment le pôle protège les informations" in whole(path)


def test_contents_pages_are_left_out_of_the_passages(tmp_path):
    contents = "\n".join(["Sommaire", *[f"Partie {'abcdefgh'[n]} {'.' * 40} {n + 2}" for n in range(8)]])
    path = write_pdf(tmp_path / "a.pdf", [contents, "Le pôle veille sur ses marchés et partage ce qu’il apprend."])
    assert whole(path) == "Le pôle veille sur ses marchés et partage ce qu’il apprend."


@pytest.mark.parametrize("box", ["/MediaBox", "/CropBox"])
def test_margins_are_those_of_the_visible_page(tmp_path, box):
    """The page shows 400 to 842: 600 is its middle, 430 its bottom margin."""
    pages = [
        [(60.0, 630.0, 11.0, "Étapes"), (60.0, 600.0, 11.0, f"{name} veille."), (60.0, 430.0, 11.0, "Pied courant")]
        for name in ("Alpha", "Beta", "Gamma", "Delta")
    ]

    def crop(writer):
        for page in writer.pages:
            page[NameObject(box)] = ArrayObject(FloatObject(value) for value in (0, 400, 595, 842))

    text = whole(edited(write_pdf(tmp_path / "a.pdf", pages), crop))
    assert (text.count("Étapes"), text.count("Pied courant")) == (4, 0)


@pytest.mark.parametrize(
    ("name", "text", "times"),
    [
        ("RGAA__v4.1_RGAA-v4.1.pdf", "labelledby est pertinent.", 15),  # the end of an item, thrice near a margin
        ("pdfplumber__2023-06-20-PV.pdf", "2023-0379;", 1),  # its end stands alone at the top of page 2
    ],
)
def test_real_files_keep_body_lines_that_look_like_furniture(name, text, times):
    """Times are those of `pdftotext -raw`, hyphens at line ends rejoined."""
    path = SHARED / "french" / name
    if not path.exists():
        pytest.skip(f"{path} is absent: the real PDFs are kept beside the project")
    assert whole(path).count(text) == times


def test_a_contents_page_goes_on_with_entries_of_several_lines():
    first = column([f"Chapitre {'abcdefgh'[n]} {'.' * 30} {n + 1}" for n in range(8)])
    entries = [
        (f"1.{n} Le service propose-t-il une version", f"adaptée à chaque usage prévu ? {n + 20}") for n in range(9)
    ]
    second = column([line for entry in entries for line in entry])
    assert without_contents([first, second]) == [[], []]


def test_figures_after_a_contents_page_are_read():
    first = column([f"Chapitre {'abcdefgh'[n]} {'.' * 30} {n + 1}" for n in range(8)])
    second = column([line for n in range(9) for line in ("Le pôle compte ses adhérents", f"par an : {90 - 7 * n}")])
    assert without_contents([first, second]) == [[], second]


def test_a_running_header_that_counts_pages_goes_in_larger_type_too():
    heads = [f"Guide de sécurité - page {n}" for n in range(1, 7)]
    pages = [
        page_of(n, [line(head, page=n, y=770, size=12), *column([f"{'abcdefg'[n]} veille."] * 9, page=n)])
        for n, head in enumerate(heads, 1)
    ]
    assert not [text for lines in kept(pages) for text in lines if text in heads]
