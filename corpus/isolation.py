"""Reading in a worker process with limits, so that a bomb, a hang or a crash costs one file.

The worker is `python -m corpus.isolation FILE SETTINGS`; it takes the file's password on standard input, writes one
JSON document on standard output and `page N M` lines on standard error.
"""

import json
import resource
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO

from corpus.document import Document
from corpus.document_json import decoded, encoded
from corpus.errors import UnreadablePdf, unreadable
from corpus.reading import OnPage, read_document
from corpus.settings import CorpusSettings

_MEMORY_EXIT = 77
# pdfium aborts by one of these signals when an allocation fails.
_OUT_OF_MEMORY = frozenset({_MEMORY_EXIT, -signal.SIGABRT, -signal.SIGTRAP, -signal.SIGILL})


def read_isolated(
    path: Path, settings: CorpusSettings, on_page: OnPage | None = None, *, password: str = ""
) -> Document:
    """As `read_document`, in a process of its own. Raises UnreadablePdf, also for a crash or a time-out."""
    if not path.is_file():
        raise UnreadablePdf("not_a_pdf", f"Le fichier {path} n’existe pas.", "Vérifiez le chemin.")
    command = [sys.executable, "-m", "corpus.isolation", str(path.resolve()), settings.model_dump_json()]
    root = Path(__file__).resolve().parent.parent
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=root, stdin=pipe, stdout=pipe, stderr=pipe) as worker:
        if worker.stdin:  # not on the command line, where other users of the machine could see it
            with suppress(BrokenPipeError):  # a worker that died at once has its own verdict
                worker.stdin.write(password.encode())
                worker.stdin.close()
        timer = threading.Timer(settings.max_seconds, worker.kill)
        timer.start()
        try:
            listener = threading.Thread(target=_listen, args=(worker.stderr, on_page))
            listener.start()
            output = worker.stdout.read() if worker.stdout else b""
            listener.join()
        finally:
            expired = not timer.is_alive()
            timer.cancel()
    if expired and worker.returncode != 0:
        raise unreadable("timeout")
    if worker.returncode in _OUT_OF_MEMORY:
        raise unreadable("limits")
    if worker.returncode != 0:
        raise unreadable("damaged")
    data = json.loads(output)
    if "error" in data:
        raise UnreadablePdf(**data["error"])
    return decoded(data)


def _listen(stream: IO[bytes] | None, on_page: OnPage | None) -> None:
    for line in stream or ():
        words = line.split()
        if on_page and len(words) == 3 and words[0] == b"page" and words[1].isdigit() and words[2].isdigit():
            on_page(int(words[1]), int(words[2]))


def _work(path: Path, settings: CorpusSettings) -> int:
    limit = settings.max_memory_mb << 20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    try:
        document = read_document(path, settings, _announce, password=sys.stdin.read())
        result = encoded(document)
    except UnreadablePdf as error:
        result = {"error": {"code": error.code, "message": error.message, "remedy": error.remedy}}
    except MemoryError:
        return _MEMORY_EXIT
    sys.stdout.write(json.dumps(result))
    return 0


def _announce(number: int, total: int) -> None:
    sys.stderr.write(f"page {number} {total}\n")


if __name__ == "__main__":
    sys.exit(_work(Path(sys.argv[1]), CorpusSettings.model_validate_json(sys.argv[2])))
