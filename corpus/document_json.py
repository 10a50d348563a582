"""A document as JSON, between the worker that reads it and its reader, and in the reading cache."""

import dataclasses
from typing import Any

from corpus.document import Document, PageReport
from corpus.passage import PassageText, Span


def encoded(document: Document) -> dict[str, Any]:
    """What `decoded` reads back."""
    passages = [
        {
            "text": p.text,
            "section": p.section,
            "sentences": p.sentences,
            "spans": [list(dataclasses.astuple(s)) for s in p.spans],
            "ocr": p.ocr,
        }
        for p in document.passages
    ]
    return {
        "title": document.title,
        "labels": document.labels,
        "pages": [dataclasses.astuple(page) for page in document.pages],
        "passages": passages,
        "is_repaired": document.is_repaired,
    }


def decoded(data: dict[str, Any]) -> Document:
    """The document again. Raises KeyError or TypeError for anything else."""
    passages = tuple(
        PassageText(
            p["text"],
            tuple(p["section"]),
            tuple((a, b) for a, b in p["sentences"]),
            tuple(Span(*span) for span in p["spans"]),
            ocr=p["ocr"],
        )
        for p in data["passages"]
    )
    pages = tuple(PageReport(*page) for page in data["pages"])
    return Document(data["title"], tuple(data["labels"]), pages, passages, data["is_repaired"])
