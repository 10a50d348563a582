"""The written part of an answer: a generator's draft, each sentence checked before it is shown."""

import logging
import time
from collections.abc import Iterator
from dataclasses import replace

from assistant.answer import Answer
from assistant.composing import body, with_sentence
from assistant.generation import Extract, Generator, GeneratorFailed, WritingTask
from assistant.injection import speaks_to_a_machine
from assistant.statements import Checker
from assistant.turn import since
from assistant.wording import wording
from index import Searcher

_EXTRACTS = 900  # characters of quotes that a generator reads: a local one needs a second for every 60 tokens

_log = logging.getLogger(__name__)


def written(quoted: Answer, generator: Generator, searcher: Searcher) -> Iterator[Answer]:
    """The answer after each checked sentence, then once more when all is said.

    Where nothing of a draft survives, the answer keeps its quotes, and its `drafted` says how many sentences fell.
    """
    begin = time.perf_counter()
    answer = quoted
    cited = {citation.passage.id for citation in quoted.citations}
    evidence = [scored for scored in quoted.evidence if scored.passage.id in cited]
    checker = Checker(searcher, evidence, quoted.language, quoted.standalone_question)
    task = WritingTask(quoted.standalone_question, quoted.language, extracts_of(quoted), quoted.shape)
    try:
        for checked in checker.check(generator.write(task)):
            answer = with_sentence(answer, checked, searcher.version)
            first = answer.timings_ms.get("first_sentence", since(begin))
            timings = answer.timings_ms | {"first_sentence": first, "write": since(begin)}
            answer = replace(answer, text=f"{answer.introduction}\n\n{body(answer)}", timings_ms=timings)
            yield answer
    except GeneratorFailed as error:
        _log.warning("%s %s", error.message, error.remedy)
        answer = replace(answer, notes=(*answer.notes, wording(quoted.language).generator_failed))
    yield replace(answer, drafted=checker.read, timings_ms=answer.timings_ms | {"write": since(begin)})


def extracts_of(answer: Answer) -> tuple[Extract, ...]:
    """What a generator may write from: the first quotes that speak to their reader, up to a number of characters."""
    kept: list[Extract] = []
    room = _EXTRACTS
    for citation in answer.citations:
        if room <= 0:
            break
        if speaks_to_a_machine(citation.passage.text):
            continue
        heading = citation.passage.section[-1] if citation.passage.section else citation.title
        kept.append(Extract(heading, citation.quote[:room]))
        room -= len(citation.quote)
    return tuple(kept)
