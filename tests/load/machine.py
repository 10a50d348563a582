"""What Linux says of this machine and of a process: processor, memory, time spent."""

import os
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")  # a second


@dataclass(frozen=True)
class Memory:
    """Resident memory of a process in megabytes; `own` without the files it maps, which the system may take back."""

    total: float
    own: float
    threads: int


def memory(pid: int) -> Memory:
    """Raises FileNotFoundError once the process has ended."""
    lines = (line.split() for line in Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines())
    fields = {words[0]: words[1] for words in lines if len(words) > 1}
    total, own = (round(int(fields[name]) / 1024, 1) for name in ("VmRSS:", "RssAnon:"))
    return Memory(total, own, int(fields["Threads:"]))


def cpu_seconds(pid: int) -> float:
    """Time of all its threads, in the system too. Raises FileNotFoundError once the process has ended."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def processor() -> str:
    """« AMD EPYC 9R14, 2 cores »."""
    lines = Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines()
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")
    return f"{model}, {os.cpu_count()} cores"
