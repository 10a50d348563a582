"""The admin's acts: add a publication, withdraw one; a refused act leaves the catalogue as it was."""

import os

import pypdfium2 as pdfium
import pytest
from PIL import Image

from corpus import (
    CatalogueError,
    CorpusSettings,
    OcrUnavailable,
    UnreadablePdf,
    add_publication,
    load_catalogue,
    read_isolated,
    remove_publication,
)
from corpus.errors import unreadable
from corpus.library import slug
from corpus.ocr import OcrWord
from tests.corpus.makers import LIMITS, edited, paragraph, set_paragraphs, write_bomb
from tests.support import write_pdf


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An empty home over a shipped catalogue of one publication, `livre`."""
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    set_paragraphs(shipped / "livre.pdf", [paragraph("s", 30)])
    (shipped / "catalogue.toml").write_text(
        '[[publication]]\nid = "livre"\ntitle = "Le livre"\nfile = "livre.pdf"\n'
        '[[publication]]\nid = "a-venir"\ntitle = "À venir"\nreplaces = ["livre"]\n',
        "utf-8",
    )
    monkeypatch.setattr("corpus.catalogue.SHIPPED", shipped / "catalogue.toml")
    return tmp_path / "home"


@pytest.fixture
def guide(tmp_path):
    """A readable PDF called « Guide d'été.pdf »."""
    return set_paragraphs(tmp_path / "Guide d'été.pdf", [paragraph("g", 30)])


@pytest.fixture
def scan(tmp_path):
    """A PDF of one white image called « scan.pdf »."""
    Image.new("RGB", (595, 842), "white").save(tmp_path / "scan.pdf", "PDF", resolution=72)
    return tmp_path / "scan.pdf"


@pytest.fixture
def recognising(monkeypatch):
    """Make each image-only page give these words in place of Tesseract; a list as long as the pages seen."""
    seen = []

    def give(*texts) -> list:
        words = [OcrWord(text, (72 + 50 * n, 700, 118 + 50 * n, 712), 0.93, 0, 1) for n, text in enumerate(texts)]
        monkeypatch.setattr("corpus.library.check_tesseract", lambda: None)
        monkeypatch.setattr("corpus.ocr_layer.recognise", lambda page, languages: seen.append(1) or words)
        return seen

    return give


def locked(path):
    return edited(path, lambda writer: writer.encrypt("sésame", algorithm="AES-256"))


def served(home) -> list[str]:
    return [p.id for p in load_catalogue(home).publications]


def files(home) -> set[str]:
    return {str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()} - {"catalogue.lock"}


def test_the_file_is_copied_and_served(home, guide):
    added = add_publication(home, guide, LIMITS)
    guide.unlink()
    assert served(home) == ["livre", "guide-d-ete"]
    assert added.path == home / "publications" / "guide-d-ete.pdf"
    assert read_isolated(added.path, LIMITS).passages


def test_nothing_else_is_left_in_the_home(home, guide):
    add_publication(home, guide, LIMITS)
    assert files(home) == {"catalogue.toml", "publications/guide-d-ete.pdf"}


def test_its_title_is_the_one_given(home, guide):
    assert add_publication(home, guide, LIMITS, title="Le guide").title == "Le guide"


def test_else_its_title_is_that_of_the_file_s_metadata(home, guide):
    edited(guide, lambda writer: writer.add_metadata({"/Title": "Le guide de l’été"}))
    assert add_publication(home, guide, LIMITS).title == "Le guide de l’été"


def test_else_its_title_is_the_file_s_name(home, guide):
    assert add_publication(home, guide, LIMITS).title == "Guide d'été"


def test_a_publication_that_waited_for_its_file_keeps_its_title_and_what_it_replaces(home, guide):
    assert add_publication(home, guide, LIMITS, publication_id="a-venir").title == "À venir"
    assert served(home) == ["a-venir"]


def test_a_new_edition_withdraws_the_old_one_and_takes_its_work(home, guide):
    added = add_publication(home, guide, LIMITS, replaces=("livre",))
    assert (served(home), added.work) == (["guide-d-ete"], "livre")


def test_a_new_edition_may_keep_the_id_of_the_old_one(home, guide, tmp_path):
    """The most ordinary act: next year's file has the same name."""
    add_publication(home, guide, LIMITS)
    (tmp_path / "2026").mkdir()
    newer = set_paragraphs(tmp_path / "2026" / guide.name, [paragraph("n", 30)])
    added = add_publication(home, newer, LIMITS, replaces=("guide-d-ete",))
    assert served(home) == ["livre", "guide-d-ete"]
    assert added.path.read_bytes() == newer.read_bytes()


def test_a_newer_file_of_the_same_id_still_replaces_what_the_older_did(home, guide):
    add_publication(home, guide, LIMITS, replaces=("livre",))
    add_publication(home, guide, LIMITS, replaces=("guide-d-ete",))
    assert served(home) == ["guide-d-ete"]


def test_the_earlier_file_stays_for_the_index_versions_built_on_it(home, guide):
    first = add_publication(home, guide, LIMITS).path
    remove_publication(home, "guide-d-ete")
    second = add_publication(home, guide, LIMITS).path
    assert first != second
    assert first.is_file()


def write_words(path, text="{}") -> None:
    path.with_suffix(".asked.jsonl").write_text(text, "utf-8")


def words_of(publication) -> str:
    return publication.path.with_suffix(".asked.jsonl").read_text("utf-8")


class TestWordsOfTheOwner:
    """What members ask, written beside the file: « guide-d-ete.asked.jsonl »."""

    def test_go_on_with_a_newer_file_of_the_same_id(self, home, guide):
        first = add_publication(home, guide, LIMITS)
        write_words(first.path, "questions")
        second = add_publication(home, guide, LIMITS, replaces=("guide-d-ete",))
        assert second.path != first.path
        assert words_of(first) == words_of(second) == "questions"

    def test_go_on_with_one_added_again(self, home, guide):
        write_words(add_publication(home, guide, LIMITS).path, "questions")
        remove_publication(home, "guide-d-ete")
        assert words_of(add_publication(home, guide, LIMITS)) == "questions"

    def test_written_before_the_file_comes_are_kept(self, home, guide):
        first = add_publication(home, guide, LIMITS)
        write_words(first.path, "questions")
        write_words(first.path.with_stem("guide-d-ete-2"), "questions nouvelles")
        assert words_of(add_publication(home, guide, LIMITS, replaces=("guide-d-ete",))) == "questions nouvelles"

    def test_stay_with_their_publication(self, home, guide):
        """Another id, and words beside a shipped file, which are of its text."""
        write_words(add_publication(home, guide, LIMITS).path)
        write_words(home.parent / "shipped" / "livre.pdf")
        add_publication(home, guide, LIMITS, publication_id="livre", replaces=("livre", "guide-d-ete"))
        assert not list((home / "publications").glob("livre*.asked.jsonl"))

    @pytest.mark.parametrize("in_advance", [False, True])
    def test_are_as_they_were_after_a_failure(self, home, guide, monkeypatch, in_advance):
        first = add_publication(home, guide, LIMITS)
        write_words(first.path)
        if in_advance:
            write_words(first.path.with_stem("guide-d-ete-2"))
        before = files(home)
        monkeypatch.setattr("corpus.entering.write_catalogue_file", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            add_publication(home, guide, LIMITS, replaces=("guide-d-ete",))
        assert files(home) == before


class TestLeftBehind:
    """In the folder of the publications, which may be under git or open in an editor."""

    @pytest.fixture
    def folder(self, home):
        (home / "publications").mkdir(parents=True)
        return home / "publications"

    def old(self, folder, name):
        (folder / name).mkdir()
        os.utime(folder / name, (0, 0))
        return folder / name

    def test_what_a_killed_command_left_goes_after_a_day(self, home, guide, folder):
        left = self.old(folder, ".vigie-abcdefgh")
        add_publication(home, guide, LIMITS)
        assert not left.exists()

    def test_what_a_running_command_has_stays(self, home, guide, folder):
        (folder / ".vigie-abcdefgh").mkdir()
        add_publication(home, guide, LIMITS)
        assert (folder / ".vigie-abcdefgh").is_dir()

    def test_a_folder_of_the_owner_s_stays(self, home, guide, folder):
        git = self.old(folder, ".git")
        add_publication(home, guide, LIMITS)
        assert git.is_dir()

    @pytest.mark.parametrize("name", [".#note.asked.jsonl", ".vigie-abcdefgh"])
    def test_a_link_that_leads_nowhere_stops_nothing(self, home, guide, folder, name):
        """Emacs locks the file being edited by a link to « user@host »."""
        (folder / name).symlink_to("admin@poste.1234")
        add_publication(home, guide, LIMITS)
        assert served(home) == ["livre", "guide-d-ete"]


def test_a_locked_file_is_served_unlocked(home, guide):
    added = add_publication(home, locked(guide), LIMITS, password="sésame")
    assert read_isolated(added.path, LIMITS).passages
    assert files(home) == {"catalogue.toml", "publications/guide-d-ete.pdf"}


def test_a_scanned_file_is_served_with_its_recognised_text(home, scan, recognising):
    recognising("Alerter", "membres.")
    read, steps = [], []
    added = add_publication(
        home, scan, LIMITS, ocr=True, on_read=read.append, on_ocr=lambda done, total: steps.append((done, total))
    )
    (passage,) = read_isolated(added.path, LIMITS).passages
    assert (passage.text, passage.ocr) == ("Alerter membres.", 0.93)
    assert read == [read_isolated(added.path, LIMITS)]
    assert steps == [(1, 1)]


def test_a_locked_scan_is_unlocked_then_recognised(home, scan, recognising):
    recognising("Alerter", "membres.")
    added = add_publication(home, locked(scan), LIMITS, password="sésame", ocr=True)
    assert read_isolated(added.path, LIMITS).passages[0].ocr == 0.93


def test_a_file_with_text_is_copied_as_it_is_whatever_the_options(home, guide, recognising):
    seen = recognising("Alerter")
    added = add_publication(home, guide, LIMITS, password="sésame", ocr=True)
    assert added.path.read_bytes() == guide.read_bytes()
    assert seen == []


def test_a_mended_file_is_still_said_to_be_mended_after_recognition(home, guide, scan, recognising):
    """Recognition writes the mended pages into the copy, which then opens without mending."""
    edited(guide, lambda writer: writer.append(scan, import_outline=False))
    guide.write_bytes(guide.read_bytes().replace(b"/Type /Pages", b"/Type /Pxges").replace(b"/Pages ", b"/Pxges "))
    recognising("Alerter", "membres.")
    read = []
    added = add_publication(home, guide, LIMITS, ocr=True, on_read=read.append)
    assert [(page.is_scan, document.is_repaired) for document in read for page in document.pages] == [
        (False, True), (True, True),
    ]  # fmt: skip
    with pdfium.PdfDocument(added.path) as pdf:
        assert len(pdf) == 2


@pytest.fixture
def catalogue_kept(home, guide):
    """Check that the test's refused act changes neither the catalogue nor the files."""
    add_publication(home, guide, LIMITS, publication_id="premier")
    before = (served(home), (home / "catalogue.toml").read_bytes(), files(home))
    yield
    assert (served(home), (home / "catalogue.toml").read_bytes(), files(home)) == before


@pytest.mark.usefixtures("catalogue_kept")
class TestRefused:
    def test_an_unknown_publication_to_replace(self, home, guide):
        with pytest.raises(CatalogueError, match=r"inconnu(.|\n)*livre"):
            add_publication(home, guide, LIMITS, replaces=("inconnu",))

    def test_one_unknown_among_the_known(self, home, guide):
        with pytest.raises(CatalogueError, match="inconnu"):
            add_publication(home, guide, LIMITS, replaces=("livre", "inconnu"))

    def test_an_id_already_taken(self, home, guide):
        with pytest.raises(CatalogueError, match="premier"):
            add_publication(home, guide, LIMITS, publication_id="premier")

    def test_an_id_that_a_command_could_not_name(self, home, guide):
        with pytest.raises(CatalogueError):
            add_publication(home, guide, LIMITS, publication_id="-x")

    def test_a_file_that_is_no_pdf(self, home, tmp_path):
        path = tmp_path / "faux.pdf"
        path.write_bytes(b"bonjour")
        with pytest.raises(UnreadablePdf) as caught:
            add_publication(home, path, LIMITS)
        assert caught.value.code == "not_a_pdf"

    def test_a_file_without_text(self, home, tmp_path):
        with pytest.raises(UnreadablePdf) as caught:
            add_publication(home, write_pdf(tmp_path / "vide.pdf", [""]), LIMITS)
        assert caught.value.code == "no_text"

    @pytest.mark.parametrize("password", ["", "faux"])
    def test_a_locked_file_without_its_password(self, home, guide, password):
        with pytest.raises(UnreadablePdf, match="--password") as caught:
            add_publication(home, locked(guide), LIMITS, publication_id="secret", password=password)
        assert caught.value.code == "encrypted"

    def test_a_scan_without_recognition(self, home, scan):
        with pytest.raises(UnreadablePdf, match="--ocr") as caught:
            add_publication(home, scan, LIMITS)
        assert caught.value.code == "no_text"

    def test_a_scan_on_which_nothing_is_recognised(self, home, scan, recognising):
        """« Add it with --ocr » would send the admin round in circles."""
        recognising()
        with pytest.raises(UnreadablePdf, match="Aucun texte n’a été reconnu") as caught:
            add_publication(home, scan, LIMITS, ocr=True)
        assert caught.value.code == "no_text"

    def test_recognition_without_tesseract(self, home, scan, monkeypatch):
        monkeypatch.setenv("PATH", "")
        with pytest.raises(OcrUnavailable, match="apt-get install tesseract-ocr"):
            add_publication(home, scan, LIMITS, ocr=True)

    def test_a_recognition_that_takes_too_long(self, home, scan, recognising, monkeypatch):
        def expire(page, languages):
            raise unreadable("timeout")

        recognising()
        monkeypatch.setattr("corpus.ocr_layer.recognise", expire)
        with pytest.raises(UnreadablePdf) as caught:
            add_publication(home, scan, LIMITS, ocr=True)
        assert caught.value.code == "timeout"

    @pytest.mark.parametrize("options", [{"ocr": True}, {"password": "x"}], ids=str)
    def test_a_bomb_reaches_the_worker_only(self, home, tmp_path, recognising, monkeypatch, options):
        recognising("Alerter")
        for name in ("unlocked", "with_text_layer"):
            monkeypatch.setattr(f"corpus.library.{name}", lambda *_, **__: pytest.fail("opened in this process"))
        bomb = write_bomb(tmp_path / "a.pdf", 20)
        with pytest.raises(UnreadablePdf) as caught:
            add_publication(home, bomb, CorpusSettings(max_decompressed_mb=10), **options)
        assert caught.value.code == "limits"

    def test_too_large_a_file_before_it_is_copied(self, home, guide, monkeypatch):
        guide.write_bytes(guide.read_bytes() + b"\n" * 1_000_000)
        monkeypatch.setattr("shutil.copyfile", lambda *_: pytest.fail("it was copied"))
        with pytest.raises(UnreadablePdf) as caught:
            add_publication(home, guide, CorpusSettings(max_megabytes=1))
        assert caught.value.code == "too_large"

    def test_a_file_that_is_absent(self, home, tmp_path):
        with pytest.raises(CatalogueError, match="absent"):
            add_publication(home, tmp_path / "absent.pdf", LIMITS)

    def test_removing_what_is_not_served(self, home):
        with pytest.raises(CatalogueError, match="inconnu"):
            remove_publication(home, "inconnu")


def test_an_id_withdrawn_by_a_newer_edition_is_refused(home, guide):
    """It would be added and not served: the newer edition still replaces it."""
    add_publication(home, guide, LIMITS, replaces=("livre",))
    with pytest.raises(CatalogueError, match="livre"):
        add_publication(home, guide, LIMITS, publication_id="livre")


def test_a_removed_publication_is_no_longer_served(home, guide):
    add_publication(home, guide, LIMITS)
    remove_publication(home, "guide-d-ete")
    assert served(home) == ["livre"]


def test_a_shipped_publication_can_be_removed(home):
    remove_publication(home, "livre")
    assert served(home) == []


def test_removing_keeps_the_file(home, guide):
    path = add_publication(home, guide, LIMITS).path
    remove_publication(home, "guide-d-ete")
    assert path.is_file()


def test_removing_an_edition_brings_back_the_one_that_it_replaced(home, guide):
    add_publication(home, guide, LIMITS, replaces=("livre",))
    remove_publication(home, "guide-d-ete")
    assert served(home) == ["livre"]


def test_a_removed_publication_can_be_added_again(home, guide):
    add_publication(home, guide, LIMITS)
    remove_publication(home, "guide-d-ete")
    add_publication(home, guide, LIMITS)
    assert served(home) == ["livre", "guide-d-ete"]


def test_removing_twice_is_refused(home):
    remove_publication(home, "livre")
    with pytest.raises(CatalogueError, match="livre"):
        remove_publication(home, "livre")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Guide d'été 2026", "guide-d-ete-2026"), ("  État__MAJ ", "etat-maj"), ("…", "publication"), ("a/../b", "a-b")],
)
def test_a_slug_is_plain(name, expected):
    assert slug(name) == expected
