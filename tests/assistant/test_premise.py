"""A question that takes the guide for a rule is told, in the guide's words, that it obliges nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import AssistantSettings, Question
from assistant.premise import FORCE, LAWFUL, asks_for_a_duty, premise_of, said_otherwise
from index import SearchResult
from tests.assistant.making import Bilingual, assistant_on
from tests.assistant.test_demonstration import CATALOGUE
from tests.assistant.test_extractive import scored
from tests.index.making import build
from tests.support import write_pdf

TEXT = "Le recueil n’est ni un guide prescriptif ni une instruction. Qui s’en écarte ne commet pas de faute."


@pytest.mark.parametrize(
    "question",
    [
        "Pourquoi le recueil nous oblige-t-il à payer un audit ?",
        "pourquoi le guide impose un badge",
        "Quelles sont les trois choses obligatoires à faire d’abord ?",
        "Quand les 37 pratiques sont-elles devenues obligatoires ?",
        "Est-on tenu de suivre ces recommandations ?",
        "Quelle sanction si mon pôle ne suit pas le recueil ?",
        "Is it mandatory to follow the guide?",
        "Are the practices binding?",
        "C’est obligatoire ?",
        "Est-ce que tout ça est obligatoire ?",
        "Is all of this mandatory?",
        "Pourquoi le guide interdit-il les stagiaires étrangers ?",
        "Does the guide forbid USB sticks?",
    ],
)
def test_a_question_may_take_the_guide_for_a_rule(question):
    assert premise_of(question) is FORCE


@pytest.mark.parametrize(
    "question",
    [
        "Est-il obligatoire de notifier une fuite de données à la CNIL ?",
        "Que dit le recueil des obligations de déclaration ?",
        "Le pôle interdit les clés USB, est-ce légal ?",
        "Le badge, c’est obligatoire ?",
        "Selon le recueil, la loi interdit-elle de communiquer des documents ?",
        "Un document marqué confidentiel interdit-il l’envoi par mail ?",
        "D’après le guide, est-il interdit de fouiller la messagerie ?",
        "La loi impose-t-elle un badge ?",
        "Quelle amende en cas de retard ?",
        "Que recommande le recueil sur les badges ?",
        "",
    ],
)
def test_a_question_on_what_the_law_asks_does_not(question):
    assert premise_of(question) is None


@pytest.mark.parametrize(
    "question",
    [
        "Peut-on pirater un concurrent ?",
        "mon concurrent copie mes produits, je peux pénétrer son site pour vérifier ?",
        "Comment espionner un concurrent ?",
        "peut-on se faire passer pour un client pour obtenir les prix ?",
        "Can we hack a competitor?",
    ],
)
def test_a_question_may_ask_for_what_the_law_forbids(question):
    assert premise_of(question) is LAWFUL


@pytest.mark.parametrize(
    "question",
    [
        "On nous a piratés, que faire ?",
        "Comment éviter de se faire pirater ?",
        "Comment savoir si un concurrent nous espionne ?",
        "Un stagiaire peut-il voler nos données ?",
        "Que risque-t-on à pirater un système ?",
        "Someone hacked us, what now?",
    ],
)
def test_a_question_on_how_to_be_safe_does_not(question):
    assert premise_of(question) is None


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Sommes-nous obligés de nommer un référent ?", True),
        ("C’est obligatoire ?", True),
        ("Do we have to sign?", True),
        ("Qui signe ?", False),
    ],
)
def test_a_question_may_ask_for_a_duty(question, asked):
    assert asks_for_a_duty(question) == asked


@given(st.text(max_size=80))
def test_any_question_is_read_without_an_error(question):
    assert premise_of(question) in {FORCE, LAWFUL, None}


def test_the_guide_s_own_words_are_quoted_with_the_next_sentence():
    found = SearchResult((scored("Il y a un jardin. Il est beau."), scored(f"Avertissement. {TEXT} Fin.", 1)), None, {})
    quote = said_otherwise(FORCE, found, lambda _: True)
    assert quote is not None
    assert quote.scored.passage.text[quote.start : quote.end] == TEXT


@pytest.mark.parametrize("text", ["Le recueil recommande des gestes.", "Le badge est obligatoire."])
def test_a_guide_that_says_nothing_of_its_force_is_not_made_to(text):
    assert said_otherwise(FORCE, SearchResult((scored(text),), None, {}), lambda _: True) is None


def test_another_publication_does_not_speak_for_the_guide():
    assert said_otherwise(FORCE, SearchResult((scored(TEXT),), None, {}), lambda _: False) is None


@pytest.fixture(scope="module")
def forceless(tmp_path_factory):
    """A guide whose second page says that it obliges nobody."""
    folder = tmp_path_factory.mktemp("force")
    (folder / "corpus").mkdir()
    first, second = TEXT[: TEXT.index(" Qui")], TEXT[TEXT.index("Qui") :]
    badges = [(60, 760, 18, "Accueil des visiteurs"), (60, 700, 11, "Les visiteurs portent un badge et signent.")]
    force = [(60, 760, 18, "Avertissement"), (60, 700, 11, first), (60, 680, 11, second)]
    write_pdf(folder / "corpus" / "recueil.pdf", [badges, force])
    (folder / "corpus" / "catalogue.toml").write_text(CATALOGUE, "utf-8")
    build(folder / "corpus", folder / "index", Bilingual())
    return assistant_on(folder / "index")


@pytest.mark.parametrize(
    "question",
    [
        "Pourquoi le recueil impose-t-il aux visiteurs de porter un badge ?",  # covered
        "Quelle amende si un zèbre ne suit pas le recueil ?",  # not covered: the guide's own words still answer
    ],
)
def test_what_force_the_guide_has_comes_first(forceless, question):
    answer = forceless.ask(Question(question))
    assert answer.verdict == "answered"
    assert answer.introduction.startswith("Le recueil de démonstration recommande et n’oblige à rien")
    assert " ".join(answer.citations[0].quote.split()) == TEXT
    assert answer.confidence >= AssistantSettings().sure_confidence


def test_a_question_that_asks_for_a_duty_is_told_that_the_guide_recommends(forceless):
    asked = Question("Les visiteurs sont-ils obligés de porter un badge ?")
    assert forceless.ask(asked).notes[0].startswith("Le recueil recommande ; quand il rappelle une obligation")


def test_the_same_question_without_the_duty_is_answered_as_ever(forceless):
    answer = forceless.ask(Question("Pourquoi les visiteurs portent-ils un badge ?"))
    assert answer.introduction.startswith("Voici")
    assert "badge" in answer.citations[0].quote


def test_where_the_guide_does_not_say_it_nothing_is_said_for_it(assistant):
    answer = assistant.ask(Question("Pourquoi le recueil impose-t-il une veille sur les brevets ?"))
    assert answer.verdict == "answered"
    assert "n’oblige" not in answer.text
    assert assistant.searcher.search(FORCE.search, 3).results


@pytest.mark.parametrize(
    "question",
    [
        "Un concurrent peut pirater notre messagerie, comment se protéger ?",
        "Quelqu’un peut pirater notre wifi pendant un salon ?",
        "Est-ce qu’un stagiaire peut voler nos données ?",
        "Peut-on pirater mon téléphone à la douane ?",
        "Can someone hack our wifi at a trade show?",
        "Quelles mesures sont obligatoires après une fuite de données personnelles ?",
        "Quelles pratiques sont obligatoires par la loi ?",
    ],
)
def test_neither_a_victim_nor_a_law_is_taken_for_a_premise(question):
    assert premise_of(question) is None


@pytest.mark.parametrize(
    "question",
    ["Peut-on espionner nos concurrents ?", "Comment espionner mon concurrent ?", "Can we hack our competitor?",
     "Puis-je espionner mes salariés ?", "Comment pirater un concurrent ?"],
)  # fmt: skip
def test_one_s_rivals_are_no_victims_of_their_own(question):
    assert premise_of(question) is LAWFUL


@pytest.mark.parametrize(
    "question",
    ["Le recueil est-il légalement obligatoire ?", "Is the guide legally binding?",
     "Les mesures du recueil sont-elles obligatoires pour protéger les données ?"],
)  # fmt: skip
def test_the_law_beside_the_guide_leaves_the_guide_s_own_force(question):
    assert premise_of(question) is FORCE
