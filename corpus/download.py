"""A PDF from a publisher's server, which may be slow, wrong, hostile or gone.

Nothing of it is trusted: not where it sends us, how much it sends, what it calls it, nor that it ends.
"""

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import httpcore

from corpus.address import request_url
from corpus.connection import GuardedBackend
from corpus.errors import DownloadError
from corpus.exchange import answer, check_status, explained, header, length
from corpus.settings import CorpusSettings

OnBytes = Callable[[int, int], None]  # received, and expected (0: the server does not say)

_ATTEMPTS = 2  # where the file changes while it comes
_FAILURES = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError)
_EDGE = 1024  # bytes: a reader looks for %PDF- in the first ones and for %%EOF in the last ones


@dataclass(frozen=True)
class Download:
    """A file as it was received: its `size` is in bytes; `etag` and `last_modified` as the server wrote them."""

    address: str
    sha256: str
    size: int
    etag: str = ""
    last_modified: str = ""


def download(
    address: str,
    target: Path,
    settings: CorpusSettings,
    *,
    known: Download | None = None,
    on_bytes: OnBytes | None = None,
) -> Download:
    """Write the PDF of an address to `target`; or give `known` back, where the server says that it is still the one.

    Raises DownloadError; `target` then holds anything. All of it takes `max_fetch_seconds` at most.
    """
    deadline = time.monotonic() + settings.max_fetch_seconds
    earlier = ""
    url, conditions = request_url(address), _conditions(known)
    backend = GuardedBackend(deadline, allow_private=settings.allow_private_addresses)
    with explained(url, deadline, settings), httpcore.ConnectionPool(network_backend=backend) as pool:
        for _ in range(_ATTEMPTS):
            with answer(pool, "GET", url, conditions) as response:
                if known and conditions and response.status == 304:
                    return known
                check_status(response.status)
                received = _saved(address, response, target, settings, on_bytes)
            # Some servers give every answer marks of its own: what came twice alike is whole.
            if received.sha256 == earlier or not _has_changed(pool, url, received):
                return received
            earlier = received.sha256
    raise DownloadError("Le fichier change pendant qu’il est téléchargé.", "Recommencez plus tard.")


def _conditions(known: Download | None) -> dict[str, str]:
    values = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified} if known else {}
    return {name: value for name, value in values.items() if value}


def _saved(
    address: str, response: httpcore.Response, target: Path, settings: CorpusSettings, on_bytes: OnBytes | None
) -> Download:
    expected, most = length(response), settings.max_megabytes * 1_000_000
    if expected > most:
        raise _too_large(settings)
    digest, size, last = hashlib.sha256(), 0, b""
    with target.open("wb") as file:
        for piece in _pieces(response):
            size += len(piece)
            if size > most:
                raise _too_large(settings)
            file.write(piece)
            digest.update(piece)
            last = (last + piece)[-_EDGE:]
            if on_bytes:
                on_bytes(size, expected)
    if b"%%EOF" not in last:  # the length was a lie, or there was none and the connection was cut
        raise DownloadError("Le fichier reçu s’arrête avant sa fin.", "Réessayez, ou téléchargez-le vous-même.")
    return Download(address, digest.hexdigest(), size, header(response, b"etag"), header(response, b"last-modified"))


def _pieces(response: httpcore.Response) -> Iterator[bytes]:
    """The body, once its beginning is that of a PDF."""
    body, head = response.iter_stream(), b""
    for piece in body:
        head += piece
        if len(head) >= _EDGE:
            break
    _check_type(response, head[:_EDGE])
    yield from chain([head], body)


def _check_type(response: httpcore.Response, head: bytes) -> None:
    kind, encoding = header(response, b"content-type"), header(response, b"content-encoding")
    if encoding.lower() not in ("", "identity"):
        raise DownloadError(f"Le serveur a compressé le fichier ({encoding}).", "Téléchargez-le vous-même.")
    if b"%PDF-" in head:
        return
    if not head:
        raise DownloadError("Le serveur a envoyé un fichier vide.", "Réessayez, ou écrivez à l’éditeur.")
    if "html" in kind or head.lstrip().lower().startswith((b"<!doctype html", b"<html")):
        raise DownloadError(
            "L’adresse est celle d’une page web, pas d’un PDF.",
            "Ouvrez-la dans un navigateur, et donnez l’adresse du fichier PDF lui-même.",
        )
    raise DownloadError(
        f"Le fichier reçu n’est pas un PDF (type annoncé : {kind or 'aucun'}).", "Donnez l’adresse d’un fichier PDF."
    )


def _too_large(settings: CorpusSettings) -> DownloadError:
    return DownloadError(
        f"Le fichier dépasse {settings.max_megabytes} Mo, la taille autorisée.",
        "Augmentez le réglage « corpus.max_megabytes ».",
    )


def _has_changed(pool: httpcore.ConnectionPool, url: str, received: Download) -> bool:
    """Whether the server now describes another file. One that answers no such question is believed."""
    if not (received.etag or received.last_modified):
        return False
    with suppress(DownloadError, *_FAILURES), answer(pool, "HEAD", url, {}) as now:
        described = (
            (header(now, b"etag"), received.etag),
            (header(now, b"last-modified"), received.last_modified),
            (length(now), received.size),
        )
        return now.status == 200 and any(new and old and new != old for new, old in described)
    return False
