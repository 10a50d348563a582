"""The same question in another shape: a list to tick and take away, the places where it is said, folded quotes."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from assistant import Citation, Statement
from corpus import Passage
from tests.ui.chat_fakes import FIRST, HOSTILE, FakeAssistant, answer, ask, keys, shown
from ui.chat.checklist import as_markdown

SHAPES = ["answer", "short", "checklist", "definition", "where"]


def cited(assistant: FakeAssistant, count: int) -> tuple[Citation, ...]:
    """The same quote several times."""
    return tuple(assistant.cite(0, len(FIRST), n) for n in range(1, count + 1))


def reshape(page: AppTest, shape: str) -> AppTest:
    """Ask a question, then for its answer in a shape: turn 1."""
    return ask(page, "Une question ?").button(key=f"shape-0-{shape}").click().run()


def test_the_other_shapes_are_offered_under_an_answer(page: AppTest):
    ask(page, "Une question ?")
    assert keys(page, "shape-") == [f"shape-0-{shape}" for shape in SHAPES[1:]]
    assert page.button(key="shape-0-where").label == "Où est\\-ce dit\u202f?"


def test_no_definition_is_offered_of_how_a_thing_is_done(page: AppTest):
    ask(page, "Comment accueillir un stagiaire ?")
    assert keys(page, "shape-") == ["shape-0-short", "shape-0-checklist", "shape-0-where"]


@pytest.mark.parametrize("verdict", ["not_in_guide", "refused", "about_vigie"])
def test_no_shape_is_offered_where_nothing_was_found(page: AppTest, assistant: FakeAssistant, verdict: str):
    assistant.replies["Q ?"] = answer("Q ?", verdict, "Rien.")
    ask(page, "Q ?")
    assert not keys(page, "shape-")


@pytest.mark.parametrize("shape", SHAPES[1:])
def test_a_shape_asks_the_same_question_again(page: AppTest, assistant: FakeAssistant, shape: str):
    html = shown(reshape(page, shape))
    assert [(q.text, q.shape, q.history) for q in assistant.asked] == [
        ("Une question ?", None, ()),
        ("Une question ?", shape, ()),
    ]
    assert "vigie-shape" in html
    assert f"shape-1-{shape}" not in keys(page, "shape-1-")
    assert "shape-1-answer" in keys(page, "shape-1-")


@pytest.mark.parametrize(
    ("question", "searched", "again"),
    [
        ("Je reviens d’un salon. Qui prévenir ?", "Qui prévenir ?", "Je reviens d’un salon. Qui prévenir ?"),
        ("Et pour une PME ?", "Qui prévenir, pour une PME ?", "Qui prévenir, pour une PME ?"),
    ],
    ids=["told with more", "a follow-up"],
)
def test_a_shape_asks_all_of_a_long_message_and_a_follow_up_written_out(page, assistant, question, searched, again):
    reply = answer(question, citations=cited(assistant, 1))
    assistant.replies[question] = replace(reply, standalone_question=searched)
    ask(page, question).button(key="shape-0-checklist").click().run()
    assert assistant.asked[-1].text == again


def test_english_answers_have_english_shapes(page: AppTest, assistant: FakeAssistant):
    assistant.replies["How?"] = answer("How?", citations=cited(assistant, 1), language="en")
    ask(page, "How?").button(key="shape-0-checklist").click().run()
    assert page.button(key="shape-0-checklist").label == "Checklist"
    assert '<span class="vigie-shape">Checklist</span>' in shown(page)


def test_a_checklist_has_boxes_that_stay_ticked_and_sources_that_open(page: AppTest):
    reshape(page, "checklist")
    assert [box.label for box in page.checkbox] == [FIRST]
    assert "Lignes cochées\u00a0: 0 sur 1" in shown(page)
    assert "Lignes cochées\u00a0: 1 sur 1" in shown(page.checkbox(key="tick-1-1").check().run())
    page.button(key="marker-1-1").click().run()
    assert page.checkbox(key="tick-1-1").value
    assert len(page.get("image")) == 1
    page.chat_input[0].set_value("Une autre ?").run()
    assert page.checkbox(key="tick-1-1").value
    assert [b.key for b in page.get("download_button") if b.key.startswith("download-")] == ["download-1"]


def test_a_new_conversation_forgets_the_ticks(page: AppTest):
    reshape(page, "checklist").checkbox(key="tick-1-1").check().run()
    page.button(key="start-again-bar").click().run()
    reshape(page, "checklist")
    assert not page.checkbox(key="tick-1-1").value


def test_the_copy_says_its_guide_its_sections_its_pages_and_what_is_ticked(assistant: FakeAssistant):
    asked = answer("Une question ?", citations=cited(assistant, 2))
    assert as_markdown(asked, {2}, demonstration=True) == (
        "# Liste à cocher d’après le recueil de démonstration\n\n"
        "Une question ?\n\n"
        "## Pratique n° 1\n\n"
        f"- [ ] {FIRST} (I. Sécurité, p. iv)\n"
        f"- [x] {FIRST} (I. Sécurité, p. iv)\n"
    )
    assert "démonstration" not in as_markdown(asked, {2}, demonstration=False)


def test_the_copy_has_bare_items_and_no_markup_of_the_text(assistant: FakeAssistant):
    text = f"• {HOSTILE}"
    passage = Passage(text, (), ((0, len(text)),), assistant.passage.spans, "1" * 16, "essai", ("iv",))
    said = as_markdown(answer("Q", citations=(Citation(1, passage, "T", 0, len(text), 0.9),)), (), demonstration=True)
    assert "- [ ] \\<script\\>" in said
    assert "\\[x\\](javascript" in said
    assert "\\*\\*gras\\*\\*" in said


def test_places_are_listed_once_with_both_page_numbers_and_open_their_source(page: AppTest, assistant: FakeAssistant):
    assistant.replies["Une question ?"] = answer("Une question ?", citations=cited(assistant, 5))
    html = shown(reshape(page, "where"))
    assert html.count("vigie-where") == 1
    assert page.button(key="marker-1-1").label == "p\\. iv · page 1 du PDF"
    assert FIRST not in html[html.index("vigie-where") :]
    page.button(key="marker-1-1").click().run()
    assert len(page.get("image")) == 1


@pytest.mark.parametrize(
    ("further", "label"), [(0, None), (1, "Voir l’autre passage"), (3, "Voir les 3 autres passages")]
)
def test_quotes_that_a_reader_could_do_without_are_folded_away(
    page: AppTest, assistant: FakeAssistant, further: int, label: str | None
):
    assistant.replies["Q ?"] = answer("Q ?", citations=with_further(assistant, further))
    ask(page, "Q ?")
    assert [e.label for e in page.expander] == ([label] if label else [])
    assert len(keys(page, "marker-")) == 6


def with_further(assistant: FakeAssistant, count: int) -> tuple[Citation, ...]:
    """Six citations, the last ones further."""
    return tuple(replace(c, further=c.n > 6 - count) for c in cited(assistant, 6))


def test_a_quote_that_the_summary_rests_on_is_never_folded_away(page: AppTest, assistant: FakeAssistant):
    reply = answer("Q ?", citations=with_further(assistant, 2))
    summary = (Statement("Marquez.", "paraphrased", (6,)),)
    assistant.replies["Q ?"] = type(reply)(**(vars(reply) | {"summary": summary}))
    ask(page, "Q ?")
    assert [b.key for b in page.expander[0].button] == ["marker-0-5"]


def test_a_list_is_never_folded_away(page: AppTest, assistant: FakeAssistant):
    assistant.replies["Une question ?"] = answer("Une question ?", citations=with_further(assistant, 2))
    reshape(page, "checklist")
    assert len(page.checkbox) == 6
    assert len(page.expander) == 1  # of turn 0
