"""What was read before, by the file's SHA-256, the reader's version and its settings: a file is read once."""

import hashlib
import json
import tempfile
import zlib
from importlib.metadata import version
from pathlib import Path

from corpus.document import Document
from corpus.document_json import decoded, encoded
from corpus.errors import UnreadablePdf
from corpus.isolation import read_isolated
from corpus.reading import READER_VERSION, OnPage
from corpus.settings import CorpusSettings

_LASTING = frozenset({"not_a_pdf", "encrypted", "no_text"})  # verdicts that a busier machine would give again
_ENGINES = "/".join(version(engine) for engine in ("pypdfium2", "pypdf"))
_NOT_OF_READING = {"allow_private_addresses", "max_fetch_seconds"}
_PART = ".part"


class ReadingCache:
    """A folder of documents, one file each, checked by a checksum when read. Safe to share between processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, path: Path, sha256: str, settings: CorpusSettings, on_page: OnPage | None = None) -> Document:
        """As `read_isolated`, for a file of this SHA-256. A document known from before is told as one page read."""
        place = self._place(sha256, settings)
        known = _loaded(place)
        if isinstance(known, UnreadablePdf):
            raise known
        if known is not None:
            if on_page:
                on_page(len(known.pages), len(known.pages))
            return known
        try:
            document = read_isolated(path, settings, on_page)
        except UnreadablePdf as error:
            if error.code in _LASTING and path.is_file():  # one that is gone says nothing of its content
                _save(place, {"error": {"code": error.code, "message": error.message, "remedy": error.remedy}})
            raise
        _save(place, encoded(document))
        return document

    def forget(self, sha256: str) -> None:
        """Drop what was read of a file, under all settings."""
        for place in self._folder.glob(f"{sha256}-*"):
            place.unlink(missing_ok=True)

    def keep_only(self, digests: frozenset[str]) -> None:
        """Drop what was read of all other files."""
        for place in self._folder.glob("*"):
            if place.name.split("-")[0] not in digests:
                place.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Drop what killed processes were writing; to be called by the only writer."""
        for place in self._folder.glob(f"*{_PART}"):
            place.unlink(missing_ok=True)

    def _place(self, sha256: str, settings: CorpusSettings) -> Path:
        made = f"{READER_VERSION}\0{_ENGINES}\0{settings.model_dump_json(exclude=_NOT_OF_READING)}"
        return self._folder / f"{sha256}-{hashlib.sha256(made.encode()).hexdigest()[:16]}"


def _save(place: Path, data: dict[str, object]) -> None:
    packed = zlib.compress(json.dumps(data).encode(), level=1)
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, suffix=_PART, delete=False) as file:
        part = Path(file.name)
        try:
            file.write(hashlib.sha256(packed).digest() + packed)
            file.close()
            part.replace(place)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def _loaded(place: Path) -> Document | UnreadablePdf | None:
    """None for a document never read, or whose file here is not what was written, or is of another Vigie."""
    try:
        content = place.read_bytes()
    except FileNotFoundError:
        return None
    if hashlib.sha256(content[32:]).digest() != content[:32]:
        return None
    data = json.loads(zlib.decompress(content[32:]))
    try:
        return UnreadablePdf(**data["error"]) if "error" in data else decoded(data)
    except (KeyError, TypeError, ValueError):
        return None
