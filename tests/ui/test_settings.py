"""Settings: flags, then the environment, then vigie.toml; what nothing reads is an error."""

import os
from pathlib import Path

import pytest

from corpus import SettingsError
from ui.settings import load_settings


@pytest.fixture(autouse=True)
def bare(tmp_path, monkeypatch):
    """An empty working folder, and no variable of ours."""
    for name in os.environ:
        if name.upper().startswith("VIGIE_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def write_toml(text: str) -> None:
    Path("vigie.toml").write_text(text, "utf-8")


def test_without_anything_the_defaults_hold():
    settings = load_settings()
    assert (settings.home, settings.assistant.top_k) == (Path(".vigie"), 16)


def test_the_index_lives_in_the_home():
    assert load_settings(home=Path("here")).index_root == Path("here/index")


def test_the_file_is_read_from_the_working_folder():
    write_toml('home = "from-file"\n[assistant]\ntop_k = 3\n')
    assert (load_settings().home, load_settings().assistant.top_k) == (Path("from-file"), 3)


def test_the_environment_comes_before_the_file(monkeypatch):
    write_toml('home = "from-file"\n[assistant]\ntop_k = 3\n')
    monkeypatch.setenv("VIGIE_HOME", "from-environment")
    monkeypatch.setenv("VIGIE_ASSISTANT__TOP_K", "4")
    assert (load_settings().home, load_settings().assistant.top_k) == (Path("from-environment"), 4)


def test_a_flag_comes_before_the_environment(monkeypatch):
    write_toml('home = "from-file"')
    monkeypatch.setenv("VIGIE_HOME", "from-environment")
    assert load_settings(home=Path("from-flag")).home == Path("from-flag")


def test_a_flag_that_was_not_given_hides_nothing(monkeypatch):
    monkeypatch.setenv("VIGIE_HOME", "from-environment")
    assert load_settings(home=None).home == Path("from-environment")


def test_one_key_in_the_environment_leaves_the_section_s_others_to_the_file(monkeypatch):
    write_toml('[index]\nmodel = "embeddinggemma-300m"\ncandidates = 5\n')
    monkeypatch.setenv("VIGIE_INDEX__CANDIDATES", "6")
    assert (load_settings().index.model, load_settings().index.candidates) == ("embeddinggemma-300m", 6)


@pytest.mark.parametrize("name", ["VIGIE_HOEM", "VIGIE_INDEX__MODLE", "VIGIE_CORPUS_MAX_PAGES", "VIGIE_", "VIGIE_X__Y"])
def test_a_variable_that_nothing_reads_is_an_error_that_names_it(monkeypatch, name):
    monkeypatch.setenv(name, "1")
    with pytest.raises(SettingsError, match=f"{name}\\.") as caught:
        load_settings()
    assert "VIGIE_INDEX__CANDIDATES" in caught.value.remedy


def test_the_folder_of_the_models_is_a_known_variable(monkeypatch):
    monkeypatch.setenv("VIGIE_MODELS", "/models")
    assert load_settings()


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('hoem = "x"', "hoem"),
        ("[index]\nmodle = 1", "index.modle"),
        ("[assistent]\ntop_k = 3", "assistent"),
        ("[assistant]\ntop_k = 0", "assistant.top_k"),
        ("[assistant]\ntop_k = 'many'", "assistant.top_k"),
        ("[assistant]\nleast_confidence = 1.5", "assistant.least_confidence"),
        ("[assistant]\ngenerator = 'gpt'", "assistant.generator"),
        ("index = 3", "index"),
        ("[corpus]\nmax_pages = -1", "corpus.max_pages"),
        ("[chat]\nquestions_per_minute = 0", "chat.questions_per_minute"),
        ("[chat]\nanswers_at_once = -1", "chat.answers_at_once"),
        ("[chat]\nretention_days = -1", "chat.retention_days"),
        ("[chat]\nretention_days = 100000", "chat.retention_days"),
        ("[server]\nport = 8501", "server.port"),
    ],
)
def test_an_unknown_key_or_impossible_value_in_the_file_is_named(text, where):
    write_toml(text)
    with pytest.raises(SettingsError, match=f"« {where} »"):
        load_settings()


def test_an_impossible_value_in_the_environment_is_named(monkeypatch):
    monkeypatch.setenv("VIGIE_CORPUS__MAX_PAGES", "many")
    with pytest.raises(SettingsError, match=r"« corpus\.max_pages »"):
        load_settings()


@pytest.mark.parametrize("content", [b"home = ", b"[index", b"\xff\xfe"])
def test_a_file_that_is_not_toml_is_an_error_that_names_it(content):
    Path("vigie.toml").write_bytes(content)
    with pytest.raises(SettingsError, match=r"vigie\.toml"):
        load_settings()


@pytest.mark.parametrize("value", ["multilingual-e5-small", "{", "7"])
def test_a_section_given_as_one_bad_value_is_a_settings_error(monkeypatch, value):
    monkeypatch.setenv("VIGIE_INDEX", value)
    with pytest.raises(SettingsError, match=r"(?i)index"):
        load_settings()


def test_settings_cannot_be_changed_once_loaded():
    settings = load_settings()
    with pytest.raises(ValueError, match="frozen"):
        settings.home = Path("elsewhere")


def test_conversations_and_server_are_settings_like_the_others(monkeypatch):
    write_toml('[chat]\nretention_days = 30\n[server]\npublic_url = "https://vigie.example.fr"\n')
    monkeypatch.setenv("VIGIE_CHAT__QUESTIONS_PER_MINUTE", "5")
    settings = load_settings()
    assert (settings.chat.retention_days, settings.chat.questions_per_minute) == (30, 5)
    assert settings.server.public_url == "https://vigie.example.fr"


@pytest.mark.parametrize("name", ["cookie_secret", "oidc_client_secret"])
def test_a_secret_of_the_server_is_refused_in_the_file_and_taken_from_the_environment(monkeypatch, name):
    write_toml(f'[server]\n{name} = "in-the-file"\n')
    with pytest.raises(SettingsError, match=f"server.{name}") as caught:
        load_settings()
    assert f"VIGIE_SERVER__{name.upper()}" in caught.value.remedy
    assert "in-the-file" not in caught.value.message + caught.value.remedy
    write_toml("")
    monkeypatch.setenv(f"VIGIE_SERVER__{name.upper()}", "in-the-environment")
    assert getattr(load_settings().server, name).get_secret_value() == "in-the-environment"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[chat]\nretention_days = 'abc'", "il faut un nombre entier."),
        ("[chat]\nretention_days = 1.5", "il faut un nombre entier."),
        ("[chat]\nretention_days = []", "il faut un nombre entier."),
        ("[chat]\nretention_days = -1", "il faut 0 au moins."),
        ("[chat]\nretention_days = 40000", "il faut 36500 au plus."),
        ("[corpus]\nmax_pages = 0", "il faut plus de 0."),
        ("[assistant]\nleast_confidence = 'x'", "il faut un nombre."),
        ("[assistant]\ngenerator = 'gpt'", "il faut 'extractive', 'local' ou 'api'."),
        ("[assistant]\napi_url = 3", "il faut un texte."),
        ("[index]\nglossary = 'peut-être'", "il faut true ou false."),
        ("[index]\nglossary = []", "il faut true ou false."),
        ("index = 3", "il faut une section."),
        ("[corpus]\nmax_seconds = inf", "il faut un nombre."),
        ("[corpus]\nmax_seconds = nan", "il faut un nombre."),
        ("[corpus]\nmax_seconds = 1e9", "il faut 86400 au plus."),
        ("[corpus]\nmax_fetch_seconds = inf", "il faut un nombre."),
        ("[corpus]\nmax_fetch_seconds = 1e9", "il faut 86400 au plus."),
        ("home = 3", "il faut le chemin d’un dossier."),
        ('home = "a\\u0000b"', "un chemin ne contient pas de caractère nul."),
        ("home = '~personne-de-ce-nom/x'", "le dossier personnel de « ~personne-de-ce-nom » n’existe pas."),
        ("hoem = 'x'", "aucun réglage n’a ce nom."),
    ],
)
def test_what_is_wrong_with_a_setting_is_said_in_french(text, said):
    write_toml(text)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert caught.value.message.endswith(f" : {said}")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"home = @", "ligne 1, colonne 8"), (b"[index", "à la fin"), (b"a = 1\n\xff", "UTF-8"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_file_is_said_in_french(content, said):
    Path("vigie.toml").write_bytes(content)
    with pytest.raises(SettingsError, match=said):
        load_settings()


def test_a_section_that_is_not_json_is_said_in_french(monkeypatch):
    monkeypatch.setenv("VIGIE_INDEX", "{")
    with pytest.raises(SettingsError, match="VIGIE_INDEX est mal écrit") as caught:
        load_settings()
    assert "VIGIE_INDEX__CANDIDATES" in caught.value.remedy


def test_a_byte_order_mark_is_no_part_of_the_file():
    Path("vigie.toml").write_text('home = "from-file"', "utf-8-sig")
    assert load_settings().home == Path("from-file")


def test_a_file_that_is_a_folder_is_an_error_that_names_it():
    Path("vigie.toml").mkdir()
    with pytest.raises(SettingsError, match=r"vigie\.toml ne peut pas être lu : c’est un dossier"):
        load_settings()


def test_a_file_that_may_not_be_read_is_an_error_that_names_it(monkeypatch):
    write_toml("")

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(SettingsError, match=r"vigie\.toml ne peut pas être lu : vous n’en avez pas le droit"):
        load_settings()


def test_an_empty_home_is_as_if_it_had_not_been_given(monkeypatch):
    monkeypatch.setenv("VIGIE_HOME", "")
    assert load_settings().home == Path(".vigie")
    write_toml('home = "from-file"')
    assert load_settings().home == Path("from-file")


def test_an_empty_home_in_the_file_is_as_if_it_had_not_been_given():
    write_toml('home = ""\n[assistant]\ntop_k = 3\n')
    assert (load_settings().home, load_settings().assistant.top_k) == (Path(".vigie"), 3)


def test_the_home_may_begin_with_that_of_the_user(monkeypatch):
    monkeypatch.setenv("HOME", "/home/anne")
    monkeypatch.setenv("VIGIE_HOME", "~/x")
    assert load_settings().home == Path("/home/anne/x")
