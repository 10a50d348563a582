"""A page that speaks as the chat does, for the tests of the client: what is asked tells how it is answered."""

import threading

import streamlit as st

LONG = "." * 20_000  # characters: browsers keep such a message, and Streamlit sends it once
_SHOWN = 2  # turns; earlier ones are folded away
_REPLIES = {
    "cite": '<blockquote class="vigie-quote">Une citation</blockquote>',
    "silence": '<div class="vigie-silent">Absent</div>',
    "bonjour": '<p class="vigie-said">Bonjour</p>',
    "panne": '<div class="vigie-failure">Panne</div>',
    "jamais": "",
}


def main() -> None:
    """Turns in containers named `turn-N`, under a question box named `typed`."""
    st.html(f"<p>{LONG}</p>")
    asked: list[str] = st.session_state.setdefault("asked", [])
    if asked and st.query_params.get("c") != "1":
        st.html('<div class="vigie-failure">adresse oubliée</div>')
        return
    if question := st.chat_input(key="typed"):
        asked.append(question)
        st.query_params["c"] = "1"
    for number in range(max(0, len(asked) - _SHOWN), len(asked)):
        with st.container(key=f"turn-{number}"):
            _show(asked[number], number)


def _show(question: str, number: int) -> None:
    st.html(f'<div class="vigie-asked"><h2>Question\u00a0: {question}</h2></div>')
    if question == "attendre":
        _queue()
    elif question == "écrire":
        _written(number)
    else:
        st.html(_REPLIES[question] or "<p></p>")


def _queue() -> None:
    place, pause = st.empty(), threading.Event()
    for ahead in (2, 1):
        place.html(f'<p class="vigie-queue">{ahead}</p>')
        pause.wait(0.1)  # else only the last would be sent
    place.html(_REPLIES["cite"])


def _written(number: int) -> None:
    st.html(_REPLIES["cite"])
    if st.session_state.get("looks", 0) < 3:
        _growing(number)
    else:
        st.html("<p>Écrit en trois fois</p>")


@st.fragment(run_every=0.05)
def _growing(number: int) -> None:
    st.session_state.looks = st.session_state.get("looks", -1) + 1
    if st.session_state.looks == 3:
        st.rerun()
    st.button("Arrêter", key=f"stop-{number}")


main()
