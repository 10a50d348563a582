"""A question that names a numbered part of the guide is answered there, and what only names it gets it read out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Message, Question
from assistant.part_names import Reference, names_a_part, references_in
from assistant.parts import leads_on, named_parts
from tests.assistant.making import Bilingual, assistant_on, guide_catalogue
from tests.index.making import build
from tests.support import write_pdf

STEPS = tuple(f"Étape {word} : le pôle prévient et range ses {word} dossiers de visite." for word in ("deux", "trois"))
PAGES = (
    ("Pratique n° 1 – Accueillir les visiteurs", ("Les visiteurs portent un badge (voir la pratique n° 2).", *STEPS)),
    ("Pratique n° 2 – Surveiller les brevets", ("La veille suit les brevets chaque mois.", *STEPS)),
    ("Pratique n° 3 – Partir en mission", ("Un ordinateur de prêt part en mission.", "Le badge reste au pôle.")),
)
CATALOGUE = guide_catalogue(("un", "I. Pratiques"), ("deux", "II. Repères"))


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("parts")
    corpus = folder / "corpus"
    corpus.mkdir()
    pages = [[(60, 760, 18, title), *((60, 700 - 40 * n, 11, text) for n, text in enumerate(texts))]
             for title, texts in PAGES]  # fmt: skip
    write_pdf(corpus / "un.pdf", pages)
    write_pdf(
        corpus / "deux.pdf", [[(60, 760, 18, "VI.3 Le contrôle"), (60, 700, 11, "Le seuil est fixé par la loi.")]]
    )
    (corpus / "catalogue.toml").write_text(CATALOGUE, "utf-8")
    build(corpus, folder / "index", Bilingual())
    return assistant_on(folder / "index")


def sections(assistant, question: str) -> list[str]:
    """Those that the named parts cover, each once."""
    parts = named_parts(question, assistant.searcher.version)
    rows = parts.rows.tolist() if parts else []
    return list(dict.fromkeys(assistant.searcher.version.passages[row].section[-1] for row in rows))


@pytest.mark.parametrize(
    ("question", "wanted", "whole"),
    [
        ("Que dit la pratique n° 2 ?", [1], True),
        ("PRATIQUE Nº 2", [1], True),
        ("Résume-moi la pratique 2.", [1], True),
        ("What does practice no. 2 say?", [1], True),
        ("Combien de badges dans la pratique n° 2 ?", [1], False),
        ("Surveiller les brevets (pratique n° 2)", [1], True),  # no more than its own title
        ("Compare les pratiques n° 1 et 3", [0, 2], True),
        ("les pratiques 1, 2 et 3 ?", [0, 1, 2], True),
        ("Que disent les pratiques 1 à 3 ?", [0, 1, 2], True),
        ("What do practices 1 to 3 say?", [0, 1, 2], True),
        ("la fiche 2", [1], True),  # what the guide calls its practices
        ("practice 2 in short", [1], True),
        ("Que dit le recueil sur « Surveiller les brevets » ?", [1], True),  # as Vigie's own suggestions ask it
        ("What does the guide say about “Partir en mission”?", [2], True),
    ],
)
def test_named_parts_are_found_with_all_their_passages(assistant, question, wanted, whole):
    assert sections(assistant, question) == [PAGES[n][0] for n in wanted]
    parts = named_parts(question, assistant.searcher.version)
    assert parts is not None
    assert (parts.whole, len(parts.each)) == (whole, len(wanted))


def test_a_section_and_a_chapter_are_parts_too(assistant):
    assert sections(assistant, "Que dit la section VI.3 ?") == ["VI.3 Le contrôle"]
    assert sections(assistant, "De quoi parle le chapitre II ?") == ["VI.3 Le contrôle"]
    for question in ("Que dit la partie II ?", "Résume le pilier 2", "the second chapter: chapter II"):
        assert sections(assistant, question)[-1:] == ["VI.3 Le contrôle"]
    assert sections(assistant, "Résume la section 6.3") == ["VI.3 Le contrôle"]
    for question in ("chapter I", "Résume le chapitre 1", "What is chapter I about?", "summary of chapter I please"):
        assert sections(assistant, question) == [title for title, _ in PAGES]
    assert sections(assistant, "Compare VI.3 et la pratique n° 1") == [PAGES[0][0], "VI.3 Le contrôle"]


@pytest.mark.parametrize(
    "question",
    [
        "Que dit la pratique n° 42 ?",
        "On le pratique 3 fois par an",
        "En pratique, 2 badges suffisent ?",
        "Un badge ?",
        "",
    ],
)
def test_a_question_without_a_part_that_is_there_names_none(assistant, question):
    assert named_parts(question, assistant.searcher.version) is None


def test_a_part_that_is_asked_for_is_read_out_in_order(assistant):
    answer = assistant.ask(Question("Que dit la pratique n° 1 ?"))
    assert answer.verdict == "answered"
    said = [" ".join(c.quote.split()) for c in answer.citations]
    assert " ".join(said) == " ".join(PAGES[0][1])
    assert not any(c.nearest or c.further for c in answer.citations)
    assert answer.notes == ()


def test_each_of_several_parts_is_read_out(assistant):
    answer = assistant.ask(Question("Compare les pratiques n° 1 et n° 3"))
    assert list(dict.fromkeys(c.passage.section[-1] for c in answer.citations)) == [PAGES[0][0], PAGES[2][0]]


def test_a_question_on_a_part_is_answered_from_it_alone(assistant):
    answer = assistant.ask(Question("Qui porte un badge dans la pratique n° 3 ?"))
    assert answer.verdict == "answered"
    assert {c.passage.section[-1] for c in answer.citations} == {PAGES[2][0]}


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    """A chapter of two practices, the first of 600 words."""
    folder = tmp_path_factory.mktemp("long")
    (folder / "corpus").mkdir()
    text = "Le pôle garde une copie de ses dossiers et prévient chacun de ses adhérents avant chaque visite prévue."
    lines = [(60, 740 - 20 * n, 9, f"{n + 1}. {text}") for n in range(34)]
    other = [(60, 780, 18, "Pratique n° 8 – Ranger les dossiers"), (60, 740, 11, "Chacun range ses dossiers le soir.")]
    pages = [[(60, 780, 18, "Pratique n° 7 – Garder"), *lines], other]
    write_pdf(folder / "corpus" / "un.pdf", pages)
    write_pdf(folder / "corpus" / "deux.pdf", [other])
    (folder / "corpus" / "catalogue.toml").write_text(CATALOGUE, "utf-8")
    build(folder / "corpus", folder / "index", Bilingual())
    return assistant_on(folder / "index")


def test_a_part_too_long_to_be_read_at_once_says_that_it_goes_on(long):
    answer = long.ask(Question("Que dit la pratique n° 7 ?"))
    assert answer.verdict == "answered"
    assert "La suite se lit dans le texte" in answer.notes[0]


def test_the_sections_of_a_chapter_that_are_not_shown_are_offered(long):
    answer = long.ask(Question("De quoi parle le chapitre I ?"))
    assert {c.passage.section[-1] for c in answer.citations} == {"Pratique n° 7 – Garder"}
    assert answer.suggestions == ("Que dit le recueil sur « Ranger les dossiers » ?",)


def test_the_next_part_is_no_follow_up(assistant):
    said = (Message("user", "Que dit la pratique n° 1 ?"), Message("assistant", "Voici."))
    answer = assistant.ask(Question("Et la pratique n° 2 ?", said))
    assert answer.standalone_question == "Et la pratique n° 2 ?"
    assert {c.passage.section[-1] for c in answer.citations} == {PAGES[1][0]}


# Where a text sends its reader


def test_what_a_quote_refers_to_is_offered_next(assistant):
    answer = assistant.ask(Question("Les visiteurs portent-ils un badge ?"))
    assert answer.suggestions[0] == "Que dit la pratique n° 2 ?"
    assert assistant.ask(Question(answer.suggestions[0])).citations[0].passage.section == (PAGES[1][0],)


def test_references_are_found_once_each_and_in_order():
    texts = [
        "Voir la pratique n° 12 et la section VI.3.",
        "Voir la Pratique n°  12, le chapitre IV, en pratique 3 fois.",
    ]
    assert references_in(texts) == (
        Reference("pratique", "n° 12"), Reference("section", "VI.3"), Reference("chapitre", "IV"),
    )  # fmt: skip


def test_only_parts_that_are_there_and_not_shown_lead_on(assistant):
    version = assistant.searcher.version
    shown = named_parts("pratique n° 1", version).rows.tolist()
    texts = ["pratique n° 1, pratique n° 2, pratique n° 42, pratique n° 3, section VI.3"]
    found = [reference for reference, _ in leads_on(texts, shown, version)]
    assert found == [Reference("pratique", "n° 2"), Reference("pratique", "n° 3")]


def test_of_a_chapter_and_its_section_the_section_leads_on(assistant):
    version = assistant.searcher.version
    assert [r.number for r, _ in leads_on(["voir le chapitre VI, section VI.3"], [], version)] == ["VI.3"]
    assert [r.number for r, _ in leads_on(["voir le chapitre II"], [], version)] == ["II"]


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error(text):
    assert names_a_part(text) in {True, False}
    assert isinstance(references_in([text]), tuple)


def test_a_part_of_another_text_is_none_of_the_guide(assistant):
    for question in ("Que mettre dans la partie 2 du NDA ?", "Section 2 of our agreement: what should it contain?"):
        assert not sections(assistant, question)


@pytest.fixture(scope="module")
def blocks(tmp_path_factory):
    """A practice of several blocks, each under its own line."""
    folder = tmp_path_factory.mktemp("blocks")
    (folder / "corpus").mkdir()
    lines = (
        "Étapes", "1. Le pôle prévient les visiteurs de la visite.", "2. Le pôle garde la liste des visiteurs.", "",
        "Indicateurs", "• Nombre de visiteurs prévenus.", "• Part des badges rendus.", "",
        "Écueils", "• Oublier un badge.", "• Perdre la liste des visiteurs.",
    )  # fmt: skip
    text = [(60, 700 - 16 * n, 11, line) for n, line in enumerate(lines) if line]
    write_pdf(folder / "corpus" / "un.pdf", [[(60, 760, 18, "Pratique n° 1 – Accueillir les visiteurs"), *text]])
    build(folder / "corpus", folder / "index", Bilingual())
    return assistant_on(folder / "index")


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("Quels sont les écueils de la pratique n° 1 ?", ["Écueils"]),
        ("indicateurs de la pratique 1", ["Indicateurs"]),
        ("Que dit la pratique n° 1 ?", ["Étapes", "Indicateurs", "Écueils"]),
    ],
)
def test_of_a_block_of_a_part_the_block_alone_is_read_out(blocks, question, labels):
    answer = blocks.ask(Question(question))
    quoted = [citation.passage.text.partition("\n")[0] for citation in answer.citations]
    assert list(dict.fromkeys(quoted)) == labels
