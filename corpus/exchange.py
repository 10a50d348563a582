"""One exchange with a publisher's server: a request, the redirections, the answer, and what went wrong in our words."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpcore

from corpus.address import redirected
from corpus.errors import DownloadError
from corpus.settings import CorpusSettings

_TIMEOUTS = {"connect": 10.0, "read": 30.0, "write": 30.0, "pool": 10.0}  # seconds
_REDIRECTIONS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTIONS = 5


@contextmanager
def answer(
    pool: httpcore.ConnectionPool, method: str, url: str, conditions: Mapping[str, str]
) -> Iterator[httpcore.Response]:
    """The answer at the end of the redirections, each checked as the address was. Raises DownloadError."""
    for _ in range(_MOST_REDIRECTIONS + 1):
        headers = {"Host": urlsplit(url).netloc, "User-Agent": "Vigie", "Accept-Encoding": "identity", **conditions}
        encoded = [(name.encode(), value.encode("latin-1", "replace")) for name, value in headers.items()]
        with pool.stream(method, url, headers=encoded, extensions={"timeout": _TIMEOUTS}) as response:
            if response.status not in _REDIRECTIONS:
                yield response
                return
            location = header(response, b"location").encode("latin-1")
            url = redirected(url, location.decode("utf-8", "replace"))  # many servers write accents as they are
    raise DownloadError(
        f"Le serveur renvoie d’une adresse à l’autre plus de {_MOST_REDIRECTIONS} fois.",
        "Donnez l’adresse du fichier lui-même.",
    )


def header(response: httpcore.Response, name: bytes) -> str:
    """A header's value, or nothing; names are given in lower case."""
    return next((value.decode("latin-1") for key, value in response.headers if key.lower() == name), "")


def length(response: httpcore.Response) -> int:
    """The body's length announced, in bytes; 0 where there is none."""
    announced = header(response, b"content-length")
    return int(announced) if announced.isdigit() else 0


def check_status(status: int) -> None:
    """Raises DownloadError unless the answer is the file."""
    if status in (404, 410):
        raise DownloadError(f"Il n’y a rien à cette adresse ({status}).", "Demandez la nouvelle à l’éditeur.")
    if status in (401, 403, 407):
        raise DownloadError(f"Le serveur refuse l’accès au fichier ({status}).", "Téléchargez-le vous-même.")
    if status != 200:
        raise DownloadError(f"Le serveur n’a pas donné le fichier (réponse {status}).", "Réessayez plus tard.")


@contextmanager
def explained(url: str, deadline: float, settings: CorpusSettings) -> Iterator[None]:
    """Tell the errors of httpcore and of the disk as DownloadError; `deadline` is in seconds of `time.monotonic`."""
    host = urlsplit(url).netloc
    try:
        yield
    except httpcore.TimeoutException as error:
        if time.monotonic() < deadline:
            raise DownloadError(f"Le serveur {host} ne répond pas.", "Réessayez plus tard.") from error
        raise DownloadError(
            f"Le téléchargement a duré plus de {settings.max_fetch_seconds:g} s ; il a été arrêté.",
            "Réessayez plus tard, ou augmentez le réglage « corpus.max_fetch_seconds ».",
        ) from error
    except httpcore.ConnectError as error:
        raise DownloadError(f"Le serveur {host} n’a pas pu être joint : {error}.", "Vérifiez l’adresse.") from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise DownloadError(f"Le téléchargement de {host} a été coupé : {error}.", "Réessayez plus tard.") from error
    except OSError as error:
        raise DownloadError(
            f"{error.filename or 'Le fichier'} n’a pas pu être écrit : {error.strerror}.",
            "Libérez de la place, ou vérifiez les droits du dossier de Vigie.",
        ) from error
