"""Chapter by measure: a figure in each cell, on a ground that is the darker the further it is from the best."""

from evaluations.metric_catalogue import METRICS, Metric
from evaluations.reporting.facts import Pairs, Report, Summary
from evaluations.reporting.markup import Html, join, tag
from evaluations.reporting.tables import body, head, known, named_head, number, row, table
from evaluations.reporting.wording import NONE, decimal
from evaluations.scoring import summarise

_STEPS = (0.95, 0.85, 0.7, 0.5)  # how good a cell is, from which its ground is pale


def heat_map(report: Report) -> Html:
    """Every chapter with gold questions against the key measures of covered questions."""
    names = [name for name in known(report) if name != "abstention_recall"]
    rows = []
    for chapter in report.chapters():
        pairs = of_chapter(report.pairs, chapter)
        if pairs:
            figures = summarise([result.scores for _, result in pairs])
            rows.append(row(report.title(chapter), number(str(len(pairs))), *(_cell(n, figures) for n in names)))
    heads = ("Chapitre", head("Questions"), *(named_head(METRICS[name]) for name in names))
    caption = "Chapitre de la référence et mesures, en % : plus le fond est foncé, plus on est loin du mieux"
    return join([table(caption, heads, body(rows), class_="dense heat"), _legend()])


def of_chapter(pairs: Pairs, chapter: str) -> Pairs:
    """The questions with gold in a publication; one with gold in two counts in both."""
    return tuple(pair for pair in pairs if any(gold.publication == chapter for gold in pair[0].gold))


def level(metric: Metric, figure: float) -> int:
    """0 for the best cells, 4 for the worst."""
    good = 1 - figure if metric.better == "lower" else figure
    return sum(good < step for step in _STEPS)


def _cell(name: str, figures: Summary) -> Html:
    figure = figures[name]
    if figure is None:
        return number(NONE)
    return tag("td", decimal(100 * figure, 0), class_=f"number heat-{level(METRICS[name], figure)}")


def _legend() -> Html:
    said = ("95 % ou plus", "85 à 95 %", "70 à 85 %", "50 à 70 %", "moins de 50 %")
    swatches = (tag("li", words, class_=f"heat-{number}") for number, words in enumerate(said))
    note = "Pour une mesure marquée ↓, où le moins est le mieux, l’échelle est celle de 100 % moins la valeur."
    return join([tag("ul", join(swatches), class_="legend", aria_label="Fonds"), tag("p", note, class_="note")])
