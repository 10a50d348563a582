"""Conversations are played turn by turn, and each answer is judged by the headings it cites."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from pypdf import PdfReader

from assistant import Answer, Question
from corpus import letters, page_text
from evaluations.benchmarks.conversations import Turn, cites, is_right, load_conversations, played

FOLDER = Path(__file__).resolve().parents[2] / "evaluations" / "conversations"
GUIDE = Path(__file__).resolve().parents[2] / "corpus" / "guide"
TURN = Turn(asked="Qui signe ?", in_full=None, kind="question", gold=("Pratique n° 1",), fact="")
SILENT = Turn(asked="Combien pèse un éléphant ?", in_full=None, kind="question", gold=(), fact="")


def answer(*headings: str, verdict: str = "answered") -> Answer:
    cited = tuple(SimpleNamespace(section=("Sécurité", heading)) for heading in headings)
    return SimpleNamespace(verdict=verdict, citations=cited)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("headings", "right", "anywhere"),
    [
        (("Pratique n° 1 – Accueillir",), True, True),
        (("Pratique n° 15 – Accueillir",), False, False),
        (("Pratique n° 2 – Trier", "Pratique n° 1"), False, True),
        ((), False, False),
    ],
)
def test_the_first_citation_decides(headings, right, anywhere):
    assert (is_right(answer(*headings), TURN), cites(answer(*headings), TURN)) == (right, anywhere)


def test_where_the_guide_is_silent_no_answer_is_right():
    assert is_right(answer(verdict="not_in_guide"), SILENT)
    assert not is_right(answer("Pratique n° 1"), SILENT)


def test_each_turn_is_asked_after_the_answers_given_before():
    asked: list[Question] = []

    def ask(question: Question) -> SimpleNamespace:
        asked.append(question)
        return SimpleNamespace(text=f"Réponse {len(asked)}")

    pairs = list(played(SimpleNamespace(ask=ask), [TURN, SILENT]))  # type: ignore[arg-type]
    assert [pair[0] for pair in pairs] == [TURN, SILENT]
    assert [message.content for message in asked[1].history] == [TURN.asked, "Réponse 1"]
    assert asked[0].history == ()


@pytest.fixture(scope="module")
def printed() -> str:
    """The shipped guide, line by line."""
    files = sorted(GUIDE.glob("*.pdf"))
    return "\n".join(page_text(path, n) for path in files for n in range(1, len(PdfReader(path).pages) + 1))


@pytest.mark.parametrize("name", ["tune", "test"])
def test_every_gold_stands_in_the_shipped_guide(name, printed):
    turns = [turn for talk in load_conversations(FOLDER / f"{name}.jsonl") for turn in talk]
    assert len({turn.group for turn in turns}) == 4
    begins = {" ".join(line.split()) + " " for line in printed.splitlines()}
    headings = {gold for turn in turns for gold in turn.gold}
    assert [gold for gold in headings if not any(line.startswith(f"{gold} ") for line in begins)] == []
    whole = letters(printed)
    assert [turn.fact for turn in turns if letters(turn.fact) not in whole] == []
    assert all(bool(turn.gold) == bool(turn.fact) for turn in turns)
