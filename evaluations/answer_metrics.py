"""Measures of what an answer says: facts, claims, numbers, duties, words, language."""

import re
import unicodedata
from collections import Counter

from assistant import Answer, Statement, detect_language, numbers, puts_duty
from corpus import letters
from evaluations.questions import QuestionRecord

_SUPPORTS = {"quoted_share": "quoted", "reworded_share": "paraphrased", "unsupported_share": "unsupported"}
_THOUSANDS = 3  # digits between the blanks of a long number
Scores = dict[str, float | None]


def answer_scores(record: QuestionRecord, answer: Answer) -> Scores:
    """The measures of the family « answers »; an abstention says nothing, so that only facts count against it."""
    said = plain(" ".join(statement.text for statement in answer.statements))
    scores: Scores = {
        "required_fact_recall": fact_recall(record, said) if record.answerable else None,
        "forbidden_claim_rate": claim_rate(record, said),
        "token_f1": token_f1(said, plain(" ".join(gold.quote for gold in record.gold))) if record.gold else None,
        "right_language": float(detect_language(answer.introduction or answer.text) == record.language),
    }
    return scores | (_of_statements(answer) if answer.statements else {})


def _of_statements(answer: Answer) -> Scores:
    statements = answer.statements
    shares = {name: sum(s.support == kind for s in statements) / len(statements) for name, kind in _SUPPORTS.items()}
    return {
        **shares,
        "statement_support": statement_support(answer),
        "numbers_supported": numbers_supported(answer),
        "modality_kept": sum(keeps_modality(s, answer) for s in statements) / len(statements),
        "answer_words": float(sum(len(s.text.split()) for s in statements)),
    }


def fact_recall(record: QuestionRecord, said: str) -> float | None:
    """Required facts said in an accepted wording / required facts; None where there are none."""
    facts = record.required_facts
    if not facts:
        return None
    return sum(any(says(said, wording) for wording in fact.accepted) for fact in facts) / len(facts)


def claim_rate(record: QuestionRecord, said: str) -> float | None:
    """Forbidden claims said / forbidden claims; None where there are none."""
    claims = record.forbidden_claims
    return sum(says(said, claim) for claim in claims) / len(claims) if claims else None


def token_f1(said: str, gold: str) -> float:
    """F1 of two bags of words, which `plain` made comparable."""
    one, other = Counter(re.findall(r"\w+", said)), Counter(re.findall(r"\w+", gold))
    common = sum((one & other).values())
    return 2 * common / (sum(one.values()) + sum(other.values())) if common else 0.0


def statement_support(answer: Answer) -> float | None:
    """Quoted statements whose letters stand together in a passage they cite / quoted statements; None without any."""
    quoted = [statement for statement in answer.statements if statement.support == "quoted"]
    held = sum(letters(statement.text) in letters(_cited(statement, answer)) for statement in quoted)
    return held / len(quoted) if quoted else None


def numbers_supported(answer: Answer) -> float | None:
    """Numbers of the statements that stand in a passage they cite / numbers; None without any number."""
    found = held = 0
    for statement in answer.statements:
        known = {number.value for number in numbers(_cited(statement, answer))}
        said = [number.value in known for number in numbers(statement.text)]
        found, held = found + len(said), held + sum(said)
    return held / found if found else None


def keeps_modality(statement: Statement, answer: Answer) -> bool:
    """Whether the statement puts nothing as a duty that the passages it cites do not."""
    return not puts_duty(statement.text) or puts_duty(_cited(statement, answer))


def _cited(statement: Statement, answer: Answer) -> str:
    return "\n".join(c.passage.text for c in answer.citations if c.n in statement.citations)


def says(text: str, wording: str) -> bool:
    """Whether the wording stands in a plain text as whole words: « 1 300 € » does not say « 300 € », nor « 2,5 » 2."""
    wanted = plain(wording)
    before = r"(?<!\d[ .,])" if wanted[:1].isdecimal() else ""
    pattern = rf"(?<!\w){before}{re.escape(wanted)}(?!\w){_goes_on(wanted)}"
    return re.search(pattern, text) is not None


def _goes_on(wanted: str) -> str:
    """Keeps a last number from being the beginning of a longer one; « 10, 12 » and « 2024 300 » are two numbers."""
    last = re.search(r"\d+$", wanted)
    if last is None:
        return ""
    return r"(?![.,]\d)" + (r"(?! \d{3}(?!\d))" if len(last[0]) <= _THOUSANDS else "")


def plain(text: str) -> str:
    """Text compared without accents, case, apostrophe style or runs of blanks."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").casefold().replace("œ", "oe").replace("æ", "ae"))
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())
