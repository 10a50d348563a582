"""What a browser would show: the messages Streamlit sends, kept as far as the texts and the keys."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.load.message_cache import MessageCache

_MAIN = 0  # the first number of the path of what is neither in the sidebar nor at the bottom
_CLASSES = re.compile(r'class="([^"]*)"')
_WIDGETS = frozenset({"button", "chat_input", "checkbox", "download_button"})


@dataclass(frozen=True)
class Shown:
    """An element or a container: its HTML, its id if it has one, the run that sent it and the fragment it is in."""

    path: tuple[int, ...]
    run: str
    fragment: str = ""
    html: str = ""
    id: str = ""

    @property
    def key(self) -> str:
        """The key that the page's code gave it: an id is `$$ID-<hash>-<key>`."""
        return self.id.split("-", 2)[-1]

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(name for names in _CLASSES.findall(self.html) for name in names.split())


class Screen:
    """Takes the messages of one connection, in order. `refreshed`: the fragments to run again, every how many seconds.

    `running` is whether a run is going on, `run` the last one; `page` and `query` name the page in its address;
    `messages` and `bytes` count what has come.
    """

    def __init__(self) -> None:
        self.page = self.query = self.run = ""
        self.running = False
        self.messages = self.bytes = 0
        self.refreshed: dict[str, float] = {}
        self.cache = MessageCache()
        self._shown: dict[tuple[int, ...], Shown] = {}

    def take(self, data: bytes) -> Shown | None:
        """Apply a message; the element that it brought, if any."""
        self.messages += 1
        self.bytes += len(data)
        message = self.cache.whole(ForwardMsg.FromString(data))
        match message.WhichOneof("type"):
            case "delta":
                return self._draw(message)
            case "new_session":
                self._begin(message)
            case "script_finished":
                self._finish(message)
            case "navigation":
                self.page = message.navigation.page_script_hash
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "auto_rerun":
                self.refreshed[message.auto_rerun.fragment_id] = message.auto_rerun.interval
            case "stop_auto_rerun":
                for fragment in message.stop_auto_rerun.fragment_ids:
                    self.refreshed.pop(fragment, None)
        return None

    def main(self) -> list[Shown]:
        """What is in the middle of the page, in the order of reading."""
        return [self._shown[path] for path in sorted(self._shown) if path[0] == _MAIN]

    def named(self, key: str) -> str | None:
        """The id of what has this key."""
        return next((shown.id for shown in self._shown.values() if shown.id and shown.key == key), None)

    def around(self, path: tuple[int, ...]) -> list[Shown]:
        """The containers of an element, from the outermost."""
        return [self._shown[path[:n]] for n in range(1, len(path)) if path[:n] in self._shown]

    def _draw(self, message: ForwardMsg) -> Shown | None:
        path, delta = tuple(message.metadata.delta_path), message.delta
        if delta.WhichOneof("type") == "new_transient":
            return None
        block = delta.WhichOneof("type") == "add_block"
        html, id_ = ("", delta.add_block.id) if block else _content(delta.new_element)
        shown = self._shown[path] = Shown(path, self.run, delta.fragment_id, html, id_)
        return shown

    def _begin(self, message: ForwardMsg) -> None:
        started, run = message.new_session, message.metadata.run
        self.running = True
        self.page, self.cache.oldest = started.page_script_hash, started.config.max_cached_message_age
        self.run = run.script_run_id
        if not run.fragment_ids:
            self.refreshed.clear()

    def _finish(self, message: ForwardMsg) -> None:
        """What a run did not send again is no longer shown; one that gives way to another ends nothing."""
        if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return
        run, fragments = message.metadata.run.script_run_id, frozenset(message.metadata.run.fragment_ids)
        self.running = False
        if fragments:
            self._keep(lambda shown: shown.run == run or shown.fragment not in fragments)
        elif run == self.run:
            self._keep(lambda shown: shown.run == run)
        self.cache.finish(fragments)

    def _keep(self, wanted: Callable[[Shown], bool]) -> None:
        self._shown = {path: shown for path, shown in self._shown.items() if wanted(shown)}


def _content(element: Element) -> tuple[str, str]:
    """Its HTML and the id of its widget: one of them, or neither."""
    kind = element.WhichOneof("type") or ""
    if kind == "html":
        return element.html.body, ""
    return "", getattr(element, kind).id if kind in _WIDGETS else ""
