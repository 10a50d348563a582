"""`vigie index diff`: what a version would change, and for which questions."""

import dataclasses
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from corpus import Passage
from index import (
    IndexVersion,
    Kind,
    OutcomeChange,
    PassageChange,
    PublicationChange,
    VersionDiff,
    compare_outcomes,
    compare_versions,
    current_version,
)
from ui.cli.judging import outcomes_of
from ui.cli.options import AsJson, IndexDir, QuestionSets
from ui.cli.output import emit, messages, progress_bars, results
from ui.settings import Settings, load_settings

_KINDS: dict[Kind, tuple[str, str, str]] = {
    "added": ("+", "green", "ajouté"),
    "removed": ("-", "red", "retiré"),
    "changed": ("~", "yellow", "modifié"),
    "moved": ("→", "cyan", "déplacé"),
}
_EFFECTS = {
    "abstention gained": "ne répondra plus",
    "abstention lost": "répondra désormais",
    "first passage": "citera d’abord un autre passage",
    "citations": "citera d’autres passages",
}
_LONGEST = 300  # characters of a sentence shown


def diff(
    before: Annotated[
        str,
        typer.Argument(
            help="The earlier version; or the later one, compared with the one published.", metavar="BEFORE"
        ),
    ],
    after: Annotated[str, typer.Argument(help="The later version.", metavar="AFTER")] = "",
    questions: QuestionSets = None,
    no_questions: Annotated[bool, typer.Option("--no-questions", help="Compare passages only.")] = False,
    moved: Annotated[bool, typer.Option("--moved", help="Also list what only changed its page.")] = False,
    as_json: AsJson = False,
    index: IndexDir = None,
) -> None:
    """Show which passages, and which answers to reference questions, a version would change."""
    settings = load_settings()
    root = index or settings.index_root
    old, new = (before, after) if after else (current_version(root), before)
    found = compare_versions(IndexVersion(root, old), IndexVersion(root, new))
    _show_passages(found, as_json, moved)
    if not no_questions:
        _show_outcomes(_outcome_changes(settings, questions or [], root, (old, new)), as_json)


def _outcome_changes(
    settings: Settings, questions: Sequence[Path], root: Path, names: tuple[str, str]
) -> list[OutcomeChange]:
    with progress_bars(transient=True) as advance:
        asked = [outcomes_of(settings, questions, root, name, advance) for name in names]
    messages.print(f"{len(asked[0])} questions de référence posées aux deux versions.")
    return compare_outcomes(*asked)


def _show_passages(found: VersionDiff, as_json: bool, moved: bool) -> None:
    for work in found.works:
        if not as_json:
            _show_work(work)
        for change in work.changes:
            if as_json:
                emit(change_json(work, change))
            elif _is_listed(work, change, moved):
                for line in change_lines(change):
                    results.print(line, soft_wrap=True)


def _is_listed(work: PublicationChange, change: PassageChange, moved: bool) -> bool:
    """A publication wholly added or removed is told in one line; JSON has its passages."""
    if not (work.before and work.after):
        return False
    return moved or change.kind != "moved" or not change.only_page


def _show_work(work: PublicationChange) -> None:
    names = " → ".join(", ".join(side) or "rien" for side in dict.fromkeys((work.before, work.after)))
    counts = [_counted(work.count(kind), label) for kind, (_, _, label) in _KINDS.items() if work.count(kind)]
    said = ", ".join(counts) or "rien ne change"
    results.print(f"[bold]{escape(names)}[/] : {said}, {_counted(work.unchanged, 'inchangé')}", soft_wrap=True)


def _counted(number: int, label: str) -> str:
    """« 1 ajouté », « 2 ajoutés »."""
    return f"{number} {label}{'s' if number > 1 else ''}"


def change_lines(change: PassageChange) -> Iterator[str]:
    """A heading, then a line for each sentence that differs, with Rich's markup."""
    sign, colour, _ = _KINDS[change.kind]
    yield f"[{colour}]{sign}[/] {escape(' › '.join(change.passage.section))} · {_where(change)}"
    if change.kind == "moved":
        yield f"    « {escape(_cut(change.passage.text))} »"
    for text, origin in zip(change.removed, change.removed_from, strict=True):
        yield f"    [red]- {escape(_cut(text))}[/]{_elsewhere(origin, change)}"
    for (before, after), origin in zip(change.reworded, change.reworded_from, strict=True):
        yield f"    ~ {_worded(before, after)}{_elsewhere(origin, change)}"
    for text in change.added:
        yield f"    [green]+ {escape(_cut(text))}[/]"


def _where(change: PassageChange) -> str:
    places = [_place(passage) for passage in (change.before, change.after) if passage]
    return escape(" → ".join(dict.fromkeys(places)))


def _elsewhere(origin: Passage, change: PassageChange) -> str:
    """Where a sentence stood, unless the line's heading says it."""
    here = change.before or change.passage
    return "" if origin.pages[0] == here.pages[0] else f" ({escape(_place(origin))})"


def _place(passage: Passage) -> str:
    return f"{passage.publication}, p. {passage.label(passage.pages[0])}"


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else flat[:_LONGEST] + "…"


def _worded(before: str, after: str) -> str:
    """The later sentence, with what was taken away and what was put in."""
    old, new = before.split(), after.split()
    said: list[str] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            kept = new[c:d]
            said.append(escape(" ".join(kept if len(kept) <= 12 else [*kept[:5], "…", *kept[-5:]])))
            continue
        if b > a:
            said.append(f"[red]\\[-{escape(' '.join(old[a:b]))}-][/]")
        if d > c:
            said.append(f"[green]{{+{escape(' '.join(new[c:d]))}+}}[/]")
    return " ".join(said)


def change_json(work: PublicationChange, change: PassageChange) -> dict[str, Any]:
    """One line of `vigie index diff --json`."""
    return {
        "what": "passage", "kind": change.kind, "work": work.work,
        "before": _passage_json(change.before), "after": _passage_json(change.after),
        "removed": list(change.removed), "added": list(change.added),
        "reworded": [{"before": a, "after": b} for a, b in change.reworded],
    }  # fmt: skip


def _passage_json(passage: Passage | None) -> dict[str, Any] | None:
    if passage is None:
        return None
    page = passage.pages[0]
    return {"passage_id": passage.id, "publication": passage.publication, "page": page,
            "page_label": passage.label(page), "section": list(passage.section), "text": passage.text}  # fmt: skip


def _show_outcomes(changes: Sequence[OutcomeChange], as_json: bool) -> None:
    if not as_json:
        would = "auraient" if len(changes) > 1 else "aurait"
        results.print(f"[bold]Questions de référence[/] : {len(changes)} {would} une autre réponse")
    for change in changes:
        before, after = change.before, change.after
        if as_json:
            emit({"what": "question", "effect": change.effect, "id": before.id, "question": before.question,
                  "before": dataclasses.asdict(before), "after": dataclasses.asdict(after)})  # fmt: skip
            continue
        places = " → ".join(dict.fromkeys(outcome.first or "silence" for outcome in (before, after)))
        results.print(f"  {escape(before.question)} : {_EFFECTS[change.effect]} ({escape(places)})", soft_wrap=True)
