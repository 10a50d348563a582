"""The support set: what makes a true sentence wrong, and pairs that come out the same every time."""

import json
import random
import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.numbers import numbers
from corpus import letters, split_sentences
from evaluations.support import pairs
from evaluations.support.anchors import LostAnchor, anchor, anchored
from evaluations.support.draw import drawn, is_statement
from evaluations.support.mutate import KINDS, opposite, other_actor, other_modality, other_number
from evaluations.support.pairs import FOLDER, PER_KIND, VERBATIM, Pair, all_pairs, kept
from evaluations.support.sources import GUIDE, SourcePassage, _pdfs

SHARED = Path(__file__).resolve().parents[3] / "shared"
SUBJECTS = ["Le tuteur", "Le pôle", "Les PME", "Le président", "La direction", "L’équipe d’animation", "Hélène Martin"]
VERBS = ["doit garder", "peut garder", "devrait garder", "est tenu de garder", "ne doit pas garder", "a", "n’est plus",
         "permet de garder"]  # fmt: skip
OBJECTS = ["12 badges", "douze badges", "le registre", "les 3 clés et deux badges", "la charte de Paul Durand"]
SENTENCES = st.builds("{} {} {} avant la fin de la visite.".format, *map(st.sampled_from, (SUBJECTS, VERBS, OBJECTS)))
SEEDS = st.integers(0, 2**32 - 1)


def passage(text: str, ref: str = "guide:recueil:1", home: str = "guide:recueil:Accueil") -> SourcePassage:
    return SourcePassage(ref, text, tuple(split_sentences(text)), home)


@pytest.fixture(scope="module")
def guide() -> list[SourcePassage]:
    """Passages of the shipped guide, read once."""
    return list(_pdfs("guide", sorted(GUIDE.glob("*.pdf"))))


@pytest.fixture(scope="module")
def made(guide) -> list[Pair]:
    return pairs._made("guide", guide)


# Mutations


@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None)
@given(sentence=SENTENCES, seed=SEEDS)
def test_a_mutation_changes_what_the_sentence_says(kind, sentence, seed):
    changed = KINDS[kind](sentence, passage(sentence), random.Random(seed))
    assert changed is None or changed != sentence


@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None)
@given(sentence=SENTENCES, seed=SEEDS)
def test_the_same_seed_makes_the_same_mutation(kind, sentence, seed):
    first, second = (KINDS[kind](sentence, passage(sentence), random.Random(seed)) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None)
@given(text=st.text(max_size=120), seed=SEEDS)
def test_any_text_is_mutated_or_left_without_an_error(kind, text, seed):
    changed = KINDS[kind](text, passage(text), random.Random(seed))
    assert changed is None or changed != text


@settings(deadline=None)
@given(sentence=SENTENCES, seed=SEEDS)
def test_another_number_is_one_that_the_passage_does_not_hold(sentence, seed):
    changed = other_number(sentence, passage(sentence), random.Random(seed))
    assume(changed is not None)
    before, after = ([number.value for number in numbers(text)] for text in (sentence, changed))
    assert len(before) == len(after)
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


@settings(deadline=None)
@given(value=st.integers(1, 9999), seed=SEEDS)
def test_another_number_in_digits_stays_near(value, seed):
    sentence = f"Le pôle garde {value} badges."
    changed = other_number(sentence, passage(sentence), random.Random(seed))
    assert changed is not None
    (number,) = numbers(changed)
    assert 1 <= abs(number.value - value) <= 12


@settings(deadline=None)
@given(sentence=SENTENCES, seed=SEEDS)
def test_the_opposite_adds_or_takes_away_one_negation(sentence, seed):
    changed = opposite(sentence, passage(sentence), random.Random(seed))
    assume(changed is not None)
    before, after = (len(re.findall(r"\b(?:ne |n[’'])", text)) for text in (sentence, changed))
    assert abs(before - after) == 1


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Le pôle est fermé.", "Le pôle n’est pas fermé."),
        ("Le pôle doit fermer.", "Le pôle ne doit pas fermer."),
        ("Le pôle ne doit pas fermer.", "Le pôle doit fermer."),
        ("Le badge n’est plus valable.", "Le badge est valable."),
        ("Le soleil brille.", None),
    ],
)
def test_a_negation_is_put_in_or_taken_away(sentence, expected):
    assert opposite(sentence, passage(sentence), random.Random(0)) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Le pôle peut fermer.", "Le pôle doit fermer."),
        ("Les pôles doivent fermer.", "Les pôles peuvent fermer."),
        ("Le pôle devrait fermer.", "Le pôle doit fermer."),
        ("Il est recommandé de fermer.", "Il est obligatoire de fermer."),
        ("Il convient de fermer.", "Il est facultatif de fermer."),
        ("Les pôles gagnent à fermer.", "Les pôles doivent fermer."),
        ("Le pôle ferme.", None),
    ],
)
def test_a_modality_becomes_another(sentence, expected):
    found = {other_modality(sentence, passage(sentence), random.Random(seed)) for seed in range(8)}
    assert expected in found


@settings(deadline=None)
@given(seed=SEEDS)
def test_another_actor_agrees_in_number_and_in_capitals(seed):
    sentence = "Les PME signent la charte."
    changed = other_actor(sentence, passage(sentence), random.Random(seed))
    assert changed is not None
    assert re.fullmatch(r"Les (?!PME)[\w ]+ signent la charte\.", changed)


def test_without_an_actor_another_name_of_the_passage_stands_in():
    said = "Cette charte est relue par Hélène Martin."
    whole = passage(f"{said} Cette charte est signée par Paul Durand.")
    assert other_actor(said, whole, random.Random(0)) == "Cette charte est relue par Paul Durand."


# Statements and pairs


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Le pôle tient un registre des badges remis.", True),  # 8 words
        ("Le pôle tient un registre des badges.", False),  # 7
        ("Le pôle tient un registre des badges remis", False),
        ("le pôle tient un registre des badges remis.", False),
        ("« Le pôle tient un registre des badges remis » chaque jour.", True),
        (f"Le {'pôle ' * 43}ferme.", True),  # 45
        (f"Le {'pôle ' * 44}ferme.", False),  # 46
    ],
)
def test_a_statement_has_8_to_45_words_from_a_capital_to_a_full_stop(sentence, expected):
    assert is_statement(sentence) is expected


@settings(deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_the_half_depends_on_the_passage_s_ref_alone(ref):
    one = Pair.made("Un badge.", passage("Un badge.", ref), True, "verbatim")
    other = Pair.made("Deux badges.", passage("Autre texte.", ref, "piaf:7"), False, "number")
    assert one.half == other.half


def test_refs_fall_in_both_halves_about_evenly():
    halves = [Pair.made("", passage("", f"guide:recueil:{n}"), True, "").half for n in range(400)]
    assert 150 < halves.count("held") < 250


def test_a_ref_of_the_shipped_set_stays_in_its_half():
    """Fitted on `tune`, reported on `held`: a ref that moves would leak."""
    refs = {"guide:recueil-3-influence:48": "tune", "guide:recueil-1-veille-et-anticipation:54": "held"}
    assert {ref: Pair.made("", passage("", ref), True, "").half for ref in refs} == refs


def test_pairs_of_the_guide_have_their_number_by_kind(made):
    kinds = [pair.kind for pair in made]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        **dict.fromkeys(KINDS, PER_KIND), "verbatim": VERBATIM, "section": PER_KIND,
    }  # fmt: skip


def test_true_pairs_stand_in_their_passage_and_wrong_ones_do_not(made):
    assert all((pair.statement in pair.passage.text) == pair.supported for pair in made)


def test_only_verbatim_pairs_are_true(made):
    assert all(pair.supported == (pair.kind == "verbatim") for pair in made)


def test_a_statement_of_another_section_comes_from_the_same_document(made, guide):
    for pair in (pair for pair in made if pair.kind == "section"):
        homes = {p.home for p in guide if pair.statement in p.text and p.document == pair.passage.document}
        assert homes - {pair.passage.home}


def test_pairs_come_out_the_same_every_time(made, guide):
    assert pairs._made("guide", guide) == made


def test_what_is_drawn_for_rewording_comes_out_the_same_every_time(guide):
    first, second = (drawn(guide, {"guide": 12}) for _ in range(2))
    assert first == second
    assert all(sentence in found.texts and is_statement(sentence) for found, sentence in first)


@pytest.mark.parametrize("name", ["reworded", "labelled"])
def test_kept_statements_on_the_guide_find_the_one_passage_they_were_written_from(name, guide):
    found = kept(name, guide)
    assert found
    for line, pair in zip(on_the_guide(name), found, strict=True):
        holders = [p for p in guide if p.document == line["document"] and letters(line["anchor"]) in letters(p.text)]
        assert holders == [pair.passage]


def on_the_guide(name: str) -> list[dict[str, str]]:
    lines = [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()]
    return [line for line in lines if line["document"].startswith("guide:")]


# Passages named by their words


def read(*texts: str) -> list[SourcePassage]:
    return [passage(text, f"guide:recueil:{number}") for number, text in enumerate(texts)]


def test_a_passage_is_found_again_when_another_reading_numbers_and_spaces_it_otherwise():
    before = read("Le pôle tient un registre des badges remis.", "Le pôle tient un registre des clés prêtées.")
    said = anchor(before[1], before)
    after = read(
        "Sommaire", "Le pôle tient un registre\ndes badges remis.", "Le pôle tient un regis\u00adtre des clés prêtées."
    )
    assert anchored("guide:recueil", said, after) == after[2]


def test_an_anchor_that_no_passage_holds_any_more_is_named():
    with pytest.raises(LostAnchor, match="un registre des clés"):
        anchored("guide:recueil", "un registre des clés", read("Le pôle tient un registre des badges."))


def test_a_passage_of_another_document_is_not_taken_for_it():
    with pytest.raises(LostAnchor):
        anchored("guide:autre", "un registre des badges", read("Le pôle tient un registre des badges."))


@settings(deadline=None)
@given(st.lists(SENTENCES, min_size=1, max_size=6, unique=True), st.data())
def test_an_anchor_finds_the_passage_it_was_taken_from(texts, data):
    passages = read(*texts)
    picked = data.draw(st.sampled_from(passages))
    assert anchored("guide:recueil", anchor(picked, passages), passages) == picked


@pytest.mark.slow
def test_every_pair_of_the_whole_set_is_made():
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is absent: the public French PDFs and PIAF are not kept in the project")
    found = all_pairs(SHARED)
    assert {pair.half for pair in found} == {"tune", "held"}
    assert {pair.passage.ref.split(":")[0] for pair in found} == {"guide", "piaf", "french"}
