"""All rooms' settings together: flags first, then the environment (`VIGIE_…`), then `vigie.toml`."""

import os
import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from pydantic_settings import SettingsError as SourceError

from assistant import AssistantSettings
from corpus import CorpusSettings, Section, SettingsError
from index import IndexSettings
from ui.chat.settings import ChatSettings
from ui.web.settings import ServerSettings

_PREFIX, _FILE = "VIGIE_", "vigie.toml"
_READ_ELSEWHERE = frozenset({"VIGIE_MODELS", "VIGIE_PDF_PASSWORD"})  # by the index room, and by `vigie corpus add`

_INTEGER, _NUMBER, _BOOLEAN = "il faut un nombre entier", "il faut un nombre", "il faut true ou false"
_WRONG = {  # pydantic's types of errors that these settings can meet
    "extra_forbidden": "aucun réglage n’a ce nom",
    "int_parsing": _INTEGER, "int_parsing_size": _INTEGER, "int_type": _INTEGER, "int_from_float": _INTEGER,
    "float_parsing": _NUMBER, "float_type": _NUMBER, "finite_number": _NUMBER,
    "bool_parsing": _BOOLEAN, "bool_type": _BOOLEAN,
    "string_type": "il faut un texte", "string_too_long": "il faut {max_length} caractères au plus",
    "greater_than": "il faut plus de {gt}", "greater_than_equal": "il faut {ge} au moins",
    "less_than_equal": "il faut {le} au plus",
    "literal_error": "il faut {expected}",
    "model_type": "il faut une section", "model_attributes_type": "il faut une section",
    "path_type": "il faut le chemin d’un dossier",
    "value_error": "{error}",
}  # fmt: skip


def _given(read: dict[str, Any]) -> dict[str, Any]:
    """An empty `home` is as if it had not been given: it would be the working folder itself."""
    return {name: value for name, value in read.items() if (name, value) != ("home", "")}


class _Environment(EnvSettingsSource):
    """The environment, where `VIGIE_HOME=` gives nothing."""

    def __call__(self) -> dict[str, Any]:
        return _given(super().__call__())


class _File(InitSettingsSource):
    """vigie.toml, which others may read, copy or commit: the server's secrets are refused there."""

    def __init__(self, settings_cls: type[BaseSettings]) -> None:
        super().__init__(settings_cls, _parsed())

    def __call__(self) -> dict[str, Any]:
        read = _given(super().__call__())
        section = read.get("server")
        for name, field in ServerSettings.model_fields.items():
            if field.annotation is SecretStr and isinstance(section, dict) and name in section:
                raise SettingsError(
                    f"« server.{name} » est un secret : {_FILE} peut être lu ou copié par d’autres.",
                    f"Retirez-le de {_FILE}, changez-le, et donnez-le par VIGIE_SERVER__{name.upper()}.",
                )
        return read


def _parsed() -> dict[str, Any]:
    """What vigie.toml says; nothing where there is none. A byte order mark, which Windows' Notepad adds, is skipped."""
    try:
        return tomllib.loads(Path(_FILE).read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsError(
            f"{_FILE} ne peut pas être lu : {_reason(error)}.",
            f"Faites de {Path(_FILE).absolute()} un fichier que vous pouvez lire, ou retirez-le.",
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{_FILE} n’est pas écrit en UTF-8.", "Enregistrez-le de nouveau en UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{_FILE} n’est pas un fichier TOML valable{_place(error)}.", "Corrigez-le.") from error


def _reason(error: OSError) -> str:
    if isinstance(error, IsADirectoryError):
        return "c’est un dossier"
    return "vous n’en avez pas le droit" if isinstance(error, PermissionError) else error.strerror or str(error)


def _place(error: tomllib.TOMLDecodeError) -> str:
    """Where it stops being TOML, which Python tells in English."""
    if found := re.search(r"at line (\d+), column (\d+)", str(error)):
        return f", ligne {found[1]}, colonne {found[2]}"
    return ", à la fin" if "end of document" in str(error) else ""


class Settings(BaseSettings):
    """Every setting. `VIGIE_INDEX__MODEL` is `model` in the section `[index]` of vigie.toml."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True)

    home: Path = Field(default=Path(".vigie"), description="where everything written lives")
    corpus: CorpusSettings = CorpusSettings()
    index: IndexSettings = IndexSettings()
    assistant: AssistantSettings = AssistantSettings()
    chat: ChatSettings = ChatSettings()
    server: ServerSettings = ServerSettings()

    @field_validator("home")
    @classmethod
    def _expand(cls, home: Path) -> Path:
        """`~/x` is in the user's own folder, also where no shell has read it. No system has a path with a NUL."""
        if "\0" in str(home):
            raise ValueError("un chemin ne contient pas de caractère nul")
        try:
            return home.expanduser()
        except RuntimeError as error:
            raise ValueError(f"le dossier personnel de « {home.parts[0]} » n’existe pas") from error

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is pydantic's
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, _Environment(settings_cls), _File(settings_cls)

    def with_model(self, name: str) -> "Settings":
        """The same, for another embedding model."""
        return self.model_copy(update={"index": self.index.model_copy(update={"model": name})})

    @property
    def index_root(self) -> Path:
        """Where index versions live unless `--index` says otherwise."""
        return self.home / "index"


def load_settings(**flags: Any) -> Settings:
    """Raises SettingsError naming the setting; a variable or key that nothing reads is an error too."""
    return _read(**flags) if flags else _known(_state())


def _state() -> tuple[object, ...]:
    """What settings are read from, as it is now: the page asks for them several times at each run."""
    environment = sorted(item for item in os.environ.items() if item[0].upper().startswith(_PREFIX))
    try:
        stat = Path(_FILE).stat()
    except OSError:
        return *environment, Path.cwd()
    return *environment, Path.cwd(), stat.st_mtime_ns, stat.st_size, stat.st_ino


@lru_cache(maxsize=4)
def _known(_: tuple[object, ...]) -> Settings:
    return _read()


def _read(**flags: Any) -> Settings:
    _refuse_unknown_variables()
    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        raise SettingsError(_in_french(error), f"Corrigez {_FILE} ou l’environnement.") from error
    except SourceError as error:
        raise _badly_written(error) from error


def _in_french(error: ValidationError) -> str:
    """Which setting is wrong first, and how. Its value is not shown: it may be a secret."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    context = {
        name: str(value).replace(" or ", " ou ").removesuffix(".0") for name, value in first.get("ctx", {}).items()
    }
    said = _WRONG.get(first["type"])
    return f"Réglage « {where} » : {said.format(**context) if said else first['msg']}."


def _badly_written(error: SourceError) -> SettingsError:
    """A section given by one variable is JSON; pydantic names its field, in English."""
    found = re.search(r'field "(\w+)"', str(error))
    name = f"{_PREFIX}{found[1].upper()}" if found else f"{_PREFIX}…"
    example = next((known for known in sorted(_variables()) if known.startswith(f"{name}__")), f"{name}__…")
    return SettingsError(
        f"{name} est mal écrit : une section entière se donne en JSON.",
        f"Donnez plutôt ses réglages un à un, comme {example}.",
    )


def _variables() -> set[str]:
    """The names of all that the environment can give."""
    known = {f"{_PREFIX}{name}".upper() for name in Settings.model_fields}
    sections: dict[str, type[Section]] = {
        "CORPUS": CorpusSettings,
        "INDEX": IndexSettings,
        "ASSISTANT": AssistantSettings,
        "CHAT": ChatSettings,
        "SERVER": ServerSettings,
    }
    for section, model in sections.items():
        known |= {f"{_PREFIX}{section}__{name}".upper() for name in model.model_fields}
    return known


def _refuse_unknown_variables() -> None:
    known = _variables()
    unknown = sorted(
        n for n in os.environ if n.upper().startswith(_PREFIX) and n.upper() not in known | _READ_ELSEWHERE
    )
    if unknown:
        raise SettingsError(
            f"Aucun réglage ne s’appelle {unknown[0]}.", f"Réglages connus : {', '.join(sorted(known))}."
        )
