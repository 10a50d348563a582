"""The PDF of an indexed publication, given to a reader who holds a link that the page made."""

import json
import time
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from corpus import sha256_of
from index import IndexedPublication
from ui.web.browser import plain_page

DOCUMENTS = "/publication/"
_HOUR = 3600
_LONGEST = 12 * _HOUR
_SEAL = Fernet(Fernet.generate_key())  # sealed, a link shows no one how this machine's folders are called
# A sandbox would stop Firefox's and Safari's viewers; a browser's own viewer needs no more than this.
_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
_GONE = (
    "Ce lien n’est plus valable, ou le fichier a changé depuis qu’il a été indexé. Rouvrez-le depuis la page de "
    "Vigie ; s’il ne s’ouvre toujours pas, l’administrateur en trouvera la raison avec « vigie doctor »."
)


def document_link(publication: IndexedPublication, page: int) -> str:
    """The address of a publication's PDF opened at a physical page (from 1), good for 11 to 12 hours on this server."""
    return f"{DOCUMENTS}{_token(publication.path, publication.sha256, int(time.time()) // _HOUR)}#page={page}"


@lru_cache(maxsize=4096)
def _token(path: str, sha256: str, _hour: int) -> str:
    """The same for an hour, so that the page run again is the same page."""
    return _SEAL.encrypt(json.dumps([path, sha256]).encode()).decode()


def _document(request: Request) -> Response:
    try:
        path, sha256 = json.loads(_SEAL.decrypt(request.path_params["token"].encode(), ttl=_LONGEST))
        stat = Path(path).stat()
        intact = _digest(path, stat.st_mtime_ns, stat.st_size) == sha256
    except (InvalidToken, OSError):
        intact = False
    if not intact:
        return plain_page("Document introuvable", _GONE, 404)
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "private, no-cache"}
    return FileResponse(path, 200, headers, "application/pdf", filename=Path(path).name,
                        content_disposition_type="inline")  # fmt: skip


@lru_cache(maxsize=1000)
def _digest(path: str, _modified: int, _size: int) -> str:
    """Read once for each state of the file: a touched file is read again."""
    return sha256_of(Path(path))


routes = [Route(DOCUMENTS + "{token}", _document)]
