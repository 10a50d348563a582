"""The `api` generator: any OpenAI-compatible server, through LangChain. Only an admin's settings turn it on."""

from collections.abc import Iterator
from typing import Any

from pydantic import SecretStr

from assistant.generation import GeneratorFailed, WritingTask
from assistant.prompt import messages
from assistant.spending import Spending

_LONGEST = 300  # tokens of an answer


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
        counted = estimated = 0
        try:
            for chunk in self._opened().stream(messages(task)):
                counted = max(counted, (chunk.usage_metadata or {}).get("total_tokens", 0))
                estimated = _estimate(task)  # from the first answer on: a server out of reach spends nothing
                if chunk.text:
                    yield chunk.text
        except GeneratorFailed:
            raise
        except Exception as error:  # the client raises httpx's, OpenAI's and LangChain's own
            raise GeneratorFailed(
                f"Le serveur « {self._url} » n’a pas répondu ({type(error).__name__}).",
                "Vérifiez VIGIE_ASSISTANT__API_URL, le modèle et la clé ; les citations restent disponibles.",
            ) from error
        finally:
            self._spending.add(counted or estimated)

    def warm_up(self) -> None:
        """Import the client, which takes a second."""
        self._opened()

    def _opened(self) -> Any:
        if self._chat is None:
            from langchain.chat_models import init_chat_model  # noqa: PLC0415 - a second to import

            self._chat = init_chat_model(
                self.model, model_provider="openai", base_url=self._url, api_key=self._key.get_secret_value() or "none",
                temperature=0, max_tokens=_LONGEST, timeout=self._timeout, max_retries=self._retries, stream_usage=True,
            )  # fmt: skip
        return self._chat


def _estimate(task: WritingTask) -> int:
    """Where the server counts nothing: three characters a token, and the longest answer."""
    return sum(len(message["content"]) for message in messages(task)) // 3 + _LONGEST
