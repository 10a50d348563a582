"""The section that answers: its best passage's score counts, and a little those of the passages that stand behind it.

A question of several facts is answered by one practice; a passage of another may be nearer to some of its words.
"""

from collections.abc import Sequence

from assistant.answer import Home
from assistant.completing import home
from assistant.glossaries import is_glossary
from corpus import Passage
from index import ScoredPassage

_BEHIND = 3  # passages of a section, after its best, that count
_WITHIN = 0.25  # of the best score of all: what is further away says nothing for its section
_WEIGHT = 0.1  # of each one's lead over that
_BEFORE = 0.15  # what the section that the turn before quoted first has over the others
_ENTRY = 0.1  # what a glossary, which names everything and advises nothing, has under the others


def leading_section(evidence: Sequence[ScoredPassage], before: Home | None = None, *, explains: bool = False) -> Home:
    """Where the evidence, of one passage at least, has the most support; of equals the first.

    `before`: the section that the turn before quoted first, of a follow-up; `explains`: whether a glossary may be what
    is wanted.
    """
    scores: dict[Home, list[float]] = {}
    for scored in evidence:
        scores.setdefault(home(scored), []).append(0.0 if scored.completes else scored.score)
    least = max(map(max, scores.values())) - _WITHIN
    supports = {section: _support(sorted(own, reverse=True), least) for section, own in scores.items()}
    under = 0.0 if explains else _ENTRY
    weighed = {section: found - under * is_glossary(section[1]) for section, found in supports.items()}
    return max(weighed, key=lambda section: weighed[section] + _BEFORE * (section == before))


def is_under(passage: Passage, section: Home) -> bool:
    """Whether a passage stands in a section, or in one of those that it introduces."""
    publication, headings = section
    own = passage.section[: len(headings)] if headings else passage.section
    return (passage.publication, own) == (publication, headings)


def _support(scores: Sequence[float], least: float) -> float:
    best, *others = scores
    return best + _WEIGHT * sum(max(0.0, score - least) for score in others[:_BEHIND])
