"""The database of this home, and what its deletions do to the evaluators' inbox beside it."""

import logging
import threading
from collections.abc import Sequence

from sqlalchemy import Engine

from corpus import VigieError
from evaluations import forgetting
from ui.kept import database_url, open_database, purge
from ui.settings import load_settings

_DAY = 24 * 3600.0
_log = logging.getLogger(__name__)


def database() -> Engine:
    """The database of the settings. Raises DatabaseRefused, SettingsError."""
    settings = load_settings()
    return open_database(database_url(settings.home, settings.chat.database_url))


def forget(names: Sequence[str]) -> None:
    """Take opinions out of the evaluators' inbox. Raises EvaluationError."""
    forgetting.forget(load_settings().home, names)


def purge_daily(stop: threading.Event) -> None:
    """Delete conversations that are too old, now and every day until `stop`. For a thread of its own."""
    while not stop.is_set():
        try:
            purge(database(), load_settings().chat.retention_days, forget)
        except VigieError as error:
            _log.warning("old conversations were not deleted: %s", error.message)
        stop.wait(_DAY)
