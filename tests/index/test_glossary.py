"""The glossary: files, and what they add to a question."""

from pathlib import Path

import pytest

from index.errors import IndexError_
from index.glossary import Glossary, load_glossary, read_glossary
from index.lexical import LexicalIndex, build_lexical
from index.lexical_query import Expansion
from index.lexical_reading import QuestionReader

TEXTS = [
    "Une petite et moyenne entreprise dépose un brevet.",
    "Cette PME dépose un brevet.",
    "Une entreprise moyenne dépose un brevet.",
    "Un rançongiciel chiffre les fichiers du système d’information.",
]


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return load_glossary()


@pytest.fixture(scope="module")
def index() -> LexicalIndex:
    return build_lexical(TEXTS)


def write(folder: Path, text: str) -> Path:
    path = folder / "glossaire.toml"
    path.write_text(text, "utf-8")
    return path


def test_an_acronym_finds_its_expansion_which_scores_less(index, glossary):
    spelled, acronym, part, other = index.scores(index.query("PME", glossary)).tolist()
    assert acronym > spelled > 0
    assert part == other == 0


def test_an_expansion_finds_its_acronym(index, glossary):
    query = index.query("petites et moyennes entreprises", glossary)
    assert index.scores(query)[1] > 0
    assert query.expansions == (Expansion("petite et moyenne entreprise", "PME"),)


def test_a_passage_with_the_acronym_scores_as_without_a_glossary(index, glossary):
    assert index.scores(index.query("PME brevet", glossary))[1] == index.scores(index.query("PME brevet"))[1]


def test_without_a_glossary_nothing_is_added(index):
    assert index.query("PME").expansions == ()


def test_a_synonym_that_no_passage_holds_gives_its_whole_weight(index, glossary):
    direct = index.scores(index.query("rançongiciel"))
    assert index.scores(index.query("ransomware", glossary)).tolist() == pytest.approx(direct.tolist())


def test_what_no_passage_holds_is_not_added(index, glossary):
    assert index.query("NDA", glossary).expansions == ()


def test_capitals_tell_an_acronym_from_a_small_word(index, glossary):
    assert index.query("protéger le SI", glossary).expansions == (Expansion("SI", "système d’information"),)
    assert index.query("protéger si possible", glossary).expansions == ()
    assert index.query("PROTÉGER SI POSSIBLE", glossary).expansions == ()


def test_two_meanings_of_an_acronym_do_not_mean_each_other(glossary):
    meaning = glossary.match(["chiffr", "affair"])
    assert meaning is None or "conseil d’administration" not in [other.text for other in meaning.others]


def test_the_owner_adds_meanings(tmp_path, index):
    path = write(tmp_path, '[[entry]]\nacronym = "XYZ"\nexpansions = ["rançongiciel"]\n')
    assert index.query("XYZ", load_glossary(path)).expansions == (Expansion("XYZ", "rançongiciel"),)


def test_a_word_of_the_glossary_is_no_slip(index, tmp_path):
    owner = load_glossary(
        write(
            tmp_path,
            '[[synonyms]]\nwords = ["moyennes", "moyenness"]\n'
            '[[entry]]\nacronym = "brevot"\nexpansions = ["fichierr utile"]\n',
        )
    )
    for question in ("moyenness", "brevot", "fichierr"):
        assert index.query(question).corrections  # without the glossary
        assert index.query(question, owner).corrections == ()
    assert index.query("moyenness", owner).expansions == (Expansion("moyenness", "moyennes"),)
    assert index.query("brevot", owner).unknown == ("brevot",)


def test_a_phrase_is_looked_for_among_the_next_words_alone_however_long_the_question(index, glossary, monkeypatch):
    """Or the time that a long text takes would grow as its square."""
    draft, lengths = QuestionReader._draft, list[int]()
    monkeypatch.setattr(QuestionReader, "_draft", lambda self, rest: lengths.append(len(rest)) or draft(self, rest))
    query = index.query("brevet " * 500 + "petites et moyennes entreprises", glossary)
    assert query.expansions == (Expansion("petite et moyenne entreprise", "PME"),)
    assert max(lengths) == 3 * glossary.longest  # a stop word or two beside each word


def test_a_byte_order_mark_is_no_matter(tmp_path):
    path = tmp_path / "glossaire.toml"
    path.write_text('[[entry]]\nacronym = "XYZ"\nexpansions = ["rançongiciel"]\n', "utf-8-sig")
    assert read_glossary(path).entry[0].acronym == "XYZ"


def test_the_owner_may_have_no_glossary(tmp_path, glossary):
    assert load_glossary(tmp_path / "absent.toml") == glossary


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[[entry]]\nacronym = "PME"\n', "l’entrée n° 1 (« PME ») : il manque « expansions »"),
        ('[[entry]]\nacronym = "PME"\nexpansions = []\n', "l’entrée n° 1 (« PME ») : « expansions » est trop court"),
        ('[[entry]]\nacronym = "PME"\nexpansions = "x"\n', "« expansions » doit être une liste entre crochets"),
        ('[[entry]]\nacronim = "PME"\nexpansions = ["x"]\n', "l’entrée n° 1 : il manque « acronym »"),
        ('[[synonyms]]\nwords = ["mail"]\n', "le groupe de synonymes n° 1 (« mail ») : « words » est trop court"),
        ('[[synonyms]]\nwords = ["mail", 3]\n', "(« mail, 3 ») : « words » doit être un texte entre guillemets"),
        ("[[synonyms]]\nwords = 5\n", "n° 1 (« 5 ») : « words » doit être une liste entre crochets"),
        ('[[synonyms]]\nwords = "abc, def"\n', "(« abc, def ») : « words » doit être une liste entre crochets"),
        ('entry = ["PME"]\n', "l’entrée n° 1 (« PME ») : il faut un tableau « [[entry]] »"),
        ('titre = "x"\n', "à la racine : « titre » n’est pas une clé connue"),
        ("[[entry]\n", "n’est pas un fichier TOML lisible"),
    ],
)
def test_a_fault_names_the_file_and_the_entry(tmp_path, text, expected):
    path = write(tmp_path, text)
    with pytest.raises(IndexError_) as caught:
        read_glossary(path)
    assert str(path) in str(caught.value)
    assert expected in str(caught.value)


def test_the_shipped_glossary_holds_both_kinds(glossary):
    assert glossary.match(["rgpd"]) and glossary.match(["ransomwar"])
