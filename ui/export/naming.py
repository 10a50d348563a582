"""Names of files, from titles that readers wrote."""

import re
import unicodedata

_LONGEST = 60
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss"})
_RESERVED = re.compile(r"con|prn|aux|nul|(?:com|lpt)\d")  # Windows keeps these names for its devices
_DEFAULT = "vigie"


def file_name(title: str, suffix: str) -> str:
    """A name that every system accepts: « Accueillir un stagiaire ? », "docx" -> "accueillir-un-stagiaire.docx"."""
    spread = unicodedata.normalize("NFKD", title.translate(_LIGATURES))
    folded = "".join(c for c in spread if not unicodedata.combining(c)).lower()
    slug = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
    if len(slug) > _LONGEST:
        slug = slug[: _LONGEST + 1].rpartition("-")[0] or slug[:_LONGEST]
    if not slug or _RESERVED.fullmatch(slug):
        slug = f"{_DEFAULT}-{slug}".strip("-")
    return f"{slug}.{suffix.lstrip('.')}"
