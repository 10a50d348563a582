"""Which sections explain terms and acronyms, told by their headings."""

import re
from collections.abc import Sequence

from index import fold

_GLOSSARY = re.compile(
    r"(?:^|/ )[\W\d]*(?:(?:glossaires?|lexiques?|definitions?|vocabulaire|glossary)\b|(?:termes|sigles|terms)(?: /|$))"
)


def is_glossary(section: Sequence[str]) -> bool:
    """Whether headings, outermost first, are those of a glossary or of its terms."""
    return bool(_GLOSSARY.search(fold(" / ".join(section).casefold())))
