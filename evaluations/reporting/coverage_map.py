"""Which pages of the guide have questions, and whether they were answered right."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from evaluations.reporting.facts import Report
from evaluations.reporting.markup import Html, join, tag
from evaluations.reporting.wording import count
from evaluations.scoring import decision

_MARKS = {"none": "", "all": "✓", "some": "◐", "wrong": "✗"}


@dataclass(frozen=True)
class PageCoverage:
    """A page: how many questions have gold on it, and how many of them cite a page of their gold."""

    page: int
    label: str
    asked: int
    right: int

    @property
    def state(self) -> str:
        if not self.asked:
            return "none"
        return "all" if self.right == self.asked else "some" if self.right else "wrong"

    @property
    def said(self) -> str:
        """« 2/3 », or nothing."""
        return f"{self.right}/{self.asked}" if self.asked else ""


def coverage(report: Report) -> dict[str, list[PageCoverage]]:
    """By publication. Without the version only pages with questions are known."""
    asked: dict[tuple[str, int], list[bool]] = defaultdict(list)
    for _, result in report.pairs:
        for place in result.gold:
            asked[place].append(bool(decision(result.scores).right))
    found: dict[str, list[PageCoverage]] = {}
    for chapter in dict.fromkeys([*report.chapters(), *(publication for publication, _ in asked)]):
        labels = report.labels(chapter) or {page: str(page) for p, page in sorted(asked) if p == chapter}
        found[chapter] = [PageCoverage(page, label, len(known := asked.get((chapter, page), [])), sum(known))
                          for page, label in labels.items()]  # fmt: skip
    return {chapter: pages for chapter, pages in found.items() if pages}


def coverage_map(report: Report) -> Html:
    """A list of pages for each chapter."""
    known = coverage(report)
    pages = [page for of_chapter in known.values() for page in of_chapter]
    reached = sum(bool(page.asked) for page in pages)
    summary = f"{count(reached, 'page')} avec au moins une question"
    if report.version:
        summary += f", sur {count(len(pages), 'page')}"
    else:
        summary += " ; sans la version de l’index, les autres pages ne sont pas connues"
    return join([tag("p", f"{summary}."), _legend(), *(_chapter(report.title(c), p) for c, p in known.items())])


def _chapter(title: str, pages: Sequence[PageCoverage]) -> Html:
    reached = sum(bool(page.asked) for page in pages)
    heading = tag("h3", title, " ", tag("small", f"{reached} / {count(len(pages), 'page')}"))
    return tag("section", heading, tag("ol", join(map(_page, pages)), class_="pages"), class_="chapter")


def _page(page: PageCoverage) -> Html:
    figures = tag("span", f"{_MARKS[page.state]} {page.said}") if page.asked else Html("")
    said = f"page {page.label} : " + (
        f"{page.right} juste(s) sur {count(page.asked, 'question')}" if page.asked else "aucune question"
    )
    return tag("li", tag("b", page.label), figures, class_=f"page-{page.state}", title=said)


def _legend() -> Html:
    said = {"all": "✓ toutes les questions justes", "some": "◐ une partie", "wrong": "✗ aucune",
            "none": "sans question"}  # fmt: skip
    items = (tag("li", words, class_=f"page-{state}") for state, words in said.items())
    note = (
        "Le numéro imprimé de la page, puis les questions dont la réponse cite une page de référence / les questions "
        "dont la référence est sur cette page."
    )
    return join([tag("ul", join(items), class_="legend", aria_label="Cases"), tag("p", note, class_="note")])
