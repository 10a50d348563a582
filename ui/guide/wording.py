"""What « Le recueil » says in its own name, in French and English."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assistant import Language

Gone = Literal["publication", "section", "page"]


@dataclass(frozen=True)
class GuideWords:
    """The words of the list, of a publication, a section and a page."""

    guide: str
    publications: str
    path: str
    rest: str
    others: str
    pages: str
    one_page: str
    unreadable: str
    one_unreadable: str
    contents: str
    first_page: str
    opening: str
    whole: str
    see_page: str
    ask: str
    under: str
    before: str
    after: str
    neighbours: str
    earlier_part: str
    later_part: str
    page_title: str
    on_page: str
    no_text: str
    silent: Mapping[Gone, str]
    to_list: str
    nothing: str


_FRENCH = GuideWords(
    guide="Le recueil",
    publications="Publications",
    path="Vous êtes ici",
    rest="Autres chapitres",
    others="Autres publications",
    pages="{n} pages",
    one_page="1 page",
    unreadable="Pages dont le texte n’a pas pu être lu : {pages} (numéros du PDF).",
    one_unreadable="Page dont le texte n’a pas pu être lu : {pages} (numéro du PDF).",
    contents="Sommaire",
    first_page="Feuilleter depuis la première page",
    opening="Avant la première section",
    whole="Texte intégral",
    see_page="Voir la page",
    ask="Poser une question sur cette section",
    under="Dans cette section",
    before="Section précédente",
    after="Section suivante",
    neighbours="Sections voisines",
    earlier_part="Début de la section",
    later_part="Suite de la section",
    page_title="{title}, {page}",
    on_page="Le texte de cette page",
    no_text="Vigie n’a lu aucun texte sur cette page.",
    silent={
        "publication": "Cette publication n’est pas, ou n’est plus, dans le recueil.",
        "section": "Cette section n’existe pas, ou n’existe plus, dans cette publication.",
        "page": "Cette publication n’a pas de page {page}.",
    },
    to_list="Voici ce que le recueil contient aujourd’hui.",
    nothing="Le recueil est vide pour l’instant.",
)
_ENGLISH = GuideWords(
    guide="The guide",
    publications="Publications",
    path="You are here",
    rest="Other chapters",
    others="Other publications",
    pages="{n} pages",
    one_page="1 page",
    unreadable="Pages whose text could not be read: {pages} (numbers of the PDF).",
    one_unreadable="Page whose text could not be read: {pages} (number of the PDF).",
    contents="Contents",
    first_page="Leaf through from the first page",
    opening="Before the first section",
    whole="Full text",
    see_page="See the page",
    ask="Ask a question about this section",
    under="In this section",
    before="Previous section",
    after="Next section",
    neighbours="Neighbouring sections",
    earlier_part="Earlier in the section",
    later_part="Further in the section",
    page_title="{title}, {page}",
    on_page="The text of this page",
    no_text="Vigie read no text on this page.",
    silent={
        "publication": "This publication is not, or no longer, in the guide.",
        "section": "This section does not exist, or no longer exists, in this publication.",
        "page": "This publication has no page {page}.",
    },
    to_list="Here is what the guide holds today.",
    nothing="The guide is empty for now.",
)
_WORDS: dict[Language, GuideWords] = {"fr": _FRENCH, "en": _ENGLISH}


def guide_words(language: Language) -> GuideWords:
    """The words of a language."""
    return _WORDS[language]
