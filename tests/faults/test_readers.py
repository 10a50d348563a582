"""Readers who ask without end while versions are published and rolled back under them."""

import multiprocessing
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from assistant import Assistant, AssistantSettings, Question
from index import Searcher, open_served, pointed, prune, publish, rollback
from tests.faults.making import QUESTIONS, build, corpora
from tests.support import HashEmbedder

READERS, FEW, MANY = 4, 10, 50
_LONG = 120  # seconds

Said = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class Shelf:
    """An index of two versions, and what each answers to each question."""

    root: Path
    names: tuple[str, str]
    expected: dict[str, tuple[Said, ...]]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    before, after = corpora(tmp_path)
    root = tmp_path / "index"
    names = build(before, root), build(after, root)
    expected = {}
    for name in names:
        publish(root, name)
        assistant = opened(root)
        expected[name] = tuple(said(assistant, question) for question in QUESTIONS)
    return Shelf(root, names, expected)


def opened(root: Path) -> Assistant:
    version = open_served(root, lambda _: None).version
    return Assistant(Searcher(version, HashEmbedder()), AssistantSettings(least_confidence=0.0))


def said(assistant: Assistant, question: str) -> Said:
    """The version that the answer's passport names, and the quotes with their passages."""
    answer = assistant.ask(Question(question))
    return answer.passport.index_version, tuple((c.passage.id, c.quote) for c in answer.citations)


def read_on(shelf: Shelf, rounds, stop, failures) -> None:
    """As the chat does: opens again when the pointer has moved. Tells "done", or the first thing that went wrong."""
    try:
        while not stop.is_set():
            pointer, assistant = pointed(shelf.root), opened(shelf.root)
            number = 0
            while not stop.is_set() and (number == 0 or pointed(shelf.root) == pointer):
                answer = said(assistant, QUESTIONS[number % len(QUESTIONS)])
                if answer != shelf.expected[answer[0]][number % len(QUESTIONS)]:
                    failures.put(f"mixed: {answer}")
                    return
                number += 1
                with rounds.get_lock():
                    rounds.value += 1
        failures.put("done")
    except BaseException as error:  # whatever it is, the test must see it
        failures.put(repr(error))


def moves(shelf: Shelf, count: int) -> None:
    """Publications of one version and the other, and rollbacks."""
    for number in range(count):
        if number % 3 == 2:
            rollback(shelf.root)
        else:
            publish(shelf.root, shelf.names[pointed(shelf.root) == shelf.names[0]])
        yield number


def watched(shelf: Shelf, processes: ForkServerContext, count: int) -> list[str]:
    """What each reader tells in the end; all have asked again between one move and the next."""
    stop, failures = processes.Event(), processes.SimpleQueue()
    rounds = [processes.Value("q", 0) for _ in range(READERS)]
    readers = [processes.Process(target=read_on, args=(shelf, one, stop, failures)) for one in rounds]
    for reader in readers:
        reader.start()
    for _ in moves(shelf, count):
        told = [one.value for one in rounds]
        while any(r.is_alive() and one.value == before for r, one, before in zip(readers, rounds, told, strict=True)):
            stop.wait(0.005)
    stop.set()
    for reader in readers:
        reader.join(_LONG)
    assert [reader.exitcode for reader in readers] == [0] * READERS  # one that died told nothing
    return [failures.get() for _ in readers]


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.making"])
    return context


def test_readers_never_see_two_versions_mixed(shelf, processes):
    assert watched(shelf, processes, FEW) == ["done"] * READERS


@pytest.mark.slow
def test_readers_never_see_two_versions_mixed_for_long(shelf, processes):
    assert watched(shelf, processes, MANY) == ["done"] * READERS


def test_readers_finish_on_a_version_that_is_pruned(shelf):
    old, new = shelf.names
    publish(shelf.root, old)
    assistant = opened(shelf.root)
    publish(shelf.root, new)
    assert prune(shelf.root, 1) == [old]
    assert tuple(said(assistant, question) for question in QUESTIONS) == shelf.expected[old]
