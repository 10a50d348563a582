"""Numbers of a French or English text as values, whether written in digits or in words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_UNITS = dict(
    deux=2, trois=3, quatre=4, cinq=5, six=6, sept=7, huit=8, neuf=9, dix=10, onze=11, douze=12, treize=13,
    quatorze=14, quinze=15, seize=16, vingt=20, vingts=20, trente=30, quarante=40, cinquante=50, soixante=60,
    septante=70, nonante=90,
    two=2, three=3, four=4, five=5, seven=7, eight=8, nine=9, ten=10, eleven=11, twelve=12, thirteen=13, fourteen=14,
    fifteen=15, sixteen=16, seventeen=17, eighteen=18, nineteen=19, twenty=20, thirty=30, forty=40, fifty=50, sixty=60,
    seventy=70, eighty=80, ninety=90,
)  # fmt: skip
_SCALES = {"cent": 100, "cents": 100, "hundred": 100, "mille": 1000, "thousand": 1000}
_LINKS = {"et", "and"}
_TENS = {20, 30, 40, 50, 60, 70, 80, 90}
_AMBIGUOUS = {"un": 1, "une": 1, "one": 1}
_TOKEN = re.compile(r"\d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?|[^\W\d_]+")
_FORMS = (
    ("moitié|half", 50, "%"),
    ("trois[- ]quarts|three quarters", 75, "%"),
    ("un quart(?! d[’']heure)|a quarter", 25, "%"),
    ("quart d[’']heure", 15, "minutes"),
    ("demi-heure", 30, "minutes"),
    ("trimestre", 3, "mois"),
    ("semestre", 6, "mois"),
    ("(?:chaque (?:an|année|mois|semaine)|tou(?:s les (?:ans|mois)|tes les semaines))", 1, "fois"),
    ("annuel\\w*|mensuel\\w*|hebdomadaire\\w*", 1, "fois"),
    ("once", 1, "fois"),
    ("l[’']année|d[’']année|année", 1, "an"),
    *((word, count, "") for word, count in (
        ("dizaine", 10), ("douzaine", 12), ("quinzaine", 15), ("vingtaine", 20), ("trentaine", 30),
        ("quarantaine", 40), ("cinquantaine", 50), ("soixantaine", 60), ("centaine", 100),
    )),
)  # fmt: skip
_TIME = re.compile(r"[-\s](?:hour|day|week|month|year|minute)s?\b", re.IGNORECASE)
_ONE_TIME = re.compile(r"[\s\u00a0\u202f](?:an|mois|fois[\s\u00a0]par)\b", re.IGNORECASE)
_FOLLOWING = re.compile(r"(?:-|[\s\u00a0\u202f]*)(%|€|[^\W\d_]+)?(?:[\s\u00a0\u202f]+([^\W\d_]+))?")


@dataclass(frozen=True)
class Number:
    """A value, and the one or two words that follow it in lower case (« 12 », « mois », « avant »)."""

    value: float
    after: tuple[str, ...]
    start: int


def numbers(text: str) -> list[Number]:
    """Every number of a text, in order, but « un » and « une » where no time follows (« un an », « une fois par »)."""
    return [Number(value, _after(text, end), start) for value, start, end in _values(text)]


def other_forms(text: str) -> list[Number]:
    """What a text says in words that others would put in figures: « la moitié » as 50 %, « un quart d’heure » as 15."""
    found = []
    for words, value, unit in _FORMS:
        matches = re.finditer(rf"\b(?:{words})\b", text, re.IGNORECASE)
        found += [Number(value, (unit,) if unit else (), match.start()) for match in matches]
    centuries = (number for number in numbers(text) if number.after[:1] in (("siècles",), ("centuries",)))
    return [*found, *(Number(100 * number.value, ("ans",), number.start) for number in centuries)]


def _values(text: str) -> Iterator[tuple[float, int, int]]:
    run: list[re.Match[str]] = []
    for token in [*_TOKEN.finditer(text), None]:
        if token and _is_part(token[0].casefold(), run) and _touches(text, run, token):
            run.append(token)
            continue
        yield from _finished(run)
        run = [token] if token and _begins(text, token) else []
        if token and token[0][0].isdecimal():
            yield _digits(token[0]), token.start(), token.end()
            run = []


def _starts(word: str) -> bool:
    return word in _UNITS or word in _SCALES


def _begins(text: str, token: re.Match[str]) -> bool:
    """A number word; « one » and « un » too before a unit of time, as in « one-hour » and « un an »."""
    word = token[0].casefold()
    time = {"one": _TIME, "un": _ONE_TIME, "une": _ONE_TIME}.get(word)
    return _starts(word) or bool(time and time.match(text, token.end()))


def _is_part(word: str, run: list[re.Match[str]]) -> bool:
    """« et » and "and" join only after a ten or a scale: « deux et trois » are two numbers."""
    if not run:
        return False
    last = run[-1][0].casefold()
    if word in _LINKS:
        return last in _SCALES or _UNITS.get(last, 0) in _TENS
    return (_starts(word) or word in _AMBIGUOUS) and (last not in _LINKS or _may_follow(word, run))


def _may_follow(word: str, run: list[re.Match[str]]) -> bool:
    """What a link may join: « vingt et un », « soixante et onze », "a hundred and five"."""
    before = run[-2][0].casefold() if len(run) > 1 else ""
    return before in _SCALES or word in _AMBIGUOUS or word in {"onze", "eleven"}


def _touches(text: str, run: list[re.Match[str]], token: re.Match[str]) -> bool:
    """Whether only a hyphen or a blank lies between, so that « dix, vingt » stay two."""
    return not run or bool(re.fullmatch(r"[-‐\u2011\s\u00a0]+", text[run[-1].end() : token.start()]))


def _finished(run: list[re.Match[str]]) -> Iterator[tuple[float, int, int]]:
    while run and not _starts(run[-1][0].casefold()) and run[-1][0].casefold() not in _AMBIGUOUS:
        run.pop()  # a link that links nothing
    while len(run) > 1 and run[-1][0].casefold() in _AMBIGUOUS and not _takes_one(run[-2][0].casefold()):
        run.pop()
    if run:
        yield _value([token[0].casefold() for token in run]), run[0].start(), run[-1].end()


def _takes_one(word: str) -> bool:
    """« vingt et un », « cent un », « quatre-vingt-un », but not « deux une »."""
    return word in _LINKS or word in _SCALES or _UNITS.get(word, 0) in _TENS


def _value(words: list[str]) -> float:
    total = current = 0
    for word in words:
        if word in _SCALES:
            current = max(current, 1) * _SCALES[word]
            if _SCALES[word] == 1000:
                total, current = total + current, 0
        elif word in {"vingt", "vingts"} and current % 100 == 4:
            current += 76  # quatre-vingts
        elif word not in _LINKS:
            current += _UNITS.get(word, _AMBIGUOUS.get(word, 0))
    return float(total + current)


def _digits(text: str) -> float:
    if re.search(r"[ \u00a0\u202f.]\d{3},\d+$", text):
        whole, _, decimals = text.partition(",")
        return float(re.sub(r"\D", "", whole) + "." + decimals)
    if re.search(r"[ \u00a0\u202f.]\d{3}$", text) or re.fullmatch(r"\d{1,3}(?:\.\d{3})+", text):
        return float(re.sub(r"\D", "", text))
    return float(text.replace(",", "."))


def _after(text: str, end: int) -> tuple[str, ...]:
    match = _FOLLOWING.match(text, end)
    return tuple(word.casefold() for word in match.groups() if word) if match else ()
