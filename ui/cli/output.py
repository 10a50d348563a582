"""Results on standard output, progress and messages on standard error."""

import codecs
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any, TextIO

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from corpus import VigieError
from index import Served

_FILE_WIDTH = 160  # columns where there is no terminal to ask


def _console(stream: TextIO, *, stderr: bool = False) -> Console:
    width = None if stream.isatty() else _FILE_WIDTH
    return Console(stderr=stderr, highlight=False, emoji=False, width=width)


messages = _console(sys.stderr, stderr=True)
results = _console(sys.stdout)


def write_any_text() -> None:
    """Let standard output and error take what their encoding lacks (« ’ » in Latin-1), as question marks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def complain(error: VigieError) -> None:
    """Tell what went wrong and what to do, on standard error."""
    messages.print(f"[red]Erreur :[/] {escape(error.message)}", soft_wrap=True)
    if error.remedy:
        messages.print(escape(error.remedy), soft_wrap=True)


def warn_instead(served: Served) -> None:
    """Tell that an earlier version answers than the published one, and why."""
    if served.instead:
        messages.print(
            f"[yellow]Attention :[/] la version publiée ne peut pas être servie. {escape(served.instead.message)} "
            f"Vigie répond sur la version {served.version.manifest.name}.",
            soft_wrap=True,
        )


def emit(value: dict[str, Any]) -> None:
    """One JSON object on one line of standard output."""
    _write_json(value)


def emit_indented(value: dict[str, Any]) -> None:
    """One JSON object on standard output, over as many lines as it takes."""
    _write_json(value, indent=2)


def _write_json(value: dict[str, Any], indent: int | None = None) -> None:
    """Without loss whatever the encoding of standard output: all of Unicode can be written in ASCII in JSON."""
    unicode = codecs.lookup(sys.stdout.encoding or "utf-8").name == "utf-8"
    text = json.dumps(value, ensure_ascii=not unicode, indent=indent) + "\n"
    sys.stdout.write(text.encode("utf-8", "replace").decode())
    sys.stdout.flush()


@contextmanager
def progress_bars(*, transient: bool = False) -> Iterator[Callable[..., None]]:
    """A function (label, done, total, pages=0) that draws one bar for each label on standard error, with pages/s.

    With `in_bytes`, done and total are bytes; a total of 0 is unknown. Transient bars are gone at the end, and only a
    terminal shows them.
    """
    tasks: dict[str, TaskID] = {}
    begins: dict[str, float] = {}
    bar = (BarColumn(), TextColumn("{task.fields[amount]}"), TimeRemainingColumn())
    columns = (TextColumn("{task.description}"), *bar, TextColumn("{task.fields[rate]}"))
    latest = time.monotonic()
    hidden = transient and not messages.is_terminal
    with Progress(*columns, console=messages, transient=transient, disable=hidden) as progress:

        def advance(label: str, done: int, total: int, pages: int = 0, *, in_bytes: bool = False) -> None:
            nonlocal latest
            if label not in tasks:
                tasks[label] = progress.add_task(label, total=None, rate="", amount="")
                begins[label] = latest  # the first report comes when its first page is done
            latest = time.monotonic()
            speed = pages / max(1e-3, latest - begins[label])
            rate = f"{pages} pages, {speed:.{0 if speed >= 10 else 1}f} pages/s" if pages else ""
            amount = _megabytes(done, total) if in_bytes else f"{done}/{total}"
            progress.update(tasks[label], completed=done, total=total or None, rate=rate, amount=amount)

        yield advance


def _megabytes(done: int, total: int) -> str:
    return " / ".join(f"{size / 1e6:.1f} Mo" for size in (done, total) if size)
