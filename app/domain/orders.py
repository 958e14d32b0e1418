"""The order in which a reader asks for the rows of a ranking. Places stay as they were sealed: only rows move."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.editions import OVERALL, Demand, Scope, ScopeKind, demand_scope, theme_scope
from app.domain.publications import Entry, Standing
from app.domain.ranking import RankedRows
from app.domain.scorecard import RoundFrame


class Column(StrEnum):
    """What the rows of a ranking can be ordered by."""

    PLACE = "place"
    PREVIOUS = "previous"
    NAME = "name"
    CHANGE = "change"
    THEME = "theme"
    DEMAND = "demand"


_ASCENDING = {Column.PLACE, Column.PREVIOUS, Column.NAME}


@dataclass(frozen=True)
class Order:
    """A column, and which way: places and names upwards, figures downwards, unless ``backwards``.

    ``key`` is the theme's, or the demand's number, where the column is one of those.
    """

    column: Column
    key: str = ""
    backwards: bool = False

    @property
    def is_ascending(self) -> bool:
        """Whether its values go up from row to row."""
        return (self.column in _ASCENDING) != self.backwards

    @property
    def other_way(self) -> "Order":
        """The same column the other way."""
        return replace(self, backwards=not self.backwards)

    @property
    def scope(self) -> Scope | None:
        """The scope whose figures it reads; None where it reads those of the page's own ranking."""
        if self.column is Column.THEME:
            return theme_scope(self.key)
        return demand_scope(int(self.key)) if self.column is Column.DEMAND else None


BY_PLACE = Order(Column.PLACE)
BY_NAME = Order(Column.NAME)


@dataclass(frozen=True)
class Sortable:
    """A row to be put in order: its stored Spanish sort key, its sealed position, and its value if it has one."""

    key: str
    sort_key: str
    position: int
    value: int | None = None


def sorted_rows(rows: Iterable[Sortable], order: Order) -> tuple[Sortable, ...]:
    """The rows in the order asked for; equal values, and the rows without one, by name.

    Rows without a value stand last whichever way. By place, the rows keep their sealed positions among equals.
    """
    by_name = sorted(rows, key=lambda row: (row.sort_key, row.key))
    if order.column is Column.NAME:
        return tuple(reversed(by_name) if order.backwards else by_name)
    if order.column is Column.PLACE:
        by_name.sort(key=lambda row: row.position)
    sign = 1 if order.is_ascending else -1
    with_value = [(row.value, row) for row in by_name if row.value is not None]
    with_value.sort(key=lambda pair: sign * pair[0])
    return (*(row for _, row in with_value), *(row for row in by_name if row.value is None))


def sortables(rows: Iterable[tuple[Entry, Standing]], order: Order, changes: RankedRows) -> tuple[Sortable, ...]:
    """The rows of a scope with what the order compares. Who has no place there has no value (SCORING §2).

    ``changes`` are the scope's rows ranked by their change: it decides whose change counts.
    """
    moved = {row.key: row.tenths for row in changes.placed}
    return tuple(
        Sortable(entry.cvegeo, entry.sort_key, row.position, _value(row, order.column, moved.get(entry.cvegeo)))
        for entry, row in rows
    )


def _value(row: Standing, column: Column, change: int | None) -> int | None:
    if column is Column.CHANGE:
        return change
    if column is Column.PREVIOUS:
        return row.previous_place
    if column is Column.PLACE:
        return row.place
    return None if row.place is None else row.tenths


@dataclass(frozen=True)
class Orders:
    """The orders that a page offers, its own one first, and the one it is in."""

    offered: tuple[Order, ...]
    current: Order

    @property
    def own(self) -> Order:
        """The order of the page itself, at its plain address."""
        return self.offered[0]

    @property
    def is_own(self) -> bool:
        """Whether the page stands in its own order."""
        return self.current == self.own

    def by(self, column: str, key: object = "") -> Order | None:
        """The order a reader gets who asks for a column: the other way where it is in force; None if not offered."""
        asked = Order(Column(column), str(key))
        if asked not in self.offered:
            return None
        return asked.other_way if self.current == asked else asked

    def is_by(self, column: str, key: object = "") -> bool:
        """Whether the page is in the order of that column, either way."""
        return self.current in {Order(Column(column), str(key)), Order(Column(column), str(key), backwards=True)}


def orders_of(frame: RoundFrame, scope: Scope | None, rated: Collection[int], asked: Order | None) -> Orders | None:
    """What the ranking of a scope can be ordered by; None where ``asked`` is not among it.

    ``scope`` None is a whole round: its own order is the overall ranking's, or by name where there is none. ``rated``
    are the demands with any score: an empty column orders nothing.
    """
    whole = scope is None or scope.kind is ScopeKind.OVERALL
    offered = [BY_NAME] if whole and not frame.method.overall else [BY_PLACE, BY_NAME]
    if frame.compared_with is not None and BY_PLACE in offered:
        offered += [Order(Column.PREVIOUS), Order(Column.CHANGE)]
    if whole:
        themes = {demand.theme for demand in frame.demands if demand.number in rated}
        offered += [Order(Column.THEME, theme.key) for theme in frame.themes if theme.key in themes]
    if whole or (scope is not None and scope.kind is ScopeKind.THEME):
        offered += [_by(demand) for demand in _demands(frame, scope) if demand.number in rated]
    current = asked or offered[0]
    known = replace(current, backwards=False) in offered
    return Orders(tuple(offered), current) if known else None


def _by(demand: Demand) -> Order:
    return Order(Column.DEMAND, str(demand.number))


def _demands(frame: RoundFrame, scope: Scope | None) -> tuple[Demand, ...]:
    return frame.demands if scope is None or scope == OVERALL else frame.demands_of(scope.key)
