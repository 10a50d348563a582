"""A question set is read whole, or the file and line at fault are named."""

import json
from pathlib import Path

import pytest

from assistant import Message
from evaluations import SHIPPED, EvaluationError, load_questions

GOLD = {"publication": "guide", "page": 3, "quote": "un engagement"}
GOOD = {"id": "q1", "question": "Que signe le stagiaire ?", "gold": [GOLD]}


def written(path: Path, *lines: str | bytes | dict) -> Path:
    encoded = [json.dumps(line, ensure_ascii=False) if isinstance(line, dict) else line for line in lines]
    path.write_bytes(b"".join((e.encode() if isinstance(e, str) else e) + b"\n" for e in encoded))
    return path


def test_a_good_set_is_read_in_order(tmp_path):
    path = written(tmp_path / "set.jsonl", GOOD, "", GOOD | {"id": "q2"})
    assert [r.id for r in load_questions([path])] == ["q1", "q2"]


def test_several_files_make_one_set(tmp_path):
    paths = [written(tmp_path / f"{n}.jsonl", GOOD | {"id": f"q{n}"}) for n in range(3)]
    assert [r.id for r in load_questions(paths)] == ["q0", "q1", "q2"]


@pytest.mark.parametrize("separator", ["\u2028", "\u0085"], ids=ascii)
def test_a_line_ends_at_a_line_feed_and_nowhere_else(tmp_path, separator):
    path = written(tmp_path / "set.jsonl", GOOD | {"question": f"Que signe{separator}le stagiaire ?"})
    assert load_questions([path])[0].question == f"Que signe{separator}le stagiaire ?"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "ce n’est pas du JSON"),
        ("[]", "question"),
        ("null", "question"),
        ({"id": "q"}, "« question »"),
        (GOOD | {"qustion": "?"}, "« qustion »"),
        (GOOD | {"language": "de"}, "« language »"),
        (GOOD | {"gold": []}, "a au moins une page de référence"),
        (GOOD | {"answerable": False}, "n’a pas de page de référence"),
        (GOOD | {"gold": [GOLD | {"page": 0}]}, "« gold.0.page »"),
        (GOOD | {"gold": [GOLD | {"pages": [1]}]}, "« gold.0.pages »"),
        (GOOD | {"history": [{"role": "system", "content": ""}]}, "« history.0.role »"),
        (GOOD | {"required_facts": [{"fact": "x", "accepted": []}]}, "« required_facts.0.accepted »"),
        (GOOD | {"split": "test"}, "« split »"),
        (GOOD | {"gold": [GOLD | {"quote": " \u00a0\n"}]}, "« gold.0.quote » : rien n’est écrit"),
        (
            GOOD | {"required_facts": [{"fact": "x", "accepted": ["dix jours", ""]}]},
            "« required_facts.0.accepted.1 » : rien n’est écrit",
        ),
        (GOOD | {"forbidden_claims": ["\t"]}, "« forbidden_claims.0 » : rien n’est écrit"),
        (GOOD | {"language": "de"}, "« de » n’est pas admis ; admis : fr, en"),
        (GOOD | {"required_facts": [{"fact": "x", "accepted": []}]}, "est vide"),
        (GOOD | {"gold": [GOLD | {"page": 0}]}, "« 0 » est sous 1"),
        (GOOD | {"gold": [GOLD | {"page": "trois"}]}, "n’est pas un nombre entier"),
        ({"id": "q"}, "« question » : manque"),
        (GOOD | {"qustion": "?"}, "n’est pas connu"),
        ("[]", "n’est pas un objet"),
        (
            '{"id": "q", "question": "Que signe\\ud800 ?", "answerable": false}',
            "« question » : la moitié d’un caractère",
        ),
        (
            '{"id": "q", "question": "Quoi ?", "gold": [{"publication": "g", "page": 1, "quote": "\\udc00"}]}',
            "« gold » : la moitié d’un caractère",
        ),
        (b"\xff\xfe", ""),
        ('{"id": ' + "1" * 5000 + "}", ""),
        ("[" * 100_000, ""),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_bad_line_is_named_with_its_file(tmp_path, line, reason):
    path = written(tmp_path / "set.jsonl", GOOD, line)
    with pytest.raises(EvaluationError) as caught:
        load_questions([path])
    assert caught.value.message.startswith(f"{path}, ligne 2")
    assert reason in caught.value.message


def test_an_id_taken_twice_is_named_even_across_files(tmp_path):
    first, second = written(tmp_path / "1.jsonl", GOOD), written(tmp_path / "2.jsonl", "", GOOD)
    with pytest.raises(EvaluationError, match=r"2\.jsonl, ligne 2 : l’identifiant « q1 » est déjà pris"):
        load_questions([first, second])


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(EvaluationError, match=r"absent\.jsonl n’existe pas"):
        load_questions([tmp_path / "absent.jsonl"])


@pytest.mark.parametrize("content", [b"", b"\n\n"])
def test_an_empty_set_is_an_error(tmp_path, content):
    (tmp_path / "set.jsonl").write_bytes(content)
    with pytest.raises(EvaluationError, match="est vide"):
        load_questions([tmp_path / "set.jsonl"])


def test_a_record_asks_its_question_with_its_history(tmp_path):
    history = [{"role": "user", "content": "Bonjour"}, {"role": "assistant", "content": "Bonjour !"}]
    (record,) = load_questions([written(tmp_path / "set.jsonl", GOOD | {"history": history})])
    question = record.as_question()
    assert (question.id, question.text) == ("q1", "Que signe le stagiaire ?")
    assert question.history == (Message("user", "Bonjour"), Message("assistant", "Bonjour !"))


def test_a_question_that_says_nothing_else_is_for_tuning(tmp_path):
    assert load_questions([written(tmp_path / "set.jsonl", GOOD)])[0].split == "tune"


@pytest.mark.parametrize("split", ["tune", "gate", "sealed"])
def test_a_question_says_what_it_may_be_used_for(tmp_path, split):
    assert load_questions([written(tmp_path / "set.jsonl", GOOD | {"split": split})])[0].split == split


SETS = [path for path in sorted(SHIPPED.glob("*.jsonl")) if not path.stem.endswith("-expected")]


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.name)
def test_every_shipped_set_is_valid(path):
    assert load_questions([path])


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.name)
def test_every_question_of_a_shipped_set_is_of_the_split_its_name_says(path):
    named = next((split for split in ("tune", "sealed") if split in path.stem), "gate")
    assert {record.split for record in load_questions([path])} == {named}


def test_no_question_is_in_two_shipped_sets():
    asked = [(r.question, *(t.content for t in r.history)) for path in SETS for r in load_questions([path])]
    assert len(set(asked)) == len(asked)


def test_what_is_expected_of_the_two_editions_is_said_of_each_question():
    records = load_questions([SHIPPED / "rgesn-editions.jsonl"])
    lines = (SHIPPED / "rgesn-editions-expected.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [record.id for record in records]
