"""What a reader would keep, against what is shown first."""

from assistant import Question
from evaluations.benchmarks.needed import ReadQuote, read_quotes, report
from tests.assistant.making import assistant_on


def test_quotes_of_a_reading_are_found_again_by_their_passage(guide_index):
    assistant = assistant_on(guide_index)
    question = "Comment mener une veille sur les brevets ?"
    cited = assistant.ask(Question(question)).citations
    quotes = [{"n": c.n, "passage_id": c.passage.id} for c in cited]
    line = {"question": question, "quotes": [*quotes, {"n": 9, "passage_id": "gone"}], "padding": [], "misleading": [1]}
    found = read_quotes(assistant, [line])
    assert found[0] == ReadQuote(False, True, True, True)
    assert [q.first for q in found] == [not c.further for c in cited]


def test_shares_are_of_what_the_reader_would_keep():
    kept, padding = ReadQuote(True, False, True, False), ReadQuote(False, False, False, True)
    said = report("made up", [kept, kept, padding, ReadQuote(True, False, False, True)])
    assert "4 quotes read, 3 kept by the reader, 0 mislead" in said
    assert "shown first: 2, 0.67 of those kept, 0.00 padding" in said
    assert "the first 3: 2, 0.33 of those kept, 0.50 padding" in said
    assert "0 quotes read" in report("nothing", [])
