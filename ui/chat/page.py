"""The conversation page: the guide that is served, the turns so far, and the question box."""

import streamlit as st

from assistant import Assistant
from corpus import VigieError
from ui.bar import show_new_conversation
from ui.chat.answer import show_question, show_reply
from ui.chat.examples import show_examples
from ui.chat.failure import Failure, show_failure
from ui.chat.home import show_guide, show_instead, show_resume, show_sent_away
from ui.chat.keeping import keep, open_wanted, shelve, unshelved
from ui.chat.line import in_turn
from ui.chat.state import ask_typed, conversation, conversation_id, first_shown, owner_id, show_earlier
from ui.chat.text import safe
from ui.chat.tools import show_conversation_tools
from ui.chat.turn import Turn, answered
from ui.serving import Open, served_assistant
from ui.shared import line_for_writing
from ui.wording import page_words


def show_chat() -> None:
    """The whole page, run again at each action; only a new question searches."""
    words = page_words()
    problem = _wanted_or_failure()
    turns = conversation()
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
        st.chat_input(words.invitation, key="typed", on_submit=ask_typed)
    if isinstance(problem, Failure):
        show_failure(problem)
    elif problem:
        st.html(f'<p class="vigie-missing vigie-status" role="note">{safe(problem)}</p>')
    if turns:
        show_new_conversation("page")
        _show_conversation(assistant)
    elif not isinstance(assistant, Failure):
        show_resume()
        show_examples(assistant)


def _wanted_or_failure() -> Failure | str:
    """What keeps the conversation of the address from being shown, or nothing."""
    try:
        return "" if open_wanted() else page_words().gone
    except VigieError as error:
        return Failure(error.message, error.remedy)


def _served_or_failure() -> Open | Failure:
    try:
        with st.spinner(page_words().opening):
            return served_assistant()
    except VigieError as error:
        return Failure(error.message, error.remedy)


def _show_conversation(assistant: Assistant | Failure) -> None:
    """Earlier turns stay readable whatever has become of the index."""
    turns, first = conversation(), first_shown()
    for number in range(first):
        keep(turns, number)  # it may have been written to its end out of sight
    shelve(turns, first)
    if not first:
        turns[:] = _all_of(turns)
    else:
        words = page_words()
        label = words.earlier.format(n=first) if first > 1 else words.earlier_one
        st.button(label, key="earlier", on_click=show_earlier)
    for number in range(first, len(turns)):
        with st.container(key=f"turn-{number}"):
            show_question(turns[number])
            _bring_on(assistant, turns, number)
            show_reply(turns[number], number)
    show_conversation_tools(turns)


def _all_of(turns: list[Turn]) -> list[Turn]:
    """With the earlier ones that were left to the database, which their reader asked for."""
    try:
        return unshelved(turns, owner_id(), conversation_id())
    except VigieError:
        return turns


def _bring_on(assistant: Assistant | Failure, turns: list[Turn], number: int) -> None:
    """Answer a turn that is not, and keep it each time there is more of it."""
    turn = turns[number]
    if turn.reply is None and not turn.shelved:
        writers = line_for_writing()

        def answer() -> None:
            # Streamlit may leave the run at any use of `st`: there is none until the session has the answer.
            if turns[number] is turn:  # unless another run, which a click started, has answered it meanwhile
                turns[number] = answered(assistant, turn, turns[:number], writers)

        in_turn(answer)
    keep(turns, number)
