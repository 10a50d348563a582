"""A statement against its passage, by words only: quoted, paraphrased or unsupported, and why."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant import Encoded, Likeness, Source, contradictions, judge, shared
from assistant.names import names
from assistant.numbers import numbers
from assistant.support import find_verbatim
from corpus import split_sentences

WORDS_ONLY = Likeness.of("")
SENTENCES = (
    "Le tuteur du stagiaire doit signer un engagement avant son arrivée.",
    "Il est recommandé de rendre le badge dans les 12 jours.",
    "Le pôle ne publie pas la liste des visiteurs.",
    "La convention Albatros est relue par Hélène Martin avec Paul Durand.",
    "Le bureau peut inviter trois experts de l’ANSSI.",
)
TEXT = " ".join(SENTENCES)


def source(text: str, context: str = "") -> Source:
    return Source(text, tuple(split_sentences(text)), context)


SOURCE = source(TEXT, "Accueil des stagiaires")
NOTHING_WRONG = replace(shared(SENTENCES[1], SOURCE), coverage=1, pairs=0)  # as for a statement reworded throughout


def verdict(statement: str, said_in: Source = SOURCE, language: str = "fr"):
    return judge(statement, said_in, WORDS_ONLY, language)


# Quoted


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_of_the_passage_is_quoted_where_it_stands(sentence):
    judged = verdict(sentence)
    assert (judged.support, judged.confidence, judged.reasons) == ("quoted", 1.0, ())
    assert TEXT[slice(*judged.window)] == sentence


@settings(deadline=None)
@given(st.text(max_size=200))
def test_each_sentence_of_any_passage_is_quoted(text):
    said_in = source(text)
    for start, end in said_in.sentences:
        sentence = text[start:end]
        if any(c.isalnum() for c in sentence):
            assert verdict(sentence, said_in).support == "quoted"


@pytest.mark.parametrize(
    "statement",
    [
        SENTENCES[4].rstrip("."),
        SENTENCES[4].upper(),
        SENTENCES[4].replace("’", "'"),
        f"« {SENTENCES[4]} »",
        SENTENCES[4].replace(" ", "\u00a0"),
        f"{SENTENCES[3]} {SENTENCES[4]}",
        SENTENCES[3].replace("é", "e\u0301"),
    ],
)
def test_case_blanks_quotes_and_the_last_point_do_not_make_a_quote_another(statement):
    assert verdict(statement).support == "quoted"


@pytest.mark.parametrize("statement", ["", "…", "Le bureau peut inviter", "inviter trois experts de l’ANSSI."])
def test_less_than_a_sentence_is_no_quote(statement):
    assert find_verbatim(statement, SOURCE) is None


def test_two_sentences_that_do_not_follow_each_other_are_no_quote():
    assert find_verbatim(f"{SENTENCES[0]} {SENTENCES[2]}", SOURCE) is None


# Paraphrased


@pytest.mark.parametrize(
    "statement",
    [
        "Avant son arrivée, le tuteur du stagiaire doit signer un engagement.",
        "Il est recommandé de rendre le badge dans les douze jours.",
        "Le bureau peut inviter 3 experts de l’ANSSI.",
    ],
)
def test_the_same_things_in_another_order_or_in_digits_are_a_paraphrase(statement):
    judged = verdict(statement)
    assert (judged.support, judged.reasons) == ("paraphrased", ())
    assert judged.confidence > 0.9


def test_the_window_of_a_paraphrase_is_the_sentence_that_says_it():
    window = verdict("Le bureau peut inviter 3 experts de l’ANSSI.").window
    assert TEXT[slice(*window)] == SENTENCES[4]


def test_a_statement_made_of_two_neighbours_has_both_in_its_window():
    statement = "Le badge est rendu dans les 12 jours et la liste des visiteurs du pôle reste privée."
    assert TEXT[slice(*shared(statement, SOURCE).window)] == f"{SENTENCES[1]} {SENTENCES[2]}"


def test_half_of_the_words_or_less_are_not_enough():
    """Log-odds -6 + 12 × coverage: at one half they are 0."""
    assert WORDS_ONLY.log_odds(replace(NOTHING_WRONG, coverage=0.5)) == 0


@pytest.mark.parametrize(
    ("statement", "quotable"),
    [
        ("Rendre son badge dans les 12 jours, voilà ce qui est recommandé.", False),
        ("Il est recommandé de rendre le badge dans les douze jours.", True),  # a near copy
        ("Avant que le stagiaire arrive, le tuteur doit signer un engagement.", True),  # a duty
        ("C’est dans les 12 jours que le badge est rendu.", True),  # of an advice, a fact
        ("C’est le bureau qui invite trois experts de l’ANSSI.", True),  # of a possibility
        ("Rendre son {badge} dans les 12 jours, voilà ce qui est recommandé.", True),
        ("Rendre mon badge dans les 12 jours, voilà ce qui est recommandé.", True),
        ("Oui, rendre son badge dans les 12 jours, voilà ce qui est recommandé.", True),
        ("Rendre son badge dans les 12 jours, voilà ce qui est recommandé, www.badge.fr.", True),
    ],
)
def test_near_copies_duties_markup_and_first_persons_are_to_be_given_in_the_source_s_words(statement, quotable):
    judged = verdict(statement)
    assert (judged.support, judged.quotable) == ("paraphrased", quotable)


@pytest.mark.parametrize("statement", [SENTENCES[0], "Le jardin ferme tôt le soir en hiver."])
def test_what_is_quoted_or_unsupported_is_not_quotable(statement):
    assert not verdict(statement).quotable


# Unsupported


@pytest.mark.parametrize("statement", ["Le jardin ferme tôt le soir en hiver.", "", "…", "Une baleine nage au large."])
def test_what_the_passage_does_not_speak_of_is_unlike(statement):
    judged = verdict(statement)
    assert (judged.support, judged.reasons) == ("unsupported", ("unlike",))


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("Il est recommandé de rendre le badge dans les 15 jours.", "number"),
        ("Il est recommandé de rendre le badge dans les 12 mois.", "number"),
        ("Le bureau peut inviter quatre experts de l’ANSSI.", "number"),
        ("Le pôle publie la liste des visiteurs.", "negation"),
        ("Le tuteur du stagiaire ne doit pas signer un engagement avant son arrivée.", "negation"),
        ("Le tuteur du stagiaire peut signer un engagement avant son arrivée.", "modality"),
        ("Il est obligatoire de rendre le badge dans les 12 jours.", "modality"),
        ("Le bureau doit inviter trois experts de l’ANSSI.", "modality"),
        ("La convention Albatros est relue par Hélène Dupont.", "name"),
        ("La convention Albatros est relue par Hélène Durand.", "name"),
        ("Le bureau peut inviter trois experts de la CNIL.", "name"),
        ("Le président du stagiaire doit signer un engagement avant son arrivée.", "actor"),
    ],
)
def test_a_contradiction_condemns_whatever_the_likeness(statement, reason):
    judged = verdict(statement)
    assert (judged.support, judged.reasons) == ("unsupported", (reason,))
    assert judged.confidence > 0.5


@settings(deadline=None)
@given(old=st.integers(2, 5000), new=st.integers(2, 5000), unit=st.sampled_from(["jours", "euros", "dossiers", "%"]))
def test_another_number_makes_a_sentence_unsupported(old, new, unit):
    assume(old != new)
    sentence = "Le secrétariat du pôle conserve chaque dossier pendant {} {} après la visite."
    judged = verdict(sentence.format(new, unit), source(f"Le registre est tenu. {sentence.format(old, unit)}"))
    assert judged.support == "unsupported"
    assert "number" in judged.reasons


@settings(deadline=None)
@given(place=st.integers(0, 2), new=st.integers(100, 999))
def test_changing_any_number_of_a_sentence_makes_it_unsupported(place, new):
    sentence = "Le pôle tient 12 réunions, invite 45 visiteurs et garde ses registres 7 ans."
    found = numbers(sentence)[place]
    changed = sentence[: found.start] + str(new) + sentence[found.start + len(f"{found.value:.0f}") :]
    assert "number" in verdict(changed, source(sentence)).reasons


def test_a_number_that_only_numbers_the_list_does_not_count():
    listed = source("Le pôle retient :\n4) les badges des visiteurs rendus chaque soir au gardien")
    assert "number" in verdict("Le pôle retient les 4 badges des visiteurs rendus au gardien.", listed).reasons


def test_a_range_in_words_supports_the_same_range_in_digits():
    kept = source("Le pôle garde ses registres entre deux et trois ans.")
    assert verdict("Le pôle garde ses registres entre 2 et 3 ans.", kept).support == "paraphrased"


ALTERED = (
    "Les porte-parole peuvent suivre une demi-journée d’entraînement aux médias tous les deux ans.",
    "Il est recommandé d’arrêter les dates avant le 15 décembre et d’envoyer chaque invitation tôt.",
    "L’employeur peut maintenir, pendant trois mois au plus, un message automatique sur l’ancienne adresse.",
    "Il est recommandé de réserver deux jours par semaine à l’animateur d’un pôle de moins de cent adhérents ; de "
    "cent à"
    " deux cents adhérents, trois jours.",
)


@pytest.mark.parametrize(
    ("said", "statement", "reason"),
    [
        (1, "Il est recommandé que chaque invitation parte tôt et d’arrêter les dates après le 15 décembre.", "bound"),
        (2, "Pendant trois mois au moins, l’ancienne adresse peut garder un message automatique.", "bound"),
        (3, "À un pôle de plus de cent adhérents, il est recommandé de réserver un animateur deux jours.", "bound"),
        (0, "Il est recommandé que les porte-parole suivent un entraînement aux médias.", "modality"),
        (0, "Une fois par an, un entraînement aux médias peut être suivi par les porte-parole.", "number"),
    ],
)
def test_the_other_side_of_a_bound_another_modality_and_once_are_contradictions(said, statement, reason):
    assert verdict(statement, source(ALTERED[said])).reasons == (reason,)


@pytest.mark.parametrize(
    ("said", "statement"),
    [
        (3, "À l’animateur d’un pôle de moins de cent adhérents, trois jours sont à réserver : c’est recommandé."),
        (2, "Un message automatique peut rester sur l’ancienne adresse trois mois, si l’employeur maintient cela."),
    ],
)
def test_figures_of_another_case_and_bounds_left_out_are_never_shown_as_written(said, statement):
    judged = verdict(statement, source(ALTERED[said]))
    assert judged.support == "unsupported" or judged.quotable


def test_a_bound_kept_in_another_order_is_a_paraphrase():
    statement = "Avant le 15 décembre, il est recommandé d’arrêter les dates et d’envoyer tôt chaque invitation."
    assert verdict(statement, source(ALTERED[1])).support == "paraphrased"


def test_names_of_the_context_may_be_used():
    statement = "Pour Natura, le bureau peut inviter trois experts de l’ANSSI."
    assert verdict(statement).reasons == ("name",)
    assert verdict(statement, source(TEXT, "Projet Natura")).reasons == ()


def test_capitals_tell_names_in_french_only():
    assert verdict("La convention Albatros est relue par Hélène Dupont.", language="en").reasons == ()


def test_a_synonym_of_an_actor_is_no_swap_where_little_is_copied():
    swap = replace(NOTHING_WRONG, actors=1, swapped=True, coverage=0.6)
    assert contradictions(replace(swap, pairs=0.5), "fr") == ()
    assert contradictions(replace(swap, pairs=0.6), "fr") == ("actor",)


def test_an_actor_added_is_wrong_in_a_near_copy_only():
    """« Les élus rencontrés » may be « les élus que rencontre le pôle »."""
    added = replace(NOTHING_WRONG, actors=1)
    assert contradictions(replace(added, pairs=0.7), "fr") == ()
    assert contradictions(replace(added, pairs=0.75), "fr") == ("actor",)


@pytest.mark.parametrize(
    "statement",
    [
        "Chaque visiteur figure sur une liste que le pôle publie.",
        "La liste, publiée par le pôle, donne les visiteurs.",
    ],
)
def test_what_may_be_the_opposite_in_other_words_is_never_shown_as_written(statement):
    """The passage says « Le pôle ne publie pas la liste des visiteurs »."""
    judged = verdict(statement, source(SENTENCES[2]))
    assert judged.support == "unsupported" or judged.quotable


@pytest.mark.parametrize(
    "statement",
    [
        "La PPST se fonde sur un décret.",
        "L’outil EcoDiag repose sur un décret.",
        "Dans la PPST, tout repose sur un décret.",
    ],
)
def test_a_small_word_before_a_name_makes_no_other_name(statement):
    held = source("La protection du potentiel (PPST) et cet outil, EcoDiag, reposent sur un décret.")
    assert "name" not in verdict(statement, held).reasons


@pytest.mark.parametrize("end", [" ?", "\u00a0? »"])
def test_what_the_passage_asks_is_not_what_it_says(end):
    asked = source(f"Le niveau porté sur la première page autorise-t-il cet envoi{end}")
    assert verdict("Le niveau porté sur la première page autorise cet envoi.", asked).reasons == ("question",)
    assert "question" not in verdict(f"Le niveau de la première page autorise-t-il l’envoi{end}", asked).reasons


def test_one_actor_in_the_place_of_another_is_a_swap_in_a_short_sentence_too():
    held = source("Les PME et les laboratoires répondent et témoignent.")
    assert verdict("Les PME et les utilisateurs répondent et témoignent.", held).reasons == ("actor",)
    assert verdict("Les PME répondent et témoignent.", held).reasons == ()


def test_words_denied_on_one_side_count_in_a_near_copy():
    denied = replace(NOTHING_WRONG, negation=1, denials=True)
    assert contradictions(denied, "fr") == ()
    assert contradictions(replace(denied, pairs=0.7), "fr") == ("negation",)
    assert contradictions(replace(denied, pairs=0.7, denials=False), "fr") == ()  # both deny: « ne vise pas à »


@pytest.mark.parametrize(
    ("said", "statement"),
    [
        (
            "Une position commune est mieux reçue qu’une autre.",
            "Une position commune n’est pas mieux reçue qu’une autre.",
        ),
        ("Le pôle gagne à dire que tout change.", "Le pôle ne gagne pas à dire que tout change."),
        ("La réduction est donc un axe important.", "La réduction n’est pas donc un axe important."),
    ],
)
def test_a_denial_before_a_que_is_no_restriction(said, statement):
    assert verdict(statement, source(said)).reasons == ("negation",)


@pytest.mark.parametrize(
    ("said", "statement"),
    [
        ("Un plan tient dans une quarantaine de lignes.", "Un plan tient dans environ quarante lignes."),
        ("Les trois quarts des répondants notent tout.", "75 % des répondants notent tout."),
        ("Il lui faut un badge.", "Il lui faut un badge, à lui."),
        ("Cela nécessite un badge pour entrer.", "Il faut un badge pour entrer."),
    ],
)
def test_a_number_in_another_form_and_a_need_are_no_contradiction(said, statement):
    assert {"number", "modality"}.isdisjoint(verdict(statement, source(said)).reasons)


def test_a_name_in_the_place_of_a_pronoun_is_no_other_name():
    held = source("Tour et Taxis est un quartier. Il est situé le long du canal de Bruxelles, à quelques minutes.")
    statement = "Le quartier de Taxis est situé le long du canal de Bruxelles, à quelques minutes."
    assert "name" not in verdict(statement, held).reasons


def test_every_contradiction_is_named():
    wrong = replace(
        NOTHING_WRONG, numbers=1, names=1, actors=1, negation=1, denials=True, modality=1, pairs=1, asked=True,
        bounds=1,
    )  # fmt: skip
    assert contradictions(wrong, "fr") == ("number", "modality", "bound", "negation", "name", "actor", "question")


def test_nothing_wrong_names_no_contradiction():
    assert contradictions(NOTHING_WRONG, "fr") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La convention Albatros", {"albatros"}),
        ("Le RGPD et l’ANSSI", {"rgpd", "anssi"}),
        ("Le ISO27001 en vigueur", {"iso27001"}),
        ("Une phrase. Encore une phrase.", set()),
        ("« Une citation » de phrase", set()),
        ("Déjà vu", set()),
    ],
)
def test_names_are_what_stands_in_capitals_inside_a_sentence(text, expected):
    assert names(text) == expected


@settings(deadline=None)
@given(st.text(max_size=120), st.text(min_size=1, max_size=200))
def test_any_statement_gets_a_verdict_whose_window_lies_in_the_passage(statement, text):
    said_in = source(text)
    assume(said_in.sentences)
    judged = verdict(statement, said_in)
    assert 0 <= judged.confidence <= 1
    assert 0 <= judged.window[0] < judged.window[1] <= len(text)
    assert (judged.support == "unsupported") == bool(judged.reasons)


# Vectors


def test_vectors_give_the_cosine_of_the_nearest_sentence_and_of_the_weakest_tokens():
    vectors = np.array([[1, 0], [0, 1]], np.float32)
    tokens = np.eye(3, dtype=np.float32)
    told = replace(source("Un badge rouge. Un badge vert."), sentence_vectors=vectors, tokens=tokens)
    said = Encoded(np.array([0.6, 0.8], np.float32), np.array([[1, 0, 0], [0, 1, 0], [0, 0, 0.5]], np.float32))
    found = shared("Un badge", told, said)
    # cosines 0.6 and 0.8; tokens' best 1, 1 and 0.5, of which the lowest third is 0.5
    assert (found.cosine, found.weakest) == (pytest.approx(0.8), pytest.approx(0.5))


def test_without_vectors_likeness_is_words_alone():
    found = shared("Un badge", source("Un badge rouge."))
    assert (found.cosine, found.weakest) == (0, 0)


def test_a_fitted_model_weighs_vectors_and_another_does_not():
    alike = replace(NOTHING_WRONG, cosine=0.9, weakest=0.9)
    fitted = Likeness.of("embeddinggemma-300m")
    assert fitted.log_odds(alike) > 0 > fitted.log_odds(NOTHING_WRONG)
    assert WORDS_ONLY.log_odds(alike) == WORDS_ONLY.log_odds(NOTHING_WRONG)
