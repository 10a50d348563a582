"""From a user's answer to a question of the tuning set, by commands; and the import of others' sets."""

import json
from pathlib import Path

import pytest
import typer

from corpus import VigieError
from evaluations import load_questions
from tests.assistant.making import assert_shape
from tests.evaluations.inbox_making import answered
from tests.index.making import PATENTS, TRAVEL
from tests.ui.running import Outcome, Vigie
from ui.cli.evaluate_inbox import register
from ui.cli.output import complain

GOLD = f"recueil:2:{PATENTS[1]}"
ITEM = {
    "id": str, "at": str, "helpful": bool, "reason": str, "comment": str, "question": str, "history": list,
    "answer": dict, "state": str, "labels": list, "adjudication": type(None),
}  # fmt: skip


@pytest.fixture
def evaluate(vigie: Vigie, capfd: pytest.CaptureFixture[str]) -> Vigie:
    """Run a command of the group, with its errors told as `vigie` tells them."""
    app = typer.Typer()
    register(app)

    def run(*arguments: str | Path) -> Outcome:
        code = 0
        try:
            app([str(one) for one in arguments])
        except SystemExit as stop:
            code = stop.code or 0
        except VigieError as error:
            complain(error)
            code = 1
        written = capfd.readouterr()
        return Outcome(code, written.out, written.err)

    return run


@pytest.fixture
def item(evaluate: Vigie) -> str:
    """The id of an item on an answer that is wrong."""
    asked = "Quelle synthèse présente les brevets ?"
    write_answer(question=asked, standalone_question=asked)
    return evaluate("feedback", "answer.json", "--not-helpful", "--reason", "wrong", "--comment", "Non.").out.strip()


def write_answer(**values: str) -> None:
    Path("answer.json").write_text(json.dumps(answered(**values)), "utf-8")


def adjudicate(evaluate: Vigie, item: str, *more: str) -> Outcome:
    return evaluate("adjudicate", item, "wrong", "--as", "Zoé", "--why", "Tous les mois.", *more)


def test_a_real_answer_goes_from_the_inbox_to_the_tuning_set(vigie, evaluate, tmp_path):
    Path("answer.json").write_text(vigie("ask", "Comment mener une veille sur les brevets ?", "--json").out, "utf-8")
    id_ = evaluate("feedback", "answer.json", "--not-helpful", "--reason", "incomplete").out.strip()
    assert evaluate("label", id_, "partly", "--as", "Ana", "--gold", GOLD).code == 0
    assert evaluate("label", id_, "wrong", "--as", "Bob").code == 0
    assert evaluate("adjudicate", id_, "partly", "--as", "Zoé", "--why", "Il manque la synthèse.").code == 0
    promoted = evaluate("promote", id_)
    (record,) = load_questions([tmp_path / "home" / "evaluation" / "tune.jsonl"])
    assert (promoted.code, promoted.out.strip(), record.author) == (0, record.id, "Zoé")
    assert evaluate("inbox", "--state", "promoted", "--json").line["id"] == id_


class TestInbox:
    def test_json_is_the_contract(self, evaluate, item):
        line = evaluate("inbox", "--json").line
        assert_shape(line, ITEM)
        assert (line["id"], line["state"], line["reason"], line["comment"]) == (item, "new", "wrong", "Non.")

    def test_json_of_a_closed_item_says_who_decided_what_and_why(self, evaluate, item):
        adjudicate(evaluate, item, "--gold", "recueil:2:Une page.")
        line = evaluate("inbox", "--json").line
        assert_shape(line, ITEM | {"adjudication": dict})
        closed = line["adjudication"]
        assert (closed["adjudicator"], closed["decision"], closed["why"]) == ("Zoé", "wrong", "Tous les mois.")
        assert closed["gold"] == [{"publication": "recueil", "page": 2, "quote": "Une page."}]

    def test_the_text_shows_the_question_the_answer_and_its_quotes(self, evaluate, item):
        out = evaluate("inbox").out
        assert f"{item} · 20" in out
        for shown in (
            "new · pas utile · wrong",
            "Quelle synthèse",
            "Réponse (answered)",
            "[1] guide, p. 3 : «",
            "Non.",
        ):
            assert shown in out

    def test_an_empty_inbox_says_so_and_writes_nothing(self, evaluate, tmp_path):
        outcome = evaluate("inbox")
        assert (outcome.code, outcome.out) == (0, "")
        assert "Aucun avis" in outcome.err
        assert not (tmp_path / "home" / "evaluation").exists()

    def test_others_labels_are_hidden_until_one_s_own_is_given(self, evaluate, item):
        evaluate("label", item, "partly", "--as", "Ana", "--note", "La page 4.")
        for asked in (("inbox",), ("inbox", "--as", "Bob")):
            assert "Ana" not in evaluate(*asked).out
            assert evaluate(*asked, "--json").line["labels"] == []
        told = evaluate("label", item, "wrong", "--as", "Bob").err
        assert "Ana a dit « partly »" in told
        assert "Ana : partly (La page 4.)" in evaluate("inbox", "--as", "Bob").out

    def test_a_torn_line_is_told_and_the_others_are_shown(self, evaluate, item, tmp_path):
        with (tmp_path / "home" / "evaluation" / "inbox.jsonl").open("a") as file:
            file.write('{"id": "f-')
        outcome = evaluate("inbox", "--json")
        assert (outcome.code, outcome.line["id"]) == (0, item)
        assert "inbox.jsonl, ligne 2 : illisible" in outcome.err

    def test_markup_and_what_a_terminal_would_obey_are_not_interpreted(self, evaluate):
        write_answer(question="[red]rouge[/red] \x1b[2J\u202e")
        evaluate("feedback", "answer.json", "--helpful", "--comment", "[link=x]lien[/link] \x1b]0;titre\x07")
        out = evaluate("inbox").out
        assert "[red]rouge[/red]" in out
        assert "[link=x]lien[/link]" in out
        assert not {"\x1b", "\x07", "\u202e"} & set(out)


class TestFeedback:
    def test_one_says_whether_it_helped(self, evaluate):
        write_answer()
        assert evaluate("feedback", "answer.json").code == 2
        assert evaluate("feedback", "answer.json", "--helpful", "--reason", "laid").code == 2
        assert evaluate("inbox", "--json").lines == []

    def test_a_file_that_is_no_answer_is_named_with_the_command_that_writes_one(self, evaluate):
        Path("answer.json").write_text("{}")
        outcome = evaluate("feedback", "answer.json", "--helpful")
        assert (outcome.code, outcome.out) == (1, "")
        assert "answer.json" in outcome.err
        assert "vigie ask --json" in outcome.err


class TestLabels:
    def test_disagreements_are_told_with_kappa(self, evaluate, item):
        evaluate("label", item, "wrong", "--as", "Ana")
        evaluate("label", item, "correct", "--as", "Bob")
        line = evaluate("disagreements", "--json").line
        assert line["agreement"] == [{"evaluators": ["Ana", "Bob"], "items": 1, "kappa": 0.0}]
        (disputed,) = line["disagreements"]
        assert (disputed["id"], [one["label"] for one in disputed["labels"]]) == (item, ["wrong", "correct"])
        out = evaluate("disagreements").out
        assert f"{item} · Quelle synthèse présente les brevets ? · Ana : wrong ; Bob : correct" in out
        assert "Ana et Bob : κ 0,00, 1 avis" in out

    def test_kappa_that_chance_makes_certain_is_told_as_undefined(self, evaluate, item):
        for name in ("Ana", "Bob"):
            evaluate("label", item, "wrong", "--as", name)
        outcome = evaluate("disagreements")
        assert "κ indéfini" in outcome.out
        assert "Aucun désaccord" in outcome.err

    @pytest.mark.parametrize("gold", ["recueil", "recueil:2", "recueil:deux:x", "recueil:0:x", ":2:x", "recueil:2:"])
    def test_a_badly_written_gold_page_is_named(self, evaluate, item, gold):
        outcome = evaluate("label", item, "wrong", "--as", "Ana", "--gold", gold)
        assert outcome.code == 1
        assert f"« {gold} »" in outcome.err
        assert "PUBLICATION:PAGE:CITATION" in outcome.err

    def test_a_quote_may_hold_colons(self, evaluate, item):
        evaluate("label", item, "wrong", "--as", "Ana", "--gold", "recueil:2:Ceci : 3:4")
        (label,) = evaluate("inbox", "--as", "Ana", "--json").line["labels"]
        assert label["gold"] == [{"publication": "recueil", "page": 2, "quote": "Ceci : 3:4"}]

    @pytest.mark.parametrize(
        "command",
        [("label", "f-0", "wrong", "--as", "Ana"), ("adjudicate", "f-0", "wrong", "--as", "Zoé", "--why", "x"),
         ("promote", "f-0")],
        ids=lambda command: command[0],
    )  # fmt: skip
    def test_an_unknown_item_is_an_error_with_its_remedy(self, evaluate, command):
        outcome = evaluate(*command)
        assert outcome.code == 1
        assert "« f-0 »" in outcome.err
        assert "vigie evaluate inbox" in outcome.err


class TestPromote:
    @pytest.mark.parametrize(
        ("gold", "told"),
        [
            ("autre:2:x", "Aucune publication de l’index ne s’appelle « autre »"),
            ("recueil:9:x", "« recueil » n’a pas de page 9"),
            (f"recueil:2:{TRAVEL[0]}", "n’est pas écrit sur la page 2 de « recueil »"),
        ],
    )
    def test_a_gold_page_that_does_not_hold_its_words_is_named(self, evaluate, item, tmp_path, gold, told):
        adjudicate(evaluate, item, "--gold", gold)
        outcome = evaluate("promote", item)
        assert (outcome.code, outcome.out) == (1, "")
        assert told in outcome.err
        assert not (tmp_path / "home" / "evaluation" / "tune.jsonl").exists()

    def test_without_an_index_the_command_that_makes_one_is_told(self, evaluate, item):
        adjudicate(evaluate, item, "--gold", GOLD)
        outcome = evaluate("promote", item, "--index", "none")
        assert outcome.code == 1
        assert "vigie index build" in outcome.err

    def test_a_publication_whose_file_is_gone_is_named(self, evaluate, item, monkeypatch):
        def gone(path: Path, page: int) -> str:
            raise FileNotFoundError(2, "No such file", str(path))

        monkeypatch.setattr("ui.cli.printed_pages.page_text", gone)
        adjudicate(evaluate, item, "--gold", GOLD)
        outcome = evaluate("promote", item)
        assert outcome.code == 1
        assert "recueil.pdf, page 2 : ce fichier n’est plus celui de l’index" in outcome.err


class TestImport:
    def test_a_table_is_imported_and_its_bad_lines_are_told(self, evaluate):
        Path("set.csv").write_text("id;question;répondable;page;citation\na;Qui ?;non;;\nb;Où ?;oui;douze;x\n", "utf-8")
        outcome = evaluate("import", "set.csv", "--out", "set.jsonl", "--publication", "recueil")
        assert outcome.code == 1
        assert "set.csv, ligne 3, colonne page : « douze »" in outcome.err
        assert [record.id for record in load_questions([Path("set.jsonl")])] == ["a"]

    def test_a_squad_file_is_anchored_in_the_publication_as_it_is_printed(self, evaluate):
        write_squad(PATENTS[1], "Une synthèse mensuelle")
        outcome = evaluate("import", "set.json", "--out", "set.jsonl", "--publication", "recueil")
        assert outcome.code == 0
        (record,) = load_questions([Path("set.jsonl")])
        assert [(gold.publication, gold.page) for gold in record.gold] == [("recueil", 2)]

    def test_a_squad_answer_that_no_page_says_is_told_and_nothing_is_written(self, evaluate):
        write_squad("Une autre phrase.", "autre")
        outcome = evaluate("import", "set.json", "--out", "set.jsonl", "--publication", "recueil")
        assert outcome.code == 1
        assert "question 1 (« s1 ») : aucune page ne dit « Une autre phrase. »" in outcome.err
        assert not Path("set.jsonl").exists()

    def test_an_unknown_publication_comes_with_those_of_the_index(self, evaluate):
        write_squad("a", "a")
        outcome = evaluate("import", "set.json", "--out", "set.jsonl", "--publication", "autre")
        assert outcome.code == 1
        assert "Il a : recueil." in outcome.err


def write_squad(context: str, answer: str) -> None:
    qa = {"id": "s1", "question": "Qui ?", "answers": [{"text": answer, "answer_start": context.index(answer)}]}
    data = {"data": [{"paragraphs": [{"context": context, "qas": [qa]}]}]}
    Path("set.json").write_text(json.dumps(data), "utf-8")
