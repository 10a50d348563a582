"""Passages: within one section, whole, traceable to raw characters, with ids that survive a new edition."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import CorpusSettings, Passage, PassageIds, Span
from corpus.block import Block, place_of
from corpus.passages import build_passages
from tests.corpus.makers import block, ids_by_text, paragraph, properties, set_paragraphs

WORDS = ["le", "pôle", "veille", "sur", "ses", "marchés", "Il", "alerte.", "Elle", "répond :", "12", "3,5", "fin."]
TEXT = st.lists(st.sampled_from(WORDS), min_size=1, max_size=90).map(" ".join)
PROSE = TEXT | st.sampled_from(["Étapes", "Le pôle peut :", "• Veiller", "• Alerter les adhérents", "12 500"])
TINY = CorpusSettings(passage_words=30, short_block_words=12)


@st.composite
def numbered_blocks(draw, kinds=("heading", "paragraph", "paragraph", "item", "footnote")) -> list[Block]:
    """Blocks whose raw characters are numbered through, so that a raw index tells its block."""
    built: list[Block] = []
    first = 0
    for kind in draw(st.lists(st.sampled_from(kinds), max_size=12)):
        text = draw(PROSE)
        level = draw(st.integers(0, 3)) if kind == "heading" else 0
        built.append(block(text, kind, page=1 + first // 400, first=first, level=level))
        first += len(text)
    return built


def words(text: str) -> int:
    return len(text.split())


def only_letters(text: str) -> str:
    return "".join(c for c in text if c.isalpha())


def is_number_of_title(before: Block | None, item: Block) -> bool:
    if before is None or before.kind != "heading" or (before.page, before.level) != (item.page, item.level):
        return False
    return bool(only_letters(before.text)) != bool(only_letters(item.text))


def headings_above(blocks: list[Block]) -> list[tuple[str, ...]]:
    """Each block's section: the last heading of each level, less those that a higher one has closed."""
    found = []
    current: dict[int, str] = {}
    for before, item in zip([None, *blocks], blocks, strict=False):
        if item.kind == "heading":
            current = {level: title for level, title in current.items() if level < item.level} | {item.level: item.text}
            if is_number_of_title(before, item):
                current[item.level] = " ".join(
                    sorted((before.text, item.text), key=lambda text: only_letters(text) != "")
                )
        found.append(tuple(current[level] for level in sorted(current)))
    return found


@given(numbered_blocks())
@properties
def test_every_passage_lies_within_one_section(blocks):
    owner = {raw: index for index, item in enumerate(blocks) for _, raw in map(place_of, item.origins)}
    sections = headings_above(blocks)
    runs = [sum(item.kind == "heading" for item in blocks[: index + 1]) for index in range(len(blocks))]
    for passage in build_passages(blocks, TINY):
        touched = {owner[span.raw + i] for span in passage.spans for i in range(span.length)}
        assert {sections[index] for index in touched} == {passage.section}
        assert len({runs[index] for index in touched}) == 1


@given(numbered_blocks())
@properties
def test_headings_are_sections_not_passages(blocks):
    headings = {raw for item in blocks if item.kind == "heading" for _, raw in map(place_of, item.origins)}
    used = {s.raw + i for p in build_passages(blocks, TINY) for s in p.spans for i in range(s.length)}
    assert not headings & used


@given(TEXT)
@properties
def test_the_passages_of_a_block_keep_all_its_letters_in_order(text):
    passages = build_passages([block(text)], TINY)
    assert only_letters("".join(p.text for p in passages)) == only_letters(text)


@given(numbered_blocks(kinds=("heading", "paragraph", "item")))
@properties
def test_the_passages_of_a_document_keep_all_its_letters_in_order(blocks):
    body = "".join(item.text for item in blocks if item.kind != "heading")
    assert only_letters("".join(p.text for p in build_passages(blocks, TINY))) == only_letters(body)


@given(numbered_blocks())
@properties
def test_spans_say_which_raw_character_each_character_is(blocks):
    raw_text = {place_of(origin): c for item in blocks for c, origin in zip(item.text, item.origins, strict=True)}
    for passage in build_passages(blocks, TINY):
        spelt = {s.start + i: raw_text[s.page, s.raw + i] for s in passage.spans for i in range(s.length)}
        assert {i: c for i, c in enumerate(passage.text) if i in spelt} == spelt
        assert all(c.isspace() for i, c in enumerate(passage.text) if i not in spelt)


@given(numbered_blocks())
@properties
def test_a_passage_is_longer_than_asked_only_if_one_sentence_is(blocks):
    for passage in build_passages(blocks, TINY):
        assert words(passage.text) <= TINY.passage_words or len(passage.sentences) == 1


@given(numbered_blocks())
@properties
def test_the_sentences_of_a_passage_are_ordered_disjoint_and_cover_it(blocks):
    for passage in build_passages(blocks, TINY):
        offsets = [offset for span in passage.sentences for offset in span]
        assert offsets == sorted(offsets)
        covered = {i for start, end in passage.sentences for i in range(start, end)}
        assert all(c.isspace() for i, c in enumerate(passage.text) if i not in covered)


def test_list_items_are_gathered_with_what_introduces_them():
    blocks = [block("Le pôle gagne à :"), block("• veiller ;", "item"), block("• alerter.", "item")]
    assert [p.text for p in build_passages(blocks, TINY)] == ["Le pôle gagne à :\n• veiller ;\n• alerter."]


def test_paragraphs_stay_apart():
    """13 words each, over the 12 that make a block light."""
    blocks = [block(paragraph("a", 13)), block(paragraph("b", 13))]
    assert len(list(build_passages(blocks, TINY))) == 2


def test_a_long_paragraph_is_cut_between_sentences_into_even_parts():
    """4 sentences of 10 words in passages of 30 at most: two passages of 20."""
    text = " ".join(paragraph(name, 10) for name in "abcd")
    assert [words(p.text) for p in build_passages([block(text)], TINY)] == [20, 20]


def test_a_footnote_is_a_passage_of_its_own():
    blocks = [block("Le pôle agit."), block("¹ Code civil.", "footnote"), block("Il veille.")]
    assert "¹ Code civil." in [p.text for p in build_passages(blocks, TINY)]


def test_passages_come_in_the_order_of_their_pages():
    blocks = [block("Le pôle agit.", page=1), block("¹ Code civil.", "footnote", page=2), block("Il veille.", page=2)]
    pages = [p.pages[0] for p in build_passages(blocks, TINY)]
    assert pages == sorted(pages)


def test_a_passage_without_a_letter_is_left_out():
    assert list(build_passages([block("12 500 – 3,5")], TINY)) == []


class TestPassage:
    """« Fin de page » on page 12, « puis suite. » on page 13."""

    passage = Passage(
        "Fin de page puis suite.", ("I",), ((0, 23),), (Span(0, 12, 100, 11), Span(12, 13, 0, 11)), "id", "guide",
        ("10", "11"),
    )  # fmt: skip

    def test_its_pages_are_those_of_its_first_and_last_characters(self):
        assert self.passage.pages == (12, 13)

    @pytest.mark.parametrize(
        ("start", "end", "pages"), [(0, 3, (12, 12)), (12, 23, (13, 13)), (4, 16, (12, 13)), (10, 12, (12, 12))]
    )
    def test_a_quote_has_its_own_pages(self, start, end, pages):
        assert self.passage.pages_of(start, end) == pages

    @pytest.mark.parametrize(("page", "label"), [(12, "10"), (13, "11"), (14, "14")])
    def test_a_page_has_its_printed_label(self, page, label):
        assert self.passage.label(page) == label

    def test_a_quote_is_looked_up_in_raw_characters_page_by_page(self):
        assert self.passage.raw_characters(7, 16) == {12: [107, 108, 109, 110], 13: [0, 1, 2, 3]}

    def test_an_empty_quote_has_no_raw_character(self):
        assert self.passage.raw_characters(5, 5) == {}


class TestPassageIds:
    def test_an_id_is_sixteen_hex_digits(self):
        assert int(PassageIds("guide").next("Le pôle agit."), 16) < 16**16

    def test_an_id_is_the_hash_that_the_design_gives(self):
        """printf 'guide\\0Le pôle agit.\\0001' | sha256sum | cut -c1-16"""
        assert PassageIds("guide").next("Le pôle agit.") == "a6fbed3879c32f3b"

    def test_the_same_text_twice_in_a_work_has_two_ids(self):
        ids = PassageIds("guide")
        assert ids.next("Le pôle agit.") != ids.next("Le pôle agit.")

    def test_the_same_text_in_two_works_has_two_ids(self):
        assert PassageIds("a").next("Le pôle agit.") != PassageIds("b").next("Le pôle agit.")

    @pytest.mark.parametrize(
        "variant",
        ["Le pôle\nagit.", "Le  pôle\u00a0agit.", " Le pôle agit. ", "Le pôle¹² agit.", "Le po\u0302le agit."],
        ids=["line break", "spaces", "ends", "note call", "decomposed accent"],
    )  # fmt: skip
    def test_setting_does_not_change_the_id(self, variant):
        assert PassageIds("guide").next(variant) == PassageIds("guide").next("Le pôle agit.")

    @pytest.mark.parametrize("variant", ["Le pôle agit", "le pôle agit.", "Le pole agit."])
    def test_a_change_of_text_changes_the_id(self, variant):
        assert PassageIds("guide").next(variant) != PassageIds("guide").next("Le pôle agit.")


PARAGRAPHS = [paragraph(name, 45 + 11 * i) for i, name in enumerate("kmpr")]


def test_the_same_file_gives_the_same_ids(tmp_path):
    path = set_paragraphs(tmp_path / "a.pdf", PARAGRAPHS)
    assert ids_by_text(path) == ids_by_text(path)


@pytest.mark.parametrize("place", range(5))
def test_an_inserted_paragraph_leaves_the_other_ids_as_they_were(tmp_path, place):
    before = ids_by_text(set_paragraphs(tmp_path / "a.pdf", PARAGRAPHS))
    inserted = [*PARAGRAPHS[:place], paragraph("z", 40), *PARAGRAPHS[place:]]
    after = ids_by_text(set_paragraphs(tmp_path / "b.pdf", inserted))
    assert len(before) == 4
    assert before.items() <= after.items()


@pytest.mark.parametrize("page_lines", [7, 11, 12, 13, 17])
def test_ids_survive_page_breaks_that_fall_elsewhere(tmp_path, page_lines):
    one_page = ids_by_text(set_paragraphs(tmp_path / "a.pdf", PARAGRAPHS))
    assert ids_by_text(set_paragraphs(tmp_path / "b.pdf", PARAGRAPHS, page_lines=page_lines)) == one_page


@pytest.mark.parametrize("width", [60, 72, 85])
def test_ids_survive_lines_that_break_elsewhere(tmp_path, width):
    narrow = ids_by_text(set_paragraphs(tmp_path / "a.pdf", PARAGRAPHS))
    assert ids_by_text(set_paragraphs(tmp_path / "b.pdf", PARAGRAPHS, width=width)) == narrow


@given(st.lists(st.integers(30, 110), min_size=2, max_size=5), st.data())
@settings(properties, max_examples=60)
def test_ids_survive_any_insertion_and_reflow(tmp_path_factory, sizes, data):
    """Each paragraph has a name of its own; the inserted one, `z`, moves every line and page break after it."""
    folder: Path = tmp_path_factory.mktemp("reflow")
    original = [paragraph("abcde"[i] * 2, size) for i, size in enumerate(sizes)]
    place = data.draw(st.integers(0, len(original)))
    page_lines = data.draw(st.integers(6, 40))
    before = ids_by_text(set_paragraphs(folder / "a.pdf", original))
    inserted = [*original[:place], paragraph("zz", data.draw(st.integers(40, 90))), *original[place:]]
    after = ids_by_text(set_paragraphs(folder / "b.pdf", inserted, page_lines=page_lines))
    assert before.items() <= after.items()


@pytest.mark.parametrize("texts", [("7.5", "Le service informe-t-il ?"), ("Le service informe-t-il ?", "7.5")])
def test_a_number_in_the_margin_and_its_title_are_one_heading(texts):
    headings = [block(text, "heading", first=100 * n, level=1) for n, text in enumerate(texts)]
    (found,) = build_passages([*headings, block("Éviter les requêtes simultanées.", first=300)], CorpusSettings())
    assert found.section == ("7.5 Le service informe-t-il ?",)


def test_a_number_above_a_title_of_another_level_stays_apart():
    headings = [block("7", "heading", level=0), block("Backend", "heading", first=10, level=1)]
    (found,) = build_passages([*headings, block("Texte.", first=300)], CorpusSettings())
    assert found.section == ("7", "Backend")
