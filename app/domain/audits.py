"""The audit log as an organiser reads it: who did what to which thing, when, from which value to which."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.editions import Edition
from app.domain.rankings import Part

EVENTS_OF_A_PAGE = 50


def fact_words(fact: object) -> str:
    """A fact of an event as one reads it: lists and pairs without their brackets, nothing for None."""
    if fact is None:
        return ""
    if isinstance(fact, bool):
        return str(fact).lower()
    if isinstance(fact, dict):
        return "; ".join(f"{name}: {fact_words(value)}" for name, value in fact.items())
    if isinstance(fact, list):
        return ", ".join(map(fact_words, fact))
    return str(fact)


@dataclass(frozen=True)
class AuditFilter:
    """Which events are asked for; an empty field asks for all. Days are inclusive and of the edition's zone."""

    account_id: int | None = None
    action: str = ""
    subject: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class AuditLine:
    """One event. ``before`` and ``after`` hold the fields that were written, in alphabetical order.

    ``is_erased``: it held words of a text that was withdrawn, and one side, or both, is empty since.
    """

    at_utc: datetime
    name: str
    action: str
    subject: str
    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]
    is_erased: bool = False

    @property
    def changes(self) -> tuple[tuple[str, str, str], ...]:
        """Each field with the value before and after, an empty text where there was none; what stayed empty is none."""
        then, now = dict(self.before), dict(self.after)
        names = sorted({*then, *now})
        sides = ((name, then.get(name, ""), now.get(name, "")) for name in names)
        return tuple((name, before, after) for name, before, after in sides if before != after)


def only_one_side(before: str, after: str) -> tuple[str, str]:
    """Of two lists of pairs, written as ``a, b, c, d``, those that went and those that came."""
    then, now = _pairs(before), _pairs(after)
    return ", ".join(pair for pair in then if pair not in now), ", ".join(pair for pair in now if pair not in then)


def _pairs(written: str) -> dict[str, None]:
    words = written.split(", ") if written else []
    return dict.fromkeys(", ".join(words[start : start + 2]) for start in range(0, len(words), 2))


@dataclass(frozen=True)
class AuditNames:
    """The names of what the lines of a page speak of by an address name or a number.

    ``people`` by the account's number; ``places`` by address name, and as ``municipality/7`` by number; ``themes`` in
    Spanish and English.
    """

    people: Mapping[str, str]
    places: Mapping[str, str]
    themes: Mapping[str, tuple[str, str]]
    organisations: Mapping[str, str]

    def theme(self, key: str, code: str) -> str:
        """A theme's name in the language, in Spanish where it has no English one, its key where it is not known."""
        spanish, english = self.themes.get(key, (key, ""))
        return english if code == "en" and english else spanish


@dataclass(frozen=True)
class AuditLog:
    """A page of an edition's events, newest first, with what can be filtered by."""

    edition: Edition
    asked: AuditFilter
    part: Part
    lines: tuple[AuditLine, ...]
    people: tuple[tuple[int, str], ...]
    actions: tuple[str, ...]
    names: AuditNames
