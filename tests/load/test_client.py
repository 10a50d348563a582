"""The client against a real server that serves a small page, and against one that hangs up."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import TypeVar

import httpcore
import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from tests.load.client import Gone, Tab, tab
from tests.load.server import free_port, listening
from tests.load.sessions import Asked, Crowd, Plan

PAGE = Path(__file__).with_name("fake_page.py")
LONG = 20_000  # characters of the page's long message
FLAGS = ("server.headless=true", "browser.gatherUsageStats=false", "server.fileWatcherType=none")
T = TypeVar("T")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port, log = free_port(), tmp_path_factory.mktemp("fake") / "log"
    flags = [f"--{flag}" for flag in (*FLAGS, "server.address=127.0.0.1", f"server.port={port}")]
    command = [sys.executable, "-m", "streamlit", "run", str(PAGE), *flags]
    with listening(command, port, log, os.environ):
        yield f"http://127.0.0.1:{port}"


def in_a_tab(address: str, do: Callable[[Tab], Awaitable[T]]) -> T:
    """What is done in a tab, which is opened and closed."""

    async def opened() -> T:
        async with asyncio.timeout(30), httpcore.AsyncConnectionPool() as http, tab(address, http) as browsing:
            return await do(browsing)

    return asyncio.run(opened())


@pytest.mark.parametrize(
    ("question", "outcome"),
    [("cite", "answered"), ("silence", "silent"), ("bonjour", "said"), ("panne", "failure"), ("attendre", "answered")],
)
def test_a_reply_is_known_by_what_the_page_shows(address, question, outcome):
    reply = in_a_tab(address, lambda browsing: browsing.ask(question))
    assert reply.outcome == outcome
    assert 0 < reply.first <= reply.total


def test_the_place_in_the_queue_is_timed_apart(address):
    waited = in_a_tab(address, lambda browsing: browsing.ask("attendre"))
    assert 0 < waited.queued < waited.first
    assert in_a_tab(address, lambda browsing: browsing.ask("cite")).queued == 0


def test_each_question_of_a_conversation_has_its_own_reply_though_early_turns_are_folded_away(address):
    async def talk(browsing: Tab) -> list[str]:
        return [(await browsing.ask(question)).outcome for question in ("cite", "silence", "cite", "panne", "cite")]

    assert in_a_tab(address, talk) == ["answered", "silent", "answered", "failure", "answered"]


def test_an_answer_that_is_being_written_is_waited_for(address):
    async def read(browsing: Tab) -> str:
        await browsing.ask("écrire")
        return "".join(shown.html for shown in browsing.screen.main())

    assert "Écrit en trois fois" in in_a_tab(address, read)


def test_a_long_message_is_not_sent_again(address):
    async def talk(browsing: Tab) -> tuple[int, list[int], str]:
        first = browsing.screen.bytes
        replies = [await browsing.ask("cite") for _ in range(4)]
        return first, [reply.bytes for reply in replies], "".join(shown.html for shown in browsing.screen.main())

    first, following, html = in_a_tab(address, talk)
    assert first > LONG > max(following)
    assert html.count("." * LONG) == 1


def test_a_server_that_hangs_up_is_told(address):
    async def hang_up() -> None:
        async def close(connection: ServerConnection) -> None:
            await connection.recv()

        def page(connection: ServerConnection, request: Request) -> Response | None:
            return None if request.path.endswith("stream") else Response(HTTPStatus.OK, "OK", Headers(), b"")

        async with serve(close, "127.0.0.1", 0, process_request=page, subprotocols=["streamlit"]) as server:
            port = next(iter(server.sockets)).getsockname()[1]
            async with httpcore.AsyncConnectionPool() as http, tab(f"http://127.0.0.1:{port}", http):
                pass

    with pytest.raises(Gone):
        asyncio.run(hang_up())


def crowd(address: str, plan: Plan, question: str) -> list[Asked]:
    """What becomes of the questions of a few people who all ask the same."""

    async def ask() -> list[Asked]:
        people = Crowd(address, plan, [question])
        await people.ask()
        return people.asked

    return asyncio.run(ask())


def test_a_crowd_asks_and_asks_again(address):
    asked = crowd(address, Plan(sessions=6, seconds=1.5, think=0.2), "cite")
    assert len(asked) > 6
    assert {one.reply.outcome if one.reply else one.problem for one in asked} == {"answered"}


def test_a_question_that_is_not_answered_is_told(address):
    (asked,) = crowd(address, Plan(sessions=1, seconds=0.5, think=0.0, patience=2.0), "jamais")
    assert (asked.question, asked.reply, asked.problem) == ("jamais", None, "TimeoutError")
