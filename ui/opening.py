"""Opening what an answer needs: settings, model, published version. Models and FAISS are imported here, late."""

import functools
import logging
import os
import threading
import warnings
from collections.abc import Callable
from pathlib import Path

from assistant import ApiGenerator, Assistant, AssistantSettings, Generator, LocalGenerator, Spending
from corpus import SettingsError
from index import (
    Embedder,
    IndexVersion,
    Searcher,
    Served,
    general_words,
    installed_stamp,
    load_embedder,
    load_glossary,
    models_home,
    open_served,
)
from ui.interruption import Interruptible
from ui.settings import Settings

SPENDING = "api-tokens.json"  # in VIGIE_HOME: what the generator `api` used today
GLOSSARY = "glossary.toml"  # in VIGIE_HOME, completes the one that ships


def quiet_libraries() -> None:
    """No network, no telemetry, no progress bars from the model libraries."""
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1",
                      HF_HUB_DISABLE_PROGRESS_BARS="1", TRANSFORMERS_VERBOSITY="error")  # fmt: skip
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    logging.getLogger("transformers").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", module="torch")


def open_embedder(settings: Settings) -> Embedder:
    """The embedding model of the settings. Raises ModelMissing."""
    quiet_libraries()
    stamp = installed_stamp(settings.index.model, models_home())
    return _embedder(stamp.name, models_home(), stamp.revision)


@functools.lru_cache(maxsize=1)  # a new index version must not load the model again
def _embedder(name: str, home: Path, _revision: str) -> Embedder:
    return load_embedder(name, home)


def open_assistant(
    settings: Settings,
    root: Path | None = None,
    *,
    version: str = "",
    on_instead: Callable[[Served], None] = lambda _: None,
) -> Assistant:
    """The assistant on the published version, or on another by name, with the model that made that one.

    Where the published version cannot be served `on_instead` is told which earlier one is, and why. Raises
    IndexUnavailable, IndexDamaged, IndexMismatch, ModelMissing.
    """
    root = root or settings.index_root
    if version:
        opened = IndexVersion(root, version)
        settings = settings.with_model(opened.manifest.model.name)
    else:
        served = open_served(root, lambda candidate: candidate.check_model(open_embedder(settings).stamp))
        opened = served.version
        if served.instead:
            on_instead(served)
    generator = open_generator(settings)
    return assistant_on(opened, settings, Interruptible(generator) if generator else None)


def assistant_on(version: IndexVersion, settings: Settings, generator: Generator | None = None) -> Assistant:
    """The assistant on an open version. Raises IndexMismatch, ModelMissing."""
    threading.Thread(target=general_words, daemon=True).start()  # half a second that no question should wait for
    glossary = load_glossary(settings.home / GLOSSARY) if settings.index.glossary else None
    searcher = Searcher(version, open_embedder(settings), settings.index.candidates, glossary)
    return Assistant(searcher, settings.assistant, generator)


def open_generator(settings: Settings) -> Generator | None:
    """What writes, or None where answers are made of quotes alone. Raises ModelMissing, SettingsError."""
    return _generator(settings.assistant, settings.home, models_home())


@functools.lru_cache(maxsize=1)  # a new index version must not load a gigabyte of weights again
def _generator(chosen: AssistantSettings, home: Path, models: Path) -> Generator | None:
    if chosen.generator == "extractive":
        return None
    if chosen.generator == "local":
        return LocalGenerator(chosen.local_model, models)
    if not chosen.api_url or not chosen.api_model:
        raise SettingsError(
            "Le générateur « api » n’a pas de serveur.",
            "Donnez VIGIE_ASSISTANT__API_URL et VIGIE_ASSISTANT__API_MODEL, ou choisissez un autre générateur.",
        )
    spending = Spending(home / SPENDING, chosen.api_daily_tokens)
    return ApiGenerator(
        chosen.api_url, chosen.api_model, chosen.api_key, spending, chosen.api_timeout, chosen.api_retries
    )
