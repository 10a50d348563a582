"""The pointer's moves: publish a version once judged, go back to an earlier one, set a damaged one aside."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.disk import writing
from index.embedder import ModelStamp
from index.errors import IndexError_, IndexUnavailable, PublicationRefused
from index.history import What, last, log_event, quarantined, read_log, served_before
from index.locks import swinging
from index.manifest import read_manifest
from index.opened import IndexVersion
from index.version import check_files, point_at, pointed, version_folder, version_names


@dataclass(frozen=True)
class Judgement:
    """Whether a version may be published; `questions` identifies the set that was asked, `reasons` say why not.

    `of_same_files`: the version that it is of has the very files of the one being judged.
    """

    passed: bool
    scores: dict[str, float] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    questions: str = ""
    of_same_files: bool = False


Judge = Callable[[IndexVersion, Judgement | None], Judgement]  # is given the published version's own judgement
Servable = Callable[[ModelStamp], None]  # raises IndexMismatch for a model that is not the one that answers


def publish(
    root: Path, name: str, judge: Judge | None = None, forced: str = "", servable: Servable = lambda _: None
) -> Judgement | None:
    """Serve a version from now on. `forced` is the reason for serving it whatever the judge says, and is recorded.

    Raises PublicationRefused where the judge does not pass it or it was set aside, IndexDamaged where a file is not
    what it should be, and what `servable` raises; the version served before then stays.
    """
    version = IndexVersion(root, name)
    servable(version.manifest.model)
    check_files(version_folder(root, name), version.manifest, thorough=True)
    _refuse_aside(root, name)
    judgement = judge(version, _published_judgement(root, version)) if judge else None
    if judgement:
        _record(root, name, judgement)
    if judgement and not judgement.passed and not forced:
        reasons = " ; ".join(judgement.reasons)
        raise PublicationRefused(
            f"La version {name} n’est pas publiée : {reasons}.",
            f"Corrigez le corpus, ou forcez-la avec une raison : « vigie index publish {name} --force RAISON ».",
        )
    with swinging(root), writing(root):
        version_folder(root, name)  # to judge takes minutes: it may have been pruned or set aside since
        _refuse_aside(root, name)
        if forced:
            log_event(root, "forced", name, reason=forced)
        _swing(root, name, "published")
    return judgement


def _refuse_aside(root: Path, name: str) -> None:
    reason = quarantined(read_log(root)).get(name)
    if reason is not None:
        remedy = f"Une fois réparée, « vigie index verify {name} » la rend de nouveau disponible."
        raise PublicationRefused(f"La version {name} est mise à l’écart : {reason}", remedy)


def _published_judgement(root: Path, version: IndexVersion) -> Judgement | None:
    judgement = judgement_of(root, pointed(root))
    if judgement is None:
        return None
    try:
        served = read_manifest(version_folder(root, pointed(root)))
    except IndexError_:
        return judgement
    return replace(judgement, of_same_files=served.files == version.manifest.files)


def _record(root: Path, name: str, judgement: Judgement) -> None:
    with writing(root):
        log_event(
            root, "judged", name, passed=judgement.passed, scores=judgement.scores, reasons=list(judgement.reasons),
            questions=judgement.questions,
        )  # fmt: skip


def judgement_of(root: Path, name: str) -> Judgement | None:
    """A version's latest judgement, or None."""
    event = last(read_log(root), name, "judged")
    if event is None:
        return None
    said = event.details
    return Judgement(
        bool(said.get("passed")), dict(said.get("scores") or {}), tuple(said.get("reasons") or ()),
        str(said.get("questions", "")),
    )  # fmt: skip


def rollback(root: Path, target: str = "", servable: Servable = lambda _: None) -> str:
    """Serve again the version served before this one, or another that was served and is kept; its name.

    Raises IndexUnavailable where there is none, IndexDamaged where the target is damaged, PublicationRefused where it
    was set aside or never served: that would be a way around the judge. What `servable` raises passes through.
    """
    with swinging(root):
        name = target or _before(root)
        folder = version_folder(root, name)
        manifest = read_manifest(folder)
        check_files(folder, manifest)
        servable(manifest.model)
        _refuse_aside(root, name)
        if name != pointed(root) and not last(read_log(root), name, "published", "rolled back"):
            remedy = f"Publiez-la : « vigie index publish {name} »."
            raise PublicationRefused(f"La version {name} n’a jamais été servie.", remedy)
        with writing(root):
            _swing(root, name, "rolled back")
    return name


def _before(root: Path) -> str:
    events = read_log(root)
    aside, kept = quarantined(events), set(version_names(root))
    found = [n for n in served_before(events, pointed(root)) if n in kept and n not in aside]
    if not found:
        raise IndexUnavailable("Aucune version n’a été servie avant celle-ci.", "Voyez « vigie index list ».")
    return found[-1]


def set_aside(root: Path, name: str, reason: str) -> str:
    """Quarantine a version; where it is the published one, serve again the one before it. The version served.

    Its files stay where they are. Where no earlier version can be served the pointer stays too.
    """
    with swinging(root), writing(root):
        if name not in quarantined(read_log(root)):
            log_event(root, "quarantined", name, reason=reason)
        if pointed(root) != name:
            return pointed(root)
        earlier = _sound(root)
        if earlier:
            _swing(root, earlier, "rolled back", instead_of=name)
        return earlier or name


def release(root: Path, name: str) -> bool:
    """A version found intact is no longer set aside; whether it was."""
    with swinging(root), writing(root):
        was = name in quarantined(read_log(root))
        if was:
            log_event(root, "released", name)
        return was


def _sound(root: Path) -> str:
    """The latest version served before this one whose files are what they should be."""
    events = read_log(root)
    aside, kept = quarantined(events), set(version_names(root))
    for name in reversed(served_before(events, pointed(root))):
        if name in kept and name not in aside:
            folder = version_folder(root, name)
            try:
                check_files(folder, read_manifest(folder))
            except IndexError_:
                continue
            return name
    return ""


def _swing(root: Path, name: str, event: What, **details: str) -> None:
    point_at(root, name)
    log_event(root, event, name, **details)
