"""Other people's question sets become records, or the line and the column at fault are named."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations import EvaluationError, load_questions
from evaluations.importing import Imported, import_questions, write_set
from tests.evaluations.inbox_making import text, workbook

HEADERS = "id,question,language,answerable,publication,page,quote,facts,public,pillar,kind"
LINE = "q1,Que signe le stagiaire ?,fr,oui,guide,3,signe un engagement,Un engagement | Avant l’arrivée,pme,securite,who"
PAGES = ("Sommaire", "Le stagiaire signe un enga-\r\ngement. Il rend", "son badge. Ici commence\r\nla visite. Fin.")
CONTEXT = "Le stagiaire signe un engagement. Il rend son badge. Fin."


def read(path: Path, publication: str = "") -> Imported:
    return import_questions(path, publication, lambda _: PAGES)


def table(folder: Path, *lines: str, name: str = "set.csv") -> Path:
    (folder / name).write_text("\n".join(lines), "utf-8")
    return folder / name


def squad(folder: Path, *questions: dict[str, Any], context: str = CONTEXT) -> Path:
    data = {"data": [{"title": "t", "paragraphs": [{"context": context, "qas": list(questions)}]}]}
    (folder / "set.json").write_text(json.dumps(data), "utf-8")
    return folder / "set.json"


def asked(answer: str, id_: str = "s1", context: str = CONTEXT, **values: Any) -> dict[str, Any]:
    answers = [{"text": answer, "answer_start": context.index(answer)}]
    return {"id": id_, "question": "Que signe-t-il ?", "answers": answers} | values


def _says(text: str) -> bool:
    return any(c.isalnum() for c in text)


class TestTables:
    def test_a_line_gives_every_field_of_a_question(self, tmp_path):
        imported = read(table(tmp_path, HEADERS, LINE))
        (record,) = imported.records
        assert imported.problems == ()
        assert (record.id, record.question, record.language) == ("q1", "Que signe le stagiaire ?", "fr")
        assert [(g.publication, g.page, g.quote) for g in record.gold] == [("guide", 3, "signe un engagement")]
        assert [fact.fact for fact in record.required_facts] == ["Un engagement", "Avant l’arrivée"]
        assert (record.public, record.pillar, record.kind) == ("pme", "securite", "who")
        assert (record.author, record.review) == ("set.csv", "unreviewed")

    @pytest.mark.parametrize("separator", [",", ";", "\t"], ids=ascii)
    @pytest.mark.parametrize("end", ["\n", "\r\n"], ids=ascii)
    def test_french_headers_any_separator_and_a_byte_order_mark(self, tmp_path, separator, end):
        rows = (
            ("Identifiant", "Question", "Langue", "Répondable", "Publication", "Page", "Citation"),
            ("q1", "Quoi ?", "fr", "oui", "guide", "3", "un engagement"),
        )
        lines = end.join(separator.join(row) for row in rows)
        (tmp_path / "set.csv").write_bytes(b"\xef\xbb\xbf" + lines.encode())
        assert read(tmp_path / "set.csv") == read(table(tmp_path, "id,question,publication,page,quote",
                                                        "q1,Quoi ?,guide,3,un engagement"))  # fmt: skip

    def test_a_line_without_publication_is_of_the_one_given(self, tmp_path):
        imported = read(table(tmp_path, "id,question,page,quote", "q1,Quoi ?,3,un engagement"), "guide")
        assert imported.records[0].gold[0].publication == "guide"

    @pytest.mark.parametrize("no", ["non", "NO", "false", "Faux", "0"])
    def test_a_question_without_an_answer_needs_no_page(self, tmp_path, no):
        (record,) = read(table(tmp_path, "id,question,answerable,publication", f"q1,Quoi ?,{no},guide")).records
        assert (record.answerable, record.gold) == (False, ())

    @pytest.mark.parametrize(
        ("line", "told"),
        [
            ("q2,Quoi ?,fr,oui,guide,douze,x", "ligne 3, colonne page : « douze » n’est pas un numéro de page"),
            ("q2,Quoi ?,fr,oui,guide,0,x", "ligne 3, colonne page : « 0 »"),
            ("q2,Quoi ?,fr,oui,guide,-1,x", "ligne 3, colonne page : « -1 »"),
            ("q2,Quoi ?,fr,oui,guide,1_0,x", "ligne 3, colonne page : « 1_0 »"),
            ("q2,Quoi ?,fr,oui,guide,,x", "ligne 3, colonne page : rien n’est écrit"),
            ("q2,Quoi ?,fr,oui,,3,x", "ligne 3, colonne publication : rien n’est écrit"),
            ("q2,Quoi ?,fr,oui,guide,3,", "ligne 3, colonne quote : rien n’est écrit"),
            ("q2,Quoi ?,fr,peut-être,guide,3,x", "ligne 3, colonne answerable : « peut-être » n’est ni oui ni non"),
            ("q2,Quoi ?,fr,non,guide,3,x", "ligne 3, colonne page : « 3 », alors que"),
            ("q2,Quoi ?,de,oui,guide,3,x", "ligne 3, colonne language : « de » n’est pas admis ; admis : fr, en."),
            (",Quoi ?,fr,oui,guide,3,x", "ligne 3, colonne id : rien n’est écrit"),
            ("q2, ,fr,oui,guide,3,x", "ligne 3, colonne question : rien n’est écrit"),
            ("q2,?!,fr,oui,guide,3,x", "ligne 3, colonne question : ni lettre ni chiffre"),
            ("q2,\u200b,fr,oui,guide,3,x", "ligne 3, colonne question : ni lettre ni chiffre"),
            ("q1,Quoi ?,fr,oui,guide,3,x", "ligne 3, colonne id : « q1 » est déjà pris"),
            ("q2,Oui, quoi ?,fr,oui,guide,3,x,,,,", "ligne 3 : plus de cellules que de titres"),
        ],
    )
    def test_a_bad_line_is_named_with_its_column_and_costs_itself_only(self, tmp_path, line, told):
        good = "q9,Quoi ?,fr,oui,guide,3,x"
        imported = read(
            table(tmp_path, HEADERS.removesuffix(",facts,public,pillar,kind"), LINE.rsplit(",", 4)[0], line, good)
        )
        (problem,) = imported.problems
        assert problem.startswith(told)
        assert [record.id for record in imported.records] == ["q1", "q9"]

    def test_the_column_has_the_name_that_the_file_gives_it(self, tmp_path):
        imported = read(table(tmp_path, "id,question,Répondable", "q1,Quoi ?,bof"))
        assert imported.problems[0].startswith("ligne 2, colonne Répondable : ")

    def test_a_line_is_counted_where_it_begins_after_blank_lines_and_cells_of_several_lines(self, tmp_path):
        imported = read(table(tmp_path, "id,question,answerable", "", '"a","de\ndeux lignes",non', "b,Quoi ?,bof"))
        assert imported.records[0].question == "de\ndeux lignes"
        assert imported.problems[0].startswith("ligne 5, ")

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (b"", "est vide"),
            (b"\n;;\n", "est vide"),
            (b"id,question,couleur\n", "ligne 1, colonne couleur : colonne inconnue"),
            (b"id,question,page,Page\n", "ligne 1, colonne Page : cette colonne est là deux fois"),
            (b"question\n", "ligne 1, colonne id : cette colonne manque"),
            ("id,question\nq1,« café »".encode("cp1252"), "n’est pas en UTF-8"),
            (b'id,question\nq1,"sans fin\n', "ligne 2 : "),
            (b'id,question\nq1,"a" b\n', "ligne 2 : "),
            (b"id,question\nq1," + b"x" * 200_000, "ligne 2 : "),
        ],
        ids=lambda value: str(value)[:30],
    )
    def test_a_file_that_is_no_table_is_named_with_a_remedy(self, tmp_path, content, told):
        (tmp_path / "set.csv").write_bytes(content)
        with pytest.raises(EvaluationError) as caught:
            read(tmp_path / "set.csv")
        assert str(tmp_path / "set.csv") in caught.value.message
        assert told in caught.value.message
        assert caught.value.remedy

    @given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), min_size=1).filter(_says))
    def test_whatever_a_cell_looks_like_it_is_text(self, tmp_path_factory, said):
        folder = tmp_path_factory.mktemp("set")
        quoted = '"' + said.replace('"', '""') + '"'
        (record,) = read(table(folder, "id,question,answerable", f"q1,{quoted},non")).records
        assert record.question == said.strip()


class TestSheets:
    def test_a_workbook_gives_what_the_same_csv_gives(self, tmp_path):
        names, values = HEADERS.split(","), LINE.split(",")
        cells = {f"{chr(65 + n)}1": text(name) for n, name in enumerate(names)}
        cells |= {f"{chr(65 + n)}2": text(value) for n, value in enumerate(values)} | {"F2": "<v>3</v>"}
        (record,) = read(workbook(tmp_path / "set.xlsx", cells)).records
        assert record == read(table(tmp_path, HEADERS, LINE)).records[0].model_copy(update={"author": "set.xlsx"})

    def test_an_open_document_is_read_too(self, tmp_path):
        (record,) = read(
            open_document(tmp_path / "set.ods", [["id", "question", "answerable"], ["q1", "=1+1", "non"]])
        ).records
        assert (record.id, record.question) == ("q1", "=1+1")

    def test_a_cell_that_looks_like_a_formula_is_text_and_a_line_has_its_number_in_the_sheet(self, tmp_path):
        cells = {"B3": text("id"), "C3": text("question"), "D3": text("répondable"), "B4": text("q1"),
                 "C4": text("=HYPERLINK(0)"), "D4": text("non"), "B6": text("q2"), "C6": text("Quoi ?"),
                 "D6": "<v>0.5</v>"}  # fmt: skip
        imported = read(workbook(tmp_path / "set.xlsx", cells))
        assert imported.records[0].question == "=HYPERLINK(0)"
        assert imported.problems[0].startswith("ligne 6, colonne répondable : « 0.5 »")

    @pytest.mark.parametrize("name", ["set.xlsx", "set.ods"])
    @pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04"], ids=str)
    def test_a_file_that_is_no_workbook_is_named(self, tmp_path, name, content):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(EvaluationError, match=name) as caught:
            read(tmp_path / name)
        assert caught.value.remedy

    @pytest.mark.parametrize("far", ["XFD1048576", "XFD4096"])
    def test_a_cell_far_away_costs_the_file_and_not_the_process(self, tmp_path, far):
        path = workbook(tmp_path / "set.xlsx", {"A1": text("id"), far: "<v>1</v>"})
        with pytest.raises(EvaluationError, match=r"set\.xlsx : .* trop de mémoire") as caught:
            read(path)
        assert "cellules lointaines" in caught.value.remedy


class TestSquad:
    def test_an_answer_is_anchored_by_its_sentence_even_across_the_end_of_a_line(self, tmp_path):
        (record,) = read(squad(tmp_path, asked("un engagement")), "guide").records
        assert [(g.publication, g.page, g.quote) for g in record.gold] == [
            ("guide", 2, "Le stagiaire signe un engagement.")
        ]
        assert record.required_facts[0].accepted == ("un engagement",)

    def test_a_sentence_that_runs_over_two_pages_is_of_the_first(self, tmp_path):
        assert read(squad(tmp_path, asked("son badge")), "guide").records[0].gold[0].page == 2

    def test_an_impossible_question_has_no_answer(self, tmp_path):
        question = {"id": "s1", "question": "Qui ?", "is_impossible": True, "answers": []}
        assert [r.answerable for r in read(squad(tmp_path, question), "guide").records] == [False]

    @pytest.mark.parametrize(
        ("context", "answer", "why"),
        [
            ("Le stagiaire part.", "part", "aucune page ne dit « Le stagiaire part. »"),
            ("… e …", "e", "plusieurs endroits disent"),
            ("!!", "!", "aucune page ne dit"),
        ],
    )
    def test_an_answer_whose_page_is_not_known_is_reported_and_not_imported(self, tmp_path, context, answer, why):
        questions = [
            asked(answer, context=context),
            {"id": "s2", "question": "Qui ?", "answers": [], "is_impossible": True},
        ]
        imported = read(squad(tmp_path, *questions, context=context), "guide")
        assert [record.id for record in imported.records] == ["s2"]
        assert imported.problems[0].startswith("question 1 (« s1 ») : ")
        assert why in imported.problems[0]

    def test_an_id_taken_twice_and_an_answer_not_given_are_reported(self, tmp_path):
        path = squad(tmp_path, asked("un engagement"), asked("badge"), {"id": "s3", "question": "Qui ?", "answers": []})
        assert read(path, "guide").problems == (
            "question 2 (« s1 ») : cet identifiant est déjà pris.",
            "question 3 (« s3 ») : aucune réponse n’est dans son paragraphe.",
        )

    def test_an_answer_of_blanks_is_none(self, tmp_path):
        assert read(squad(tmp_path, asked(" ")), "guide").problems == (
            "question 1 (« s1 ») : aucune réponse n’est dans son paragraphe.",
        )

    def test_an_answer_said_a_letter_off_is_found_where_it_is(self, tmp_path):
        answers = [{"text": "badge", "answer_start": CONTEXT.index("badge") + 1}, {"text": "carte", "answer_start": 0}]
        (record,) = read(squad(tmp_path, asked("badge", answers=answers)), "guide").records
        assert (record.gold[0].quote, record.required_facts[0].accepted) == ("Il rend son badge.", ("badge",))

    @pytest.mark.parametrize(
        ("values", "why"),
        [
            ({"question": "  "}, "question 1 (« s1 ») : la question n’a ni lettre ni chiffre."),
            ({"question": "\u200b?!"}, "question 1 (« s1 ») : la question n’a ni lettre ni chiffre."),
            ({"id": " "}, "question 1 («   ») : l’identifiant est vide."),
        ],
    )
    def test_a_question_that_says_nothing_is_reported_and_not_imported(self, tmp_path, values, why):
        imported = read(squad(tmp_path, asked("un engagement", **values), asked("badge", "s2")), "guide")
        assert [record.id for record in imported.records] == ["s2"]
        assert imported.problems == (why,)

    @pytest.mark.parametrize(
        ("values", "why"),
        [
            ({"question": None}, "« question » n’est pas un texte"),
            ({"question": 3}, "« question » n’est pas un texte"),
            ({"id": None}, "« id » n’est pas un texte"),
            ({"id": 3}, "« id » n’est pas un texte"),
            ({"is_impossible": "false"}, "« is_impossible » n’est ni vrai ni faux"),
            ({"is_impossible": None}, "« is_impossible » n’est ni vrai ni faux"),
            ({"is_impossible": 1}, "« is_impossible » n’est ni vrai ni faux"),
        ],
        ids=str,
    )
    def test_a_value_of_another_kind_is_named_with_its_question(self, tmp_path, values, why):
        with pytest.raises(EvaluationError) as caught:
            read(squad(tmp_path, asked("badge"), asked("un engagement", **values)), "guide")
        assert caught.value.message == f"{tmp_path / 'set.json'}, question 2 : {why}."

    def test_questions_without_ids_are_numbered(self, tmp_path):
        questions = [{"question": "Qui ?", "answers": [], "is_impossible": True}] * 2
        assert [record.id for record in read(squad(tmp_path, *questions), "guide").records] == ["set-1", "set-2"]

    def test_without_a_publication_there_is_nowhere_to_look(self, tmp_path):
        with pytest.raises(EvaluationError, match="publication") as caught:
            read(squad(tmp_path, asked("badge")))
        assert "--publication" in caught.value.remedy

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (b"{", "le fichier"),
            (b"[]", "le fichier"),
            (b"[" * 100_000, "le fichier"),
            (b"{}", "« data » manque"),
            (
                b'{"data": [{"paragraphs": [{"context": "a", "qas": [{"question": "Qui ?"}]}]}]}',
                "question 1 : « answers » manque",
            ),
            (b'{"data": [{"paragraphs": [{"context": "a", "qas": [3]}]}]}', "question 1"),
        ],
        ids=lambda value: str(value)[:30],
    )
    def test_a_file_in_another_format_is_named(self, tmp_path, content, told):
        (tmp_path / "set.json").write_bytes(content)
        with pytest.raises(EvaluationError, match=r"set\.json, ") as caught:
            read(tmp_path / "set.json", "guide")
        assert told in caught.value.message
        assert "SQuAD" in caught.value.remedy


@pytest.mark.parametrize("name", ["set.json", "set.csv", "set.xlsx"])
def test_a_missing_file_is_named(tmp_path, name):
    with pytest.raises(EvaluationError, match=name):
        read(tmp_path / name, "guide")


def test_another_format_comes_with_those_known(tmp_path):
    with pytest.raises(EvaluationError, match=r"set\.docx") as caught:
        read(tmp_path / "set.docx")
    assert ".xlsx" in caught.value.remedy


def test_a_set_that_is_written_loads_and_is_never_written_over(tmp_path):
    imported = read(table(tmp_path, HEADERS, LINE))
    write_set(tmp_path / "out.jsonl", imported.records)
    assert load_questions([tmp_path / "out.jsonl"]) == list(imported.records)
    before = (tmp_path / "out.jsonl").read_bytes()
    with pytest.raises(EvaluationError, match=r"out\.jsonl existe déjà"):
        write_set(tmp_path / "out.jsonl", imported.records)
    assert (tmp_path / "out.jsonl").read_bytes() == before


def test_a_set_without_questions_or_folder_is_not_written(tmp_path):
    with pytest.raises(EvaluationError, match="Aucune question"):
        write_set(tmp_path / "out.jsonl", [])
    with pytest.raises(EvaluationError, match=r"out\.jsonl n’a pas pu être écrit"):
        write_set(tmp_path / "none" / "out.jsonl", read(table(tmp_path, HEADERS, LINE)).records)
    assert not (tmp_path / "out.jsonl").exists()


def open_document(path: Path, rows: list[list[str]]) -> Path:
    """An .ods of cells of text."""
    cells = [
        [f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' for c in r]
        for r in rows
    ]
    lines = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in cells)
    names = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", f"<office:document-content {names}><office:body><office:spreadsheet>"
                         f'<table:table table:name="Q">{lines}</table:table>'
                         "</office:spreadsheet></office:body></office:document-content>")  # fmt: skip
    return path
