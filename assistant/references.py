"""Parts that a question names (« pratique n° 42 », « annexe B », a code of law) and that the evidence has not."""

import re
from collections.abc import Iterable

from assistant.part_names import plain

_KINDS = "pratique|practice|annexe|appendix|annex|chapitre|chapter|fiche|critere|criterion|tableau|table|figure"
_NAMED = re.compile(
    rf"\b(?:(?P<kind>{_KINDS})s? (?:n° ?|no\.? ?|numero )?(?P<number>\d{{1,3}}(?:\.\d+)*)"
    r"|(?P<chapter>chapitre|chapter) (?P<roman>[ivx]{1,5})|(?P<annex>annexe|appendix|annex) (?P<letter>[b-h]))\b(?!')"
)
# « Quel article du code du travail… » is not answered by one of another code.
_CODE = re.compile(
    r"\barticles?\b[^.?!;]{0,30}\b"
    r"(code (?:d[eu]s? (?:la |l')?\w+|civil|penal|electoral|monetaire|rural|general \w+ \w+))"
)
_SAME = {"practice": "pratique", "appendix": "annexe", "annex": "annexe", "chapter": "chapitre", "criterion": "critere",
         "table": "tableau"}  # fmt: skip
_ROMAN = re.compile(r"^(?P<number>[ivx]+)\. ")


def missing_reference(question: str, headings: Iterable[str], texts: Iterable[str]) -> str:
    """The first part a question names that neither a heading nor a text of the evidence does; empty without any."""
    texts = tuple(map(plain, texts))
    codes = (match[1] for match in _CODE.finditer(plain(question)))
    if other := next((code for code in codes if not any(code in text for text in texts)), ""):
        return other
    wanted = _parts(question)
    if not wanted:
        return ""
    held: set[tuple[str, str]] = set()
    for heading in headings:
        bare = plain(heading)
        held |= _parts(heading)
        if roman := _ROMAN.match(bare):
            held.add(("chapitre", roman["number"]))
    for text in texts:
        held |= _parts(text)
    return next((f"{kind} {number}" for kind, number in sorted(wanted - held)), "")


def _parts(text: str) -> set[tuple[str, str]]:
    found = set()
    for match in _NAMED.finditer(plain(text)):
        kind = match["kind"] or match["chapter"] or match["annex"]
        found.add((_SAME.get(kind, kind), match["number"] or match["roman"] or match["letter"]))
    return found
