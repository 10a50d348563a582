"""The language that a person chose is theirs on later visits too."""

from contextlib import suppress

import streamlit as st

from assistant import Language
from corpus import VigieError
from ui.kept import language_of, remember_language
from ui.language import choose_language
from ui.people import Person
from ui.stored import database

_KNOWN = "language-recalled"


def recall_language(person: Person) -> None:
    """Speak the language this person chose on an earlier visit; once a session."""
    if st.session_state.get(_KNOWN) == person.id:
        return
    st.session_state[_KNOWN] = person.id
    with suppress(VigieError):  # French, then
        if language := language_of(database(), person.id):
            choose_language(language)


def prefer_language(person: Person, language: Language) -> None:
    """Speak it from now on, and on later visits."""
    choose_language(language)
    with suppress(VigieError):  # the choice holds for this visit
        remember_language(database(), person.id, language)
