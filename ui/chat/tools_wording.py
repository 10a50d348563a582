"""The names of what a reader takes away, and of the ways from a source to its page."""

from dataclasses import dataclass

from assistant import Language
from ui.language import interface_language


@dataclass(frozen=True)
class ToolsWords:
    """Short enough for buttons."""

    copy: str
    word: str
    markdown: str
    whole: str
    copy_citation: str
    open_pdf: str
    read_on: str


_FRENCH = ToolsWords(
    copy="Copier la réponse",
    word="Télécharger en Word",
    markdown="En Markdown",
    whole="Toute la conversation :",
    copy_citation="Copier la citation",
    open_pdf="Ouvrir le PDF à la page {page} (nouvel onglet)",
    read_on="Lire cette page dans le recueil",
)
_ENGLISH = ToolsWords(
    copy="Copy the answer",
    word="Download as Word",
    markdown="As Markdown",
    whole="The whole conversation:",
    copy_citation="Copy the quote",
    open_pdf="Open the PDF at page {page} (new tab)",
    read_on="Read this page in the guide",
)


def tools_words(language: Language | None = None) -> ToolsWords:
    """The words of a language, by default the interface's."""
    return {"fr": _FRENCH, "en": _ENGLISH}[language or interface_language()]
