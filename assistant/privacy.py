"""Nothing a user asks leaves the machine through LangChain."""

import os

import langsmith


def turn_tracing_off() -> None:
    """Refuse LangChain's remote tracing, which a stray variable would turn on.

    Under two retired names the variable makes LangChain refuse to run at all, so these are dropped.
    """
    langsmith.configure(enabled=False)
    for variable in ("LANGCHAIN_TRACING", "LANGCHAIN_HANDLER"):
        os.environ.pop(variable, None)
