"""The root of Vigie's error tree, and the errors of this room.

A message says what happened and where; the remedy is the reader's next step. Both are in French, because
members and admins read them.
"""

from typing import Literal

PdfErrorCode = Literal[
    "not_a_pdf", "encrypted", "damaged", "no_text", "too_large", "too_many_pages", "limits", "timeout"
]


class VigieError(Exception):
    """Something a user can act on: `message` says what and where, `remedy` what to do next."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class CatalogueError(VigieError):
    """The catalogue, or a request to change it, is wrong."""


class CatalogueBusy(CatalogueError):
    """Another command is changing the catalogue."""


class DownloadError(VigieError):
    """A file that could not be brought whole, and as a PDF, from its address."""


class SettingsError(VigieError):
    """A setting is unknown or has an impossible value."""


class UnreadablePdf(VigieError):
    """A file that cannot be indexed, with one of the codes of `vigie corpus check`."""

    def __init__(self, code: PdfErrorCode, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.code: PdfErrorCode = code


_EXPLANATIONS: dict[PdfErrorCode, tuple[str, str]] = {
    "not_a_pdf": (
        "Le fichier n’est pas un PDF ou il est vide.",
        "Vérifiez le fichier d’origine et exportez-le de nouveau au format PDF.",
    ),
    "encrypted": (
        "Le fichier est protégé par un mot de passe.",
        "Ajoutez-le avec « vigie corpus add --password », ou demandez à l’éditeur une version sans mot de passe.",
    ),
    "damaged": (
        "Le fichier est endommagé et n’a pas pu être réparé.",
        "Téléchargez-le de nouveau, ou ouvrez-le dans un lecteur PDF et enregistrez-en une copie.",
    ),
    "no_text": (
        "Le fichier ne contient aucun texte lisible : ce sont des images ou des caractères non déchiffrables.",
        "Ajoutez-le avec « vigie corpus add --ocr », qui reconnaît le texte des images.",
    ),
    "too_large": (
        "Le fichier dépasse la taille autorisée.",
        "Allégez-le ou découpez-le, ou augmentez le réglage « corpus.max_megabytes ».",
    ),
    "too_many_pages": (
        "Le fichier dépasse le nombre de pages autorisé.",
        "Découpez-le par chapitres, ou augmentez le réglage « corpus.max_pages ».",
    ),
    "limits": (
        "Le fichier se déploie ou s’imbrique au-delà des limites ; sa lecture a été arrêtée.",
        "Faites réenregistrer le PDF par son éditeur, ou augmentez « corpus.max_memory_mb » et les réglages voisins.",
    ),
    "timeout": (
        "La lecture du fichier est trop longue ; elle a été arrêtée.",
        "Découpez le fichier, ou augmentez le réglage « corpus.max_seconds ».",
    ),
}


def unreadable(code: PdfErrorCode) -> UnreadablePdf:
    """The error for `code`, with its standard French message and remedy."""
    return UnreadablePdf(code, *_EXPLANATIONS[code])
