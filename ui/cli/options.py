"""Options that several commands share."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from index import Filters

IndexDir = Annotated[Path | None, typer.Option("--index", help="Folder of the index versions.", metavar="DIR")]
IndexVersionName = Annotated[
    str, typer.Option("--index-version", help="An earlier version of « vigie index list ».", metavar="NAME")
]
CorpusDir = Annotated[Path | None, typer.Option("--corpus", help="Any folder of PDFs.", metavar="DIR")]
Written = Literal["extractive", "local", "api"]
AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output.")]

QuestionSets = Annotated[
    list[Path] | None, typer.Option("--questions", help="Reference questions; by default the guide's.", metavar="SET")
]

Publications = Annotated[list[str] | None, typer.Option("--publication", help="Only these publications.", metavar="ID")]
Editions = Annotated[list[str] | None, typer.Option("--edition", help="Only these editions.", metavar="DATE")]
Pillars = Annotated[list[str] | None, typer.Option("--pillar", help="Only these pillars.", metavar="ID")]
Publics = Annotated[list[str] | None, typer.Option("--public", help="Only what is for these publics.", metavar="ID")]


def chosen_filters(*values: list[str] | None) -> Filters:
    """Filters of the four options, in the order they are defined."""
    return Filters(*(frozenset(chosen or ()) for chosen in values))
