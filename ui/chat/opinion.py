"""Was the answer helpful? Asked once it is written, and kept at the click; answers still coming are not disturbed."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

import streamlit as st

from assistant import Answer
from corpus import VigieError
from evaluations import inbox, questions
from ui.chat.opinion_wording import opinion_words, reasons_for
from ui.chat.state import conversation, opinions_given, owner_id
from ui.chat.text import plain_label, safe
from ui.chat.turn import Turn, said_in
from ui.kept import Conversations, Opinion, Opinions
from ui.settings import load_settings
from ui.stored import database, forget
from ui.wording import page_words


# Streamlit never forgets the arguments of a session's buttons: they name a turn, and do not hold it.
@st.fragment
def show_opinion(turn: Turn, answer: Answer, number: int) -> None:
    """Only this part of the page runs again."""
    words = opinion_words()
    answered = answer.verdict == "answered"
    given = _given(turn)
    with st.container(key=f"opinion-{number}", gap="small"):
        if given is None:
            with st.container(key=f"opinion-line-{number}", horizontal=True, vertical_alignment="center", gap="small"):
                st.html(f"<p>{words.asked if answered else words.asked_of_silence}</p>", width="content")
                st.button(words.yes, key=f"helpful-{number}", on_click=give, args=(turn.id, Opinion(True)))
                st.button(words.no, key=f"unhelpful-{number}", on_click=give, args=(turn.id, Opinion(False)))
            st.html(f'<p class="vigie-note">{safe(words.told)}</p>')
        elif given.helpful or given.reason or given.comment:
            with st.container(key=f"opinion-line-{number}", horizontal=True, vertical_alignment="center", gap="small"):
                st.html(f'<p class="vigie-status">{words.thanks}</p>', width="content")
                st.button(words.change, key=f"rethink-{number}", on_click=_take_back, args=(turn.id,))
        else:
            _ask_why(turn, number, answered)
        if problem := st.session_state.pop(f"opinion-problem-{turn.id}", ""):
            st.html(f'<p class="vigie-missing" role="alert">{safe(problem)}</p>')


def _ask_why(turn: Turn, number: int, answered: bool) -> None:
    words = opinion_words()
    st.html(f'<p class="vigie-status">{words.noted}</p>')
    with st.form(f"why-{number}", border=False):
        st.radio(
            plain_label(words.why), reasons_for(answered), index=None, key=f"reason-{number}",
            format_func=lambda name: plain_label(words.reasons[name]),
        )  # fmt: skip
        st.text_area(plain_label(words.comment), max_chars=2_000, height=80, key=f"comment-{number}")
        st.form_submit_button(words.send, on_click=_give_why, args=(turn.id, number))


def _give_why(turn: str, number: int) -> None:
    reason, comment = (st.session_state.get(f"{name}-{number}") for name in ("reason", "comment"))
    give(turn, Opinion(False, reason or (None if comment else "other"), comment or ""))


def _given(turn: Turn) -> Opinion | None:
    known = opinions_given()
    if turn.id not in known:
        try:
            known[turn.id] = Opinions(database()).of(owner_id(), turn.id)
        except VigieError:
            return None
    return known[turn.id]


def _take_back(turn: str) -> None:
    """Ask again; what was said stands until something else is."""
    opinions_given()[turn] = None


def give(turn: str, opinion: Opinion) -> None:
    """Write an opinion of a turn (its id) in the database, then in the evaluators' inbox under the name it has there.

    In this order, an erasure finds whatever the inbox received.
    """
    words, owner, known, before = opinion_words(), owner_id(), opinions_given(), _before(turn)
    gone = words.not_kept.format(reason=page_words().deleted_elsewhere)
    # Streamlit may leave the run at any use of `st`: there is none until both are written.
    try:
        kept = Opinions(database()).keep(owner, turn, replace(opinion, feedback_id=inbox.new_id()))
        problem = "" if kept else gone
    except VigieError as error:
        kept, problem = None, words.not_kept.format(reason=error.message)
    if kept:
        known[turn] = kept
        try:
            if not _tell(owner, turn, kept, before):
                known[turn], problem = None, gone
        except VigieError as error:
            problem = words.not_told.format(reason=error.message)
    if problem:
        st.session_state[f"opinion-problem-{turn}"] = problem


def _tell(owner: str, turn: str, opinion: Opinion, before: Sequence[questions.Turn]) -> bool:
    """Tell the inbox what is kept, the last where another window changes it; false where it was deleted meanwhile.

    The answer goes there whole, with its passport and its evidence, and the turns before it.
    """
    home = load_settings().home
    said: Opinion | None = opinion
    kept = Conversations(database()).turn(owner, turn)
    while kept and said:
        inbox.receive(
            home, kept.answer.as_json(), helpful=said.helpful, reason=said.reason, comment=said.comment,
            history=before, id_=opinion.feedback_id,
        )  # fmt: skip
        now = Opinions(database()).of(owner, turn)
        if now == said:
            return True
        said = now
    forget([opinion.feedback_id])
    return False


def _before(turn: str) -> Sequence[questions.Turn]:
    before = list(takewhile(lambda one: one.id != turn, conversation()))
    return [questions.Turn(role=message.role, content=message.content) for message in said_in(before)]
