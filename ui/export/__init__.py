"""Answers to take away: one or a whole conversation as Markdown or as a Word file, and a quote fit for a report."""

from ui.export.markdown import as_markdown
from ui.export.naming import file_name
from ui.export.sources import also_in, reference
from ui.export.word import as_docx

__all__ = ["also_in", "as_docx", "as_markdown", "file_name", "reference"]
