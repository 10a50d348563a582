"""The pages of the publications that an index serves, as they are printed, for what checks words on them."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from corpus import page_text
from evaluations import EvaluationError
from index import IndexedPublication, IndexVersion

_OTHER = "Remettez-le en place, ou refaites l’index : « vigie index build »."


def printed_on(root: Path) -> Callable[[str, int], str]:
    """The text of a page by publication; the index is opened when one is wanted. It raises EvaluationError."""
    version = cache(lambda: IndexVersion(root))

    def printed(id_: str, page: int) -> str:
        publication = _publication(version(), id_)
        if not 1 <= page <= publication.pages:
            raise EvaluationError(f"« {id_} » n’a pas de page {page} : elle en a {publication.pages}.",
                                  "Donnez la page du PDF, et non celle qui est imprimée.")  # fmt: skip
        return _read(publication, page)

    return printed


def pages_of(root: Path, id_: str) -> list[str]:
    """The text of all pages of a publication. Raises EvaluationError where the index does not have it."""
    publication = _publication(IndexVersion(root), id_)
    return [_read(publication, page) for page in range(1, publication.pages + 1)]


def _publication(version: IndexVersion, id_: str) -> IndexedPublication:
    known = {one.id: one for one in version.manifest.publications}
    if id_ not in known:
        raise EvaluationError(f"Aucune publication de l’index ne s’appelle « {id_} ».", f"Il a : {', '.join(known)}.")
    return known[id_]


def _read(publication: IndexedPublication, page: int) -> str:
    try:
        return page_text(Path(publication.path), page)
    except (OSError, IndexError, RuntimeError) as error:
        what = f"{publication.path}, page {page} : ce fichier n’est plus celui de l’index."
        raise EvaluationError(what, _OTHER) from error
