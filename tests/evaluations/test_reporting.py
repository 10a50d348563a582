"""The report: nothing that was read gets in as markup or as a formula, and what was not measured is not a zero."""

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from evaluations.errors import EvaluationError
from evaluations.examination import run_questions
from evaluations.metric_catalogue import METRICS
from evaluations.reporting import write_report
from evaluations.reporting.about import lead
from evaluations.reporting.coverage_map import coverage
from evaluations.reporting.curves import rank_curve, risk_curve, success_at
from evaluations.reporting.facts import gather
from evaluations.reporting.faults import faults_of
from evaluations.reporting.heat_map import level
from evaluations.reporting.markdown import escaped
from evaluations.reporting.markup import Html, join, tag
from evaluations.reporting.measure_names import FRENCH, KEY
from evaluations.reporting.page_images import MOST, page_images, raw_characters
from evaluations.reporting.sheet import guarded
from evaluations.reporting.wording import bounds, gap, moment, probability, value
from evaluations.scoring import CaseScores
from evaluations.statistics import Interval
from index import IndexVersion
from tests.assistant.making import Bilingual, assistant_on
from tests.evaluations.making import ALL_SOUND, IDS, SOUND, answer, passage, record, scored_run, with_values
from tests.evaluations.making_runs import (
    ALL,
    ELSEWHERE,
    FORBIDDEN,
    INCOMPLETE,
    INVENTED,
    RIGHT,
    SILENT,
    UNCOVERED,
    result,
    run_of,
)
from tests.index.making import build, guide_pdf

HOSTILE = '</title></style><script>alert(1)</script><img src="http://evil.example/x" onerror=alert(1)>"\'\x00\u202e|'
DEGREE = METRICS["page_f1"]


class Elements(HTMLParser):
    """Remembers each element with its attributes, and the text of each table row by its first cell."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.rows: dict[str, list[str]] = {}
        self._cells: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag == "tr":
            self._cells = []
        if tag in {"td", "th"}:
            self._cells.append("")

    def handle_data(self, data):
        if self._cells:
            self._cells[-1] += data

    def handle_endtag(self, tag):
        if tag == "tr":
            self.rows.setdefault(self._cells[0], self._cells[1:])

    def of(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.found if tag == name]


def written(folder: Path, *cases, **options) -> Path:
    return write_report(run_of(folder / "run", *cases), folder / "report", **options).parent


def page_of(folder: Path) -> str:
    return (folder / "report.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("case", "faults"),
    [
        (RIGHT, ()),
        (ELSEWHERE, ("no_gold_page",)),
        (SILENT, ("abstained_covered",)),
        (INCOMPLETE, ("facts_missing",)),
        (FORBIDDEN, ("forbidden_claim",)),
        (UNCOVERED, ()),
        (INVENTED, ("answered_uncovered",)),
    ],
    ids=lambda one: one[0].id if one and hasattr(one[0], "id") else "",
)
def test_what_failed_is_named(case, faults):
    assert faults_of(result(*case)) == faults


def test_failures_come_with_the_worst_first_and_tell_what_is_missing(tmp_path):
    folder = written(tmp_path, *ALL)
    text = page_of(folder)
    heads = re.findall(r'<h3><span class="id">(.*?)</span>', text)
    assert heads == ["forbidden", "invented", "silent", "elsewhere", "incomplete"]
    assert "manque\u00a0: Le délai" in text
    assert "manque\u00a0: Le badge" not in text
    assert "Rien sur la pluie" in text
    kept = json.loads((folder / "report.json").read_text("utf-8"))["failures"]
    assert [one["id"] for one in kept] == heads


def test_a_measure_without_a_case_is_a_dash_and_never_a_zero(tmp_path):
    folder = written(tmp_path, UNCOVERED)
    rows = Elements(page_of(folder)).rows
    assert rows["Page de référence citée"][:2] == ["–", "–"]
    assert rows["Succès@1"][3] == "–"
    summary = json.loads((folder / "report.json").read_text("utf-8"))["summary"]
    assert summary["cites_gold_page"] == {"value": None, "interval": None, "cases": 0}
    assert "| Citations | Page de référence citée | – | – | – |" in (folder / "report.md").read_text("utf-8")
    line = next(csv.DictReader(io.StringIO((folder / "cases.csv").read_text("utf-8-sig")), delimiter=";"))
    assert line["cites_gold_page"] == ""
    assert line["abstention_recall"] == "1"


def test_what_was_read_never_becomes_markup(tmp_path):
    said = HOSTILE
    gold = [{"publication": said, "page": 3, "quote": said}]
    hostile = record(id=said, question=said, kind=said, pillar=said, public=said, gold=gold,
                     history=[{"role": "user", "content": said}],
                     required_facts=[{"fact": said, "accepted": ["rien"]}])  # fmt: skip
    given = answer(passage(HOSTILE, publication=HOSTILE))
    text = page_of(written(tmp_path, (hostile, given), (record(id="b", answerable=False), answer(passage(HOSTILE)))))
    elements = Elements(text)
    assert not elements.of("script")
    assert not [name for _, attributes in elements.found for name in attributes if name.startswith("on")]
    targets = [attributes.get(name) or "#" for _, attributes in elements.found for name in ("src", "href")]
    assert all(target.startswith(("#", "data:image/")) for target in targets)
    assert len(elements.of("title")) == len(elements.of("style")) == 1
    assert not re.search(r"[\x00-\x08\u202a-\u202e]", text)
    assert "&lt;script&gt;" in text


def test_the_page_keeps_the_browser_from_fetching_or_running_anything(tmp_path):
    policy = next(m for m in Elements(page_of(written(tmp_path, RIGHT))).of("meta") if "http-equiv" in m)
    assert policy["content"].startswith("default-src 'none'")


def test_only_markup_stays_markup():
    assert tag("p", "<b>", tag("i", "&"), class_="a", title='"') == (
        '<p class="a" title="&quot;">&lt;b&gt;<i>&amp;</i></p>'
    )
    assert join([Html("<br>"), "<br>"]) == "<br>&lt;br&gt;"
    assert tag("p", "a\ud800\x07\u202eb") == "<p>a   b</p>"
    assert tag("p", "Quoi ? « Ceci » : 5 %") == "<p>Quoi\u202f? «\u00a0Ceci\u202f»\u00a0: 5\u00a0%</p>"


def test_a_run_without_a_question_is_told(tmp_path):
    folder = written(tmp_path)
    assert "Aucun cas en échec." in page_of(folder)
    assert "Aucun cas en échec." in (folder / "report.md").read_text("utf-8")
    found = json.loads((folder / "report.json").read_text("utf-8"))
    assert (found["questions"], found["groups"]) == (0, {})
    assert (folder / "cases.csv").read_text("utf-8-sig").count("\n") == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+33", "'+33"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1+1", "'\t=1+1"),
        (" @x", "' @x"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_no_cell_is_taken_for_a_formula(text, expected):
    assert guarded(text) == expected


def test_the_sheet_is_one_that_a_french_spreadsheet_opens(tmp_path):
    asked = record(id="a", question="=HYPERLINK(1)\nDeux ; lignes", kind="who")
    folder = written(tmp_path, (asked, answer(passage(), passage("Autre chose.", page=1))))
    raw = (folder / "cases.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    heads, line = csv.reader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";")
    by_name = dict(zip(heads, line, strict=True))
    assert heads[:7] == ["id", "question", "kind", "language", "pillar", "public", "verdict"]
    assert heads[7:] == [name for name, metric in METRICS.items() if not metric.of_set]
    assert by_name["question"] == "'=HYPERLINK(1)\nDeux ; lignes"
    assert by_name["page_precision"] == "0,5"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a|b", r"a\|b"),
        ("<b>", "&lt;b&gt;"),
        ("deux\nlignes", "deux lignes"),
        ("![x](http://y)", r"\!\[x\](http://y)"),
        ("#12", r"\#12"),
        ("@equipe", "@\u2060equipe"),
        ("`a_b*`", r"\`a\_b\*\`"),
    ],
)
def test_text_is_no_markdown(text, expected):
    assert escaped(text) == expected


def test_every_row_of_a_markdown_table_has_as_many_cells(tmp_path):
    asked = record(id="a|b", question="Un | deux \\| trois\nquatre")
    folder = written(tmp_path, (asked, answer(passage("Autre chose.", page=1))), INVENTED)
    blocks = re.findall(r"(?:^\|.*\n)+", (folder / "report.md").read_text("utf-8"), re.M)
    assert len(blocks) == 2
    for block in blocks:
        counts = {len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in block.splitlines()}
        assert len(counts) == 1


def test_two_runs_are_set_against_each_other(tmp_path):
    questions = [record(id=f"q{n}") for n in range(12)]
    wrong, right = answer(passage("Autre chose.", page=1)), answer(passage())
    before = run_of(tmp_path / "before", *((asked, wrong) for asked in questions))
    after = run_of(tmp_path / "after", *((asked, right) for asked in questions))
    folder = write_report(after, tmp_path / "report", against=before).parent
    found = json.loads((folder / "report.json").read_text("utf-8"))["comparison"]
    assert found["differences"]["cites_gold_page"]["is_real"]
    assert (found["differences"]["cites_gold_page"]["before"], found["differences"]["cites_gold_page"]["after"]) == (
        0,
        1,
    )
    text = page_of(folder)
    assert "Page de référence citée +100,0 pts (p ajusté" in text
    assert "<strong>mieux</strong>" in text
    assert "▲ Page de référence citée\u00a0: 0,0 → 100,0\u00a0%" in text
    assert text.count('class="hollow gain"') == text.count('class="full gain"') > 3


def test_a_run_against_itself_differs_by_nothing(tmp_path):
    run = run_of(tmp_path / "run", *ALL)
    folder = write_report(run, tmp_path / "report", against=run).parent
    assert "aucune des six mesures principales ne change de plus que ce que donnerait le hasard." in page_of(folder)
    assert "secondaires" not in (folder / "report.md").read_text("utf-8")
    assert "Questions dont une mesure principale change\u00a0: 0" in page_of(folder)
    assert "Sans différence : " in (folder / "report.md").read_text("utf-8")


def test_secondary_measures_that_moved_are_named_and_said_untested(tmp_path):
    """Six answers of ten lose their quotes: nothing is decided on that measure, but its interval leaves 0 out."""
    before = scored_run(tmp_path / "before", ALL_SOUND)
    after = scored_run(tmp_path / "after", with_values("quote_validity", *[0.0] * 6))
    verdict = next(said for said in lead(gather(after, before, None)) if "secondaires" in said)
    assert "non testées" in verdict
    assert "Citations mot pour mot \u221260,0 pts" in verdict
    assert "10 cas" in verdict
    assert "Précision des pages" not in verdict
    folder = write_report(after, tmp_path / "report", against=before).parent
    assert "| non testée |" in (folder / "report.md").read_text("utf-8")


def test_secondary_measures_are_named_beside_a_primary_one(tmp_path):
    before = scored_run(tmp_path / "before", ALL_SOUND)
    worse = {id_: SOUND | {"cites_gold_page": 0.0, "page_precision": 0.1} for id_ in IDS}
    said = " ".join(lead(gather(scored_run(tmp_path / "after", worse), before, None)))
    assert "Au-delà du hasard : Page de référence citée" in said
    assert "Précision des pages \u221270,0 pts" in said


def test_questions_whose_reference_is_lost_are_told(tmp_path):
    run = scored_run(tmp_path / "run", ALL_SOUND, lost=("q3", "q7"))
    folder = write_report(run, tmp_path / "report").parent
    told = "2 questions dont la référence a disparu"
    assert told in page_of(folder)
    assert told in (folder / "report.md").read_text("utf-8")
    assert json.loads((folder / "report.json").read_text("utf-8"))["lost"] == ["q3", "q7"]


def test_a_run_that_lost_no_reference_tells_of_none(tmp_path):
    folder = write_report(scored_run(tmp_path / "run", ALL_SOUND), tmp_path / "report").parent
    assert "a disparu" not in (folder / "report.md").read_text("utf-8")
    assert json.loads((folder / "report.json").read_text("utf-8"))["lost"] == []


def test_the_risk_curve_leaves_out_answers_that_nothing_tells_right_from_wrong(tmp_path):
    lost = scored_run(tmp_path / "lost", {"a": {}, "b": {}}, lost=("a", "b"))
    assert risk_curve(gather(lost, None, None)) is None
    half = scored_run(tmp_path / "half", {"a": {"cites_gold_page": 1.0}, "b": {}}, lost=("b",))
    assert "0\u00a0% d’erreurs" in (risk_curve(gather(half, None, None)) or "")


def test_other_corpora_are_told_and_other_questions_refused(tmp_path):
    after = run_of(tmp_path / "after", RIGHT)
    elsewhere = run_of(tmp_path / "elsewhere", RIGHT, corpus="c2")
    folder = write_report(after, tmp_path / "report", against=elsewhere).parent
    assert "Les deux évaluations ne portent pas sur le même corpus." in page_of(folder)
    with pytest.raises(EvaluationError, match="mêmes questions"):
        write_report(after, tmp_path / "report", against=run_of(tmp_path / "other", SILENT))


def test_a_run_that_is_not_finished_is_refused(tmp_path):
    run = run_of(tmp_path / "run", RIGHT, SILENT)
    (run.folder / "results.jsonl").write_text("", "utf-8")
    with pytest.raises(EvaluationError, match="2 questions sans réponse"):
        write_report(run, tmp_path / "report")


def test_every_measure_has_a_french_name_of_its_own():
    assert set(FRENCH) >= set(METRICS) >= set(KEY)
    assert len({title for title, _ in FRENCH.values()}) == len(FRENCH)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (value(DEGREE, 0.8312), "83,1 %"),
        (value(METRICS["total_ms"], 1234.4), "1\u202f234 ms"),
        (value(METRICS["answer_words"], 57.25), "57,2"),
        (value(DEGREE, None), "–"),
        (bounds(DEGREE, Interval(0.5, 0.4, 0.61)), "40,0 à 61,0 %"),
        (gap(DEGREE, -0.025), "\u22122,5 pts"),
        (gap(DEGREE, 0.0001), "0,0 pts"),
        (probability(0.0004), "< 0,001"),
        (moment("2026-11-26T07:34:00+00:00"), "26 novembre 2026 à 07:34 UTC"),
        (moment("hier"), "hier"),
    ],
)
def test_figures_are_written_in_french(said, expected):
    assert said == expected


def test_success_at_each_rank_comes_from_the_reciprocal_rank():
    cases = [CaseScores(str(rr), True, False, 0.5, {"retrieval_rr": rr}) for rr in (1.0, 1 / 3, 0.1, 0.0)]
    assert [success_at(cases, rank) for rank in (1, 2, 3, 9, 10)] == [0.25, 0.25, 0.5, 0.5, 0.75]
    assert success_at([CaseScores("q", True, False, 0.5)], 1) is None


def test_a_curve_is_drawn_only_of_what_was_measured(tmp_path):
    report = gather(run_of(tmp_path / "run", *ALL), None, None)
    assert rank_curve(report) is None
    assert 'role="img"' in (risk_curve(report) or "")


@pytest.mark.parametrize(
    ("name", "figure", "expected"),
    [("page_f1", 1.0, 0), ("page_f1", 0.9, 1), ("page_f1", 0.1, 4), ("forbidden_claim_rate", 0.0, 0),
     ("forbidden_claim_rate", 0.4, 3)],
)  # fmt: skip
def test_the_ground_of_a_cell_tells_how_far_it_is_from_the_best(name, figure, expected):
    assert level(METRICS[name], figure) == expected


def test_the_map_counts_questions_by_page(tmp_path):
    pages = coverage(gather(run_of(tmp_path / "run", *ALL), None, None))["guide"]
    assert [(page.page, page.right, page.asked, page.state) for page in pages] == [(3, 3, 5, "some")]


def test_a_quote_is_found_by_its_letters_across_passages():
    first, second = passage("Le stagiaire signe un en-", page=3), passage("gagement avant son arrivée.", page=4)
    assert raw_characters([first, second], "signe un ENGAGEMENT") == {3: list(range(13, 24)), 4: list(range(8))}
    assert raw_characters([first, second], "tout autre chose") == {}
    assert raw_characters([first, second], "…") == {}


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """A version of a small guide, and a run on it whose answers all fail."""
    folder = tmp_path_factory.mktemp("asked")
    guide_pdf(folder / "corpus" / "recueil.pdf")
    build(folder / "corpus", folder / "index", Bilingual())
    facts = [{"fact": "Introuvable", "accepted": ["xylophone"]}]
    gold = [{"publication": "recueil", "page": 2, "quote": "repère les déposants nouveaux"}]
    records = [record(id=f"q{n:02}", question=f"Comment mener une veille sur les brevets ? {n}", gold=gold,
                      required_facts=facts) for n in range(MOST + 2)]  # fmt: skip
    run = run_questions(records, assistant_on(folder / "index"), folder / "run")
    return IndexVersion(folder / "index"), run


def test_gold_pages_are_shown_highlighted_up_to_a_limit(asked, tmp_path):
    version, run = asked
    text = page_of(write_report(run, tmp_path, version=version).parent)
    images = Elements(text).of("img")
    assert len(images) == MOST
    assert all(one["src"].startswith("data:image/webp;base64,") and one["alt"] for one in images)
    assert "la citation de référence est surlignée" in text
    assert f"{MOST} pages en image, 2 laissées de côté" in text
    assert len(text.encode()) < 8_000_000
    assert "1 page avec au moins une question, sur 3 pages." in text


def test_no_page_is_shown_of_a_file_that_changed_or_without_the_version(asked, tmp_path):
    version, run = asked
    failures = gather(run, None, version).failures
    path = Path(version.manifest.publications[0].path)
    kept = path.read_bytes()
    try:
        path.write_bytes(kept + b"\n")
        changed = page_images(failures, version)
        path.unlink()
        gone = page_images(failures, version)
    finally:
        path.write_bytes(kept)
    for images in (changed, gone, page_images(failures, None)):
        assert len(images) == len(failures)
        assert not any(image.uri for image in images.values())
        assert all(image.why for image in images.values())


def test_another_version_than_the_run_s_is_refused(asked, tmp_path):
    with pytest.raises(EvaluationError, match="porte sur la version v1"):
        write_report(run_of(tmp_path / "run", RIGHT), tmp_path / "report", version=asked[0])
