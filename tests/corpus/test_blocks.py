"""Lines into blocks: what a reader would call one paragraph, one item, one heading, one footnote."""

import pytest

from corpus.block import NOWHERE, place_of
from corpus.blocks import build_blocks
from tests.corpus.makers import column, line, whole
from tests.support import write_pdf

# 50 characters a line, so that only a paragraph's last line is short.
FULL = [
    "Le pôle désigne un référent parmi tous ses salarié",
    "et lui confie une mission écrite que le bureau vot",
    "puis relit une fois par an avec les adhérents invi",
]
LAST = "avant de conclure."


def blocks(*pages, levels=None) -> list[tuple[str, str]]:
    return [(b.kind, b.text) for b in build_blocks(pages, levels or {})]


def test_the_lines_of_a_paragraph_are_one_block():
    assert blocks(column([*FULL, LAST])) == [("paragraph", " ".join([*FULL, LAST]))]


def test_a_wider_gap_begins_a_paragraph():
    """Usual pitch 14; the gap of 28 is twice that, over the 1.5 allowed."""
    lines = column([*FULL, LAST]) + column([*FULL, LAST], top=700 - 5 * 14)
    assert len(blocks(lines)) == 2


def test_a_short_last_line_ends_a_paragraph_without_a_gap():
    assert len(blocks(column([*FULL, LAST, *FULL, LAST]))) == 2


def test_an_indent_begins_a_paragraph_after_a_full_last_line():
    full_stop = FULL[2][:-1] + "."
    first = column([*FULL[:2], full_stop])
    second = [line(FULL[0][3:], x=60 + 3 * 5.5, y=700 - 3 * 14), *column(FULL[1:], top=700 - 4 * 14)]
    assert [kind for kind, _ in blocks(first + second)] == ["paragraph", "paragraph"]


@pytest.mark.parametrize("mark", ["•", "–", "-", "▪", "1.", "1)", "a)", "□", "➔"])
def test_a_bullet_begins_an_item(mark):
    assert blocks(column([f"{mark} Veiller sur", f"{mark} Alerter les"])) == [
        ("item", f"{mark} Veiller sur"),
        ("item", f"{mark} Alerter les"),
    ]


def test_an_item_goes_on_in_its_hanging_indent():
    lines = [line("• " + FULL[0], y=700), line(FULL[1], x=71, y=686), line(LAST, x=71, y=672)]
    assert [kind for kind, _ in blocks(lines)] == ["item"]


def test_a_heading_is_its_own_block():
    title, *body = column(["Sécurité économique", *FULL])
    assert [kind for kind, _ in blocks([title, *body], levels={id(title): 1})] == ["heading", "paragraph"]


def test_the_lines_of_a_wrapped_heading_are_one_block():
    lines = column(["Protéger les informations", "des projets communs", *FULL])
    levels = {id(lines[0]): 0, id(lines[1]): 0}
    assert blocks(lines, levels=levels)[0] == ("heading", "Protéger les informations des projets communs")


def test_headings_of_two_levels_are_two_blocks():
    lines = column(["Sécurité", "Les visiteurs", *FULL])
    assert [kind for kind, _ in blocks(lines, levels={id(lines[0]): 0, id(lines[1]): 1})][:2] == ["heading"] * 2


@pytest.mark.parametrize(
    ("before", "start"),
    [(1, "et le bureau vote."), (3, "et le bureau vote."), (2, "Bercy et le bureau votent."), (3, "Bercy vote aussi.")],
)
def test_a_paragraph_runs_over_the_page(before, start):
    first = column(FULL[:before], top=100)
    second = column([start], page=2)
    assert blocks(first, second) == [("paragraph", " ".join([*FULL[:before], start]))]


def test_a_label_at_the_foot_of_a_page_does_not_swallow_the_next_one():
    assert len(blocks(column([*FULL, LAST, "Indicateurs"], top=156), column(FULL, page=2))) == 3


def test_a_finished_paragraph_does_not_run_over_the_page():
    assert len(blocks(column([*FULL, LAST], top=100), column(FULL, page=2))) == 2


def test_a_word_cut_by_the_page_is_rejoined():
    first, second = column([*FULL[:2], "et partage les infor-"], top=100), column(["mations utiles."], page=2)
    assert blocks(first, second)[0][1].endswith("les informations utiles.")


def test_footnotes_do_not_enter_the_sentence_that_runs_over_the_page():
    body = column(FULL, top=200)
    notes = [line("¹ Code de commerce, article L. 151-1.", y=60, size=8)]
    assert blocks(body + notes, column(["et rend compte."], page=2)) == [
        ("paragraph", " ".join([*FULL, "et rend compte."])),
        ("footnote", "¹ Code de commerce, article L. 151-1."),
    ]


def test_each_footnote_is_a_block():
    notes = [line("¹ Code de commerce.", y=70, size=8), line("² Code civil.", y=60, size=8)]
    built = blocks(column(FULL, top=200) + notes)
    assert [text for kind, text in built if kind == "footnote"] == ["¹ Code de commerce.", "² Code civil."]


def test_a_footnote_keeps_its_second_line():
    notes = [line("¹ Code de commerce, livre premier,", y=70, size=8), line("titre cinq.", y=60, size=8)]
    assert ("footnote", "¹ Code de commerce, livre premier, titre cinq.") in blocks(column(FULL, top=200) + notes)


def test_small_print_without_a_number_is_no_footnote():
    caption = [line("Source : enquête du pôle.", y=60, size=8)]
    assert "footnote" not in [kind for kind, _ in blocks(column(FULL, top=200) + caption)]


def test_every_character_keeps_its_page_and_raw_index():
    built = build_blocks([column(FULL[:2], top=100), column(["et rend compte."], page=2)], {})
    origins = [(c, o) for b in built for c, o in zip(b.text, b.origins, strict=True) if o != NOWHERE]
    sources = {1: FULL[:2], 2: ["et rend compte."]}
    assert all(
        c in {text[raw] for text in sources[page] if raw < len(text)} for c, o in origins for page, raw in [place_of(o)]
    )
    assert len(origins) == sum(map(len, FULL[:2])) + len("et rend compte.")


def test_a_dropped_hyphen_has_no_origin_left():
    built = build_blocks([column([*FULL[:1], "et partage les infor-", "mations utiles."])], {})[0]
    assert len(built.text) == len(built.origins)
    assert "informations" in built.text


def test_no_line_makes_no_block():
    assert blocks([], []) == []


def test_a_note_call_and_its_footnote_in_a_file(tmp_path):
    """The sentence runs from page 1 to page 2 around the note that stands between them."""
    body = [
        (60.0, 200.0, 11.0, "Le pôle désigne un référent parmi ses salariés et lui confie"),
        (60.0, 186.0, 11.0, "une mission écrite, que le bureau vote"),
        (249.0, 190.5, 6.0, "1"),
        (254.0, 186.0, 11.0, "et que le conseil relit"),
    ]
    note = [(60.0, 103.0, 5.0, "1"), (64.0, 100.0, 8.0, "Statuts du pôle, article 12.")]
    path = write_pdf(tmp_path / "a.pdf", [[*body, *note], [(60.0, 700.0, 11.0, "une fois par an avec les adhérents.")]])
    text = whole(path)
    assert "que le bureau vote¹ et que le conseil relit une fois par an avec les adhérents." in text
    assert "Statuts du pôle, article 12." in text
