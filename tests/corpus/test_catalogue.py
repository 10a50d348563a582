"""The catalogue: the shipped part, the admin's over it, editions that replace others, folders without one."""

import unicodedata

import pytest

from corpus import CatalogueError, folder_catalogue, load_catalogue
from corpus.catalogue import CatalogueFile, PublicationEntry, read_catalogue_file, write_catalogue_file
from tests.corpus.makers import paragraph, set_paragraphs

SHIPPED = """
[[guide]]
id = "recueil"
title = "Recueil de démonstration"
demonstration = true

[[guide.pillars]]
id = "veille"
title = "Veille"
questions = ["Comment veiller ?"]

[[publication]]
id = "chapitre-1"
guide = "recueil"
title = "I. Veille"
file = "guide/1.pdf"
pillar = "veille"

[[publication]]
id = "chapitre-2"
guide = "recueil"
title = "II. Sécurité"
file = "guide/2.pdf"

[[publication]]
id = "officiel"
title = "Le guide officiel"
issuer = "L’État"
replaces = ["recueil"]
"""


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """The catalogue of a home whose own part is the given text, over the shipped part above."""
    shipped, home = tmp_path / "shipped" / "catalogue.toml", tmp_path / "home"
    shipped.parent.mkdir()
    home.mkdir()
    shipped.write_text(SHIPPED, "utf-8")
    monkeypatch.setattr("corpus.catalogue.SHIPPED", shipped)

    def load(admin: str = ""):
        if admin:
            (home / "catalogue.toml").write_text(admin, "utf-8")
        return load_catalogue(home)

    return load


def served(catalogue) -> list[str]:
    return [p.id for p in catalogue.publications]


def test_the_shipped_part_alone_is_served(catalogue):
    assert served(catalogue()) == ["chapitre-1", "chapitre-2"]


def test_a_publication_without_a_file_waits_to_be_fetched(catalogue):
    assert [p.id for p in catalogue().unfetched] == ["officiel"]


def test_a_guide_shows_its_name_status_and_pillars(catalogue):
    guide = catalogue().guide
    assert (guide.title, guide.demonstration) == ("Recueil de démonstration", True)
    assert guide.pillars[0].questions == ("Comment veiller ?",)


def test_the_admin_s_publication_is_added(catalogue):
    assert served(catalogue('[[publication]]\nid = "note"\nfile = "note.pdf"')) == ["chapitre-1", "chapitre-2", "note"]


def test_the_admin_s_entry_completes_the_shipped_one(catalogue, tmp_path):
    official = catalogue('[[publication]]\nid = "officiel"\nfile = "publications/o.pdf"').find("officiel")
    assert (official.title, official.issuer) == ("Le guide officiel", "L’État")
    assert official.path == tmp_path / "home" / "publications" / "o.pdf"


def test_replacing_a_guide_withdraws_all_its_chapters(catalogue):
    loaded = catalogue('[[publication]]\nid = "officiel"\nfile = "o.pdf"')
    assert served(loaded) == ["officiel"]
    assert [p.id for p in loaded.withdrawn] == ["chapitre-1", "chapitre-2"]


def test_the_guide_in_front_is_then_the_new_publication(catalogue):
    guide = catalogue('[[publication]]\nid = "officiel"\nfile = "o.pdf"').guide
    assert (guide.title, guide.demonstration) == ("Le guide officiel", False)


def test_nothing_is_replaced_by_a_file_not_yet_fetched(catalogue):
    assert "chapitre-1" in served(catalogue())


def test_nothing_is_replaced_by_a_withdrawn_edition(catalogue):
    loaded = catalogue('withdrawn = ["officiel"]\n[[publication]]\nid = "officiel"\nfile = "o.pdf"')
    assert served(loaded) == ["chapitre-1", "chapitre-2"]


@pytest.mark.parametrize(("withdrawn", "left"), [("chapitre-1", ["chapitre-2"]), ("recueil", [])])
def test_what_is_withdrawn_is_not_served(catalogue, withdrawn, left):
    assert served(catalogue(f'withdrawn = ["{withdrawn}"]')) == left


NEW_EDITION = '[[publication]]\nid = "chapitre-1-2026"\nfile = "n.pdf"\nreplaces = ["chapitre-1"]\n'


def test_a_new_edition_takes_the_work_of_the_old_one(catalogue):
    loaded = catalogue(NEW_EDITION)
    assert served(loaded) == ["chapitre-2", "chapitre-1-2026"]
    assert loaded.find("chapitre-1-2026").work == "chapitre-1"


def test_the_third_edition_has_the_work_of_the_first(catalogue):
    third = '[[publication]]\nid = "chapitre-1-2027"\nfile = "t.pdf"\nreplaces = ["chapitre-1-2026"]\n'
    loaded = catalogue(NEW_EDITION + third)
    assert served(loaded) == ["chapitre-2", "chapitre-1-2027"]
    assert loaded.find("chapitre-1-2027").work == "chapitre-1"


def test_editions_that_replace_one_another_do_not_loop(catalogue):
    """Which one is right cannot be told; neither may be served twice, and loading must end."""
    loaded = catalogue(NEW_EDITION + '[[publication]]\nid = "chapitre-1"\nreplaces = ["chapitre-1-2026"]\n')
    assert served(loaded) == ["chapitre-2"]


def test_a_publication_that_names_itself_stays_served(catalogue):
    loaded = catalogue('[[publication]]\nid = "note"\nfile = "note.pdf"\nreplaces = ["note"]')
    assert "note" in served(loaded)


def test_a_publication_is_its_own_work(catalogue):
    assert catalogue().find("chapitre-1").work == "chapitre-1"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[[publication]]\nid = "a"\nfichier = "a.pdf"', "publication.0.fichier"),
        ('titre = "a"', "titre"),
        ('[[guide]]\nid = "g"\ntitle = "G"\n[[guide.pillars]]\nid = "p"\ntitle = "P"\nquestion = "?"', "question"),
        ("[[publication]]\nid = 3", "publication.0.id"),
        ('[[publication]]\ntitle = "sans identifiant"', "publication.0.id"),
    ],
)
def test_a_wrong_entry_is_named(catalogue, text, named):
    with pytest.raises(CatalogueError, match=named):
        catalogue(text)


@pytest.mark.parametrize(
    "content", [b"[[publication", b"\xff\xfe", b"withdrawn = []\nwithdrawn = []"], ids=["cut", "bytes", "twice"]
)
def test_a_file_that_is_no_toml_is_named(tmp_path, content):
    path = tmp_path / "catalogue.toml"
    path.write_bytes(content)
    with pytest.raises(CatalogueError, match=r"catalogue\.toml"):
        read_catalogue_file(path)


@pytest.mark.parametrize("file", ["../a.pdf", "/etc/passwd", "sous/../../a.pdf"])
def test_a_path_that_leaves_the_folder_is_refused(catalogue, file):
    with pytest.raises(CatalogueError, match="sort du dossier"):
        catalogue(f'[[publication]]\nid = "a"\nfile = "{file}"')


def test_a_link_that_leaves_the_folder_is_refused(catalogue, tmp_path):
    (tmp_path / "home" / "a.pdf").symlink_to(tmp_path / "ailleurs.pdf")
    with pytest.raises(CatalogueError, match="sort du dossier"):
        catalogue('[[publication]]\nid = "a"\nfile = "a.pdf"')


@pytest.mark.parametrize("publication_id", ["-a", "", "  "])
def test_an_id_that_a_command_could_not_name_is_refused(catalogue, publication_id):
    with pytest.raises(CatalogueError):
        catalogue(f'[[publication]]\nid = "{publication_id}"\nfile = "a.pdf"')


def test_two_entries_of_one_id_in_a_file_are_refused(catalogue):
    """The second would silently take the place of the first."""
    with pytest.raises(CatalogueError, match="note"):
        catalogue('[[publication]]\nid = "note"\nfile = "a.pdf"\n[[publication]]\nid = "note"\nfile = "b.pdf"')


def test_a_written_catalogue_reads_back(tmp_path):
    catalogue = CatalogueFile(
        publication=(PublicationEntry(id="a", title="Été", file="a.pdf", replaces=("b",)),), withdrawn=("c",)
    )
    write_catalogue_file(tmp_path / "sous" / "catalogue.toml", catalogue)
    assert read_catalogue_file(tmp_path / "sous" / "catalogue.toml") == catalogue


class TestFolder:
    def pdf(self, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        return set_paragraphs(path, [paragraph("a", 5)])

    def test_each_pdf_is_a_publication_named_by_its_stem(self, tmp_path):
        for name in ("b.pdf", "a.PDF", "notes.txt"):
            self.pdf(tmp_path / name)
        assert [(p.id, p.title, p.path) for p in folder_catalogue(tmp_path).publications] == [
            ("a", "a", tmp_path / "a.PDF"),
            ("b", "b", tmp_path / "b.pdf"),
        ]

    def test_files_in_folders_are_found(self, tmp_path):
        self.pdf(tmp_path / "2015" / "guide.pdf")
        assert served(folder_catalogue(tmp_path)) == ["guide"]

    def test_two_files_of_one_name_are_both_served(self, tmp_path):
        files = {self.pdf(tmp_path / year / "guide.pdf") for year in ("2015", "2026")}
        assert {p.path for p in folder_catalogue(tmp_path).publications} == files

    def test_an_accented_name_has_one_id_however_the_disk_writes_it(self, tmp_path):
        self.pdf(tmp_path / (unicodedata.normalize("NFD", "État") + ".pdf"))
        assert served(folder_catalogue(tmp_path)) == [unicodedata.normalize("NFC", "État")]

    def test_its_own_catalogue_names_some_files_and_the_others_join_them(self, tmp_path):
        self.pdf(tmp_path / "a.pdf")
        self.pdf(tmp_path / "b.pdf")
        (tmp_path / "catalogue.toml").write_text('[[publication]]\nid = "rapport"\nfile = "a.pdf"', "utf-8")
        assert served(folder_catalogue(tmp_path)) == ["rapport", "b"]

    def test_a_missing_folder_is_told(self, tmp_path):
        with pytest.raises(CatalogueError, match="absent"):
            folder_catalogue(tmp_path / "absent")

    def test_an_empty_folder_has_no_publication_and_no_guide(self, tmp_path):
        catalogue = folder_catalogue(tmp_path)
        assert (catalogue.publications, catalogue.guide) == ((), None)

    def test_a_declared_file_that_is_absent_is_told(self, tmp_path):
        """Found here, not as a « damaged » file in the middle of a build."""
        (tmp_path / "catalogue.toml").write_text('[[publication]]\nid = "a"\nfile = "absent.pdf"', "utf-8")
        with pytest.raises(CatalogueError, match=r"absent\.pdf"):
            folder_catalogue(tmp_path)


class TestWhatVigieShips:
    def test_every_file_is_there(self, tmp_path):
        assert [p.id for p in load_catalogue(tmp_path).publications if not p.path.is_file()] == []

    def test_the_guide_served_is_the_demonstration(self, tmp_path):
        guide = load_catalogue(tmp_path).guide
        assert guide.demonstration
        assert guide.notice

    def test_every_pillar_has_a_publication(self, tmp_path):
        catalogue = load_catalogue(tmp_path)
        assert {p.id for p in catalogue.guide.pillars} <= {p.pillar for p in catalogue.publications}

    def test_the_official_guide_replaces_it_once_its_file_is_there(self, tmp_path):
        (tmp_path / "catalogue.toml").write_text('[[publication]]\nid = "recueil-d2ie-2015"\nfile = "r.pdf"', "utf-8")
        set_paragraphs(tmp_path / "r.pdf", [paragraph("a", 5)])
        catalogue = load_catalogue(tmp_path)
        assert served(catalogue) == ["recueil-d2ie-2015"]
        assert not catalogue.guide.demonstration
