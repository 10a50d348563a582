"""A run's figures for a person to read."""

from collections.abc import Mapping
from typing import Any

_NAMES = {
    "whole": "whole reply",
    "queue": "… of which in the queue",
    "after_queue": "… of which after it",
    "first": "first of the reply",
}


def load_table(figures: Mapping[str, Any]) -> str:
    """Lines « name: value » under titles."""
    plan, memory, cpu, made = figures["plan"], figures["memory_mb"], figures["cpu_seconds"], figures["publishing"]
    lines = [
        figures["machine"],
        f"{plan['sessions']} people for {figures['seconds']:.0f} s, {plan['think']:.0f} s to read each reply",
        _line("questions put", figures["asked"]),
        _line(
            "answered", f"{figures['answered']} ({_counts(figures['by_outcome'])}), {figures['per_second']} a second"
        ),
        _line("time-outs", figures["timeouts"]),
        _line("errors", _counts(figures["errors"]) or 0),
        _line("that waited in the queue", figures["queued"]),
        _line("seconds", "p50 / p95 / worst"),
    ]
    for name, times in figures["seconds_to"].items():
        lines.append(_line(f"  {_NAMES[name]}", " / ".join(f"{times[at]:.2f}" for at in ("p50", "p95", "worst"))))
    lines += [
        _line("sent for a reply (p50)", f"{figures['messages_p50']} messages, {figures['bytes_p50']} bytes"),
        _line("server memory, MB", f"{memory['first']} first minute, {memory['last']} last, {memory['most']} at most"),
        _line("… without mapped files", f"{memory['own_first']} first minute, {memory['own_last']} last"),
        _line("CPU seconds", ", ".join(f"{name} {spent}" for name, spent in cpu.items())),
        _line(
            "new version", made["problem"] or f"staged at {_at(made['staged'])}, published at {_at(made['published'])}"
        ),
        _line("answers kept", f"{figures['kept']}: {_counts(figures['versions'])}"),
        _line("… that tell versions apart", _counts(figures["telling"])),
        _line("… that mix versions", len(figures["mixed"])),
    ]
    return "\n".join(lines)


def _line(name: str, value: object) -> str:
    return f"{name:<28}{value}"


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{what} {count}" for what, count in counts.items())


def _at(seconds: float | None) -> str:
    return "—" if seconds is None else f"{seconds:.0f} s"
