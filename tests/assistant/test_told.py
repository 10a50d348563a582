"""Of a long message, what it asks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Message, Question
from assistant.asking import is_long
from assistant.followup import standalone
from assistant.told import asked_of, form_of

STORY = (
    "Bonjour, je dirige une petite entreprise de mécanique et nous revenons tout juste d’un salon à Lyon. "
    "Mon associé a laissé son ordinateur dans le train, et personne ne veut en parler. "
)


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        (f"{STORY}Qui faut-il prévenir de la perte d’un ordinateur ? Merci d’avance.",
         "Qui faut-il prévenir de la perte d’un ordinateur ?"),
        (f"Qui faut-il prévenir de la perte d’un ordinateur ?\n{STORY}\nCordialement,\nPaul",
         "Qui faut-il prévenir de la perte d’un ordinateur ?"),
        (f"{STORY}Je voudrais donc savoir qui prévenir de la perte d’un ordinateur portable. Cordialement, Paul",
         "Je voudrais donc savoir qui prévenir de la perte d’un ordinateur portable."),
        (f"{STORY}Pouvez-vous m’aider ? Le sujet : combien de jours un fabricant garde-t-il une copie de nos plans",
         "Le sujet : combien de jours un fabricant garde-t-il une copie de nos plans"),
        ("We are a small lab and nobody here has ever done this, my director least of all, he says it is fine. "
         "Could you tell me how long the clearance of a PhD student takes? Best wishes, Ann",
         "Could you tell me how long the clearance of a PhD student takes?"),
        ("bon alors on a un nouveau stagiaire lundi, la cheffe est en congés, tout le monde court partout, "
         "personne n’a rien préparé du tout, dis-moi juste ce qu’on doit faire signer au stagiaire, c’est mon premier",
         "dis-moi juste ce qu’on doit faire signer au stagiaire"),
    ],
    ids=["last", "first", "a wish", "help is nothing", "English", "a clause"],
)  # fmt: skip
def test_what_a_long_message_asks_is_told_from_its_story(message, asked):
    assert asked_of(message) == asked


def test_what_leans_on_the_sentence_before_keeps_it():
    message = f"{STORY}Un concurrent a acheté notre machine et l’a démontée. Il a le droit ?"
    assert asked_of(message) == "Un concurrent a acheté notre machine et l’a démontée. Il a le droit ?"


@pytest.mark.parametrize(
    "message",
    [
        "Bonjour. Nous sommes une PME.\nQui prévenir ?",
        STORY,
        "Lequel de tous nos documents faut-il marquer en premier quand on est une petite entreprise de douze personnes"
        " sans informaticien et que l’on reçoit chaque semaine des visiteurs ?",
    ],
    ids=["short", "asks nothing", "one sentence"],
)
def test_a_message_that_is_short_or_asks_nothing_or_nothing_else_is_read_whole(message):
    assert asked_of(message) == " ".join(message.split())


@given(st.text(alphabet=st.sampled_from("ab?!.,;:\n é’"), max_size=400))
def test_only_words_of_the_message_are_asked_in_their_order(message):
    asked, said = asked_of(message).split(), iter(message.split())
    assert all(any(word == other or word in other for other in said) for word in asked)
    assert bool(asked) == bool(message.split())
    if not is_long(message):
        assert asked == message.split()


def test_a_follow_up_of_a_long_message_follows_what_it_asked():
    message = f"{STORY}Qui faut-il prévenir de la perte d’un ordinateur portable ?"
    history = (Message("user", message), Message("assistant", "Voici ce qu’en dit le recueil."))
    written = standalone("Et dans quel délai ?", history)
    assert written == "Qui faut-il prévenir de la perte d’un ordinateur portable : dans quel délai ?"


def test_a_long_message_is_answered_as_what_it_asks(assistant):
    question = "Comment marquer nos documents confidentiels ?"
    answer = assistant.ask(Question(f"{STORY}{question} Merci !"))
    assert answer.standalone_question == question
    assert answer.question == f"{STORY}{question} Merci !"
    again = assistant.ask(Question(f"{STORY}{question} Merci !", written_out=question))
    assert (again.text, again.confidence) == (answer.text, answer.confidence)


def test_a_follow_up_of_what_says_too_little_follows_the_whole_message():
    message = f"Que faire ? {STORY}"
    history = (Message("user", message), Message("assistant", "Voici ce qu’en dit le recueil."))
    assert "a laissé son ordinateur" in standalone("Et dans quel délai ?", history)


@pytest.mark.parametrize(
    "courtesy",
    ["j’espère que vous allez bien ?", "Pouvez-vous m’aider ?", "Where are we? How are you?", "Est-ce normal ?"],
)
def test_a_question_that_asks_nothing_hides_no_wish(courtesy):
    wish = "Je voudrais connaître les précautions à prendre pour le départ d’un partenaire."
    assert asked_of(f"{courtesy} {STORY}{wish}").endswith(wish)


@pytest.mark.parametrize(
    ("end", "shape"),
    [("Fais-moi une check-list.", "checklist"), ("Réponse courte, merci.", "short"), ("", "answer")],
)
def test_a_short_sentence_beside_says_in_what_form(end, shape):
    asked = "Que faut-il vérifier avant le départ d’un partenaire ?"
    assert form_of(f"{asked} {STORY}{end}", asked) == shape


def test_a_part_that_the_question_is_about_is_kept():
    message = f"À propos de la pratique n° 19. {STORY}Quel délai faut-il tenir pour prévenir le référent du pôle ?"
    assert asked_of(message) == (
        "À propos de la pratique n° 19. Quel délai faut-il tenir pour prévenir le référent du pôle ?"
    )


def test_a_quotation_is_not_cut():
    message = f"{STORY}Mon chef m’a dit : « On refuse tout le monde. Vraiment tout le monde ? » et il est parti."
    assert asked_of(message) == " ".join(message.split())
