"""A copy of a protected file that opens without its password."""

import io
import logging
from pathlib import Path

from pypdf import PdfReader, PdfWriter

from corpus.errors import unreadable
from corpus.repair import PYPDF_ERRORS, repaired


def unlocked(path: Path, password: str) -> bytes:
    """The same file without its password, outline and labels kept; an open file as it is.

    A damaged one is mended on the way. Raises UnreadablePdf: "encrypted" where the password does not open it.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    data, out = path.read_bytes(), io.BytesIO()
    try:
        reader = PdfReader(io.BytesIO(data))
        if not reader.is_encrypted:
            return data
        if not reader.decrypt(password):
            raise unreadable("encrypted")
        PdfWriter(clone_from=reader).write(out)
    except PYPDF_ERRORS as error:
        copy = repaired(path, password)
        if copy is None:
            raise unreadable("damaged") from error
        return copy
    return out.getvalue()
