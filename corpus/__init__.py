"""Publications in: catalogue, PDF to pages to passages. Knows PDF; knows nothing of vectors."""

from corpus.address import is_address
from corpus.block import Block, origin_of
from corpus.catalogue import folder_catalogue, load_catalogue
from corpus.document import Document, PageReport
from corpus.errors import (
    CatalogueBusy,
    CatalogueError,
    DownloadError,
    PdfErrorCode,
    SettingsError,
    UnreadablePdf,
    VigieError,
)
from corpus.fetching import Fetched, fetch_publication, publications_to_fetch
from corpus.files import sha256_of
from corpus.isolation import read_isolated
from corpus.library import add_publication, prepare, remove_publication
from corpus.ocr import OcrUnavailable
from corpus.page_image import page_text, quote_boxes, render_page
from corpus.passage import Passage, PassageIds, Span, letters, normalised
from corpus.publication import Catalogue, Guide, Pillar, Public, Publication
from corpus.reading import READER_VERSION, read_blocks
from corpus.reading import read_document as read_in_process
from corpus.reading_cache import ReadingCache
from corpus.sentences import split_sentences
from corpus.settings import CorpusSettings, Section

__all__ = [
    "READER_VERSION",
    "Block",
    "Catalogue",
    "CatalogueBusy",
    "CatalogueError",
    "CorpusSettings",
    "Document",
    "DownloadError",
    "Fetched",
    "Guide",
    "OcrUnavailable",
    "PageReport",
    "Passage",
    "PassageIds",
    "PdfErrorCode",
    "Pillar",
    "Public",
    "Publication",
    "ReadingCache",
    "Section",
    "SettingsError",
    "Span",
    "UnreadablePdf",
    "VigieError",
    "add_publication",
    "fetch_publication",
    "folder_catalogue",
    "is_address",
    "letters",
    "load_catalogue",
    "normalised",
    "origin_of",
    "page_text",
    "prepare",
    "publications_to_fetch",
    "quote_boxes",
    "read_blocks",
    "read_in_process",
    "read_isolated",
    "remove_publication",
    "render_page",
    "sha256_of",
    "split_sentences",
]
