"""What the page says when it asks whether an answer was helpful."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant import Language
from evaluations import feedback
from ui.language import interface_language


@dataclass(frozen=True)
class OpinionWords:
    """The question, the reasons and the thanks."""

    asked: str
    asked_of_silence: str
    yes: str
    no: str
    why: str
    reasons: Mapping[feedback.Reason, str]
    comment: str
    send: str
    thanks: str
    noted: str
    told: str
    change: str
    not_kept: str
    not_told: str


_FRENCH = OpinionWords(
    asked="Cette réponse vous est-elle utile ?",
    asked_of_silence="Vigie a-t-elle raison de ne pas répondre ?",
    yes="Oui",
    no="Non",
    why="Qu’est-ce qui ne va pas ?",
    reasons={
        "wrong_source": "La source n’est pas la bonne",
        "incomplete": "Il manque quelque chose",
        "wrong": "C’est faux",
        "should_have_abstained": "Le recueil n’en parle pas",
        "should_have_answered": "Le recueil en parle",
        "other": "Autre chose",
    },
    comment="Précisez, si vous le souhaitez (facultatif)",
    send="Envoyer",
    thanks="Merci. Votre avis est enregistré.",
    noted="Votre « non » est enregistré. Dites pourquoi, si vous le pouvez :",
    told="Les évaluateurs lisent votre avis avec la question, la réponse et les échanges d’avant, sans votre nom.",
    change="Changer d’avis",
    not_kept="Votre avis n’a pas pu être enregistré : {reason}",
    not_told="Votre avis est gardé, mais les évaluateurs ne l’ont pas reçu : {reason}",
)
_ENGLISH = OpinionWords(
    asked="Is this answer helpful?",
    asked_of_silence="Is Vigie right not to answer?",
    yes="Yes",
    no="No",
    why="What is wrong?",
    reasons={
        "wrong_source": "The source is not the right one",
        "incomplete": "Something is missing",
        "wrong": "It is false",
        "should_have_abstained": "The guide does not speak of it",
        "should_have_answered": "The guide speaks of it",
        "other": "Something else",
    },
    comment="Tell more, if you wish (optional)",
    send="Send",
    thanks="Thank you. Your opinion is recorded.",
    noted="Your “no” is recorded. Say why, if you can:",
    told="The evaluators read your opinion with the question, the answer and the exchanges before, without your name.",
    change="Change my mind",
    not_kept="Your opinion could not be recorded: {reason}",
    not_told="Your opinion is kept, but the evaluators did not receive it: {reason}",
)
_OF_ANSWERS: tuple[feedback.Reason, ...] = ("wrong_source", "incomplete", "wrong", "should_have_abstained", "other")
_OF_SILENCE: tuple[feedback.Reason, ...] = ("should_have_answered", "other")


def opinion_words(language: Language | None = None) -> OpinionWords:
    """The words of a language, by default the interface's."""
    return {"fr": _FRENCH, "en": _ENGLISH}[language or interface_language()]


def reasons_for(answered: bool) -> tuple[feedback.Reason, ...]:
    """What may be wrong with an answer, or with a silence."""
    return _OF_ANSWERS if answered else _OF_SILENCE
