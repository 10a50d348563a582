"""The search of « Le recueil », run by Streamlit's own tester on a small index."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from tests.index.making import PATENTS
from tests.ui.chat_fakes import shown
from tests.ui.guide_fakes import CHAPTER, HOSTILE, Reader, assistant, at, links, passage_of, root, titles

__all__ = ["assistant", "root"]


def search(page: AppTest, q: str, scope: str | None = None) -> AppTest:
    page.text_input[0].set_value(q)
    if scope is not None:
        page.selectbox[0].set_value(scope)
    return page.button[0].click().run()


def test_a_search_finds_passages_with_the_words_marked_and_ways_to_open_them(assistant: Reader):
    page = search(at(assistant), "brevets")
    assert page.query_params == {"q": "brevets"}
    html = shown(page)
    assert titles(html) == ["Résultats pour « brevets »".replace("« ", "«\u00a0").replace(" »", "\u202f»")]
    assert "<mark>brevets</mark>" in html
    found = passage_of(assistant, PATENTS[0])
    whole = CHAPTER | {"passage": found.id, "q": "brevets"}
    assert whole in links(html, "Veille sur les brevets")
    assert whole | {"page": "2"} in links(html, "Voir la page")
    opened = shown(at(assistant, **whole))
    assert "<mark>brevets</mark>" in opened
    assert links(opened, "Revenir aux résultats") == [{"q": "brevets"}]


def test_results_stay_put_until_another_thing_is_sought(assistant: Reader):
    page = search(at(assistant), "brevets").run().run()
    assert len(assistant.searcher.asked) == 1
    search(page, "badge")
    assert [question for question, _ in assistant.searcher.asked] == ["brevets", "badge"]


def test_a_search_keeps_to_where_it_is_told(assistant: Reader):
    html = shown(search(at(assistant), "annexe brevets salons", "publication:annexe"))
    assert "Une <mark>annexe</mark>" in html
    assert PATENTS[0] not in html
    html = shown(search(at(assistant), "annexe brevets salons", "pillar:veille"))
    assert "Une <mark>annexe</mark>" not in html
    assert "<mark>brevets</mark>" in html


def test_a_publication_is_where_its_own_box_looks(assistant: Reader):
    page = at(assistant, **CHAPTER)
    assert page.selectbox[0].value == "publication:chapitre"
    assert page.selectbox[0].options == [
        "Tout le recueil", "Thème : Veille", "I. Bonnes pratiques", "Annexe", HOSTILE,
    ]  # fmt: skip


def test_a_place_to_look_that_is_gone_is_said(assistant: Reader):
    page = at(assistant, q="brevets", scope="publication:absente")
    assert "voici les résultats dans tout le recueil" in shown(page)
    assert "<mark>brevets</mark>" in shown(page)


def test_the_box_follows_the_address(assistant: Reader):
    page = at(assistant, q="brevets", scope="publication:chapitre")
    assert (page.text_input[0].value, page.selectbox[0].value) == ("brevets", "publication:chapitre")
    page.query_params.clear()
    page.run()
    assert (page.text_input[0].value, page.selectbox[0].value) == ("", "")


def test_slips_are_said(assistant: Reader):
    assert "visiteurrs\u202f» lu comme" in shown(at(assistant, q="visiteurrs"))


@pytest.mark.parametrize(("q", "said"), [("", "un mot suffit"), ("?!", "un mot suffit"), ("a" * 1001, "dépasse 1000")])
def test_what_cannot_be_searched_is_said_and_not_searched(assistant: Reader, q: str, said: str):
    page = search(at(assistant), q)
    assert said in shown(page)
    assert page.query_params == {}
    assert not assistant.searcher.asked
    assert said not in shown(page.run())


@pytest.mark.parametrize("q", ["?!", "a" * 1001])
def test_an_address_that_cannot_be_searched_is_said(assistant: Reader, q: str):
    html = shown(at(assistant, q=q))
    assert "vigie-results" not in html
    assert not assistant.searcher.asked


def test_nothing_near_is_a_calm_message(assistant: Reader):
    html = shown(at(assistant, q="guitare électrique"))
    assert "Aucun passage n’emploie ces mots, et aucun ne s’en rapproche par le sens." in html
    assert "vigie-results" not in html


def test_publications_of_the_same_title_are_told_apart(assistant: Reader):
    version = assistant.searcher.version
    first, second, third = version.manifest.publications
    twins = (replace(first, title="Note"), replace(second, title="Note", edition="2024"), replace(third, title="Autre"))
    version.manifest = replace(version.manifest, publications=twins)
    assert at(assistant).selectbox[0].options[2:] == ["Note (2026-11)", "Note (2024)", "Autre"]


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ([("Guide", "2015"), ("Guide", ""), ("Note", "")], ["Guide (2015)", "Guide (annexe)", "Note"]),
        ([("Guide", ""), ("Guide", ""), ("Note", "")], ["Guide (chapitre)", "Guide (annexe)", "Note"]),
        ([("Guide", "2015"), ("Guide", "2016"), ("Guide (2015)", "")],
         ["Guide (chapitre)", "Guide (2016)", "Guide (2015) (ailleurs)"]),
        ([("Tout le recueil", ""), ("Thème : Veille", "2015"), ("Note", "")],
         ["Tout le recueil (chapitre)", "Thème : Veille (2015)", "Note"]),
    ],
)  # fmt: skip
def test_no_two_places_to_look_have_the_same_name(assistant: Reader, told: list[tuple[str, str]], names: list[str]):
    version = assistant.searcher.version
    publications = tuple(
        replace(publication, title=title, edition=edition)
        for publication, (title, edition) in zip(version.manifest.publications, told, strict=True)
    )
    version.manifest = replace(version.manifest, publications=publications)
    options = at(assistant).selectbox[0].options
    assert (options[0], options[2:]) == ("Tout le recueil", names)
    assert len(set(options)) == len(options)
