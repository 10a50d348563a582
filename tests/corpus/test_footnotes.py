"""Notes: told from the text by their size and the calls of their page, and read after the paragraph that calls them."""

from dataclasses import replace

import pytest

from corpus.block import NOWHERE, origin_of
from corpus.blocks import build_blocks
from corpus.footnotes import note_calls, with_notes_placed, with_raised_number
from corpus.reading import read_blocks
from tests.corpus.makers import LIMITS, block, column, letters, line
from tests.support import write_pdf

# 50 characters a line, so that only a paragraph's last line is short.
FIRST = ["Le pôle désigne un référent parmi tous ses salarié", "et lui confie une mission écrite¹."]
SECOND = ["Le bureau relit cette mission une fois par an puis", "en rend compte aux adhérents²."]
THIRD = ["Chaque visiteur signe un engagement à son arrivée,", "puis rend son badge en partant."]
BODY = 11


def note(text: str, *, page: int = 1, y: float = 60, size: float = 8):
    return line(text, page=page, y=y, size=size)


def read(*pages) -> list[tuple[str, str]]:
    return [(b.kind, b.text) for b in build_blocks(pages, {})]


def texts(*pages) -> list[str]:
    return [text for _, text in read(*pages)]


def paragraphs(*lines, page: int = 1, top: float = 700):
    """Paragraphs of 14 points a line, 28 apart."""
    found, y = [], top
    for some in lines:
        found += column(some, page=page, top=y)
        y -= 14 * len(some) + 14
    return found


def test_a_note_follows_the_paragraph_that_calls_it():
    page = [*paragraphs(FIRST, THIRD), note("¹ Statuts, article 12.")]
    assert texts(page) == [" ".join(FIRST), "¹ Statuts, article 12.", " ".join(THIRD)]


def test_each_note_follows_its_own_call():
    page = [*paragraphs(FIRST, SECOND), note("¹ Statuts.", y=70), note("² Compte rendu.")]
    assert texts(page) == [" ".join(FIRST), "¹ Statuts.", " ".join(SECOND), "² Compte rendu."]


def test_two_notes_of_one_paragraph_keep_their_order():
    called_twice = ["Le pôle¹ désigne un référent parmi ses salariés².", *THIRD]
    page = [*paragraphs(called_twice), note("¹ Statuts.", y=70), note("² Contrats.")]
    assert texts(page)[1:] == ["¹ Statuts.", "² Contrats."]


def test_a_note_follows_a_paragraph_that_runs_over_the_page():
    """The call is on page 1, the note at its foot, the sentence's end on page 2."""
    called = [
        "Le pôle désigne un référent¹ parmi tous ses salari",
        "és et lui confie chaque année une mission que bure",
    ]
    first = [*paragraphs(called, top=120), note("¹ Statuts, article 12.")]
    second = paragraphs(["au et conseil votent."], THIRD, page=2)
    assert texts(first, second) == [
        " ".join([*called, "au et conseil votent."]),
        "¹ Statuts, article 12.",
        " ".join(THIRD),
    ]


def test_a_note_called_after_the_turn_of_the_page_follows_the_paragraph_cut_by_it():
    begun = ["Le pôle désigne un référent parmi tous ses salarié", "et lui confie chaque année une mission que le bure"]
    second = [*paragraphs(["au vote¹."], THIRD, page=2), note("¹ Statuts, article 12.", page=2)]
    assert texts(paragraphs(begun, top=120), second) == [
        " ".join([*begun, "au vote¹."]), "¹ Statuts, article 12.", " ".join(THIRD),
    ]  # fmt: skip


def test_a_note_printed_on_the_page_after_its_call_follows_the_call():
    second = [*paragraphs(THIRD, page=2), note("¹ Statuts, article 12.", page=2)]
    assert texts(paragraphs(FIRST), second) == [" ".join(FIRST), "¹ Statuts, article 12.", " ".join(THIRD)]


def test_a_number_that_each_page_begins_again_is_that_of_its_page():
    first = [*paragraphs(FIRST), note("¹ Statuts.")]
    second = [*paragraphs(["Le conseil relit cette mission¹."], page=2), note("¹ Règlement.", page=2)]
    assert texts(first, second)[1::2] == ["¹ Statuts.", "¹ Règlement."]


@pytest.mark.parametrize(
    ("page", "expected"), [(1, ["Le bureau vote.", "¹ Statuts."]), (2, ["¹ Statuts.", "Le bureau vote."])]
)
def test_a_note_without_a_call_follows_the_text_that_its_page_left_open(page, expected):
    """Text that begins on the note's page and comes after it was still open; text of a later page was not."""
    notes = [block("¹ Statuts.", "footnote"), block("Le bureau vote.", page=page)]
    assert [item.text for item in with_notes_placed(notes)] == expected


def cell(text: str, row: int, place: int, *, y: float):
    return replace(line(text, x=60 + 150 * place, y=y), cell=(1, row, place))


def test_a_note_called_in_a_table_follows_the_table():
    rows = [cell(f"{text}{'¹' if (r, c) == (1, 1) else ''}", r, c, y=700 - 20 * r)
            for r in (1, 2, 3) for c, text in ((1, f"Pôle {'abc'[r - 1]}"), (2, "Lille"))]  # fmt: skip
    page = [*rows, *paragraphs(THIRD, top=500), note("¹ Statuts, article 12.")]
    assert [kind for kind, _ in read(page)] == ["row", "row", "row", "footnote", "paragraph"]


def test_a_list_of_endnotes_stays_together_at_the_end():
    """Note 1 is called two pages before the list, note 2 on the page before: neither is moved to its call."""
    last = [note("¹ Statuts, article 12.", page=3, y=700), note("² Compte rendu.", page=3, y=688)]
    found = texts(paragraphs(FIRST), paragraphs(SECOND, THIRD, THIRD, page=2), last)
    assert found[-3:] == [" ".join(THIRD), "¹ Statuts, article 12.", "² Compte rendu."]


def test_notes_that_nobody_calls_follow_the_page_s_text():
    pages = [*paragraphs(SECOND), *paragraphs(THIRD, top=500), note("¹ Statuts, article 12.")]
    assert texts(pages) == [" ".join(SECOND), " ".join(THIRD), "¹ Statuts, article 12."]


def test_a_numbered_list_of_endnotes_is_left_as_a_list():
    """« 1. » is called by no page near, so that « 2. », called on the page before, is the list's next number."""
    endnotes = [note("1. Statuts, article 12.", page=3, y=200), note("2. Compte rendu.", page=3, y=188)]
    pages = [paragraphs(FIRST), paragraphs(SECOND, page=2), [*paragraphs(THIRD, page=3), *endnotes]]
    assert texts(*pages)[-2:] == ["1. Statuts, article 12.", "2. Compte rendu."]


def test_a_call_that_begins_a_line_calls():
    assert note_calls([line("¹ et lui confie une mission.")], BODY) == {"¹"}


def test_the_number_of_a_note_is_no_call():
    assert note_calls([note("¹ Statuts, article 12.")], BODY) == set()


def test_a_call_inside_a_note_calls():
    assert note_calls([note("¹ Statuts³, article 12.")], BODY) == {"³"}


def test_a_call_cut_from_its_word_by_the_line_s_end_is_rejoined():
    page = [*paragraphs(["Le pôle désigne un référent parmi tous ses salarié", "¹ et lui confie une mission."], THIRD),
            note("¹ Statuts, article 12.")]  # fmt: skip
    assert texts(page)[:2] == [
        "Le pôle désigne un référent parmi tous ses salarié¹ et lui confie une mission.", "¹ Statuts, article 12.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1Statuts du pôle.", "¹ Statuts du pôle."),
        ("1 Statuts du pôle.", "¹ Statuts du pôle."),
        ("12 Statuts du pôle.", "¹² Statuts du pôle."),
        ("¹Statuts du pôle.", "¹ Statuts du pôle."),
        ("1. Statuts du pôle.", "¹. Statuts du pôle."),
        ("Statuts du pôle.", "Statuts du pôle."),
        ("2,5 % des pôles.", "2,5 % des pôles."),
        ("1/3 des pôles.", "1/3 des pôles."),
    ],
)
def test_the_number_of_a_note_becomes_a_superscript_apart_from_the_first_word(text, expected):
    assert with_raised_number(text, tuple(range(len(text))))[0] == expected


def test_the_blank_put_after_a_note_s_number_stands_nowhere():
    origins = tuple(origin_of(1, i) for i in range(3))
    assert with_raised_number("1Un", origins)[1] == (origins[0], NOWHERE, *origins[1:])


def test_a_plain_number_that_the_page_calls_begins_a_note():
    page = [*paragraphs(FIRST, THIRD), note("1 Statuts, article 12.")]
    assert ("footnote", "¹ Statuts, article 12.") in read(page)


def test_a_small_numbered_list_is_no_list_of_notes():
    small = [note("1. Veiller sur ses marchés.", y=300), note("2. Alerter les adhérents.", y=288)]
    assert [kind for kind, _ in read([*paragraphs(THIRD), *small])] == ["paragraph", "item", "item"]


def test_a_small_numbered_list_before_text_is_no_list_of_notes():
    small = [note("1 veille", y=300), note("2 alerte", y=288)]
    page = [*paragraphs(THIRD), *small, *paragraphs(THIRD, top=200)]
    assert "footnote" not in [kind for kind, _ in read(page)]


def test_a_number_in_a_small_table_is_no_note():
    rows = [replace(note(text, y=y), x0=x, cell=(1, r, c))
            for r, y in ((1, 300), (2, 288)) for c, x, text in ((1, 60, f"{r} pôle"), (2, 200, "Lille"))]  # fmt: skip
    assert [kind for kind, _ in read([*paragraphs(FIRST), *rows])] == ["paragraph", "row", "row"]


def file_page(body, number: str, text: str):
    """Lines of 11 points from 700 down, the first with a call of 6 points behind it; its note at 100."""
    lines = [(60.0, 700.0 - 50 * i, 11.0, said) for i, said in enumerate(body)]
    return [lines[0], (98.0, 704.5, 6.0, number), *lines[1:], (60.0, 103.0, 5.0, number), (64.0, 100.0, 8.0, text)]


def test_a_note_read_from_a_file_follows_its_call(tmp_path):
    """« mission » is 3.39 em wide in Helvetica: it ends at 60 + 11 × 3.39 = 97.3, right before its call at 98."""
    page = file_page(["mission", "Chaque visiteur signe un engagement à son arrivée."], "1", "Statuts, article 12.")
    assert [b.text for b in read_blocks(write_pdf(tmp_path / "a.pdf", [page]), LIMITS)] == [
        "mission¹", "¹ Statuts, article 12.", "Chaque visiteur signe un engagement à son arrivée.",
    ]  # fmt: skip


def test_no_letter_is_lost_when_notes_move():
    pages = [[*paragraphs(FIRST, SECOND), note("¹ Statuts.", y=70), note("² Compte rendu.")], paragraphs(THIRD, page=2)]
    assert sorted(letters("".join(texts(*pages)))) == sorted(letters("".join(n.text for page in pages for n in page)))
