"""`vigie serve`: what it refuses, and what it starts."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from tests.ui.running import Vigie

SERVER = {
    "PUBLIC_URL": "https://vigie.example.fr",
    "OIDC_METADATA_URL": "https://id.example.fr/.well-known/openid-configuration",
    "OIDC_CLIENT_ID": "vigie",
    "OIDC_CLIENT_SECRET": "client-secret-of-the-provider",
    "COOKIE_SECRET": "cookie-secret-of-thirty-two-or-more",
}


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """The program, arguments and environment of what took the command's place."""
    programs: list[tuple[Any, ...]] = []
    monkeypatch.setattr("os.execve", lambda *arguments: programs.append(arguments))
    return programs


@pytest.fixture
def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.fixture
def busy_port() -> Iterator[str]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield str(taken.getsockname()[1])


def configure(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(f"VIGIE_SERVER__{name}", value)


def test_a_laptop_serves_itself_alone(vigie: Vigie, started: list[tuple[Any, ...]], free_port: str):
    done = vigie("serve", "--port", free_port)
    assert done.code == 0
    assert f"http://localhost:{free_port}" in done.err
    ((_, arguments, _),) = started
    assert {"--server.address=127.0.0.1", f"--server.port={free_port}"} < set(arguments)
    assert {"--server.enableCORS=true", "--server.enableXsrfProtection=true"} < set(arguments)
    assert "--server.trustedUserHeaders={}" in arguments  # no header of a stranger's says who they are


def test_a_server_says_its_public_address_and_keeps_its_secrets_off_the_command_line(
    vigie: Vigie, started: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch, free_port: str
):
    configure(monkeypatch, ADDRESS="0.0.0.0", **SERVER)
    done = vigie("serve", "--port", free_port)
    assert done.code == 0
    assert "https://vigie.example.fr" in done.err
    ((_, arguments, environment),) = started
    assert "--server.address=0.0.0.0" in arguments
    said = " ".join(arguments) + done.out + done.err
    assert SERVER["COOKIE_SECRET"] not in said
    assert SERVER["OIDC_CLIENT_SECRET"] not in said
    assert environment["VIGIE_SERVER__COOKIE_SECRET"] == SERVER["COOKIE_SECRET"]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"ADDRESS": "0.0.0.0"}, "sans savoir à qui"),
        ({**SERVER, "OIDC_CLIENT_SECRET": ""}, "il manque VIGIE_SERVER__OIDC_CLIENT_SECRET"),
        ({**SERVER, "PUBLIC_URL": "http://vigie.example.fr"}, "n’est pas une adresse en https"),
        ({**SERVER, "COOKIE_SECRET": "short"}, "32 caractères"),
    ],
)
def test_what_would_be_open_or_broken_is_refused(
    vigie: Vigie, started: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], said: str
):
    configure(monkeypatch, **settings)
    done = vigie("serve")
    assert done.code == 1
    assert said in done.err
    assert not started


def test_a_busy_port_is_said(vigie: Vigie, started: list[tuple[Any, ...]], busy_port: str):
    done = vigie("serve", "--port", busy_port)
    assert done.code == 1
    assert f"Le port {busy_port} est déjà occupé" in done.err
    assert not started


def test_an_address_of_another_machine_is_said(
    vigie: Vigie, started: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch, free_port: str
):
    configure(monkeypatch, ADDRESS="192.0.2.1", **SERVER)  # an address for examples, nobody's
    done = vigie("serve", "--port", free_port)
    assert done.code == 1
    assert "192.0.2.1" in done.err
    assert "VIGIE_SERVER__ADDRESS" in done.err
    assert not started
