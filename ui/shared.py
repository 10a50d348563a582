"""What all sessions of this process share: the lines for answers, and the count of questions."""

import os

import streamlit as st

from ui.busy import RateLimit, Turnstile
from ui.settings import load_settings


def line_for_answers() -> Turnstile:
    """The line in which questions wait while as many answers are made as this machine can make at once."""
    return _turnstile("answers", load_settings().chat.answers_at_once or os.cpu_count() or 1)


def line_for_writing() -> Turnstile:
    """The line before a generator on this machine, which writes one answer at a time; a server has lines of its own."""
    local = load_settings().assistant.generator == "local"
    return _turnstile("writing", 1 if local else 64)


def questions_asked() -> RateLimit:
    """How many questions each person asked in the last minute."""
    return _rate_limit(load_settings().chat.questions_per_minute)


@st.cache_resource(show_spinner=False)
def _turnstile(line: str, width: int) -> Turnstile:  # noqa: ARG001  (part of the cache's key)
    return Turnstile(width)


@st.cache_resource(show_spinner=False)
def _rate_limit(per_minute: int) -> RateLimit:
    return RateLimit(per_minute)
