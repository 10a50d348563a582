"""The answer chain: understand, retrieve, decide, quote, each a runnable; then write and check, as a stream."""

import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.abstention import Abstention, Decision, unheard_of
from assistant.answer import Answer, Passport, Question, Reading, Verdict
from assistant.asking import beside_the_guide, is_of_whatever, plainly
from assistant.audience import without_audience
from assistant.composing import speaks_of_itself, suggestions
from assistant.context import after_the_last, for_whom, of_its_parts
from assistant.defining import asks_for_an_entry
from assistant.extractive import Quote
from assistant.followup import keeps_shape, own_part, question_language, standalone
from assistant.generation import Generator
from assistant.language import typeset
from assistant.leaning import own_words, points_back
from assistant.names import acronyms_among
from assistant.naming import named_count, named_rows, with_named
from assistant.nearest import Place, by_own_words, nearest
from assistant.places import is_nowhere
from assistant.premise import premise_of
from assistant.presenting import Presenter
from assistant.prompt import PROMPT_SHA256
from assistant.purpose import HELPED, OUTSIDE, asks_for_the_same, purpose, speaks_of_this
from assistant.quoting import near_sentences, quotes_for, with_own_words
from assistant.settings import AssistantSettings
from assistant.shapes import chosen_shape, subject
from assistant.situation import what_to_do
from assistant.told import asked_of, form_of
from assistant.turn import Turn, since
from assistant.wording import WORDING_SHA256, outside_purpose, small_talk, wording
from assistant.writing import written
from index import BESIDE, Embedder, Searcher, SearchResult

_WIDE = 20  # passages read for a checklist
_MARKED = {"answer", "comparison", "definition"}  # shapes in which whole quotes are read
_WRITTEN_OUT = 8000  # characters read of a follow-up written out, which comes from a file: no rule writes as many
_WELL_COVERED = 0.6  # confidence from which what looks like another purpose is a question to the guide
_NAMED = 0.65  # score from which a passage is what a few words name; see « Few words » in docs/measurements.md
_NAMED_ALONE = 0.5  # the same, of a publication of which nobody wrote down what its readers ask
_UNHEARD_OF = 0.3  # score under which it is about something else
_SITUATION = 1.5  # of the weight of what is only told, that of the same with « Que faire ? »
_TOLD = 2.0  # of the weight of what a long message asks, that of all it says
_FALLEN = 2  # sentences of a draft from which it tells something that none survived


class Assistant:
    """Answers from one index version. Safe to share between threads. Without a generator it quotes."""

    def __init__(self, searcher: Searcher, settings: AssistantSettings, generator: Generator | None = None) -> None:
        self._searcher = searcher
        self._settings = settings
        self._generator = generator
        manifest = searcher.version.manifest
        self._presenter = Presenter(searcher.version, settings.sure_confidence)
        self._demonstration = self._presenter.demonstration
        self._served = generator is not None and generator.name == "api"
        self._abstention = Abstention.of(manifest.model.name, bool(manifest.model.token_dimension))
        self._passport = Passport(
            manifest.name, manifest.model.name, manifest.model.revision,
            generator.name if generator else "extractive", generator.model if generator else "",
            generator.revision if generator else "", PROMPT_SHA256 if generator else WORDING_SHA256, settings.top_k,
        )  # fmt: skip
        self.chain: Runnable[Question, Answer] = (
            RunnableLambda(self._understand)
            | RunnableLambda(self._retrieve)
            | RunnableLambda(self._decide)
            | RunnableLambda(self._quote)
            | RunnableLambda(self._compose)
        )

    @property
    def searcher(self) -> Searcher:
        return self._searcher

    @property
    def settings(self) -> AssistantSettings:
        return self._settings

    @property
    def generator(self) -> Generator | None:
        return self._generator

    def with_generator(self, generator: Generator | None) -> "Assistant":
        """The same, written by another generator."""
        return Assistant(self._searcher, self._settings, generator)

    def with_embedder(self, embedder: Embedder) -> "Assistant":
        """The same, whose questions are encoded by another embedder of the same model."""
        return Assistant(self._searcher.with_embedder(embedder), self._settings, self._generator)

    def ask(self, question: Question) -> Answer:
        """Answer one question. Whatever its content, this raises only for a damaged index."""
        *_, last = self.stream(question)
        return last

    def stream(self, question: Question) -> Iterator[Answer]:
        """The answer as it grows: its quotes first, then each sentence of the generator once checked.

        Each item is the whole answer so far, and the last one is final.
        """
        begin = time.perf_counter()
        quoted = self.chain.invoke(question)
        quoted = replace(quoted, timings_ms=quoted.timings_ms | {"first": since(begin), "total": since(begin)})
        yield quoted
        if self._generator is None or quoted.verdict != "answered" or quoted.shape in {"where", "checklist"}:
            return
        for answer in written(quoted, self._generator, self._searcher):
            kept = self._survived(answer)
            yield replace(kept, timings_ms=kept.timings_ms | {"total": since(begin)})

    def _survived(self, answer: Answer) -> Answer:
        """The second decision: on weak evidence, a draft of which nothing survived means that the guide is silent."""
        words = wording(answer.language)
        failed = words.generator_failed in answer.notes
        fell = answer.drafted >= _FALLEN and not answer.summary and not failed
        if fell and answer.confidence < max(self._settings.sure_confidence, _WELL_COVERED):
            return self._presenter.silent(
                replace(answer, verdict="not_in_guide", notes=(*answer.notes, words.withdrawn))
            )
        return answer

    def _understand(self, question: Question) -> Turn:
        """Refuse what cannot be a question, answer greetings, and write follow-ups out."""
        lines = question.text.encode("utf-8", "replace").decode()  # half a surrogate pair is no text
        text = " ".join(lines.split())
        question = replace(question, text=text)
        asked = text[: self._settings.max_question_characters + 1]
        part = asked_of(lines) if asked == text else asked
        whole = question.written_out[:_WRITTEN_OUT] or standalone(asked, question.history, self.stands_alone)
        whole = part if whole == asked else whole
        told = asked if whole == part != asked else ""
        language = question_language(asked, whole)
        situation = what_to_do(asked, language) if purpose(text) is None else ""
        situation = situation if whole in {asked, situation} else ""
        whole = situation or (whole if whole in {asked, part} else typeset(whole))
        formed = whole if whole != asked and keeps_shape(asked) else asked
        shape = question.shape or (form_of(lines, whole) if told else chosen_shape(formed))
        turn = Turn(question, whole, language, shape, told=told, situation=bool(situation))
        words = wording(language)
        if not any(c.isalnum() for c in text):
            return replace(turn, verdict="refused", text=words.empty)
        if len(text) > (limit := self._settings.max_question_characters):
            return replace(turn, standalone=text, verdict="refused", text=words.too_long.format(limit=limit))
        if whole == asked and not question.history and not question.is_narrowed and is_of_whatever(text):
            return replace(turn, verdict="refused", text=words.whatever)
        kind = None if whole not in {asked, situation} and _is_of_the_answer(text) else purpose(text)
        if about := small_talk(kind, language, self._demonstration, self._served):
            return replace(turn, standalone=text, verdict="about_vigie", text=about, confidence=1.0)
        if kind in OUTSIDE:
            refusal = outside_purpose(kind, language, self._demonstration)
            return replace(turn, verdict="refused", text=refusal)
        return replace(turn, kind=kind)

    def stands_alone(self, question: str) -> bool:
        """Whether a few words need nothing that was said before: the guide has what they say, or nothing like it."""
        text = question.encode("utf-8", "replace").decode()
        if purpose(text) is not None:
            return True
        best = self._searcher.search(text, 1).results
        if not best:
            return True
        known = best[0].passage.publication in self._searcher.version.asked_publications
        return not _UNHEARD_OF <= best[0].score < (_NAMED if known else _NAMED_ALONE)

    def _retrieve(self, turn: Turn) -> Turn:
        if turn.verdict:
            return turn
        begin = time.perf_counter()
        version = self._searcher.version
        turn = with_named(of_its_parts(after_the_last(for_whom(turn, version), version), version), version)
        rows = named_rows(turn)
        k = max(self._settings.top_k, _WIDE if turn.shape == "checklist" else 0, named_count(turn))
        wanted = self._subject(turn) if turn.shape == "checklist" else turn.standalone
        own = "" if turn.shape == "checklist" else turn.told or own_part(turn.question.text, turn.standalone)
        weight = _TOLD if turn.told else _SITUATION if turn.situation else BESIDE
        if turn.situation:  # what is told decides whether the guide has it, and what to do which passage of it
            wanted, own = turn.question.text, turn.standalone
        found = self._searcher.search(wanted, k, turn.question.filters, rows, beside=own, weight=weight)
        found = found if turn.told or keeps_shape(turn.question.text) else by_own_words(found)
        alone = beside_the_guide(wanted)
        if alone != wanted and not points_back(alone) and _is_answered_by_itself(alone, found):
            found = self._searcher.search(alone, k, turn.question.filters, rows)
        found = self._searcher.with_neighbours(found) if rows is None else found
        return replace(turn, found=found).timed("retrieve", begin)

    def _subject(self, turn: Turn) -> str:
        wanted, guide = subject(turn.standalone), self._searcher.version.manifest.guide
        return without_audience(wanted, guide) if guide else wanted

    def _decide(self, turn: Turn) -> Turn:
        """Abstain before writing when the evidence is too weak, or holds nothing of the kind that is asked for."""
        if turn.found is None:
            return turn
        near = near_sentences(turn.found, self._searcher)
        decision = self._abstention.decide(turn.asked, turn.found, near, turn.is_written_out, bool(turn.told))
        decision = self._named(turn, decision, turn.found)
        turn = replace(turn, confidence=decision.confidence, unmet=decision.unmet, absent=decision.absent)
        if turn.shape == "where" and not turn.parts and is_nowhere(turn.standalone, turn.absent):
            return replace(turn, verdict="not_in_guide")
        least = max(self._settings.sure_confidence, _WELL_COVERED) if turn.kind else self._settings.least_confidence
        verdict: Verdict = "answered" if decision.confidence >= least else "not_in_guide"
        if turn.kind in HELPED or (verdict == "not_in_guide" and turn.kind):
            refusal = outside_purpose(turn.kind, turn.language, self._demonstration)
            return replace(turn, verdict="refused", text=refusal)
        return replace(turn, verdict=verdict)

    def _named(self, turn: Turn, decision: Decision, found: SearchResult) -> Decision:
        """The same, surer where what the question names is there: the guide is not silent."""
        sure = self._settings.sure_confidence
        if turn.parts and found.results:
            least, absent = (sure, ()) if turn.parts.whole else (self._settings.least_confidence, decision.absent)
            return Decision(max(decision.confidence, least), absent=absent)
        if (turn.said and found.results) or asks_for_an_entry(found, turn.standalone):
            return replace(decision, confidence=max(decision.confidence, sure), unmet="")
        if turn.shape == "where" and not decision.absent:  # « où est-ce dit ? » names nothing by itself
            return replace(decision, absent=acronyms_among(turn.standalone, found.unknown))
        return decision

    def _quote(self, turn: Turn) -> Turn:
        if turn.verdict not in {"answered", "not_in_guide"} or turn.found is None:
            return turn
        begin = time.perf_counter()
        if turn.verdict == "answered":
            quotes = quotes_for(turn, turn.found, self._searcher, self._settings.top_k)
            found: Verdict = "answered" if quotes else "not_in_guide"
            turn = replace(turn, quotes=quotes, near=self._near(turn, quotes), verdict=found)
        if premise := premise_of(turn.standalone):
            turn = with_own_words(turn, premise, self._searcher)
        if turn.premise:
            turn = replace(turn, confidence=max(turn.confidence, self._settings.sure_confidence))
        return turn.timed("generate", begin) if turn.verdict == "answered" else turn

    def _passport_of(self, question: Question) -> Passport:
        follows = [question.follows[0], *question.follows[1]] if question.follows else []
        return replace(self._passport, filters=question.filters.as_json(), follows=follows)

    def _near(self, turn: Turn, quotes: Sequence[Quote]) -> frozenset[Place]:
        """Sentences to tell apart, where Vigie is sure: elsewhere they hold what was asked for half of the time."""
        sure = turn.confidence >= self._settings.sure_confidence
        if turn.found is None or turn.shape not in _MARKED or not sure or turn.read_out:
            return frozenset()
        main = [quote for quote in quotes if not quote.further]
        return frozenset(nearest(main, turn.found.vector, self._searcher.version.sentence_vectors))

    def _compose(self, turn: Turn) -> Answer:
        """The answer with its quotes; an abstention says what was searched and what comes near."""
        found = turn.found
        answer = Answer(
            id=turn.question.id or uuid.uuid4().hex,
            question=turn.question.text,
            standalone_question=turn.standalone,
            verdict=turn.verdict or "refused",
            language=turn.language,
            text=turn.text,
            confidence=turn.confidence,
            passport=self._passport_of(turn.question),
            shape=turn.shape,
            evidence=found.results if found else (),
            reading=Reading(found.corrections, () if turn.read_out else found.expansions) if found else Reading(),
            timings_ms=turn.timings_ms,
        )
        if answer.verdict == "answered":
            return self._presenter.answered(answer, turn)
        if turn.kind in HELPED and turn.confidence >= self._settings.least_confidence:
            return replace(answer, suggestions=suggestions(answer.language, answer.evidence, set()))
        return self._presenter.silent(answer, turn) if answer.verdict == "not_in_guide" else answer


def _is_of_the_answer(follow_up: str) -> bool:
    """Whether what would be small talk or another matter, asked first, asks something of the answer before."""
    return asks_for_the_same(follow_up) or speaks_of_this(follow_up)


def _is_answered_by_itself(subject: str, found: SearchResult) -> bool:
    """Whether what is asked of the guide finds what the guide says of itself, and nothing of the subject."""
    return bool(unheard_of(subject, found)) or speaks_of_itself(found.results, own_words(plainly(subject)))
