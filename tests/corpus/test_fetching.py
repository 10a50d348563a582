"""Publications from their addresses: what is written, what is left alone, and what two admins do at once."""

import hashlib
import re
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from filelock import FileLock

from corpus import (
    CatalogueBusy,
    CatalogueError,
    CorpusSettings,
    DownloadError,
    UnreadablePdf,
    VigieError,
    add_publication,
    fetch_publication,
    load_catalogue,
    publications_to_fetch,
    remove_publication,
)
from corpus.catalogue import read_catalogue_file, write_catalogue_file
from tests.corpus.makers import paragraph, set_paragraphs
from tests.corpus.publisher import cut, dripping, endless, paper, publishing, redirect, status
from tests.support import write_pdf

LOCAL = CorpusSettings(allow_private_addresses=True, max_fetch_seconds=20, max_megabytes=1)


@pytest.fixture
def publisher():
    with publishing() as server:
        yield server


@pytest.fixture
def home(tmp_path, monkeypatch, publisher):
    """A home over a shipped catalogue of `livre`, and of `officiel` which waits for its file at /officiel.pdf."""
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    set_paragraphs(shipped / "livre.pdf", [paragraph("s", 30)])
    (shipped / "catalogue.toml").write_text(
        '[[publication]]\nid = "livre"\ntitle = "Le livre"\nfile = "livre.pdf"\nsource = "Imprimerie nationale"\n'
        '[[publication]]\nid = "officiel"\ntitle = "Le guide officiel"\nedition = "2015"\n'
        f'source = "{publisher.url("/officiel.pdf")}"\nreplaces = ["livre"]\n',
        "utf-8",
    )
    monkeypatch.setattr("corpus.catalogue.SHIPPED", shipped / "catalogue.toml")
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def first(tmp_path) -> bytes:
    return set_paragraphs(tmp_path / "first.pdf", [paragraph("g", 30)]).read_bytes()


@pytest.fixture
def second(tmp_path) -> bytes:
    return set_paragraphs(tmp_path / "second.pdf", [paragraph("n", 30)]).read_bytes()


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def served(home) -> list[str]:
    return [p.id for p in load_catalogue(home).publications]


def state(home) -> dict[str, bytes]:
    """Every file of the home but the lock, which holds nothing."""
    return {str(p.relative_to(home)): p.read_bytes() for p in home.rglob("*") if p.is_file() and p.suffix != ".lock"}


def entry(home, publication_id):
    return next(e for e in read_catalogue_file(home / "catalogue.toml").publication if e.id == publication_id)


def fetch(home, publication_id="officiel"):
    (publication,) = publications_to_fetch(home, (publication_id,))
    return fetch_publication(home, publication, LOCAL)


def write_admin(home, text: str) -> None:
    (home / "catalogue.toml").write_text(text, "utf-8")


class TestAddFromAnAddress:
    def test_the_entry_records_the_file_and_where_it_came_from(self, home, publisher, first):
        address = publisher.serves("/docs/Guide%20d%27%C3%A9t%C3%A9.pdf", paper(first, etag='"a"'))
        added = add_publication(home, address, LOCAL)
        assert (added.id, added.title, added.source) == ("guide-d-ete", "Guide d'été", address)
        assert added.path.read_bytes() == first
        recorded = entry(home, "guide-d-ete")
        assert recorded.model_dump(include={"sha256", "added", "source", "fetched_from", "etag"}) == {
            "sha256": digest(first), "added": datetime.now(UTC).date().isoformat(), "source": address,
            "fetched_from": address, "etag": '"a"',
        }  # fmt: skip
        assert set(state(home)) == {"catalogue.toml", "publications/guide-d-ete.pdf"}

    def test_an_id_already_taken_is_refused_before_anything_is_asked(self, home, publisher, first):
        address = publisher.serves("/livre.pdf", paper(first))
        with pytest.raises(CatalogueError, match="existe déjà"):
            add_publication(home, address, LOCAL)
        assert not publisher.asked

    @pytest.mark.parametrize("address", ["ftp://a.fr/b.pdf", "http://[/b.pdf"])
    def test_an_address_that_cannot_be_asked_for_is_refused(self, home, address):
        with pytest.raises(DownloadError, match="adresse"):
            add_publication(home, address, LOCAL)
        assert state(home) == {}

    def test_new_content_replaces_the_old_where_that_is_asked(self, home, publisher, first, second):
        address = publisher.serves("/guide.pdf", paper(first), paper(second))
        add_publication(home, address, LOCAL)
        added = add_publication(home, address, LOCAL, replaces=("guide",))
        assert (added.id, added.path.read_bytes()) == ("guide", second)

    def test_a_file_s_entry_records_its_digest_and_date_only(self, home, tmp_path, first):
        add_publication(home, tmp_path / "first.pdf", LOCAL)
        recorded = entry(home, "first")
        assert (recorded.sha256, recorded.fetched_from, recorded.source) == (digest(first), "", "")
        assert recorded.added

    def test_what_is_recorded_of_the_file_is_no_part_of_the_publication(self, home, publisher, first):
        """The index is built again when a publication changes: a date or a mark is no reason."""
        address = publisher.serves("/guide.pdf", paper(first, etag='"a"', modified="Mon, 01 Jun 2026 00:00:00 GMT"))
        added = add_publication(home, address, LOCAL)
        for value in entry(home, "guide").model_dump(include={"sha256", "added", "etag", "last_modified"}).values():
            assert value
            assert value not in repr(added)


class TestFetch:
    def test_a_publication_that_waited_is_served_with_what_the_catalogue_says_of_it(self, home, publisher, first):
        publisher.serves("/officiel.pdf", paper(first))
        got = fetch(home)
        assert (got.outcome, got.sha256, got.bytes) == ("fetched", digest(first), len(first))
        official = load_catalogue(home).find("officiel")
        assert (official.title, official.edition, served(home)) == ("Le guide officiel", "2015", ["officiel"])
        assert official.path.read_bytes() == first

    def test_the_admin_s_own_words_and_place_in_the_catalogue_stay(self, home, publisher, first, second):
        address = publisher.serves("/note.pdf", paper(first), paper(second))
        write_admin(
            home,
            f'[[publication]]\nid = "note"\ntitle = "Ma note"\nissuer = "Moi"\nsource = "{address}"\n'
            '[[publication]]\nid = "autre"\nfile = "autre.pdf"\n',
        )
        assert [fetch(home, "note").outcome, fetch(home, "note").outcome] == ["fetched", "changed"]
        note = load_catalogue(home).find("note")
        assert (note.title, note.issuer, note.replaces, note.path.read_bytes()) == ("Ma note", "Moi", (), second)
        assert served(home) == ["livre", "note", "autre"]

    def test_an_earlier_file_stays_for_the_index_versions_built_on_it(self, home, publisher, first, second):
        publisher.serves("/officiel.pdf", paper(first), paper(second))
        fetch(home)
        fetch(home)
        assert (home / "publications" / "officiel.pdf").read_bytes() == first
        assert (home / "publications" / "officiel-2.pdf").read_bytes() == second

    @pytest.mark.parametrize("marks", [{"etag": '"a"'}, {"modified": "Mon, 01 Jun 2026 00:00:00 GMT"}], ids=str)
    def test_a_file_that_is_the_same_is_not_received_again(self, home, publisher, first, marks):
        publisher.serves("/officiel.pdf", paper(first, **marks))
        fetch(home)
        before = state(home)
        got = fetch(home)
        assert (got.outcome, got.sha256, got.bytes) == ("unchanged", digest(first), 0)
        assert state(home) == before

    def test_the_same_content_without_marks_is_unchanged_too(self, home, publisher, first):
        publisher.serves("/officiel.pdf", paper(first))
        fetch(home)
        before = state(home)
        got = fetch(home)
        assert (got.outcome, got.bytes, state(home)) == ("unchanged", len(first), before)

    def test_the_same_content_under_a_new_mark_renews_the_mark_only(self, home, publisher, first):
        once, later = paper(first, etag='"a"'), paper(first, etag='"b"')
        publisher.serves("/officiel.pdf", once, once, later)
        fetch(home)
        before, publication = entry(home, "officiel"), load_catalogue(home).find("officiel")
        assert fetch(home).outcome == "unchanged"
        assert entry(home, "officiel") == before.model_copy(update={"etag": '"b"'})
        assert load_catalogue(home).find("officiel") == publication
        assert len(list((home / "publications").iterdir())) == 1

    def test_a_file_whose_copy_was_lost_is_taken_again(self, home, publisher, first):
        publisher.serves("/officiel.pdf", paper(first, etag='"a"'))
        fetch(home)
        load_catalogue(home).find("officiel").path.unlink()
        fetch(home)
        assert load_catalogue(home).find("officiel").path.read_bytes() == first

    def test_marks_of_another_address_are_not_shown_to_a_new_one(self, home, publisher, first, second):
        """An older date there would pass for « it did not change »."""
        modified = "Mon, 01 Jun 2026 00:00:00 GMT"
        publisher.serves("/officiel.pdf", paper(first, modified=modified))
        fetch(home)
        mine = (home / "catalogue.toml").read_text("utf-8")
        moved = re.sub(r"(?m)^source = .*$", f'source = "{publisher.url("/nouveau.pdf")}"', mine)
        write_admin(home, moved)
        publisher.serves("/nouveau.pdf", paper(second, modified=modified))
        assert fetch(home).outcome == "changed"
        assert entry(home, "officiel").fetched_from == publisher.url("/nouveau.pdf")

    def test_one_removed_meanwhile_does_not_come_back(self, home, publisher, first, second):
        publisher.serves("/officiel.pdf", paper(first), paper(second))
        fetch(home)
        (publication,) = publications_to_fetch(home)
        remove_publication(home, "officiel")
        before = state(home)
        with pytest.raises(CatalogueError, match="retirée entre-temps"):
            fetch_publication(home, publication, LOCAL)
        assert state(home) == before


class TestWhatIsFetched:
    @pytest.fixture
    def given(self, home, publisher, first, second):
        """« note » fetched, « papier » with another source, « livret » that waits."""
        add_publication(home, publisher.serves("/note.pdf", paper(first)), LOCAL)
        mine = (home / "catalogue.toml").read_text("utf-8")
        write_admin(
            home,
            mine + '[[publication]]\nid = "papier"\nfile = "p.pdf"\nsource = "Bibliothèque"\n'
            f'[[publication]]\nid = "livret"\nsource = "{publisher.url("/livret.pdf")}"\n',
        )

    @pytest.mark.usefixtures("given")
    def test_those_that_wait_come_first_then_those_fetched_before(self, home):
        assert [p.id for p in publications_to_fetch(home)] == ["officiel", "livret", "note"]

    @pytest.mark.usefixtures("given")
    def test_ids_choose(self, home):
        assert [p.id for p in publications_to_fetch(home, ("note", "officiel", "note"))] == ["note", "officiel"]

    @pytest.mark.usefixtures("given")
    @pytest.mark.parametrize("publication_id", ["papier", "livre", "inconnu"])
    def test_one_without_an_address_is_refused_with_those_that_have_one(self, home, publication_id):
        with pytest.raises(CatalogueError, match=rf"{publication_id}(.|\n)*officiel, livret, note"):
            publications_to_fetch(home, (publication_id,))

    def test_what_an_admin_gave_in_person_is_looked_for_by_its_id_only(self, home, tmp_path, first):
        add_publication(home, tmp_path / "first.pdf", LOCAL, publication_id="officiel")
        assert publications_to_fetch(home) == ()
        assert [p.id for p in publications_to_fetch(home, ("officiel",))] == ["officiel"]

    def test_what_was_withdrawn_is_not_looked_for(self, home, publisher, first):
        add_publication(home, publisher.serves("/note.pdf", paper(first)), LOCAL)
        remove_publication(home, "note")
        assert [p.id for p in publications_to_fetch(home)] == ["officiel"]


FAILURES = {
    "gone": status(410),
    "page": paper(b"<!doctype html>" + b"x" * 2000, kind="text/html"),
    "cut": cut(b"%PDF-1.4\n" + b"x" * 5000, length=9000),
    "lying": cut(b"%PDF-1.4\n" + b"x" * 5000, length=4000),
    "huge": endless(b"%PDF-1.4\n", times=2000),
    "slow": dripping(b"%PDF-1.4\n" + b"x" * 5000, after=2000),
    "loop": redirect("/officiel.pdf"),
    "unreadable": paper(b"%PDF-1.4\n" + b"x" * 2000 + b"%%EOF"),
}


class TestFailures:
    """Whatever happens, files and catalogue are as they were."""

    @pytest.mark.parametrize("failure", FAILURES)
    @pytest.mark.parametrize("known", [False, True], ids=["new", "known"])
    def test_nothing_is_half_added(self, home, publisher, first, failure, known):
        publisher.serves("/officiel.pdf", paper(first, etag='"a"'))
        if known:
            fetch(home)
        before = state(home)
        publisher.serves("/officiel.pdf", FAILURES[failure])
        (publication,) = publications_to_fetch(home)
        with pytest.raises(UnreadablePdf if failure == "unreadable" else DownloadError):
            fetch_publication(home, publication, LOCAL.model_copy(update={"max_fetch_seconds": 0.3}))
        assert state(home) == before
        assert all(path.suffix == ".pdf" for path in (home / "publications").iterdir())

    def test_the_remedy_is_to_give_the_file(self, home, publisher, first):
        publisher.serves("/officiel.pdf", status(404))
        with pytest.raises(DownloadError, match=r"vigie corpus add OFFICIEL\.pdf --id officiel »"):
            fetch(home)
        publisher.serves("/officiel.pdf", paper(first))
        fetch(home)
        publisher.serves("/officiel.pdf", status(404))
        with pytest.raises(DownloadError, match="--id officiel --replaces officiel »"):
            fetch(home)

    @pytest.mark.parametrize("step", ["corpus.download.check_status", "corpus.entering.write_catalogue_file",
                                      "corpus.fetching.read_isolated"])  # fmt: skip
    def test_an_interruption_leaves_nothing(self, home, publisher, first, monkeypatch, step):
        def interrupt(*_, **__):
            raise KeyboardInterrupt

        publisher.serves("/officiel.pdf", paper(first))
        monkeypatch.setattr(step, interrupt)
        with pytest.raises(KeyboardInterrupt):
            fetch(home)
        assert state(home) == {}
        assert not list((home / "publications").iterdir())

    def test_a_catalogue_that_cannot_be_written_keeps_its_content(self, tmp_path, monkeypatch):
        def fail(descriptor):
            raise OSError(28, "No space left on device")

        path = tmp_path / "catalogue.toml"
        write_admin(tmp_path, 'withdrawn = ["livre"]')
        monkeypatch.setattr("os.fsync", fail)
        with pytest.raises(OSError, match="No space"):
            write_catalogue_file(path, read_catalogue_file(path))
        assert {p.name: p.read_text("utf-8") for p in tmp_path.iterdir()} == {path.name: 'withdrawn = ["livre"]'}


class TestSameContent:
    def test_is_refused_with_the_name_of_the_publication_that_has_it(self, home, tmp_path, first):
        add_publication(home, tmp_path / "first.pdf", LOCAL, title="Le premier")
        before = state(home)
        with pytest.raises(CatalogueError, match=r"« first » \(Le premier\) a déjà ce contenu"):
            add_publication(home, tmp_path / "first.pdf", LOCAL, publication_id="autre")
        assert state(home) == before

    def test_is_refused_from_an_address_too(self, home, publisher, tmp_path, first):
        add_publication(home, tmp_path / "first.pdf", LOCAL)
        publisher.serves("/officiel.pdf", paper(first))
        with pytest.raises(CatalogueError, match="« first »"):
            fetch(home)

    def test_is_seen_in_a_file_that_nothing_is_recorded_of(self, home, tmp_path):
        with pytest.raises(CatalogueError, match="« livre »"):
            add_publication(home, tmp_path / "shipped" / "livre.pdf", LOCAL, publication_id="copie")

    def test_may_take_another_name_where_it_replaces_the_old_one(self, home, tmp_path, first):
        add_publication(home, tmp_path / "first.pdf", LOCAL)
        add_publication(home, tmp_path / "first.pdf", LOCAL, publication_id="autre", replaces=("first",))
        assert served(home) == ["livre", "autre"]

    def test_does_not_stand_in_the_way_of_what_the_catalogue_says_it_replaces(self, home, tmp_path):
        add_publication(home, tmp_path / "shipped" / "livre.pdf", LOCAL, publication_id="officiel")
        assert served(home) == ["officiel"]

    @pytest.mark.parametrize("publication_id", ["first", "autre"])
    def test_of_a_withdrawn_publication_may_come_back(self, home, tmp_path, first, publication_id):
        add_publication(home, tmp_path / "first.pdf", LOCAL)
        remove_publication(home, "first")
        add_publication(home, tmp_path / "first.pdf", LOCAL, publication_id=publication_id)
        assert served(home) == ["livre", publication_id]


def test_a_publication_that_would_not_be_served_is_refused(home, tmp_path, first):
    """Its guide is withdrawn, and a chapter with it."""
    write_admin(home, 'withdrawn = ["guide"]\n[[publication]]\nid = "chapitre"\nguide = "guide"\nfile = "c.pdf"\n')
    shipped = tmp_path / "shipped" / "catalogue.toml"
    shipped.write_text(shipped.read_text("utf-8") + '[[publication]]\nid = "chapitre"\nguide = "guide"\n', "utf-8")
    with pytest.raises(CatalogueError, match="ne serait pas servie"):
        add_publication(home, tmp_path / "first.pdf", LOCAL, publication_id="chapitre")


class TestTwoAdmins:
    def test_at_once_lose_nothing(self, home, tmp_path, monkeypatch):
        """The first writes the catalogue that it read once the others want it too."""
        names = [f"note-{letter}" for letter in "abcd"]
        wanting, inside = threading.Semaphore(0), []

        class Wanted(FileLock):
            def acquire(self, *arguments, **options):
                wanting.release()
                return super().acquire(*arguments, **options)

        def last(path, catalogue):
            inside.append(threading.current_thread())
            if len(inside) == 1:
                assert all(wanting.acquire(timeout=20) for _ in names)
            assert inside[0] is threading.current_thread()
            write_catalogue_file(path, catalogue)
            inside.clear()
            for _ in names:  # nobody else is waited for
                wanting.release()

        for name in names:
            write_pdf(tmp_path / f"{name}.pdf", [f"Une page de texte lisible, {name}."])
        monkeypatch.setattr("corpus.entering.FileLock", Wanted)
        monkeypatch.setattr("corpus.entering.write_catalogue_file", last)
        failures: list[Exception] = []

        def act(name):
            try:
                add_publication(home, tmp_path / f"{name}.pdf", LOCAL)
            except (VigieError, AssertionError) as error:
                failures.append(error)

        threads = [threading.Thread(target=act, args=(name,)) for name in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failures
        assert sorted(served(home)) == ["livre", *names]

    def test_who_give_one_id_two_files_at_once_get_one_of_them(self, home, tmp_path, first, second, monkeypatch):
        """The second is read when the first comes in."""
        from corpus.library import prepare

        def overtaken(*arguments, **options):
            document = prepare(*arguments, **options)
            monkeypatch.undo()
            add_publication(home, tmp_path / "first.pdf", LOCAL, publication_id="note")
            return document

        monkeypatch.setattr("corpus.library.prepare", overtaken)
        with pytest.raises(CatalogueError, match="« note » existe déjà"):
            add_publication(home, tmp_path / "second.pdf", LOCAL, publication_id="note")
        assert load_catalogue(home).find("note").path.read_bytes() == first
        assert set(state(home)) == {"catalogue.toml", "publications/note.pdf"}

    def test_in_two_processes_wait_for_each_other(self, home, tmp_path, first):
        code = (
            "import sys; from pathlib import Path; from filelock import FileLock\n"
            "from corpus import CorpusSettings, add_publication, entering\n"
            "class Told(FileLock):\n"
            "    def acquire(self, **options):\n"
            "        print('waits', flush=True)\n"
            "        return super().acquire(**options)\n"
            "entering.FileLock = Told\n"
            "add_publication(Path(sys.argv[1]), Path(sys.argv[2]), CorpusSettings())"
        )
        root = Path(__file__).resolve().parents[2]
        command = [sys.executable, "-c", code, str(home), str(tmp_path / "first.pdf")]
        with FileLock(home / "catalogue.lock"):
            other = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE)
            assert other.stdout.readline() == b"waits\n"
            write_admin(home, 'withdrawn = ["officiel"]')
            assert not (home / "publications" / "first.pdf").exists()
        other.communicate(timeout=30)
        assert other.returncode == 0
        mine = read_catalogue_file(home / "catalogue.toml")
        assert (mine.withdrawn, [e.id for e in mine.publication]) == (("officiel",), ["first"])

    def test_wait_ten_seconds_at_most_and_are_told_whom_for(self, home, tmp_path, first, monkeypatch):
        monkeypatch.setattr("corpus.entering._LONGEST_WAIT", 0.05)
        with FileLock(home / "catalogue.lock"):
            for act in (
                lambda: add_publication(home, tmp_path / "first.pdf", LOCAL),
                lambda: remove_publication(home, "livre"),
            ):
                with pytest.raises(CatalogueBusy, match=r"corpus add(.|\n)*catalogue\.lock"):
                    act()
        assert state(home) == {}
