"""Records, citations, answers and runs made by hand."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant import Answer, Citation, Passport, Statement
from corpus import Passage, Span
from evaluations import CaseScores, QuestionRecord, Result, RunFolder, questions_digest

PAGE = "Le stagiaire signe un engagement avant son arrivée. Il rend son badge."


def record(**values: Any) -> QuestionRecord:
    """An answerable question whose gold is page 3 of « guide »."""
    gold = [{"publication": "guide", "page": 3, "quote": "signe un engagement"}]
    answerable = values.get("answerable", True)
    return QuestionRecord.model_validate(
        {"id": "q", "question": "Que signe le stagiaire ?", "gold": gold if answerable else []} | values
    )


def passage(text: str = PAGE, page: int = 3, publication: str = "guide") -> Passage:
    """One page's passage whose sentences end at full stops."""
    ends = [i + 1 for i, character in enumerate(text) if character == "."] or [len(text)]
    starts = [0, *(end + 1 for end in ends[:-1])]
    spans = (Span(0, page, 0, len(text)),)
    return Passage(text, (), tuple(zip(starts, ends, strict=True)), spans, "id", publication, (str(page),))


def citation(cited: Passage, n: int = 1) -> Citation:
    """The whole passage, cited."""
    return Citation(n, cited, "Guide", 0, len(cited.text), 0.9)


def answer(*cited: Passage, verdict: str = "answered", said: str | None = None) -> Answer:
    """An answer quoting passages; `said` is the text of its only statement."""
    statement = Statement(" ".join(p.text for p in cited) if said is None else said, "quoted", (1,))
    return Answer(
        id="q", question="?", standalone_question="?", verdict=verdict, language="fr", text="…", confidence=0.9,
        passport=Passport("v", "m", "r", "extractive", "", "", "0", 8),
        statements=(statement,) if verdict == "answered" else (),
        citations=tuple(citation(p, n) for n, p in enumerate(cited, 1)),
        timings_ms={"total": 10.0},
    )  # fmt: skip


def printed(_publication: str, page: int) -> str:
    """What stands on the pages: page 3 and no other has text, with the line breaks of print."""
    return "Le stagiaire signe un enga-\r\ngement avant son arrivée.\r\nIl rend son badge. 3" if page == 3 else ""


LOST = {"quote": "signe un engagement", "standing": "withdrawn", "text": ""}
Values = Mapping[str, float | None]


def case(id_: str, *, answerable: bool = True, **values: float | None) -> CaseScores:
    """A case with these measures and no other."""
    return CaseScores(id_, answerable, bool(values.get("false_abstention_rate")), 0.5, values)


def scored_run(folder: Path, cases: Mapping[str, Values], *, lost: tuple[str, ...] = (), **identity: Any) -> RunFolder:
    """A finished run, by question the value of each measure; `lost` are questions whose gold the version lacks."""
    run = RunFolder(folder)
    records = [record(id=id_) for id_ in cases]
    about = {"index_version": "v1", "corpus": "c1", "questions": questions_digest(records), "scoring": "1"}
    run.begin(about | identity, records)
    for id_, values in cases.items():
        gone = (LOST,) if id_ in lost else ()
        run.keep(Result(id_, answer(passage()).as_json(), case(id_, **values), (("guide", 3),), gone))
    return run


SOUND = {  # what the gate accepts
    "marker_validity": 1.0, "quote_validity": 1.0, "statement_support": 1.0, "numbers_supported": 1.0,
    "modality_kept": 1.0, "unsupported_share": 0.0, "cites_gold_page": 1.0, "retrieval_recall_at_10": 1.0,
    "right_language": 1.0, "page_precision": 0.8, "forbidden_claim_rate": 0.0,
}  # fmt: skip
IDS = [f"q{n}" for n in range(10)]
ALL_SOUND = dict.fromkeys(IDS, SOUND)


def with_values(measure: str, *values: float | None) -> dict[str, Values]:
    """Ten sound questions, the first of which have these values."""
    return ALL_SOUND | {id_: SOUND | {measure: value} for id_, value in zip(IDS, values, strict=False)}
