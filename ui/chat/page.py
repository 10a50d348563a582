"""The conversation page: the guide that is served, the turns so far, and the question box."""

import streamlit as st

from assistant import Assistant
from corpus import VigieError
from ui.chat import wording as words
from ui.chat.answer import show_question, show_reply
from ui.chat.failure import Failure, show_failure
from ui.chat.home import show_bar, show_examples, show_guide, show_instead, show_sent_away
from ui.chat.state import Open, ask_typed, conversation, served_assistant
from ui.chat.turn import answered, settled


def show_chat() -> None:
    """The whole page, run again at each action; only a new question searches."""
    turns = conversation()
    show_bar(started=bool(turns))
    served = _served_or_failure()
    if isinstance(served, Failure) and not turns:
        show_failure(served)
        return
    assistant = served if isinstance(served, Failure) else served.assistant
    if not isinstance(served, Failure):
        show_guide(served.assistant.searcher.version.manifest.guide, small=bool(turns))
        show_sent_away()
        show_instead(served)
    with st.bottom:  # elsewhere, Streamlit would keep the page scrolled to its end, past the answer
        st.chat_input(words.INVITATION, key="typed", on_submit=ask_typed)
    if turns:
        _show_conversation(assistant)
    elif not isinstance(assistant, Failure):
        show_examples(assistant)


def _served_or_failure() -> Open | Failure:
    try:
        with st.spinner(words.OPENING):
            return served_assistant()
    except VigieError as error:
        return Failure(error.message, error.remedy)


def _show_conversation(assistant: Assistant | Failure) -> None:
    """Earlier turns stay readable whatever has become of the index."""
    turns = conversation()
    for number, turn in enumerate(turns):
        with st.container(key=f"turn-{number}"):
            show_question(turn)
            if turn.reply is None:
                with st.spinner(words.SEARCHING):
                    turns[number] = answered(assistant, turn, turns[:number])
            turns[number] = settled(turns[number])
            show_reply(turns[number], number)
