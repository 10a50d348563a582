"""Settings of the web server: where it listens, the address it is known by, and who signs people in."""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from pydantic import Field, SecretStr, field_validator

from corpus import Section, SettingsError

LEAST_SECRET = 32  # characters
_PREFIX = "VIGIE_SERVER__"
_HOST = re.compile(r"[a-z\d._-]+|[a-f\d:.]+")  # a name in ASCII, or an IPv6 address


class ServerSettings(Section):
    """On a laptop the defaults hold: nobody signs in, and only this machine is served."""

    address: str = Field(default="127.0.0.1", description="IP address listened on")
    public_url: str = Field(default="", description="address that people type, as https://vigie.example.fr")
    oidc_metadata_url: str = Field(default="", description="OpenID Connect discovery document of who signs people in")
    oidc_client_id: str = Field(default="", description="name of Vigie there")
    oidc_client_secret: SecretStr = Field(default=SecretStr(""), description="its secret; only in the environment")
    cookie_secret: SecretStr = Field(
        default=SecretStr(""),
        description="32 random characters or more, which sign the cookie; only in the environment",
    )

    @field_validator("public_url", "oidc_metadata_url", "oidc_client_id")
    @classmethod
    def _strip(cls, value: str) -> str:
        """Blanks around them come from copying, or from the end of a line."""
        return value.strip()

    @property
    def signs_in(self) -> bool:
        """Whether people sign in; `check` has made sure that all it takes is there."""
        return bool(self.oidc_metadata_url)

    @property
    def origin(self) -> str:
        """Scheme and host of the public address as browsers write them, in ASCII, or nothing."""
        parts = urlsplit(self.public_url)
        host = _ascii(parts.hostname or "")
        shown = f"[{host}]" if ":" in host else host
        usual = {"https": 443, "http": 80}.get(parts.scheme)
        port = "" if parts.port in {None, usual} else f":{parts.port}"
        return f"{parts.scheme}://{shown}{port}" if host else ""

    @property
    def is_https(self) -> bool:
        """Whether readers come by https."""
        return self.origin.startswith("https://")

    def check(self) -> None:
        """Raises SettingsError where a server would be open to anyone, or could sign nobody in."""
        _check_address(self.address)
        given = {name: _plain(getattr(self, name)) for name in type(self).model_fields if name != "address"}
        missing = [f"{_PREFIX}{name.upper()}" for name, value in given.items() if not value]
        if missing and len(missing) < len(given):
            raise SettingsError(
                f"La connexion des personnes est incomplète : il manque {', '.join(missing)}.",
                "Donnez ces réglages, ou retirez tous ceux de [server] pour servir cette machine seule.",
            )
        if missing and not is_loopback(self.address):
            raise SettingsError(
                f"À l’adresse {self.address}, Vigie répondrait à tout le réseau sans savoir à qui.",
                f"Réglez la connexion des personnes ({', '.join(missing)}), ou gardez l’adresse 127.0.0.1.",
            )
        if not missing:
            self._check_signing_in()

    def _check_signing_in(self) -> None:
        public = _split(self.public_url, "public_url")
        if not _is_askable(self.public_url, public):
            raise SettingsError(
                f"{_PREFIX}PUBLIC_URL « {self.public_url} » est une adresse qu’un navigateur ne peut pas demander.",
                "Écrivez-la sur le modèle https://vigie.example.fr : des lettres, des chiffres, des points, des "
                "tirets, puis au besoin un port, comme :8443.",
            )
        if public.path.rstrip("/") or public.query or public.fragment or public.username is not None:
            raise SettingsError(
                f"L’adresse publique « {self.public_url} » ne s’arrête pas au nom de la machine.",
                f"Écrivez {_PREFIX}PUBLIC_URL sur le modèle https://vigie.example.fr, sans chemin.",
            )
        _split(self.oidc_metadata_url, "oidc_metadata_url")
        if len(self.cookie_secret.get_secret_value()) < LEAST_SECRET:
            raise SettingsError(
                f"{_PREFIX}COOKIE_SECRET est trop court : {LEAST_SECRET} caractères au moins.",
                'Tirez-en un au hasard : python -c "import secrets; print(secrets.token_urlsafe(48))"',
            )


def is_loopback(host: str) -> bool:
    """Whether a host's name or address is this machine's, which no other machine can reach."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _check_address(address: str) -> None:
    try:
        ipaddress.ip_address(address)
    except ValueError as error:
        raise SettingsError(
            f"{_PREFIX}ADDRESS « {address} » n’est pas une adresse IP.",
            "Donnez 127.0.0.1 pour cette machine seule, ou l’adresse où elle doit être jointe.",
        ) from error


def _split(url: str, name: str) -> SplitResult:
    """An address in https, or in http on this machine: secrets and cookies go there."""
    try:
        parts = urlsplit(url)
        safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
        if safe and parts.hostname and parts.port != 0:
            return parts
    except ValueError:
        pass
    raise SettingsError(
        f"{_PREFIX}{name.upper()} « {url} » n’est pas une adresse en https.",
        "Donnez une adresse qui commence par https:// ; http:// ne vaut que pour cette machine.",
    )


def _is_askable(url: str, parts: SplitResult) -> bool:
    """Whether browsers would ask for that name as it is: `urlsplit` drops blanks, and takes what they do not."""
    try:
        known = _HOST.fullmatch(_ascii(parts.hostname or "")) is not None
    except UnicodeError:
        known = False
    return known and not parts.netloc.endswith(":") and not re.search(r"[\s\\]", url)


def _ascii(host: str) -> str:
    """`pôle.fr` as it travels: `xn--ple-kna.fr`. Raises UnicodeError for what is no name."""
    return host.encode("idna").decode()


def _plain(value: str | SecretStr) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else value
