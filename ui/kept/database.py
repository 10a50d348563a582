"""Opening the database: SQLite with a write-ahead log unless a URL names another, brought to today's tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock, Timeout
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from corpus import VigieError

FILE = "vigie.db"  # in VIGIE_HOME
_MIGRATIONS = Path(__file__).resolve().parent / "migrations"
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "busy_timeout = 10000",
    "secure_delete = ON",
)
_REMEDY = "Vérifiez la place qui reste sur le disque et vos droits sur ce fichier ; « vigie doctor » le contrôle."

_ADDRESSES = "Corrigez VIGIE_CHAT__DATABASE_URL : « sqlite:////dossier/vigie.db » ou « postgresql+psycopg://… »."
_POOL = {"pool_size": 4, "max_overflow": 16}
_CONNECT_WAIT = 5  # seconds; a page waits as long before it shows an answer that is not kept
_OPENING_WAIT = 30.0  # seconds; whoever holds this lock brings the tables to today's, and works on no answer

_UPGRADE = 0x7669676965  # « vigie »: the name of PostgreSQL's lock around the upgrade, among all those of the database
_upgrading = Lock()  # Alembic has one context a process


class DatabaseRefused(VigieError):
    """The database cannot be opened, read or written."""


def database_url(home: Path, chosen: str = "") -> URL:
    """The URL of the settings, or that of the file in VIGIE_HOME. Raises DatabaseRefused."""
    if not chosen:
        return URL.create("sqlite", database=str(home / FILE))
    try:
        url = make_url(chosen)
    except (ArgumentError, ValueError) as error:
        raise DatabaseRefused("L’adresse de la base de données est mal écrite.", _ADDRESSES) from error
    if url.get_backend_name() == "sqlite" and (not url.database or ":memory:" in url.database):
        raise DatabaseRefused(
            "L’adresse de la base de données est celle d’une base en mémoire, qui ne garderait rien.", _ADDRESSES
        )
    return url


@lru_cache(maxsize=4)
def open_database(url: URL) -> Engine:
    """The database at today's revision, made where there is none; one engine a process. Raises DatabaseRefused."""
    file = Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None
    with refusals(url):
        if file is None:
            engine = create_engine(url, pool_pre_ping=True, connect_args=_patience(url), **_POOL)
            _upgrade(engine)
            return engine
        engine = create_engine(url, **_POOL)
        event.listen(engine, "connect", _prepare)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _only_opener(file):
            file.touch(mode=0o600)
            _upgrade(engine)
    return engine


def _patience(url: URL) -> dict[str, Any]:
    """How long a server that does not answer is waited for, where its driver can be told and the URL does not say."""
    told = not url.get_driver_name().startswith("psycopg") or "connect_timeout" in url.query
    return {} if told else {"connect_timeout": _CONNECT_WAIT}


@contextmanager
def _only_opener(file: Path) -> Iterator[None]:
    lock = FileLock(f"{file}.lock", mode=0o600)
    try:
        lock.acquire(timeout=_OPENING_WAIT)
    except Timeout as error:
        raise DatabaseRefused(
            f"Une autre commande prépare la base {file} depuis plus de {_OPENING_WAIT:.0f} secondes.",
            "Attendez qu’elle finisse ou arrêtez-la, puis relancez.",
        ) from error
    try:
        yield
    finally:
        lock.release()


def _prepare(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _upgrade(engine: Engine) -> None:
    """To the last revision, one process and one thread at a time. A database of a later Vigie is left alone."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    with engine.begin() as connection, _upgrading:
        if engine.dialect.name == "postgresql":  # it has no file to lock; it lets go at the end of the transaction
            connection.execute(text(f"SET LOCAL lock_timeout = '{_OPENING_WAIT:.0f}s'"))
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_UPGRADE})"))
        now = MigrationContext.configure(connection).get_current_revision()
        if now == script.get_current_head():
            return
        if now and now not in {revision.revision for revision in script.walk_revisions()}:
            raise DatabaseRefused(
                f"Les conversations gardées dans {named(engine.url)} viennent d’une version plus récente de Vigie.",
                "Mettez Vigie à jour, ou donnez-lui une autre base.",
            )
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def refusals(url: URL) -> Iterator[None]:
    """Raises DatabaseRefused, which names the database, for what it or the system refuses."""
    try:
        yield
    except NoSuchModuleError as error:
        raise DatabaseRefused(
            f"Vigie ne sait pas ouvrir une base « {url.drivername} » : {error}.", "Installez son pilote Python."
        ) from error
    except ModuleNotFoundError as error:
        raise DatabaseRefused(
            f"Le pilote de la base « {url.drivername} » manque : {error}.", f"Installez-le : pip install {error.name}"
        ) from error
    except (SQLAlchemyError, OSError) as error:
        cause = getattr(error, "orig", None) or error
        raise DatabaseRefused(f"La base {named(url)} n’a pas pu être utilisée : {cause}.", _REMEDY) from error


def named(url: URL) -> str:
    """The database for a message, without its password."""
    return url.database or "" if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)
