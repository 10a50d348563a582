"""Opening what an answer needs: settings, model, published version. Models and FAISS are imported here, late."""

import logging
import os
import warnings
from pathlib import Path

from assistant import Assistant
from index import IndexVersion, Searcher, SentenceEmbedder, load_embedder, models_home
from ui.settings import Settings


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
    return load_embedder(settings.index.model, models_home(), settings.index.batch_size)


def open_assistant(settings: Settings, root: Path | None = None) -> Assistant:
    """The assistant on the published version. Raises IndexUnavailable, IndexDamaged, IndexMismatch, ModelMissing."""
    version = IndexVersion(root or settings.index_root)
    searcher = Searcher(version, open_embedder(settings), settings.index.candidates)
    return Assistant(searcher, settings.assistant)
