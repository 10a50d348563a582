"""`vigie conversations`: what is kept of people, for the admin who answers for it."""

from typing import Annotated

import typer
from rich.markup import escape

from corpus import VigieError
from ui.cli.options import AsJson
from ui.cli.output import emit, emit_indented, messages, results
from ui.kept import erase, export, holdings, is_known, purge
from ui.settings import load_settings
from ui.stored import database, forget

app = typer.Typer(no_args_is_help=True)
Person = Annotated[str, typer.Argument(help="The identifier on their page « Mes conversations ».", metavar="PERSON")]


@app.command("list")
def show_list(as_json: AsJson = False) -> None:
    """How much is kept of each person. Nothing of what they asked is shown."""
    for one in holdings(database()):
        if as_json:
            emit({"person": one.owner, "conversations": one.conversations, "turns": one.turns,
                  "last": one.last.isoformat()})  # fmt: skip
        else:
            said = f"conversations : {one.conversations}, questions : {one.turns}, la dernière le {one.last:%d/%m/%Y}"
            results.print(f"{escape(one.owner)} : {said}", soft_wrap=True)


@app.command("export")
def export_person(person: Person) -> None:
    """All that is kept of a person, as JSON on standard output."""
    _refuse_unknown(person)
    taken = export(database(), person)
    emit_indented(taken)
    for turn in (turn for conversation in taken["conversations"] for turn in conversation["turns"]):
        if name := turn.get("unreadable"):
            messages.print(
                f"[yellow]Attention :[/] la question {escape(name)} ne peut plus être lue ; son contenu est donné tel "
                "quel.", soft_wrap=True,
            )  # fmt: skip


@app.command("erase")
def erase_person(person: Person) -> None:
    """Erase all that is kept of a person, the evaluators' copies of their opinions included."""
    _refuse_unknown(person)
    count = erase(database(), person, forget)
    messages.print(f"Conversations effacées : {count}.")


@app.command("purge")
def purge_old(
    days: Annotated[
        int | None,
        typer.Option(min=1, max=36_500, help="Days since the last question; by default those of the settings."),
    ] = None,
) -> None:
    """Delete conversations that are too old now; the chat does it every day."""
    kept = days or load_settings().chat.retention_days
    if not kept:
        messages.print("Les conversations sont gardées sans limite : donnez --days.")
        return
    messages.print(f"Conversations effacées : {purge(database(), kept, forget)}.")


def _refuse_unknown(person: str) -> None:
    if not is_known(database(), person):
        raise VigieError(
            f"Rien n’est gardé sous l’identifiant « {person} ».", "Voyez ceux de « vigie conversations list »."
        )
