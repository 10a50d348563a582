"""The web chat. `vigie serve` starts it through `chat_server.py`; `streamlit run ui/chat.py` works too."""

from pathlib import Path

import streamlit as st

from assistant import Assistant
from corpus import VigieError
from ui import chat_wording as words
from ui.chat_answer import show_question, show_reply
from ui.chat_failure import Failure, show_failure
from ui.chat_home import show_bar, show_examples, show_guide, show_instead, show_sent_away
from ui.chat_state import Open, ask_typed, conversation, served_assistant
from ui.chat_turn import answered, settled

_HERE = Path(__file__).resolve().parent


def main() -> None:
    """The whole page, run again at each action; only a new question searches."""
    st.set_page_config(page_title="Vigie", layout="centered")
    st.html(_HERE / "chat.css")
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


main()
