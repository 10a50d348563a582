"""The local generator, on a library that is made up here: no model is loaded."""

import json
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from assistant import Extract, GeneratorFailed, LocalGenerator, WritingTask
from assistant.prompt import messages
from index import GENERATORS, MODELS, ModelMissing

NAME, SPEC = next(iter(GENERATORS.items()))
TASK = WritingTask("Que signe-t-il ?", "fr", (Extract("Accueil", "Le stagiaire signe."),))
PIECES = ("Le stagiaire ", "signe un ", "engagement.")


def said(text: str | None) -> dict[str, Any]:
    return {"choices": [{"delta": {} if text is None else {"content": text}}]}


class Library(ModuleType):
    """`xllamacpp` with a server that gives `chunks` one after the other until it is told to stop.

    Where one token is asked for, it gives one word.
    """

    def __init__(self) -> None:
        super().__init__("xllamacpp")
        self.chunks: list[dict[str, Any]] = [said(piece) for piece in PIECES]
        self.result: Any = None
        self.fails: Exception | None = None
        self.loads: list[Any] = []
        self.bodies: list[dict[str, Any]] = []
        self.given = 0
        self.ended = 0
        self.CommonParams = lambda: SimpleNamespace(
            model=SimpleNamespace(), cpuparams=SimpleNamespace(), cpuparams_batch=SimpleNamespace()
        )
        self.Server = self._server

    def _server(self, params: Any) -> SimpleNamespace:
        self.loads.append(params)
        if self.fails:
            raise self.fails
        return SimpleNamespace(handle_chat_completions=self._answer)

    def _answer(self, body: dict[str, Any], take: Callable[[dict[str, Any]], bool]) -> Any:
        self.bodies.append(body)
        for chunk in self.chunks if body["max_tokens"] > 1 else [said("Bonjour")]:
            self.given += 1
            if isinstance(chunk, Exception):
                raise chunk
            if take(chunk):
                break
        self.ended += 1
        return self.result


@pytest.fixture
def library(monkeypatch) -> Library:
    made = Library()
    monkeypatch.setitem(sys.modules, "xllamacpp", made)
    return made


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A model's folder with its marker, as an installation leaves it."""
    folder = tmp_path / NAME
    folder.mkdir()
    (folder / "model.gguf").write_bytes(b"GGUF")
    marker = {"name": NAME, "revision": SPEC.revision, "files": {"model.gguf": {"sha256": "", "bytes": 4}}}
    (folder / "vigie-model.json").write_text(json.dumps(marker), "utf-8")
    return tmp_path


@pytest.fixture
def generator(library, home) -> LocalGenerator:
    return LocalGenerator(NAME, home)


@pytest.mark.parametrize("name", [NAME, "unheard-of", next(iter(MODELS)), "../outside", ""])
def test_a_model_that_is_not_there_or_does_not_write_is_said_with_the_command(tmp_path, name):
    with pytest.raises(ModelMissing) as missing:
        LocalGenerator(name, tmp_path)
    assert f"« {name} »" in missing.value.message
    assert f"vigie models install {name}" in missing.value.remedy


def test_a_model_that_is_half_installed_is_missing(home):
    (home / NAME / "model.gguf").write_bytes(b"GG")
    with pytest.raises(ModelMissing):
        LocalGenerator(NAME, home)


def test_the_passport_names_the_model_and_the_revision_of_its_weights(generator):
    assert (generator.name, generator.model, generator.revision) == ("local", NAME, SPEC.revision)


def test_nothing_is_loaded_before_the_first_answer(generator, library):
    generator.write(TASK)
    assert library.loads == []


def test_the_text_comes_piece_by_piece(generator):
    assert list(generator.write(TASK)) == list(PIECES)


def test_chunks_without_text_give_no_piece(generator, library):
    library.chunks = [said(None), said(""), {"choices": []}, {}, said("Oui.")]
    assert list(generator.write(TASK)) == ["Oui."]


def test_the_model_gets_the_prompt_and_temperature_0(generator, library):
    list(generator.write(TASK))
    body = library.bodies[-1]
    assert body["messages"] == messages(TASK)
    assert (body["temperature"], body["seed"], body["stream"]) == (0, 0, True)
    assert 0 < body["max_tokens"] < 500


def test_the_model_listens_on_a_private_socket_file_and_on_no_port(generator, library):
    list(generator.write(TASK))
    (params,) = library.loads
    (address,) = params.hostnames
    folder = Path(address).parent
    assert address.endswith(".sock")
    assert folder.stat().st_mode & 0o077 == 0
    assert not hasattr(params, "port")


def test_the_weights_of_the_installed_model_are_loaded_once(generator, library, home):
    for _ in range(2):
        list(generator.write(TASK))
    (params,) = library.loads
    assert params.model.path == str(home / NAME / "model.gguf")


def test_warming_up_loads_the_weights_and_writes_nothing_more_than_a_piece(generator, library):
    generator.warm_up()
    assert len(library.loads) == 1
    assert library.ended == 1


def test_each_prompt_is_read_after_the_same_beginning(generator, library):
    """llama.cpp keeps what two prompts share, and the sums of a prompt that is read in other parts differ."""
    generator.warm_up()
    for task in (TASK, TASK, replace(TASK, question="Qui signe ?")):
        list(generator.write(task))
    said = [body["messages"] for body in library.bodies]
    assert said[0::2] == [said[0]] * 3
    assert said[1::2] == [messages(TASK), messages(TASK), messages(replace(TASK, question="Qui signe ?"))]
    assert said[0][:-1] == messages(TASK)[:-1]


def test_after_a_failure_the_beginning_is_read_again(generator, library):
    chunks = library.chunks
    library.chunks = [RuntimeError("plein")]
    with pytest.raises(GeneratorFailed):
        list(generator.write(TASK))
    library.chunks = chunks
    list(generator.write(TASK))
    assert [body["max_tokens"] == 1 for body in library.bodies] == [True, False, True, False]


def test_no_prompt_is_kept_in_memory_beside_the_last(generator, library):
    generator.warm_up()
    assert library.loads[0].cache_ram_mib == 0


def test_closing_stops_the_model(generator, library):
    generator.warm_up()
    library.ended = 0
    released = threading.Event()

    def chunks() -> Iterator[dict[str, Any]]:
        yield said("Le ")
        released.wait(5)
        for _ in range(10_000):
            yield said("encore ")

    library.chunks = chunks()
    writing = generator.write(TASK)
    assert next(writing) == "Le "
    threading.Timer(0.02, released.set).start()
    writing.close()
    assert library.ended == 1
    assert library.given < 10_000


def test_after_a_stop_the_next_answer_is_whole(generator, library):
    writing = generator.write(TASK)
    next(writing)
    writing.close()
    assert list(generator.write(TASK)) == list(PIECES)


def test_an_error_chunk_is_a_failure_of_the_generator(generator, library):
    generator.warm_up()
    library.given = 0
    library.chunks = [said("Le "), {"error": {"message": "no memory left"}}, said("stagiaire")]
    writing = generator.write(TASK)
    assert next(writing) == "Le "
    with pytest.raises(GeneratorFailed, match="no memory left"):
        next(writing)
    assert library.given == 2


def test_an_error_that_the_library_gives_back_is_a_failure(generator, library):
    library.chunks, library.result = [], {"error": {"message": "too long"}}
    with pytest.raises(GeneratorFailed, match="too long"):
        list(generator.write(TASK))


def test_an_error_that_the_library_raises_is_a_failure(generator, library):
    library.chunks = [RuntimeError("broken")]
    with pytest.raises(GeneratorFailed, match="broken"):
        list(generator.write(TASK))


def test_after_a_failure_the_next_answer_is_whole(generator, library):
    library.chunks = [RuntimeError("broken")]
    with pytest.raises(GeneratorFailed):
        list(generator.write(TASK))
    library.chunks = [said(piece) for piece in PIECES]
    assert list(generator.write(TASK)) == list(PIECES)


def test_weights_that_do_not_load_are_a_failure(generator, library):
    library.fails = RuntimeError("bad magic")
    with pytest.raises(GeneratorFailed, match="bad magic"):
        list(generator.write(TASK))


def test_two_answers_asked_at_once_are_written_one_after_the_other(generator, library):
    found: list[list[str]] = []
    threads = [threading.Thread(target=lambda: found.append(list(generator.write(TASK)))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [list(PIECES)] * 4
    assert len(library.loads) == 1
