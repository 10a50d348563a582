"""Passages to vectors and a lexical index, in a published version; search in it. Knows faiss and the models."""

from index.alignment import LIKE, WordLikeness
from index.asked import asked_file
from index.asked_vectors import AskedVectors, read_asked
from index.build import BuildReport, build_index, is_current
from index.dense import DenseIndex
from index.dense_writing import plan_for, write_dense
from index.diff import Kind, PassageChange, PublicationChange, VersionDiff, compare_versions
from index.embedder import (
    DeferredEmbedder,
    Embedded,
    Embedder,
    ModelStamp,
    SentenceEmbedder,
    Vectors,
    check_model_setting,
    installed_stamp,
    load_embedder,
    passage_string,
    query_string,
    shortened,
)
from index.embedding import Embeddable
from index.errors import (
    DiskRefused,
    IndexBusy,
    IndexDamaged,
    IndexError_,
    IndexMismatch,
    IndexUnavailable,
    IndexUnreadable,
    ModelInstallError,
    ModelMissing,
    NothingToIndex,
    PublicationRefused,
)
from index.evidence import ScoredPassage, is_torn
from index.facets import Filters
from index.french import STOP_WORDS, analyse, fold
from index.fusion import SIGNALS, Calibration, Fusion
from index.glossary import Glossary, load_glossary
from index.headings import rows_under
from index.history import Event, read_log, served_stack
from index.intake import BuildProgress, Reading, Refused, read_publications
from index.layout import (
    LEAD_IN,
    LIST_ITEM,
    goes_on_under_title,
    has_own_title,
    is_table,
    list_goes_on,
    same_section,
    table_goes_on,
)
from index.lexical import LexicalIndex, build_lexical
from index.lexical_query import Correction, Expansion, LexicalQuery
from index.lexical_reading import corrected_question
from index.manifest import IndexedPublication, Manifest, read_manifest
from index.model_catalogue import (
    GENERATORS,
    GGUF,
    MODELS,
    ModelSpec,
    find_model,
    installed_revision,
    is_installed,
    is_model_name,
    known_models,
    model_folder,
    models_home,
)
from index.model_description import described, described_weights
from index.model_install import (
    InstallProgress,
    ensure_graph,
    fetch_from_hub,
    install,
    install_from_folder,
    is_gguf,
    is_ready,
)
from index.notes import calling_sentence, is_note
from index.opened import IndexVersion
from index.outcomes import Effect, Outcome, OutcomeChange, compare_outcomes
from index.postings import build_postings
from index.pruning import prune
from index.publishing import Judge, Judgement, publish, release, rollback, set_aside
from index.search import BESIDE, RERANKED, Searcher, SearchResult
from index.serving import Served, open_served
from index.settings import IndexSettings
from index.shipped import shipped_path, write_shipped
from index.spelling import french_words, general_words
from index.token_head import HEADS, QuestionTokens, TokenHead, token_scores
from index.traits import Traits, sampled, weakest_words
from index.upgrade import upgrade_version
from index.vector_cache import VectorCache
from index.version import VERSIONS, check_files, current_version, pointed, version_folder, version_names
from index.versions import KeptVersion, kept_versions

__all__ = [
    "BESIDE",
    "GENERATORS",
    "GGUF",
    "HEADS",
    "LEAD_IN",
    "LIKE",
    "LIST_ITEM",
    "MODELS",
    "RERANKED",
    "SIGNALS",
    "STOP_WORDS",
    "VERSIONS",
    "AskedVectors",
    "BuildProgress",
    "BuildReport",
    "Calibration",
    "Correction",
    "DeferredEmbedder",
    "DenseIndex",
    "DiskRefused",
    "Effect",
    "Embeddable",
    "Embedded",
    "Embedder",
    "Event",
    "Expansion",
    "Filters",
    "Fusion",
    "Glossary",
    "IndexBusy",
    "IndexDamaged",
    "IndexError_",
    "IndexMismatch",
    "IndexSettings",
    "IndexUnavailable",
    "IndexUnreadable",
    "IndexVersion",
    "IndexedPublication",
    "InstallProgress",
    "Judge",
    "Judgement",
    "KeptVersion",
    "Kind",
    "LexicalIndex",
    "LexicalQuery",
    "Manifest",
    "ModelInstallError",
    "ModelMissing",
    "ModelSpec",
    "ModelStamp",
    "NothingToIndex",
    "Outcome",
    "OutcomeChange",
    "PassageChange",
    "PublicationChange",
    "PublicationRefused",
    "QuestionTokens",
    "Reading",
    "Refused",
    "ScoredPassage",
    "SearchResult",
    "Searcher",
    "SentenceEmbedder",
    "Served",
    "TokenHead",
    "Traits",
    "VectorCache",
    "Vectors",
    "VersionDiff",
    "WordLikeness",
    "analyse",
    "asked_file",
    "build_index",
    "build_lexical",
    "build_postings",
    "calling_sentence",
    "check_files",
    "check_model_setting",
    "compare_outcomes",
    "compare_versions",
    "corrected_question",
    "current_version",
    "described",
    "described_weights",
    "ensure_graph",
    "fetch_from_hub",
    "find_model",
    "fold",
    "french_words",
    "general_words",
    "goes_on_under_title",
    "has_own_title",
    "install",
    "install_from_folder",
    "installed_revision",
    "installed_stamp",
    "is_current",
    "is_gguf",
    "is_installed",
    "is_model_name",
    "is_note",
    "is_ready",
    "is_table",
    "is_torn",
    "kept_versions",
    "known_models",
    "list_goes_on",
    "load_embedder",
    "load_glossary",
    "model_folder",
    "models_home",
    "open_served",
    "passage_string",
    "plan_for",
    "pointed",
    "prune",
    "publish",
    "query_string",
    "read_asked",
    "read_log",
    "read_manifest",
    "read_publications",
    "release",
    "rollback",
    "rows_under",
    "same_section",
    "sampled",
    "served_stack",
    "set_aside",
    "shipped_path",
    "shortened",
    "table_goes_on",
    "token_scores",
    "upgrade_version",
    "version_folder",
    "version_names",
    "weakest_words",
    "write_dense",
    "write_shipped",
]
