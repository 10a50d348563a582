"""Opening what an answer needs: settings, model, published version. Models and FAISS are imported here, late."""

import functools
import logging
import os
import threading
import warnings
from pathlib import Path

from assistant import ApiGenerator, Assistant, AssistantSettings, Generator, LocalGenerator, Spending
from corpus import SettingsError
from index import IndexVersion, Searcher, SentenceEmbedder, general_words, load_embedder, load_glossary, models_home
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


def open_embedder(settings: Settings) -> SentenceEmbedder:
    """The embedding model of the settings. Raises ModelMissing."""
    quiet_libraries()
    return load_embedder(settings.index.model, models_home())


def open_assistant(settings: Settings, root: Path | None = None) -> Assistant:
    """The assistant on the published version. Raises IndexUnavailable, IndexDamaged, IndexMismatch, ModelMissing."""
    version = IndexVersion(root or settings.index_root)
    threading.Thread(target=general_words, daemon=True).start()  # half a second that no question should wait for
    glossary = load_glossary(settings.home / GLOSSARY) if settings.index.glossary else None
    searcher = Searcher(version, open_embedder(settings), settings.index.candidates, glossary)
    generator = open_generator(settings)
    return Assistant(searcher, settings.assistant, Interruptible(generator) if generator else None)


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
