"""What the interface says, in French and English. Words around an answer follow its question: see chat/wording.py."""

from dataclasses import dataclass

from assistant import Language
from ui.language import interface_language


@dataclass(frozen=True)
class PageWords:
    """The words of the bar, the first screen, the question box, and what goes wrong."""

    conversation: str
    guide: str
    conversations: str
    other_language: str
    sign_out: str
    new_conversation: str
    invitation: str
    start: str
    start_hint: str
    by_public: str
    quoted: str
    privacy: str
    outside: str
    sent_away: str
    instead: str
    demonstration: str
    no_guide: str
    asked: str
    searching: str
    opening: str
    queued: str
    queued_first: str
    too_many: str
    too_many_remedy: str
    slow_down: str
    retry: str
    unavailable: str
    remedy: str
    unexpected: str
    unexpected_remedy: str
    not_kept: str
    deleted_elsewhere: str
    gone: str
    lost: str
    earlier: str
    earlier_one: str
    resume: str


_FRENCH = PageWords(
    conversation="Questions",
    guide="Le recueil",
    conversations="Mes conversations",
    other_language="English",
    sign_out="Se déconnecter",
    new_conversation="Nouvelle conversation",
    invitation="Posez votre question en français ou en anglais",
    start="Par où commencer",
    start_hint="Choisissez une question, ou écrivez la vôtre en bas de la page.",
    by_public="Selon qui vous êtes",
    quoted="Chaque réponse cite le texte mot pour mot.",
    privacy="Rien de ce que vous écrivez ne quitte cette machine.",
    outside="Attention",
    sent_away=(
        "Pour rédiger, Vigie envoie vos questions et les passages cités au serveur {host}, choisi par l’administrateur."
    ),
    instead=(
        "La dernière version du recueil ne peut pas être ouverte. Vigie répond sur la précédente, du {day} ; "
        "l’administrateur en trouvera la raison avec « vigie doctor »."
    ),
    demonstration="Démonstration",
    no_guide="Réponses citées, page à l’appui.",
    asked="Votre question",
    searching="Recherche dans le recueil…",
    opening="Ouverture du recueil… Quelques secondes, au premier démarrage seulement.",
    queued="Vigie répond à d’autres questions. La vôtre est la {place}ᵉ dans la file.",
    queued_first="Vigie répond à d’autres questions. La vôtre est la prochaine.",
    too_many="Vous avez posé {limit} questions en une minute, le plus que Vigie accepte d’une même personne.",
    too_many_remedy="Attendez {seconds} secondes, puis réessayez.",
    slow_down="Un instant",
    retry="Réessayer",
    unavailable="Vigie ne peut pas répondre pour le moment",
    remedy="Que faire ?",
    unexpected="Vigie a rencontré une erreur imprévue",
    unexpected_remedy="Rechargez la page. Si l’erreur revient, lancez « vigie doctor ».",
    not_kept="Cet échange n’a pas pu être gardé : il disparaîtra avec cette page.",
    deleted_elsewhere="Cette conversation a été supprimée dans une autre fenêtre.",
    gone="Cette conversation n’existe pas, ou n’existe plus. Elle a pu être supprimée, ou être à quelqu’un d’autre.",
    lost="Cette réponse ne peut plus être relue",
    earlier="Afficher les {n} questions précédentes",
    earlier_one="Afficher la question précédente",
    resume="Reprendre une conversation",
)
_ENGLISH = PageWords(
    conversation="Questions",
    guide="The guide",
    conversations="My conversations",
    other_language="Français",
    sign_out="Sign out",
    new_conversation="New conversation",
    invitation="Ask your question in French or in English",
    start="Where to start",
    start_hint="Choose a question, or write your own at the bottom of the page.",
    by_public="By who you are",
    quoted="Every answer quotes the text word for word, in French.",
    privacy="Nothing you write leaves this machine.",
    outside="Please note",
    sent_away=(
        "To write its answers, Vigie sends your questions and the quoted passages to the server {host}, "
        "chosen by the administrator."
    ),
    instead=(
        "The latest version of the guide cannot be opened. Vigie answers from the one before it, of {day}; "
        "the administrator will find out why with “vigie doctor”."
    ),
    demonstration="Demonstration",
    no_guide="Answers with their quotes and pages.",
    asked="Your question",
    searching="Searching the guide…",
    opening="Opening the guide… A few seconds, the first time only.",
    queued="Vigie is answering other questions. Yours is number {place} in the queue.",
    queued_first="Vigie is answering other questions. Yours is next.",
    too_many="You asked {limit} questions in a minute, the most Vigie accepts from one person.",
    too_many_remedy="Wait {seconds} seconds, then try again.",
    slow_down="One moment",
    retry="Try again",
    unavailable="Vigie cannot answer for the moment",
    remedy="What to do?",
    unexpected="Vigie met an unexpected error",
    unexpected_remedy="Reload the page. If the error comes back, run “vigie doctor”.",
    not_kept="This exchange could not be kept: it will be lost with this page.",
    deleted_elsewhere="This conversation was deleted in another window.",
    gone="This conversation does not exist any more. It may have been deleted, or be somebody else’s.",
    lost="This answer cannot be read again",
    earlier="Show the {n} earlier questions",
    earlier_one="Show the earlier question",
    resume="Go on with a conversation",
)


def page_words(language: Language | None = None) -> PageWords:
    """The words of a language, by default the interface's."""
    return {"fr": _FRENCH, "en": _ENGLISH}[language or interface_language()]
