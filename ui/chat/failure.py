"""A failure on the page: what happened, and the reader's next step."""

from dataclasses import dataclass

import streamlit as st

from ui.chat.text import safe
from ui.wording import page_words


@dataclass(frozen=True)
class Failure:
    """Why a question got no answer, and what to do; without a title, that Vigie cannot answer for the moment."""

    message: str
    remedy: str
    title: str = ""


def show_failure(failure: Failure) -> None:
    """No traceback: a title, the message, the remedy. Messages of errors are in French whatever the interface."""
    words = page_words()
    todo = f'<p><b>{words.remedy}</b> <span lang="fr">{safe(failure.remedy)}</span></p>' if failure.remedy else ""
    message = f'<p lang="fr">{safe(failure.message)}</p>' if failure.message else ""
    title = safe(failure.title or words.unavailable)
    st.html(f'<div class="vigie-failure" role="alert"><h2>{title}</h2>{message}{todo}</div>')
