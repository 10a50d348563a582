"""The `vigie` command as members and admins run it: the shipped guide, the real model, processes of their own."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter

from corpus import letters
from tests.assistant.making import assert_contract
from tests.conftest import ROOT, Vigie, run_in_turn

FRENCH = "Comment protéger nos informations sensibles dans un projet collaboratif ?"
ENGLISH = "How can we protect our sensitive information in a collaborative project?"
FOREIGN = "Combien pèse un éléphant d’Afrique adulte ?"
CHAPTER = "recueil-2-securite-economique"
REPLACEMENT = ROOT.parent / "shared/pdfs/french/MiNumEco__guide-de-bonnes-pratiques-numerique-responsable-version-1.pdf"
PAGES = (6, 8)  # of the replacement, from 0: the fewest that answer a question, since the model embeds each


@pytest.fixture(scope="module")
def batch(vigie: Vigie, tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """Both acceptance questions, one that the guide does not cover, and a line that is not JSON."""
    path = tmp_path_factory.mktemp("batch") / "questions.jsonl"
    questions = [{"id": "fr", "question": FRENCH}, {"id": "en", "question": ENGLISH}, {"id": "no", "question": FOREIGN}]
    lines = [json.dumps(question, ensure_ascii=False) for question in questions]
    path.write_text("\n".join([*lines[:2], "{broken", lines[2]]), "utf-8")
    return vigie("ask", "--batch", str(path), "--json")


@pytest.fixture(scope="module")
def answers(batch: subprocess.CompletedProcess[str]) -> dict[str | None, dict[str, Any]]:
    """The batch's lines by id."""
    return {line["id"]: line for line in map(json.loads, batch.stdout.splitlines())}


@pytest.fixture(scope="module")
def page_letters(vigie: Vigie) -> Callable[[str, int], str]:
    """A page of a served publication as pdftotext reads it, letters and digits only."""
    publications = json.loads(vigie("index", "status", "--json").stdout)["publications"]
    paths = {publication["id"]: publication["path"] for publication in publications}

    def read(publication: str, page: int) -> str:
        command = ["pdftotext", "-raw", "-enc", "UTF-8", "-f", str(page), "-l", str(page), paths[publication], "-"]
        return letters(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    return read


def stands_on(quote: str, first: str, last: str) -> bool:
    """Whether each line of a quote stands on one of two pages, or runs from the end of one to the next."""
    return all(
        any(line[:cut] in first and line[cut:] in last for cut in range(len(line) + 1))
        for line in map(letters, quote.splitlines())
    )


def test_a_batch_answers_in_order_and_ends_with_1_for_its_bad_line(batch):
    assert batch.returncode == 1, batch.stderr
    assert [json.loads(line)["id"] for line in batch.stdout.splitlines()] == ["fr", "en", None, "no"]


def test_the_bad_line_has_its_error_in_its_place(answers):
    assert set(answers[None]) == {"id", "error"}
    assert answers[None]["error"]["code"] == "bad_line"


@pytest.mark.parametrize("name", ["fr", "en", "no"])
def test_answers_follow_the_contract(answers, name):
    assert_contract(answers[name])


@pytest.mark.parametrize(("name", "language"), [("fr", "fr"), ("en", "en")])
def test_the_question_on_sensitive_information_is_answered_from_the_security_chapter(answers, name, language):
    answer = answers[name]
    assert (answer["verdict"], answer["language"]) == ("answered", language)
    assert sum(citation["publication"] == CHAPTER for citation in answer["citations"]) >= 2


@pytest.mark.parametrize("name", ["fr", "en"])
def test_quotes_stand_on_their_page_for_another_reader(answers, page_letters, name):
    for citation in answers[name]["citations"]:
        pages = [page_letters(citation["publication"], citation[key]) for key in ("page", "page_end")]
        assert stands_on(citation["quote"], *pages), citation["quote"]


def test_a_quote_with_one_word_changed_stands_on_no_page(answers, page_letters):
    citation = answers["fr"]["citations"][0]
    page = page_letters(citation["publication"], citation["page"])
    longest = max(citation["quote"].split(), key=len)
    assert not stands_on(citation["quote"].replace(longest, "anticonstitutionnellement"), page, page)


def test_a_question_in_english_gets_english_words_around_french_quotes(answers):
    assert answers["en"]["answer"].startswith("Here is what the demonstration guide says")
    assert all(
        f"« {citation['quote']} » [{citation['n']}]" in answers["en"]["answer"]
        for citation in answers["en"]["citations"]
    )


def test_both_languages_find_the_same_passages(answers):
    found = {name: {e["passage_id"] for e in answers[name]["evidence"][:5]} for name in ("fr", "en")}
    cited = {name: {c["passage_id"] for c in answers[name]["citations"]} for name in ("fr", "en")}
    assert len(found["fr"] & found["en"]) >= 3
    assert cited["fr"] & cited["en"]


def test_an_uncovered_question_is_declined(answers):
    assert answers["no"]["verdict"] == "not_in_guide"
    assert answers["no"]["answer"].startswith("Le recueil de démonstration ne répond pas à cette question")


def test_one_question_gets_the_same_answer_as_in_a_batch(vigie, answers):
    done = vigie("ask", FRENCH, "--json")
    assert done.returncode == 0, done.stderr
    alone = json.loads(done.stdout)
    assert (alone["answer"], alone["citations"]) == (answers["fr"]["answer"], answers["fr"]["citations"])


def test_search_gives_k_passages_best_first(vigie):
    done = vigie("search", FRENCH, "--json", "-k", "5")
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)["results"]
    assert len(results) == 5
    assert [r["score"] for r in results] == sorted((r["score"] for r in results), reverse=True)
    assert results[0]["publication"] == CHAPTER


def test_check_gives_a_bad_file_its_verdict_and_ends_with_0(vigie, tmp_path):
    (tmp_path / "page.pdf").write_text("<html>404</html>")
    done = vigie("corpus", "check", str(tmp_path / "page.pdf"), "--json")
    assert done.returncode == 0, done.stderr
    verdict = json.loads(done.stdout)
    assert (verdict["ok"], verdict["error"]["code"]) == (False, "not_a_pdf")


def test_the_doctor_finds_the_installation_healthy(vigie):
    done = vigie("doctor", "--json")
    assert done.returncode == 0, done.stdout


def test_an_index_up_to_date_is_not_built_again(vigie):
    done = vigie("index", "build", "--if-needed")
    assert done.returncode == 0, done.stderr
    assert "est à jour" in done.stderr


@pytest.fixture(scope="module")
def replaced(real_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home where two pages of an official guide replaced the demonstration."""
    home = tmp_path_factory.mktemp("replaced")
    shutil.copytree(real_home / "index" / "cache", home / "index" / "cache")
    pdf = home / "guide-numerique-responsable.pdf"
    with PdfWriter() as writer:
        writer.append(PdfReader(REPLACEMENT), pages=PAGES)
        writer.write(pdf)
    run_in_turn(home, ["corpus", "add", str(pdf), "--replaces", "recueil-demonstration"], ["index", "build"])
    return home


@pytest.fixture(scope="module")
def told(replaced: Path) -> list[dict[str, Any]]:
    """The replaced home's status, every passage of it, and an answer, each read from the disk."""
    done = run_in_turn(
        replaced,
        ["index", "status", "--json"],
        ["search", FRENCH, "--json", "-k", "1000"],
        ["ask", "Quels sont les principaux impacts environnementaux du numérique ?", "--json"],
    )
    return [json.loads(command.stdout) for command in done]


@pytest.fixture(scope="module")
def manifest(told: list[dict[str, Any]]) -> dict[str, Any]:
    return told[0]


@pytest.mark.skipif(not REPLACEMENT.is_file(), reason=f"{REPLACEMENT} is not on this machine")
class TestReplacedGuide:
    def test_the_new_guide_is_the_only_publication(self, manifest):
        assert [p["id"] for p in manifest["publications"]] == ["guide-numerique-responsable"]

    def test_the_guide_in_front_is_no_longer_the_demonstration(self, manifest):
        shown = json.dumps(manifest["guide"], ensure_ascii=False)
        assert "Pôles de compétitivité" not in shown
        assert "émonstration" not in shown
        assert (manifest["guide"]["notice"], manifest["guide"]["pillars"]) == ("", [])
        assert manifest["guide"]["demonstration"] is False

    def test_no_passage_of_the_demonstration_can_be_retrieved(self, told, manifest):
        results = told[1]["results"]
        assert len(results) == manifest["passages"]
        assert {result["publication"] for result in results} == {"guide-numerique-responsable"}

    def test_answers_no_longer_speak_of_a_demonstration(self, told):
        answer = told[2]
        assert answer["verdict"] == "answered"
        assert "démonstration" not in answer["answer"]
