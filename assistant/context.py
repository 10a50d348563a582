"""What surrounds a question: for whom a checklist is asked, and what the turn before spoke of."""

from dataclasses import replace

from assistant.audience import audience
from assistant.previous import previous_section
from assistant.turn import Turn
from index import IndexVersion


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
