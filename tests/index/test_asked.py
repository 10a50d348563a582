"""What members ask, written beside a PDF: read, tied to passages by their words, embedded, searched with."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from corpus import folder_catalogue, load_catalogue
from index import IndexDamaged, IndexError_, IndexVersion, Searcher, current_version, is_current, upgrade_version
from index.asked import AskedWords, asked_file, asked_words
from index.asked_vectors import LEAST, AskedVectors, read_asked, write_asked
from tests.index.making import STAMP_SETTINGS, TRAVEL, VISITORS, build, flip, guide_pdf, note_pdf, version_folder
from tests.support import HashEmbedder

STORY = "Un inconnu se promène seul devant nos machines"
OPEN = "Combien coûte un badge électronique ?"
TEXTS = ("Les visiteurs portent un badge.", "En déplacement, prenez un ordinateur de prêt.")


def told(pdf: Path, *lines: object) -> Path:
    """Write what is asked of a publication."""
    asked_file(pdf).write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    return pdf


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus whose guide has members' words, indexed."""
    folder = tmp_path_factory.mktemp("asked")
    pdf = guide_pdf(folder / "corpus" / "recueil.pdf")
    told(pdf, {"anchor": "Les visiteurs portent un badge", "asked": [STORY]}, {"silent": [OPEN]})
    build(folder / "corpus", folder / "index")
    return folder


@pytest.fixture(scope="module")
def searcher(folder: Path) -> Searcher:
    return Searcher(IndexVersion(folder / "index"), HashEmbedder())


# The file


def test_a_publication_without_the_file_is_asked_nothing(tmp_path):
    assert asked_words(tmp_path / "a.pdf", TEXTS) == AskedWords(((), ()))


def test_questions_go_to_the_passage_whose_words_name_it_however_spaced(tmp_path):
    pdf = told(
        tmp_path / "a.pdf", {"anchor": "ORDINATEUR\nde  prêt", "asked": ["train", "hôtel"]}, {"silent": ["prix"]}
    )
    assert asked_words(pdf, TEXTS) == AskedWords(((), ("train", "hôtel")), ("prix",))


def test_two_lines_may_name_one_passage(tmp_path):
    lines = [{"anchor": "un badge", "asked": [question]} for question in ("visite", "laissez-passer")]
    assert asked_words(told(tmp_path / "a.pdf", *lines), TEXTS).by_passage[0] == ("visite", "laissez-passer")


@pytest.mark.parametrize("anchor", ["un téléphone", "un"], ids=["no passage", "two passages"])
def test_words_that_name_no_passage_or_several_are_told_as_lost(tmp_path, anchor):
    words = asked_words(told(tmp_path / "a.pdf", {"anchor": anchor, "asked": ["visite"]}), TEXTS)
    assert words == AskedWords(((), ()), (), (f"a.asked.jsonl : « {anchor} »",))


@pytest.mark.parametrize(
    "line",
    [
        "{", "[]", '"texte"', '{"anchor": 1, "asked": ["a"]}', '{"asked": ["a"]}', '{"anchor": "un badge"}',
        '{"anchor": "…", "asked": ["a"]}', '{"anchor": "un badge", "asked": [""]}', '{"silent": [" "]}',
        '{"autre": 1}', json.dumps({"silent": ["a" * 301]}), "[" * 100_000,
        '{"silent": ["prix \\ud800"]}', '{"anchor": "un badge", "asked": ["\\udfff"]}',
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_used_is_refused_with_its_file_and_number(tmp_path, line):
    asked_file(tmp_path / "a.pdf").write_text(f'{{"silent": ["a"]}}\n\n{line}\n', "utf-8")
    with pytest.raises(IndexError_, match=r"a\.asked\.jsonl, ligne 3 : ") as caught:
        asked_words(tmp_path / "a.pdf", TEXTS)
    assert caught.value.remedy


def test_a_byte_order_mark_and_windows_line_ends_are_no_matter(tmp_path):
    asked_file(tmp_path / "a.pdf").write_bytes(b'\xef\xbb\xbf{"silent": ["prix"]}\r\n{"silent": ["date"]}\r\n')
    assert asked_words(tmp_path / "a.pdf", TEXTS).silent == ("prix", "date")


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_a_line_separator_inside_a_question_does_not_cut_its_line(tmp_path, separator):
    question = f"visite{separator}surprise"
    pdf = told(tmp_path / "a.pdf", {"silent": [question]}, {"silent": ["prix"]})
    assert asked_words(pdf, TEXTS).silent == (question, "prix")


def test_a_file_that_is_not_text_is_refused_by_name(tmp_path):
    asked_file(tmp_path / "a.pdf").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(IndexError_, match=r"a\.asked\.jsonl ne peut pas être lu"):
        asked_words(tmp_path / "a.pdf", TEXTS)


def test_words_of_several_publications_follow_one_another():
    parts = [AskedWords((("a",), ()), ("x",)), AskedWords((("b",),), (), ("perdu",))]
    joined = AskedWords.joined(parts)
    assert joined == AskedWords((("a",), (), ("b",)), ("x",), ("perdu",))
    assert joined.questions == ["a", "b", "x"]


# Vectors


UNITS = np.eye(4, dtype=np.float32)


def written(folder: Path, words: AskedWords, *vectors: np.ndarray) -> AskedVectors:
    write_asked(folder, np.array(vectors, np.float32).reshape(-1, 4), words)
    return AskedVectors.open(folder)


@pytest.fixture
def three(tmp_path: Path) -> AskedVectors:
    """Rows 1 and 4 of six are asked for, row 4 in two ways, and one question is left open."""
    return written(tmp_path, AskedWords(((), ("a",), (), (), ("b", "c"), ()), ("x",)), *UNITS)


def test_the_likeness_of_a_passage_is_that_of_its_nearest_question(three):
    likeness = three.likeness(three.cosines(UNITS[2]))
    np.testing.assert_array_equal(three.rows, [1, 4])
    assert likeness[0] == 0
    assert likeness[1] == pytest.approx((1 - three.mean) / three.std - LEAST)


def test_rows_for_which_nothing_was_asked_have_a_likeness_of_0(three):
    likeness = three.likeness(three.cosines(UNITS[1]))
    np.testing.assert_array_equal(three.of(likeness, np.array([5, 4, 0])), [0, likeness[1], 0])


def test_only_allowed_rows_that_are_alike_are_near(three):
    likeness = three.likeness(three.cosines((UNITS[0] + UNITS[1]) / np.float32(2**0.5)))
    assert set(three.nearest(likeness, 5, None).tolist()) == {1, 4}
    assert three.nearest(likeness, 5, np.arange(6) == 4).tolist() == [4]
    assert three.nearest(three.likeness(three.cosines(UNITS[3])), 5, None).tolist() == []


def test_the_margin_is_positive_for_what_is_answered_and_negative_for_what_is_left_open(three):
    assert three.margin(UNITS[0], three.cosines(UNITS[0])) == pytest.approx(1 / three.std)
    assert three.margin(UNITS[3], three.cosines(UNITS[3])) == pytest.approx(-1 / three.std)


def test_the_closest_questions_are_of_different_passages_and_alike_enough(three):
    between = np.array([0.6, 0.7, 0.3, 0], np.float32)
    assert three.closest(between, 5) == ["b", "a"]
    assert three.closest(between, 1) == ["b"]
    assert three.closest(UNITS[2], 5) == ["c"]
    assert three.closest(UNITS[0], 5, least=1e6) == []


def test_without_questions_left_open_there_is_no_margin(tmp_path):
    found = written(tmp_path, AskedWords((("a", "b"), ("c",))), *UNITS[:3])
    assert found.margin(UNITS[0], found.cosines(UNITS[0])) is None


def test_without_any_question_nothing_is_written_and_nothing_found(tmp_path):
    none = written(tmp_path, AskedWords(((), ())))
    assert list(tmp_path.iterdir()) == []
    nothing = none.cosines(UNITS[0])
    assert (none.likeness(nothing).tolist(), none.margin(UNITS[0], nothing)) == ([], None)
    assert none.of(nothing, np.arange(2)).tolist() == [0, 0]
    assert none.closest(UNITS[0], 3) == []
    assert none.nearest(nothing, 5, None).tolist() == []


def test_what_was_asked_can_be_read_again(tmp_path):
    words = AskedWords((("é", "b"), ()), ("x",))
    written(tmp_path, words, *UNITS[:3])
    assert read_asked(tmp_path, 2) == words


@settings(deadline=None)
@given(
    arrays(np.float32, (6, 4), elements=st.floats(-1, 1, width=32)), st.lists(st.integers(0, 3), min_size=4, max_size=4)
)
def test_a_likeness_is_never_negative_and_finite(tmp_path_factory, vectors, counts):
    folder = tmp_path_factory.mktemp("vectors")
    asked = tuple(("q",) * count for count in counts)
    found = written(folder, AskedWords(asked, ("x",)), *np.resize(vectors, (sum(counts) + 1, 4)))
    likeness = found.likeness(found.cosines(vectors[0]))
    assert (likeness >= 0).all()
    assert np.isfinite(likeness).all()
    assert len(likeness) == sum(count > 0 for count in counts)


# Searched with


def test_a_story_without_a_word_of_the_passage_finds_it(searcher):
    best = searcher.search(STORY, 3).results[0]
    assert VISITORS[1] in best.passage.text
    assert best.asked_score > 0
    assert STORY not in best.passage.text


def test_the_same_story_without_the_file_does_not(folder, tmp_path):
    guide_pdf(tmp_path / "corpus" / "recueil.pdf")
    build(tmp_path / "corpus", tmp_path / "index")
    results = Searcher(IndexVersion(tmp_path / "index"), HashEmbedder()).search(STORY, 3).results
    assert all(found.asked_score == 0 for found in results)


def test_a_search_among_other_passages_holds_for_what_was_asked_too(searcher):
    elsewhere = [row for row, held in enumerate(searcher.version.passages) if VISITORS[1] not in held.text]
    found = searcher.search(STORY, 3, within=np.array(elsewhere)).results
    assert {scored.row for scored in found} == set(elsewhere)
    assert all(scored.asked_score == 0 for scored in found)


def test_the_margin_is_of_publications_whose_words_are_known_alone(folder, tmp_path):
    shutil.copytree(folder / "corpus", tmp_path / "corpus")
    note = "Le gardien range les parapluies oubliés."
    for name in ("a-note", "z-note"):  # before the guide, and behind it
        note_pdf(tmp_path / "corpus" / f"{name}.pdf", f"{note} {name}")
    build(tmp_path / "corpus", tmp_path / "index")
    mixed = Searcher(IndexVersion(tmp_path / "index"), HashEmbedder())
    assert mixed.version.asked_publications == {"recueil"}
    assert mixed.search(STORY, 3).traits.margin > 0
    assert mixed.search(note, 3).traits.margin is None


def test_the_margin_tells_what_is_left_open(searcher):
    answered, left_open = (searcher.search(question, 3).traits.margin for question in (STORY, OPEN))
    assert answered > 0 > left_open


# The life of an index


def test_an_index_is_out_of_date_when_the_words_change(folder, tmp_path):
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    build(tmp_path / "corpus", tmp_path / "index")
    before = folder_catalogue(tmp_path / "corpus")
    assert is_current(before, tmp_path / "index", *STAMP_SETTINGS)
    told(tmp_path / "corpus" / "recueil.pdf", {"silent": [OPEN]})
    assert not is_current(before, tmp_path / "index", *STAMP_SETTINGS)


def test_a_wrong_file_stops_the_build_and_leaves_the_published_version(folder, tmp_path):
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    served = current_version(tmp_path / "index")
    told(tmp_path / "corpus" / "recueil.pdf", {"anchor": "badge"})
    with pytest.raises(IndexError_, match="ligne 1"):
        build(tmp_path / "corpus", tmp_path / "index")
    assert current_version(tmp_path / "index") == served


def test_words_whose_passage_is_gone_are_reported_and_the_index_is_built(tmp_path):
    pdf = guide_pdf(tmp_path / "corpus" / "recueil.pdf")
    told(pdf, {"anchor": "un casque obligatoire", "asked": [STORY]}, {"anchor": TRAVEL[1], "asked": ["WhatsApp ?"]})
    report = build(tmp_path / "corpus", tmp_path / "index")
    assert report.lost == ("recueil.asked.jsonl : « un casque obligatoire »",)
    assert sum(map(len, read_asked(version_folder(tmp_path / "index"), report.manifest.passages).by_passage)) == 1


def test_a_version_made_again_keeps_what_was_asked(folder, tmp_path):
    root = Path(shutil.copytree(folder / "index", tmp_path / "index"))
    made = upgrade_version(root, current_version(root), HashEmbedder(32)).name
    again = Searcher(IndexVersion(root, made), HashEmbedder(32))
    assert VISITORS[1] in again.search(STORY, 3).results[0].passage.text
    assert again.search(OPEN, 3).traits.margin < 0


def test_a_version_whose_words_were_changed_is_not_made_again(folder, tmp_path):
    root = Path(shutil.copytree(folder / "index", tmp_path / "index"))
    flip(version_folder(root) / "asked.json", 30)
    with pytest.raises(IndexDamaged, match=r"asked\.json"):
        upgrade_version(root, current_version(root), HashEmbedder())


def test_silences_alone_are_kept_and_change_nothing(tmp_path):
    told(guide_pdf(tmp_path / "corpus" / "recueil.pdf"), {"silent": [OPEN]})
    build(tmp_path / "corpus", tmp_path / "index")
    version = IndexVersion(tmp_path / "index")
    assert read_asked(version_folder(tmp_path / "index"), len(version.passages)).silent == (OPEN,)
    found = Searcher(version, HashEmbedder()).search(OPEN, 3)
    assert (found.traits.margin, {scored.asked_score for scored in found.results}) == (None, {0.0})


# The shipped guide


def test_every_passage_the_shipped_words_name_is_there(shipped, tmp_path):
    texts: dict[str, list[str]] = {}
    for held in IndexVersion(shipped).passages:
        texts.setdefault(held.publication, []).append(held.text)
    paths = {p.id: p.path for p in load_catalogue(tmp_path).publications}
    words = {name: asked_words(paths[name], held) for name, held in texts.items()}
    assert {name: found.lost for name, found in words.items()} == dict.fromkeys(texts, ())
    assert all(found.questions for found in words.values())
