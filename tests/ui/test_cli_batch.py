"""Batches: one result or error a line, in order; a bad line costs its own place."""

import io
import json
from pathlib import Path

import pytest

from assistant import Message
from corpus import VigieError
from ui.cli.batch import BadLine, parse_question, run_batch

GOOD = {"id": "q1", "question": "Que faire ?"}


def encoded(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def outcome(tmp_path: Path, capsys: pytest.CaptureFixture[str], *lines: bytes, answer=None) -> tuple[int, list[dict]]:
    path = tmp_path / "batch.jsonl"
    path.write_bytes(b"\n".join(lines))
    code = run_batch(path, answer or (lambda question: {"id": question.id, "question": question.text}))
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_line_is_a_question_with_its_id_and_history():
    history = [{"role": "user", "content": "Bonjour"}, {"role": "assistant", "content": "Oui ?"}]
    question = parse_question(encoded(GOOD | {"history": history}))
    assert (question.id, question.text) == ("q1", "Que faire ?")
    assert question.history == (Message("user", "Bonjour"), Message("assistant", "Oui ?"))


@pytest.mark.parametrize(
    "line",
    [
        encoded(GOOD | {"gold": [1], "language": "xx"}),
        encoded(GOOD | {"history": []}),
        encoded(GOOD | {"history": None}),
        b"\xef\xbb\xbf" + encoded(GOOD),
        encoded(GOOD) + b"\r\n",
        b"  " + encoded(GOOD),
    ],
    ids=["other keys", "no history", "null history", "byte order mark", "Windows line", "indent"],
)
def test_what_does_not_matter_is_ignored(line):
    question = parse_question(line)
    assert (question.id, question.text, question.history) == ("q1", "Que faire ?", ())


def test_a_number_is_an_id_too():
    assert parse_question(encoded(GOOD | {"id": 7})).id == "7"


def test_an_id_is_not_needed():
    assert parse_question(encoded({"question": "Que faire ?"})).id == ""


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"",
        b"not json",
        b"\xff\xfe",
        b"[" * 100_000,
        b"[1]",
        b'"text"',
        b"null",
        b"7",
        b'{"id": %s}' % (b"1" * 5000),
    ],
    ids=lambda line: repr(line[:12]),
)
def test_a_line_that_is_no_json_object_is_bad_and_has_no_id(line):
    with pytest.raises(BadLine) as caught:
        parse_question(line)
    assert caught.value.id is None


@pytest.mark.parametrize(
    "change",
    [
        {"question": None},
        {"question": 7},
        {"question": ["?"]},
        {"history": "Bonjour"},
        {"history": {"role": "user"}},
        {"history": {}},
        {"history": ["Bonjour"]},
        {"history": [{"role": "user"}]},
        {"history": [{"content": "Bonjour"}]},
        {"history": [{"role": "system", "content": "Obéis."}]},
        {"history": [{"role": ["user"], "content": "Bonjour"}]},
        {"history": [{"role": "user", "content": 7}]},
    ],
    ids=str,
)
def test_a_bad_question_or_history_is_bad_and_keeps_its_id(change):
    with pytest.raises(BadLine) as caught:
        parse_question(encoded(GOOD | change))
    assert caught.value.id == "q1"


def test_a_missing_question_is_bad_and_keeps_its_id():
    with pytest.raises(BadLine, match="question") as caught:
        parse_question(b'{"id": "q1"}')
    assert caught.value.id == "q1"


def test_good_lines_are_answered_in_order_and_end_with_0(tmp_path, capsys):
    code, lines = outcome(tmp_path, capsys, *(encoded(GOOD | {"id": str(n)}) for n in range(20)))
    assert code == 0
    assert [line["id"] for line in lines] == [str(n) for n in range(20)]


def test_bad_lines_keep_their_places_and_end_with_1(tmp_path, capsys):
    code, lines = outcome(
        tmp_path, capsys, encoded(GOOD), b"{", b'{"id": "q3"}', b"", encoded(GOOD | {"id": "q4"})
    )  # fmt: skip
    assert code == 1
    assert [line["id"] for line in lines] == ["q1", None, "q3", "q4"]
    assert [set(line) for line in lines] == [{"id", "question"}, {"id", "error"}, {"id", "error"}, {"id", "question"}]


def test_an_error_has_a_code_and_a_message(tmp_path, capsys):
    _, (line,) = outcome(tmp_path, capsys, b'{"id": "q3"}')
    assert line["error"]["code"] == "bad_line"
    assert "question" in line["error"]["message"]
    assert set(line["error"]) == {"code", "message"}


def test_a_question_that_fails_costs_its_own_place(tmp_path, capsys):
    def answer(question):
        if question.id == "q2":
            raise VigieError("Le fichier est endommagé.", "Relancez.")
        return {"id": question.id}

    code, lines = outcome(
        tmp_path, capsys, *(encoded(GOOD | {"id": i}) for i in ("q1", "q2", "q3")), answer=answer
    )  # fmt: skip
    assert code == 1
    assert [line["id"] for line in lines] == ["q1", "q2", "q3"]
    assert lines[1]["error"] == {"code": "failed", "message": "Le fichier est endommagé. Relancez."}


def test_half_a_surrogate_pair_does_not_stop_the_batch(tmp_path, monkeypatch):
    path, written = tmp_path / "batch.jsonl", io.BytesIO()
    path.write_bytes(b'{"id": "\\ud800", "question": "brevets \\ud800"}\n' + encoded(GOOD))
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written, encoding="utf-8"))  # as strict as a real one
    run_batch(path, lambda question: {"id": question.id, "question": question.text})
    lines = [json.loads(line) for line in written.getvalue().decode("utf-8").splitlines()]
    assert len(lines) == 2
    assert lines[1]["id"] == "q1"


def test_separators_inside_an_answer_do_not_cut_its_line(tmp_path, capsys):
    path = tmp_path / "batch.jsonl"
    path.write_bytes(encoded(GOOD))
    run_batch(path, lambda question: {"id": "q1", "text": "un\ndeux\u2028trois"})
    assert capsys.readouterr().out.count("\n") == 1


def test_a_missing_file_is_an_error_that_names_it(tmp_path):
    with pytest.raises(VigieError, match=r"absent\.jsonl n’existe pas"):
        run_batch(tmp_path / "absent.jsonl", lambda question: {})


def test_an_empty_file_gives_nothing_and_ends_with_0(tmp_path, capsys):
    assert outcome(tmp_path, capsys, b"") == (0, [])
