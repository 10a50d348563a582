"""The database opens, grows with Vigie, and says what is wrong with it."""

import os
import sqlite3
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from filelock import FileLock
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from tests.ui.chat_fakes import answer
from ui.kept import Conversations, DatabaseRefused, KeptTurn, database_url, open_database
from ui.kept.database import named
from ui.kept.tables import Base


def test_migrations_make_the_tables_that_the_code_reads(database):
    with database.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_it_has_a_write_ahead_log_and_keeps_foreign_keys_and_its_owner_alone_reads_it(database):
    with database.connect() as connection:
        modes = [connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in ("journal_mode", "foreign_keys")]
    assert modes == ["wal", 1]
    file = Path(database.url.database)
    assert {stat.S_IMODE(path.stat().st_mode) for path in file.parent.glob("vigie.db*")} == {0o600}
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_opening_it_again_changes_nothing(database, store, turn):
    conversation, _ = store.keep("anne", "", turn)
    open_database.cache_clear()
    again = open_database(database.url)
    assert again is not database
    assert len(Conversations(again).turns("anne", conversation)) == 1
    again.dispose()


def test_what_an_earlier_vigie_kept_is_found_by_letters_that_it_tied(database, store):
    """Its titles and turns were folded without untying them."""
    store.keep("anne", "", KeptTurn("Mettre en oeuvre ?", answer("q", text="Et caetera.")))
    with database.begin() as connection:
        for table in ("conversations", "turns"):
            connection.execute(text(f"UPDATE {table} SET folded = replace(replace(folded, 'oe', 'œ'), 'ae', 'æ')"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    open_database.cache_clear()
    again = Conversations(open_database(database.url))
    assert [len(again.listed("anne", wanted)) for wanted in ("œuvre", "oeuvre", "cætera", "caetera")] == [1] * 4


def test_databases_opened_at_once_by_threads_are_all_made(tmp_path):
    """Alembic has one context a process."""
    urls = [database_url(tmp_path / str(number)) for number in range(6)]
    together = threading.Barrier(len(urls))

    def opened(url):
        together.wait()
        return Conversations(open_database.__wrapped__(url)).listed("anne")

    with ThreadPoolExecutor(len(urls)) as pool:
        assert list(pool.map(opened, urls)) == [[]] * len(urls)


@pytest.mark.parametrize("more", ["", "?connect_timeout=60"])
def test_a_server_is_asked_whether_it_is_there_and_not_waited_for_for_ever(tmp_path, monkeypatch, more):
    asked = {}

    def create(_, **options):
        asked.update(options)
        raise SQLAlchemyError("no server here")

    monkeypatch.setattr("ui.kept.database.create_engine", create)
    open_database.cache_clear()
    with pytest.raises(DatabaseRefused):
        open_database(database_url(tmp_path, f"postgresql+psycopg://vigie@serveur/vigie{more}"))
    assert asked["pool_pre_ping"] is True
    assert asked["connect_args"] == ({} if more else {"connect_timeout": 5})


def test_a_later_database_is_left_alone(database, tmp_path):
    with database.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    open_database.cache_clear()
    with pytest.raises(DatabaseRefused, match="plus récente") as refused:
        open_database(database_url(tmp_path / "home"))
    assert "vigie.db" in refused.value.message


def test_a_file_that_is_no_database_is_named(tmp_path):
    (tmp_path / "vigie.db").write_bytes(b"ceci n'est pas une base" * 100)
    open_database.cache_clear()
    with pytest.raises(DatabaseRefused, match=r"vigie\.db") as refused:
        open_database(database_url(tmp_path))
    assert "vigie doctor" in refused.value.remedy


def test_a_locked_database_refuses_and_nothing_is_lost(database, store, turn, monkeypatch):
    conversation, _ = store.keep("anne", "", turn)
    other = sqlite3.connect(database.url.database)
    other.execute("BEGIN IMMEDIATE")
    with database.connect() as connection:
        connection.execute(text("PRAGMA busy_timeout = 10"))
        connection.close()
    monkeypatch.setattr(database, "dispose", lambda: None)
    with pytest.raises(DatabaseRefused, match="locked"):
        store.keep("anne", conversation, turn)
    other.rollback()
    other.close()
    assert len(store.turns("anne", conversation)) == 1


@pytest.mark.parametrize("url", ["pas une adresse", "://", "mystere://serveur/base"])
def test_a_wrong_url_is_refused_in_words(tmp_path, url):
    open_database.cache_clear()
    with pytest.raises(DatabaseRefused):
        open_database(database_url(tmp_path, url))


def test_no_message_shows_a_password(tmp_path):
    url = database_url(tmp_path, "postgresql+psycopg://vigie:secret@serveur/vigie")
    assert "secret" not in named(url)


def test_a_folder_that_is_a_file_is_named(tmp_path):
    (tmp_path / "note").write_text("Une note.", "utf-8")
    with pytest.raises(DatabaseRefused, match="note"):
        open_database(database_url(tmp_path / "note"))
    assert (tmp_path / "note").read_text("utf-8") == "Une note."


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    tmp_path.chmod(0o500)
    open_database.cache_clear()
    with pytest.raises(DatabaseRefused):
        open_database(database_url(tmp_path))


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite:///file::memory:?uri=true"])
def test_a_database_in_memory_is_refused_since_it_would_keep_nothing(tmp_path, url):
    with pytest.raises(DatabaseRefused, match="mémoire") as refused:
        database_url(tmp_path, url)
    assert "VIGIE_CHAT__DATABASE_URL" in refused.value.remedy


def test_a_database_that_another_command_is_opening_is_waited_for_but_not_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr("ui.kept.database._OPENING_WAIT", 0)
    open_database.cache_clear()
    with FileLock(tmp_path / "vigie.db.lock"), pytest.raises(DatabaseRefused, match="autre commande") as refused:
        open_database(database_url(tmp_path))
    assert "vigie.db" in refused.value.message
