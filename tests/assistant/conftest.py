"""An assistant on a French guide of three pages, with the deterministic embedder."""

from pathlib import Path

import pytest

from assistant import Assistant, AssistantSettings
from index import IndexVersion, Searcher
from tests.assistant.making import Bilingual, assistant_on
from tests.index.making import build, guide_pdf


@pytest.fixture(scope="session")
def guide_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("assistant")
    guide_pdf(folder / "corpus" / "recueil.pdf")
    build(folder / "corpus", folder / "index", Bilingual())
    return folder / "index"


@pytest.fixture(scope="session")
def assistant(guide_index: Path) -> Assistant:
    return assistant_on(guide_index)


@pytest.fixture(scope="session")
def searcher(guide_index: Path) -> Searcher:
    return Searcher(IndexVersion(guide_index), Bilingual())


@pytest.fixture(scope="session")
def settings() -> AssistantSettings:
    return AssistantSettings()
