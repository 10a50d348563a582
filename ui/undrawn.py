"""Streamlit keeps what it knows of every widget that a session ever drew: thousands in a long conversation."""

from streamlit.runtime.scriptrunner import get_script_run_ctx


def forget_undrawn() -> None:
    """Drop what is held of the widgets that this run of the page did not draw; to be called at its end.

    Streamlit drops their values itself right after, and registers again what is drawn again. It has no public way to
    drop the rest, so a version that names it otherwise keeps it: tests tell.
    """
    context = get_script_run_ctx()
    if context is None:
        return
    held = context.session_state
    state = getattr(getattr(held, "_state", None), "_new_widget_state", None)
    known = getattr(state, "widget_metadata", {})
    drawn = context.shared.widget_ids_this_run.snapshot()
    for widget in list(known):
        if widget not in drawn:
            known.pop(widget, None)
