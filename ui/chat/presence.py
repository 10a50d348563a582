"""Whether anybody is still there to read: what is written for a page that was closed holds others up."""

from collections.abc import Callable

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx


def gone() -> Callable[[], bool]:
    """Whether the browser session of this run has ended; to be called later, from any thread."""
    context = get_script_run_ctx()
    if context is None or not runtime.exists():
        return lambda: False
    session = context.session_id
    return lambda: not runtime.get_instance().is_active_session(session)
