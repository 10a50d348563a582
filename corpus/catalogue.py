"""The catalogue: which publications are served. The shipped part is read-only; an admin's part lies over it.

The admin's part, `VIGIE_HOME/catalogue.toml`, adds entries, completes shipped ones by their id, and names
those that are withdrawn. A folder of PDFs without a catalogue is a catalogue of its files.
"""

import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import tomli_w
from pydantic import Field, ValidationError

from corpus.errors import CatalogueError
from corpus.files import put_in_place
from corpus.publication import Catalogue, Guide, Pillar, Public, Publication
from corpus.settings import Section

FILE_NAME = "catalogue.toml"
SHIPPED = Path(__file__).resolve().parent / FILE_NAME
# What changes without the publication changing stays out of it, or the index would be built again for nothing.
_OF_THE_FILE = {"file", "sha256", "added", "fetched_from", "etag", "last_modified"}


class PillarEntry(Section):
    id: str
    title: str
    description: str = ""
    questions: tuple[str, ...] = ()
    questions_en: tuple[str, ...] = ()


class PublicEntry(Section):
    id: str
    title: str
    words: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    questions_en: tuple[str, ...] = ()


class GuideEntry(Section):
    id: str
    title: str
    subtitle: str = ""
    issuer: str = ""
    edition: str = ""
    notice: str = ""
    demonstration: bool = False
    pillars: tuple[PillarEntry, ...] = ()
    publics: tuple[PublicEntry, ...] = ()
    public_label: str = ""


class PublicationEntry(Section):
    id: str
    title: str = ""
    file: str = ""
    work: str = ""
    guide: str = ""
    issuer: str = ""
    edition: str = ""
    language: str = "fr"
    licence: str = ""
    source: str = ""
    pillar: str = ""
    replaces: tuple[str, ...] = ()
    sha256: str = Field(default="", description="digest of the file as it was received")
    added: str = Field(default="", description="date of the file's arrival, YYYY-MM-DD")
    fetched_from: str = Field(default="", description="address the file came from, and the next two fields with it")
    etag: str = ""
    last_modified: str = ""


class CatalogueFile(Section):
    """One catalogue.toml. Paths in `file` are relative to its folder."""

    guide: tuple[GuideEntry, ...] = ()
    publication: tuple[PublicationEntry, ...] = ()
    withdrawn: tuple[str, ...] = Field(default=(), description="ids of publications or guides no longer served")


def read_catalogue_file(path: Path) -> CatalogueFile:
    """A catalogue file, or an empty one where there is none. Raises CatalogueError naming the entry."""
    if not path.exists():
        return CatalogueFile()
    try:
        return CatalogueFile.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path} n’est pas un fichier TOML valable : {error}.", "Corrigez-le.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CatalogueError(f"{path}, à « {where} » : {first['msg']}.", "Corrigez cette entrée.") from error


def write_catalogue_file(path: Path, catalogue: CatalogueFile) -> None:
    """Replace a catalogue file in one step, safely on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".tmp")
    try:
        partial.write_text(tomli_w.dumps(catalogue.model_dump(exclude_defaults=True)), "utf-8")
        put_in_place(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def load_catalogue(home: Path, mine: CatalogueFile | None = None) -> Catalogue:
    """The shipped catalogue with the admin's over it: `mine`, or what the home holds."""
    shipped, mine = read_catalogue_file(SHIPPED), mine or read_catalogue_file(home / FILE_NAME)
    return merged([(SHIPPED.parent, shipped), (home, mine)])


def folder_catalogue(folder: Path) -> Catalogue:
    """A folder's own catalogue.toml, completed by the PDF files that it does not name."""
    if not folder.is_dir():
        raise CatalogueError(f"Le dossier {folder} n’existe pas.", "Vérifiez le chemin donné à --corpus.")
    declared = read_catalogue_file(folder / FILE_NAME)
    absent = next((e for e in declared.publication if e.file and not (folder / e.file).is_file()), None)
    if absent:
        raise CatalogueError(f"{folder} ne contient pas « {absent.file} », que nomme son catalogue.", "Corrigez-le.")
    named = {(folder / entry.file).resolve() for entry in declared.publication if entry.file}
    found = [p for p in sorted(folder.rglob("*")) if p.suffix.lower() == ".pdf" and p.is_file()]
    loose = [p.relative_to(folder) for p in found if p.resolve() not in named]
    stems = Counter(p.stem for p in loose)
    others = tuple(
        PublicationEntry(id=unicodedata.normalize("NFC", p.stem if stems[p.stem] == 1 else str(p)), file=str(p))
        for p in loose
    )
    return merged([(folder, declared.model_copy(update={"publication": (*declared.publication, *others)}))])


def merged(layers: Sequence[tuple[Path, CatalogueFile]]) -> Catalogue:
    """Lay catalogue files over one another: later entries complete earlier ones of the same id."""
    entries: dict[str, Publication] = {}
    guides: dict[str, Guide] = {}
    withdrawn: set[str] = set()
    for folder, layer in layers:
        twice = [i for i, count in Counter(p.id for p in layer.publication).items() if count > 1]
        if twice:
            raise CatalogueError(f"« {twice[0]} » figure deux fois dans le catalogue de {folder}.", "Renommez-en une.")
        for publication in layer.publication:
            _overlay(entries, publication, folder)
        guides |= {guide.id: _guide(guide) for guide in layer.guide}
        withdrawn |= set(layer.withdrawn)
    fetched = [p for p in entries.values() if p.path is not None]
    replaced = {target for p in fetched if p.id not in withdrawn for target in p.replaces if target != p.id}
    gone = withdrawn | replaced
    served = [_with_work(p, entries) for p in fetched if p.id not in gone and p.guide not in gone]
    return Catalogue(
        tuple(served),
        tuple(guides.values()),
        tuple(p for p in entries.values() if p.path is None and p.id not in withdrawn),
        tuple(p for p in fetched if p.id in gone or p.guide in gone),
    )


def _overlay(entries: dict[str, Publication], entry: PublicationEntry, folder: Path) -> None:
    values: dict[str, Any] = entry.model_dump(exclude=_OF_THE_FILE, exclude_unset=True)
    if entry.file:
        values["path"] = _confined(folder, entry.file)
    known = entries.get(entry.id)
    if known is None:
        if entry.id.startswith("-") or not entry.id.strip():
            raise CatalogueError(f"« {entry.id} » n’est pas un identifiant.", "Choisissez-en un autre.")
        values = {"path": None, "work": entry.id, **values}
        values["title"] = values.get("title") or entry.id
        entries[entry.id] = Publication(**values)
        return
    entries[entry.id] = Publication(**(_fields(known) | values))


def _fields(publication: Publication) -> dict[str, Any]:
    return {name: getattr(publication, name) for name in publication.__dataclass_fields__}


def _confined(folder: Path, relative: str) -> Path:
    path = (folder / relative).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise CatalogueError(f"Le fichier « {relative} » sort du dossier {folder}.", "Placez-le dans ce dossier.")
    return path


def _with_work(publication: Publication, entries: Mapping[str, Publication]) -> Publication:
    """An edition belongs to the work of the edition that it replaces, so that unchanged passages keep their ids."""
    work, seen = publication, {publication.id}
    while (older := next((entries[i] for i in work.replaces if i in entries), None)) and older.id not in seen:
        seen.add(older.id)
        work = older
    return Publication(**(_fields(publication) | {"work": work.work})) if work is not publication else publication


def _guide(entry: GuideEntry) -> Guide:
    pillars = tuple(Pillar(p.id, p.title, p.description, p.questions, p.questions_en) for p in entry.pillars)
    publics = tuple(Public(p.id, p.title, p.words, p.questions, p.questions_en) for p in entry.publics)
    names = ("id", "title", "issuer", "edition", "subtitle", "notice", "demonstration", "public_label")
    return Guide(**{name: getattr(entry, name) for name in names}, pillars=pillars, publics=publics)


def known_ids(catalogue: Catalogue) -> Iterable[str]:
    """Ids that `--replaces` and `remove` accept: publications and guides."""
    publications = (*catalogue.publications, *catalogue.withdrawn, *catalogue.unfetched)
    return [p.id for p in publications] + [g.id for g in catalogue.guides]
