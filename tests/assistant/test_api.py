"""The `api` generator, against a small OpenAI-compatible server on this machine."""

import contextlib
import json
import logging
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant import ApiGenerator, Extract, GeneratorFailed, Spending, WritingTask
from assistant.prompt import messages

KEY = "sk-secret-123"
TASK = WritingTask("Que signe-t-il ?", "fr", (Extract("Accueil", "Le stagiaire signe."),))
PIECES = ("Le stagiaire ", "signe un ", "engagement.")


class Server(ThreadingHTTPServer):
    """Streams `pieces` in the shape of chat completions, and remembers what it was asked.

    `failures`: how many requests get a 500 first; `held`: set to let a stuck request go; `refusal`: what a 422 says;
    `endless`: lines sent again and again, ten a second, in the place of an answer.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[dict] = []
        self.headers: list[dict[str, str]] = []
        self.failures = 0
        self.used = 42
        self.stuck = False
        self.held = threading.Event()
        self.refusal = ""
        self.endless = b""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(body)
        self.server.headers.append({name.casefold(): value for name, value in self.headers.items()})
        if self.server.stuck:
            self.server.held.wait(10)
            return
        if self.server.failures:
            self.server.failures -= 1
            self.send_error(500, "broken")
            return
        if self.server.refusal:
            self.refuse(json.dumps({"object": "error", "message": self.server.refusal}).encode())
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        if self.server.endless:
            self.go_on()
            return
        for piece in PIECES:
            self.event({"choices": [{"index": 0, "delta": {"role": "assistant", "content": piece}}]})
        if self.server.used:
            usage = {"prompt_tokens": 40, "completion_tokens": 2, "total_tokens": self.server.used}
            self.event({"choices": [], "usage": usage})
        self.wfile.write(b"data: [DONE]\n\n")

    def refuse(self, said: bytes) -> None:
        self.send_response(422)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def go_on(self) -> None:
        with contextlib.suppress(OSError):  # until the client has left
            while not self.server.held.wait(0.1):
                self.wfile.write(self.server.endless)

    def event(self, values: dict) -> None:
        chunk = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "m"} | values
        self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch) -> None:
    """A proxy of the machine that runs the tests would be asked instead."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "OPENAI_PROXY", "OPENAI_API_BASE", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.held.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def spending(tmp_path: Path) -> Spending:
    return Spending(tmp_path / "spending.json", 1000)


@pytest.fixture
def generator(server, spending) -> ApiGenerator:
    return ApiGenerator(server.url, "m", SecretStr(KEY), spending, timeout=5, retries=0)


def test_the_text_comes_piece_by_piece(generator):
    assert list(generator.write(TASK)) == list(PIECES)


def test_the_server_gets_the_prompt_and_temperature_0(generator, server):
    list(generator.write(TASK))
    (request,) = server.requests
    assert request["messages"] == messages(TASK)
    assert (request["model"], request["temperature"], request["stream"]) == ("m", 0, True)


def test_the_longest_answer_is_named_as_every_server_knows_it(generator, server):
    """Mistral refuses `max_completion_tokens`, Ollama passes over it."""
    list(generator.write(TASK))
    (request,) = server.requests
    assert request["max_tokens"] == 300
    assert "max_completion_tokens" not in request


def test_the_key_goes_in_the_authorization_header_alone(generator, server):
    list(generator.write(TASK))
    (headers,) = server.headers
    assert headers["authorization"] == f"Bearer {KEY}"
    assert [name for name, value in headers.items() if KEY in value] == ["authorization"]
    assert KEY not in json.dumps(server.requests)


def test_without_a_key_the_request_is_sent_all_the_same(server, spending):
    keyless = ApiGenerator(server.url, "m", SecretStr(""), spending, retries=0)
    assert "".join(keyless.write(TASK)) == "".join(PIECES)


def test_the_passport_names_the_model_and_the_server_and_not_the_key(generator, server):
    assert (generator.name, generator.model, generator.revision) == ("api", "m", server.url)


def test_nothing_is_asked_before_the_first_piece_is_wanted(generator, server):
    generator.warm_up()
    generator.write(TASK)
    assert server.requests == []


# Failures


def test_a_server_that_fails_once_is_asked_again(server, spending):
    server.failures = 1
    patient = ApiGenerator(server.url, "m", SecretStr(KEY), spending, timeout=5, retries=1)
    assert "".join(patient.write(TASK)) == "".join(PIECES)
    assert len(server.requests) == 2


def test_a_server_that_keeps_failing_is_a_failure_of_the_generator(server, spending):
    server.failures = 9
    patient = ApiGenerator(server.url, "m", SecretStr(KEY), spending, timeout=5, retries=1)
    with pytest.raises(GeneratorFailed) as failed:
        list(patient.write(TASK))
    assert len(server.requests) == 2
    assert server.url in failed.value.message
    assert "VIGIE_ASSISTANT__API_URL" in failed.value.remedy


def test_a_server_that_does_not_answer_in_time_is_a_failure(server, spending):
    server.stuck = True
    hurried = ApiGenerator(server.url, "m", SecretStr(KEY), spending, timeout=0.2, retries=0)
    begin = time.perf_counter()
    with pytest.raises(GeneratorFailed):
        list(hurried.write(TASK))
    assert time.perf_counter() - begin < 3


KEEP_ALIVE = b": keep-alive\n\n"
WORD = (
    b'data: {"id": "c", "object": "chat.completion.chunk", "choices": [{"index": 0, "delta": {"content": "mot "}}]}\n\n'
)


@pytest.mark.parametrize("endless", [KEEP_ALIVE, WORD], ids=["keep-alives", "words"])
def test_a_server_that_goes_on_and_on_is_a_failure(server, spending, endless):
    """Four times the longest silence: 4 × 0.3 s."""
    server.endless = endless
    hurried = ApiGenerator(server.url, "m", SecretStr(KEY), spending, timeout=0.3, retries=0)
    hurried.warm_up()
    begin = time.perf_counter()
    with pytest.raises(GeneratorFailed, match="TimeoutError"):
        list(hurried.write(TASK))
    assert 1 < time.perf_counter() - begin < 5


def test_a_text_without_end_is_a_failure(generator, server):
    server.endless = WORD * 200
    writing = generator.write(TASK)
    assert sum(len(next(writing)) for _ in range(1000)) == 4000
    with pytest.raises(GeneratorFailed, match="n’a pas fini"):
        next(writing)


def test_what_a_server_says_of_its_refusal_is_told_on_one_short_line_without_the_key(generator, server):
    server.refusal = f"Extra inputs\n are not \x1b[31m permitted: {KEY} " + "x" * 999
    with pytest.raises(GeneratorFailed) as failed:
        list(generator.write(TASK))
    assert "422" in failed.value.message
    assert "Extra inputs" in failed.value.message
    assert failed.value.message.isprintable()
    assert KEY not in failed.value.message
    assert len(failed.value.message) < 500


def test_the_proxy_of_openai_s_client_is_kept(server, spending, monkeypatch):
    monkeypatch.setenv("OPENAI_PROXY", server.url.removesuffix("/v1"))
    distant = ApiGenerator("http://vigie.invalid/v1", "m", SecretStr(KEY), spending, timeout=5, retries=0)
    assert "".join(distant.write(TASK)) == "".join(PIECES)


def test_a_server_that_is_not_there_is_a_failure(spending):
    with Server() as gone:
        url = gone.url
    with pytest.raises(GeneratorFailed):
        list(ApiGenerator(url, "m", SecretStr(KEY), spending, timeout=1, retries=0).write(TASK))


def test_the_key_is_in_no_message_of_a_failure(generator, server, caplog):
    server.failures = 9
    with caplog.at_level(logging.DEBUG), pytest.raises(GeneratorFailed) as failed:
        list(generator.write(TASK))
    assert KEY not in str(failed.value)
    assert KEY not in repr(vars(generator))
    assert KEY not in caplog.text


# Spending


def test_the_tokens_that_the_server_counts_are_spent(generator, spending):
    list(generator.write(TASK))
    assert spending.today() == 42


def test_where_the_server_counts_nothing_tokens_are_estimated(generator, server, spending):
    server.used = 0
    list(generator.write(TASK))
    characters = sum(len(message["content"]) for message in messages(TASK))
    assert spending.today() == characters // 3 + 300


def test_an_answer_that_is_cut_short_is_counted(generator, spending):
    writing = generator.write(TASK)
    next(writing)
    writing.close()
    assert spending.today() > 0


def test_a_server_out_of_reach_spends_nothing(generator, server, spending):
    server.failures = 9
    with pytest.raises(GeneratorFailed):
        list(generator.write(TASK))
    assert spending.today() == 0


def test_past_the_limit_no_request_is_sent(generator, server, spending):
    spending.add(1000)
    with pytest.raises(GeneratorFailed, match="1000 tokens"):
        list(generator.write(TASK))
    assert server.requests == []
