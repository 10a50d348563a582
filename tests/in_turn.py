"""Several `vigie` commands in one process, which loads once what each of them needs.

`python -m tests.in_turn '[["MODEL or nothing", ["search", "brevets"]], …]'` writes what each did, as JSON.
"""

import io
import json
import os
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from typing import NamedTuple

MODULE = ("-m", "tests.in_turn")


class Done(NamedTuple):
    """What a command did."""

    returncode: int | str
    stdout: str
    stderr: str


def done_in_turn(written: str) -> list[Done]:
    """What each command did, as the process wrote it."""
    return [Done(*outcome) for outcome in json.loads(written.splitlines()[-1])]


def _run(model: str, arguments: Sequence[str]) -> Done:
    from ui.cli.app import main

    if model:
        os.environ["VIGIE_INDEX__MODEL"] = model
    sys.argv, code, out, err = ["vigie", *arguments], 0, io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
    return Done(code, out.getvalue(), err.getvalue())


if __name__ == "__main__":
    sys.stdout.write(json.dumps([_run(*command) for command in json.loads(sys.argv[1])]))
