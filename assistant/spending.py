"""How many tokens the `api` generator may use in a day, kept in a file so that a restart forgets nothing."""

import json
import logging
from datetime import date
from pathlib import Path

from filelock import FileLock

from assistant.generation import GeneratorFailed

_log = logging.getLogger(__name__)


class Spending:
    """Tokens used today, by all processes that share `path`. No limit where `daily` is 0."""

    def __init__(self, path: Path, daily: int) -> None:
        self._path, self._daily = path, daily
        self._lock = FileLock(f"{path}.lock")
        self._unsaved = (date.today(), 0)  # what could not be written, and of which day

    def check(self) -> None:
        """Raises GeneratorFailed once the day's tokens are used up."""
        if self._daily and self.today() >= self._daily:
            raise GeneratorFailed(
                f"Les {self._daily} tokens de la journée sont utilisés.",
                "Attendez demain, ou relevez VIGIE_ASSISTANT__API_DAILY_TOKENS ; les citations restent disponibles.",
            )

    def today(self) -> int:
        """Tokens used since midnight; 0 where nothing was written, or where the file is unreadable."""
        today, (day, unsaved) = date.today(), self._unsaved
        try:
            kept = json.loads(self._path.read_text("utf-8"))
            saved = int(kept["tokens"]) if kept["day"] == today.isoformat() else 0
        except (OSError, ValueError, KeyError, TypeError):
            saved = 0
        return saved + (unsaved if day == today else 0)

    def add(self, tokens: int) -> None:
        """Count tokens: in this process alone where the file cannot be written."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._lock:
                self._save(self.today() + tokens)
                self._unsaved = (date.today(), 0)
        except OSError as error:  # a full disk must not lift the limit
            today, (day, unsaved) = date.today(), self._unsaved
            self._unsaved = (today, tokens + (unsaved if day == today else 0))
            _log.warning("%s ne peut pas être écrit : %s", self._path, error)

    def _save(self, tokens: int) -> None:
        """Whole or not at all: a file cut short would count as nothing used."""
        partial = self._path.with_name(f"{self._path.name}.partial")
        partial.write_text(json.dumps({"day": date.today().isoformat(), "tokens": tokens}), "utf-8")
        partial.replace(self._path)
