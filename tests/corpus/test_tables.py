"""Tables: told from columns by the order in which cells are drawn, read row by row, their heads in each passage."""

from dataclasses import replace

import pytest

from corpus import CorpusSettings
from corpus.reading import read_blocks, read_document
from corpus.tables import with_cells
from tests.corpus.makers import LIMITS, column, line
from tests.support import write_pdf

HEADS = ["Pôle", "Ville", "Référent"]
ROWS = [["Nord", "Lille", "Salariée du pôle"], ["Ouest", "Brest", "Membre du bureau"], ["Sud", "Nice", "Président"]]
XS = (60, 200, 340)
PROSE = ["Le pôle désigne un référent", "parmi ses salariés et lui", "confie une mission écrite", "que le bureau vote."]


def pieces(rows, *, xs=XS, top=700.0, pitch=20.0, size=11.0):
    """Cells drawn row by row; a cell's own lines are 13 points apart."""
    return [
        (float(x), top - pitch * r - 13 * k, size, text)
        for r, row in enumerate(rows)
        for x, cell in zip(xs, row, strict=True)
        for k, text in enumerate(cell.split("\n"))
    ]


def drawn(rows, **how) -> list:
    """The same cells as lines."""
    return [line(text, x=x, y=y, size=size) for x, y, size, text in pieces(rows, **how)]


def cells(lines) -> dict[str, tuple[int, int, int] | None]:
    return {item.text: item.cell for item in with_cells(lines)}


def row_texts(tmp_path, *pages) -> list[str]:
    path = write_pdf(tmp_path / "a.pdf", pages)
    return [block.text for block in read_blocks(path, LIMITS) if block.kind == "row"]


def test_rows_drawn_one_after_the_other_are_a_table():
    assert cells(drawn([["a", "b"], ["c", "d"]], xs=(60, 200))) == {
        "a": (1, 1, 1), "b": (1, 1, 2), "c": (1, 2, 1), "d": (1, 2, 2),
    }  # fmt: skip


def test_a_single_row_is_no_table():
    assert set(cells(drawn([HEADS])).values()) == {None}


def test_the_lines_of_one_cell_share_it():
    found = cells(drawn([["Nord", "Lille", "Salariée\ndu pôle"], ["Sud", "Nice", "Bureau"]], pitch=40))
    assert found["Salariée"] == found["du pôle"] == (1, 1, 3)


def test_an_empty_cell_leaves_the_columns_after_it_where_they_are():
    lines = [item for item in drawn([HEADS, *ROWS]) if item.text != "Brest"]
    assert cells(lines)["Membre du bureau"] == (1, 3, 3)


def test_two_tables_of_a_page_are_numbered():
    lines = [*drawn([HEADS, *ROWS]), *column(PROSE, top=560), *drawn([["a", "b", "c"], ["d", "e", "f"]], top=400)]
    found = cells(lines)
    assert (found["Pôle"], found["f"]) == ((1, 1, 1), (2, 2, 3))


def test_text_above_and_below_a_table_is_not_in_it():
    lines = [*column(PROSE[:2], top=760), *drawn([HEADS, *ROWS]), *column(PROSE[2:], top=560)]
    assert {text for text, cell in cells(lines).items() if cell is None} == set(PROSE)


def test_two_columns_of_text_are_no_table():
    assert set(cells([*column(PROSE), *column(PROSE, x=320)]).values()) == {None}


def test_cells_as_long_as_a_column_of_text_are_no_table():
    """Each of the four cells has 20 lines of 5 words, 100 in all: over the 90 of a cell."""
    text = "\n".join(["un deux trois quatre cinq"] * 20)
    assert {item.cell for item in with_cells(drawn([[text, text]] * 2, xs=(60, 300), pitch=300))} == {None}


def test_a_heading_over_each_of_two_columns_makes_no_table():
    """Headings of 16 points over text of 11: 16 / 11 = 1.45, over the 1.25 that one cell may mix."""
    side = [line("Veille", y=718, size=16), *column(PROSE[:2])]
    other = [replace(item, x0=item.x0 + 260, x1=item.x1 + 260) for item in side]
    below = [replace(item, y0=item.y0 - 100, y1=item.y1 - 100) for item in (*side, *other)]
    assert {item.cell for item in with_cells([*side, *other, *below])} == {None}


def test_every_line_is_kept_in_its_order():
    lines = [*column(PROSE, top=780), *drawn([HEADS, *ROWS]), *column(PROSE, top=500)]
    assert [item.text for item in with_cells(lines)] == [item.text for item in lines]


def test_a_row_is_a_block_with_a_bar_between_its_cells(tmp_path):
    assert row_texts(tmp_path, pieces([HEADS, *ROWS])) == [" | ".join(row) for row in [HEADS, *ROWS]]


def test_a_cell_of_several_lines_is_read_before_the_next_cell(tmp_path):
    rows = [HEADS, ["Nord", "Lille\net Arras", "Salariée\ndu pôle"], ROWS[1]]
    assert row_texts(tmp_path, pieces(rows, pitch=40))[1] == "Nord | Lille et Arras | Salariée du pôle"


def test_a_word_cut_by_a_cell_s_line_end_is_rejoined(tmp_path):
    rows = [HEADS, ["Nord", "Lille", "Recomman-\ndation"], ROWS[1]]
    assert row_texts(tmp_path, pieces(rows, pitch=40))[1] == "Nord | Lille | Recommandation"


def test_two_columns_of_text_in_a_file_give_no_row(tmp_path):
    left = [(60.0, 700.0 - 14 * i, 11.0, text) for i, text in enumerate(PROSE)]
    right = [(x + 260, y, size, text) for x, y, size, text in left]
    assert row_texts(tmp_path, [*left, *right]) == []


@pytest.mark.parametrize("marks", ["••••", ["1.", "2.", "3.", "4."], "––––"], ids=["bullets", "numbers", "dashes"])
def test_a_list_whose_marks_stand_far_from_their_text_is_no_table(tmp_path, marks):
    """25 points from mark to text is over twice the 11 of a line's size."""
    drawn_list = pieces([[mark, text] for mark, text in zip(marks, PROSE, strict=True)], xs=(60, 90))
    assert [block.kind for block in read_blocks(write_pdf(tmp_path / "a.pdf", [drawn_list]), LIMITS)] == ["item"] * 4


def test_a_line_that_runs_into_the_next_cell_is_cut_at_the_column_s_edge(tmp_path):
    """Ten digits of 10 points in Helvetica are 10 × 5.56 wide: from 140 to 195.6, 4.4 before the third column."""
    rows = [["Nord", "Lille", "oui"], ["Sud", "1234567890", "non"]]
    assert row_texts(tmp_path, pieces(rows, xs=(60, 140, 200), size=10.0))[1] == "Sud | 1234567890 | non"


def test_a_blank_elsewhere_than_at_a_column_s_edge_cuts_nothing():
    wide = replace(line("Arras Lens", x=200, y=680), gaps=((6, 228.0, 233.0),))
    lines = [*drawn([HEADS]), line("Nord", y=680), wide, line("oui", x=340, y=680)]
    assert cells(lines)["Arras Lens"] == (1, 2, 2)


@pytest.mark.parametrize(("width", "cut"), [(4.0, False), (5.5, True)])
def test_a_word_of_text_that_begins_at_a_column_by_chance_begins_no_cell(width, cut):
    """The other blanks are 4 points wide: one of 4 is a space like them, one of 5.5 is over 1.25 times as wide."""
    others = ((3, 75.0, 79.0), (10, 115.0, 119.0), (17, 150.0, 154.0), (20, 170.0, 174.0))
    gaps = (*others, (23, XS[1] - width, float(XS[1])))
    text = replace(line("Un bureau études de la filière", y=660), x1=280.0, gaps=gaps)
    found = cells([*drawn([HEADS, ROWS[0]]), text])
    assert ("Un bureau études de la filière" in found) != cut


@pytest.mark.parametrize(
    ("first", "is_head"),
    [
        (HEADS, True),
        (["Pôle", "Ville", "Visites en 2015"], False),
        (["Pôle", "Ville", "Le référent est salarié."], False),
        (["Pôle", "Ville", "Nom du référent et de son remplaçant"], False),
    ],
    ids=["labels", "a figure", "a sentence", "seven words"],
)
def test_a_first_row_of_short_labels_is_the_heads(tmp_path, first, is_head):
    path = write_pdf(tmp_path / "a.pdf", [pieces([first, *ROWS])])
    assert [block.is_head for block in read_blocks(path, LIMITS)] == [is_head, False, False, False]


def test_two_labels_are_no_heads(tmp_path):
    """A table of two columns is as often a list of pairs, whose first row is one of them."""
    path = write_pdf(tmp_path / "a.pdf", [pieces([row[:2] for row in [HEADS, *ROWS]], xs=XS[:2])])
    assert not any(block.is_head for block in read_blocks(path, LIMITS))


class TestPassages:
    """A table of 12 rows of 8 words under heads of 3, in passages of 30 words: bars are counted as words, too."""

    rows = tuple([f"Pôle {letter}", f"Ville {letter}", f"salarié {letter} du pôle"] for letter in "abcdefghijkl")
    settings = CorpusSettings(passage_words=30, short_block_words=12)

    def passages(self, tmp_path, *pages):
        return read_document(write_pdf(tmp_path / "a.pdf", pages), self.settings).passages

    def table(self, tmp_path):
        return self.passages(tmp_path, pieces([HEADS, *self.rows]))

    def test_the_rows_are_in_the_passages_in_order(self, tmp_path):
        head = " | ".join(HEADS)
        read = [text for passage in self.table(tmp_path) for text in passage.text.split("\n") if text != head]
        assert read == [" | ".join(row) for row in self.rows]

    def test_a_short_table_is_one_passage(self, tmp_path):
        expected = "\n".join(" | ".join(row) for row in [HEADS, *self.rows[:2]])
        assert [p.text for p in self.passages(tmp_path, pieces([HEADS, *self.rows[:2]]))] == [expected]

    def test_the_heads_are_repeated_in_each_passage(self, tmp_path):
        passages = self.table(tmp_path)
        assert len(passages) > 3
        assert all(passage.text.startswith(" | ".join(HEADS) + "\n") for passage in passages)

    def test_the_heads_are_no_sentence_to_quote(self, tmp_path):
        quotable = [p.text[start:end] for p in self.table(tmp_path) for start, end in p.sentences]
        assert quotable == [" | ".join(row) for row in self.rows]

    def test_repeated_heads_stand_nowhere_on_the_page(self, tmp_path):
        _, second, *_ = self.table(tmp_path)
        assert min(span.start for span in second.spans) == len(" | ".join(HEADS) + "\n")

    def test_a_table_without_heads_repeats_none(self, tmp_path):
        rows = [[f"Pôle {n}", f"Ville {n}", f"salarié {n} du pôle"] for n in range(12)]
        assert [t for p in self.passages(tmp_path, pieces(rows)) for t in p.text.split("\n")] == [
            " | ".join(row) for row in rows
        ]

    def test_text_around_a_table_is_in_other_passages(self, tmp_path):
        before = [(60.0, 740.0, 11.0, "Le bureau vote chaque année la liste suivante des référents de pôle.")]
        first, second = self.passages(tmp_path, [*before, *pieces([HEADS, *self.rows[:2]])])
        assert (" | " in first.text, " | " in second.text) == (False, True)

    def test_a_sentence_that_ends_in_a_colon_is_in_the_passage_of_the_table_it_introduces(self, tmp_path):
        before = [(60.0, 740.0, 11.0, "Les référents :")]
        (passage,) = self.passages(tmp_path, [*before, *pieces([HEADS, *self.rows[:1]])])
        assert passage.text.split("\n")[:2] == ["Les référents :", " | ".join(HEADS)]


def test_heads_printed_again_on_the_next_page_are_dropped(tmp_path):
    assert row_texts(tmp_path, pieces([HEADS, *ROWS]), pieces([HEADS, *ROWS[::-1]])) == [
        " | ".join(row) for row in [HEADS, *ROWS, *ROWS[::-1]]
    ]


def test_rows_under_heads_printed_again_belong_to_the_same_table(tmp_path):
    path = write_pdf(tmp_path / "a.pdf", [pieces([HEADS, *ROWS]), pieces([HEADS, *ROWS[::-1]])])
    assert {block.table[:2] for block in read_blocks(path, LIMITS)} == {(1, 1)}


def test_other_heads_on_the_next_page_begin_another_table(tmp_path):
    others = ["Fiche", "Thème", "Auteur"]
    path = write_pdf(tmp_path / "a.pdf", [pieces([HEADS, *ROWS]), pieces([others, *ROWS])])
    assert [block.text for block in read_blocks(path, LIMITS) if block.is_head] == [
        " | ".join(HEADS),
        " | ".join(others),
    ]


def test_the_same_heads_after_other_text_are_those_of_a_new_table(tmp_path):
    text = [(60.0, 760.0, 11.0, "Le bureau vote chaque année la liste suivante des référents.")]
    found = row_texts(tmp_path, pieces([HEADS, *ROWS]), [*text, *pieces([HEADS, *ROWS])])
    assert found.count(" | ".join(HEADS)) == 2


def test_a_row_longer_than_a_passage_keeps_its_heads(tmp_path):
    """Alone, the heads would be a passage that says nothing."""
    long = "Salariée du pôle qui veille\n" + "\n".join("et alerte tous les membres" for _ in range(4))
    path = write_pdf(tmp_path / "a.pdf", [pieces([HEADS, ["Nord", "Lille", long]], pitch=90.0)])
    (passage,) = read_document(path, CorpusSettings(passage_words=20)).passages
    assert passage.text.splitlines()[0] == " | ".join(HEADS)
    assert len(passage.sentences) == 1


def two_line_head(*, bold: bool, pitch: float = 12.0) -> list:
    """A caption, a head whose first cell has two lines and whose second stands beside the last of them, a row."""
    return [
        line("Table : quatre situations et quatre conduites à tenir", x=60, y=700, size=11),
        replace(line("Poids dans la", x=60, y=680, size=11), bold=bold),
        replace(line("décision", x=60, y=680 - pitch, size=11), bold=bold),
        replace(line("Position connue", x=200, y=680 - pitch, size=11), bold=bold),
        *drawn([["Fort", "Favorable"], ["Faible", "Hostile"]], xs=(60, 200), top=640),
    ]


def test_a_head_of_two_lines_set_at_the_foot_of_its_row_keeps_both():
    found = cells(two_line_head(bold=True))
    assert found["Poids dans la"] == found["décision"] == (1, 1, 1)
    assert found["Position connue"] == (1, 1, 2)
    assert found["Table : quatre situations et quatre conduites à tenir"] is None


@pytest.mark.parametrize("how", [{"bold": False}, {"bold": True, "pitch": 19.0}], ids=["not bold", "apart"])
def test_what_stands_above_a_table_is_not_taken_for_the_first_line_of_its_head(how):
    found = cells(two_line_head(**how))
    assert found["Poids dans la"] is None
    assert found["décision"] == (1, 1, 1)


@pytest.mark.parametrize("caption", ["Tableau 3 – acteurs", "Les acteurs :"])
def test_a_bold_caption_close_to_the_head_is_not_of_it(caption):
    lines = [replace(one, text=caption) if one.text == "Poids dans la" else one for one in two_line_head(bold=True)]
    assert cells(lines)[caption] is None
