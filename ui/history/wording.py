"""What the page of conversations says."""

from dataclasses import dataclass

from assistant import Language
from ui.language import interface_language


@dataclass(frozen=True)
class HistoryWords:
    """The list, what can be done with a line of it, and with all that is kept."""

    title: str
    intro: str
    days: str
    day: str
    search: str
    none: str
    none_found: str
    questions: str
    question: str
    today: str
    yesterday: str
    on_day: str
    rename: str
    new_title: str
    save: str
    cancel: str
    delete: str
    delete_named: str
    rename_named: str
    sure: str
    yes_delete: str
    more: str
    mine: str
    mine_intro: str
    take_all: str
    erase: str
    erase_sure: str
    erase_yes: str
    erased: str
    person: str


_FRENCH = HistoryWords(
    title="Mes conversations",
    intro="Vous seul les voyez.",
    days="Chacune est effacée {days} jours après sa dernière question.",
    day="Chacune est effacée un jour après sa dernière question.",
    search="Chercher dans mes conversations",
    none="Vous n’avez pas encore de conversation. Posez une première question : elle sera gardée ici.",
    none_found="Aucune conversation ne contient ces mots.",
    questions="{n} questions",
    question="1 question",
    today="aujourd’hui à {time}",
    yesterday="hier à {time}",
    on_day="le {day}",
    rename="Renommer",
    new_title="Nouveau titre",
    save="Enregistrer",
    cancel="Annuler",
    delete="Supprimer",
    delete_named="Supprimer « {title} »",
    rename_named="Renommer « {title} »",
    sure="Supprimer cette conversation pour de bon ?",
    yes_delete="Oui, la supprimer",
    more="Afficher les suivantes",
    mine="Mes données",
    mine_intro=(
        "Vigie garde vos conversations, vos avis sur les réponses et la langue choisie, sur la machine qui la fait "
        "marcher. Rien d’autre."
    ),
    take_all="Télécharger toutes mes données (JSON)",
    erase="Effacer toutes mes données",
    erase_sure=(
        "Toutes vos conversations seront effacées, ainsi que vos avis, y compris ceux que les évaluateurs ont reçus. "
        "Rien ne pourra être retrouvé."
    ),
    erase_yes="Oui, tout effacer",
    erased="Tout est effacé. Conversations : {n}.",
    person="Si l’administrateur vous le demande, votre identifiant est {id}.",
)
_ENGLISH = HistoryWords(
    title="My conversations",
    intro="Only you can see them.",
    days="Each is deleted {days} days after its last question.",
    day="Each is deleted a day after its last question.",
    search="Search my conversations",
    none="You have no conversation yet. Ask a first question: it will be kept here.",
    none_found="No conversation holds these words.",
    questions="{n} questions",
    question="1 question",
    today="today at {time}",
    yesterday="yesterday at {time}",
    on_day="on {day}",
    rename="Rename",
    new_title="New title",
    save="Save",
    cancel="Cancel",
    delete="Delete",
    delete_named="Delete “{title}”",
    rename_named="Rename “{title}”",
    sure="Delete this conversation for good?",
    yes_delete="Yes, delete it",
    more="Show the next ones",
    mine="My data",
    mine_intro=(
        "Vigie keeps your conversations, your opinions of answers and the language you chose, on the machine that runs "
        "it. Nothing else."
    ),
    take_all="Download all my data (JSON)",
    erase="Erase all my data",
    erase_sure=(
        "All your conversations will be erased, and your opinions with them, those the evaluators received included. "
        "Nothing can be brought back."
    ),
    erase_yes="Yes, erase everything",
    erased="Everything is erased. Conversations: {n}.",
    person="Should the administrator ask, your identifier is {id}.",
)


def history_words(language: Language | None = None) -> HistoryWords:
    """The words of a language, by default the interface's."""
    return {"fr": _FRENCH, "en": _ENGLISH}[language or interface_language()]
