"""What a run is of, and what it comes to, in a few lines."""

from collections.abc import Mapping
from typing import Any

from evaluations.metric_catalogue import METRICS, PRIMARY
from evaluations.reporting.differences import compared_with, moved, real, untested
from evaluations.reporting.facts import Opposed, Pairs, Report
from evaluations.reporting.measure_names import title
from evaluations.reporting.wording import bounds, count, in_letters, lost_told, moment, thousands, value
from evaluations.run_folder import Result

_LEADING = ("cites_gold_page", "required_fact_recall", "abstention_recall")


def about(identity: Mapping[str, Any], pairs: Pairs) -> list[tuple[str, str]]:
    """(what, its value) of a run's identity."""
    covered = sum(record.answerable for record, _ in pairs)
    questions = f"{thousands(len(pairs))}, dont {count(covered, 'couverte')} par le guide"
    return [
        *identity_lines(identity, [result for _, result in pairs]),
        ("Questions", _of(questions, identity, "questions")),
    ]


def identity_lines(identity: Mapping[str, Any], results: list[Result]) -> list[tuple[str, str]]:
    """The same without the questions, which two runs that are compared have in common."""
    publications = count(len(identity.get("publications", ())), "publication")
    passages = count(int(identity.get("passages", 0)), "passage")
    found = [
        ("Date", moment(str(identity.get("at", "")))),
        ("Version de l’index", str(identity.get("index_version", ""))),
        ("Corpus", _of(f"{publications}, {passages}", identity, "corpus")),
        ("Modèle d’embedding", _named(identity, "embedding_model", "embedding_revision")),
        ("Générateur", _named(identity, "generator", "generator_model")),
        ("Passages donnés à la réponse", ", ".join(sorted({_top_k(result) for result in results} - {""}))),
        ("Machine", _named(identity, "machine", "python", "Python ")),
    ]  # fmt: skip
    return [(name, said) for name, said in found if said]


def lead(report: Report) -> list[str]:
    """The sentences a hurried reader needs."""
    found = [f"{title(name)} : {value(METRICS[name], one.value)} ({bounds(METRICS[name], one.interval)})"
             for name in _LEADING if (one := report.measures[name]).value is not None]  # fmt: skip
    failed = f"{count(len(report.failures), 'cas', 'cas')} en échec sur {count(len(report.pairs), 'question')}."
    sentences = [" ; ".join(found) + "."] if found else []
    return [*sentences, failed, *_lost(report), *(_verdict(report.opposed) if report.opposed else [])]


def _lost(report: Report) -> list[str]:
    if not report.lost:
        return []
    told = lost_told(len(report.lost))
    return [f"{told} : ce corpus ne porte plus leur citation, et rien ne dit si la bonne page est citée."]


def _verdict(opposed: Opposed) -> list[str]:
    found = [compared_with(name, opposed.comparison.differences[name]) for name in real(opposed)]
    said = [
        f"Au-delà du hasard : {' ; '.join(found)}."
        if found
        else f"Par rapport à l’évaluation d’avant, aucune des {in_letters(len(PRIMARY))} mesures principales ne "
        "change de plus que ce que donnerait le hasard."
    ]
    if others := [untested(name, opposed.comparison.differences[name]) for name in moved(opposed)]:
        said.append(f"Mesures secondaires, non testées, dont l’intervalle à 95 % exclut 0 : {' ; '.join(others)}.")
    if opposed.comparison.before.get("corpus") != opposed.comparison.after.get("corpus"):
        said.append("Les deux évaluations ne portent pas sur le même corpus.")
    if left := len(opposed.comparison.left_out):
        said.append(f"{count(left, 'question')} de côté : l’un des deux corpus n’a plus leur référence.")
    return said


def _named(identity: Mapping[str, Any], name: str, detail: str, prefix: str = "") -> str:
    said, more = str(identity.get(name, "")), str(identity.get(detail, ""))
    return f"{said} ({prefix}{more})" if said and more else said


def _of(said: str, identity: Mapping[str, Any], key: str) -> str:
    return f"{said} (empreinte {identity[key]})" if identity.get(key) else said


def _top_k(result: Result) -> str:
    return str(result.answer.get("passport", {}).get("top_k", ""))
