"""A person's erasure reaches the evaluators' files too: the one thing that ever takes a line out of them."""

from collections.abc import Collection
from pathlib import Path

from evaluations.feedback import TUNE, record_id_of
from evaluations.inbox import INBOX
from evaluations.journal import FOLDER, held, named, rewrite, told
from evaluations.labels import LABELS

_NAMED_BY = {INBOX: "id", LABELS: "item", TUNE: "id"}  # the key that names the item, in each file


def forget(home: Path, ids: Collection[str]) -> int:
    """Take these items out of the inbox, with their labels and the questions they became; gives how many lines went.

    Raises EvaluationError.
    """
    if not ids or not (home / FOLDER).is_dir():
        return 0
    names = {*ids, *(record_id_of(id_) for id_ in ids)}
    with held(home / FOLDER):
        return sum(_without(home / FOLDER / file, key, names) for file, key in _NAMED_BY.items())


def _without(path: Path, key: str, names: Collection[str]) -> int:
    if not path.exists():
        return 0
    with told(path):
        lines = path.read_bytes().splitlines(keepends=True)
        kept = [line for line in lines if named(line, key) not in names]
        if len(kept) < len(lines):
            rewrite(path, b"".join(kept))
    return len(lines) - len(kept)
