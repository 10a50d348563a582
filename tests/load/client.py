"""One browser tab on the chat, without a browser: Streamlit's protocol, on a WebSocket of this machine."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus

import httpcore
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from tests.load.reply import Reply, Watch
from tests.load.screen import Screen

_BOX = "typed"  # the key of the question box
_ASKED_FIRST = ("/", "/_stcore/health", "/_stcore/host-config")  # before the WebSocket; the scripts are kept a year
_PROTOCOLS = (Subprotocol("streamlit"), Subprotocol("PLACEHOLDER_AUTH_TOKEN"))


class Gone(ConnectionError):
    """The server closed the connection."""


class Tab:
    """Made by `tab`. `screen` is what it shows; a fragment that asks to be run again is, as often as it says."""

    def __init__(self, socket: ClientConnection, address: str) -> None:
        self.screen = Screen()
        self._socket, self._address = socket, address
        self._news = asyncio.Event()
        self._watch: Watch | None = None
        self._timers: dict[str, asyncio.Task[None]] = {}
        self._reader = asyncio.create_task(self._read())

    async def ask(self, question: str) -> Reply:
        """Type a question, and wait for its whole answer. Raises Gone, and KeyError where there is no question box."""
        box = WidgetState(id=self._box())
        box.chat_input_value.data = question
        self._watch = watch = Watch(self.screen, question, asyncio.get_running_loop().time)
        await self._rerun(box)
        await self._until(lambda: watch.done)
        self._watch = None
        return watch.reply()

    async def first_page(self) -> None:
        """Ask for the page, as a tab does once connected. Raises Gone, and KeyError where it has no question box."""
        await self._rerun()
        await self._until(lambda: not self.screen.running)
        self._box()

    async def close(self) -> None:
        """Stop what runs by itself; the connection is closed by `tab`."""
        for task in (self._reader, *self._timers.values()):
            task.cancel()
        await asyncio.gather(self._reader, *self._timers.values(), return_exceptions=True)

    def _box(self) -> str:
        if (box := self.screen.named(_BOX)) is None:
            raise KeyError(_BOX)
        return box

    async def _until(self, true: Callable[[], bool]) -> None:
        while not true():
            if self._reader.done():
                raise Gone
            await self._news.wait()
            self._news.clear()

    async def _rerun(self, *widgets: WidgetState, fragment: str = "") -> None:
        message = BackMsg()
        run = message.rerun_script
        run.page_script_hash, run.query_string = self.screen.page, self.screen.query
        run.fragment_id, run.is_auto_rerun = fragment, bool(fragment)
        run.widget_states.widgets.extend(widgets)
        run.cached_message_hashes.extend(self.screen.cache.hashes)
        run.context_info.timezone, run.context_info.locale = "Europe/Paris", "fr-FR"
        run.context_info.url, run.context_info.is_embedded = self._address, False
        self.screen.running = self.screen.running or not fragment
        await self._socket.send(message.SerializeToString())

    async def _read(self) -> None:
        try:
            async for data in self._socket:
                assert isinstance(data, bytes)  # Streamlit sends no text
                shown = self.screen.take(data)
                if self.screen.refreshed.keys() != self._timers.keys():
                    self._set_timers()
                if self._watch:
                    self._watch.look(shown)
                if not self.screen.running:
                    self._news.set()
        except ConnectionClosed:
            pass
        finally:
            self._news.set()

    def _set_timers(self) -> None:
        wanted = self.screen.refreshed
        for fragment in self._timers.keys() - wanted.keys():
            self._timers.pop(fragment).cancel()
        for fragment in wanted.keys() - self._timers.keys():
            self._timers[fragment] = asyncio.create_task(self._refresh(fragment, wanted[fragment]))

    async def _refresh(self, fragment: str, seconds: float) -> None:
        with suppress(ConnectionClosed):  # the reader tells it
            while True:
                await asyncio.sleep(seconds)
                await self._rerun(fragment=fragment)


@asynccontextmanager
async def tab(address: str, http: httpcore.AsyncConnectionPool) -> AsyncIterator[Tab]:
    """A tab that shows the first page of `address`, such as http://127.0.0.1:8501, and is closed at the end.

    Raises Gone, KeyError where the page has no question box, and what the network raises.
    """
    for path in _ASKED_FIRST:
        response = await http.request("GET", address + path)
        if response.status != HTTPStatus.OK:
            raise Gone(f"{path}: {response.status}")
    stream = f"ws{address.removeprefix('http')}/_stcore/stream"
    async with connect(
        stream, origin=Origin(address), subprotocols=_PROTOCOLS, compression=None, max_size=None, ping_interval=None
    ) as socket:
        opened = Tab(socket, address)
        try:
            await opened.first_page()
            yield opened
        finally:
            await opened.close()
