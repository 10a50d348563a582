"""Publications in: catalogue, PDF to pages to passages. Knows PDF; knows nothing of vectors."""

from corpus.block import Block, origin_of
from corpus.catalogue import folder_catalogue, load_catalogue
from corpus.document import Document, PageReport
from corpus.errors import CatalogueError, PdfErrorCode, SettingsError, UnreadablePdf, VigieError
from corpus.isolation import read_isolated
from corpus.library import add_publication, prepare, remove_publication
from corpus.ocr import OcrUnavailable
from corpus.page_image import page_text, quote_boxes, render_page
from corpus.passage import Passage, PassageIds, Span
from corpus.publication import Catalogue, Guide, Pillar, Public, Publication
from corpus.reading import READER_VERSION, read_blocks
from corpus.reading import read_document as read_in_process
from corpus.sentences import split_sentences
from corpus.settings import CorpusSettings, Section

__all__ = [
    "READER_VERSION",
    "Block",
    "Catalogue",
    "CatalogueError",
    "CorpusSettings",
    "Document",
    "Guide",
    "OcrUnavailable",
    "PageReport",
    "Passage",
    "PassageIds",
    "PdfErrorCode",
    "Pillar",
    "Public",
    "Publication",
    "Section",
    "SettingsError",
    "Span",
    "UnreadablePdf",
    "VigieError",
    "add_publication",
    "folder_catalogue",
    "load_catalogue",
    "origin_of",
    "page_text",
    "prepare",
    "quote_boxes",
    "read_blocks",
    "read_in_process",
    "read_isolated",
    "remove_publication",
    "render_page",
    "split_sentences",
]
