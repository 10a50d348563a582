"""Questions stay here: no variable turns LangChain's remote tracing on, nor stops an answer."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TRACING = ["LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2"]
RETIRED = ["LANGCHAIN_TRACING", "LANGCHAIN_HANDLER"]  # langchain_core refuses to run where it sees them
PROBE = """
import os, socket, sys
moment, *variables = sys.argv[1:]
def refuse(*arguments, **options):
    sys.stdout.write("network ")
    raise OSError("no network in this test")
socket.getaddrinfo = socket.create_connection = refuse
if moment == "before":
    os.environ.update(dict.fromkeys(variables, "true"))
import assistant
if moment == "after":
    os.environ.update(dict.fromkeys(variables, "true"))
from langchain_core.callbacks.manager import CallbackManager
from langchain_core.runnables import RunnableLambda
from langchain_core.tracers import LangChainTracer
from langsmith.utils import tracing_is_enabled
handlers = CallbackManager.configure().handlers
traced = tracing_is_enabled() or any(isinstance(h, LangChainTracer) for h in handlers)
sys.stdout.write(f"traced={traced} answer={RunnableLambda(str.upper).invoke('ok')}")
"""


@pytest.mark.parametrize(("moment", "variables"), [("before", TRACING + RETIRED), ("after", TRACING)])
def test_tracing_variables_set_around_the_import_change_nothing(moment, variables):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LANGCHAIN", "LANGSMITH"))}
    environment |= {"PYTHONPATH": str(ROOT), "LANGSMITH_API_KEY": "key", "LANGSMITH_ENDPOINT": "http://127.0.0.1:9"}
    probe = subprocess.run(
        [sys.executable, "-c", PROBE, moment, *variables],
        env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert probe.stdout == "traced=False answer=OK", probe.stderr[-500:]
