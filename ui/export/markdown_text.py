"""Text of PDFs and users that Markdown shows as it is. Escapes only what would be read, so that the file reads well."""

import re

from ui.export.plain_text import one_line

# What starts markup anywhere; then an entity, a bare address (« //site », « site.fr », « a@b »).
_ANYWHERE = re.compile(r"[\\`*_{}\[\]<>~|$^#@]|&(?=#?\w+;)|/(?=/)|(?<=\w)\.(?=[^\W\d])")
_AT_START = re.compile(r"^(\d*)(?:(?<!\d)([-+=:])|(?<=\d)([.)]))")  # a list, a rule, an underlined heading


def inert(text: str) -> str:
    """The text on one line, without blanks around it nor anything that Markdown or HTML would read in it."""
    escaped = _ANYWHERE.sub(r"\\\g<0>", one_line(text).strip())
    return _AT_START.sub(lambda found: f"{found[1]}\\{found[2] or found[3]}", escaped)
