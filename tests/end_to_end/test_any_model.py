"""Any sentence-transformers model, brought in a folder or taken from a hub: installed, indexed and searched with."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from index import described
from tests.conftest import ROOT
from tests.in_turn import MODULE, Done, done_in_turn
from tests.index.making import guide_pdf, note_pdf
from tests.index.tiny_model import tiny_model

COMMIT = "0123456789abcdef0123456789abcdef01234567"
# The interpreter reports sockets (PEP 578) in every process that has this folder on its path.
WATCH = """
import os, sys
def watch(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo"):
        with open(os.environ["WATCHED"], "a") as file:
            file.write(f"{event} {arguments[1:] if event != 'socket.getaddrinfo' else arguments}\\n")
sys.addaudithook(watch)
"""


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> Path:
    folder = tiny_model(tmp_path_factory.mktemp("brought") / "tiny")
    (folder / "pytorch_model.bin").write_bytes(b"a pickle, which nothing should open")
    return folder


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Its own home and models, the watch, and no `HF_…` of ours."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("VIGIE_", "HF_", "TRANSFORMERS_"))
    }
    (folder / "watch").mkdir(exist_ok=True)
    (folder / "watch" / "sitecustomize.py").write_text(WATCH)
    return kept | {
        "VIGIE_HOME": str(folder / "home"), "VIGIE_MODELS": str(folder / "models"), "PYTHONPATH": str(folder / "watch"),
        "WATCHED": str(folder / "watched"), "HF_HOME": str(folder / "hf"), **more,
    }  # fmt: skip


def run(folder: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT, env=environment(folder, **more), capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def run_in_turn(folder: Path, *commands: tuple[str, list[str]]) -> list[Done]:
    """`vigie` with each model and its arguments."""
    process = run(folder, *MODULE, json.dumps(commands))
    assert process.returncode == 0, process.stderr
    return done_in_turn(process.stdout)


def watched(folder: Path) -> list[str]:
    path = folder / "watched"
    return path.read_text("utf-8").splitlines() if path.exists() else []


def test_a_model_brought_in_a_folder_is_installed_indexed_and_searched_with_and_nothing_leaves(tiny, tmp_path):
    guide_pdf(tmp_path / "corpus" / "recueil.pdf")
    note_pdf(tmp_path / "corpus" / "note.pdf", "Le registre des brevets est tenu par le secrétariat du pôle. " * 3)

    refused, installed, listed, built = run_in_turn(
        tmp_path,
        ("maison", ["search", "brevets"]),
        ("maison", ["models", "install", "maison", "--from", str(tiny), "--dimension", "16"]),
        ("maison", ["models", "list", "--json"]),
        ("maison", ["index", "build", "--corpus", str(tmp_path / "corpus")]),
    )
    assert refused.returncode == 1
    assert installed.returncode == 0, installed.stderr
    assert "apache-2.0" in installed.stderr
    models = [json.loads(line) for line in listed.stdout.splitlines()]
    assert {"name": "maison", "installed": True, "dimension": 16}.items() <= models[-1].items()
    files = {path.name for path in (tmp_path / "models" / "maison").iterdir()}
    assert "pytorch_model.bin" not in files
    assert built.returncode == 0, built.stderr

    found, other = run_in_turn(
        tmp_path,
        ("maison", ["search", "Quelle veille mener sur les brevets ?", "--json", "-k", "2"]),
        ("autre", ["search", "brevets"]),
    )
    assert found.returncode == 0, found.stderr
    assert "brevets" in json.loads(found.stdout)["results"][0]["text"]
    assert (other.returncode, "autre" in other.stderr) == (1, True)
    assert watched(tmp_path) == []


# A hub


class Hub(BaseHTTPRequestHandler):
    """The routes of huggingface.co that fetch a model: what it is, its files, and each of them."""

    folder: Path
    asked: list[str]
    agents: set[str]

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def log_message(self, *_: object) -> None:
        pass

    def _answer(self, body: bool) -> None:
        self.asked.append(f"{self.command} {self.path}")
        self.agents.add(self.headers["User-Agent"])
        names = [p.relative_to(self.folder).as_posix() for p in sorted(self.folder.rglob("*")) if p.is_file()]
        start = f"/acme/tiny/resolve/{COMMIT}/"
        if self.path.split("?")[0] == "/api/models/acme/tiny/revision/main":
            info = {"id": "acme/tiny", "modelId": "acme/tiny", "sha": COMMIT, "private": False, "tags": [],
                    "downloads": 0, "likes": 0, "siblings": [{"rfilename": name} for name in names]}  # fmt: skip
            self._send(json.dumps(info).encode(), body, {"Content-Type": "application/json"})
        elif self.path.split("?")[0] == f"/api/models/acme/tiny/tree/{COMMIT}":
            sizes = [(name, (self.folder / name).stat().st_size) for name in names]
            tree = [{"type": "file", "path": name, "size": size, "oid": f"{size:040x}"} for name, size in sizes]
            self._send(json.dumps(tree).encode(), body, {"Content-Type": "application/json"})
        elif self.path.startswith(start) and self.path.removeprefix(start) in names:
            content = (self.folder / self.path.removeprefix(start)).read_bytes()
            self._send(content, body, {"ETag": f'"{len(content)}-{hash(content)}"', "X-Repo-Commit": COMMIT})
        else:
            self.send_response(404)
            self.send_header("X-Error-Code", "RepoNotFound")
            self.send_header("Content-Length", "0")
            self.end_headers()

    def _send(self, content: bytes, body: bool, headers: dict[str, str]) -> None:
        self.send_response(200)
        for name, value in (headers | {"Content-Length": str(len(content))}).items():
            self.send_header(name, value)
        self.end_headers()
        if body:
            self.wfile.write(content)


@pytest.fixture
def hub(tiny: Path) -> Iterator[tuple[str, type[Hub]]]:
    """A hub on this machine: its address, and what it is asked."""
    handler = type("TinyHub", (Hub,), {"folder": tiny, "asked": [], "agents": set()})
    served = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=served.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{served.server_port}", handler
    served.shutdown()
    thread.join()
    served.server_close()


def fetched(folder: Path, name: str, endpoint: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; from pathlib import Path; from index import fetch_from_hub; from corpus import VigieError\n" \
           "try: fetch_from_hub(sys.argv[1], Path(sys.argv[2]))\n" \
           "except VigieError as error: sys.exit(f'{error.message} {error.remedy}')"  # fmt: skip
    return run(folder, "-c", code, name, str(folder / "fetched"), HF_ENDPOINT=endpoint)


def test_a_model_is_fetched_from_the_hub_that_is_named_and_no_other(tiny, hub, tmp_path):
    address, seen = hub
    done = fetched(tmp_path, "acme/tiny", address)
    assert done.returncode == 0, done.stderr
    for name in ("modules.json", "1_Pooling/config.json", "model.safetensors", "tokenizer.json", "README.md"):
        assert (tmp_path / "fetched" / name).read_bytes() == (tiny / name).read_bytes()
    spec = described(tmp_path / "fetched", "acme--tiny")
    assert (spec.licence, spec.query_prompt) == ("apache-2.0", "query: {text}")
    assert not any("pytorch_model.bin" in path for path in seen.asked)  # a pickle
    assert watched(tmp_path)
    assert all("127.0.0.1" in line for line in watched(tmp_path))


def test_the_hub_is_told_nothing_of_the_machine(hub, tmp_path):
    """Its client would look for an agent's traces in the environment, and tell it with the versions installed."""
    address, seen = hub
    fetched(tmp_path, "acme/tiny", address)
    assert {path.split("?")[0].split("/resolve/")[0] for path in seen.asked} <= {
        "GET /api/models/acme/tiny/revision/main",
        f"GET /api/models/acme/tiny/tree/{COMMIT}",
        "HEAD /acme/tiny",
        "GET /acme/tiny",
    }
    assert not any(word in agent for agent in seen.agents for word in ("torch", "agent/", "session"))


def test_a_model_the_hub_does_not_have_is_said(hub, tmp_path):
    done = fetched(tmp_path, "acme/none", hub[0])
    assert done.returncode == 1
    assert "« acme/none » n’a pas pu être pris sur le hub" in done.stderr
    assert "--from" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unreachable_hub_is_said(tmp_path):
    done = fetched(tmp_path, "acme/tiny", "http://127.0.0.1:9")
    assert done.returncode == 1
    assert "n’a pas pu être pris sur le hub" in done.stderr
