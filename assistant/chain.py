"""The answer chain: question, evidence, decision, quotes, checked answer. Each step is a runnable."""

import re
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.abstention import Abstention
from assistant.answer import Answer, Citation, Language, Passport, Question, Reading, Statement, Verdict
from assistant.checking import is_verbatim
from assistant.extractive import Quote, extract
from assistant.language import detect_language
from assistant.settings import AssistantSettings
from assistant.wording import WORDING_SHA256, guide_name, small_talk, wording
from index import ScoredPassage, Searcher, SearchResult


@dataclass(frozen=True)
class Turn:
    """A question on its way to an answer; each step fills what it knows."""

    question: Question
    language: Language = "fr"
    verdict: Verdict | None = None
    text: str = ""
    found: SearchResult | None = None
    confidence: float = 0.0
    quotes: tuple[Quote, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)


class Assistant:
    """Answers from one index version. Safe to share between threads."""

    def __init__(self, searcher: Searcher, settings: AssistantSettings) -> None:
        self._searcher = searcher
        self._settings = settings
        manifest = searcher.version.manifest
        self._demonstration = bool(manifest.guide and manifest.guide.demonstration)
        self._languages = {p.id: p.language for p in manifest.publications}
        self._abstention = Abstention.of(manifest.model.name, bool(manifest.model.token_dimension))
        self._passport = Passport(manifest.name, manifest.model.name, settings.generator, WORDING_SHA256)
        self.chain: Runnable[Question, Answer] = (
            RunnableLambda(self._understand)
            | RunnableLambda(self._retrieve)
            | RunnableLambda(self._decide)
            | RunnableLambda(self._generate)
            | RunnableLambda(self._verify)
        )

    @property
    def searcher(self) -> Searcher:
        return self._searcher

    def ask(self, question: Question) -> Answer:
        """Answer one question. Whatever its content, this raises only for a damaged index."""
        begin = time.perf_counter()
        answer = self.chain.invoke(question)
        return replace(answer, timings_ms=answer.timings_ms | {"total": _since(begin)})

    def _understand(self, question: Question) -> Turn:
        """Refuse what cannot be a question, and answer greetings."""
        text = " ".join(question.text.encode("utf-8", "replace").decode().split())  # half a surrogate pair is no text
        language = detect_language(text)
        turn = Turn(replace(question, text=text), language)
        if not any(c.isalnum() for c in text):
            return replace(turn, verdict="refused", text=wording(language).empty)
        limit = self._settings.max_question_characters
        if len(text) > limit:
            return replace(turn, verdict="refused", text=wording(language).too_long.format(limit=limit))
        about = small_talk(text, language, self._demonstration)
        return replace(turn, verdict="about_vigie", text=about, confidence=1.0) if about else turn

    def _retrieve(self, turn: Turn) -> Turn:
        if turn.verdict:
            return turn
        begin = time.perf_counter()
        found = self._searcher.search(turn.question.text, self._settings.top_k, turn.question.filters)
        return replace(turn, found=found, timings_ms={"retrieve": _since(begin)})

    def _decide(self, turn: Turn) -> Turn:
        """Abstain before writing when the evidence is too weak."""
        if turn.found is None:
            return turn
        evidence = turn.found.results
        same = any(self._languages[scored.passage.publication] == turn.language for scored in evidence)
        confidence = self._abstention.confidence(evidence, same)
        verdict: Verdict = "answered" if confidence >= self._settings.least_confidence else "not_in_guide"
        return replace(turn, confidence=confidence, verdict=verdict)

    def _generate(self, turn: Turn) -> Turn:
        if turn.verdict != "answered" or turn.found is None:
            return turn
        begin = time.perf_counter()
        quotes = tuple(extract(turn.found, self._searcher.version.sentence_vectors))
        return replace(turn, quotes=quotes, timings_ms=turn.timings_ms | {"generate": _since(begin)})

    def _verify(self, turn: Turn) -> Answer:
        """Keep the quotes that stand word for word in their passage; without any, say that the guide is silent."""
        begin = time.perf_counter()
        kept = [q for q in turn.quotes if is_verbatim(q)]
        if turn.verdict == "answered" and not kept:
            turn = replace(turn, verdict="not_in_guide")
        timings = turn.timings_ms | {"verify": _since(begin)}
        answer = Answer(
            id=turn.question.id or uuid.uuid4().hex,
            question=turn.question.text,
            standalone_question=turn.question.text,
            verdict=turn.verdict or "refused",
            language=turn.language,
            text=turn.text,
            confidence=turn.confidence,
            passport=self._passport,
            evidence=turn.found.results if turn.found else (),
            reading=Reading(turn.found.corrections, turn.found.expansions) if turn.found else Reading(),
            timings_ms=timings,
        )
        if answer.verdict == "answered":
            return self._answered(answer, kept)
        return self._silent(answer) if answer.verdict == "not_in_guide" else answer

    def _answered(self, answer: Answer, quotes: Sequence[Quote]) -> Answer:
        name = guide_name(answer.language, self._demonstration)
        words = wording(answer.language)
        sure = answer.confidence >= self._settings.sure_confidence
        introduction = (words.introduction if sure else words.hesitant).format(guide=name)
        citations = tuple(self._citation(number, quote) for number, quote in enumerate(quotes, 1))
        statements = tuple(
            Statement(q.scored.passage.text[a:b], "quoted", (number,))
            for number, q in enumerate(quotes, 1)
            for a, b in q.scored.passage.sentences[q.first : q.last]
        )
        body = _grouped(citations)
        suggestions = _suggestions(answer.language, answer.evidence, {c.passage.section for c in citations})
        return replace(
            answer, text=f"{introduction}\n\n{body}", introduction=introduction,
            statements=statements, citations=citations, suggestions=suggestions,
        )  # fmt: skip

    def _silent(self, answer: Answer) -> Answer:
        words = wording(answer.language)
        name = guide_name(answer.language, self._demonstration)
        message = words.not_in_guide.format(Guide=name[0].upper() + name[1:])
        suggestions = _suggestions(answer.language, answer.evidence, set())
        return replace(answer, text=message, introduction=message, suggestions=suggestions)

    def _citation(self, number: int, quote: Quote) -> Citation:
        passage = quote.scored.passage
        title = self._searcher.version.publication(passage.publication).title
        return Citation(number, passage, title, quote.start, quote.end, quote.scored.score, quote.scored.also_in)


def _grouped(citations: Sequence[Citation]) -> str:
    """Quotes under the section each comes from."""
    parts: list[str] = []
    section: tuple[str, ...] | None = None
    for citation in citations:
        if citation.passage.section != section:
            section = citation.passage.section
            parts.append(section_heading(section) or citation.title)
        parts.append(f"« {citation.quote} » [{citation.n}]")
    return "\n\n".join(parts)


def section_heading(section: tuple[str, ...]) -> str:
    """The last heading, after its parent's where it has no number of its own (« À vérifier »); empty without any."""
    numbered = bool(section) and any(c.isdigit() for c in section[-1])
    return " – ".join(section[-1:] if numbered else section[-2:])


def _suggestions(
    language: Language, evidence: Sequence[ScoredPassage], shown: set[tuple[str, ...]], most: int = 3
) -> tuple[str, ...]:
    """Questions on the sections that came near and were not quoted."""
    near: list[str] = []
    for scored in evidence:
        section = scored.passage.section
        if section and section not in shown and (title := _plain_title(section)) not in near:
            near.append(title)
    return tuple(wording(language).suggestion.format(section=title) for title in near[:most])


def _plain_title(section: tuple[str, ...]) -> str:
    """The last numbered heading without its number, else the last."""
    heading = next((title for title in reversed(section) if any(c.isdigit() for c in title)), section[-1])
    return re.sub(r"^(?:Pratique n° ?\d+\s*[–-]\s*|[IVX]+(?:\.\d+)*\.?\s+|\d+(?:\.\d+)*\.?\s+)", "", heading)


def _since(begin: float) -> float:
    return (time.perf_counter() - begin) * 1000
