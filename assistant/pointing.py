"""The point of an answer that a follow-up means: « détaille le point 2 », « la première des trois », « le [2] ».

A point is a numbered line, one of the things that a quote lists, or one of the quotes.
"""

import re

from assistant.asking import letter_by_letter
from assistant.part_names import names_a_part

_ASKED_FOR = re.compile(
    r"\b(?:detail\w*|developp\w*|precis\w*|expliqu\w*|explain|expand|elaborate|more (?:on|about))\b.*?"
    r"(?:\b(?:point|item|numero|n°|etape|step|le|la|number|#)\s*)?(?P<n>\d{1,2}|premier|deuxieme|troisieme|dernier|first|second"
    r"|third|last)\b(?! (?:mots?|phrases?|lignes?|minutes?|words?|sentences?|lines?)\b)"
    r"|^(?:et |and )?(?:le|la|the) "
    r"(?P<first>\d{1,2}|premier|deuxieme|troisieme|quatrieme|cinquieme|dernier|second|third|last)\w*"
    r"[ ,:]+(?:detaill?|developp|precis|expliqu|explain|expand|elaborat)\w*[ ?!.]*$"
)
_ORDINAL = r"premiere?|deuxieme|seconde?|troisieme|quatrieme|cinquieme|derniere?"
_MENTIONED = re.compile(
    rf"\b(?:la|le|du|au) (?P<n>\d{{1,2}}(?=e|er|re|eme|ere)|{_ORDINAL})\w* "
    r"(?:(?:action|point|cas|mesure|etape|option|niveau|conseil|recommandation|citation|element)\b"
    r"|des (?P<of>deux|trois|quatre|cinq|six|[2-9])\b(?: (?!et |ou )\w+)?)(?: \([^()]*\))?(?=\s*(?:[,:;?!.]|$))"
    r"|\b(?:le|la|du|au) \[(?P<mark>\d{1,2})\]"
    r"|\b(?:le |au |du )?(?:point|citation|quote) (?P<number>\d{1,2})(?=\s*(?:[,:;?!.]|$))"
)
_ALONE = re.compile(  # « et la troisième ? », « la deuxième, en détail ? », « reviens à la première »
    r"(?:(?:et|ok|puis|alors|and)[ ,]+)*(?:(?:reviens|revenons|retourne|retournons|passe|passons|back) (?:a|sur|to) )?"
    rf"(?:la|le|the) (?P<n>{_ORDINAL}|first|second|third|last)(?: one)?(?:[ ,]+(?:en detail|in detail|stp|svp))*[ ?!.]*"
)
_ORDER = {
    "premier": 1, "first": 1, "deuxieme": 2, "second": 2, "troisieme": 3, "third": 3, "quatrieme": 4, "cinquieme": 5,
    "dernier": -1, "last": -1,
}  # fmt: skip
_LINE = re.compile(r"^[^\S\n]*(?:« ?)?(?:[-•] ?)?(?:\*\*)?(\d{1,2})[.)][^\S\n]*(.+)$", re.M)
_BOX = re.compile(r"^☐ *(.+?)\s*\[(\d{1,2})\]", re.M)
_END = re.compile(r"»\s*\[(\d{1,2})\]")
_QUOTE = re.compile(r"«([^«»]{20,})»")
_CUT = re.compile(r"\s*;\s*(?:et |and )?|,\s+(?:et |and )?|\s+(?:et|and)\s+")
_ENDED = re.compile(r"\.\s+(?=[A-ZÀ-Þ«])")
_HEAD = re.compile(r".*\b((?:la|le|les|l['’]|un|une)\b\s*.+)$", re.I)
_ARTICLE = re.compile(r"(?:la|le|les|l['’]|un|une|des|du)\b", re.I)
_MARKS = re.compile(r"\s*\[\d+\]|«\s*|\s*»|[*\"]")
_FEWEST = 2  # things that a sentence without a colon may name and list none
_TOLD = re.compile(r"(?:detail|developp|precis|expliqu|explain|expand|elaborate)\w*(?:[- ]moi)?$")
_DANGLING = re.compile(r"^(?:et |and )?(?:pour|sur|dans|de|du|à|a|au|for|about)?\s*[,:;]\s*", re.I)


def asked_point(plain: str, said: str) -> str:
    """The point of the answer `said` that a question asks to be told more of, a quote where no line is numbered;
    nothing where it asks for none."""
    found = _ASKED_FOR.search(plain)
    if not found:
        return ""
    number = _order(found["n"] or found["first"])
    return _numbered(said, number) or _bare(_nth(list(_quotes(said).values()), number))


def asks_for_a_point(plain: str) -> bool:
    """Whether a question asks to be told more of a point, be it there or not."""
    return bool(_ASKED_FOR.search(plain))


def mentions_a_point(plain: str) -> bool:
    """Whether a question asks something of a point of the answer."""
    return bool(_MENTIONED.search(plain)) or is_an_ordinal(plain)


def is_an_ordinal(plain: str) -> bool:
    """Whether a question is no more than the place of a point: « et la troisième ? »."""
    return bool(_ALONE.fullmatch(plain))


def mentioned_point(question: str, said: str) -> tuple[str, str]:
    """That point, and what is asked of it, if more than to be told; nothing of an answer that has no such point."""
    if alone := _ALONE.fullmatch(letter_by_letter(question)):
        number = _order(alone["n"])
        items = (_numbered(quote, number) or _part_listed(quote, number) for quote in _quotes(said).values())
        return _bare(next(filter(None, items), "") or _numbered(said, number)), ""
    found = _MENTIONED.search(letter_by_letter(question))
    if not found:
        return "", question
    number = _order(found["n"] or found["mark"] or found["number"])
    quotes = _quotes(said)
    item = quotes.get(number, "") if found["mark"] else _numbered(said, number)
    if not item and len(quotes) > 1 and not found["of"]:
        item = quotes.get(number, "") if found["number"] else _nth(list(quotes.values()), number)
    item = item or next((part for quote in quotes.values() if (part := _nth(_listed(quote), number))), "")
    asked = _DANGLING.sub("", question[: found.start()] + question[found.end() :]).strip(" ,:;?!.")
    return _bare(item), "" if _TOLD.fullmatch(letter_by_letter(asked)) else asked


def _quotes(said: str) -> dict[int, str]:
    """What an answer quotes, by its mark, in its order; without marks, by its place."""
    ends = {int(end[1]): end.start() for end in _END.finditer(said)}  # a draft above the quotes may bear it too
    marked = {number: _opened(said[:end]) for number, end in ends.items()}
    marked |= {int(number): text for text, number in _BOX.findall(said)}
    return dict(sorted(marked.items())) or dict(enumerate(map(str.strip, _QUOTE.findall(said)), 1))


def _opened(said: str) -> str:
    """What follows the « that the end of a text would close."""
    depth = 0
    for place in range(len(said) - 1, -1, -1):
        depth += {"»": 1, "«": -1}.get(said[place], 0)
        if depth < 0:
            return said[place + 1 :].strip()
    return said.strip()


def _order(word: str) -> int:
    return int(word) if word.isdigit() else _ORDER.get(word, 0) or _ORDER[word[:-1]]


def _numbered(said: str, number: int) -> str:
    lines = _LINE.findall(said)
    if number < 0:
        return _bare(_nth([text for _, text in lines], number))
    return _bare(_nth([text for n, text in lines if int(n) == number], 1))  # of several lists, the first


def _listed(quote: str) -> list[str]:
    """« a », « b », « c » of « … : a, b et c. » or « … retenir la a, les b et un c. »; nothing where none is listed."""
    _, colon, after = quote.rstrip(" .").rpartition(" : ")
    parts = [part.strip() for part in _CUT.split(after) if part.strip()]
    if colon:
        return parts if len(parts) > 1 else []
    if len(parts) <= _FEWEST or not all(_ARTICLE.match(part) for part in parts[1:]):
        return []
    head = _HEAD.match(parts[0])
    return [head[1], *parts[1:-1], _ENDED.split(parts[-1])[0]] if head else []


def _part_listed(quote: str, number: int) -> str:
    """Of the parts of the guide that a quote lists, « la cartographie (pratique n° 9), l'accord (pratique n° 11)… »."""
    items = _listed(quote)
    return _nth(items, number) if all(map(names_a_part, items)) else ""


def _nth(items: list[str], number: int) -> str:
    """From 1, or from the end; nothing where there are fewer."""
    place = number - 1 if number > 0 else number
    return items[place] if number and items and -len(items) <= place < len(items) else ""


def _bare(item: str) -> str:
    return _MARKS.sub("", item).strip(" .;:")
