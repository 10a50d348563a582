"""OpenVINO never calls home: its maker's telemetry is not loaded, and no socket is opened."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# The interpreter itself reports sockets (PEP 578): what runs later cannot go round the hook.
WATCH = """
import json, os, sys
seen = []
sys.addaudithook(lambda event, _: seen.append(event) if event.startswith("socket.") else None)
"""
WORK = """
from pathlib import Path
import numpy as np
from index.compiled_graph import compiled
from index.openvino_runtime import openvino, opset13

given = opset13.parameter([-1, 2], np.float32)
doubled = openvino.Model([opset13.multiply(given, opset13.constant(np.float32(2)))], [given], "tiny")
graph = Path(sys.argv[1]) / "model.xml"
openvino.save_model(doubled, str(graph))
values = compiled(graph)([np.ones((1, 2), np.float32)])[0].tolist()
import openvino.tools.ovc
"""
TELL = """
descriptors = [os.readlink(f"/proc/self/fd/{name}") for name in os.listdir("/proc/self/fd") if name.isdigit()
               and os.path.islink(f"/proc/self/fd/{name}")]
print(json.dumps({
    "values": values,
    "seen": seen,
    "open": [name for name in descriptors if name.startswith("socket:")],
    "telemetry": [n for n, m in sys.modules.items() if n.startswith("openvino_telemetry") and m is not None],
}))
"""


def run(work: str, folder: Path) -> dict[str, list]:
    command = [sys.executable, "-c", WATCH + work + TELL, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)
    return json.loads(done.stdout)


def test_a_graph_is_compiled_and_run_without_telemetry_or_sockets(tmp_path):
    found = run(WORK, tmp_path)
    assert found == {"values": [[2.0, 2.0]], "seen": [], "open": [], "telemetry": []}


def test_the_watch_sees_a_socket(tmp_path):
    opening = "import socket\nkept = socket.socket()\nvalues = []\n"
    found = run(opening, tmp_path)
    assert "socket.__new__" in found["seen"]
    assert found["open"]


@pytest.mark.parametrize("module", ["index.encoder", "index.export", "index.graph"])
def test_the_door_is_closed_before_anything_of_openvino_is_loaded(module, tmp_path):
    assert run(f"import {module}\nvalues = []\n", tmp_path)["telemetry"] == []
