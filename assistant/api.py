"""The `api` generator: any OpenAI-compatible server, through LangChain. Only an admin's settings turn it on."""

import time
from collections.abc import Iterator
from functools import partial
from typing import Any

from pydantic import SecretStr

from assistant.generation import GeneratorFailed, WritingTask
from assistant.prompt import messages
from assistant.spending import Spending

_LONGEST = 300  # tokens of an answer
_MOST = 4_000  # characters of an answer: three times what its tokens hold, from a server that counts none
_PATIENCE = 4  # times `timeout`, which bounds each silence: how long a server may go on sending one answer
_REMEDY = "Vérifiez VIGIE_ASSISTANT__API_URL, le modèle et la clé ; les citations restent disponibles."
_SHOWN = 300  # characters of what a server says of its refusal


class ApiGenerator:
    """Writes with a model served elsewhere. Retries with back-off are the client's own."""

    name = "api"

    def __init__(
        self, url: str, model: str, key: SecretStr, spending: Spending, timeout: float = 30.0, retries: int = 2
    ) -> None:
        self.model, self.revision = model, url
        self._url, self._key, self._spending = url, key, spending
        self._timeout, self._retries = timeout, retries
        self._chat: Any = None

    def write(self, task: WritingTask) -> Iterator[str]:
        """See Generator."""
        self._spending.check()
        counted = estimated = length = 0
        try:
            for chunk in self._opened().stream(messages(task)):
                counted = max(counted, (chunk.usage_metadata or {}).get("total_tokens", 0))
                estimated = _estimate(task)  # from the first answer on: a server out of reach spends nothing
                length += len(chunk.text)
                if length > _MOST:
                    raise GeneratorFailed(f"Le serveur « {self._url} » n’a pas fini sa réponse.", _REMEDY)
                if chunk.text:
                    yield chunk.text
        except GeneratorFailed:
            raise
        except Exception as error:  # the client raises httpx's, OpenAI's and LangChain's own
            raise GeneratorFailed(
                f"Le serveur « {self._url} » n’a pas répondu ({self._reason(error)}).", _REMEDY
            ) from error
        finally:
            self._spending.add(counted or estimated)

    def warm_up(self) -> None:
        """Import the client, which takes a second."""
        self._opened()

    def _reason(self, error: Exception) -> str:
        """An error's kind; where the server refused, its own words too, on one line and without the key."""
        name = type(error).__name__
        if not hasattr(error, "status_code"):
            return name
        key = self._key.get_secret_value()
        said = str(error).replace(key, "…") if key else str(error)
        return f"{name} : {''.join(map(_printable, ' '.join(said.split())[:_SHOWN]))}"

    def _opened(self) -> Any:
        if self._chat is None:
            from langchain.chat_models import init_chat_model  # noqa: PLC0415 - a second to import

            chat: Any = init_chat_model(
                self.model, model_provider="openai", base_url=self._url, api_key=self._key.get_secret_value() or "none",
                temperature=0, timeout=self._timeout, max_retries=self._retries, stream_usage=True,
                extra_body={"max_tokens": _LONGEST},  # as `max_tokens`, it is sent under a name that Mistral refuses
            )  # fmt: skip
            # Set, not added: LangChain shares a client among the models of one server and one timeout.
            chat.root_client._client.event_hooks = {"response": [partial(_bound, longest=_PATIENCE * self._timeout)]}
            self._chat = chat
        return self._chat


def _bound(response: Any, longest: float) -> None:
    """Bound the seconds that a response may last: keep-alive comments break every silence and make no chunk."""
    received, end = response.iter_raw, time.monotonic() + longest

    def iter_raw(chunk_size: int | None = None) -> Iterator[bytes]:
        for part in received(chunk_size):
            if time.monotonic() > end:
                raise TimeoutError
            yield part

    response.iter_raw = iter_raw


def _printable(character: str) -> str:
    return character if character.isprintable() else character.encode("unicode_escape").decode()


def _estimate(task: WritingTask) -> int:
    """Where the server counts nothing: three characters a token, and the longest answer."""
    return sum(len(message["content"]) for message in messages(task)) // 3 + _LONGEST
