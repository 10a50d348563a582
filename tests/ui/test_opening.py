"""What writes: opened once in a process, and stopped between two words."""

import json
from collections.abc import Iterator
from contextvars import copy_context
from pathlib import Path

import pytest

from assistant import AssistantSettings, WritingTask
from corpus import SettingsError
from index import GENERATORS, ModelMissing
from ui.interruption import Interrupted, Interruptible, is_stopped
from ui.opening import open_generator
from ui.settings import Settings

LOCAL = AssistantSettings().local_model
TASK = WritingTask("Qui ?", "fr", ())


class Parrot:
    """Says one word for ever."""

    name, model, revision = "local", "parrot", "1"

    def __init__(self) -> None:
        self.closed = False
        self.warmed = False

    def warm_up(self) -> None:
        self.warmed = True

    def write(self, task: WritingTask) -> Iterator[str]:
        try:
            while True:
                yield "coco "
        finally:
            self.closed = True


def mark_installed(models: Path) -> None:
    """The mark of an installed local model, without its weights."""
    folder = models / LOCAL
    folder.mkdir(parents=True)
    marker = {"name": LOCAL, "revision": GENERATORS[LOCAL].revision, "files": {}}
    (folder / "vigie-model.json").write_text(json.dumps(marker))


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIGIE_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


def settings(**assistant: str) -> Settings:
    return Settings(assistant=assistant)


def test_quotes_alone_need_no_generator():
    assert open_generator(settings()) is None


def test_a_new_index_version_finds_the_weights_already_open(models: Path):
    mark_installed(models)
    first = open_generator(settings(generator="local"))
    assert first is not None
    assert open_generator(settings(generator="local")) is first


def test_a_missing_model_comes_with_the_command_that_installs_it(models: Path):
    with pytest.raises(ModelMissing) as error:
        open_generator(settings(generator="local"))
    assert f"vigie models install {LOCAL}" in error.value.remedy


def test_a_server_without_an_address_is_a_settings_error():
    with pytest.raises(SettingsError) as error:
        open_generator(settings(generator="api"))
    assert "VIGIE_ASSISTANT__API_URL" in error.value.remedy


def test_a_stopped_generator_says_no_more_and_is_closed():
    parrot = Parrot()

    def read_until_stopped() -> list[str]:
        words: list[str] = []
        is_stopped.set(lambda: len(words) == 3)
        with pytest.raises(Interrupted):
            for word in Interruptible(parrot).write(TASK):
                words.append(word)
        return words

    assert copy_context().run(read_until_stopped) == ["coco "] * 3
    assert parrot.closed


def test_a_generator_that_nobody_stops_is_itself():
    parrot = Parrot()
    wrapped = Interruptible(parrot)
    assert (wrapped.name, wrapped.model, wrapped.revision) == ("local", "parrot", "1")
    assert next(wrapped.write(TASK)) == "coco "
    wrapped.warm_up()
    assert parrot.warmed
