"""A file opened with pdfium, mended first where it must be."""

from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from corpus.errors import unreadable
from corpus.repair import repaired


def open_pdf(path: Path, password: str = "") -> tuple[pdfium.PdfDocument, bool]:
    """The document, and whether it is a mended copy in memory; mending the same file gives the same copy.

    Raises UnreadablePdf: "encrypted" where the password does not open it, "damaged" where nothing can be saved.
    """
    try:
        pdf = pdfium.PdfDocument(path, password=password or None)
        if len(pdf):
            return pdf, False
        pdf.close()
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise unreadable("encrypted") from error
    copy = repaired(path, password)
    if copy is None:
        raise unreadable("damaged")
    return pdfium.PdfDocument(copy), True
