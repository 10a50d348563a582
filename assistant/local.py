"""The local generator: a GGUF model in this process, through llama.cpp. It listens on no network port."""

import os
import queue
import shutil
import tempfile
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.generation import GeneratorFailed, WritingTask
from assistant.prompt import Message, messages
from index import GGUF, ModelMissing, find_model, installed_revision, model_folder

_CONTEXT = 3072  # tokens: rules and examples take about 550, the extracts 500 at most, the answer `_LONGEST`
_LONGEST = 220  # tokens of an answer
_END = None
_BEGINNING = messages(WritingTask("Bonjour ?", "fr", ()))  # what every prompt starts with, and a few words


class LocalGenerator:
    """Writes with an installed model. One answer at a time; temperature 0, so the same task gives the same text.

    That holds in any process and after any other task because each prompt is read in the same two parts: llama.cpp
    keeps the beginning that two prompts share, and the sums of a prompt cut elsewhere differ by enough for a word.
    """

    name = "local"

    def __init__(self, model: str, home: Path) -> None:
        spec = find_model(model, home)
        revision = installed_revision(spec, home) if spec and spec.kind == "generator" else None
        if revision is None:
            raise ModelMissing(
                f"Le modèle « {model} » n’est pas installé.", f"Lancez « vigie models install {model} »."
            )
        self.model, self.revision = model, revision
        self._weights = model_folder(model, home) / GGUF
        self._server: Any = None
        self._opening, self._turn = threading.Lock(), threading.Lock()
        self._at_beginning = False  # whether the last prompt read was `_BEGINNING`

    def write(self, task: WritingTask) -> Iterator[str]:
        """See Generator."""
        server = self._open()
        with self._turn:
            self._read_beginning(server)
            self._at_beginning = False
            yield from _pieces(server, messages(task), _LONGEST)

    def warm_up(self) -> None:
        """Load the weights, and read what every prompt starts with."""
        server = self._open()
        with self._turn:
            self._read_beginning(server)

    def _read_beginning(self, server: Any) -> None:
        if not self._at_beginning:
            list(_pieces(server, _BEGINNING, 1))
            self._at_beginning = True

    def _open(self) -> Any:
        with self._opening:
            if self._server is None:
                import xllamacpp  # noqa: PLC0415 - 34 MB of library, for this generator only

                folder = tempfile.mkdtemp(prefix="vigie-")  # readable by its owner alone
                weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
                params = xllamacpp.CommonParams()
                params.model.path = str(self._weights)
                params.hostnames = [str(Path(folder, "s.sock"))]  # a private socket file instead of a port
                params.n_ctx, params.n_parallel, params.verbosity = _CONTEXT, 1, -1
                params.cache_ram_mib = 0  # by default up to 8 GB of what was asked and written would stay in memory
                params.cpuparams.n_threads = params.cpuparams_batch.n_threads = os.cpu_count() or 1
                params.cpuparams.poll = params.cpuparams_batch.poll = 0  # spinning would starve whatever runs beside
                params.ui = False
                try:
                    self._server = xllamacpp.Server(params)
                except Exception as error:  # the library's own, of no common class
                    raise GeneratorFailed(f"Le modèle local ne se charge pas ({error}).") from error
            return self._server


def _pieces(server: Any, said: list[Message], longest: int) -> Iterator[str]:
    """What the model writes, in at most `longest` tokens; closing stops it. Raises GeneratorFailed."""
    body = {"messages": said, "temperature": 0, "seed": 0, "max_tokens": longest, "stream": True, "cache_prompt": True}
    pieces: queue.SimpleQueue[str | Exception | None] = queue.SimpleQueue()
    stopped = threading.Event()
    worker = threading.Thread(target=_run, args=(server, body, pieces, stopped), daemon=True)
    worker.start()
    try:
        while (piece := pieces.get()) is not _END:
            if isinstance(piece, Exception):
                raise GeneratorFailed(f"Le modèle local n’a pas pu écrire ({piece}).") from piece
            yield piece
    finally:
        stopped.set()
        worker.join()


def _run(server: Any, body: dict[str, Any], pieces: "queue.SimpleQueue[str | Exception | None]",
         stopped: threading.Event) -> None:  # fmt: skip
    def take(chunk: dict[str, Any]) -> bool:
        """True stops the model."""
        if "error" in chunk:
            pieces.put(RuntimeError(str(chunk["error"].get("message", "erreur"))))
            return True
        for choice in chunk.get("choices", ()):
            if text := choice.get("delta", {}).get("content"):
                pieces.put(text)
        return stopped.is_set()

    try:
        failed = server.handle_chat_completions(body, take)
        if isinstance(failed, dict) and "error" in failed:
            take(failed)
    except Exception as error:  # must reach the reader's thread, whatever it is
        pieces.put(error)
    pieces.put(_END)
