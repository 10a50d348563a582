"""The worker process: same result, and a bomb, a hang or a crash costs one file."""

import subprocess
import threading
import time
from collections.abc import Iterator

import pytest

from corpus import CorpusSettings, UnreadablePdf, isolation, read_isolated
from tests.corpus.makers import LIMITS, edited, read, write_bomb
from tests.support import write_pdf

TEXT = "Le pôle veille sur ses marchés et partage ce qu’il apprend."


@pytest.fixture(scope="module", autouse=True)
def own_workers() -> Iterator[None]:
    """The processes that Vigie starts, and not those that the other tests fork."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(isolation, "subprocess", subprocess)
        yield


def code(path, settings=LIMITS) -> str:
    with pytest.raises(UnreadablePdf) as caught:
        read_isolated(path, settings)
    return caught.value.code


@pytest.fixture
def crashing_worker(tmp_path, monkeypatch):
    """Put a worker that dies of a signal, or exits with a status, in place of Python."""

    def install(command: str) -> None:
        script = tmp_path / "python"
        script.write_text(f"#!/bin/sh\n{command}\n")
        script.chmod(0o755)
        monkeypatch.setattr("corpus.isolation.sys.executable", str(script))

    return install


def test_the_worker_gives_what_reading_here_gives(tmp_path):
    path = write_pdf(tmp_path / "é a.pdf", [TEXT, "", "• Veiller\n• Alerter"])
    assert read_isolated(path, LIMITS) == read(path)


def test_the_worker_s_refusal_is_the_one_given_here(tmp_path):
    path = write_pdf(tmp_path / "a.pdf", [""])
    with pytest.raises(UnreadablePdf) as there:
        read_isolated(path, LIMITS)
    with pytest.raises(UnreadablePdf) as here:
        read(path)
    assert (there.value.code, str(there.value)) == (here.value.code, str(here.value))


def test_progress_reaches_the_caller(tmp_path):
    told = []
    read_isolated(write_pdf(tmp_path / "a.pdf", [TEXT] * 2), LIMITS, lambda n, total: told.append((n, total)))
    assert told == [(1, 2), (2, 2)]


def test_a_relative_path_is_the_caller_s(tmp_path, monkeypatch):
    path = write_pdf(tmp_path / "a.pdf", [TEXT])
    monkeypatch.chdir(tmp_path)
    assert read_isolated(path.relative_to(tmp_path), LIMITS).passages[0].text == TEXT


def test_too_long_a_reading_is_stopped(tmp_path):
    """Starting Python alone takes longer than a hundredth of a second."""
    assert code(write_pdf(tmp_path / "a.pdf", [TEXT]), CorpusSettings(max_seconds=0.01)) == "timeout"


def test_a_hanging_worker_is_stopped_at_its_time(tmp_path, crashing_worker):
    path = write_pdf(tmp_path / "a.pdf", [TEXT])
    crashing_worker("exec sleep 30")
    start = time.monotonic()
    assert code(path, CorpusSettings(max_seconds=0.3)) == "timeout"
    assert time.monotonic() - start < 5


def test_a_stopped_reading_leaves_no_thread(tmp_path):
    path = write_pdf(tmp_path / "a.pdf", [TEXT])
    before = threading.active_count()
    code(path, CorpusSettings(max_seconds=0.01))
    assert threading.active_count() == before


def test_a_bomb_is_stopped_at_the_memory_limit(tmp_path):
    """900 MB of content in a file of less than a megabyte, under a limit of 300 MiB."""
    assert code(write_bomb(tmp_path / "a.pdf", 900), CorpusSettings(max_memory_mb=300)) == "limits"


def test_a_file_of_five_thousand_pages_is_stopped_at_its_limit(tmp_path):
    """The limit is 2,000 pages."""

    def fill(writer):
        for _ in range(4999):
            writer.add_blank_page()

    assert code(edited(write_pdf(tmp_path / "a.pdf", [TEXT]), fill)) == "too_many_pages"


@pytest.mark.parametrize("settings", [{"max_pages": 1}, {"max_megabytes": 1}], ids=lambda s: next(iter(s)))
def test_the_other_limits_hold_in_the_worker(tmp_path, settings):
    path = write_pdf(tmp_path / "a.pdf", [TEXT] * 2)
    if "max_megabytes" in settings:
        path.write_bytes(path.read_bytes() + b"\n" * 1_000_000)
    expected = "too_many_pages" if "max_pages" in settings else "too_large"
    assert code(path, CorpusSettings(**settings)) == expected


@pytest.mark.parametrize("command", ["kill -SEGV $$", "kill -BUS $$", "exit 1"])
def test_a_crash_is_a_verdict_on_the_file(tmp_path, crashing_worker, command):
    path = write_pdf(tmp_path / "a.pdf", [TEXT])
    crashing_worker(command)
    assert code(path) == "damaged"


def test_an_abort_is_the_engine_out_of_memory(tmp_path, crashing_worker):
    """pdfium aborts where an allocation fails; « download it again » would send the admin the wrong way."""
    path = write_pdf(tmp_path / "a.pdf", [TEXT])
    crashing_worker("kill -ABRT $$")
    assert code(path) == "limits"


def test_a_crash_costs_only_that_file(tmp_path, crashing_worker, monkeypatch):
    path = write_pdf(tmp_path / "a.pdf", [TEXT])
    crashing_worker("kill -SEGV $$")
    code(path)
    monkeypatch.undo()
    assert read_isolated(path, LIMITS).passages[0].text == TEXT


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_noise_of_the_worker_does_not_stop_the_reading(tmp_path, crashing_worker):
    """A warning that looks like progress, on standard error, before the answer."""
    path = write_pdf(tmp_path / "a.pdf", [TEXT])
    told = []
    crashing_worker(
        "echo 'page was not found' >&2; echo 'page x y' >&2; echo 'page 1 2' >&2\n"
        'echo \'{"title": "", "labels": [], "pages": [], "passages": [], "is_repaired": false}\''
    )
    read_isolated(path, LIMITS, lambda n, total: told.append((n, total)))
    assert told == [(1, 2)]


def test_a_missing_file_is_not_called_damaged(tmp_path):
    with pytest.raises((FileNotFoundError, UnreadablePdf)) as caught:
        read_isolated(tmp_path / "absent.pdf", LIMITS)
    assert getattr(caught.value, "code", "") != "damaged"
