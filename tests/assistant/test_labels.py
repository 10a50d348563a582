"""« et les pièges ? » after an answer is read of the practice that was quoted, under the guide's own label."""

import pytest

from assistant import Message, Question
from assistant.followup import own_part, standalone
from assistant.labels import label_of, labelled
from tests.assistant.making import Bilingual, assistant_on, guide_catalogue
from tests.index.making import build
from tests.support import write_pdf

ASKED = "Comment accueillir les visiteurs ?"


@pytest.mark.parametrize(
    ("asked", "label"),
    [
        ("les pièges ?", "écueils"),
        ("les erreurs à éviter ?", "écueils"),
        ("qu’est-ce qu’il ne faut surtout pas faire ?", "écueils"),
        ("and the biggest mistakes?", "écueils"),
        ("comment je mesure que ça marche ?", "indicateurs"),
        ("comment on mesure ça ?", "indicateurs"),
        ("how do we know it works?", "indicateurs"),
        ("comment prendre les mesures ?", ""),
        ("quelles mesures ?", ""),
        ("qui s’en charge ?", ""),
        ("comment suivre les marchés ?", ""),
        ("quels sont les pièges d’un rachat ?", ""),
        ("erreur de destinataire, qui prévenir ?", ""),
        ("il faut éviter le wifi public ?", ""),
        ("faut pas payer la rançon ?", ""),
        ("comment mesurer les résultats d’un salon ?", ""),
        ("how do we know a backup works?", ""),
        ("un mail piégé est arrivé", ""),
        ("comment savoir si un visiteur est un concurrent ?", ""),
        ("Le comptable a fait une erreur dans le dossier qu’il a remis hier au comité, que faire ?", ""),
    ],
)
def test_what_members_call_a_part(asked, label):
    assert label_of(asked) == label


def test_a_label_that_is_said_is_not_said_again():
    assert labelled("les écueils à éviter ?") == "les écueils à éviter ?"
    assert labelled("les pièges ?") == "les pièges (écueils)"


def test_it_is_written_out_with_the_label_and_its_own_words_have_it():
    history = (Message("user", ASKED), Message("assistant", "Voici."))
    written = standalone("et les pièges ?", history)
    assert written == "Comment accueillir les visiteurs : les pièges (écueils) ?"
    assert own_part("et les pièges ?", written) == "les pièges (écueils)"


def test_it_follows_without_a_link():
    history = (Message("user", ASKED), Message("assistant", "Voici."))
    assert standalone("Qu’est-ce qu’il faut éviter ?", history).startswith("Comment accueillir les visiteurs : ")
    alone = "Quels pièges éviter dans un accord de consortium entre laboratoires ?"
    assert standalone(alone, history) == alone


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("labels")
    (corpus := folder / "corpus").mkdir()
    lines = (
        "Les visiteurs portent un badge et le pôle les accompagne.", "", "Indicateurs", "• Part des visites préparées.",
        "• Nombre de badges rendus.", "", "Écueils", "• Oublier un badge.", "• Perdre la liste des visiteurs.",
    )  # fmt: skip
    written = [(60, 700 - 16 * place, 11, text) for place, text in enumerate(lines) if text]
    other = [(60, 760, 18, "Repères"), (60, 700, 11, "La veille suit les brevets du pôle chaque mois.")]
    write_pdf(corpus / "un.pdf", [[(60, 760, 18, "Pratique n° 1 – Accueillir les visiteurs"), *written], other])
    (corpus / "catalogue.toml").write_text(guide_catalogue(("un", "I. Pratiques")), "utf-8")
    build(corpus, folder / "index", Bilingual())
    return assistant_on(folder / "index")


@pytest.mark.parametrize(
    ("follow_up", "label", "quoted"),
    [("et les pièges ?", "écueils", "Oublier un badge"), ("comment on mesure ça ?", "indicateurs", "Part des visites")],
)
def test_the_practice_that_was_quoted_is_read_under_its_label(assistant, follow_up, label, quoted):
    said = "« Les visiteurs portent un badge et le pôle les accompagne. » [1]"
    history = (Message("user", ASKED), Message("assistant", said))
    answer = assistant.ask(Question(follow_up, history))
    assert answer.standalone_question == f"Les {label} de la pratique n° 1 ?"
    assert [quoted in citation.quote for citation in answer.citations] == [True]
    assert answer.reading.expansions == ()  # what is read out by its name was not searched by other words


def test_a_section_without_such_a_part_is_searched_as_ever(assistant):
    history = (
        Message("user", "Que suit la veille ?"),
        Message("assistant", "« La veille suit les brevets du pôle » [1]"),
    )
    answer = assistant.ask(Question("et les pièges ?", history))
    assert answer.standalone_question == "Que suit la veille : les pièges (écueils) ?"
