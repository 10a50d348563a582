"""axe-core, the accessibility engine, from the npm registry: `python -m tests.axe` fetches it once.

It is MPL-2.0, so it is not copied into the project; its archive is checked against the registry's published digest.
"""

import base64
import hashlib
import io
import sys
import tarfile
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

VERSION = "4.14.1"
INTEGRITY = "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
_ADDRESS = f"https://registry.npmjs.org/axe-core/-/axe-core-{VERSION}.tgz"
_FILE = Path(sys.prefix) / "axe-core" / f"axe-{VERSION}.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
_GRAVE = ("serious", "critical")


def fetch() -> None:
    """Into the virtual environment, unless it is there."""
    if _FILE.exists():
        return
    with urllib.request.urlopen(_ADDRESS, timeout=60) as answer:
        archive = answer.read()
    if base64.b64encode(hashlib.sha512(archive).digest()).decode() != INTEGRITY:
        raise ValueError(f"{_ADDRESS} is not the archive that was published")
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        script = files.extractfile("package/axe.min.js")
        assert script is not None
        _FILE.parent.mkdir(parents=True, exist_ok=True)
        _FILE.write_bytes(script.read())


def script() -> str:
    """The engine's source; without it, the test that asks for it is skipped."""
    if not _FILE.exists():
        pytest.skip("axe-core is not here: `python -m tests.axe` fetches it from the npm registry")
    return _FILE.read_text("utf-8")


def findings(page: Page) -> list[tuple[str, str, str]]:
    """Serious and critical findings on the page: rule, the element's selector, its HTML's beginning."""
    page.evaluate(script())
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", _RULES
    )
    return [
        (violation["id"], " ".join(map(str, node["target"])), node["html"][:200])
        for violation in found["violations"]
        for node in violation["nodes"]
        if (node.get("impact") or violation["impact"]) in _GRAVE
    ]


if __name__ == "__main__":
    try:
        fetch()
    except OSError as error:
        sys.stderr.write(f"axe-core could not be fetched ({error}): its tests will be skipped\n")
