"""The assistant on the version that is published now, opened once and shared by all sessions and pages."""

import threading
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

import streamlit as st

from assistant import Assistant, Generator, GeneratorFailed
from index import DiskRefused, IndexBusy, IndexDamaged, Served, pointed, set_aside
from ui import opening
from ui.settings import Settings, load_settings


@dataclass(frozen=True)
class Open:
    """The assistant that all sessions share; `instead`: whether it answers from an earlier version than published."""

    assistant: Assistant
    instead: bool


def served_assistant() -> Open:
    """The assistant on the version published now. Raises the errors of `open_assistant` and `load_settings`.

    One whose files were changed under it is opened again, which sets its version aside.
    """
    settings = load_settings()
    root = settings.index_root
    name = pointed(root)
    found = _opened(str(root.resolve()), name, settings)
    try:
        found.assistant.searcher.version.watch.check()
    except IndexDamaged as error:
        with suppress(IndexBusy, DiskRefused):  # where it may not be written, the same is found out again
            set_aside(root, found.assistant.searcher.version.manifest.name, error.message)
        _opened.clear()
        found = _opened(str(root.resolve()), name, settings)
    if pointed(root) != name:  # it was set aside: once repaired and published again, it must be opened anew
        _opened.clear()
    return found


@st.cache_resource(show_spinner=False, max_entries=2)
def _opened(root: str, version: str, _settings: Settings) -> Open:  # noqa: ARG001  (they are the cache's key)
    instead: list[Served] = []
    assistant = opening.open_assistant(_settings, on_instead=instead.append)
    assistant.searcher.version.watch.verify_later()
    if assistant.generator is not None:
        _warm(assistant.generator.model, assistant.generator.revision, assistant.generator)
    return Open(assistant, bool(instead))


@st.cache_resource(show_spinner=False)
def _warm(model: str, revision: str, _generator: Generator) -> None:  # noqa: ARG001  (they are the cache's key)
    """Make a generator ready beside the page, once: the first reader should not wait for its weights."""
    threading.Thread(target=_warm_up, args=(_generator,), daemon=True).start()


def _warm_up(generator: Generator) -> None:
    try:
        generator.warm_up()
    except GeneratorFailed:
        return  # the first answer will say it


def sent_to() -> str:
    """The server that questions and quotes are sent to, or nothing. Raises SettingsError."""
    chosen = load_settings().assistant
    if chosen.generator != "api":
        return ""
    return urlsplit(chosen.api_url).hostname or chosen.api_url
