"""A question that a section's introduction answers gets what that introduces: its own sections first, then offered."""

import pytest

from assistant import Question
from tests.assistant.making import Bilingual, assistant_on
from tests.index.making import build
from tests.support import write_pdf

ABOUT = "Protéger les projets collaboratifs demande quatre gestes, du premier échange à la sortie."
PAGES = (
    (("II. Sécurité des projets", 22), (ABOUT,)),
    (("II.1 Signer un accord", 16), ("Un accord de confidentialité protège les projets dès le premier échange.",)),
    (("II.2 Ranger les dossiers", 16), ("Les dossiers des projets se rangent dans trois zones.",)),
    (("III. Voyages", 22), ("Un ordinateur de prêt part en mission.",)),
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("introducing")
    (folder / "corpus").mkdir()
    pages = [[(60, 760, size, title), *((60, 700 - 40 * n, 11, text) for n, text in enumerate(texts))]
             for (title, size), texts in PAGES]  # fmt: skip
    write_pdf(folder / "corpus" / "guide.pdf", pages)
    build(folder / "corpus", folder / "index", Bilingual())
    return assistant_on(folder / "index")


def test_the_sections_are_nested(assistant):
    passages = assistant.searcher.version.passages
    assert passages[1].section == (PAGES[0][0][0], PAGES[1][0][0])


def test_what_an_introduction_announces_is_offered_in_order(assistant):
    answer = assistant.ask(Question("Comment protéger les projets collaboratifs, du premier échange à la sortie ?"))
    assert answer.citations[0].quote == ABOUT
    assert answer.suggestions == (  # and not « Voyages », which is of another subject
        "Que dit le recueil sur « Signer un accord » ?",
        "Que dit le recueil sur « Ranger les dossiers » ?",
    )
