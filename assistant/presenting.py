"""An answer as its reader gets it: who speaks, what is said around the quotes, what to ask next, or silence."""

import re
import time
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import islice, takewhile

from assistant.answer import Answer, Citation, Language
from assistant.attributed import attributed_figures
from assistant.breadth import is_broad
from assistant.completing import home
from assistant.composing import body, citations_of, plain_title, quoted_statements, suggestions
from assistant.cut_tables import has_cut_table
from assistant.digest import innermost, numbered
from assistant.language import detect_language
from assistant.leading import is_under
from assistant.parts import NamedParts, leads_on
from assistant.premise import asks_for_a_duty
from assistant.several import missing_kinds
from assistant.turn import Turn, since
from assistant.wording import Wording, guide_name, wording
from index import IndexVersion

_SUGGESTED, _SECTIONS = 3, 6
_RELATED = 0.42  # score of a passage from which its section is suggested: below, it is of another subject
_NEAR, _OFFERED = 8, 2  # questions that others asked among which some are offered
_ALIKE = 2.5  # standard deviations of likeness: of the tuning questions that are answered, three in four have more
_ASKABLE = re.compile(r"[A-ZÀ-Þ](?:\S+\s+){4,}\S.*\?")
_TOLD = {"answer", "where"}  # shapes in which a figure is asked about
_READ = {"answer", "comparison"}  # shapes in which tables are read: a definition wants one row
_LISTED = 300  # passages of a part whose sections are listed
# titles come from PDFs, and Vigie says nothing of theirs in its own name
_BESIDE: dict[Language, str] = {"fr": "la documentation jointe au recueil", "en": "the material beside the guide"}


class Presenter:
    """Puts turns into words, on one version. `sure`: the confidence from which an answer does not hesitate."""

    def __init__(self, version: IndexVersion, sure: float) -> None:
        self._version = version
        self._sure = sure
        self.demonstration = bool(version.manifest.guide and version.manifest.guide.demonstration)

    def answered(self, answer: Answer, turn: Turn) -> Answer:
        """The answer with its introduction, quotes, notes and suggestions."""
        begin = time.perf_counter()
        opening = self._opening(answer, turn)
        citations = citations_of(turn.quotes, self._version, turn.near)
        speaker = self._speaker(answer.language, citations)
        introduction = opening.format(guide=speaker, Guide=speaker[0].upper() + speaker[1:], count=len(turn.quotes))
        answer = replace(
            answer, introduction=introduction, citations=citations, statements=quoted_statements(turn.quotes),
            suggestions=self._further(turn, citations), read_out=turn.read_out,
            timings_ms=answer.timings_ms | {"verify": since(begin)},
            notes=self._notes(turn),
        )  # fmt: skip
        return replace(answer, text=f"{introduction}\n\n{body(answer)}")

    def silent(self, answer: Answer, turn: Turn | None = None) -> Answer:
        """That the guide does not say, what was searched and what comes near; why, where it is known."""
        words = wording(answer.language)
        name = guide_name(answer.language, self.demonstration)
        count = len(self._version.manifest.publications)
        searched = words.searched.format(count=count) if count > 1 else words.searched_one
        message = words.not_in_guide.format(Guide=name[0].upper() + name[1:], searched=searched)
        if turn and turn.unmet:
            message += " " + self._why(turn.unmet, words)
        elif turn and turn.absent:
            message += " " + words.absent.format(name=turn.absent[0])
        sections = suggestions(answer.language, answer.evidence, set())
        further = (*self._answered_before(turn), *sections)[:_SUGGESTED]
        return replace(
            answer, text=message, introduction=message, suggestions=further, citations=(), statements=(), shape="answer"
        )

    def _why(self, unmet: str, words: Wording) -> str:
        """What is missing: a kind of answer, or a part of the publications that is named and not there."""
        if unmet in words.unmet:
            return words.near_without.format(unmet=words.unmet[unmet])
        return words.no_such_part.format(part=unmet)

    def _answered_before(self, turn: Turn | None) -> list[str]:
        """Questions like this one that a publication answers, those that are worded to be asked as they are."""
        if turn is None or turn.found is None:
            return []
        near = self._version.asked.closest(turn.found.vector, _NEAR, _ALIKE)
        askable = (text for text in near if _ASKABLE.fullmatch(text) and detect_language(text) == turn.language)
        return list(islice(askable, _OFFERED))

    def _opening(self, answer: Answer, turn: Turn) -> str:
        words = wording(answer.language)
        if turn.listed:
            return words.listed
        if turn.premise:
            return words.premises[turn.premise]
        if answer.confidence < self._sure and answer.shape != "where":
            return words.hesitant
        if answer.shape == "answer" and turn.parts and turn.read_out and turn.parts.overview:
            return words.overview
        may_be_broad = answer.shape == "answer" and not turn.parts
        if may_be_broad and is_broad(turn.standalone, self._version.lexical):
            return words.broad
        return words.introductions[answer.shape]

    def _notes(self, turn: Turn) -> tuple[str, ...]:
        """What the reader should know beside the quotes."""
        words = wording(turn.language)
        asked = asks_for_a_duty(turn.standalone) and not turn.premise and self._version.manifest.guide
        notes = [words.absent.format(name=name) for name in turn.absent]
        if turn.shape in _TOLD and not turn.listed:
            figures = attributed_figures(turn.standalone, (quote.text for quote in turn.quotes))
            notes += [words.no_such_figure.format(figure=figure) for figure in figures]
            missing = missing_kinds(turn.asked, [quote.text for quote in turn.quotes])
            notes += [words.quoted_without.format(unmet=words.unmet[kind]) for kind in missing]
        notes += [words.duty] if asked else []
        if turn.cut:
            return (*notes, words.goes_on)
        passages = self._version.passages
        cut = turn.shape in _READ and has_cut_table(turn.quotes, passages.__getitem__, len(passages))
        return (*notes, *([words.table_goes_on] if cut else []))

    def _further(self, turn: Turn, citations: Sequence[Citation]) -> tuple[str, ...]:
        """What the quotes send their reader to, then the sections that came near."""
        if turn.listed:
            return ()
        rows = {quote.scored.row for quote in turn.quotes}
        words = wording(turn.language)
        parts = list(leads_on((c.quote for c in citations), rows, self._version))
        led = [words.part[reference.kind].format(number=reference.number) for reference, _ in parts]
        shown = {c.passage.section for c in citations}
        named = {self._version.passages[row].section for _, own in parts for row in own[:_LISTED].tolist()}
        if turn.parts and turn.read_out and turn.parts.overview:
            return tuple(words.suggestion.format(section=title) for title in self._begun(citations))
        if turn.parts and turn.read_out and (rest := self._rest(turn.parts, shown)):
            return tuple(words.suggestion.format(section=title) for title in rest)
        led = led or [words.suggestion.format(section=title) for title in self._introduced(turn)]
        near = [scored for scored in turn.found.results if scored.score >= _RELATED] if turn.found else []
        most = max(_SUGGESTED, len(led))
        return tuple(dict.fromkeys((*led, *suggestions(turn.language, near, shown | named))))[:most]

    def _introduced(self, turn: Turn) -> list[str]:
        """The titles of the sections that the first quote's introduces; none where it has none of its own."""
        first = turn.quotes[0].scored
        section, own = home(first), first.passage.section
        rows = range(first.row + 1, min(first.row + _LISTED, len(self._version.passages)))
        under = takewhile(lambda passage: is_under(passage, section), map(self._version.passages.__getitem__, rows))
        titles = dict.fromkeys(plain_title(p.section[: len(own) + 1]) for p in under if own and p.section != own)
        return [title for title in titles if title != plain_title(own)][:_SECTIONS]

    def _begun(self, citations: Sequence[Citation]) -> list[str]:
        """The titles of the sections whose beginnings are shown, but for those that only introduce others."""
        sections = innermost(numbered(citation.passage.section) for citation in citations)
        return [plain_title(section) for section in sections if section][:_SECTIONS]

    def _rest(self, parts: NamedParts, shown: Collection[tuple[str, ...]]) -> list[str]:
        """The titles of a part's own sections that are not shown: a chapter's practices."""
        rows = (row for part in parts.each for row in part[:_LISTED].tolist())
        sections = dict.fromkeys(self._version.passages[row].section for row in rows)
        titles = dict.fromkeys(plain_title(section) for section in sections if section and section not in shown)
        seen = {plain_title(section) for section in shown if section}
        return [title for title in titles if title not in seen][:_SECTIONS]

    def _speaker(self, language: Language, citations: Sequence[Citation]) -> str:
        """Whose words these are: the guide's, or those of publications beside it where they alone are cited."""
        of_guide = {p.id for p in self._version.manifest.publications if p.guide}
        if of_guide and citations and not any(c.passage.publication in of_guide for c in citations):
            return _BESIDE[language]
        return guide_name(language, self.demonstration)
