"""How the reports say figures, groups and faults in French."""

from datetime import datetime

from evaluations.metric_catalogue import Family, Metric
from evaluations.statistics import Interval

NONE = "–"
_MINUS = "\u2212"
FAMILIES: dict[Family, str] = {
    "retrieval": "Recherche", "citations": "Citations", "answers": "Réponses", "abstention": "Silences",
    "speed": "Durées",
}  # fmt: skip
DIRECTIONS = {"higher": "↑ haut", "lower": "↓ bas", "neither": "·"}
KINDS = {
    "fact": "fait", "how-to": "comment faire", "who": "qui", "list": "liste", "definition": "définition",
    "follow-up": "question de suite", "uncovered": "hors du guide",
}  # fmt: skip
LANGUAGES = {"fr": "français", "en": "anglais"}
VERDICTS = {
    "answered": "répondu", "not_in_guide": "silence (absent du guide)", "about_vigie": "réponse sur Vigie",
    "refused": "refus",
}  # fmt: skip
_GROUPS = {
    "single": "Questions isolées", "follow-up": "Questions de suite", "covered": "Questions couvertes",
    "uncovered": "Questions non couvertes",
}  # fmt: skip
_FIELDS = {"language": "Langue", "pillar": "Pilier", "public": "Public", "kind": "Type"}
_LETTERS = ("zéro", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip


def value(metric: Metric, figure: float | None) -> str:
    """A measure's figure with its unit: « 83,1 % », « 412 ms », « 57,3 »; « – » where there is none."""
    if figure is None:
        return NONE
    if metric.is_rate:
        return f"{decimal(100 * figure)} %"
    return f"{thousands(figure)} ms" if metric.family == "speed" else decimal(figure)


def bounds(metric: Metric, interval: Interval | None) -> str:
    """« 78,0 – 87,5 % », the unit once."""
    if interval is None:
        return NONE
    low, high = value(metric, interval.low), value(metric, interval.high)
    return f"{low.removesuffix(' %').removesuffix(' ms')} à {high}"


def gap(metric: Metric, figure: float) -> str:
    """A difference with its sign: « +2,5 points », « −12 ms »."""
    size = abs(figure) * (100 if metric.is_rate else 1)
    said = thousands(size) if metric.family == "speed" else decimal(size)
    sign = "" if said in {"0,0", "0"} else "+" if figure > 0 else _MINUS
    unit = " pts" if metric.is_rate else " ms" if metric.family == "speed" else ""
    return f"{sign}{said}{unit}"


def decimal(figure: float, digits: int = 1) -> str:
    """« 83,1 »."""
    return f"{figure:.{digits}f}".replace(".", ",").replace("-", _MINUS)


def thousands(figure: float) -> str:
    """« 1 234 »."""
    return f"{figure:,.0f}".replace(",", "\u202f").replace("-", _MINUS)


def probability(p: float) -> str:
    """« 0,012 », « < 0,001 »."""
    return "< 0,001" if p < 0.001 else decimal(p, 3)


def count(number: int, one: str, many: str = "") -> str:
    """« 1 question », « 3 questions »."""
    return f"{thousands(number)} {one if number < 2 else many or one + 's'}"


def in_letters(number: int) -> str:
    """« six »; from ten on, in figures."""
    return _LETTERS[number] if number < len(_LETTERS) else str(number)


def lost_told(number: int) -> str:
    """« 9 questions dont la référence a disparu »."""
    return count(number, "question dont la référence a disparu", "questions dont la référence a disparu")


def group(name: str) -> str:
    """A group's name: « pillar veille » is « Pilier : veille »."""
    field, _, said = name.partition(" ")
    if field not in _FIELDS or not said:
        return _GROUPS.get(name, name)
    known = KINDS if field == "kind" else LANGUAGES if field == "language" else {}
    return f"{_FIELDS[field]} : {known.get(said, said)}"


def moment(at: str) -> str:
    """« 26 novembre 2026 à 07:34 UTC »; what is no date is given as it is."""
    try:
        when = datetime.fromisoformat(at)
    except ValueError:
        return at
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year} à {when:%H:%M} {when.tzname() or ''}".strip()
