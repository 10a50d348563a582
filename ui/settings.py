"""All rooms' settings together: flags first, then the environment (`VIGIE_…`), then `vigie.toml`."""

import os
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource
from pydantic_settings import SettingsError as SourceError

from assistant import AssistantSettings
from corpus import CorpusSettings, Section, SettingsError
from index import IndexSettings
from ui.chat.settings import ChatSettings
from ui.web.settings import ServerSettings

_PREFIX, _FILE = "VIGIE_", "vigie.toml"
_READ_ELSEWHERE = frozenset({"VIGIE_MODELS", "VIGIE_PDF_PASSWORD"})  # by the index room, and by `vigie corpus add`


class _File(TomlConfigSettingsSource):
    """vigie.toml, which others may read, copy or commit: the server's secrets are refused there."""

    def __call__(self) -> dict[str, Any]:
        read = super().__call__()
        section = read.get("server")
        for name, field in ServerSettings.model_fields.items():
            if field.annotation is SecretStr and isinstance(section, dict) and name in section:
                raise SettingsError(
                    f"« server.{name} » est un secret : {_FILE} peut être lu ou copié par d’autres.",
                    f"Retirez-le de {_FILE}, changez-le, et donnez-le par VIGIE_SERVER__{name.upper()}.",
                )
        return read


class Settings(BaseSettings):
    """Every setting. `VIGIE_INDEX__MODEL` is `model` in the section `[index]` of vigie.toml."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, env_nested_delimiter="__", toml_file=_FILE, extra="forbid", frozen=True
    )

    home: Path = Field(default=Path(".vigie"), description="where everything written lives")
    corpus: CorpusSettings = CorpusSettings()
    index: IndexSettings = IndexSettings()
    assistant: AssistantSettings = AssistantSettings()
    chat: ChatSettings = ChatSettings()
    server: ServerSettings = ServerSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is pydantic's
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, _File(settings_cls)

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
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise SettingsError(
            f"Réglage « {where} » : {first['msg']}.", f"Corrigez {_FILE} ou l’environnement."
        ) from error
    except SourceError as error:
        raise SettingsError(f"Un réglage est mal écrit : {error}.", "Corrigez l’environnement.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{_FILE} n’est pas un fichier TOML valable : {error}.", "Corrigez-le.") from error


def _refuse_unknown_variables() -> None:
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
    unknown = sorted(
        n for n in os.environ if n.upper().startswith(_PREFIX) and n.upper() not in known | _READ_ELSEWHERE
    )
    if unknown:
        raise SettingsError(
            f"Aucun réglage ne s’appelle {unknown[0]}.", f"Réglages connus : {', '.join(sorted(known))}."
        )
