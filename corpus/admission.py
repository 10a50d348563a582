"""What may enter the catalogue: a name that is free and known, a content that no other publication has."""

import re
from dataclasses import dataclass

from corpus.catalogue import CatalogueFile, known_ids
from corpus.download import Download
from corpus.errors import CatalogueError
from corpus.files import sha256_of
from corpus.publication import Catalogue, Publication


@dataclass(frozen=True)
class Addition:
    """What is to enter the catalogue. `title` was asked for; `own_title` is the file's.

    `sha256` and `size` (bytes) are those of the file as received, unknown before it is there. A file that `renews` its
    publication keeps all that the catalogue says of it.
    """

    id: str
    replaces: tuple[str, ...] = ()
    title: str = ""
    own_title: str = ""
    sha256: str = ""
    size: int = 0
    download: Download | None = None
    renews: bool = False


def check_names(catalogue: Catalogue, addition: Addition) -> None:
    """Raises CatalogueError for an unknown `replaces`, an id already taken or that a command could not name."""
    unknown = [target for target in addition.replaces if target not in known_ids(catalogue)]
    if unknown:
        known = ", ".join(known_ids(catalogue))
        raise CatalogueError(f"Aucune publication ne s’appelle « {unknown[0]} ».", f"Identifiants connus : {known}.")
    served = {p.id for p in catalogue.publications}
    if addition.renews and addition.id not in served | {p.id for p in catalogue.unfetched}:
        raise CatalogueError(f"« {addition.id} » a été retirée entre-temps.", "Rien n’a été changé.")
    superseded = {target for p in catalogue.publications for target in p.replaces}  # withdrawn by a later edition
    if addition.id in served | superseded and addition.id not in addition.replaces and not addition.renews:
        raise CatalogueError(
            f"Une publication « {addition.id} » existe déjà.",
            "Donnez un autre nom avec --id, ou --replaces pour la remplacer.",
        )
    if not re.fullmatch(r"[^\W_][\w.-]*", addition.id) and not addition.renews:
        raise CatalogueError(
            f"« {addition.id} » n’est pas un identifiant.", "Employez des lettres, des chiffres et des tirets."
        )


def check_content(after: Catalogue, planned: CatalogueFile, addition: Addition) -> None:
    """Raises CatalogueError for what another publication, still served `after`, has: all would be found twice."""
    recorded = {entry.id: entry.sha256 for entry in planned.publication}
    for other in after.publications:
        if addition.sha256 and other.id != addition.id and _holds(other, recorded.get(other.id), addition):
            raise CatalogueError(
                f"« {other.id} » ({other.title}) a déjà ce contenu, à l’octet près.",
                f"Il n’y a rien à ajouter ; pour la renommer, --replaces {other.id}.",
            )


def _holds(other: Publication, recorded: str | None, addition: Addition) -> bool:
    if recorded == addition.sha256:
        return True
    path = other.path
    if path is None or not path.is_file() or path.stat().st_size != addition.size:
        return False
    return sha256_of(path) == addition.sha256
