"""OpenVINO, the only door to it: nothing of it may leave the machine.

`import openvino` sends a usage event to its maker through `openvino_telemetry`, without asking. The package is
hidden before the first import, and OpenVINO then takes its own stub. A test watches the sockets.
"""

import os
import sys
from pathlib import Path
from typing import Any

sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]  # importing it now raises ImportError

import openvino  # noqa: E402 - after its telemetry is hidden
from openvino import opset13  # noqa: E402

__all__ = ["compiled", "openvino", "opset13"]


def compiled(graph: Path, streams: int | None = None) -> Any:
    """The graph on the processor, for one request at a time, or for `streams` requests of one thread each.

    The precision asked is f32, also where the processor has bf16: there OpenVINO 2026.4 dies of SIGFPE on
    EmbeddingGemma with one thread, and a vector would depend on the batch it came in.
    """
    settings: dict[str, Any] = {"INFERENCE_PRECISION_HINT": "f32"}
    if streams is None:
        settings |= {"PERFORMANCE_HINT": "LATENCY", "NUM_STREAMS": 1}
    else:
        settings |= {"NUM_STREAMS": streams, "INFERENCE_NUM_THREADS": streams}
    return openvino.Core().compile_model(str(graph), "CPU", settings)


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
