"""What surrounds a question: for whom a checklist is asked, and what the turn before spoke of."""

import re
from dataclasses import replace

from assistant.asking import asking_part
from assistant.audience import audience
from assistant.followup import own_part
from assistant.labels import label_of
from assistant.parts import named_parts
from assistant.previous import previous_section
from assistant.turn import Turn
from index import IndexVersion

_PRACTICE = re.compile(r"(Pratique|Fiche) n° ?(\d+)\b")


def for_whom(turn: Turn, version: IndexVersion) -> Turn:
    """A checklist for a pillar that the question names keeps to that pillar, and to the publics it names."""
    guide = version.manifest.guide
    if turn.shape != "checklist" or guide is None or turn.question.filters:
        return turn
    named = audience(turn.standalone, guide)
    served = named.pillars <= set(version.facets.values()["pillars"])  # an admin may have withdrawn a chapter
    return replace(turn, question=replace(turn.question, filters=named)) if served else turn


def after_the_last(turn: Turn, version: IndexVersion) -> Turn:
    """A follow-up, with the section that the turn before quoted first."""
    question = turn.question
    if question.follows or not turn.is_written_out:
        return turn
    return replace(turn, question=replace(question, follows=previous_section(question.history, version)))


def of_its_parts(turn: Turn, version: IndexVersion) -> Turn:
    """« et les pièges ? », read of the practice that was quoted before: « les écueils de la pratique n° 7 »."""
    follows = turn.is_written_out and own_part(turn.question.text, turn.standalone)
    label = label_of(asking_part(turn.question.text)) if follows else ""
    headings = turn.question.follows[1] if label and turn.question.follows else ()
    practice = _PRACTICE.match(headings[-1]) if headings else None
    asked = f"les {label} de la {practice[1].casefold()} n° {practice[2]} ?" if practice else ""
    parts = named_parts(asked, version) if asked else None
    if not parts or not parts.whole:
        return turn
    shape = "answer" if turn.shape == "definition" else turn.shape  # « what are the mistakes? » defines nothing
    return replace(turn, standalone=asked[0].upper() + asked[1:], shape=shape)
