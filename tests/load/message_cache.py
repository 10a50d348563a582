"""The long messages a browser keeps, as Streamlit's page does: the server sends a kept one's hash in its place."""

from collections.abc import Collection
from dataclasses import dataclass

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


@dataclass
class _Kept:
    message: ForwardMsg
    used: int


class MessageCache:
    """`oldest` is how many runs a message may go unused."""

    def __init__(self) -> None:
        self.oldest = 0
        self._kept: dict[str, _Kept] = {}
        self._runs = 0

    @property
    def hashes(self) -> list[str]:
        """What to tell the server when the page is asked to run again."""
        return list(self._kept)

    def whole(self, message: ForwardMsg) -> ForwardMsg:
        """The message meant: itself, or the kept one it refers to. Raises KeyError if that was not kept."""
        if message.WhichOneof("type") == "ref_hash":
            kept = self._kept[message.ref_hash]
            kept.used = self._runs
            kept.message.metadata.CopyFrom(message.metadata)
            return kept.message
        if message.metadata.cacheable:
            self._kept[message.hash] = _Kept(message, self._runs)
        return message

    def finish(self, fragments: Collection[str]) -> None:
        """A run ended; that of fragments only makes their own messages older."""
        self._runs += 1
        for name, kept in list(self._kept.items()):
            if (not fragments or kept.message.delta.fragment_id in fragments) and self._runs - kept.used > self.oldest:
                del self._kept[name]
