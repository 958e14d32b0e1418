"""The manifest: a publication as CSV that anyone can download, hash and recompute.

Columns ``record,key,field,value``; UTF-8, LF, no BOM; the second line holds the previous manifest's checksum. Figures,
absences, weights and method stand in clear; free texts only as salted hashes. Empty values have no line.
"""

import csv
import hashlib
import io
import re
import types
import typing
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, ClassVar, Protocol, get_args, get_type_hints

from app.domain.acknowledgements import PublishedAcknowledgement
from app.domain.clarifications import Clarification
from app.domain.editions import (
    Demand,
    Edition,
    EditionContent,
    Mandate,
    Method,
    Municipality,
    Period,
    Scope,
    Source,
    Theme,
)
from app.domain.errors import ManifestBroken, RuleBroken
from app.domain.organisations import Organisation
from app.domain.publications import (
    Distinction,
    Entry,
    PublicationHead,
    PublicationKind,
    PublishedEvidence,
    PublishedFigure,
    PublishedScore,
    RoundContent,
    SealedText,
    Standing,
)
from app.domain.replies import PublishedAnswer, PublishedReply
from app.domain.scores import Absence, Score, rating_from_text

HEADER = ("record", "key", "field", "value")
_ORDER: tuple[type["Record"], ...] = (
    PublicationHead,
    Edition,
    Method,
    Theme,
    Demand,
    Source,
    Municipality,
    Mandate,
    Period,
    Organisation,
    PublishedAcknowledgement,
    Clarification,
    Entry,
    PublishedScore,
    PublishedEvidence,
    PublishedFigure,
    Distinction,
    PublishedReply,
    PublishedAnswer,
    Standing,
    SealedText,
)
_NEEDS_QUOTES = re.compile(r'[,"\r\n]')
_FRACTION = re.compile(r"-?[0-9]+(/[1-9][0-9]*)?", re.ASCII)


class Record(Protocol):
    """A sealed value: what its lines are called and which of its fields are the key."""

    __dataclass_fields__: ClassVar[dict[str, Any]]
    RECORD: ClassVar[str]
    KEY: ClassVar[tuple[str, ...]]


Content = EditionContent | RoundContent


@dataclass(frozen=True)
class Manifest:
    """A publication taken apart again: its head, what it seals, and the standings it states."""

    head: PublicationHead
    content: Content
    standings: tuple[Standing, ...]


def sha256(manifest: bytes) -> str:
    """The code of verification: hex SHA-256 of the manifest's bytes, as ``sha256sum`` prints it."""
    return hashlib.sha256(manifest).hexdigest()


def render(head: PublicationHead, content: Content, standings: Iterable[Standing]) -> bytes:
    """Write a publication as its manifest; the same values give the same bytes."""
    lines = (line for record in _records(head, content, standings) for line in _lines(record))
    return "".join(map(_csv_line, (HEADER, *lines))).encode()


def _csv_line(cells: Iterable[str]) -> str:
    """One line of CSV. Not by csv.writer: whether it quotes a lone carriage return depends on Python's version."""
    return ",".join(_quoted(cell) for cell in cells) + "\n"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell


def _records(head: PublicationHead, content: Content, standings: Iterable[Standing]) -> Iterator[Record]:
    yield head
    yield content.edition
    yield content.method
    groups: list[Iterable[Record]] = [content.themes, content.demands, content.sources]
    if isinstance(content, EditionContent):
        groups += [content.municipalities, content.mandates, content.periods, content.organisations]
        groups += [content.acknowledgements, content.clarifications, content.texts]
    else:
        groups += [(content.period,), content.entries, content.scores, content.evidence, content.figures]
        groups += [content.distinctions, content.replies, content.answers, standings, content.texts]
    for group in groups:
        yield from sorted(group, key=_natural_key)


def _natural_key(record: Record) -> tuple[tuple[int, int, str], ...]:
    if isinstance(record, Theme | Source):
        return ((0, record.position, ""),)
    texts = [_text(getattr(record, name)) for name in (*record.KEY, "field") if hasattr(record, name)]
    parts = [part for text in texts for part in text.split("/")]
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def _lines(record: Record) -> Iterator[tuple[str, str, str, str]]:
    key = "/".join(_text(getattr(record, name)) for name in record.KEY)
    if isinstance(record, SealedText):
        yield record.RECORD, key, record.field, record.sha256
        return
    for column in fields(typing.cast("Any", record)):
        if column.name in record.KEY:
            continue
        value = getattr(record, column.name)
        if isinstance(value, Absence) and column.name == "rating":
            yield record.RECORD, key, "absence", value.value
        elif (text := _text(value)) != "":
            yield record.RECORD, key, column.name, text


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, Enum):
        return str(value.value)
    return str(value)


def parse(manifest: bytes) -> Manifest:
    """Take a manifest apart; raise ManifestBroken with the line where it cannot be read."""
    found: dict[type[Record], list[Any]] = {kind: [] for kind in _ORDER}
    for kind, key, values, line in _grouped(manifest):
        try:
            found[kind].append(_build(kind, key, values))
        except (ValueError, TypeError, KeyError, RuleBroken) as error:
            raise ManifestBroken(line=line, record=kind.RECORD, key=key) from error
    return _assembled(found)


def _rows(manifest: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield each row of the CSV with the number of its first line; a quoted value may run over several."""
    line = 1
    try:
        reader = csv.reader(io.StringIO(manifest.decode()), strict=True)
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except (UnicodeDecodeError, csv.Error) as error:
        raise ManifestBroken(line=line) from error


def _grouped(manifest: bytes) -> Iterator[tuple[type[Record], str, dict[str, str], int]]:
    """Yield the lines of one record together: its kind, key, values by field, and its first line's number."""
    kinds = {kind.RECORD: kind for kind in _ORDER}
    rows = _rows(manifest)
    if tuple(next(rows, (1, []))[1]) != HEADER:
        raise ManifestBroken(line=1)
    group: tuple[str, str, dict[str, str], int] | None = None
    for number, row in rows:
        if len(row) != len(HEADER) or row[0] not in kinds:
            raise ManifestBroken(line=number)
        record, key, name, value = row
        alone = record == SealedText.RECORD
        if group is not None and not alone and group[:2] == (record, key) and name not in group[2]:
            group[2][name] = value
            continue
        if group is not None:
            yield kinds[group[0]], *group[1:]
        group = (record, key, {"field": name, "sha256": value} if alone else {name: value}, number)
    if group is not None:
        yield kinds[group[0]], *group[1:]


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)


def _build(kind: type[Record], key: str, values: dict[str, str]) -> Record:
    hints = _hints(kind)
    empty = {column.name: "" for column in fields(typing.cast("Any", kind)) if hints[column.name] is str}
    parts = [key] if len(kind.KEY) == 1 else key.split("/")
    named = {**empty, **dict(zip(kind.KEY, parts, strict=bool(kind.KEY))), **values}
    if kind is PublishedScore and "absence" in named:
        named["rating"] = named.pop("absence")
    return kind(**{name: _value(hints[name], text) for name, text in named.items()})


def _value(hint: Any, text: str) -> Any:  # noqa: ANN401 - the type is only known by its hint
    if Absence in get_args(hint):  # a rating, also where there may be none
        return rating_from_text(text)
    if isinstance(hint, types.UnionType):
        hint = next(option for option in get_args(hint) if option is not types.NoneType)
    return _READERS.get(hint, hint)(text)


def _bool(text: str) -> bool:
    return {"yes": True, "no": False}[text]


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def _fraction(text: str) -> Fraction:
    if not _FRACTION.fullmatch(text):  # Fraction("1e999999999") would never come back, Fraction("1/0") is no ValueError
        raise ValueError(text)
    return Fraction(text)


_READERS: dict[Any, Any] = {
    bool: _bool,
    datetime: _moment,
    date: date.fromisoformat,
    Score: Score.from_text,
    Scope: Scope.from_text,
    Fraction: _fraction,
}


def _assembled(found: dict[type[Record], list[Any]]) -> Manifest:
    heads, editions, methods = found[PublicationHead], found[Edition], found[Method]
    if not (len(heads) == len(editions) == len(methods) == 1):
        raise ManifestBroken(line=2)
    given: dict[str, Any] = {"edition": editions[0], "method": methods[0], **_groups(found, _SHARED)}
    if heads[0].kind is PublicationKind.EDITION:
        return Manifest(heads[0], EditionContent(**given, **_groups(found, _OF_EDITION)), ())
    if len(found[Period]) != 1:
        raise ManifestBroken(line=2)
    content = RoundContent(**given, period=found[Period][0], **_groups(found, _OF_ROUND))
    return Manifest(heads[0], content, tuple(found[Standing]))


_SHARED: dict[str, type[Record]] = {"themes": Theme, "demands": Demand, "sources": Source}
_OF_EDITION: dict[str, type[Record]] = {
    "municipalities": Municipality,
    "mandates": Mandate,
    "periods": Period,
    "organisations": Organisation,
    "acknowledgements": PublishedAcknowledgement,
    "clarifications": Clarification,
    "texts": SealedText,
}
_OF_ROUND: dict[str, type[Record]] = {
    "entries": Entry,
    "scores": PublishedScore,
    "evidence": PublishedEvidence,
    "figures": PublishedFigure,
    "distinctions": Distinction,
    "replies": PublishedReply,
    "answers": PublishedAnswer,
    "texts": SealedText,
}


def _groups(found: dict[type[Record], list[Any]], names: dict[str, type[Record]]) -> dict[str, Any]:
    return {name: tuple(found[kind]) for name, kind in names.items()}
