"""The `vigie` command: its groups, and how an error becomes a message and an exit code."""

import os
import sys
from typing import NamedTuple

try:  # loading takes a second or more: who presses Ctrl-C meanwhile needs no traceback
    from importlib import import_module

    import typer

    from corpus import VigieError
    from ui.cli.output import complain, write_any_text
except KeyboardInterrupt:
    sys.exit(130)


class Command(NamedTuple):
    """Where a command or a group of them is, and what the list of all says of it."""

    module: str
    name: str
    about: str


COMMANDS = {
    "ask": Command("ask", "ask", "Answer a question from the guide, with the quotes and pages that support it."),
    "search": Command("ask", "search", "Retrieve passages without answering."),
    "recheck": Command(
        "recheck", "recheck",
        "Say of an old answer which citations still stand, and make it again on its own version where that is kept.",
    ),
    "serve": Command(
        "serve", "serve", "Open the web chat on http://localhost:PORT, or on the address of the settings."
    ),
    "doctor": Command("doctor", "doctor", "Check Python, settings, model, index and publications."),
    "corpus": Command("corpus", "app", "Publications: add, fetch, remove, list, show, check."),
    "index": Command("index", "app", "Index versions: build, compare, publish, roll back."),
    "evaluate": Command("evaluate", "app", "Answer quality on question sets."),
    "conversations": Command("conversations", "app", "What is kept of people: list, export, erase, purge."),
    "models": Command("models", "app", "Model weights: install, list."),
}  # fmt: skip


def command_line(wanted: str) -> typer.Typer:
    """All commands, of which only the one wanted is loaded: the others would take seconds to do nothing."""
    app = typer.Typer(
        name="vigie", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
        help="Ask an official guide, and check every answer on its page.",
    )  # fmt: skip
    for name, (module, attribute, about) in COMMANDS.items():
        if name != wanted:
            app.command(name, help=about)(_elsewhere)
            continue
        found = getattr(import_module(f"ui.cli.{module}"), attribute)
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=name, help=about)
        else:
            app.command(name)(found)
    return app


def _elsewhere() -> None:
    """Stands in the list for a command that was not asked for."""


def main() -> None:
    """Run the command. Exit codes: 0 done, 1 failed (the reason on standard error), 2 wrong usage."""
    write_any_text()
    try:
        command_line(next(iter(sys.argv[1:]), ""))()
    except VigieError as error:
        complain(error)
        sys.exit(1)
    except BrokenPipeError:  # whoever read standard output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        what = f"{error.filename or 'Un fichier'} : {error.strerror or error}."
        complain(VigieError(what, "Vérifiez la place qui reste sur le disque et les droits de ce fichier."))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
