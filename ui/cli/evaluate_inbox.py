"""`vigie evaluate`: what users say of answers, evaluators' labels, and the questions that both become."""

import dataclasses
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from evaluations import EvaluationError, feedback, importing, inbox, labels, promotion, questions
from ui.cli.options import AsJson, IndexDir
from ui.cli.output import emit, messages, results
from ui.cli.printed_pages import pages_of, printed_on
from ui.settings import load_settings

ItemId = Annotated[str, typer.Argument(help="An item of « vigie evaluate inbox ».", metavar="ID")]
Name = Annotated[str, typer.Option("--as", help="Who says so.", metavar="NAME")]
GoldPages = Annotated[
    list[str] | None,
    typer.Option("--gold", help="A page that holds the answer, and its words.", metavar="PUBLICATION:PAGE:QUOTE"),
]
_GOLD = re.compile(r"(.+?):([0-9]{1,6}):(.+)", re.DOTALL)
_SHOWN = 400  # characters of an answer; `--json` has it whole


def register(app: typer.Typer) -> None:
    """Add the commands to a group."""
    app.command("inbox")(show_inbox)
    app.command("feedback")(give_feedback)
    app.command("label")(label)
    app.command("disagreements")(disagreements)
    app.command("adjudicate")(adjudicate)
    app.command("promote")(promote)
    app.command("import")(import_set)


def show_inbox(
    state: Annotated[feedback.State | None, typer.Option("--state", help="Only the items of this state.")] = None,
    as_json: AsJson = False,
    name: Annotated[
        str, typer.Option("--as", help="Show others' labels where this evaluator gave one.", metavar="NAME")
    ] = "",
) -> None:
    """What users said of answers."""
    home = load_settings().home
    items = inbox.listed(home, state)
    for line in inbox.torn(home):
        messages.print(f"[yellow]Attention :[/] {escape(line)} : illisible, passée.", soft_wrap=True)
    for item in items:
        if as_json:
            emit(_item_json(item, name))
        else:
            _show(item, name)
    if not items and not as_json:
        messages.print("Aucun avis.")


def _item_json(item: inbox.Item, name: str) -> dict[str, Any]:
    seen = [one.model_dump(mode="json") for one in item.review.seen_by(name)]
    closed = item.review.adjudication
    return {
        **item.feedback.model_dump(mode="json"), "state": item.state, "labels": seen,
        "adjudication": closed.model_dump(mode="json") if closed else None,
    }  # fmt: skip


def _show(item: inbox.Item, name: str) -> None:
    said = item.feedback
    opinion = " · ".join(("utile" if said.helpful else "pas utile", *([said.reason] if said.reason else [])))
    lines = [f"{said.id} · {said.at:%Y-%m-%d} · {item.state} · {opinion}", " ".join(said.question.split())]
    lines += [f"Réponse ({said.answer['verdict']}) : {_flat(str(said.answer.get('answer', '')))}"]
    lines += [f"[{c['n']}] {c['publication']}, p. {c['page']} : « {_flat(str(c['quote']))} »"
              for c in said.answer["citations"]]  # fmt: skip
    lines += [f"Commentaire : {_flat(said.comment)}"] if said.comment else []
    lines += [f"{one.evaluator} : {one.label}{f' ({_flat(one.note)})' if one.note else ''}"
              for one in item.review.seen_by(name)]  # fmt: skip
    if closed := item.review.adjudication:
        lines += [f"Arbitrage de {closed.adjudicator} : {closed.decision} ({_flat(closed.why)})"]
    for line in ("\n  ".join(lines), ""):
        results.print(escape(_printable(line)), soft_wrap=True)


def give_feedback(
    file: Annotated[Path, typer.Argument(help="An answer written by `vigie ask --json`.", metavar="ANSWER.json")],
    helpful: Annotated[bool, typer.Option("--helpful/--not-helpful", help="Whether it helped.")],
    reason: Annotated[feedback.Reason | None, typer.Option("--reason", help="What is wrong with it.")] = None,
    comment: Annotated[str, typer.Option("--comment", help="In your words.", metavar="TEXT")] = "",
) -> None:
    """Keep an answer, and what you say of it, on this machine."""
    answer = inbox.read_answer(file)
    given = inbox.receive(load_settings().home, answer, helpful=helpful, reason=reason, comment=comment)
    results.print(given.id)


def label(
    id_: ItemId,
    value: Annotated[labels.Judgement, typer.Argument(help="What the answer is worth.", metavar="LABEL")],
    name: Name,
    note: Annotated[str, typer.Option("--note", help="Why.", metavar="TEXT")] = "",
    gold: GoldPages = None,
) -> None:
    """Say what an answer is worth; a later label of yours replaces it."""
    home = load_settings().home
    labels.give_label(home, inbox.found(home, id_).feedback, value, name, _gold(gold or []), note)
    others = [one for one in inbox.found(home, id_).review.seen_by(name) if one.label != value]
    told = "".join(f" {one.evaluator} a dit « {one.label} »." for one in others)
    messages.print(escape(_printable(f"« {id_} » : {value}.{told}")), soft_wrap=True)


def _gold(written: Sequence[str]) -> list[questions.Gold]:
    """Raises EvaluationError naming the one that is badly written."""
    found = []
    for text in written:
        match = _GOLD.fullmatch(text)
        if not match or not int(match[2]):
            raise EvaluationError(
                f"--gold « {text} » n’est pas une page de référence.",
                "Écrivez PUBLICATION:PAGE:CITATION, avec la page du PDF, à partir de 1.",
            )
        found.append(questions.Gold(publication=match[1], page=int(match[2]), quote=match[3]))
    return found


def disagreements(as_json: AsJson = False) -> None:
    """For who adjudicates: the items that evaluators label differently, and how far each two of them agree."""
    items = inbox.listed(load_settings().home)
    disputed = [item for item in items if item.state == "disputed"]
    pairs = labels.agreements(item.review for item in items)
    if as_json:
        agreement = [dataclasses.asdict(pair) for pair in pairs]
        emit({"disagreements": [_disputed_json(item) for item in disputed], "agreement": agreement})
        return
    for item in disputed:
        said = " ; ".join(f"{one.evaluator} : {one.label}" for one in item.review.labels.values())
        results.print(
            escape(_printable(f"{item.feedback.id} · {_flat(item.feedback.question)} · {said}")), soft_wrap=True
        )
    for pair in pairs:
        kappa = "indéfini" if pair.kappa is None else f"{pair.kappa:.2f}".replace(".", ",")
        told = f"{' et '.join(pair.evaluators)} : κ {kappa}, {pair.items} avis"
        results.print(escape(_printable(told)), soft_wrap=True)
    if not disputed:
        messages.print("Aucun désaccord ouvert.")


def _disputed_json(item: inbox.Item) -> dict[str, Any]:
    said = [one.model_dump(mode="json") for one in item.review.labels.values()]
    return {"id": item.feedback.id, "question": item.feedback.question, "labels": said}


def adjudicate(
    id_: ItemId,
    decision: Annotated[labels.Judgement, typer.Argument(help="What the answer is worth.", metavar="DECISION")],
    name: Name,
    why: Annotated[str, typer.Option("--why", help="Why: it is kept.", metavar="TEXT")],
    gold: GoldPages = None,
) -> None:
    """Close an item."""
    home = load_settings().home
    labels.adjudicate(home, inbox.found(home, id_).feedback, decision, name, why, _gold(gold or []))
    messages.print(escape(f"« {id_} » est clos : {decision}."), soft_wrap=True)


def promote(id_: ItemId, index: IndexDir = None) -> None:
    """Make a closed item a question of the local tuning set."""
    settings = load_settings()
    record = promotion.promote(settings.home, id_, printed_on(index or settings.index_root))
    results.print(record.id)


def import_set(
    file: Annotated[Path, typer.Argument(help="SQuAD (.json), .csv, .tsv, .xlsx or .ods.", metavar="FILE")],
    out: Annotated[Path, typer.Option("--out", help="The set to write; it must not exist.", metavar="SET.jsonl")],
    publication: Annotated[
        str, typer.Option("--publication", help="Where answers stand when the file does not say.", metavar="ID")
    ] = "",
    index: IndexDir = None,
) -> None:
    """Import questions from another format. Ends with 1 where some could not be; they are named, the others written."""
    root = index or load_settings().index_root
    imported = importing.import_questions(file, publication, lambda id_: pages_of(root, id_))
    for problem in imported.problems:
        messages.print(escape(_printable(f"{file}, {problem}")), soft_wrap=True)
    importing.write_set(out, imported.records)
    messages.print(escape(f"{out} : {len(imported.records)} questions ; {len(imported.problems)} laissées."))
    if imported.problems:
        raise typer.Exit(1)


def _flat(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _printable(text: str) -> str:
    """Without what a terminal would obey, or cannot show."""
    kept = "".join(c for c in text if c.isprintable() or c in "\n\u00a0\u202f")
    return kept.encode("utf-8", "replace").decode()
