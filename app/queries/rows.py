"""Rows to values: a row's columns carry the names of the value's fields."""

import types
from collections.abc import Callable, Hashable
from dataclasses import fields
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar, cast, get_args, get_type_hints

from app.domain.editions import Method, Scope
from app.domain.scores import Absence, Rating, Score, rating_from_text

Value = TypeVar("Value")


def value_of(kind: type[Value], row: object, **given: object) -> Value:
    """Build a value from the row's columns of the same names; ``given`` fields are taken as they are."""
    readers = _readers(cast("Hashable", kind))
    read = {name: reader(getattr(row, name)) for name, reader in readers if name not in given}
    return kind(**read, **given)


def rating_of(row: Any) -> Rating:  # noqa: ANN401 - a row of scores or of sealed_scores
    """The score or typed absence of a row."""
    return Absence(row.absence) if row.absence is not None else Score(row.value_tenths)


def method_of(row: Any) -> Method:  # noqa: ANN401 - a row of editions or of sealed_editions
    """The method in the columns of an edition's row."""
    counts_as = row.refused_counts_as_tenths
    return Method(
        overall=row.overall,
        minimum_coverage_percent=row.minimum_coverage_percent,
        minimum_theme_coverage_percent=row.minimum_theme_coverage_percent,
        jump_limit=Score(row.jump_limit_tenths),
        refused_counts_as=None if counts_as is None else Score(counts_as),
    )


@cache
def _readers(kind: Hashable) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    hints = get_type_hints(cast("Any", kind))
    return tuple((field.name, _reader(hints[field.name])) for field in fields(cast("Any", kind)) if field.init)


def _reader(hint: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - a type hint
    if Absence in get_args(hint):  # a rating as replies keep it, written as in the manifest
        return lambda stored: None if stored is None else rating_from_text(stored)
    if isinstance(hint, types.UnionType):
        inner = _reader(next(option for option in get_args(hint) if option is not types.NoneType))
        return lambda stored: None if stored is None else inner(stored)
    if hint is Scope:
        return Scope.from_text
    if hint is Fraction or (isinstance(hint, type) and issubclass(hint, StrEnum)):
        return cast("Callable[[Any], Any]", hint)
    return lambda stored: stored
