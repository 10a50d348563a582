"""A graph compiled for this processor, and what was compiled kept beside it: a process that opens it again waits less.

What is kept names OpenVINO's version, the processor, the settings and the graph's digests, and is checked before it is
opened; where anything differs, or nothing could be written, the graph is compiled as the first time. The weights stay
where they are: two megabytes are kept of three hundred.
"""

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from index.graph import STAMP
from index.openvino_runtime import openvino

_DEVICE = "CPU"
_DIGEST = hashlib.sha256().digest_size  # bytes at the head of a kept file, of all that follows
_WEIGHTLESS = {"CACHE_MODE": "OPTIMIZE_SIZE"}


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
    core, stamp = openvino.Core(), graph.with_name(STAMP)
    if not stamp.is_file():  # a draft, whose files may still change
        return core.compile_model(str(graph), _DEVICE, settings)
    kept = graph.with_name(f"{_key(core, settings, stamp.read_bytes())}.compiled")
    found = _opened(core, kept, graph, settings)
    return _made(core, kept, graph, settings) if found is None else found


def _key(core: Any, settings: dict[str, Any], stamp: bytes) -> str:
    processor = [core.get_property(_DEVICE, name) for name in ("FULL_DEVICE_NAME", "OPTIMIZATION_CAPABILITIES")]
    facts = f"{openvino.get_version()}\0{processor}\0{_instructions()}\0{sorted(settings.items())}\0".encode()
    return hashlib.sha256(facts + stamp).hexdigest()[:16]


def _instructions() -> str:
    """The instructions that the processor has, where Linux says: two of one name may differ in a virtual machine."""
    with suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines()
        return next((line for line in lines if line.startswith(("flags", "Features"))), "")
    return ""


def _opened(core: Any, kept: Path, graph: Path, settings: dict[str, Any]) -> Any:
    """What was kept, opened; None where there is nothing, or it is damaged."""
    with suppress(OSError, RuntimeError):
        whole = kept.read_bytes()
        if hashlib.sha256(whole[_DIGEST:]).digest() == whole[:_DIGEST]:
            weights = {"WEIGHTS_PATH": str(graph.with_suffix(".bin"))}
            return core.import_model(whole[_DIGEST:], _DEVICE, settings | _WEIGHTLESS | weights)
    return None


def _made(core: Any, kept: Path, graph: Path, settings: dict[str, Any]) -> Any:
    """The graph compiled anew, and kept where the folder may be written; another process sees all of it or nothing."""
    model = core.compile_model(str(graph), _DEVICE, settings | _WEIGHTLESS)
    beside = kept.with_name(f".{kept.name}-{os.getpid()}")
    try:
        written = model.export_model().getvalue()
        beside.write_bytes(hashlib.sha256(written).digest() + written)
        beside.replace(kept)
    except (OSError, RuntimeError):
        with suppress(OSError):
            beside.unlink()
    return model
