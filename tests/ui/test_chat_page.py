"""The chat page, run by Streamlit's own tester with an assistant that answers from a list."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant import Citation
from corpus import Guide, Passage, VigieError
from tests.ui.chat_fakes import FIRST, HOSTILE, FakeAssistant, answer, ask, keys, shown
from ui import opening
from ui.chat.text import plain_label


def test_the_first_screen_names_the_guide_and_offers_its_questions(page: AppTest):
    html = shown(page.run())
    for text in ("Le guide d’essai", "Recueil", "Pôle · 2026", "Ceci est une démonstration.", "Sécurité", "Protéger"):
        assert text in html
    assert keys(page, "example-") == ["example-securite-0"]


def test_a_guide_without_pillars_offers_questions_on_its_sections(page: AppTest, assistant: FakeAssistant):
    assistant.searcher.version.manifest.guide = Guide("g", "Autre guide")
    assert "vigie-notice" not in shown(page.run())
    page.button(key="example-0").click().run()
    assert [question.text for question in assistant.asked] == ["Que dit le recueil sur « Sécurité » ?"]


def test_a_corpus_without_a_guide_has_a_plain_header(page: AppTest, assistant: FakeAssistant):
    assistant.searcher.version.manifest.guide = None
    assert "<h1>Vigie</h1>" in shown(page.run())


def test_an_example_is_answered_with_its_quote_under_its_section(page: AppTest, assistant: FakeAssistant):
    page.run().button(key="example-securite-0").click().run()
    html = shown(page)
    assert (
        html.index("le recueil de démonstration") < html.index("Pratique n° 1") < html.index(f"« {FIRST}".strip("« "))
    )
    assert page.button(key="marker-0-1").label == r"\[1\] p\. iv"
    assert "page 1 du PDF" in page.button(key="marker-0-1").help
    assert html.count("Ceci est une démonstration.") == 2  # the banner and the reminder under the answer
    assert not keys(page, "example-")


def test_running_again_searches_nothing(page: AppTest, assistant: FakeAssistant):
    ask(page, "Une question ?").run()
    page.button(key="marker-0-1").click().run()
    assert len(assistant.asked) == 1


def test_a_source_opens_with_its_page_and_closes(page: AppTest):
    ask(page, "Une question ?")
    assert not page.get("image")
    page.button(key="marker-0-1").click().run()
    assert "p. iv · page 1 du PDF" in shown(page)
    assert [image.proto.imgs[0].alt for image in page.get("image")] == [
        "Page 1 du PDF « I. Sécurité », la citation surlignée en jaune"
    ]
    page.button(key="close-0-1").click().run()
    assert not page.get("image")


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("fr", "Texte reconnu automatiquement (OCR), confiance 93\u00a0%"),
        ("en", "Text recognised automatically (OCR), 93% confidence"),
    ],
)
def test_a_quote_from_a_recognised_page_says_so(page: AppTest, assistant: FakeAssistant, language: str, note: str):
    assistant.passage = replace(assistant.passage, ocr=0.9312)
    cited = (assistant.cite(0, len(FIRST)),)
    assistant.replies["Q ?"] = answer("Q ?", citations=cited, language=language)
    assert note not in shown(ask(page, "Q ?"))
    assert note in shown(page.button(key="marker-0-1").click().run())
    assert len(page.get("image")) == 1


def test_a_quote_from_printed_text_says_nothing_of_it(page: AppTest):
    assert "OCR" not in shown(ask(page, "Une question ?").button(key="marker-0-1").click().run())


def test_a_quote_across_pages_shows_both(page: AppTest, assistant: FakeAssistant):
    whole = assistant.cite(0, len(assistant.passage.text))
    assistant.replies["Tout ?"] = answer("Tout ?", citations=(whole,))
    ask(page, "Tout ?").button(key="marker-0-1").click().run()
    assert "p. iv–1 · pages 1 à 2 du PDF" in shown(page)
    assert len(page.get("image")) == 2


@pytest.mark.parametrize(
    ("spoil", "message"),
    [(Path.unlink, "n’est plus à sa place"), (lambda path: path.write_bytes(b"%PDF-1.4"), "a changé depuis")],
)
def test_a_lost_or_changed_file_is_said(
    page: AppTest, assistant: FakeAssistant, spoil: Callable[[Path], object], message: str
):
    ask(page, "Une question ?")
    spoil(assistant.pdf)
    page.button(key="marker-0-1").click().run()
    assert message in shown(page)
    assert not page.get("image")


def test_an_abstention_offers_the_nearest_sections(page: AppTest, assistant: FakeAssistant):
    near = "Que dit le recueil sur « Accueil » ?"
    assistant.replies["Tarte ?"] = answer("Tarte ?", "not_in_guide", "Le recueil ne répond pas.", suggestions=(near,))
    html = shown(ask(page, "Tarte ?"))
    assert "vigie-silent" in html
    assert "vigie-failure" not in html
    page.button(key="suggestion-0-0").click().run()
    assert assistant.asked[-1].text == near
    assert [message.role for message in assistant.asked[-1].history] == ["user", "assistant"]


@pytest.mark.parametrize("verdict", ["about_vigie", "refused"])
def test_other_replies_are_plain_messages(page: AppTest, assistant: FakeAssistant, verdict: str):
    assistant.replies["Bonjour"] = answer("Bonjour", verdict, "Bonjour ! Je suis Vigie.")
    html = shown(ask(page, "Bonjour"))
    assert '<p class="vigie-said" lang="fr">Bonjour\u202f! Je suis Vigie.</p>' in html


def test_an_english_question_gets_english_labels_and_french_quotes(page: AppTest, assistant: FakeAssistant):
    assistant.replies["How?"] = answer("How?", citations=(assistant.cite(0, len(FIRST)),), language="en")
    html = shown(ask(page, "How?").button(key="marker-0-1").click().run())
    assert 'tabindex="-1" lang="fr">' in html
    assert "page 1 of the PDF" in html


def test_an_index_that_does_not_open_is_explained(page: AppTest, monkeypatch: pytest.MonkeyPatch):
    def broken(settings: object, **_: object) -> None:
        raise VigieError("Le fichier <b>x</b> manque.", "Lancez « vigie index build ».")

    monkeypatch.setattr(opening, "open_assistant", broken)
    html = shown(page.run())
    assert "Le fichier &lt;b&gt;x&lt;/b&gt; manque." in html
    assert "Lancez «\u00a0vigie index build\u202f»." in html
    assert not page.chat_input


def test_an_index_lost_on_the_way_leaves_the_conversation_readable(page: AppTest, monkeypatch: pytest.MonkeyPatch):
    def lost(root: Path) -> str:
        raise VigieError("Aucun index.")

    ask(page, "Avant ?")
    monkeypatch.setattr("ui.serving.pointed", lost)
    html = shown(page.chat_input[0].set_value("Après ?").run())
    assert html.index(FIRST) < html.index("Après") < html.index("Aucun index.")


def test_a_failure_while_answering_is_said_in_its_turn(page: AppTest, assistant: FakeAssistant):
    assistant.replies["Ah ?"] = VigieError("Le fichier est endommagé.", "Relancez.")
    html = shown(ask(page, "Ah ?"))
    assert html.index("Ah\u202f?") < html.index("Le fichier est endommagé.")


def test_a_newly_published_version_answers_the_next_question(
    page: AppTest, assistant: FakeAssistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    ask(page, "Avant ?")
    (tmp_path / "v2").mkdir()
    newer = FakeAssistant(tmp_path / "v2", Guide("h", "Le guide suivant"))
    monkeypatch.setattr("ui.serving.pointed", lambda root: "v2")
    monkeypatch.setattr(opening, "open_assistant", lambda settings, **_: newer)
    ask(page, "Après ?")
    assert [question.text for question in newer.asked] == ["Après ?"]
    assert "Le guide suivant" in shown(page)
    page.button(key="marker-0-1").click().run()
    assert len(page.get("image")) == 1  # the old answer still shows its own page


def test_a_new_conversation_forgets_the_turns_and_closes_their_sources(page: AppTest):
    ask(page, "Une question ?").button(key="marker-0-1").click().run()
    page.button(key="start-again-bar").click().run()
    assert "vigie-asked" not in shown(page)
    assert keys(page, "example-")
    ask(page, "Une autre ?")
    assert not page.get("image")


def test_hostile_text_is_only_text(page: AppTest, assistant: FakeAssistant):
    passage = Passage(HOSTILE, (HOSTILE,), ((0, len(HOSTILE)),), assistant.passage.spans, "1" * 16, "essai", ("iv",))
    citation = Citation(1, passage, HOSTILE, 0, len(HOSTILE), 0.9)
    assistant.replies[HOSTILE] = answer(HOSTILE, citations=(citation,), suggestions=(HOSTILE,))
    html = shown(ask(page, HOSTILE).button(key="marker-0-1").click().run())
    assert "<script>" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 4  # question, heading, quote, card
    assert page.button(key="suggestion-0-0").label == plain_label(HOSTILE)
    assert not page.markdown  # no text goes through Markdown but the labels of buttons
