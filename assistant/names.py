"""Proper names, acronyms and codes: those a statement has and a text has not."""

import re
from collections.abc import Collection

from index import fold

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_LONG_NAME = re.compile(r"\b[A-ZÉÈÀÂÎÔ][\w’'-]+(?:\s+(?:de|du|des|d[’']|la|le|of)?\s*[A-ZÉÈÀÂÎÔ][\w’'-]+)+")
# Two letters at least: « C3 », a grade or a size, may be told of without being written so.
_ACRONYM = re.compile(
    r"(?<![\w-])[A-ZÀ-Þ][0-9&]*[A-ZÀ-Þ][A-ZÀ-Þ0-9&]*(?![\w-])"
    r"|(?<![\w-])(?:[A-ZÀ-Þ][a-zà-ÿ]+){2,}[A-ZÀ-Þ]?(?![\w-])"
)
# Where one is, who one is and what one writes with: not what is asked about.
_AROUND = frozenset(
    [
        "US",
        "USA",
        "UK",
        "UAE",
        "RU",
        "DE",
        "GB",
        "EU",
        "UE",
        "EAU",
        "RPC",
        "PRC",
        "CEO",
        "CFO",
        "CTO",
        "COO",
        "HR",
        "IT",
        "PC",
        "USB",
        "PDF",
        "FAQ",
        "URL",
        "OK",
        "SVP",
        "STP",
        "DG",
        "PDG",
        "DAF",
        "DRH",
        "DSI",
        "RH",
        "SAV",
        "SA",
        "SAS",
        "SARL",
        "SCI",
        "GIE",
        "SME",
        "SMEs",
    ]
)
_LOUD = frozenset({  # words said in capitals
    "URGENT", "URGENCE", "HELP", "SOS", "ASAP", "DOIS", "DOIT", "PAS", "NE", "NON", "OUI", "TOUT", "TOUS", "TRES",
    "TRÈS", "MERCI", "BONJOUR", "ATTENTION", "IMPORTANT", "JAMAIS", "TOUJOURS", "PLEASE", "NOT", "MUST", "NEVER", "NOW",
    "AND", "OU", "ET",
})  # fmt: skip
_SMALL_START = re.compile(  # « La PPST », « L’outil EcoDiag », « Dans la PPST »: of these only what follows is a name
    r"^(?:(?:[LD][’'][a-zà-ÿ]\S*|L[ae]s?|Aux?|Du|Des?|Dans|Pour|Par|Sur|En|Une?|Ce[st]?|Cette|Selon|Avec|Chez|The|In)\s+"
    r"|l[ae]s?\s+)+"
)
_SENTENCE_START = re.compile(r"(?:^|[.!?…:«“]\s*|\n\s*)$")


def names(text: str) -> set[str]:
    """Proper names, acronyms and codes of a text, folded: what stands in capitals where no sentence starts."""
    found = set()
    for match in _WORD.finditer(text):
        word = match[0].split("’")[-1].split("'")[-1]
        capitals = sum(c.isupper() for c in word)
        starts = bool(_SENTENCE_START.search(text[: match.start()]))
        code = any(c.isdigit() for c in word) and any(c.isalpha() for c in word)
        if capitals > 1 or code or (capitals == 1 and not starts and word[0].isupper() and len(word) > 1):
            found.add(fold(word.casefold()))
    return found


def acronyms_among(question: str, words: Collection[str]) -> tuple[str, ...]:
    """The acronyms of a question, as it writes them, that are among `words` (in lower case).

    None in a question that is all in capitals. A country or a role says who asks, not what is asked about.
    """
    if question.isupper():
        return ()
    written = dict.fromkeys(match[0] for match in _ACRONYM.finditer(question))
    return tuple(name for name in written if name.casefold() in words and name not in _AROUND | _LOUD)


def names_missing(statement: str, text: str) -> int:
    """How many names of a statement a text does not hold."""
    held = fold(text.casefold())
    return sum(name not in held for name in names(statement))


def names_split(statement: str, text: str) -> int:
    """« Albert Le Hélias », where the passage knows an Albert Le Bail and a Hélias."""
    held = fold(text.casefold())
    found = (_SMALL_START.sub("", " ".join(match[0].split())) for match in _LONG_NAME.finditer(statement))
    wholes = {fold(name.casefold()) for name in found if " " in name}
    return sum(name not in held for name in wholes if all(word in held for word in name.split()))
