"""A follow-up is written out; what stands alone is left as it is."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Message, standalone
from assistant.followup import keeps_shape, own_part, question_language
from assistant.wording import outside_purpose

FIRST = "Comment protéger un brevet à l’étranger ?"
LISTED = "1. Déposer à l’INPI.\n2. **Prévenir** le référent [2].\n3. Tenir un registre."
OFFER = "Voici. Souhaitez-vous savoir comment prévenir le référent ?"


def conversation(*turns: str) -> tuple[Message, ...]:
    """The user's first, then one after the other."""
    return tuple(Message("assistant" if n % 2 else "user", text) for n, text in enumerate(turns))


def written(question: str, said: str = "Voici.") -> str:
    return standalone(question, conversation(FIRST, said))


# Consent


@pytest.mark.parametrize("consent", ["oui", "Oui, volontiers !", "d’accord", "ok", "vas-y", "yes please", "Go ahead."])
def test_consent_asks_what_was_offered(consent):
    assert written(consent, OFFER) == "comment prévenir le référent ?"


def test_consent_to_an_offer_that_points_at_the_question_keeps_the_question():
    asked = conversation("Comment protéger un brevet ?", "Voici. Souhaitez-vous connaître ses limites ?")
    assert standalone("oui", asked) == "Comment protéger un brevet : ses limites ?"


def test_consent_without_an_offer_asks_the_question_again():
    assert written("oui") == FIRST


def test_an_offer_counts_at_the_end_of_the_answer_only():
    assert written("oui", f"{OFFER} Le référent répond.") == FIRST


def test_a_long_run_of_consent_followed_by_another_letter_is_read_at_once():
    """Each repetition would double the time of a pattern that backtracks."""
    begin = time.perf_counter()
    written("oui" * 22 + "z")
    assert time.perf_counter() - begin < 0.3


@pytest.mark.parametrize(
    "message", ["Bonjour", "Rédige-moi une lettre", "Écris un poème", "Merci beaucoup", "Qui es-tu ?"]
)
def test_nothing_follows_what_was_no_question(message):
    assert standalone("Et pour une PME ?", conversation(message, "…")) == "Et pour une PME ?"
    whole = standalone("Et pour une PME ?", conversation(FIRST, "Voici.", message, "…"))
    assert whole == "Comment protéger un brevet à l’étranger, pour une PME ?"


# Few words


def test_a_few_words_follow_the_question_before_unless_the_guide_has_what_they_say():
    asked = conversation(FIRST, "Voici.")
    assert standalone("Quelles sanctions en cas d’oubli ?", asked) == "Quelles sanctions en cas d’oubli ?"
    written_out = standalone("Quelles sanctions en cas d’oubli ?", asked, lambda _: False)
    assert written_out == "Comment protéger un brevet à l’étranger : quelles sanctions en cas d’oubli ?"


def test_only_what_may_lean_is_looked_up():
    looked_up: list[str] = []
    first = "Comment protéger un brevet de notre laboratoire à l’étranger pendant un salon professionnel ?"
    asked = conversation(first, "Voici.")
    for question in ("Et pour une PME ?", first, "Que dit la pratique n° 15 ?", "Quelle amende en cas d’oubli ?"):
        standalone(question, asked, lambda text: bool(looked_up.append(text)))
    assert looked_up == ["Quelle amende en cas d’oubli ?"]


def test_a_run_of_few_words_keeps_the_first_question_however_long():
    short = ["Quelles sanctions en cas d’oubli ?", *(f"Quels {thing} donner ?" for thing in "abcdefghijkl")]
    asked = conversation(FIRST, *(text for question in short for text in ("Voici.", question)), "Voici.")
    written_out = standalone("Quelles photos autoriser ?", asked, lambda text: text == FIRST)
    assert written_out.startswith("Comment protéger un brevet à l’étranger")


def test_how_many_is_nobody():
    assert written("Avec combien de participants ?") == f"{FIRST.rstrip(' ?')} : avec combien de participants ?"


# Point N


@pytest.mark.parametrize(
    ("question", "item"),
    [
        ("Détaille le point 2", "Prévenir le référent"),
        ("Explique le deuxième point", "Prévenir le référent"),
        ("développe le premier", "Déposer à l’INPI"),
        ("explain step 3", "Tenir un registre"),
        ("Explain the last", "Tenir un registre"),
    ],
)
def test_a_point_of_the_answer_is_written_out_bare_of_its_marks(question, item):
    assert written(question, LISTED) == f"{item} (Comment protéger un brevet à l’étranger) ?"


def test_a_point_that_names_a_part_of_the_guide_is_asked_for_by_itself():
    said = "1. Classer (pratique n° 9).\n2. L’accord de confidentialité (pratique n° 11) [2]."
    assert written("détaille le point 2", said) == "L’accord de confidentialité (pratique n° 11) ?"


@pytest.mark.parametrize(
    ("question", "before", "part"),
    [
        ("et la 17 ?", "Que dit la pratique n° 16 ?", "pratique n° 17 ?"),
        ("et la suivante ?", "que dit la pratique 16", "pratique n° 17 ?"),
        ("And the previous one?", "What does practice no. 16 say?", "practice n° 15 ?"),
        ("et la VI.3 ?", "Que dit la section VI.2 ?", "et la VI.3 ?"),  # which names a part by itself
        ("et la suivante", "section VI.2", "section VI.3 ?"),
        ("et le III ?", "De quoi parle le chapitre II ?", "chapitre III ?"),
    ],
)
def test_another_number_after_a_part_is_another_part(question, before, part):
    assert standalone(question, conversation(before, "Voici.")) == part


def test_a_number_after_no_part_is_none():
    assert written("et la 17 ?").startswith(FIRST.rstrip(" ?"))
    assert standalone("et la suivante ?", conversation("Que dit le chapitre III ?", "Voici.")).startswith("Que dit")


def test_what_only_asks_for_a_definition_is_left_out_of_what_follows():
    asked = conversation("C’est quoi un référent intelligence économique ?", "Voici.")
    written_out = standalone("il lui faut combien de temps ?", asked)
    assert written_out == "un référent intelligence économique : il lui faut combien de temps ?"


@pytest.mark.parametrize(
    "question", ["Et la pratique n° 25 ?", "et la section VI.3, elle dit quoi ?", "Explique la pratique n° 3"]
)
def test_a_question_that_names_a_part_stands_alone(question):
    assert written(question, LISTED) == question


@pytest.mark.parametrize("question", ["Can you explain step 2?", "Peux-tu me détailler le point 2, s’il te plaît ?"])
def test_a_point_asked_for_politely_is_written_out(question):
    assert written(question, LISTED).startswith("Prévenir le référent")


def test_a_point_that_the_answer_does_not_have_keeps_the_question():
    assert written("détaille le point 9", LISTED).startswith("Comment protéger un brevet à l’étranger : ")


# Publics, pronouns, bare complements


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Et pour les stagiaires ?", "Comment protéger un brevet à l’étranger, pour les stagiaires ?"),
        ("pour une PME ?", "Comment protéger un brevet à l’étranger, pour une PME ?"),
        ("And for interns?", "Comment protéger un brevet à l’étranger, for interns ?"),
        ("Et chez un sous-traitant", "Comment protéger un brevet à l’étranger, chez un sous-traitant ?"),
    ],
)
def test_another_public_is_added_to_the_question(question, expected):
    assert written(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Combien de temps dure-t-elle ?",
        "Est-ce qu’il expire un jour ?",
        "Qui doit le faire dans une entreprise ?",
        "Quelles sont leurs obligations de dépôt ?",
        "How long does it last in practice?",
        "What about their obligations abroad?",
    ],
)
def test_a_pronoun_brings_the_question_before(question):
    assert written(question).startswith("Comment protéger un brevet à l’étranger : ")


@pytest.mark.parametrize("question", ["pourquoi ?", "Combien de temps ?", "Quel délai ?", "Who?", "How long?"])
def test_a_question_without_a_subject_of_its_own_brings_the_question_before(question):
    assert written(question) == f"Comment protéger un brevet à l’étranger : {question[0].lower()}{question[1:]}"


def test_an_empty_link_adds_no_words():
    assert written("Et ?") == FIRST


# What stays as it is


@pytest.mark.parametrize(
    "question",
    [
        "Sinon, comment accueillir un stagiaire ?",
        "Au fait, quel badge ?",
        "Autre question : le badge ?",
        "By the way, what about badges?",
        "Comment accueillir un visiteur dans les laboratoires ?",
        "Il faut déclarer un sinistre à l’assurance ?",
        "Est-ce qu’il est possible de filmer un laboratoire ?",
    ],
)
def test_a_change_of_subject_stays(question):
    assert written(question) == question


@pytest.mark.parametrize("question", ["C’est quoi OSINT ?", "Qu’est-ce qu’un brevet ?", "What is a patent?"])
def test_a_definition_stays(question):
    assert written(question) == question


@pytest.mark.parametrize("question", ["oui", "Et pour les stagiaires ?", "pourquoi ?", FIRST])
def test_without_a_question_before_nothing_is_written_out(question):
    assert standalone(question, ()) == question
    assert standalone(question, (Message("assistant", OFFER),)) == question
    assert standalone(question, (Message("user", "  "), Message("assistant", "Votre question est vide."))) == question


# Longer conversations


def test_two_follow_ups_keep_the_first_question():
    asked = conversation(FIRST, "Voici.", "Et pour les stagiaires ?", "Voici.")
    expected = "Comment protéger un brevet à l’étranger, pour les stagiaires : combien de temps ?"
    assert standalone("Et combien de temps ?", asked) == expected


def test_a_follow_up_after_a_new_subject_is_about_the_new_one():
    asked = conversation(FIRST, "Voici.", "Comment accueillir un visiteur dans les laboratoires ?", "Voici.")
    expected = "Comment accueillir un visiteur dans les laboratoires, pour un groupe ?"
    assert standalone("Et pour un groupe ?", asked) == expected


def test_a_follow_up_to_a_long_question_keeps_its_own_words():
    long = f"Comment protéger un brevet {'très utile ' * 40}?"
    assert "stagiaires" in standalone("Et pour les stagiaires ?", conversation(long, "Voici."))


def test_a_very_long_conversation_of_follow_ups_is_read():
    asked = conversation(FIRST, "Voici.", *["Et pour eux ?", "Voici."] * 1500)
    assert standalone("Et pour eux ?", asked).startswith("Comment protéger un brevet")


@pytest.mark.parametrize(
    ("question", "whole", "language"),
    [
        ("why?", "Comment protéger un brevet : why?", "fr"),
        ("And what about the interns?", "Comment protéger un brevet : the interns?", "en"),
        ("Et pour les stagiaires ?", "How do we protect a patent, pour les stagiaires ?", "fr"),
    ],
)
def test_a_follow_up_has_its_own_language_from_three_words(question, whole, language):
    assert question_language(question, whole) == language


TURNS = st.builds(
    Message,
    st.sampled_from(["user", "assistant"]),
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            ["", " ", "oui", "et ?", FIRST, LISTED, OFFER, "\0", "\ud800", "1. ", "Souhaitez-vous ?", "((("]
        ),
    ),
)


LONG = st.builds(
    Message,
    st.sampled_from(["user", "assistant"]),
    st.sampled_from([FIRST * 30, LISTED * 20, f"1. {'un long point ' * 60}", f"« {'une longue citation ' * 60}» [1]"]),
)
ASKED = st.sampled_from(["et pour eux ?", "détaille le point 1", "le [1], pourquoi ?", "oui", "et la suivante ?"])


@given(question=st.text(max_size=80) | ASKED, history=st.lists(TURNS | LONG, max_size=8))
@settings(max_examples=300, deadline=None)
def test_no_history_raises_nor_makes_a_question_of_more_than_520_characters(question, history):
    found = standalone(question, tuple(history))
    assert found == question or len(found) <= 520


@given(question=st.sampled_from(["oui", "et pour eux ?", "détaille le point 1", "pourquoi ?"]),
       history=st.lists(TURNS, max_size=8))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_follow_ups_on_hostile_turns_do_not_raise(question, history):
    assert isinstance(standalone(question, tuple(history)), str)


BEFORE = [Message("user", "Combien coûte un logiciel de veille ?"), Message("assistant", "Le recueil ne le dit pas.")]


@pytest.mark.parametrize(
    "question",
    [
        "checklist avant un déplacement à l'étranger",
        "un visiteur a pris des photos de l'atelier",
        "Comment protéger les données de la filière ?",
        "Quel est le contenu de la lettre de mission du référent ?",
        "Qui tient le registre de la structure d’accueil des stagiaires ?",
        "Faut-il signer avant de répondre à l'offre publique ?",
        "Quels risques pour le dossier déposé au salon ?",
        "Faut-il un accompagnateur pour le premier visiteur ?",
        "Que faire pour le partenaire qui n’a pas signé l’accord ?",
        "Qui le produit intéresse-t-il chez nos concurrents ?",
        "Combien de temps à l'avance faut-il envoyer les invitations aux ateliers ?",
    ],
)
def test_an_article_before_a_noun_that_ends_as_a_verb_points_at_nothing(question):
    assert standalone(question, BEFORE) == question


@pytest.mark.parametrize(
    "question",
    [
        "et comment le rédiger pour nos adhérents laboratoires ?",
        "à partir de quand faut-il la signer avec nos partenaires ?",
        "combien de temps avons-nous pour le faire signer par le laboratoire ?",
        "que perd un laboratoire à les transmettre sans accord signé ?",
        "quel partenaire laboratoire doit le tenir à jour ?",
        "dans un laboratoire partenaire, qui le fait ?",
    ],
)
def test_a_pronoun_before_a_verb_points_at_what_was_said(question):
    assert standalone(question, BEFORE) != question


def test_what_a_point_is_asked_is_written_after_it():
    said = "« Trois mesures : un marquage, un accès limité et un engagement écrit. » [1]"
    assert written("la première des trois, où l’écrire ?", said) == (
        "Comment protéger un brevet à l’étranger (un marquage) : où l’écrire ?"
    )


def test_a_point_that_is_a_part_of_the_guide_is_asked_alone():
    said = "« Une PME gagne à retenir la cartographie (pratique n° 9), l’accord et les sauvegardes. » [1]"
    assert written("la 1re action, qui réunir ?", said) == "la cartographie (pratique n° 9) : qui réunir ?"


def test_a_point_asked_for_twice_is_written_once():
    said = "« Un responsable est nommé. Il rend compte chaque mois au conseil. » [1]"
    first = written("le [1], c’est qui ?", said)
    again = standalone("le [1], pourquoi ?", conversation(FIRST, said, "le [1] ?", said))
    assert first.count("Un responsable") == again.count("Un responsable") == 1


@pytest.mark.parametrize("question", ["détaille le [2]", "développe le point 2", "explique le deuxième point"])
def test_more_is_told_of_a_quote(question):
    said = "« Un responsable est nommé pour deux ans. » [1]\n« Des règles écrites sont relues chaque année. » [2]"
    assert written(question, said) == (
        "Des règles écrites sont relues chaque année (Comment protéger un brevet à l’étranger) ?"
    )


def test_a_question_keeps_its_own_parenthesis():
    asked = conversation("Que prévoit la ZRR (zone à régime restrictif) ?", "« Un avis est rendu en deux mois. » [1]")
    assert standalone("le [1], pourquoi ?", asked).startswith("Que prévoit la ZRR (zone à régime restrictif) (Un avis")


def test_what_a_long_message_tells_is_searched_beside_what_it_asks():
    told = "Notre PME vient de subir un rançongiciel, tous les serveurs sont chiffrés, le pirate réclame une rançon."
    message = f"Merci. {told} Les sauvegardes sont chiffrées aussi, depuis hier soir. Faut-il payer ?"
    assert written(message) == "Comment protéger un brevet à l’étranger : faut-il payer ?"
    assert "rançongiciel" in own_part(message, written(message))


def test_the_next_part_is_found_after_thanks():
    asked = conversation("Que dit la pratique n° 16 ?", "Voici.")
    assert standalone("Merci. Et la suivante ?", asked) == "pratique n° 17 ?"


@pytest.mark.parametrize("blank", [" ", "\n", "« ", "» [1]"])
def test_a_hostile_answer_is_read_at_once(blank):
    begin = time.perf_counter()
    written("le [2], pourquoi ?", "«" + blank * 4000)
    written("la première des trois ?", blank * 4000)
    assert time.perf_counter() - begin < 2


def test_the_thanks_of_a_follow_up_are_left_out():
    assert written("Très bien, merci. Et combien de temps ?") == (
        "Comment protéger un brevet à l’étranger : combien de temps ?"
    )


@pytest.mark.parametrize(
    ("question", "own"),
    [
        ("Et combien de temps pour l’expert ?", "combien de temps pour l’expert"),
        ("pour une PME ?", "pour une PME"),
        ("oui", ""),
        ("et pourquoi ?", ""),
        (FIRST, ""),
        ("détaille le point 2", ""),
        ("développe le point 9", ""),
    ],
)
def test_what_a_follow_up_asks_itself(question, own):
    assert own_part(question, written(question, LISTED)) == own


@pytest.mark.parametrize("between", ["combien ?", "pourquoi ?", "où est-ce écrit ?"])
def test_what_only_asks_is_not_carried_to_the_next_question(between):
    said = conversation(FIRST, "Voici.", between, "Voici.")
    assert standalone("et les téléphones ?", said) == "Comment protéger un brevet à l’étranger : les téléphones ?"


def test_of_several_follow_ups_the_last_is_carried():
    said = conversation(FIRST, "Voici.", "et le coffre de l’hôtel ?", "Voici.", "et les douaniers ?", "Voici.")
    assert standalone("combien ?", said) == "Comment protéger un brevet à l’étranger : les douaniers : combien ?"


@pytest.mark.parametrize(
    ("question", "spelled"),
    [
        ("la 17 en checklist", "la pratique n° 17 en checklist"),
        ("quels sont les indicateurs de la 19 ?", "quels sont les indicateurs de la pratique n° 19 ?"),
        ("la 8 en détail", "la pratique n° 8 en détail"),
    ],
)
def test_a_bare_number_of_a_practice_is_spelled_out(question, spelled):
    assert standalone(question, ()) == spelled
    assert standalone(question, conversation(FIRST, LISTED)) == spelled


@pytest.mark.parametrize(
    "question",
    [
        "Quelle différence entre l’option 1 et la 2 ?",
        "Que dit la page 12 et la 13 ?",
        "Passer à la 4G ?",
        "Le bus 12 passe-t-il ?",
        "la pratique 3 et la 4 ?",
        "la 7 fois",
    ],
)
def test_another_number_is_no_practice(question):
    assert standalone(question, ()) == question


def test_a_number_of_a_line_of_the_answer_or_of_a_question_is_no_practice():
    assert "pratique" not in written("la 2, elle dit quoi ?", LISTED)
    said = conversation("La question 7 de l’autodiagnostic ?", "Voici.")
    assert "pratique" not in standalone("la 7, elle dit quoi ?", said)


def test_the_other_part_of_a_bare_number_is_found():
    assert (
        standalone("et la 16 ?", conversation("la 17 en checklist", "☐ Fermer les comptes [1]")) == "pratique n° 16 ?"
    )


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("et un NDA ?", "C’est quoi un NDA ?"),
        ("et la SISSE ?", "C’est quoi la SISSE ?"),
        ("et l’inverse ?", "une ZRR : l’inverse ?"),
        ("et la durée ?", "une ZRR : la durée ?"),
        ("Et une PME peut en demander une ?", "une ZRR : une PME peut en demander une ?"),
        ("et pour un laboratoire ?", "une ZRR, pour un laboratoire ?"),
    ],
)
def test_another_name_after_a_definition_is_to_be_defined(question, whole):
    assert standalone(question, conversation("C’est quoi une ZRR ?", "Voici.")) == whole


@pytest.mark.parametrize(
    ("question", "keeps"),
    [("et pour les stagiaires ?", True), ("et un NDA ?", True), ("et dans quel délai ?", False), ("un NDA ?", False)],
)
def test_a_follow_up_that_changes_whom_it_is_about_keeps_the_shape(question, keeps):
    assert keeps_shape(question) is keeps


def test_nothing_follows_a_question_that_was_declined():
    declined = outside_purpose("leisure", "fr", demonstration=False)
    said = conversation(FIRST, "Voici.", "Qui a gagné les élections régionales ?", declined)
    assert standalone("et pour une PME ?", said) == "Comment protéger un brevet à l’étranger, pour une PME ?"


def test_after_a_definition_too_the_last_follow_up_is_carried():
    said = conversation("C’est quoi une ZRR ?", "Voici.", "et les badges ?", "Voici.", "et les visiteurs ?", "Voici.")
    assert standalone("combien ?", said) == "une ZRR : les visiteurs : combien ?"


def test_what_is_asked_of_this_follows_an_answer_and_may_be_followed():
    said = conversation("Qui reçoit la note de veille ?")
    assert standalone("C’est confidentiel ?", said) == "Qui reçoit la note de veille : c’est confidentiel ?"
    later = standalone("Et pour une PME ?", conversation("Qui reçoit la note de veille ?", "C’est confidentiel ?"))
    assert later.startswith("Qui reçoit la note de veille")


def test_what_asks_for_less_asks_the_question_before_again():
    assert (
        standalone("plus court stp", conversation("Qui reçoit la note de veille ?")) == "Qui reçoit la note de veille ?"
    )


def test_words_of_both_languages_tell_nothing_of_a_follow_up():
    assert question_language("Explain point 2", "How should we welcome a delegation?") == "en"
    assert question_language("Le plan of record ?", "How should we welcome a delegation?") == "en"


@pytest.mark.parametrize(
    ("before", "follow_up", "written"),
    [
        (
            "Combien de temps par semaine pour la personne qui fait la veille ?", "et pour le référent ?",
            "Combien de temps par semaine pour le référent ?",
        ),
        (
            "Quels documents pour un stagiaire ?", "Et pour un doctorant étranger ?",
            "Quels documents pour un doctorant étranger ?",
        ),
        (  # « pour la notification » is not for whom, but of what
            "Quel délai pour la notification d’une fuite ?", "et pour une PME ?",
            "Quel délai pour la notification d’une fuite, pour une PME ?",
        ),
        (
            "Comment s’organiser pour la veille ?", "et pour un laboratoire ?",
            "Comment s’organiser pour la veille, pour un laboratoire ?",
        ),
        (
            "Qui doit tenir la carte des acteurs ?", "non je voulais dire la liste de ce qu’on protège",
            "Qui doit tenir la liste de ce qu’on protège ?",
        ),
        ("Comment protéger nos logiciels ?", "non, je parlais des brevets", "Comment protéger les brevets ?"),
        ("How do we protect the software?", "no, I meant the patents", "How do we protect the patents ?"),
    ],
)  # fmt: skip
def test_one_thing_of_the_question_before_is_changed(before, follow_up, written):
    assert standalone(follow_up, conversation(before, "Voici.")) == written


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("et comment on prépare un salon à l’étranger ?", True),
        ("et qui signe la lettre de mission du référent ?", True),
        ("and how do we map the people who matter?", True),
        ("et qui le remplace pendant ses congés ?", False),
        ("et si un visiteur demande à recharger son téléphone ?", False),
        ("et comment la faire signer par un partenaire étranger ?", False),
        ("et pour une PME ?", False),
    ],
)
def test_a_whole_question_that_only_a_link_begins_needs_nothing_said_before(question, alone):
    history = conversation(FIRST, "Voici.")
    assert (standalone(question, history, lambda _: True) == question) == alone
    assert standalone(question, history, lambda _: False) != question  # the guide has nothing of it by itself


def test_a_condition_stays_for_what_follows():
    before = conversation(
        "Comment accueillir un doctorant ?", "Voici.", "et si le laboratoire est en zone protégée ?", "Voici.",
        "combien de temps avant ?", "Voici.",
    )  # fmt: skip
    written = standalone("même s’il est français ?", before)
    assert "zone protégée" in written
    assert written.startswith("Comment accueillir un doctorant : ")
