"""What an export says around the answers, in French and in English."""

from dataclasses import dataclass

from assistant import Language


@dataclass(frozen=True)
class Words:
    """The words of one language. `{day}` is a date in full, `{names}` one or more index versions."""

    untitled: str
    demonstration: str
    shape: str
    legend: str
    unfinished: str
    unanswered: str
    unkept: str
    unavailable: str
    sources: str
    exported: str
    version: str
    versions: str
    opening: str
    closing: str
    first_day: str
    months: tuple[str, ...]


_FRENCH = Words(
    untitled="Conversation avec Vigie",
    demonstration="Recueil de démonstration",
    shape="Présentation demandée : {shape}",
    legend="« {quoted} » : dans les mots du texte. « {reworded} » : dit autrement, à vérifier sur la citation.",
    unfinished="La rédaction n’était pas terminée au moment de l’export.",
    unanswered="Pas encore de réponse au moment de l’export.",
    unkept="Les citations et les sources de cette réponse ne sont plus conservées.",
    unavailable="Vigie ne pouvait pas répondre à ce moment-là.",
    sources="Sources",
    exported="Exporté de Vigie le {day}.",
    version="Version de l’index : {names}.",
    versions="Versions de l’index : {names}.",
    opening="«\u00a0",
    closing="\u202f»",
    first_day="1er",
    months=(
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
    ),
)  # fmt: skip
_ENGLISH = Words(
    untitled="Conversation with Vigie",
    demonstration="Demonstration guide",
    shape="Asked for as: {shape}",
    legend="“{quoted}”: in the words of the text. “{reworded}”: said otherwise, to be checked on the quote.",
    unfinished="The answer was still being written at the time of the export.",
    unanswered="No answer yet at the time of the export.",
    unkept="The quotes and the sources of this answer are no longer kept.",
    unavailable="Vigie could not answer at that moment.",
    sources="Sources",
    exported="Exported from Vigie on {day}.",
    version="Index version: {names}.",
    versions="Index versions: {names}.",
    opening="“",
    closing="”",
    first_day="1",
    months=(
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ),
)  # fmt: skip
_WORDS: dict[Language, Words] = {"fr": _FRENCH, "en": _ENGLISH}


def export_words(language: Language) -> Words:
    """The words of a language."""
    return _WORDS[language]
