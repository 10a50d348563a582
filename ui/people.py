"""Who is on the other side of the page. On a laptop there is one person, who is not asked for a name."""

from dataclasses import dataclass

LOCAL = "local"


@dataclass(frozen=True)
class Person:
    """The owner of conversations. `id` is stable and never shown; `name` is shown, and may be empty."""

    id: str
    name: str = ""


def person() -> Person:
    """The person of this browser session."""
    return Person(LOCAL)
