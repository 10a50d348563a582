"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

IndexDir = Annotated[Path | None, typer.Option("--index", help="Folder of the index versions.", metavar="DIR")]
CorpusDir = Annotated[Path | None, typer.Option("--corpus", help="Any folder of PDFs.", metavar="DIR")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output.")]
