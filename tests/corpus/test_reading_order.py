"""Reading order: columns one after the other, table rows whole, bands from top to bottom."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.reading_order import ordered
from tests.corpus.makers import column, line, properties, whole
from tests.support import write_pdf

LEFT = [f"Gauche {i} dit une chose" for i in range(6)]
RIGHT = [f"Droite {i} dit autre chose" for i in range(6)]


def read(lines) -> list[str]:
    return [item.text for item in ordered(lines)]


def test_two_columns_drawn_in_turn_are_read_in_turn():
    assert read(column(LEFT, x=60) + column(RIGHT, x=320)) == LEFT + RIGHT


def test_the_right_column_drawn_first_is_read_last():
    assert read(column(RIGHT, x=320) + column(LEFT, x=60)) == LEFT + RIGHT


def test_a_title_across_both_columns_comes_first_even_drawn_last():
    title = line("Un titre qui court sur toute la largeur de la page, au-dessus des deux colonnes", y=740)
    assert read([*column(LEFT, x=60), *column(RIGHT, x=320), title]) == [title.text, *LEFT, *RIGHT]


def test_a_block_across_the_page_separates_the_columns_above_and_below():
    middle = line("Une phrase qui court sur toute la largeur de la page, entre les deux parties", y=560)
    above = column(LEFT, x=60) + column(RIGHT, x=320)
    below = column(["Bas gauche un", "Bas gauche deux", "Bas gauche trois"], x=60, top=500) + column(
        ["Bas droite un", "Bas droite deux", "Bas droite trois"], x=320, top=500
    )
    assert read([*above, middle, *below]) == [
        *LEFT, *RIGHT, middle.text,
        "Bas gauche un", "Bas gauche deux", "Bas gauche trois", "Bas droite un", "Bas droite deux", "Bas droite trois",
    ]  # fmt: skip


def test_a_short_heading_across_the_columns_separates_them_too():
    """Its ink leaves the gutter white (guide, chapter V, p. 4); that the drawing goes back left below it tells."""
    heading = line("V.3 Piloter", x=60, y=560)
    bottom = [f"Bas gauche {i} dit une chose" for i in range(6)], [f"Bas droite {i} dit autre chose" for i in range(6)]
    above = column(LEFT, x=60) + column(RIGHT, x=320)
    below = column(bottom[0], x=60, top=500) + column(bottom[1], x=320, top=500)
    assert read([*above, heading, *below]) == [*LEFT, *RIGHT, heading.text, *bottom[0], *bottom[1]]


def test_cells_drawn_row_by_row_stay_in_their_rows():
    rows = [cell for pair in zip(column(LEFT, x=60), column(RIGHT, x=320), strict=True) for cell in pair]
    assert read(rows) == [cell.text for cell in rows]


@given(st.permutations(range(5)))
@properties
def test_spaced_lines_come_from_top_to_bottom_whatever_the_drawing_order(order):
    """Pitch 40 for lines of 11: the white between them is well over a fifth of a line."""
    spaced = column(["un", "deux", "trois", "quatre", "cinq"], pitch=40)
    assert read([spaced[i] for i in order]) == ["un", "deux", "trois", "quatre", "cinq"]


def test_two_spaced_lines_drawn_upwards_come_from_top_to_bottom():
    above, below = column(["au-dessus", "au-dessous"], pitch=40)
    assert read([below, above]) == ["au-dessus", "au-dessous"]


@given(st.lists(st.tuples(st.integers(40, 500), st.integers(60, 780), st.integers(1, 30)), max_size=25))
@properties
def test_no_line_is_lost_or_doubled(places):
    lines = [line("m" * width, x=x, y=y) for x, y, width in places]
    assert sorted(map(id, ordered(lines))) == sorted(map(id, lines))


def test_a_sentence_of_a_two_column_page_does_not_cross_the_gutter(tmp_path):
    left = [
        "Le pôle désigne un référent parmi",
        "ses salariés et lui donne du temps,",
        "une lettre de mission et un appui.",
        "Le référent rend compte au bureau.",
    ]
    right = [
        "Le financeur soutient la protection",
        "des projets et demande à être",
        "prévenu de tout changement utile.",
        "Il relit le bilan chaque année.",
    ]
    pieces = [(60.0, 700.0 - 14 * i, 11.0, text) for i, text in enumerate(left)]
    pieces += [(320.0, 700.0 - 14 * i, 11.0, text) for i, text in enumerate(right)]
    read_text = whole(write_pdf(tmp_path / "a.pdf", [pieces]))
    assert "parmi ses salariés et lui donne du temps, une lettre de mission" in read_text
    assert read_text.index("au bureau.") < read_text.index("Le financeur")


def test_a_row_of_a_table_stays_together(tmp_path):
    rows = [("Veille", "Hebdomadaire", "Référent"), ("Alerte", "Immédiate", "Direction"), ("Bilan", "Annuel", "Bureau")]
    pieces = [
        (x, 700.0 - 30 * row, 11.0, cell)
        for row, cells in enumerate(rows)
        for x, cell in zip((60.0, 220.0, 400.0), cells, strict=True)
    ]
    read_text = whole(write_pdf(tmp_path / "a.pdf", [pieces]))
    assert all(" | ".join(cells) in read_text for cells in rows), read_text
