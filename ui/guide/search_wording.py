"""What the search in the guide says, in French and English."""

from dataclasses import dataclass

from assistant import Language


@dataclass(frozen=True)
class SearchWords:
    """The words of the search box and of what it finds."""

    box: str
    hint: str
    scope: str
    everywhere: str
    pillar: str
    search: str
    results: str
    found: str
    found_one: str
    by_meaning: str
    none: str
    none_advice: str
    empty: str
    too_long: str
    stale: str
    also_in: str
    back: str


_FRENCH = SearchWords(
    box="Chercher dans le recueil",
    hint="Un mot, une expression ou une question",
    scope="Où chercher",
    everywhere="Tout le recueil",
    pillar="Thème : {title}",
    search="Chercher",
    results="Résultats pour « {q} »",
    found="{n} passages, les plus proches d’abord.",
    found_one="Un passage.",
    by_meaning="Aucun passage n’emploie ces mots. Voici ceux dont le sens s’en rapproche.",
    none="Aucun passage n’emploie ces mots, et aucun ne s’en rapproche par le sens.",
    none_advice="Essayez un mot plus courant, ou parcourez les publications.",
    empty="Écrivez ce que vous cherchez : un mot suffit.",
    too_long="Votre recherche dépasse {limit} caractères. Quelques mots suffisent.",
    stale="Cette partie du recueil n’existe plus : voici les résultats dans tout le recueil.",
    also_in="Même texte dans : {titles}",
    back="Revenir aux résultats pour « {q} »",
)
_ENGLISH = SearchWords(
    box="Search the guide",
    hint="A word, a phrase or a question",
    scope="Where to search",
    everywhere="The whole guide",
    pillar="Theme: {title}",
    search="Search",
    results="Results for “{q}”",
    found="{n} passages, the nearest first.",
    found_one="One passage.",
    by_meaning="No passage uses these words. Here are those whose meaning comes near.",
    none="No passage uses these words, and none comes near in meaning.",
    none_advice="Try a more common word, or browse the publications.",
    empty="Write what you are looking for: one word is enough.",
    too_long="Your search is longer than {limit} characters. A few words are enough.",
    stale="That part of the guide no longer exists: here are the results in the whole guide.",
    also_in="Same text in: {titles}",
    back="Back to the results for “{q}”",
)
_WORDS: dict[Language, SearchWords] = {"fr": _FRENCH, "en": _ENGLISH}


def search_words(language: Language) -> SearchWords:
    """The words of a language."""
    return _WORDS[language]
