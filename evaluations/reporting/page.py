"""The report as one HTML file, without scripts, fonts or addresses: it opens anywhere, and prints."""

from evaluations.metric_catalogue import METRICS
from evaluations.reporting.about import about, identity_lines, lead
from evaluations.reporting.cases import case
from evaluations.reporting.coverage_map import coverage_map
from evaluations.reporting.curves import figure, rank_curve, risk_curve
from evaluations.reporting.differences import changed_table, differences, of_sets
from evaluations.reporting.dumbbell import dumbbell
from evaluations.reporting.facts import Opposed, Report
from evaluations.reporting.heat_map import heat_map
from evaluations.reporting.markup import Html, foreign, join, tag
from evaluations.reporting.measure_names import formula, title
from evaluations.reporting.page_images import page_images
from evaluations.reporting.style import SHEET
from evaluations.reporting.tables import body, groups, headline, row, table
from evaluations.reporting.wording import FAMILIES, count

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_READING = (
    "Intervalle à 95 % de la moyenne, par bootstrap BCa sur les questions ; une mesure d’un ensemble n’en a pas, ni "
    "une médiane. « – » : la mesure ne s’applique à aucune question."
)
_COMPARED = (
    "Différence : après moins avant, question par question. p ajusté : probabilité d’une telle différence par hasard, "
    "corrigée du nombre de mesures (Holm) ; l’intervalle, lui, ne l’est pas. Décelable : la plus petite différence que "
    "ces questions montreraient quatre fois sur cinq. Seules les mesures principales, celles qui ont un p ajusté, sont "
    "testées : les autres expliquent."
)


def page(report: Report) -> str:
    """The whole file."""
    parts = _chapters(report)
    links = (tag("li", tag("a", name, href=f"#{id_}")) for id_, name, _ in parts)
    sections = (tag("section", tag("h2", name), inside, id=id_) for id_, name, inside in parts)
    head = tag(
        "head", tag("meta", charset="utf-8"), tag("title", "Évaluation de Vigie"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"), tag("style", Html(SHEET)),
    )  # fmt: skip
    contents = tag("nav", tag("ul", join(links)), aria_label="Sommaire")
    inside = tag("body", tag("header", _opening(report), contents), tag("main", join(sections)))
    return f"<!DOCTYPE html>\n{tag('html', head, inside, lang='fr')}\n"


def _opening(report: Report) -> Html:
    return join([
        tag("h1", "Évaluation de Vigie"),
        tag("div", join(tag("p", said) for said in lead(report)), class_="lead"),
        _both_identities(report, report.opposed) if report.opposed else _identity(report),
    ])  # fmt: skip


def _chapters(report: Report) -> list[tuple[str, str, Html]]:
    """(anchor, title, content) of each chapter that the run has something for."""
    found: list[tuple[str, str, Html]] = [
        ("mesures", "Mesures", join([tag("p", _READING, class_="note"), headline(report)]))
    ]
    if report.opposed:
        found.append(("differences", "Différences", _differences(report, report.opposed)))
    if report.pairs:
        found += [
            ("courbes", "Courbes", _curves(report)),
            ("chapitres", "Chapitres du guide", heat_map(report)),
            ("couverture", "Couverture du guide", coverage_map(report)),
            ("groupes", "Groupes de questions", groups(report)),
        ]
    return [*found, ("echecs", "Cas en échec", _failures(report)), ("glossaire", "Définition des mesures", _glossary())]


def _identity(report: Report) -> Html:
    rows = [row(name, said) for name, said in about(report.identity, report.pairs)]
    return table("Ce qui est évalué", ("Quoi", "Valeur"), body(rows), class_="identity")


def _both_identities(report: Report, opposed: Opposed) -> Html:
    before = dict(identity_lines(opposed.comparison.before, list(opposed.before.values())))
    rows = []
    for name, said in about(report.identity, report.pairs):
        earlier = before.get(name, said)
        differs = "differs" if earlier != said else None
        rows.append(row(name, tag("td", earlier, class_=differs), tag("td", said, class_=differs)))
    return table(
        "Ce qui est évalué ; en gras, ce qui diffère", ("Quoi", "Avant", "Après"), body(rows), class_="identity"
    )


def _differences(report: Report, opposed: Opposed) -> Html:
    drawing = dumbbell(opposed)
    caption = (
        "Cercle vide : avant ; disque plein : après. ▲ mieux, ▼ moins bien, dans le sens de la mesure ; * différence "
        "au-delà du hasard (p ajusté sous 0,05)."
    )
    parts = [figure(drawing, caption) if drawing else None, tag("p", _COMPARED, class_="note"), differences(opposed),
             of_sets(opposed), tag("h3", "Questions qui changent"), changed_table(report, opposed)]  # fmt: skip
    return join(part for part in parts if part is not None)


def _curves(report: Report) -> Html:
    drawn = (
        (rank_curve(report), "Ce que la recherche trouve selon le nombre de passages regardés, questions couvertes."),
        (risk_curve(report), "Si Vigie ne répondait qu’aux questions les plus sûres : la part d’erreurs parmi elles. "
         "Une réponse est juste si elle cite une page de référence."),
    )  # fmt: skip
    found = [figure(drawing, caption) for drawing, caption in drawn if drawing is not None]
    return join(found)


def _failures(report: Report) -> Html:
    if not report.failures:
        return tag("p", "Aucun cas en échec.")
    images = page_images(report.failures, report.version)
    shown = sum(bool(image.uri) for image in images.values())
    left = len(images) - shown
    told = f"{count(len(report.failures), 'cas', 'cas')}, les plus graves d’abord ; {count(shown, 'page')} en image" + (
        f", {count(left, 'laissée', 'laissées')} de côté." if left else "."
    )
    cases = (case(report, failure, images.get(failure.record.id)) for failure in report.failures)
    return join([tag("p", told, class_="note"), *cases])


def _glossary() -> Html:
    entries = []
    for name, metric in METRICS.items():
        said, language = formula(metric)
        origin = foreign(metric.source, "fr" if metric.source == "Vigie" else "en")
        source = join([f" {FAMILIES[metric.family]} ; ", origin, "."])
        entries += [tag("dt", title(name), id=f"m-{name}"),
                    tag("dd", foreign(said, language), ".", tag("small", source), " ", tag("small", name))]  # fmt: skip
    return tag("dl", join(entries))
