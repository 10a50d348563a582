"""« Le recueil », run by Streamlit's own tester on a small index: the list, a publication, a section."""

from dataclasses import replace

import pytest

from tests.index.making import PATENTS, VISITORS, passage
from tests.ui.chat_fakes import Passages, shown
from tests.ui.guide_fakes import CHAPTER, HOSTILE, Reader, assistant, at, links, passage_of, root, titles
from ui.guide.section import MOST

__all__ = ["assistant", "root"]


def section_of(assistant: Reader, name: str) -> dict[str, str]:
    (address,) = links(shown(at(assistant, **CHAPTER)), f">{name}")
    return address


def test_the_list_has_the_guide_then_publications_by_pillar_then_the_others(assistant: Reader):
    html = shown(at(assistant))
    assert titles(html) == ["Le guide d’essai"]
    assert "Ceci est une démonstration." in html
    order = ["Veille</h2>", "I. Bonnes pratiques", "Autres chapitres</h2>", "Annexe", "Autres publications</h2>"]
    assert sorted(order, key=html.index) == order
    assert "Pôle · novembre 2026 · 3 pages" in html
    assert "Sans publication" not in html
    assert links(html, "I. Bonnes pratiques") == [CHAPTER]


def test_pages_that_could_not_be_read_are_named(assistant: Reader):
    assert "Page dont le texte n’a pas pu être lu\u00a0: 2 (numéro du PDF)." in shown(at(assistant))


def test_without_a_guide_all_stand_on_one_shelf(assistant: Reader):
    version = assistant.searcher.version
    version.manifest = replace(version.manifest, guide=None)
    html = shown(at(assistant))
    assert titles(html) == ["Le recueil"]
    assert html.count("<h2") == 1


def test_titles_from_files_are_only_text(assistant: Reader):
    for address in ({}, {"publication": "ailleurs"}, {"publication": "ailleurs", "page": "1"}, {"q": HOSTILE}):
        html = shown(at(assistant, **address))
        assert "<img" not in html
        assert "onerror" in html


def test_a_publication_has_its_sections_with_their_printed_pages(assistant: Reader):
    html = shown(at(assistant, **CHAPTER))
    assert titles(html) == ["I. Bonnes pratiques"]
    contents = html[html.index("vigie-contents") :]
    for name, page in (("Accueil des visiteurs", "p. 1"), ("Veille sur les brevets", "p. 2"), ("Déplacements", "p. 3")):
        assert f'{name}</a> <span class="vigie-printed">{page}</span></h3>' in contents
    assert links(html, "Feuilleter") == [CHAPTER | {"page": "1"}]


def test_a_publication_without_headings_is_read_whole(assistant: Reader):
    (whole,) = links(shown(at(assistant, publication="annexe")), "Texte intégral")
    assert "Une annexe sans aucun titre" in shown(at(assistant, **whole))


def test_a_section_has_its_text_its_pages_and_its_neighbours(assistant: Reader):
    html = shown(at(assistant, **section_of(assistant, "Veille sur les brevets")))
    assert titles(html) == ["Veille sur les brevets"]
    assert html.index(PATENTS[0]) < html.index(PATENTS[1])
    assert VISITORS[0] not in html
    found = passage_of(assistant, PATENTS[0])
    assert links(html, "Voir la page") == [CHAPTER | {"page": "2", "passage": found.id}]
    assert 'aria-label="Voir la page : p. 2"' in html
    assert "Section précédente" in html
    assert links(html, "Accueil des visiteurs") == [section_of(assistant, "Accueil des visiteurs")]
    assert links(html, "Déplacements") == [section_of(assistant, "Déplacements")]


def test_the_first_section_has_none_before_it(assistant: Reader):
    html = shown(at(assistant, **section_of(assistant, "Accueil des visiteurs")))
    assert "Section précédente" not in html
    assert "Section suivante" in html


def test_a_passage_alone_leads_to_its_section_where_it_stands_out(assistant: Reader):
    html = shown(at(assistant, **CHAPTER, passage=passage_of(assistant, PATENTS[1]).id))
    assert titles(html) == ["Veille sur les brevets"]
    here = html[html.index("vigie-passage vigie-here") :]
    assert here.index(PATENTS[1]) < here.index("vigie-whence")
    assert html.count("vigie-here") == 1


def test_a_question_about_a_section_goes_to_the_conversation(assistant: Reader, monkeypatch: pytest.MonkeyPatch):
    asked, gone = [], []
    monkeypatch.setattr("ui.guide.section.ask", lambda question, language: asked.append((question, language)))
    monkeypatch.setattr("ui.guide.section.go_to", gone.append)
    page = at(assistant, "en", **section_of(assistant, "Veille sur les brevets"))
    page.button[0].click().run()
    assert not page.exception
    assert asked == [("What does the guide say about “Veille sur les brevets”?", "en")]
    assert gone == ["chat"]


def test_a_long_section_is_read_in_parts(assistant: Reader):
    version = assistant.searcher.version
    rows = [passage(f"Ligne {row}.", "chapitre", ("Longue",), 1) for row in range(MOST + 1)]
    version.passages = Passages(rows)
    version.facets = type("All", (), {"allowed": lambda *_: [True] * len(rows)})()
    (section,) = links(shown(at(assistant, **CHAPTER)), "Longue")
    first = shown(at(assistant, **section))
    (onward,) = links(first, "Suite de la section")
    assert f"Ligne {MOST - 1}." in first
    assert f"Ligne {MOST}." not in first
    last = shown(at(assistant, **onward))
    assert f"Ligne {MOST}." in last
    assert f"Ligne {MOST - 1}." not in last
    assert links(last, "Début de la section") == [section]
    assert f"Ligne {MOST}." in shown(at(assistant, **CHAPTER, passage=rows[MOST].id))
    assert f"Ligne {MOST}." in shown(at(assistant, **section, part="99"))


def test_text_recognised_from_an_image_is_said(assistant: Reader):
    version = assistant.searcher.version
    version.passages = Passages([replace(passage("Un scan.", "annexe", ()), ocr=0.931)])
    version.facets = type("All", (), {"allowed": lambda *_: [True]})()
    (whole,) = links(shown(at(assistant, publication="annexe")), "Texte intégral")
    assert "confiance 93\u00a0%" in shown(at(assistant, **whole))
