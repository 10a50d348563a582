"""Images of gold pages, with the gold quote highlighted, small enough for a file that is sent around."""

import base64
import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image

from corpus import Passage, VigieError, letters, render_page
from evaluations.citation_metrics import Page
from evaluations.questions import Gold
from evaluations.reporting.faults import Failure
from index import IndexVersion

MOST = 40  # images
_BUDGET = 5_500_000  # characters of images in the page
_WIDTH, _QUALITY = 700, 60
OVER = f"image laissée de côté : le rapport en a déjà {MOST}, ou pèserait trop"
_NO_VERSION = "image laissée de côté : la version de l’index n’a pas été donnée"
_OTHER_FILE = "image laissée de côté : le fichier PDF est absent, ou n’est plus celui qui a été indexé"
_NOT_HERE = "pas d’image : la version interrogée n’a plus cette citation"


@dataclass(frozen=True)
class PageImage:
    """A page as a data URI; `highlighted`: the quote was found on it. Without `uri`, `why` says what is missing."""

    gold: Gold
    place: Page | None = None
    uri: str = ""
    highlighted: bool = False
    why: str = ""


def page_images(failures: Sequence[Failure], version: IndexVersion | None) -> dict[str, PageImage]:
    """By question id, the first gold page that no citation touches, or the first one; the worst cases first."""
    drawn: dict[str, PageImage] = {}
    camera = _Camera(version) if version else None
    left, spent = MOST, 0
    for failure in failures:
        if not failure.record.gold:
            continue
        gold = missed(failure)
        if camera is None:
            drawn[failure.record.id] = PageImage(gold, why=_NO_VERSION)
        elif not left or spent > _BUDGET:
            drawn[failure.record.id] = PageImage(gold, why=OVER)
        else:
            image = camera.take(gold, failure.result.gold)
            drawn[failure.record.id] = image
            left, spent = left - bool(image.uri), spent + len(image.uri)
    return drawn


def missed(failure: Failure) -> Gold:
    """The gold to show: the first that no citation touches."""
    cited = {(c["publication"], page) for c in failure.result.answer.get("citations", ())
             for page in range(c["page"], c["page_end"] + 1)}  # fmt: skip
    golds = failure.record.gold
    return next((gold for gold in golds if (gold.publication, gold.page) not in cited), golds[0])


class _Camera:
    """Draws the pages of one version, as long as its files are those that were indexed."""

    def __init__(self, version: IndexVersion) -> None:
        self._version = version
        self._known = {p.id: p for p in version.manifest.publications}
        self._by_publication: dict[str, list[Passage]] = {}
        self._path = cache(self._path_of)

    def take(self, gold: Gold, places: Iterable[Page]) -> PageImage:
        """The page that holds the quote among those that count, or the first of them as it is."""
        candidates = sorted(places, key=lambda place: (place != (gold.publication, gold.page), place))
        if not candidates:
            return PageImage(gold, why=_NOT_HERE)
        found = ((place, raw) for place in candidates if (raw := self._characters(place, gold.quote)))
        place, raw = next(found, (candidates[0], []))
        path = self._path(place[0])
        if path is None:
            return PageImage(gold, place, why=_OTHER_FILE)
        try:
            uri = _data_uri(render_page(path, place[1], raw, _WIDTH))
        except (VigieError, OSError, RuntimeError, ValueError) as error:
            return PageImage(gold, place, why=f"image impossible à faire : {error}")
        return PageImage(gold, place, uri, bool(raw))

    def _path_of(self, publication: str) -> Path | None:
        known = self._known.get(publication)
        if known is None:
            return None
        try:
            with Path(known.path).open("rb") as file:
                same = hashlib.file_digest(file, "sha256").hexdigest() == known.sha256
        except OSError:
            return None
        return Path(known.path) if same else None

    def _characters(self, place: Page, quote: str) -> list[int]:
        """The raw characters of a quote on a page; none where it does not stand there."""
        publication, page = place
        near = [p for p in self._passages(publication) if p.pages[0] - 1 <= page <= p.pages[1] + 1]
        return raw_characters(near, quote).get(page, [])

    def _passages(self, publication: str) -> list[Passage]:
        if not self._by_publication:
            store = self._version.passages
            for passage in (store[row] for row in range(len(store))):
                self._by_publication.setdefault(passage.publication, []).append(passage)
        return self._by_publication.get(publication, [])


def raw_characters(passages: Sequence[Passage], quote: str) -> dict[int, list[int]]:
    """Raw characters by page of a quote that stands in passages read one after another, by its letters."""
    wanted = letters(quote)
    held = [(passage, offset, letter) for passage in passages
            for offset, character in enumerate(passage.text) for letter in letters(character)]  # fmt: skip
    start = "".join(letter for _, _, letter in held).find(wanted) if wanted else -1
    found: dict[int, list[int]] = {}
    if start < 0:
        return found
    standing = held[start : start + len(wanted)]
    for passage in dict.fromkeys(passage for passage, _, _ in standing):
        offsets = [offset for other, offset, _ in standing if other is passage]
        for page, raw in passage.raw_characters(min(offsets), max(offsets) + 1).items():
            found.setdefault(page, []).extend(raw)
    return found


def _data_uri(png: bytes) -> str:
    out = io.BytesIO()
    with Image.open(io.BytesIO(png)) as image:
        image.save(out, "WEBP", quality=_QUALITY, method=4)
    return "data:image/webp;base64," + base64.b64encode(out.getvalue()).decode("ascii")
