"""Passages to vectors and a lexical index, in a published version; search in it. Knows faiss and the models."""

from index.build import BuildReport, build_index, is_current
from index.embedder import (
    Embedder,
    ModelStamp,
    SentenceEmbedder,
    VectorCache,
    installed_stamp,
    load_embedder,
    passage_string,
    query_string,
)
from index.errors import (
    IndexBusy,
    IndexDamaged,
    IndexError_,
    IndexMismatch,
    IndexUnavailable,
    ModelInstallError,
    ModelMissing,
    NothingToIndex,
)
from index.french import STOP_WORDS, analyse, fold
from index.fusion import FusionWeights, fused
from index.intake import BuildProgress, Reading, Refused, read_publications
from index.lexical import LexicalIndex, build_lexical
from index.model_catalogue import MODELS, ModelSpec, is_installed, models_home
from index.model_install import InstallProgress, install, install_from_folder
from index.search import IndexVersion, ScoredPassage, Searcher, SearchResult
from index.settings import IndexSettings
from index.version import (
    VERSIONS,
    IndexedPublication,
    Manifest,
    check_files,
    current_version,
    read_manifest,
    version_names,
)

__all__ = [
    "MODELS",
    "STOP_WORDS",
    "VERSIONS",
    "BuildProgress",
    "BuildReport",
    "Embedder",
    "FusionWeights",
    "IndexBusy",
    "IndexDamaged",
    "IndexError_",
    "IndexMismatch",
    "IndexSettings",
    "IndexUnavailable",
    "IndexVersion",
    "IndexedPublication",
    "InstallProgress",
    "LexicalIndex",
    "Manifest",
    "ModelInstallError",
    "ModelMissing",
    "ModelSpec",
    "ModelStamp",
    "NothingToIndex",
    "Reading",
    "Refused",
    "ScoredPassage",
    "SearchResult",
    "Searcher",
    "SentenceEmbedder",
    "VectorCache",
    "analyse",
    "build_index",
    "build_lexical",
    "check_files",
    "current_version",
    "fold",
    "fused",
    "install",
    "install_from_folder",
    "installed_stamp",
    "is_current",
    "is_installed",
    "load_embedder",
    "models_home",
    "passage_string",
    "query_string",
    "read_manifest",
    "read_publications",
    "version_names",
]
