"""Addresses: which may be asked for, how they are written in a request, and the names that they give."""

import re
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from corpus.errors import DownloadError

_SCHEMES = ("http", "https")
_LONGEST_NAME = 60  # characters: at most 240 bytes, which every file system takes


def is_address(text: str) -> bool:
    """Whether an admin wrote an address, of any scheme, and not a path."""
    return re.match(r"[a-z][a-z0-9+.-]*://", text, re.IGNORECASE) is not None


def request_url(address: str) -> str:
    """The address in ASCII, as a request takes it. Raises DownloadError for what Vigie does not ask for."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError as error:
        raise DownloadError(f"« {address} » n’est pas une adresse.", "Vérifiez-la.") from error
    if parts.scheme not in _SCHEMES or not host:
        raise DownloadError(f"« {address} » n’est pas une adresse http ou https.", "Donnez celle du fichier PDF.")
    if "@" in parts.netloc:
        raise DownloadError(
            "L’adresse contient un nom d’utilisateur, que le catalogue montrerait.",
            "Téléchargez le fichier vous-même, puis ajoutez-le.",
        )
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if port is None else f"{shown}:{port}"
    return urlunsplit((parts.scheme, netloc, *map(_quoted, (parts.path or "/", parts.query)), ""))


def _quoted(text: str) -> str:
    """What is quoted already stays so."""
    return quote(text, "/?%:!$&'()*+,;=@~")


def redirected(url: str, location: str) -> str:
    """Where a redirection leads. Raises DownloadError for another scheme."""
    try:
        target = urljoin(url, location)
        followed = urlsplit(target).scheme == urlsplit(url).scheme
    except ValueError:
        target, followed = location, False
    if not followed:
        raise DownloadError(
            f"Le serveur renvoie vers « {target} », d’un autre protocole : Vigie ne le suit pas.",
            "Si vous lui faites confiance, donnez cette adresse elle-même.",
        )
    return request_url(target)


def file_name(address: str) -> str:
    """The name that an address gives to its file, ending in .pdf. Raises DownloadError, as `request_url`."""
    last = unquote(urlsplit(request_url(address)).path).rstrip("/").rpartition("/")[2].replace("\0", "")
    return (re.sub(r"\.pdf$", "", last, flags=re.IGNORECASE)[:_LONGEST_NAME] or "publication") + ".pdf"
