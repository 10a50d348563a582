"""How well traits tell the quotes that a reader needs, on labels made up."""

import json

import numpy as np

from assistant import Question, QuoteTraits
from evaluations.tuning.usefulness import Labelled, by_folds, design, labelled, report
from tests.assistant.making import assistant_on

QUOTES = [
    Labelled(QuoteTraits(ratio, leads, not leads), place, label, number)
    for number in range(20)
    for place, (ratio, leads, label) in enumerate(
        ((1.0, True, "needed"), (0.9, True, "useful"), (0.5, False, "padding")), 1
    )
]


def test_traits_that_tell_needed_from_padding_rank_them():
    y = np.array([q.label != "padding" for q in QUOTES], dtype=np.float64)
    told = by_folds(design(QUOTES), y, [q.question for q in QUOTES])
    assert told[y == 1].min() > told[y == 0].max()
    said = report("made up", told, QUOTES)
    assert said.startswith("made up: 60 quotes, 40 of them needed or useful, AUROC 1.000")
    assert "0.00 of the padding" in said


def test_labels_find_the_passages_that_are_still_quoted(guide_index):
    assistant = assistant_on(guide_index)
    question = "Comment mener une veille sur les brevets ?"
    cited = assistant.ask(Question(question)).citations
    quotes = [{"passage_id": c.passage.id, "label": "useful"} for c in cited]
    line = json.loads(
        json.dumps({"question": question, "quotes": [*quotes, {"passage_id": "gone", "label": "needed"}]})
    )
    found = labelled(assistant, [line])
    assert [(q.place, q.label, q.question) for q in found] == [(n, "useful", 0) for n in range(1, len(cited) + 1)]
    assert found[0].traits.leads
