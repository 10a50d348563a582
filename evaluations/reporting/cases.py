"""A failing case on the page: what was asked and understood, found, answered, and what should have been."""

from typing import Any

from evaluations.questions import Gold
from evaluations.reporting.facts import Report
from evaluations.reporting.faults import FAULTS, Failure, claims_said, facts_told, touches_gold
from evaluations.reporting.markup import Html, foreign, join, tag
from evaluations.reporting.page_images import PageImage
from evaluations.reporting.wording import KINDS, LANGUAGES, VERDICTS, decimal

_SHOWN = 5  # passages
_EXCERPT = 280  # characters of each
_STANDINGS = {"withdrawn": "absente de cette version", "reworded": "réécrite dans cette version"}


def case(report: Report, failure: Failure, image: PageImage | None) -> Html:
    """One case as an article."""
    record = failure.record
    parts = (
        tag("h3", tag("span", record.id, class_="id"), " ", foreign(record.question, record.language)),
        tag("p", _about(report, failure), class_="about"),
        _conversation(failure),
        tag("h4", "Ce qui a échoué"), tag("ul", join(_failed(failure)), class_="failed"),
        _reference(report, failure, image),
        _answer(report, failure),
        _evidence(report, failure),
    )  # fmt: skip
    return tag("article", *parts, class_="case")


def _about(report: Report, failure: Failure) -> str:
    record, answer = failure.record, failure.result.answer
    said = [KINDS.get(record.kind, record.kind), LANGUAGES[record.language]]
    said += [report.group(f"{name} {of}") for name, of in (("pillar", record.pillar), ("public", record.public)) if of]
    verdict = str(answer["verdict"])
    confidence = decimal(failure.result.scores.confidence, 2)
    return " · ".join([*said, f"verdict : {VERDICTS.get(verdict, verdict)}", f"confiance {confidence}"])


def _conversation(failure: Failure) -> Html:
    record = failure.record
    understood = str(failure.result.answer.get("standalone_question", ""))
    who = {"user": "Le lecteur, avant", "assistant": "Vigie, avant"}
    parts = [tag("p", tag("b", f"{who[turn.role]} : "), foreign(turn.content, record.language), class_="turn")
             for turn in record.history]  # fmt: skip
    if understood and understood != record.question:
        parts.append(tag("p", tag("b", "Comprise ainsi : "), foreign(understood, record.language), class_="turn"))
    return join(parts)


def _failed(failure: Failure) -> list[Html]:
    record, result = failure.record, failure.result
    details = {
        "forbidden_claim": [f"dit « {claim} »" for claim in claims_said(record, result)],
        "facts_missing": [f"manque : {fact.fact}" for fact, told in facts_told(record, result) if not told],
        "answered_uncovered": [record.why_unanswerable] if record.why_unanswerable else [],
    }
    return [
        tag("li", tag("strong", FAULTS[fault]), *_details([d for d in details.get(fault, []) if d]))
        for fault in failure.faults
    ]


def _details(said: list[str]) -> list[Html]:
    return [tag("ul", join(tag("li", words) for words in said))] if said else []


def _reference(report: Report, failure: Failure, image: PageImage | None) -> Html:
    record = failure.record
    facts = [tag("li", ("✓ " if told else "✗ ") + fact.fact) for fact, told in facts_told(record, failure.result)]
    if not record.gold:
        return tag("p", "Aucune référence : le guide ne couvre pas cette question.", class_="note")
    parts = [tag("h4", "Référence"), *(_gold(report, failure, gold) for gold in record.gold)]
    if facts:
        parts += [
            tag("p", "Faits attendus (✓ dit, ✗ manquant) :", class_="titling"),
            tag("ul", join(facts), class_="plain"),
        ]
    return join([*parts, _figure(report, image)] if image else parts)


def _gold(report: Report, failure: Failure, gold: Gold) -> Html:
    lost = next((one for one in failure.result.lost if one["quote"] == gold.quote), None)
    place = report.place(gold.publication, gold.page)
    if lost:
        place += f" ({_STANDINGS.get(str(lost['standing']), str(lost['standing']))})"
    elif (gold.publication, gold.page) not in failure.result.gold:
        pages = " ; ".join(report.place(*page) for page in failure.result.gold)
        place += f" (dans cette version : {pages})"
    return _quote(gold.quote, place)


def _quote(quote: str, place: str) -> Html:
    return tag("blockquote", tag("p", f"« {quote} »"), tag("p", place, class_="place"))


def _figure(report: Report, image: PageImage) -> Html:
    if not image.uri or image.place is None:
        return tag("p", image.why.capitalize() + ".", class_="note")
    place = report.place(*image.place)
    note = "la citation de référence est surlignée" if image.highlighted else "la citation n’a pu y être située"
    picture = tag("img", src=image.uri, alt=f"Page imprimée : {place} ; {note}.", width=700)
    return tag("figure", picture, tag("figcaption", f"{place} : {note}."), class_="printed")


def _answer(report: Report, failure: Failure) -> Html:
    answer = failure.result.answer
    citations: list[dict[str, Any]] = answer.get("citations", [])
    quotes = {str(citation["quote"]) for citation in citations}
    written = [s for s in answer.get("statements", ()) if s["support"] != "quoted" or s["text"] not in quotes]
    parts = [tag("h4", "Réponse")]
    if not citations:
        parts.append(tag("p", foreign(str(answer.get("answer", "")), failure.record.language)))
    elif written and answer.get("passport", {}).get("generator", "extractive") != "extractive":
        parts.append(tag("ul", join(tag("li", f"{s['text']} ({s['support']})") for s in written)))
    return join([*parts, *(_cited(report, failure, citation) for citation in citations)])


def _cited(report: Report, failure: Failure, citation: dict[str, Any]) -> Html:
    return _quote(str(citation["quote"]), f"[{citation['n']}] {_place(report, failure, citation)}")


def _evidence(report: Report, failure: Failure) -> Html:
    found = [one for one in failure.result.answer.get("evidence", ()) if not one.get("completes")][:_SHOWN]
    if not found:
        return tag("p", "Aucun passage retrouvé.", class_="note")
    items = (
        tag("li", tag("b", f"{_place(report, failure, one)}, score {decimal(float(one['score']), 2)}"), " — ",
            _shortened(str(one["text"])))
        for one in found
    )  # fmt: skip
    return join([tag("h4", "Premiers passages retrouvés"), tag("ol", join(items), class_="evidence")])


def _place(report: Report, failure: Failure, place: dict[str, Any]) -> str:
    """« II. Sécurité économique, p. 3 ✓ », with a mark where it is a page of the reference."""
    mark = " ✓ page de référence" if touches_gold(failure.result, place) else ""
    return report.place(str(place["publication"]), place["page"], place["page_end"]) + mark


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _EXCERPT else text[:_EXCERPT].rsplit(" ", 1)[0] + " […]"
