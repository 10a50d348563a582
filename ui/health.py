"""Health checks, for `vigie doctor` and for any page that shows them."""

import platform
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus import VigieError, load_catalogue
from index import (
    VERSIONS,
    check_files,
    current_version,
    find_model,
    installed_stamp,
    is_ready,
    kept_versions,
    models_home,
    read_manifest,
)
from ui.kept import database_url, holdings, named, open_database
from ui.opening import open_generator
from ui.settings import Settings, load_settings

Severity = Literal["ok", "warning", "error"]
_LEAST_FREE = 1 << 30


@dataclass(frozen=True)
class Finding:
    """What one check saw."""

    name: str
    severity: Severity
    message: str
    remedy: str = ""


def run_checks() -> list[Finding]:
    """All checks; one that fails does not hide the others."""
    findings = [_python()]
    checks: tuple[tuple[str, Callable[[Settings], Finding]], ...] = (
        ("catalogue", _catalogue), ("modèle", _model), ("générateur", _generator), ("index", _index),
        ("versions", _versions), ("publications", _files), ("conversations", _conversations),
        ("serveur", _server), ("disque", _disk),
    )  # fmt: skip
    try:
        settings = load_settings()
    except VigieError as error:
        findings.append(Finding("réglages", "error", error.message, error.remedy))
        return [*findings, *(_not_made(name) for name, _ in checks)]
    for name, check in checks:
        try:
            findings.append(check(settings))
        except VigieError as error:
            findings.append(Finding(name, "error", error.message, error.remedy))
    return findings


def _not_made(name: str) -> Finding:
    message = "pas contrôlé : les réglages ne peuvent pas être lus."
    return Finding(name, "warning", message, "Corrigez-les, puis relancez « vigie doctor ».")


def _python() -> Finding:
    supported = (3, 11) <= sys.version_info[:2] <= (3, 13)
    remedy = "" if supported else "Utilisez Python 3.11, 3.12 ou 3.13."
    return Finding("Python", "ok" if supported else "warning", platform.python_version(), remedy)


def _catalogue(settings: Settings) -> Finding:
    count = len(load_catalogue(settings.home).publications)
    return Finding("catalogue", "ok" if count else "error", f"{count} publications", "" if count else "Ajoutez-en une.")


def _model(settings: Settings) -> Finding:
    name = settings.index.model
    installed_stamp(name, models_home())
    return Finding("modèle", "ok", f"{name}, dans {models_home()}")


def _generator(settings: Settings) -> Finding:
    generator = open_generator(settings)
    if generator is None:
        return Finding("générateur", "ok", "extractive : des citations seules, rien n’est rédigé")
    if generator.name == "api":
        return Finding(
            "générateur", "ok", f"api : {generator.model}, questions et citations vont à {generator.revision}"
        )
    return Finding("générateur", "ok", f"{generator.name} : {generator.model}, sur cette machine")


def _index(settings: Settings) -> Finding:
    root = settings.index_root
    folder = root / VERSIONS / current_version(root)
    manifest = read_manifest(folder)
    check_files(folder, manifest, thorough=True)
    name = settings.index.model
    spec = find_model(name, models_home())
    installed = spec is not None and is_ready(spec, models_home())
    if manifest.model.name != name or (installed and manifest.model != installed_stamp(name, models_home())):
        message = (
            f"construit avec « {manifest.model.name} », qui n’est pas le modèle installé « {settings.index.model} »."
        )
        return Finding("index", "error", message, "Relancez « vigie index build ».")
    return Finding("index", "ok", f"version {manifest.name}, {manifest.passages} passages, intacte")


def _versions(settings: Settings) -> Finding:
    kept = kept_versions(settings.index_root)
    aside = [f"{v.name} ({v.reason})" if v.reason else v.name for v in kept if v.state in {"quarantined", "unreadable"}]
    if aside:
        remedy = "Réparez-les puis « vigie index verify VERSION », ou « vigie index prune --quarantine »."
        return Finding("versions", "warning", f"à l’écart : {', '.join(aside)}", remedy)
    return Finding("versions", "ok", f"{len(kept)} gardées")


def _files(settings: Settings) -> Finding:
    root = settings.index_root
    manifest = read_manifest(root / VERSIONS / current_version(root))
    missing = [p.id for p in manifest.publications if not Path(p.path).is_file()]
    if missing:
        message = f"fichiers absents : {', '.join(missing)} ; leurs pages ne peuvent plus être montrées."
        return Finding(
            "publications", "warning", message, "Remettez ces fichiers en place, ou retirez-les du catalogue."
        )
    return Finding("publications", "ok", f"{len(manifest.publications)} fichiers en place")


def _conversations(settings: Settings) -> Finding:
    url = database_url(settings.home, settings.chat.database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return Finding("conversations", "ok", "aucune n’est gardée")
    held = holdings(open_database(url))
    days = settings.chat.retention_days
    kept = f"gardées {days} jours" if days else "gardées sans limite"
    message = f"{sum(one.conversations for one in held)}, {kept}, dans {named(url)}"
    return Finding("conversations", "ok", message)


def _server(settings: Settings) -> Finding:
    settings.server.check()
    who = "sur connexion" if settings.server.signs_in else "sur cette machine seulement"
    return Finding("serveur", "ok", f"la conversation s’ouvre {who}")


def _disk(settings: Settings) -> Finding:
    folder = settings.home if settings.home.exists() else Path()
    free = shutil.disk_usage(folder).free
    enough = free >= _LEAST_FREE
    message = f"{free / 1e9:.1f} Go libres dans {folder.resolve()}"
    return Finding("disque", "ok" if enough else "warning", message, "" if enough else "Libérez de la place.")
