"""The life of index versions from the command line: stage, compare, judge, publish, go back, check again."""

import json
from pathlib import Path

import pytest

from index import DiskRefused, read_log, version_names
from tests.assistant.making import Bilingual, assert_contract, assert_shape
from tests.index.making import PATENTS, TRAVEL, VISITORS, build, chapter, flip, guide_pdf, note_pdf
from tests.support import write_pdf
from ui.cli.index import _STATES
from ui.cli.recheck import _STANDINGS

QUESTION = "Comment mener une veille sur les brevets ?"
ON_TRAVEL = "Que contient un ordinateur de prêt en déplacement ?"
REWORDED = "Une synthèse trimestrielle présente les brevets utiles aux adhérents."
FAIRS = ("Sur un salon, chaque exposant note les questions de ses visiteurs.",)
VERSION = {
    "name": str, "state": str, "published": bool, "created": str, "author": str, "publications": int, "passages": int,
    "bytes": int, "scores": type(None), "passed": type(None), "reason": str,
}  # fmt: skip
CHANGE = {"what": str, "kind": str, "work": str, "before": dict, "after": dict, "removed": list, "added": list,
          "reworded": list}  # fmt: skip
PLACE = {"passage_id": str, "publication": str, "page": int, "page_label": str, "section": list, "text": str}
PROGRESS = {"event", "step", "publication", "done", "total", "rate", "rate_unit", "elapsed", "seconds_left"}
RECHECK = {"id": str, "question": str, "own_version": str, "version": str, "reproduced": bool, "citations": list}
CHECKED = {"n": int, "standing": str, "quote": str, "now": dict, "before": dict}


@pytest.fixture(scope="module")
def indexed(tmp_path_factory) -> Path:
    """`corpus` and its published version; `revised` (a sentence reworded, a chapter out, one in), staged."""
    folder = tmp_path_factory.mktemp("life")
    guide_pdf(folder / "corpus" / "recueil.pdf")
    build(folder / "corpus", folder / "index", Bilingual())
    (folder / "revised").mkdir()
    chapters = (
        ("Accueil des visiteurs", VISITORS), ("Veille sur les brevets", (PATENTS[0], REWORDED)), ("Salons", FAIRS)
    )  # fmt: skip
    write_pdf(folder / "revised" / "recueil.pdf", [chapter(title, sentences) for title, sentences in chapters])
    build(folder / "revised", folder / "index", Bilingual(), stage=True)
    return folder


@pytest.fixture(autouse=True)
def installed_model(monkeypatch) -> None:
    """The one that made the versions."""
    monkeypatch.setattr("index.embedder.installed_stamp", lambda name, home: Bilingual().stamp)


@pytest.fixture
def root(vigie, tmp_path) -> Path:
    return tmp_path / "home" / "index"


@pytest.fixture
def first(root) -> str:
    """The version that is served."""
    return version_names(root)[0]


@pytest.fixture
def second(root) -> str:
    """The version that is staged."""
    return version_names(root)[1]


@pytest.fixture
def exam(vigie) -> Path:
    """Two questions on the guide, whose answers stand on pages 2 and 3 of the first version, and one uncovered."""
    records = [
        {"id": "patents", "question": QUESTION, "gold": [{"publication": "recueil", "page": 2, "quote": "…"}]},
        {"id": "travel", "question": ON_TRAVEL, "gold": [{"publication": "recueil", "page": 3, "quote": "…"}]},
        {"id": "pie", "question": "Quelle est la recette de la tarte ?", "answerable": False},
    ]
    return written("exam.jsonl", *records)


@pytest.fixture
def hard_exam(vigie) -> Path:
    """One question, whose answer the second version has no more."""
    gold = [{"publication": "recueil", "page": 3, "quote": "…"}]
    return written("hard.jsonl", {"id": "travel", "question": ON_TRAVEL, "gold": gold})


@pytest.fixture
def long_exam(vigie) -> Path:
    """Ten questions; the second version has no more the answer to four of them."""
    about = [("patents", QUESTION, 2, 6), ("travel", ON_TRAVEL, 3, 4)]
    return written("long.jsonl", *(
        {"id": f"{name}-{n}", "question": question, "gold": [{"publication": "recueil", "page": page, "quote": "…"}]}
        for name, question, page, times in about for n in range(times)
    ))  # fmt: skip


@pytest.fixture
def answer(vigie) -> Path:
    """An answer of the first version, saved; its first citation stays in the second, its second is reworded there."""
    Path("answer.json").write_text(vigie("ask", QUESTION, "--json").out, "utf-8")
    return Path("answer.json")


def written(name, *records) -> Path:
    Path(name).write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")
    return Path(name)


def served(root) -> str:
    return (root / "CURRENT").read_text()


def states(vigie) -> list[str]:
    return [line["state"] for line in vigie("index", "list", "--json").lines]


def damage(root, name) -> None:
    flip(root / "versions" / name / "sentences.npy", 300)


def refuses(*_, **__):
    raise DiskRefused("log.jsonl n’a pas pu être écrit : Read-only file system.", "Montez ce disque en écriture.")


class TestBuild:
    def test_a_staged_version_is_served_to_nobody(self, vigie, indexed, root, first):
        outcome = vigie("index", "build", "--stage", "--corpus", indexed / "revised")
        assert (outcome.code, outcome.out) == (0, "")
        assert served(root) == first

    def test_what_to_do_with_a_staged_version_is_said(self, vigie, indexed, root):
        err = vigie("index", "build", "--stage", "--corpus", indexed / "revised").err
        name = version_names(root)[-1]
        assert f"Version en attente : {name}" in err
        assert f"« vigie index diff {name} »" in err
        assert f"« vigie index publish {name} »" in err

    def test_a_version_staged_before_any_was_published_is_listed(self, vigie, indexed):
        vigie("index", "build", "--stage", "--corpus", indexed / "corpus", "--index", "fresh")
        outcome = vigie("index", "list", "--json", "--index", "fresh")
        assert (outcome.code, outcome.line["state"]) == (0, "staged")

    def test_it_can_then_be_published(self, vigie, indexed):
        vigie("index", "build", "--stage", "--corpus", indexed / "corpus", "--index", "fresh")
        (name,) = version_names(Path("fresh"))
        assert vigie("index", "publish", name, "--index", "fresh").code == 0
        assert served(Path("fresh")) == name

    def test_a_version_that_fails_its_questions_is_kept_and_not_served(self, vigie, indexed, root, first, hard_exam):
        outcome = vigie("index", "build", "--corpus", indexed / "revised", "--questions", hard_exam)
        assert outcome.code == 1
        assert "bonne page citée 0,0 %, 50,0 % attendus (travel)" in outcome.err
        assert served(root) == first
        assert states(vigie) == ["published", "staged", "refused"]

    def test_that_no_question_is_on_the_corpus_is_said(self, vigie, indexed):
        err = vigie("index", "build", "--corpus", indexed / "revised").err
        assert "Aucune question de référence ne porte sur ce corpus" in err

    def test_where_questions_were_asked_it_is_not(self, vigie, indexed, exam):
        err = vigie("index", "build", "--corpus", indexed / "corpus", "--questions", exam).err
        assert "Aucune question" not in err

    def test_missing_questions_fail_before_anything_is_read(self, vigie, indexed, root):
        outcome = vigie("index", "build", "--corpus", indexed / "corpus", "--questions", "absent.jsonl")
        assert outcome.code == 1
        assert "absent.jsonl" in outcome.err
        assert len(version_names(root)) == 2


class TestProgress:
    def events(self, outcome):
        return [json.loads(line) for line in outcome.err.splitlines() if line.startswith("{")]

    def test_each_line_tells_how_far_a_step_has_come(self, vigie, indexed, exam):
        outcome = vigie(
            "index",
            "build",
            "--corpus",
            indexed / "corpus",
            "--progress",
            "json",
            "--questions",
            exam,
            "--index",
            "new",
        )
        assert (outcome.code, outcome.out) == (0, "")
        *told, _ = self.events(outcome)
        assert {event["step"] for event in told} >= {"read", "terms", "embed", "sentences", "questions"}
        for event in told:
            assert set(event) == PROGRESS | ({"pages", "passages"} if event["step"] == "read" else set())
            assert 0 <= event["done"] <= event["total"]

    def test_each_step_ends_with_all_done(self, vigie, indexed):
        outcome = vigie("index", "build", "--corpus", indexed / "corpus", "--progress", "json", "--index", "new")
        last = {event["step"]: event for event in self.events(outcome)[:-1]}
        assert all(event["done"] == event["total"] for event in last.values())
        assert (last["read"]["pages"], last["read"]["passages"]) == (3, 3)

    @pytest.mark.parametrize(("flags", "published"), [((), True), (("--stage",), False)], ids=["published", "staged"])
    def test_the_last_event_names_the_version(self, vigie, indexed, root, flags, published):
        outcome = vigie("index", "build", "--corpus", indexed / "corpus", "--progress", "json", *flags)
        name = version_names(root)[-1]
        assert self.events(outcome)[-1] == {"event": "done", "version": name, "published": published, "passages": 3}

    def test_a_build_that_is_not_needed_is_done_too(self, vigie, indexed, root, first):
        outcome = vigie("index", "build", "--if-needed", "--corpus", indexed / "corpus", "--progress", "json")
        assert outcome.code == 0
        assert self.events(outcome) == [{"event": "done", "version": first, "published": True, "passages": 3}]

    def test_a_build_that_fails_is_never_done(self, vigie, indexed, hard_exam):
        outcome = vigie(
            "index", "build", "--corpus", indexed / "revised", "--progress", "json", "--questions", hard_exam
        )
        assert outcome.code == 1
        assert "done" not in {event["event"] for event in self.events(outcome)}


class TestDiff:
    def test_alone_a_version_is_compared_with_the_published_one(self, vigie, second):
        outcome = vigie("index", "diff", second, "--no-questions")
        assert outcome.code == 0
        assert "recueil : 1 ajouté, 1 retiré, 1 modifié, 1 inchangé" in outcome.out
        assert "Une synthèse [-mensuelle-] {+trimestrielle+} présente les brevets utiles aux adhérents." in outcome.out
        assert f"- {TRAVEL[0]}" in outcome.out
        assert f"+ {FAIRS[0]}" in outcome.out

    def test_of_two_the_first_is_the_earlier(self, vigie, first, second):
        out = vigie("index", "diff", second, first, "--no-questions").out
        assert "[-trimestrielle-] {+mensuelle+}" in out

    def test_of_a_version_and_itself_nothing_changes(self, vigie, first):
        assert "recueil : rien ne change, 3 inchangés" in vigie("index", "diff", first, "--no-questions").out

    def test_json_is_a_line_a_change(self, vigie, second):
        lines = vigie("index", "diff", second, "--no-questions", "--json").lines
        assert {line["what"] for line in lines} == {"passage"}
        changed, added, removed = (next(x for x in lines if x["kind"] == k) for k in ("changed", "added", "removed"))
        assert_shape(changed, CHANGE)
        assert_shape(changed["before"], PLACE)
        assert changed["reworded"] == [{"before": PATENTS[1], "after": REWORDED}]
        assert (added["before"], added["added"]) == (None, list(FAIRS))
        assert (removed["after"], removed["removed"]) == (None, list(TRAVEL))

    def test_questions_answered_otherwise_are_told(self, vigie, second, exam):
        outcome = vigie("index", "diff", second, "--questions", exam)
        assert "Questions de référence : 2 auraient une autre réponse" in outcome.out
        assert f"{ON_TRAVEL} : ne répondra plus (recueil, p. 3 → silence)" in outcome.out
        assert "3 questions de référence posées aux deux versions." in outcome.err

    def test_a_place_that_stays_is_told_once(self, vigie, second, exam):
        """The passage on patents has another id, on the same page."""
        out = vigie("index", "diff", second, "--questions", exam).out
        assert f"{QUESTION} : citera d’abord un autre passage (recueil, p. 2)\n" in out

    def test_one_question_is_said_in_the_singular(self, vigie, second, hard_exam):
        out = vigie("index", "diff", second, "--questions", hard_exam).out
        assert "Questions de référence : 1 aurait une autre réponse" in out

    def test_json_has_a_line_for_each_such_question(self, vigie, first, second, exam):
        lines = vigie("index", "diff", first, second, "--questions", exam, "--json").lines
        (travel,) = [line for line in lines if line["what"] == "question" and line["id"] == "travel"]
        assert set(travel) == {"what", "effect", "id", "question", "before", "after"}
        assert (travel["effect"], travel["question"]) == ("abstention gained", ON_TRAVEL)
        assert (travel["before"]["first"], travel["after"]["passages"]) == ("recueil, p. 3", [])

    def test_markup_in_a_passage_is_not_interpreted(self, vigie, root):
        note_pdf(Path("poison/recueil.pdf"), "Les brevets [red]rouges[/red] :warning: restent des brevets.")
        vigie("index", "build", "--stage", "--corpus", "poison")
        out = vigie("index", "diff", version_names(root)[-1], "--no-questions").out
        assert "[red]rouges[/red] :warning:" in out


class TestPublish:
    def test_the_version_is_served_from_now_on(self, vigie, root, second):
        outcome = vigie("index", "publish", second)
        assert (outcome.code, outcome.out) == (0, "")
        assert f"Index publié : {second}." in outcome.err
        assert served(root) == second
        assert vigie("ask", QUESTION, "--json").line["passport"]["index_version"] == second

    def test_that_it_was_not_judged_is_said(self, vigie, second):
        err = vigie("index", "publish", second).err
        assert "Aucune question de référence ne porte sur ce corpus" in err

    def test_one_that_fails_is_refused_with_the_reasons_and_how_to_force_it(
        self, vigie, root, first, second, hard_exam
    ):
        outcome = vigie("index", "publish", second, "--questions", hard_exam)
        assert (outcome.code, outcome.out) == (1, "")
        assert "bonne page citée 0,0 %, 50,0 % attendus (travel)" in outcome.err
        assert f"vigie index publish {second} --force RAISON" in outcome.err
        assert served(root) == first

    def test_what_the_published_version_answered_better_is_a_reason(self, vigie, first, second, long_exam):
        """The same questions: 10 of 10 pages, then 6 of 10."""
        assert vigie("index", "publish", first, "--questions", long_exam).code == 0
        outcome = vigie("index", "publish", second, "--questions", long_exam)
        assert outcome.code == 1
        assert "bonne page citée 60,0 %, 100,0 % pour la version publiée (travel-0, travel-1" in outcome.err

    def test_a_version_of_the_same_files_is_one_to_be_compared_with(
        self, vigie, indexed, root, first, second, long_exam
    ):
        """Its judgement is the published one's, whose answers the next version is compared with."""
        assert vigie("index", "publish", first, "--questions", long_exam).code == 0
        assert vigie("index", "build", "--corpus", indexed / "corpus", "--questions", long_exam).code == 0
        outcome = vigie("index", "publish", second, "--questions", long_exam)
        assert served(root) not in (first, second)
        assert "100,0 % pour la version publiée" in outcome.err

    def test_what_was_answered_stays_in_the_home(self, vigie, second, exam):
        vigie("index", "publish", second, "--questions", exam)
        assert Path(f"home/runs/judged/{second}/results.jsonl").is_file()

    def test_forced_it_is_served_and_the_reasons_are_said(self, vigie, root, second, hard_exam):
        outcome = vigie("index", "publish", second, "--questions", hard_exam, "--force", "édition en ligne demain")
        assert outcome.code == 0
        assert "Malgré l’évaluation : " in outcome.err
        assert "bonne page citée 0,0 %" in outcome.err
        assert served(root) == second

    def test_why_it_was_forced_is_recorded(self, vigie, root, second, hard_exam):
        vigie("index", "publish", second, "--questions", hard_exam, "--force", "édition en ligne demain")
        (forced,) = [event for event in read_log(root) if event.event == "forced"]
        assert (forced.version, forced.details["reason"]) == (second, "édition en ligne demain")
        assert "édition en ligne demain" in vigie("index", "list").out

    def test_a_damaged_version_is_not_served_even_by_force(self, vigie, root, first, second):
        damage(root, second)
        outcome = vigie("index", "publish", second, "--force", "tant pis")
        assert outcome.code == 1
        assert "sentences.npy a été modifié ou endommagé" in outcome.err
        assert served(root) == first

    def test_a_version_of_another_model_than_the_settings_is_refused_even_by_force(
        self, vigie, root, first, second, monkeypatch
    ):
        monkeypatch.setenv("VIGIE_INDEX__MODEL", "multilingual-e5-small")
        assert vigie("index", "publish", second, "--force", "tant pis").code == 1
        assert served(root) == first


class TestRollback:
    def test_the_version_served_before_is_served_again(self, vigie, root, first, second):
        vigie("index", "publish", second)
        outcome = vigie("index", "rollback")
        assert (outcome.code, outcome.out) == (0, "")
        assert f"La version {first} est servie de nouveau ; {second} est gardée." in outcome.err
        assert served(root) == first
        assert states(vigie) == ["published", "earlier"]

    def test_where_none_was_served_before_it_says_so(self, vigie, root, first):
        outcome = vigie("index", "rollback")
        assert outcome.code == 1
        assert "Aucune version n’a été servie avant celle-ci." in outcome.err
        assert served(root) == first

    def test_to_names_any_version_that_was_served(self, vigie, root, first, second):
        vigie("index", "publish", second)
        vigie("index", "publish", first)
        outcome = vigie("index", "rollback", "--to", second)
        assert outcome.code == 0
        assert f"La version {second} est servie de nouveau ; {first} est gardée." in outcome.err
        assert served(root) == second

    def test_to_itself_nothing_else_is_said_to_be_kept(self, vigie, first):
        assert f"La version {first} est servie de nouveau.\n" in vigie("index", "rollback", "--to", first).err

    def test_one_that_nobody_judged_is_to_be_published(self, vigie, root, first, second):
        outcome = vigie("index", "rollback", "--to", second)
        assert outcome.code == 1
        assert f"« vigie index publish {second} »" in outcome.err
        assert served(root) == first

    def test_an_unknown_version_changes_nothing(self, vigie, root, first):
        assert vigie("index", "rollback", "--to", "inconnue").code == 1
        assert served(root) == first

    def test_to_a_version_of_another_model_than_the_settings_it_says_which_setting_to_put_back(
        self, vigie, root, second, monkeypatch
    ):
        vigie("index", "publish", second)
        monkeypatch.setenv("VIGIE_INDEX__MODEL", "multilingual-e5-small")
        outcome = vigie("index", "rollback")
        assert outcome.code == 1
        assert "Cette version a été construite avec « embeddinggemma-300m »" in outcome.err
        assert "Remettez VIGIE_INDEX__MODEL=embeddinggemma-300m" in outcome.err
        assert served(root) == second

    def test_a_pointer_to_a_version_that_is_gone_can_be_mended(self, vigie, root, first):
        """Somebody deleted the folder of the version that is served."""
        (root / "CURRENT").write_text("20260101T000000000000Z")
        assert vigie("index", "rollback").code == 0
        assert served(root) == first


class TestPrune:
    def test_old_versions_are_deleted_and_named(self, vigie, root, first, second):
        vigie("index", "publish", second)
        outcome = vigie("index", "prune", "--keep", "1")
        assert (outcome.code, outcome.out) == (0, "")
        assert f"Supprimées : {first}." in outcome.err
        assert version_names(root) == [second]

    def test_the_published_version_stays_however_old(self, vigie, root, first, second):
        assert "Rien à supprimer." in vigie("index", "prune", "--keep", "1").err
        assert version_names(root) == [first, second]

    def test_none_is_kept_is_wrong_usage(self, vigie):
        assert vigie("index", "prune", "--keep", "0").code == 2

    def test_versions_set_aside_are_deleted_where_asked(self, vigie, root, first, second):
        damage(root, second)
        vigie("index", "verify", second)
        vigie("index", "prune")
        assert version_names(root) == [first, second]
        vigie("index", "prune", "--quarantine")
        assert version_names(root) == [first]


class TestList:
    def test_json_is_a_line_a_version_with_its_state(self, vigie, first, second):
        older, newer = vigie("index", "list", "--json").lines
        assert_shape(older, VERSION)
        assert (older["name"], older["state"], older["published"]) == (first, "published", True)
        assert (newer["name"], newer["state"], newer["published"]) == (second, "staged", False)
        assert older["bytes"] > 0

    def test_scores_are_those_of_the_latest_judgement(self, vigie, first, exam):
        vigie("index", "publish", first, "--questions", exam)
        older = vigie("index", "list", "--json").lines[0]
        assert (older["passed"], older["scores"]["cites_gold_page"]) == (True, 1)
        assert "bonne page citée 100 %" in vigie("index", "list").out

    def test_an_arrow_points_at_the_published_version(self, vigie, first, second):
        older, newer = vigie("index", "list").out.splitlines()
        assert older.startswith(f"→ {first} · servie · ")
        assert "· 1 publication, 3 passages ·" in older
        assert newer.startswith(f"  {second} · en attente · ")

    def test_a_refused_version_is_listed_with_the_reason(self, vigie, second, hard_exam):
        vigie("index", "publish", second, "--questions", hard_exam)
        out = vigie("index", "list").out
        assert f"  {second} · refusée · " in out
        assert "citations exactes : aucune mesure" in out

    def test_an_unreadable_version_is_listed(self, vigie, root, second):
        (root / "versions" / second / "manifest.json").write_text("{")
        line = vigie("index", "list", "--json").lines[1]
        assert (line["state"], line["created"], line["passages"]) == ("unreadable", None, None)
        assert f"  {second} · illisible" in vigie("index", "list").out

    def test_versions_are_listed_whatever_the_pointer_says(self, vigie, root, first):
        (root / "CURRENT").write_text("20260101T000000000000Z")
        outcome = vigie("index", "list", "--json")
        assert outcome.code == 0
        assert outcome.lines[0]["name"] == first

    def test_a_version_set_aside_that_is_still_served_is_shown_as_such(self, vigie, root, first):
        """Nothing was served before it."""
        damage(root, first)
        vigie("index", "verify")
        line = vigie("index", "list", "--json").lines[0]
        assert (line["state"], line["published"]) == ("quarantined", True)
        assert f"→ {first} · à l’écart" in vigie("index", "list").out

    def test_each_state_has_words(self):
        assert set(_STATES) == {"published", "earlier", "staged", "refused", "quarantined", "unreadable"}


class TestVerify:
    @pytest.fixture
    def damaged(self, vigie, root, second) -> str:
        """The second version, published and then damaged."""
        vigie("index", "publish", second)
        damage(root, second)
        return second

    def test_a_damaged_version_is_set_aside_and_the_earlier_one_served(self, vigie, root, first, damaged):
        outcome = vigie("index", "verify")
        assert outcome.code == 1
        assert f"La version {damaged} est mise à l’écart ; la version servie est {first}." in outcome.err
        assert "sentences.npy a été modifié ou endommagé" in outcome.err
        assert served(root) == first

    def test_the_next_answer_comes_from_the_earlier_one(self, vigie, first, damaged):
        vigie("index", "verify")
        outcome = vigie("ask", QUESTION, "--json")
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.line["passport"]["index_version"] == first

    def test_so_it_does_where_nobody_verified_and_the_reason_is_said(self, vigie, first, damaged):
        outcome = vigie("ask", QUESTION, "--json")
        assert outcome.line["passport"]["index_version"] == first
        assert "la version publiée ne peut pas être servie" in outcome.err
        assert "sentences.npy a été modifié ou endommagé" in outcome.err
        assert f"Vigie répond sur la version {first}." in outcome.err

    def test_one_set_aside_is_not_published_again(self, vigie, root, first, damaged):
        vigie("index", "verify")
        damage(root, damaged)  # the same bit again: the file is what it was
        outcome = vigie("index", "publish", damaged)
        assert outcome.code == 1
        assert f"« vigie index verify {damaged} »" in outcome.err
        assert served(root) == first

    def test_one_found_intact_again_may_be_published(self, vigie, root, damaged):
        vigie("index", "verify")
        damage(root, damaged)
        outcome = vigie("index", "verify", damaged)
        assert outcome.code == 0
        assert "Elle n’est plus à l’écart." in outcome.err
        assert vigie("index", "publish", damaged).code == 0
        assert served(root) == damaged

    def test_of_a_sound_version_nothing_is_said_of_being_aside(self, vigie):
        assert "écart" not in vigie("index", "verify").err

    def test_where_nothing_can_be_written_the_damage_is_what_is_told(self, vigie, monkeypatch, damaged):
        monkeypatch.setattr("ui.cli.index.set_aside", refuses)
        outcome = vigie("index", "verify")
        assert outcome.code == 1
        assert "sentences.npy a été modifié ou endommagé" in outcome.err

    def test_where_nothing_can_be_written_a_sound_version_is_sound(self, vigie, monkeypatch):
        monkeypatch.setattr("ui.cli.index.release", refuses)
        assert vigie("index", "verify").code == 0


class TestUpgrade:
    def test_a_version_is_made_again_from_its_own_passages_and_staged(self, vigie, root, first):
        outcome = vigie("index", "upgrade")
        name = version_names(root)[-1]
        assert outcome.code == 0
        assert f"Version en attente : {name}, 3 passages." in outcome.err
        assert f"« vigie index publish {name} »" in outcome.err
        assert served(root) == first

    def test_an_unknown_version_comes_with_those_kept(self, vigie, first, second):
        outcome = vigie("index", "upgrade", "inconnue")
        assert outcome.code == 1
        assert f"Versions gardées : {first}, {second}." in outcome.err


class TestEarlierVersion:
    def test_it_answers_by_its_name(self, vigie, first, second):
        vigie("index", "publish", second)
        line = vigie("ask", QUESTION, "--json", "--index-version", first).line
        assert_contract(line)
        assert line["passport"]["index_version"] == first
        assert PATENTS[1] in line["answer"]

    def test_it_is_searched_by_its_name(self, vigie, second):
        assert REWORDED in vigie("search", QUESTION, "--json", "--index-version", second).line["results"][0]["text"]

    @pytest.mark.parametrize(
        "command",
        [
            ("ask", QUESTION, "--index-version", "inconnue"),
            ("search", QUESTION, "--index-version", "inconnue"),
            ("index", "publish", "inconnue"),
            ("index", "diff", "inconnue"),
            ("index", "verify", "inconnue"),
            ("index", "rollback", "--to", "inconnue"),
        ],
        ids=lambda command: " ".join(command[:2]),
    )
    def test_an_unknown_name_comes_with_those_kept(self, vigie, first, second, command):
        outcome = vigie(*command)
        assert (outcome.code, outcome.out) == (1, "")
        assert "« inconnue »" in outcome.err
        assert f"Versions gardées : {first}, {second}." in outcome.err

    def test_a_path_is_no_name(self, vigie):
        outcome = vigie("ask", QUESTION, "--index-version", "../versions")
        assert outcome.code == 1
        assert "« ../versions »" in outcome.err


class TestRecheck:
    def test_on_the_version_that_gave_it_every_citation_stands(self, vigie, answer):
        outcome = vigie("recheck", answer)
        assert outcome.code == 0
        assert "✓ [1] tient toujours : recueil, p. 2" in outcome.out
        assert "Sa version donne de nouveau les mêmes citations." in outcome.out

    def test_on_a_later_one_each_citation_has_its_standing(self, vigie, second, answer):
        """Both sentences of the passage are one quote, and the second sentence was reworded."""
        vigie("index", "publish", second)
        out = vigie("recheck", answer).out
        assert "~ [1] a été modifiée : recueil, p. 2" in out
        assert f"- « {PATENTS[0]}" in out
        assert REWORDED in out

    def test_the_words_of_a_quote_that_is_gone_are_shown(self, vigie, second):
        Path("travel.json").write_text(vigie("ask", ON_TRAVEL, "--json").out, "utf-8")
        vigie("index", "publish", second)
        out = vigie("recheck", "travel.json").out
        assert "✗ [1] n’est plus dans le recueil : recueil, p. 3" in out
        assert f"- « {TRAVEL[0]}" in out

    def test_json_is_one_line_of_the_contract(self, vigie, first, second, answer):
        vigie("index", "publish", second)
        line = vigie("recheck", answer, "--json").line
        assert_shape(line, RECHECK)
        assert (line["own_version"], line["version"], line["reproduced"]) == (first, second, True)
        assert_shape(line["citations"][0], CHECKED)
        assert_shape(line["citations"][0]["now"], PLACE)

    def test_an_answer_whose_own_version_is_gone_is_checked_and_not_made_again(self, vigie, first, second, answer):
        vigie("index", "publish", second)
        vigie("index", "prune", "--keep", "1")
        outcome = vigie("recheck", answer, "--json")
        assert (outcome.code, outcome.line["reproduced"]) == (0, None)
        assert outcome.line["citations"][0]["standing"] == "changed"
        assert f"« {first} »" in outcome.err

    def test_an_answer_that_its_version_does_not_give_any_more_is_told(self, vigie, answer):
        data = json.loads(answer.read_text("utf-8"))
        written("forged.json", data | {"citations": data["citations"][:1] * 2})
        assert "Sa version ne donne plus la même réponse" in vigie("recheck", "forged.json").out

    def test_a_follow_up_is_made_again_as_it_was_written_out(self, vigie):
        """What it asks for is told by its own words: the price, by the question before alone."""
        priced = "Quel est le prix d’une veille sur les brevets ?"
        history = [{"role": "user", "content": priced}, {"role": "assistant", "content": f"« {PATENTS[0]} » [1]"}]
        line = {"id": "a", "question": "et pour une PME ?", "history": history}
        Path("answer.jsonl").write_text(vigie("ask", "--batch", written("b.jsonl", line), "--json").out, "utf-8")
        answer = json.loads(Path("answer.jsonl").read_text("utf-8"))
        assert (answer["verdict"], "prix" in answer["standalone_question"]) == ("answered", True)
        assert vigie("recheck", "answer.jsonl", "--json").line["reproduced"] is True

    def test_a_file_of_several_answers_has_each_in_order(self, vigie, second):
        lines = [{"id": name, "question": q} for name, q in (("a", QUESTION), ("b", ON_TRAVEL), ("c", "Bonjour"))]
        batch = vigie("ask", "--batch", written("batch.jsonl", *lines), "--json")
        Path("answers.jsonl").write_text(batch.out, "utf-8")
        vigie("index", "publish", second)
        checked = vigie("recheck", "answers.jsonl", "--json").lines
        standings = [(line["id"], {c["standing"] for c in line["citations"]}) for line in checked]
        assert standings == [("a", {"changed"}), ("b", {"gone"}), ("c", set())]

    def test_a_line_that_is_an_error_of_a_batch_is_passed_over_and_named(self, vigie, answer):
        error = '{"id": "b", "error": {"code": "bad_line", "message": "not valid JSON"}}\n'
        Path("answers.jsonl").write_text(answer.read_text("utf-8") + error + answer.read_text("utf-8"), "utf-8")
        outcome = vigie("recheck", "answers.jsonl", "--json")
        assert (outcome.code, len(outcome.lines)) == (0, 2)
        assert "ligne 2" in outcome.err

    def test_a_line_that_is_no_answer_is_named_before_any_is_checked(self, vigie, answer):
        Path("answers.jsonl").write_text(answer.read_text("utf-8") + '{"question": "?"}\n', "utf-8")
        outcome = vigie("recheck", "answers.jsonl")
        assert (outcome.code, outcome.out) == (1, "")
        assert "answers.jsonl, ligne 2 :" in outcome.err

    def test_a_line_separator_inside_a_quote_does_not_cut_an_answer(self, vigie, answer):
        data = json.loads(answer.read_text("utf-8"))
        odd = data | {"question": "Qui\u2028veille\u0085ici ?"}
        assert len(vigie("recheck", written("answers.jsonl", odd, data), "--json").lines) == 2

    def test_an_answer_over_several_lines_is_read(self, vigie, answer):
        Path("pretty.json").write_text(json.dumps(json.loads(answer.read_text("utf-8")), indent=2), "utf-8")
        assert vigie("recheck", "pretty.json").code == 0

    def test_a_byte_order_mark_is_no_matter(self, vigie, answer):
        answer.write_text(answer.read_text("utf-8"), "utf-8-sig")
        assert vigie("recheck", answer).code == 0

    def test_a_missing_file_is_said_to_be_missing(self, vigie):
        outcome = vigie("recheck", "absent.json")
        assert (outcome.code, outcome.out) == (1, "")
        assert "Le fichier absent.json n’existe pas." in outcome.err

    @pytest.mark.parametrize("content", [b"", b"bonjour", b"\xff\xfe\x00", b"[" * 200_000, b"[]", b"{}"])
    def test_a_file_of_anything_else_is_refused_by_its_name(self, vigie, content):
        Path("odd.json").write_bytes(content)
        outcome = vigie("recheck", "odd.json")
        assert (outcome.code, outcome.out) == (1, "")
        assert "odd.json" in outcome.err
        assert "vigie ask --json" in outcome.err

    @pytest.mark.parametrize(
        "passport", [{"top_k": 9999}, {"filters": {"pillars": ["inconnu"]}}], ids=["top_k", "filters"]
    )
    def test_a_passport_that_nobody_can_follow_leaves_the_citations_checked(self, vigie, answer, passport):
        data = json.loads(answer.read_text("utf-8"))
        outcome = vigie("recheck", written("odd.json", data | {"passport": data["passport"] | passport}), "--json")
        assert (outcome.code, outcome.line["reproduced"]) == (0, None)
        assert "ne peut pas être refaite" in outcome.err

    def test_a_greeting_is_given_again_without_a_word_of_citations(self, vigie):
        Path("hello.json").write_text(vigie("ask", "Bonjour", "--json").out, "utf-8")
        assert "Sa version donne de nouveau la même réponse." in vigie("recheck", "hello.json").out

    def test_a_checklist_on_nothing_of_the_guide_is_given_again(self, vigie):
        outcome = vigie("ask", "Donne-moi une liste de contrôle pour la tarte aux pommes", "--json")
        assert outcome.line["verdict"] != "answered"
        Path("list.json").write_text(outcome.out, "utf-8")
        assert vigie("recheck", "list.json", "--json").line["reproduced"] is True

    def test_quotes_that_a_generator_added_are_no_difference(self, vigie, answer):
        """Vigie makes the quotes again, and not what was written from them."""
        data = json.loads(answer.read_text("utf-8"))
        more = {"citations": [*data["citations"], data["citations"][0] | {"n": 9}]}
        local = data | more | {"passport": data["passport"] | {"generator": "local"}}
        assert vigie("recheck", written("local.json", local), "--json").line["reproduced"] is True

    def test_whether_a_generator_would_fall_silent_again_is_unknown(self, vigie, answer):
        data = json.loads(answer.read_text("utf-8"))
        silent = data | {"verdict": "not_in_guide", "citations": [], "statements": []}
        silent |= {"passport": data["passport"] | {"generator": "local"}}
        assert vigie("recheck", written("silent.json", silent), "--json").line["reproduced"] is None

    def test_each_standing_has_words(self):
        assert set(_STANDINGS) == {"stands", "moved", "changed", "gone"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("recheck",),
        ("index", "publish"),
        ("index", "diff"),
        ("index", "prune", "--keep", "many"),
        ("index", "build", "--progress", "xml"),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(vigie, arguments):
    outcome = vigie(*arguments)
    assert (outcome.code, outcome.out) == (2, "")


@pytest.mark.parametrize("command", ["verify", "upgrade", "diff"])
def test_brackets_of_an_optional_argument_are_not_doubled(vigie, command):
    assert "[[" not in vigie("index", command, "--help").out
