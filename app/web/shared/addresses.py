"""What may stand in an address, and what a visitor gets who asks for something that is not there."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from flask import Flask, abort, current_app
from werkzeug.routing import BaseConverter

from app.config import Settings
from app.domain.editions import Edition
from app.web.shared.orders import OrderOfRows


class Count(BaseConverter):
    """A number from 1 to 9999 in plain digits, without leading zeros. Anything else is no such page."""

    regex = "[1-9][0-9]{0,3}"

    def to_python(self, value: str) -> int:
        """Read the digits that the pattern let through."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Write the digits."""
        return str(value)


class RowNumber(Count):
    """The number of a row behind the sign-in: a count with up to nine digits."""

    regex = "[1-9][0-9]{0,8}"


class Slug(BaseConverter):
    """The address name of an edition, a theme or a municipality: small letters, digits and inner hyphens."""

    regex = "[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?"


class Slugs(BaseConverter):
    """Address names of municipalities joined by commas. Whether they can be compared is for the page to say."""

    regex = "[a-z0-9-]{1,80}(?:,[a-z0-9-]{1,80}){0,9}"

    def to_python(self, value: str) -> tuple[str, ...]:
        """Take the names apart."""
        return tuple(value.split(","))

    def to_url(self, value: Iterable[str]) -> str:
        """Join the names."""
        return ",".join(value)


class RowKey(BaseConverter):
    """The natural key of a row behind the sign-in: small letters, digits, and between them hyphens and dots."""

    regex = "[a-z0-9](?:[a-z0-9.-]{0,88}[a-z0-9])?"


class EditionSlug(BaseConverter):
    """The address name of an edition: a slug that ends in a year, so that no other word is taken for one."""

    regex = "[a-z0-9](?:[a-z0-9-]{0,73}[a-z0-9])?-[0-9]{4}"


class Sha256(BaseConverter):
    """The checksum of a file: 64 small hexadecimal digits."""

    regex = "[0-9a-f]{64}"


class OfAnEdition(Protocol):
    """A value that pages show: it always says to which edition it belongs."""

    @property
    def edition(self) -> Edition:
        """The edition as its publication states it."""


Value = TypeVar("Value", bound=OfAnEdition)


def init_app(app: Flask) -> None:
    """Make the converters known to the routes."""
    app.url_map.converters |= {
        "count": Count,
        "row": RowNumber,
        "key": RowKey,
        "slug": Slug,
        "edition": EditionSlug,
        "order": OrderOfRows,
        "slugs": Slugs,
        "sha256": Sha256,
    }


def found(value: Value | None) -> Value:
    """The value, or 404: where there is none, or where it belongs to a demonstration that this deployment hides."""
    settings: Settings = current_app.config["SETTINGS"]
    if value is None or (value.edition.is_demonstration and not settings.show_demonstration):
        abort(404)
    return value


def site_url() -> str:
    """What the address of this site begins with, for links in mails."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.site_url
