"""The question that is asked about a section: one that names it well enough to be answered from it."""

import re

from assistant import Language, wording
from index import IndexedPublication, analyse
from ui.guide.contents import Contents, Section

_NUMBER = re.compile(r"^(?:Pratique n° ?\d+\s*[–-]\s*|[IVX]+(?:\.\d+)*\.?\s+|\d+(?:\.\d+)*\.?\s+)")
_TELLING = 3  # different words that say something, from which a heading stands by itself


def section_question(section: Section, contents: Contents, publication: IndexedPublication, language: Language) -> str:
    """« Que dit le recueil sur « … » ? ». Of the guide's 105 sections, 103 are then answered from their own pages."""
    return wording(language).suggestion.format(section=_topic(section, contents) or publication.title)


def _topic(section: Section, contents: Contents) -> str:
    """Its heading without its number. One that says little goes with its first sub-section's, or its parent's."""
    *above, own = (_NUMBER.sub("", title, count=1) for title in section.path or ("",))
    if not above or _tells(own, section, contents):
        return own
    inside = contents.under(section)
    return f"{own} : {_NUMBER.sub('', inside[0].path[-1], count=1)}" if inside else f"{above[-1]} – {own}"


def _tells(own: str, section: Section, contents: Contents) -> bool:
    """« Agir » and « À vérifier », which stands under every chapter, would be answered from anywhere."""
    namesakes = [other for other in contents.sections if other.path[-1:] == section.path[-1:]]
    return len(namesakes) == 1 and len(set(analyse(own))) >= _TELLING
