"""The answers that a run left in the database: does each hold to one version of the index, the one that it names?"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus import Passage
from index import IndexedPublication, IndexVersion
from ui.kept import Conversations, KeptTurn, database_url, open_database
from ui.people import LOCAL
from ui.settings import Settings


@dataclass
class Held:
    """Answers by version; `telling` are those that rest on what another of the run's versions lacks.

    `mixed` says of each faulty one what is not in the version that it names.
    """

    answers: Counter[str] = field(default_factory=Counter)
    telling: Counter[str] = field(default_factory=Counter)
    mixed: list[str] = field(default_factory=list)


class Content:
    """What a version holds: its passages by id, and its publications."""

    def __init__(self, root: Path, name: str) -> None:
        version = IndexVersion(root, name)
        self.passages = {p.id: p for p in version.passages.rows(range(len(version.passages)))}
        self.publications: frozenset[IndexedPublication] = frozenset(version.manifest.publications)

    def lacks(self, turn: KeptTurn) -> str:
        """What of an answer is not in this version word for word, or nothing."""
        for passage in _passages(turn):
            if passage.id not in self.passages or self.passages[passage.id].text != passage.text:
                return f"passage {passage.id} of {passage.publication}"
        missing = next((c.quote for c in turn.answer.citations if c.quote not in self.passages[c.passage.id].text), "")
        return missing or next((p.id for p in turn.publications if p not in self.publications), "")


def held(home: Path) -> Held:
    """Look at every answer kept in a home. Raises DatabaseRefused, and IndexUnavailable where a version is gone."""
    turns, root = list(kept_turns(home)), Settings(home=home).index_root
    versions = {name: Content(root, name) for name in {turn.answer.passport.index_version for turn in turns}}
    found = Held()
    for turn in turns:
        mine = turn.answer.passport.index_version
        found.answers[mine] += 1
        found.telling[mine] += any(content.lacks(turn) for name, content in versions.items() if name != mine)
        if what := versions[mine].lacks(turn):
            found.mixed.append(f"{turn.id} names {mine}, which has no {what}")
    return found


def kept_turns(home: Path) -> Iterator[KeptTurn]:
    """All that is kept of the one person that a local server knows. Raises DatabaseRefused."""
    conversations = Conversations(open_database(database_url(home)))
    for conversation in conversations.listed(LOCAL, limit=1_000_000):
        yield from conversations.turns(LOCAL, conversation.id) or []


def _passages(turn: KeptTurn) -> list[Passage]:
    """Those cited, and those found: an answer rests on both."""
    return [*(c.passage for c in turn.answer.citations), *(scored.passage for scored in turn.answer.evidence)]
