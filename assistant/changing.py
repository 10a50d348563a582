"""What a follow-up changes of the question before, and nothing else: for whom it is asked, or of what."""

import re

_PUBLIC = re.compile(
    r"^(?:pour|chez|avec|dans|for|in|with|if it(?:'| i)s|si c'est)\s+"
    r"(?!(?:combien|quel\w*|quoi|qui|which|what|how|whom?)\b)(?P<whom>.{2,80}?)\s*[?.!]*$",
    re.I,
)
_SOMEBODY = (
    r"(?:(?:les?|la|une?|des|mon|ma|mes|notre|nos|the|an?|our|my) |l['’])(?:petite? |small )?"
    r"(?:personnes?|animat\w+|stagiaires?|doctorant\w*|th[eé]sards?|salari[eé]\w*|r[eé]f[eé]rent\w*|suppl[eé]ant\w*|correspondant\w*"
    r"|tut(?:eur|rice)s?|chercheu\w+|dirigeant\w*|direct(?:eur|rice)s?|administrat\w+|pr[eé]sident\w*|pme|eti|tpe|start-?ups?"
    r"|labo(?:ratoire)?s?|entreprises?|interns?|trainees?|officers?|researchers?|smes?|compan(?:y|ies)|labs?)\b"
)
_FOR_SOMEBODY = re.compile(  # « combien de temps pour l’animateur ? »; « pour la notification » is not whom, but what
    rf"(?P<what>.*\b(?:combien|quel\w*|comment|quand|how|what|which|when|who|qui)\b.+) (?:pour|for) {_SOMEBODY}"
    r"[^,:;?]{0,50}?\s*[?.!]*$",
    re.I,
)
_NOW_FOR = re.compile(rf"(?:pour|for) {_SOMEBODY}", re.I)
_CORRECTION = re.compile(
    r"(?:(?:non|mais|pardon|d[eé]sol[eé]e?|no|sorry)[ ,]+)*"
    r"(?:je (?:voulais dire|parlais|parle|pensais [aà])|i meant)\s+(?:plut[oô]t )?"
    r"(?P<of>de la |de l['’]|des |du |de |d['’])?(?P<what>.{3,})",
    re.I,
)
_ASKS = re.compile(
    r"(?P<asks>.*?\b(?:\w+(?:er|ir|re)|protect|prepare|handle|write|keep|sign|share|tell)) "
    r"(?:l[ae]s? |l['’]|une? |des |du |mon |ma |mes |notre |nos |the |our |my |an? ).+",
    re.I,
)
_ARTICLES = {"de la ": "la ", "de l'": "l’", "des ": "les ", "du ": "le "}


def for_another(follow_up: str, before: str) -> str:
    """« Quel délai, pour une PME ? », in the place of whom it was asked for; nothing of another follow-up."""
    whom = _PUBLIC.match(follow_up)
    if not whom:
        return ""
    changed = follow_up[: whom.end()].rstrip(" ?!.")
    first = _FOR_SOMEBODY.fullmatch(before) if _NOW_FOR.match(changed) else None
    return f"{first['what']} {changed[:1].lower()}{changed[1:]} ?" if first else f"{before.rstrip(' ?!.')}, {changed} ?"


def is_correction(follow_up: str) -> bool:
    """Whether it says that something else was meant."""
    return bool(_CORRECTION.fullmatch(follow_up.strip()))


def corrected(follow_up: str, before: str) -> str:
    """« Comment protéger les brevets ? » of « non, je parlais des brevets »; nothing of another follow-up."""
    said, asked = _CORRECTION.fullmatch(follow_up), _ASKS.match(before)
    if not said or not asked:
        return ""
    article = _ARTICLES.get((said["of"] or "").casefold().replace("’", "'"), "")
    return f"{asked['asks']} {article}{said['what'].rstrip(' ?!.')} ?"
