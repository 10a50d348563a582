"""The `vigie` command: its groups, and how an error becomes a message and an exit code."""

import os
import sys

try:  # loading takes a second or more: who presses Ctrl-C meanwhile needs no traceback
    import typer

    from corpus import VigieError
    from ui.cli import ask, conversations, corpus, doctor, evaluate, index, models, recheck, serve
    from ui.cli.output import complain, write_any_text
except KeyboardInterrupt:
    sys.exit(130)

app = typer.Typer(
    name="vigie", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="Ask an official guide, and check every answer on its page.",
)  # fmt: skip
app.command("ask")(ask.ask)
app.command("search")(ask.search)
app.command("recheck")(recheck.recheck)
app.command("serve")(serve.serve)
app.command("doctor")(doctor.doctor)
app.add_typer(corpus.app, name="corpus", help="Publications: add, fetch, remove, list, show, check.")
app.add_typer(index.app, name="index", help="Index versions: build, compare, publish, roll back.")
app.add_typer(evaluate.app, name="evaluate", help="Answer quality on question sets.")
app.add_typer(conversations.app, name="conversations", help="What is kept of people: list, export, erase, purge.")
app.add_typer(models.app, name="models", help="Model weights: install, list.")


def main() -> None:
    """Run the command. Exit codes: 0 done, 1 failed (the reason on standard error), 2 wrong usage."""
    write_any_text()
    try:
        app()
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
