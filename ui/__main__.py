"""`python -m ui` is the `vigie` command."""

from ui.cli.app import main

main()
