"""OpenVINO, the only door to it: nothing of it may leave the machine.

`import openvino` sends a usage event to its maker through `openvino_telemetry`, without asking. The package is
hidden before the first import, and OpenVINO then takes its own stub. A test watches the sockets.
"""

import os
import sys

sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]  # importing it now raises ImportError

import openvino  # noqa: E402 - after its telemetry is hidden
from openvino import opset13  # noqa: E402

__all__ = ["openvino", "opset13"]


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
