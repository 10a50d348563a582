"""An answer put into words: what was written and checked, the quotes under their sections, and what to ask next."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation, Language, Statement
from assistant.extractive import Quote
from assistant.nearest import Place
from assistant.part_names import without_number
from assistant.statements import Checked
from assistant.wording import wording
from index import IndexVersion, ScoredPassage, analyse

# Sections that nobody asks about: what a book has before and after its subject.
_THE_GUIDE = re.compile(r"\b(?:recueil|guide|handbook)\b")
_BESIDE_THE_SUBJECT = re.compile(
    r"(?:préface|avant-propos|avertissement|introduction|termes|sigles|acronymes|définitions|glossaire|lexique|sommaire"
    r"|index|sources|bibliographie|annexes?|remerciements|mentions légales|table des matières)(?: et [\w ’-]+)?",
    re.IGNORECASE,
)


def citations_of(
    quotes: Sequence[Quote], version: IndexVersion, near: Collection[Place] = frozenset()
) -> tuple[Citation, ...]:
    """Quotes as numbered citations; `near` are the sentences to tell apart in them."""
    return tuple(
        replace(_citation(n, q.scored, q.start, q.end, version), nearest=_marked(q, near), further=q.further)
        for n, q in enumerate(quotes, 1)
    )


def _marked(quote: Quote, near: Collection[Place]) -> tuple[tuple[int, int], ...]:
    passage = quote.scored.passage
    return tuple(passage.sentences[n] for n in range(quote.first, quote.last) if (passage.id, n) in near)


def quoted_statements(quotes: Sequence[Quote]) -> tuple[Statement, ...]:
    """Each sentence of the quotes, with the number of its citation."""
    return tuple(
        Statement(q.scored.passage.text[a:b], "quoted", (number,))
        for number, q in enumerate(quotes, 1)
        for a, b in q.scored.passage.sentences[q.first : q.last]
    )


def with_sentence(answer: Answer, checked: Checked, version: IndexVersion) -> Answer:
    """The answer with one more written sentence, and a citation of its own where no quote holds what supports it."""
    passage = checked.scored.passage
    place = next((c for c in answer.citations if c.passage.id == passage.id
                  and c.start <= checked.start and checked.end <= c.end), None)  # fmt: skip
    citations = answer.citations
    if place is None:
        place = _citation(len(citations) + 1, checked.scored, checked.start, checked.end, version)
        citations = (*citations, place)
    said = Statement(checked.text, "quoted" if checked.quoted else "paraphrased", (place.n,))
    summary = (*answer.summary, said)
    statements = (*summary, *answer.statements[len(answer.summary) :])
    return replace(answer, citations=citations, summary=summary, statements=statements)


def body(answer: Answer) -> str:
    """The text of an answer that has its citations and, where a generator wrote, its summary."""
    words = wording(answer.language)
    if answer.shape == "where":
        return "\n".join(dict.fromkeys(_place(citation, answer.language) for citation in answer.citations))
    if answer.shape == "checklist":
        return _grouped(answer.citations, "☐ {quote} [{n}]", "\n")
    written = " ".join(map(_sentence, answer.summary))
    needed = _quoted(c for c in answer.citations if not c.further)
    further = _quoted(c for c in answer.citations if c.further)
    quotes = f"{needed}\n\n{words.further_passages}\n\n{further}" if further else needed
    return f"{written}\n\n{words.in_the_text}\n\n{quotes}" if written else quotes


def _quoted(citations: Iterable[Citation]) -> str:
    return _grouped(list(citations), "« {quote} » [{n}]", "\n\n")


def _sentence(statement: Statement) -> str:
    """A written sentence with its markers; the guide's own words between quotation marks."""
    said = f"« {bare(statement.text)} »" if statement.support == "quoted" else statement.text
    return f"{said} {''.join(f'[{n}]' for n in statement.citations)}"


def _place(citation: Citation, language: Language) -> str:
    page, page_end = citation.pages
    pages = f"{page}" if page == page_end else f"{page}–{page_end}"
    printed = citation.passage.label(page)
    where = " › ".join(headings_over(citation.title, citation.section))
    return f"• {where} : p. {printed} ({wording(language).physical_page.format(pages=pages)})"


def _grouped(citations: Sequence[Citation], line: str, between: str) -> str:
    """Quotes under the section each comes from."""
    parts: list[str] = []
    section: tuple[str, ...] | None = None
    for citation in citations:
        said = line.format(quote=bare(citation.quote) if between == "\n" else citation.quote, n=citation.n)
        if citation.section != section:
            section = citation.section
            parts.append(f"{section_heading(section) or citation.title}{between}{said}")
        else:
            parts[-1] += f"{between}{said}"
    return "\n\n".join(parts)


def bare(text: str) -> str:
    """A list item without its bullet or number."""
    return re.sub(r"^(?:[•▪■◆●○◦‣→➔►✓✔❑□☐*–—-]|\(?\d{1,2}[.)]|[a-z]\))\s+", "", " ".join(text.split()))


def headings_over(title: str, section: Sequence[str]) -> list[str]:
    """A publication's title and the headings under it, each said once: « III. Influence », then not « Influence »."""
    *above, last = section or (title,)
    over = list(dict.fromkeys([title, *above]))
    if len(over) > 1 and title.endswith(over[1]):
        del over[1]
    return over if over == [title] and title.endswith(last) else [*over, last]


def section_heading(section: tuple[str, ...]) -> str:
    """The last heading, after its parent's where it has no number of its own (« À vérifier »); empty without any."""
    numbered = bool(section) and any(c.isdigit() for c in section[-1])
    return " – ".join(section[-1:] if numbered else section[-2:])


def suggestions(
    language: Language, evidence: Sequence[ScoredPassage], shown: set[tuple[str, ...]], most: int = 3
) -> tuple[str, ...]:
    """Questions on the sections that came near and were not quoted."""
    near: list[str] = []
    for scored in evidence:
        section = scored.passage.section
        title = plain_title(section) if section else ""
        if title and section not in shown and title not in near and not is_beside_the_subject(title):
            near.append(title)
    return tuple(wording(language).suggestion.format(section=title) for title in near[:most])


def is_beside_the_subject(title: str) -> bool:
    """Whether a heading stands over a glossary, a preface, sources: what speaks of words and of the guide itself."""
    return bool(_BESIDE_THE_SUBJECT.fullmatch(title))


def speaks_of_itself(evidence: Sequence[ScoredPassage], asked: Collection[str]) -> bool:
    """Whether the best passage stands in a preface or a warning, or under a heading that names the guide.

    Not where one of its headings says all the terms that are `asked` for.
    """
    headings = evidence[0].passage.section if evidence else ()
    if any(set(asked) <= set(analyse(title)) for title in headings):
        return False
    return any(is_beside_the_subject(title) or _THE_GUIDE.search(title.casefold()) for title in headings)


def plain_title(section: tuple[str, ...]) -> str:
    """The last numbered heading without its number, else the last."""
    heading = next((title for title in reversed(section) if any(c.isdigit() for c in title)), section[-1])
    return without_number(heading)


def _citation(number: int, scored: ScoredPassage, start: int, end: int, version: IndexVersion) -> Citation:
    passage = scored.passage
    title = version.publication(passage.publication).title
    return Citation(number, passage, title, start, end, scored.score, scored.also_in)
