"""The small guide, indexed once, and an assistant on it."""

from pathlib import Path

import pytest

from assistant import Assistant
from tests.assistant.making import Bilingual, assistant_on
from tests.corpus.forking import forked_workers
from tests.index.making import build, guide_pdf

__all__ = ["forked_workers"]


@pytest.fixture(scope="session")
def guide_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of « recueil »: visitors on page 1, patents on page 2, travel on page 3."""
    folder = tmp_path_factory.mktemp("guide")
    guide_pdf(folder / "corpus" / "recueil.pdf")
    build(folder / "corpus", folder / "index", Bilingual())
    return folder / "index"


@pytest.fixture(scope="session")
def assistant(guide_index: Path) -> Assistant:
    return assistant_on(guide_index)
