"""The commands in this process, on a small corpus with the deterministic embedder."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter

from assistant import AssistantSettings
from corpus.ocr import OcrWord
from index import GENERATORS, MODELS
from tests.assistant.making import EVIDENCE, Bilingual, assert_contract, assert_reading, assert_shape
from tests.corpus.publisher import Publisher, paper, publishing
from tests.index.making import PATENTS, build, note_pdf, version_folder
from tests.support import write_pdf

QUESTION = "Comment mener une veille sur les brevets ?"
CHECK = {
    "file": str, "ok": bool, "error": type(None), "pages": int, "unreadable_pages": list, "characters": int,
    "hidden_pages": list, "ocr_pages": dict, "repaired": bool, "page_details": list, "seconds": float,
}  # fmt: skip
FETCH = {"id": str, "outcome": str, "error": type(None), "sha256": str, "bytes": int}


@pytest.fixture
def recognising(tmp_path: Path, monkeypatch) -> Callable[..., None]:
    """`scan.pdf`, a white image, and a way to say which words Tesseract would see on it."""
    Image.new("RGB", (595, 842), "white").save(tmp_path / "scan.pdf", "PDF", resolution=72)

    def give(*texts: str) -> None:
        words = [OcrWord(text, (72 + 50 * n, 700, 118 + 50 * n, 712), 0.9312, 0, 1) for n, text in enumerate(texts)]
        monkeypatch.setattr("corpus.library.check_tesseract", lambda: None)
        monkeypatch.setattr("corpus.ocr_layer.recognise", lambda page, languages: words)

    return give


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """A PDF whose password is « sésame »."""
    writer = PdfWriter(clone_from=write_pdf(tmp_path / "locked.pdf", ["Une page de texte lisible."]))
    writer.encrypt("sésame", algorithm="AES-256")
    writer.write(tmp_path / "locked.pdf")
    return tmp_path / "locked.pdf"


@pytest.fixture
def publisher(vigie, monkeypatch) -> Iterator[Publisher]:
    """A publisher's server on this machine, from which downloads are allowed."""
    monkeypatch.setenv("VIGIE_CORPUS__ALLOW_PRIVATE_ADDRESSES", "true")
    with publishing() as server:
        yield server


@pytest.fixture
def fetchable(vigie, publisher: Publisher, indexed: Path, tmp_path: Path) -> bytes:
    """A catalogue where the official guide's address is a page, and « note » can be fetched; the content of that."""
    page = publisher.serves("/recueil", paper(b"<!doctype html><title>Publications</title>", kind="text/html"))
    content = (indexed / "corpus" / "recueil.pdf").read_bytes()
    note = publisher.serves("/note.pdf", paper(content, etag='"a"'))
    (tmp_path / "home" / "catalogue.toml").write_text(
        f'[[publication]]\nid = "recueil-d2ie-2015"\nsource = "{page}"\n'
        f'[[publication]]\nid = "note"\nsource = "{note}"\n'
    )
    return content


class TestAsk:
    def test_json_is_one_line_of_the_contract(self, vigie):
        outcome = vigie("ask", QUESTION, "--json")
        assert outcome.code == 0
        assert_contract(outcome.line)
        assert outcome.line["verdict"] == "answered"

    def test_the_text_shows_quotes_and_their_pages(self, vigie):
        outcome = vigie("ask", QUESTION)
        assert f"« {PATENTS[0]}" in outcome.out
        assert "[1] recueil, p. 2 (page 2 du PDF)" in outcome.out

    def test_markup_in_a_question_or_passage_is_not_interpreted(self, vigie, tmp_path):
        note_pdf(tmp_path / "poison" / "note.pdf", "Les brevets [red]rouges[/red] :warning: restent des brevets.")
        build(tmp_path / "poison", tmp_path / "other", Bilingual())
        assert "[red]rouges[/red] :warning:" in vigie("ask", "les brevets rouges ?", "--index", "other").out

    def test_abstaining_is_done(self, vigie):
        outcome = vigie("ask", "Quelle est la hauteur du mont Blanc ?", "--json")
        assert (outcome.code, outcome.line["verdict"]) == (0, "not_in_guide")

    @pytest.mark.parametrize("question", ["", "?", "x" * 3000, "Quelle est la recette de la tarte ?"])
    def test_refusing_is_done(self, vigie, question):
        outcome = vigie("ask", question, "--json")
        assert (outcome.code, outcome.line["verdict"]) == (0, "refused")

    @pytest.mark.parametrize("command", [("ask", QUESTION), ("serve",)], ids=["ask", "serve"])
    def test_a_generator_whose_model_is_missing_fails_with_the_command_that_installs_it(
        self, vigie, monkeypatch, tmp_path, command
    ):
        monkeypatch.setenv("VIGIE_MODELS", str(tmp_path / "none"))
        monkeypatch.setattr("os.execve", lambda *_: pytest.fail("served without its model"))
        outcome = vigie(*command, "--generator", "local")
        assert (outcome.code, outcome.out) == (1, "")
        assert f"vigie models install {AssistantSettings().local_model}" in outcome.err

    def test_top_k_sets_how_much_evidence_is_read(self, vigie):
        assert len(vigie("ask", QUESTION, "--json", "--top-k", "2").line["evidence"]) == 2

    def test_top_k_comes_before_the_environment(self, vigie, monkeypatch):
        monkeypatch.setenv("VIGIE_ASSISTANT__TOP_K", "1")
        assert len(vigie("ask", QUESTION, "--json", "--top-k", "2").line["evidence"]) == 2
        assert len(vigie("ask", QUESTION, "--json").line["evidence"]) == 1

    def test_a_batch_answers_in_order_and_ends_with_1_for_a_bad_line(self, vigie, tmp_path):
        lines = [json.dumps({"id": "a", "question": QUESTION}), "{", json.dumps({"id": "c", "question": "Bonjour"})]
        (tmp_path / "batch.jsonl").write_text("\n".join(lines), "utf-8")
        outcome = vigie("ask", "--batch", "batch.jsonl", "--json")
        assert outcome.code == 1
        assert [line["id"] for line in outcome.lines] == ["a", None, "c"]
        assert_contract(outcome.lines[0])
        assert set(outcome.lines[1]["error"]) == {"code", "message"}

    @pytest.mark.parametrize("command", ["ask", "search"])
    def test_a_missing_batch_file_fails_before_the_model_is_loaded(self, vigie, monkeypatch, command):
        monkeypatch.setattr("ui.opening.open_embedder", lambda settings: pytest.fail("the model was loaded"))
        outcome = vigie(command, "--batch", "absent.jsonl", "--json")
        assert outcome.code == 1
        assert "absent.jsonl" in outcome.err


class TestSearch:
    def test_json_is_one_line_of_the_contract(self, vigie):
        line = vigie("search", QUESTION, "--json", "-k", "2").line
        reading = {"corrections", "expansions"}
        assert set(line) == {"id", "question", "results", "timings_ms"} | reading
        assert_reading({name: line[name] for name in reading})
        assert set(line["timings_ms"]) == {"read", "encode", "dense", "lexical", "fuse", "total"}
        assert len(line["results"]) == 2
        for result in line["results"]:
            assert_shape(result, EVIDENCE)

    def test_a_filter_keeps_what_it_names_and_an_unknown_value_comes_with_those_known(self, vigie):
        kept = vigie("search", QUESTION, "--json", "--publication", "recueil").line
        assert {result["publication"] for result in kept["results"]} == {"recueil"}
        unknown = vigie("search", QUESTION, "--json", "--edition", "1999")
        assert unknown.code == 1
        assert "« 1999 »" in unknown.err

    def test_a_word_read_as_another_is_said_on_standard_error(self, vigie):
        outcome = vigie("search", "la vielle sur les brevtes", "-k", "1")
        assert "« brevtes » lu comme « brevets »" in outcome.err
        assert vigie("search", "brevtes", "--json").line["corrections"] == [{"typed": "brevtes", "read_as": "brevets"}]

    def test_the_best_passage_comes_first(self, vigie):
        best = vigie("search", QUESTION, "--json").line["results"][0]
        assert (best["publication"], best["page"], best["section"]) == ("recueil", 2, ["Veille sur les brevets"])

    def test_a_batch_gives_a_line_a_question(self, vigie, tmp_path):
        (tmp_path / "batch.jsonl").write_text('{"id": "a", "question": "brevets"}\n{"id": "b", "question": "badge"}\n')
        outcome = vigie("search", "--batch", "batch.jsonl", "--json", "-k", "1")
        assert [(line["id"], len(line["results"])) for line in outcome.lines] == [("a", 1), ("b", 1)]

    def test_the_text_shows_rank_place_and_passage(self, vigie):
        out = vigie("search", QUESTION, "-k", "1").out
        assert out.startswith("1. ")
        assert "recueil, p. 2 (PDF 2) · Veille sur les brevets" in out
        assert PATENTS[0] in out


class TestIndex:
    def test_build_publishes_and_says_what_on_standard_error(self, vigie, indexed, tmp_path):
        outcome = vigie("index", "build", "--corpus", indexed / "corpus", "--index", "fresh")
        assert (outcome.code, outcome.out) == (0, "")
        assert version_folder(tmp_path / "fresh").name in outcome.err
        assert "1 publication, 3 passages" in outcome.err

    def test_build_names_the_files_left_out_and_why(self, vigie, indexed, tmp_path):
        shutil.copytree(indexed / "corpus", "corpus")
        Path("corpus/faux.pdf").write_bytes(b"not a PDF")
        outcome = vigie("index", "build", "--corpus", "corpus")
        assert outcome.code == 0
        assert "faux.pdf (not_a_pdf)" in outcome.err

    def test_a_build_that_reads_nothing_fails_with_the_reason_and_keeps_the_index(self, vigie, tmp_path):
        Path("corpus").mkdir()
        Path("corpus/faux.pdf").write_bytes(b"not a PDF")
        before = version_folder(tmp_path / "home" / "index")
        outcome = vigie("index", "build", "--corpus", "corpus")
        assert outcome.code == 1
        assert "faux.pdf" in outcome.err
        assert version_folder(tmp_path / "home" / "index") == before

    def test_status_is_the_published_manifest(self, vigie, tmp_path):
        line = vigie("index", "status", "--json").line
        assert line["name"] == version_folder(tmp_path / "home" / "index").name
        assert [p["id"] for p in line["publications"]] == ["recueil"]

    def test_list_marks_the_published_version(self, vigie, indexed):
        vigie("index", "build", "--corpus", indexed / "corpus")
        assert [row["published"] for row in vigie("index", "list", "--json").lines] == [False, True]

    def test_verify_passes_on_a_sound_version(self, vigie):
        assert vigie("index", "verify").code == 0

    def test_verify_fails_naming_the_damaged_file(self, vigie, tmp_path):
        with (version_folder(tmp_path / "home" / "index") / "sentences.npy").open("r+b") as file:
            file.seek(200)
            file.write(b"\x55\xaa")
        outcome = vigie("index", "verify")
        assert outcome.code == 1
        assert "sentences.npy a été modifié ou endommagé" in outcome.err

    @pytest.mark.parametrize("command", [("status",), ("list",), ("verify",)])
    def test_without_an_index_the_remedy_is_told(self, vigie, command):
        outcome = vigie("index", *command, "--index", "none")
        assert (outcome.code, outcome.out) == (1, "")
        assert "vigie index build" in outcome.err

    def test_an_index_folder_that_is_a_file_is_an_error_with_its_reason(self, vigie, indexed):
        Path("file").write_text("not a folder")
        outcome = vigie("index", "build", "--corpus", indexed / "corpus", "--index", "file")
        assert outcome.code == 1
        assert "file" in outcome.err


class TestCorpus:
    def test_check_gives_a_verdict_a_file(self, vigie, indexed):
        outcome = vigie("corpus", "check", indexed / "corpus" / "recueil.pdf", "--json")
        assert outcome.code == 0
        assert_shape(outcome.line, CHECK)
        assert (outcome.line["ok"], outcome.line["pages"], outcome.line["unreadable_pages"]) == (True, 3, [])
        assert outcome.line["characters"] > 300

    def test_check_names_pages_without_text(self, vigie, tmp_path):
        write_pdf(tmp_path / "half.pdf", ["Une page de texte lisible.", ""])
        assert vigie("corpus", "check", "half.pdf", "--json").line["unreadable_pages"] == [2]

    def test_check_ends_with_0_once_each_file_has_its_verdict(self, vigie, indexed, tmp_path):
        (tmp_path / "fake.pdf").write_bytes(b"not a PDF")
        (tmp_path / "empty.pdf").write_bytes(b"")
        (tmp_path / "cut.pdf").write_bytes((indexed / "corpus" / "recueil.pdf").read_bytes()[:300])
        write_pdf(tmp_path / "blank.pdf", [""])
        names = ["fake.pdf", "empty.pdf", "cut.pdf", "blank.pdf", "absent.pdf"]
        outcome = vigie("corpus", "check", *names, "--json")
        assert outcome.code == 0
        assert [line["file"] for line in outcome.lines] == names
        codes = [line["error"]["code"] for line in outcome.lines]
        assert codes == ["not_a_pdf", "not_a_pdf", "damaged", "no_text", "not_a_pdf"]
        assert all(set(line["error"]) == {"code", "message", "remedy"} for line in outcome.lines)
        assert all(all(line["error"].values()) for line in outcome.lines)

    def test_check_without_json_tells_each_verdict(self, vigie, indexed):
        Path("fake.pdf").write_bytes(b"not a PDF")
        out = vigie("corpus", "check", indexed / "corpus" / "recueil.pdf", "fake.pdf").out
        assert "✓ recueil.pdf : 3 pages" in out
        assert "✗ fake.pdf : Le fichier n’est pas un PDF" in out

    def test_check_says_how_well_each_page_reads(self, vigie, tmp_path):
        """The second page's text is 0.5 points high."""
        write_pdf(tmp_path / "half.pdf", ["Une page de texte lisible.", [(60, 700, 0.5, "Note minuscule.")]])
        line = vigie("corpus", "check", "half.pdf", "--json").line
        assert_shape(line, CHECK)
        assert (line["hidden_pages"], line["ocr_pages"], line["repaired"]) == ([2], {}, False)
        first = {"page": 1, "characters": 22, "unreadable": 0, "hidden": 0, "scan": False, "ocr": None}
        assert line["page_details"] == [first, first | {"page": 2, "characters": 0, "hidden": 14}]

    def test_check_tells_hidden_text_and_mending(self, vigie, tmp_path):
        half = write_pdf(tmp_path / "half.pdf", ["Une page de texte lisible.", [(60, 700, 0.5, "Note minuscule.")]])
        half.write_bytes(half.read_bytes().replace(b"/Pages 2 0 R", b"/Pages 9 9 R", 1))
        out = vigie("corpus", "check", "half.pdf").out
        assert "fichier réparé" in out
        assert "pages où du texte invisible a été écarté : 2" in out

    def test_a_refusal_has_the_same_fields(self, vigie, tmp_path):
        write_pdf(tmp_path / "blank.pdf", [""])
        line = vigie("corpus", "check", "blank.pdf", "--json").line
        assert_shape(line, CHECK | {"error": dict})
        assert "--ocr" in line["error"]["remedy"]

    def test_check_with_recognition_has_a_verdict_for_each_file(self, vigie, indexed, tmp_path, recognising):
        recognising("Alerter", "membres.")
        (tmp_path / "fake.pdf").write_bytes(b"not a PDF")
        outcome = vigie(
            "corpus", "check", "scan.pdf", "fake.pdf", "absent.pdf", indexed / "corpus" / "recueil.pdf", "--ocr",
            "--json",
        )  # fmt: skip
        assert outcome.code == 0
        scan, fake, absent, guide = outcome.lines
        assert (scan["ok"], scan["ocr_pages"], scan["page_details"][0]["ocr"]) == (True, {"1": 0.93}, 0.93)
        assert (fake["error"]["code"], absent["error"]["code"]) == ("not_a_pdf", "not_a_pdf")
        assert (guide["ok"], guide["ocr_pages"]) == (True, {})
        assert not list(tmp_path.glob("**/copie.pdf"))

    def test_check_and_add_name_the_pages_recognised(self, vigie, recognising, tmp_path):
        recognising("Alerter", "membres.")
        assert "page 1 reconnue (OCR), confiance 93 %" in vigie("corpus", "check", "scan.pdf", "--ocr").out
        added = vigie("corpus", "add", "scan.pdf", "--ocr")
        assert added.code == 0
        assert "page 1 reconnue (OCR), confiance 93 %" in added.err

    @pytest.mark.parametrize("command", ["check", "add"])
    def test_recognition_without_tesseract_says_how_to_install_it(self, vigie, recognising, monkeypatch, command):
        monkeypatch.setenv("PATH", "")
        outcome = vigie("corpus", command, "scan.pdf", "--ocr")
        assert (outcome.code, outcome.out) == (1, "")
        assert "apt-get install tesseract-ocr" in outcome.err

    def test_a_password_is_taken_from_the_environment(self, vigie, locked, monkeypatch):
        monkeypatch.setenv("VIGIE_PDF_PASSWORD", "sésame")
        monkeypatch.setattr("typer.prompt", lambda *_, **__: pytest.fail("it was asked"))
        assert vigie("corpus", "add", locked, "--password").code == 0

    def test_else_it_is_asked_without_being_shown(self, vigie, locked, monkeypatch):
        asked = []
        monkeypatch.setattr("typer.prompt", lambda *_, **options: asked.append(options) or "sésame")
        assert vigie("corpus", "add", locked, "--password").code == 0
        assert asked == [{"hide_input": True, "err": True}]

    def test_a_wrong_password_adds_nothing(self, vigie, locked, monkeypatch, tmp_path):
        monkeypatch.setenv("VIGIE_PDF_PASSWORD", "faux")
        outcome = vigie("corpus", "add", locked, "--password")
        assert outcome.code == 1
        assert "mot de passe" in outcome.err
        assert "faux" not in outcome.err
        assert not (tmp_path / "home" / "catalogue.toml").exists()

    def test_add_takes_an_address(self, vigie, publisher, indexed, tmp_path):
        content = (indexed / "corpus" / "recueil.pdf").read_bytes()
        outcome = vigie("corpus", "add", publisher.serves("/Mon%20guide.pdf", paper(content)), "--title", "Le guide")
        assert outcome.code == 0
        assert "« Le guide » (mon-guide)" in outcome.err
        assert (tmp_path / "home" / "publications" / "mon-guide.pdf").read_bytes() == content

    def test_an_address_of_this_machine_is_refused_unless_the_setting_allows_it(self, vigie, publisher, monkeypatch):
        monkeypatch.delenv("VIGIE_CORPUS__ALLOW_PRIVATE_ADDRESSES")
        outcome = vigie("corpus", "add", publisher.url("/guide.pdf"))
        assert (outcome.code, outcome.out) == (1, "")
        assert "corpus.allow_private_addresses" in outcome.err

    def test_fetch_says_what_became_of_each_and_ends_with_1_where_one_failed(self, vigie, fetchable):
        outcome = vigie("corpus", "fetch")
        assert outcome.code == 1
        assert "recueil-d2ie-2015" in outcome.err
        assert "L’adresse est celle d’une page web" in outcome.err
        assert "vigie corpus add RECUEIL.pdf --id recueil-d2ie-2015 »" in outcome.err
        assert "note : téléchargée." in outcome.err
        assert "vigie index build" in outcome.err

    def test_fetch_json_is_a_line_an_entry(self, vigie, fetchable):
        outcome = vigie("corpus", "fetch", "--json")
        assert outcome.code == 1
        official, note = outcome.lines
        assert_shape(official, FETCH | {"error": dict})
        assert (official["id"], official["outcome"], official["sha256"]) == ("recueil-d2ie-2015", "failed", "")
        assert set(official["error"]) == {"message", "remedy"}
        assert_shape(note, FETCH)
        assert note == {
            "id": "note", "outcome": "fetched", "error": None, "bytes": len(fetchable),
            "sha256": hashlib.sha256(fetchable).hexdigest(),
        }  # fmt: skip

    def test_fetch_of_one_that_did_not_change_ends_with_0(self, vigie, fetchable):
        assert vigie("corpus", "fetch", "note").code == 0
        outcome = vigie("corpus", "fetch", "note")
        assert (outcome.code, outcome.out) == (0, "")
        assert "note : inchangée." in outcome.err
        assert "vigie index build" not in outcome.err

    def test_fetch_of_an_unknown_id_fails_before_any_other(self, vigie, fetchable):
        outcome = vigie("corpus", "fetch", "note", "inconnu")
        assert (outcome.code, outcome.out) == (1, "")
        assert "« inconnu »" in outcome.err
        assert not Path("home/publications").exists()

    def test_no_progress_is_drawn_off_a_terminal(self, vigie, indexed):
        assert vigie("corpus", "check", indexed / "corpus" / "recueil.pdf").err == ""

    def test_list_shows_what_a_folder_serves(self, vigie, indexed):
        (line,) = vigie("corpus", "list", "--json", "--corpus", indexed / "corpus").lines
        assert (line["state"], line["id"]) == ("served", "recueil")

    def test_an_added_publication_is_served_and_a_removed_one_withdrawn(self, vigie, indexed):
        assert (
            vigie("corpus", "add", indexed / "corpus" / "recueil.pdf", "--id", "mien", "--title", "Le mien").code == 0
        )
        assert vigie("corpus", "show", "mien", "--json").line["title"] == "Le mien"
        assert vigie("corpus", "remove", "mien").code == 0
        states = {line["id"]: line["state"] for line in vigie("corpus", "list", "--json").lines}
        assert states["mien"] == "withdrawn"

    def test_an_unreadable_file_is_not_added(self, vigie, tmp_path):
        Path("fake.pdf").write_bytes(b"not a PDF")
        outcome = vigie("corpus", "add", "fake.pdf")
        assert outcome.code == 1
        assert "n’est pas un PDF" in outcome.err
        assert not (tmp_path / "home" / "catalogue.toml").exists()

    def test_show_of_an_unknown_publication_fails(self, vigie):
        outcome = vigie("corpus", "show", "inconnue")
        assert outcome.code == 1
        assert "« inconnue »" in outcome.err


@pytest.mark.parametrize(
    ("flags", "written"), [((), "api"), (("--generator", "extractive"), "extractive")], ids=["environment", "flag"]
)
def test_the_served_page_writes_with_what_the_flag_then_the_environment_say(vigie, monkeypatch, flags, written):
    served: list[dict[str, str]] = []
    monkeypatch.setattr("os.execve", lambda program, arguments, environment: served.append(environment))
    monkeypatch.setattr("ui.cli.serve._refuse_busy", lambda *_: None)
    monkeypatch.setenv("VIGIE_ASSISTANT__GENERATOR", "api")
    monkeypatch.setenv("VIGIE_ASSISTANT__API_URL", "https://llm.pole.example/v1")
    monkeypatch.setenv("VIGIE_ASSISTANT__API_MODEL", "m")
    assert vigie("serve", *flags).code == 0
    assert [environment["VIGIE_ASSISTANT__GENERATOR"] for environment in served] == [written]


def test_models_are_listed_with_their_licence_and_state(vigie, monkeypatch, tmp_path):
    monkeypatch.setenv("VIGIE_MODELS", str(tmp_path))
    lines = vigie("models", "list", "--json").lines
    assert [(line["name"], line["installed"]) for line in lines] == [(name, False) for name in MODELS | GENERATORS]
    assert all(line["licence"] for line in lines)


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", QUESTION, "--batch", "x.jsonl"),
        ("ask", "--batch", "x.jsonl"),
        ("ask", QUESTION, "--generator", "gpt"),
        ("serve", "--generator", "gpt"),
        ("ask", QUESTION, "--top-k", "0"),
        ("ask", QUESTION, "--top-k", "many"),
        ("ask", QUESTION, "extra"),
        ("search",),
        ("search", QUESTION, "-k", "0"),
        ("search", "--batch", "x.jsonl"),
        ("corpus", "check"),
        ("corpus", "add"),
        ("serve", "--port", "0"),
        ("unknown",),
        ("index", "unknown"),
        ("ask", QUESTION, "--unknown"),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_nothing_on_standard_output(vigie, arguments):
    outcome = vigie(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err


def test_a_wrong_setting_is_told_whatever_the_command(vigie, monkeypatch):
    monkeypatch.setenv("VIGIE_HOEM", "x")
    outcome = vigie("ask", QUESTION, "--json")
    assert (outcome.code, outcome.out) == (1, "")
    assert "VIGIE_HOEM" in outcome.err
