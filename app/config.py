"""Settings: read once from the environment, typed, frozen. A wrong value stops the start with a plain sentence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

DEVELOPMENT_SECRET = "only-for-development"  # noqa: S105 - refused in production, below
MINIMUM_SECRET_LENGTH = 32
PROJECT = Path(__file__).resolve().parent.parent


class SettingsWrong(ValueError):
    """A setting is missing or cannot be what it says; the message names it."""


@dataclass(frozen=True)
class MailSettings:
    """How mail leaves. Without a host it is laid as files into ``instance/outbox/``."""

    host: str
    port: int
    security: str
    user: str
    password: str
    sender: str

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Self:
        """Read the settings of mail; raise SettingsWrong where one is missing or wrong."""
        security = environ.get("MAIL_SECURITY", "starttls")
        if security not in {"starttls", "tls", "none"}:
            raise SettingsWrong("MAIL_SECURITY must be 'starttls', 'tls' or 'none'")
        return cls(
            host=environ.get("MAIL_HOST", "").strip(),
            port=_number(environ, "MAIL_PORT", default=587, most=65_535),
            security=security,
            user=environ.get("MAIL_USER", ""),
            password=environ.get("MAIL_PASSWORD", ""),
            sender=_address(environ, "MAIL_FROM") or "alcalde@localhost",
        )


@dataclass(frozen=True)
class Settings:
    """All that the site reads from its environment. The README's table of settings describes each."""

    environment: str
    database_url: str
    secret_key: str
    instance_path: Path
    site_url: str
    show_demonstration: bool
    trusted_hosts: tuple[str, ...]
    proxy_hops: int
    release: str
    contact_email: str
    session_limits: tuple[int, int, int]
    mail: MailSettings

    @property
    def is_https(self) -> bool:
        """Whether visitors reach the site by https; only then are cookies bound to it."""
        return self.site_url.startswith("https://")

    @property
    def pages_path(self) -> Path:
        """Where pages are kept as they were rendered."""
        return self.instance_path / "pages"

    @property
    def is_production(self) -> bool:
        """Whether defaults that are only safe on one's own machine are refused."""
        return self.environment == "production"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Self:
        """Read the settings; raise SettingsWrong where one is missing or wrong."""
        environment = environ.get("ENVIRONMENT", "development")
        if environment not in {"development", "production"}:
            raise SettingsWrong("ENVIRONMENT must be 'development' or 'production'")
        production = environment == "production"
        instance = Path(environ.get("INSTANCE_PATH") or PROJECT / "instance").absolute()
        return cls(
            environment=environment,
            database_url=_database_url(environ, instance),
            secret_key=_secret(environ, production=production),
            instance_path=instance,
            site_url=_site_url(environ, production=production),
            show_demonstration=_yes_or_no(environ, "SHOW_DEMONSTRATION", default=not production),
            trusted_hosts=_trusted_hosts(environ, production=production),
            proxy_hops=_count(environ, "PROXY_HOPS"),
            release=environ.get("RELEASE", "0.1.0"),
            contact_email=_address(environ, "CONTACT_EMAIL"),
            session_limits=_session_limits(environ),
            mail=MailSettings.from_environment(environ),
        )


def _database_url(environ: Mapping[str, str], instance: Path) -> str:
    url = environ.get("DATABASE_URL") or f"sqlite:///{instance / 'alcalde.db'}"
    if not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise SettingsWrong("DATABASE_URL must begin with sqlite:/// or postgresql://")
    return url


def _secret(environ: Mapping[str, str], *, production: bool) -> str:
    secret = environ.get("SECRET_KEY", "" if production else DEVELOPMENT_SECRET)
    if production and (len(secret) < MINIMUM_SECRET_LENGTH or secret == DEVELOPMENT_SECRET):
        raise SettingsWrong(
            f"SECRET_KEY must be set to at least {MINIMUM_SECRET_LENGTH} random characters in production"
        )
    return secret


def _site_url(environ: Mapping[str, str], *, production: bool) -> str:
    url = environ.get("SITE_URL", "" if production else f"http://127.0.0.1:{environ.get('PORT', '8000')}").rstrip("/")
    if not url.startswith(("http://", "https://")):
        raise SettingsWrong("SITE_URL must be the public address of the site, such as https://alcalde.example")
    return url


def _trusted_hosts(environ: Mapping[str, str], *, production: bool) -> tuple[str, ...]:
    hosts = tuple(host.strip() for host in environ.get("TRUSTED_HOSTS", "").split(",") if host.strip())
    if production and not hosts:
        raise SettingsWrong("TRUSTED_HOSTS must name the site's host names, separated by commas, in production")
    return hosts or ("127.0.0.1", "localhost", "[::1]")


def _address(environ: Mapping[str, str], name: str) -> str:
    address = environ.get(name, "").strip()
    if address and not re.fullmatch(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", address):
        raise SettingsWrong(f"{name} must be one address, such as hola@alcalde.example")
    return address


def _session_limits(environ: Mapping[str, str]) -> tuple[int, int, int]:
    """Idle minutes of those who rate, idle minutes of offices, hours in all."""
    return (
        _number(environ, "SESSION_IDLE_MINUTES", default=30, most=1_440),
        _number(environ, "SESSION_IDLE_MINUTES_OFFICE", default=120, most=1_440),
        _number(environ, "SESSION_HOURS", default=12, most=168),
    )


def _number(environ: Mapping[str, str], name: str, *, default: int, most: int) -> int:
    text = environ.get(name, str(default))
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(most)) and 1 <= int(text) <= most):
        raise SettingsWrong(f"{name} must be a whole number from 1 to {most}")
    return int(text)


def _yes_or_no(environ: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = environ.get(name, "yes" if default else "no").strip().lower()
    if value not in {"yes", "no"}:
        raise SettingsWrong(f"{name} must be 'yes' or 'no'")
    return value == "yes"


def _count(environ: Mapping[str, str], name: str) -> int:
    value = environ.get(name, "0")
    if value not in {"0", "1", "2"}:
        raise SettingsWrong(f"{name} must be 0, 1 or 2")
    return int(value)
