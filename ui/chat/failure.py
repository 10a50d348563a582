"""A failure on the page: what happened, and the reader's next step."""

from dataclasses import dataclass

import streamlit as st

from ui.chat import wording as words
from ui.chat.text import safe


@dataclass(frozen=True)
class Failure:
    """Why a question got no answer, and what to do."""

    message: str
    remedy: str
    title: str = words.UNAVAILABLE


def show_failure(failure: Failure) -> None:
    """No traceback: a title, the message, the remedy."""
    todo = f"<p><b>{words.REMEDY}</b> {safe(failure.remedy)}</p>" if failure.remedy else ""
    message = f"<p>{safe(failure.message)}</p>" if failure.message else ""
    st.html(f'<div class="vigie-failure" role="alert"><h2>{safe(failure.title)}</h2>{message}{todo}</div>')
