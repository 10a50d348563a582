"""A server that would be open to anyone, or could sign nobody in, is refused before it starts."""

from typing import Any

import pytest
from pydantic import SecretStr

from corpus import SettingsError
from ui.web.settings import ServerSettings
from ui.web.signing_in import streamlit_secrets

COMPLETE: dict[str, Any] = {
    "public_url": "https://vigie.example.fr",
    "oidc_metadata_url": "https://id.example.fr/.well-known/openid-configuration",
    "oidc_client_id": "vigie",
    "oidc_client_secret": SecretStr("client-secret"),
    "cookie_secret": SecretStr("c" * 32),
}
WHERE_SECRETS_ARE = ("oidc_client_secret", "cookie_secret")


def server(**changed: Any) -> ServerSettings:
    return ServerSettings(**{**COMPLETE, **changed})


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.2", "::1"])
def test_a_laptop_needs_no_setting(address: str):
    alone = ServerSettings(address=address)
    alone.check()
    assert not alone.signs_in
    assert streamlit_secrets(alone) == {}


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0", "192.168.1.4", "::"])
def test_a_complete_server_is_accepted_anywhere(address: str):
    server(address=address).check()
    assert server().signs_in


@pytest.mark.parametrize("address", ["0.0.0.0", "192.168.1.4", "::", "8.8.8.8"])
def test_an_address_that_others_reach_needs_people_to_sign_in(address: str):
    with pytest.raises(SettingsError, match=r"tout le réseau") as caught:
        ServerSettings(address=address).check()
    assert "VIGIE_SERVER__OIDC_CLIENT_ID" in caught.value.remedy


@pytest.mark.parametrize("name", COMPLETE)
@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0"])
def test_a_missing_setting_is_named(name: str, address: str):
    with pytest.raises(SettingsError, match=f"il manque VIGIE_SERVER__{name.upper()}\\. "):
        server(address=address, **{name: SecretStr("") if name in WHERE_SECRETS_ARE else ""}).check()


def test_a_public_address_alone_would_open_a_laptop_to_everyone_behind_a_proxy():
    with pytest.raises(SettingsError, match="incomplète"):
        ServerSettings(public_url="https://vigie.example.fr").check()


@pytest.mark.parametrize(
    "url",
    [
        "http://vigie.example.fr",
        "vigie.example.fr",
        "ftp://vigie.example.fr",
        "https://",
        "https://a:99999",
        "https://[a",
    ],
)
@pytest.mark.parametrize("name", ["public_url", "oidc_metadata_url"])
def test_an_address_that_is_not_in_https_is_refused(name: str, url: str):
    with pytest.raises(SettingsError, match=f"VIGIE_SERVER__{name.upper()} .*https"):
        server(**{name: url}).check()


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501"])
def test_http_is_enough_on_this_machine(host: str):
    here = server(public_url=f"http://{host}", oidc_metadata_url=f"http://{host}/metadata")
    here.check()
    assert not here.is_https


@pytest.mark.parametrize("rest", ["/vigie", "?a=1", "#a"])
def test_a_public_address_has_no_path(rest: str):
    with pytest.raises(SettingsError, match="ne s’arrête pas au nom"):
        server(public_url=f"https://vigie.example.fr{rest}").check()


def test_a_public_address_holds_no_password():
    with pytest.raises(SettingsError, match="ne s’arrête pas au nom"):
        server(public_url="https://alice:secret@vigie.example.fr").check()


@pytest.mark.parametrize("address", ["vigie.example.fr", "localhost", "127.0.0.1:8501", ""])
def test_what_is_listened_on_is_an_ip_address(address: str):
    with pytest.raises(SettingsError, match=r"n’est pas une adresse IP"):
        ServerSettings(address=address).check()


def test_a_short_cookie_secret_is_refused_and_not_repeated():
    with pytest.raises(SettingsError, match="32 caractères") as caught:
        server(cookie_secret=SecretStr("guessable" * 3)).check()
    assert "guessable" not in caught.value.message + caught.value.remedy


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://vigie.example.fr/", "https://vigie.example.fr"),
        ("HTTPS://Vigie.Example.fr:443", "https://vigie.example.fr"),
        ("https://vigie.example.fr:8443", "https://vigie.example.fr:8443"),
        ("http://localhost:80", "http://localhost"),
        ("https://vigie.example.fr:08443", "https://vigie.example.fr:8443"),
        (" https://vigie.example.fr\n", "https://vigie.example.fr"),
        ("https://Vigie.Pôle.fr", "https://vigie.xn--ple-kna.fr"),
        ("https://vigie_x.example.fr", "https://vigie_x.example.fr"),
        ("https://[::1]:8443", "https://[::1]:8443"),
        ("", ""),
    ],
)
def test_the_origin_is_written_as_browsers_write_it(url: str, origin: str):
    assert server(public_url=url).origin == origin


@pytest.mark.parametrize("url", ["https://vigie.pôle.fr", " https://vigie.example.fr ", "https://vigie_x.example.fr/"])
def test_an_address_that_browsers_can_ask_for_is_accepted(url: str):
    server(public_url=url).check()


@pytest.mark.parametrize(
    "url",
    [
        "https://vigie exemple.fr",
        "https://vigie.\texample.fr",
        "https://vigie.example.fr\\",
        "https://vigie.example.fr,https://b.fr",
        "https://vigie.example.fr:",
        "https://vigie..example.fr",
        f"https://{'é' * 70}.fr",
        "https://vigie%2eexample.fr",
        "https://[::1%25eth0]",
    ],
)
def test_an_address_that_no_browser_would_ask_for_is_refused(url: str):
    with pytest.raises(SettingsError, match=r"VIGIE_SERVER__PUBLIC_URL .* ne peut pas demander") as caught:
        server(public_url=url).check()
    assert "https://vigie.example.fr" in caught.value.remedy


@pytest.mark.parametrize("name", ["public_url", "oidc_metadata_url", "oidc_client_id"])
def test_blanks_around_a_setting_are_no_part_of_it(name: str):
    assert getattr(server(**{name: f" {COMPLETE[name]}\n"}), name) == COMPLETE[name]
    with pytest.raises(SettingsError, match="incomplète"):
        server(**{name: " "}).check()


def test_streamlit_is_told_who_signs_people_in():
    assert streamlit_secrets(server()) == {
        "auth": {
            "redirect_uri": "https://vigie.example.fr/oauth2callback",
            "cookie_secret": "c" * 32,
            "client_id": "vigie",
            "client_secret": "client-secret",
            "server_metadata_url": "https://id.example.fr/.well-known/openid-configuration",
        }
    }


def test_secrets_do_not_show_in_what_is_printed():
    assert "client-secret" not in repr(server())
