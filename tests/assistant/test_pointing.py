"""The points of an answer that a follow-up means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Message
from assistant.followup import standalone
from assistant.pointing import asked_point, mentioned_point

QUOTES = (
    "Voici :\n« Un responsable est nommé pour deux ans. » [1]\n« Des règles écrites sont relues chaque année. » [2]\n"
    "« Un suivi est présenté au conseil chaque trimestre. » [4]"
)
THREE = "« Il convient de montrer trois mesures : un marquage, un accès limité et un engagement écrit. » [1]"
ACTIONS = "« Une PME gagne à retenir la cartographie (pratique n° 9), l’accord écrit et les mesures d’hygiène. » [1]"


@pytest.mark.parametrize(
    ("question", "said", "point", "asked"),
    [
        ("le [2], qui les relit ?", QUOTES, "Des règles écrites sont relues chaque année", "qui les relit"),
        ("le [4], à quoi sert-il ?", QUOTES, "Un suivi est présenté au conseil chaque trimestre", "à quoi sert-il"),
        (
            "point 1 : pour combien de temps ?",
            QUOTES,
            "Un responsable est nommé pour deux ans",
            "pour combien de temps",
        ),
        (
            "la dernière mesure, c’est quand ?",
            QUOTES,
            "Un suivi est présenté au conseil chaque trimestre",
            "c’est quand",
        ),
        ("La première des trois mesures, où l’écrire ?", THREE, "un marquage", "où l’écrire"),
        ("le troisième point, comment faire ?", THREE, "un engagement écrit", "comment faire"),
        ("la 1re action, il faut réunir qui ?", ACTIONS, "la cartographie (pratique n° 9)", "il faut réunir qui"),
        ("et le deuxième point ?", "1. Nommer.\n2. **Protéger** [3].", "Protéger", "et"),
    ],
)
def test_a_point_and_what_is_asked_of_it(question, said, point, asked):
    assert mentioned_point(question, said) == (point, asked)


@pytest.mark.parametrize(
    ("said", "question", "point"),
    [
        (
            "« Limiter l’accès aux documents de niveau « Public ». » [1]",
            "le [1], pourquoi ?",
            "documents de niveau Public",
        ),
        ("« Quatre heures. » [1]\n« Un bilan est rendu au conseil. » [2]", "le premier point, qui ?", "Quatre heures"),
        (
            "« Une phrase reprise. » [2]\n« Un. » [1]\n« Une phrase entière. » [2]",
            "le [2], qui ?",
            "Une phrase entière",
        ),
        ("☐ Prévenir le référent [1]\n☐ Tenir un registre [2]", "le [2], qui s’en charge ?", "Tenir un registre"),
        (QUOTES, "le point 4, c’est quoi ?", "Un suivi est présenté"),
    ],
)
def test_a_mark_is_that_of_its_quote(said, question, point):
    assert point in mentioned_point(question, said)[0]


@pytest.mark.parametrize(
    "said",
    [
        "« Quatre heures après la détection, si plusieurs membres sont concernés. » [1]",
        "« Le référent, nommé par le président, rend compte au conseil et aux adhérents. » [1]",
    ],
)
def test_a_sentence_that_lists_nothing_has_no_points(said):
    assert mentioned_point("le deuxième point, qui ?", said)[0] == ""


@pytest.mark.parametrize(
    "question", ["point 0 ?", "le [9], c’est quoi ?", "la cinquième mesure ?", "le premier jour, on fait quoi ?"]
)
def test_no_such_point(question):
    assert mentioned_point(question, THREE)[0] == ""


@given(st.sampled_from(["le [2] ?", "la 3e des cinq", "point 1", "le dernier point"]), st.text(max_size=200))
def test_no_answer_raises(question, said):
    mentioned_point(question, f"« {said} » [2]")


def test_of_two_numbered_lists_the_first_has_the_point():
    said = "« 1. Réunir les voyageurs.\n2. Emporter un prêt. » [1]\n\n« 1. Vérifier le registre. » [2]"
    assert asked_point("detaille le point 1", said) == "Réunir les voyageurs"


@pytest.mark.parametrize("question", ["detaille la 2", "le 2e, explique", "la deuxieme : developpe"])
def test_without_numbered_lines_a_quote_is_the_point(question):
    assert asked_point(question, QUOTES) == "Des règles écrites sont relues chaque année"


def test_what_a_reader_could_do_without_has_no_point_while_what_is_shown_first_has():
    shown = "« Retenir la cartographie. » [1]\n\n« Signer un accord. » [2]"
    answer = f"Voici :\n\n{shown}\n\nD’autres passages s’en approchent :\n\n« 1. Réunir.\n2. Rédiger. » [3]"
    history = (Message("user", "Par quoi commencer ?"), Message("assistant", answer))
    assert standalone("détaille la 2", history).startswith("Signer un accord")


LISTED = (
    "« Prévenir d’abord. Une PME gagne à retenir la cartographie (pratique n° 9), l’accord écrit (pratique n° 11) et "
    "les mesures d’hygiène (pratique n° 18). Le droit est au chapitre VI. » [1]"
)


@pytest.mark.parametrize(
    ("asked", "point"),
    [
        ("la deuxième, en détail ?", "l’accord écrit (pratique n° 11)"),
        ("et la troisième ?", "les mesures d’hygiène (pratique n° 18)"),
        ("reviens à la première", "la cartographie (pratique n° 9)"),
        ("the last one?", "les mesures d’hygiène (pratique n° 18)"),
    ],
)
def test_an_ordinal_alone_is_one_of_what_the_answer_lists(asked, point):
    assert mentioned_point(asked, LISTED) == (point, "")


def test_one_ordinal_after_another_is_of_the_same_list():
    history = (
        Message("user", "Quelles sont les trois choses à faire ?"), Message("assistant", LISTED),
        Message("user", "la deuxième, en détail ?"), Message("assistant", "« Un accord, un badge et une carte. » [1]"),
    )  # fmt: skip
    assert standalone("et la troisième ?", history) == "les mesures d’hygiène (pratique n° 18) ?"


def test_where_nothing_is_listed_an_ordinal_is_read_with_the_question_before():
    history = (Message("user", "Comment accueillir un visiteur ?"), Message("assistant", "« Un badge est porté. » [1]"))
    assert standalone("et la troisième ?", history) == "Comment accueillir un visiteur : la troisième ?"


@pytest.mark.parametrize(
    "said",
    [
        "« Le pôle garde la carte, les badges et un registre. » [1]",
        "« Table : les degrés\nPeut | Une faculté, les choix et un avis | Le responsable. » [1]",
    ],
)
def test_what_names_no_part_of_the_guide_is_no_list_of_points(said):
    assert mentioned_point("et la troisième ?", said) == ("", "")


def test_the_first_quote_that_lists_or_numbers_counts():
    steps = "« Étapes\n1. Nommer un tuteur.\n2. Signer un accord.\n3. Fermer les accès. »"
    assert mentioned_point("la deuxième ?", f"{steps} [1]\n{LISTED[:-3]}[2]") == ("Signer un accord", "")
    assert mentioned_point("la deuxième ?", f"{LISTED}\n{steps} [2]") == ("l’accord écrit (pratique n° 11)", "")
