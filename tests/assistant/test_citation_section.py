"""The headings shown over a quote: a box has a title of its own, and is not what the heading above it says."""

from dataclasses import replace

import pytest

from assistant import Citation
from tests.index.making import passage

BOX = "Deux délais à ne pas confondre\nLe premier délai concerne la plainte."
ADVICE = ("VI.8 L’accès frauduleux", "Ce que le recueil recommande")


@pytest.mark.parametrize(
    ("text", "section", "shown"),
    [
        (BOX, ADVICE, ADVICE[:1]),
        ("Le premier délai concerne la plainte.", ADVICE, ADVICE),
        (BOX, ("II.4 Réagir", "Pratique n° 19 – Signaler"), ("II.4 Réagir", "Pratique n° 19 – Signaler")),
        (BOX, ("Avertissement",), ("Avertissement",)),
        (BOX, ("Glossaire", "Termes"), ("Glossaire", "Termes")),
        (BOX, (), ()),
    ],
)
def test_the_headings_over_a_quote(text, section, shown):
    own = replace(passage(text, section=section), section=section)
    assert Citation(1, own, "Recueil", 0, len(text), 0.9).section == shown
