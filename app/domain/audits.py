"""The audit log as an organiser reads it: who did what to which thing, when, from which value to which."""

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
        """Each field with the value before and after; an empty text where there was none."""
        then, now = dict(self.before), dict(self.after)
        names = sorted({*then, *now})
        return tuple((name, then.get(name, ""), now.get(name, "")) for name in names if then.get(name) != now.get(name))


@dataclass(frozen=True)
class AuditLog:
    """A page of an edition's events, newest first, with what can be filtered by."""

    edition: Edition
    asked: AuditFilter
    part: Part
    lines: tuple[AuditLine, ...]
    people: tuple[tuple[int, str], ...]
    actions: tuple[str, ...]
