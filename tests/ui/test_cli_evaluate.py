"""`vigie evaluate`: run, compare, gate and report, by their outputs and exit codes."""

import json
from pathlib import Path

import pytest

from evaluations import METRICS, SHIPPED, RunFolder
from tests.assistant.making import assert_contract
from tests.evaluations.making import ALL_SOUND, SOUND, scored_run, with_values
from tests.index.making import PATENTS

QUESTION = "Comment mener une veille sur les brevets ?"
GOLD = [{"publication": "recueil", "page": 2, "quote": PATENTS[0]}]
PATENT = {"id": "a", "question": QUESTION, "gold": GOLD, "split": "gate"}
PIE = {"id": "b", "question": "Quelle est la recette de la tarte ?", "answerable": False, "split": "gate"}
FOLLOW_UP = PATENT | {"id": "c", "history": [{"role": "user", "content": "Bonjour"}]}
FINDING = {"metric", "what", "expected", "actual", "delta", "cases"}


def written(name, *records) -> Path:
    Path(name).write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return Path(name)


@pytest.fixture
def questions(vigie) -> Path:
    return written("set.jsonl", PATENT, PIE)


@pytest.fixture
def run(vigie, questions) -> Path:
    """A finished run on the small guide."""
    assert vigie("evaluate", "run", questions, "--out", "run").code == 0
    return Path("run")


@pytest.fixture
def sound(vigie) -> Path:
    """A run that the gate accepts."""
    return scored_run(Path("sound"), ALL_SOUND).folder


@pytest.fixture
def worse(vigie) -> Path:
    """The same questions, four of which do not cite their page any more."""
    return scored_run(Path("worse"), with_values("cites_gold_page", *[0.0] * 4)).folder


class TestRun:
    def test_json_is_the_figures_and_what_they_are_of(self, vigie, questions):
        outcome = vigie("evaluate", "run", questions, "--json", "--out", "run")
        assert outcome.code == 0
        assert set(outcome.line) == {"run", "questions", "follow_ups", "lost", "identity", "summary", "groups"}
        assert (outcome.line["run"], outcome.line["questions"]) == ("run", 2)

    def test_json_has_every_measure(self, vigie, questions):
        summary = vigie("evaluate", "run", questions, "--json", "--out", "run").line["summary"]
        assert summary.keys() == METRICS.keys()
        assert (summary["success_at_1"], summary["abstention_recall"]) == (1, 1)

    def test_json_has_the_groups(self, vigie, questions):
        groups = vigie("evaluate", "run", questions, "--json", "--out", "run").line["groups"]
        assert groups["uncovered"]["abstention_recall"] == 1

    def test_follow_ups_are_out_of_the_summary_and_in_their_group(self, vigie):
        wrong = FOLLOW_UP | {"gold": [GOLD[0] | {"page": 1, "quote": "…"}]}
        figures = vigie("evaluate", "run", written("set.jsonl", PATENT, wrong), "--json", "--out", "run").line
        assert (figures["summary"]["success_at_1"], figures["groups"]["follow-up"]["success_at_1"]) == (1, 0)

    def test_without_json_it_is_a_table(self, vigie, questions):
        out = vigie("evaluate", "run", questions, "--out", "run").out
        assert "2 questions, median " in out
        assert "first citation right" in out
        assert "100.0 %" in out

    def test_questions_whose_reference_is_lost_are_told(self, vigie):
        gone = PATENT | {"gold": [GOLD[0] | {"quote": "Un xylophone en bois de rose."}]}
        outcome = vigie("evaluate", "run", written("set.jsonl", gone, PIE), "--out", "run")
        assert "1 question dont la référence a disparu" in outcome.out
        assert vigie("evaluate", "run", "set.jsonl", "--out", "run", "--json").line["lost"] == ["a"]

    def test_a_run_with_all_its_references_tells_of_none_lost(self, vigie, questions):
        assert "a disparu" not in vigie("evaluate", "run", questions, "--out", "run").out

    def test_a_set_of_follow_ups_has_its_figures_and_times(self, vigie):
        questions = written("set.jsonl", FOLLOW_UP)
        figures = vigie("evaluate", "run", questions, "--out", "run", "--no-cache", "--json").line
        assert (figures["follow_ups"], figures["summary"]["success_at_1"]) == (1, 1)
        out = vigie("evaluate", "run", questions, "--out", "run").out
        assert "1 questions, median " in out
        assert "all but follow-ups" not in out

    def test_the_table_says_that_follow_ups_are_counted_apart(self, vigie):
        out = vigie("evaluate", "run", written("set.jsonl", PATENT, FOLLOW_UP), "--out", "run", "--no-cache").out
        assert "2 questions, 1 of them follow-ups" in out
        assert "all but follow-ups" in out

    def test_the_folder_holds_the_answers(self, run):
        for line in (run / "results.jsonl").read_text("utf-8").splitlines():
            assert_contract(json.loads(line)["answer"])

    def test_where_the_folder_is_is_said(self, vigie, questions):
        assert "Réponses et mesures : run" in vigie("evaluate", "run", questions, "--out", "run").err

    def test_without_a_folder_it_is_in_the_home(self, vigie, questions):
        folder = Path(vigie("evaluate", "run", questions, "--json").line["run"])
        assert folder.parent == Path.cwd() / "home" / "runs"
        assert RunFolder(folder).is_finished

    def test_another_set_in_the_same_folder_is_refused(self, vigie, run):
        outcome = vigie("evaluate", "run", written("other.jsonl", PIE, FOLLOW_UP), "--out", run)
        assert (outcome.code, outcome.out) == (1, "")
        assert "contient une autre évaluation" in outcome.err

    def test_a_run_that_was_stopped_goes_on(self, vigie, questions, run):
        lines = (run / "results.jsonl").read_text("utf-8").splitlines(keepends=True)
        (run / "results.jsonl").write_text(lines[0] + lines[1][:50], "utf-8")
        assert vigie("evaluate", "run", questions, "--out", run).code == 0
        assert (run / "results.jsonl").read_text("utf-8").startswith(lines[0])
        assert RunFolder(run).is_finished

    def test_questions_are_encoded_once(self, vigie, questions, run):
        """Times of the second run are those of a cache: they are not told."""
        out = vigie("evaluate", "run", questions, "--out", "second").out
        assert "encoded before: no times" in out

    def test_without_the_cache_all_is_encoded(self, vigie, questions, run):
        figures = vigie("evaluate", "run", questions, "--out", "second", "--no-cache", "--json").line
        assert figures["summary"]["total_ms"] > 0

    def test_several_workers_give_the_same_figures(self, vigie, questions, run):
        one = vigie("evaluate", "run", questions, "--out", "one", "--json").line["summary"]
        two = vigie("evaluate", "run", questions, "--out", "two", "--workers", "2", "--json").line["summary"]
        assert one == two

    def test_a_bad_set_fails_before_the_model_is_loaded(self, vigie, monkeypatch):
        monkeypatch.setattr("ui.opening.open_embedder", lambda settings: pytest.fail("the model was loaded"))
        Path("bad.jsonl").write_text("{")
        outcome = vigie("evaluate", "run", "bad.jsonl")
        assert outcome.code == 1
        assert "bad.jsonl, ligne 1" in outcome.err


class TestSealed:
    @pytest.fixture
    def sealed(self, vigie) -> Path:
        return written("sealed.jsonl", PATENT | {"split": "sealed"}, PIE)

    def test_sealed_questions_are_not_asked(self, vigie, sealed):
        outcome = vigie("evaluate", "run", sealed, "--out", "run")
        assert (outcome.code, outcome.out) == (1, "")
        assert "1 de ces questions sont scellées" in outcome.err
        assert "--sealed" in outcome.err
        assert not Path("run").exists()

    def test_they_are_refused_before_the_model_is_loaded(self, vigie, sealed, monkeypatch):
        monkeypatch.setattr("ui.opening.open_embedder", lambda settings: pytest.fail("the model was loaded"))
        assert vigie("evaluate", "run", sealed).code == 1

    def test_they_are_asked_where_it_is_meant(self, vigie, sealed):
        assert vigie("evaluate", "run", sealed, "--sealed", "--out", "run").code == 0

    def test_that_they_were_opened_stays_in_the_run(self, vigie, sealed):
        vigie("evaluate", "run", sealed, "--sealed", "--out", "run")
        assert [record.split for record in RunFolder(Path("run")).records()] == ["sealed", "gate"]

    def test_the_shipped_sealed_set_is_refused(self, vigie):
        assert vigie("evaluate", "run", SHIPPED / "guide-sealed.jsonl").code == 1


class TestCompare:
    def test_json_has_each_difference(self, vigie, sound, worse):
        line = vigie("evaluate", "compare", sound, worse, "--json").line
        assert set(line) == {"before", "after", "differences", "changes", "left_out"}
        found = line["differences"]["cites_gold_page"]
        assert (found["interval"]["mean"], found["cases"]) == (-0.4, 10)

    def test_json_names_the_questions_that_changed(self, vigie, sound, worse):
        changes = vigie("evaluate", "compare", sound, worse, "--json").line["changes"]
        assert changes[0] == {"id": "q0", "metric": "cites_gold_page", "before": 1, "after": 0}

    def test_the_table_shows_differences_and_how_many_questions_changed(self, vigie, sound, worse):
        outcome = vigie("evaluate", "compare", sound, worse)
        assert "gold page cited" in outcome.out
        assert "-0.400" in outcome.out
        assert "4 questions changent ; 0 laissées de côté" in outcome.err

    def test_what_chance_gives_has_no_star(self, vigie, sound, worse):
        """4 of 10 lost: 2 / 2⁴ = .125."""
        (line,) = (line for line in vigie("evaluate", "compare", sound, worse).out.split("\n") if "gold page" in line)
        assert "0.125" in line
        assert "*" not in line

    def test_what_is_more_than_chance_has_a_star(self, vigie, sound):
        """8 of 10 lost: 2 / 2⁸ = .008."""
        much = scored_run(Path("much"), with_values("cites_gold_page", *[0.0] * 8)).folder
        (line,) = (line for line in vigie("evaluate", "compare", sound, much).out.split("\n") if "gold page" in line)
        assert "gold page cited *" in line
        assert "0.008" in line

    def test_two_corpora_are_not_compared(self, vigie, sound):
        other = scored_run(Path("other"), ALL_SOUND, corpus="c2").folder
        outcome = vigie("evaluate", "compare", sound, other)
        assert (outcome.code, outcome.out) == (1, "")
        assert "--across-corpora" in outcome.err

    def test_across_corpora_lost_gold_is_left_out(self, vigie, sound):
        other = scored_run(Path("other"), ALL_SOUND, corpus="c2", lost=("q3",)).folder
        assert vigie("evaluate", "compare", sound, other, "--across-corpora", "--json").line["left_out"] == ["q3"]

    def test_what_is_no_run_is_named(self, vigie, sound):
        outcome = vigie("evaluate", "compare", sound, "nothing")
        assert outcome.code == 1
        assert "nothing n’est pas le dossier d’une évaluation" in outcome.err


class TestGate:
    def test_a_sound_run_is_accepted(self, vigie, sound):
        outcome = vigie("evaluate", "gate", sound)
        assert (outcome.code, outcome.out) == (0, "")
        assert "Acceptée." in outcome.err

    def test_a_real_run_is_accepted(self, vigie, run):
        assert vigie("evaluate", "gate", run).code == 0

    def test_a_run_that_is_worse_than_the_baseline_is_refused(self, vigie, sound, worse):
        outcome = vigie("evaluate", "gate", worse, "--baseline", sound)
        assert outcome.code == 1
        assert "Refusée." in outcome.err

    def test_json_names_metric_expected_actual_delta_and_cases(self, vigie, sound, worse):
        line = vigie("evaluate", "gate", worse, "--baseline", sound, "--json").line
        assert set(line) == FINDING
        assert line == {
            "metric": "cites_gold_page", "what": "drop", "expected": 1, "actual": 0.6, "delta": 0.4,
            "cases": ["q0", "q1", "q2", "q3"],
        }  # fmt: skip

    def test_the_text_names_them_too(self, vigie, sound, worse):
        out = vigie("evaluate", "gate", worse, "--baseline", sound).out
        assert all(part in out for part in ("cites_gold_page", "60,0 %", "100,0 %", "écart 0.400", "q0, q1, q2, q3"))

    def test_each_finding_is_a_line(self, vigie):
        broken = SOUND | {"quote_validity": 0.0, "right_language": 0.0}
        folder = scored_run(Path("broken"), {"q": broken}).folder
        lines = vigie("evaluate", "gate", folder, "--json").lines
        assert {line["metric"] for line in lines} == {"quote_validity", "right_language"}

    def test_a_measure_that_is_missing_has_no_delta(self, vigie):
        folder = scored_run(Path("silent"), {"q": SOUND | {"quote_validity": None}}).folder
        outcome = vigie("evaluate", "gate", folder)
        assert outcome.code == 1
        assert "citations exactes : aucune mesure" in outcome.out
        assert "écart" not in outcome.out

    def test_a_baseline_is_written_and_read_back(self, vigie, sound, worse):
        assert vigie("evaluate", "gate", sound, "--write-baseline", "baseline.json").code == 0
        assert vigie("evaluate", "gate", sound, "--baseline", "baseline.json").code == 0
        assert vigie("evaluate", "gate", worse, "--baseline", "baseline.json").code == 1

    def test_a_run_and_the_baseline_written_of_it_judge_the_same(self, vigie, sound, worse):
        vigie("evaluate", "gate", sound, "--write-baseline", "baseline.json")
        by_file = vigie("evaluate", "gate", worse, "--baseline", "baseline.json", "--json").out
        assert by_file == vigie("evaluate", "gate", worse, "--baseline", sound, "--json").out

    @pytest.mark.parametrize("flag", ["absent.json", "damaged.json"])
    def test_without_a_readable_baseline_nothing_is_judged(self, vigie, sound, flag):
        Path("damaged.json").write_text("{")
        outcome = vigie("evaluate", "gate", sound, "--baseline", flag)
        assert (outcome.code, outcome.out) == (2, "")
        assert f"{flag} n’est pas une référence lisible" in outcome.err

    def test_with_a_baseline_of_other_questions_nothing_is_judged(self, vigie, sound, run):
        outcome = vigie("evaluate", "gate", run, "--baseline", sound)
        assert (outcome.code, outcome.out) == (2, "")
        assert "Refaites-la sur ces questions." in outcome.err

    def test_what_is_no_run_is_not_judged(self, vigie):
        outcome = vigie("evaluate", "gate", "nothing")
        assert (outcome.code, outcome.out) == (2, "")

    def test_a_run_that_is_not_finished_is_not_judged(self, vigie, sound):
        (sound / "results.jsonl").write_text("")
        outcome = vigie("evaluate", "gate", sound, "--write-baseline", "baseline.json")
        assert outcome.code == 2
        assert not Path("baseline.json").exists()

    def test_a_baseline_that_cannot_be_written_is_no_refusal(self, vigie, sound):
        outcome = vigie("evaluate", "gate", sound, "--write-baseline", "absent/baseline.json")
        assert outcome.code == 2
        assert "absent/baseline.json" in outcome.err


class TestReport:
    def test_it_is_written_beside_the_run_in_four_forms(self, vigie, run):
        outcome = vigie("evaluate", "report", run)
        assert (outcome.code, outcome.out) == (0, "")
        assert {"report.html", "report.md", "report.json", "cases.csv"} <= {path.name for path in run.iterdir()}

    def test_where_it_is_is_said(self, vigie, run):
        assert "Rapport : run/report.html" in vigie("evaluate", "report", run).err

    def test_it_may_be_written_elsewhere(self, vigie, run):
        assert vigie("evaluate", "report", run, "--out", "elsewhere").code == 0
        assert Path("elsewhere/report.html").is_file()

    def test_it_may_compare_with_another_run(self, vigie, questions, run):
        vigie("evaluate", "run", questions, "--out", "second")
        assert vigie("evaluate", "report", "second", "--against", run).code == 0

    def test_without_the_version_it_has_no_images_of_pages(self, vigie, run):
        identity = json.loads((run / "run.json").read_text("utf-8"))
        (run / "run.json").write_text(json.dumps(identity | {"index_version": "20200101T000000000000Z"}), "utf-8")
        outcome = vigie("evaluate", "report", run)
        assert outcome.code == 0
        assert "Sans images de pages" in outcome.err

    def test_what_is_no_run_is_named(self, vigie):
        outcome = vigie("evaluate", "report", "nothing")
        assert outcome.code == 1
        assert "nothing n’est pas le dossier d’une évaluation" in outcome.err
