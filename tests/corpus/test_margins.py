"""What stands in the margins: running titles that change with the chapter go, the titles of slides stay."""

import pytest

from corpus.furniture import without_furniture
from corpus.margins import in_margin, running_titles
from tests.corpus.makers import column, line, page_of

CHAPTERS = ["Veille et anticipation", "Sécurité économique", "Influence", "Sensibilisation", "Gouvernance"]
TEXT = ["Le pôle désigne un référent et lui confie une mission", "que le bureau vote chaque année."]
HEAD, FOOT = 800, 30  # of pages that are 842 points high


def pages(*margins, text=TEXT):
    """A page for each group of lines in its margins, with text of its own between them."""
    return [
        page_of(n, [*lines, *column([f"{'abcdefghijk'[n]} {said}" for said in text], page=n, top=600)])
        for n, lines in enumerate(margins, 1)
    ]


def one_a_page(texts, y: float = HEAD, size: float = 11):
    """One line in the margin of each page, at one height."""
    return pages(*([line(text, page=n, y=y, size=size)] for n, text in enumerate(texts, 1)))


def gone(of) -> list[str]:
    """The texts of the lines that are taken for furniture."""
    kept = {id(item) for lines in without_furniture(of) for item in lines}
    return [item.text for page in of for item in page.lines if id(item) not in kept]


@pytest.mark.parametrize("y", [HEAD, FOOT], ids=["head", "foot"])
def test_running_titles_that_change_by_chapter_go(y):
    assert gone(one_a_page(CHAPTERS, y)) == CHAPTERS


@pytest.mark.parametrize("size", [8, 11])
def test_a_running_title_is_no_larger_than_the_text(size):
    assert gone(one_a_page(CHAPTERS, size=size)) == CHAPTERS


@pytest.mark.parametrize("size", [12, 24])
def test_the_titles_of_slides_stay(size):
    """All at one height, apart from the text, but in larger type."""
    assert gone(one_a_page(CHAPTERS, size=size)) == []


def test_titles_on_two_pages_are_no_running_titles():
    assert gone(one_a_page(CHAPTERS[:2])) == []


def test_titles_on_some_pages_only_are_no_running_titles():
    """On 3 of 6 pages: half, under the 0.6 asked for."""
    margins = [[line(CHAPTERS[n // 2], page=n, y=HEAD)] if n % 2 else [] for n in range(1, 7)]
    assert gone(pages(*margins)) == []


def test_the_first_page_may_go_without_its_running_title():
    """On 4 of 5 pages: 0.8, over the 0.6 asked for."""
    margins = [[line(text, page=n, y=HEAD)] for n, text in enumerate(CHAPTERS[1:], 2)]
    assert gone(pages([], *margins)) == CHAPTERS[1:]


def test_titles_at_various_heights_are_no_running_titles():
    margins = [[line(text, page=n, y=HEAD - 9 * n)] for n, text in enumerate(CHAPTERS, 1)]
    assert gone(pages(*margins)) == []


def test_a_title_close_to_its_text_is_the_text_s():
    """The next line's top is 800 - 14 + 11 = 797, 3 points under it: a line of the text."""
    of = [
        page_of(n, column([text, *[f"{said} {text}" for said in TEXT]], page=n, top=HEAD))
        for n, text in enumerate(CHAPTERS, 1)
    ]
    assert gone(of) == []


def test_a_page_whose_only_line_is_text_keeps_it():
    *others, last = one_a_page(CHAPTERS)
    alone = page_of(last.number, last.lines[:1])
    assert alone.lines[0].text not in gone([*others, alone])


def test_pages_of_one_line_each_keep_them():
    assert gone([page_of(n, [line(text, page=n, y=HEAD)]) for n, text in enumerate(CHAPTERS, 1)]) == []


def test_pages_without_lines_have_no_running_title():
    assert running_titles([page_of(n, []) for n in range(1, 6)]) == set()


def test_a_page_number_takes_the_title_beside_it_along():
    margins = [[line(CHAPTERS[n], page=n + 1, y=FOOT), line(f"{n + 1}", page=n + 1, x=500, y=FOOT)] for n in range(2)]
    assert gone(pages(*margins)) == [CHAPTERS[0], "1", CHAPTERS[1], "2"]


def test_a_page_number_takes_no_line_of_another_row_along():
    """Above the page number, the text's short last line, at another height on each page."""
    margins = [
        [line(f"{letter} vote.", page=n, y=FOOT + 40 + 7 * n), line(f"{n}", page=n, x=500, y=FOOT)]
        for n, letter in enumerate("abcde", 1)
    ]
    assert gone(pages(*margins)) == ["1", "2", "3", "4", "5"]


def test_a_number_that_text_stands_further_out_than_takes_nothing_along():
    """A cell « 2 » beside « Lille », over the last line of the page: not the edge's row."""
    margins = [
        [line("Lille", page=n, y=90), line(f"{n}", page=n, x=300, y=90), line(f"{letter} vote.", page=n, y=30 + 7 * n)]
        for n, letter in enumerate("abc", 1)
    ]
    assert not [text for text in gone(pages(*margins)) if text.endswith("vote.")]


@pytest.mark.parametrize(
    ("middle", "expected"),
    [(0.95, True), (0.89, True), (0.85, True), (0.82, False), (0.5, False), (0.15, True), (0.05, True)],
)
def test_a_margin_is_wider_for_a_line_set_apart(middle, expected):
    """12 % of the page's height, 17 % where the line is apart from the text, which stands in its middle."""
    lone = line("Veille", y=842 * middle - 5.5)
    assert in_margin(lone, page_of(1, [lone, line("Texte", y=421)])) is expected


@pytest.mark.parametrize(("middle", "expected"), [(0.89, True), (0.85, False), (0.15, False), (0.11, True)])
def test_a_margin_is_narrower_for_a_line_of_the_text(middle, expected):
    """The lines above and under it are 14 points away."""
    y = 842 * middle - 5.5
    item = line("Veille", y=y)
    assert in_margin(item, page_of(1, [line("Avant", y=y + 14), item, line("Après", y=y - 14)])) is expected
