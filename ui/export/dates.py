"""Dates as they are written in a sentence."""

import re
from datetime import date

from assistant import Language
from ui.export.wording import export_words

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def in_full(day: date, language: Language) -> str:
    """« 1er novembre 2026 », “1 November 2026”."""
    words = export_words(language)
    return f"{words.first_day if day.day == 1 else day.day} {words.months[day.month - 1]} {day.year}"


def edition_in_full(edition: str, language: Language) -> str:
    """« novembre 2026 » for the catalogue's "2026-11"; any other edition as it is."""
    found = _MONTH.fullmatch(edition)
    return f"{export_words(language).months[int(found[2]) - 1]} {found[1]}" if found else edition
