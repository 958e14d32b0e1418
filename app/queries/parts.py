"""The pages of a long list."""

from collections.abc import Sequence
from typing import TypeVar

from app.domain.rankings import Part

ROWS_OF_A_PAGE = 60
Row = TypeVar("Row")


def part_of(rows: int, page: int) -> Part | None:
    """The page of a list of that many rows; None past its end. An empty list has one page."""
    pages = max(1, -(-rows // ROWS_OF_A_PAGE))
    return Part(page, pages, rows) if 1 <= page <= pages else None


def page_of(rows: Sequence[Row], page: int) -> tuple[Part, Sequence[Row]] | None:
    """The page of a list that was read whole, with its rows; None past its end."""
    part = part_of(len(rows), page)
    return (part, rows[(page - 1) * ROWS_OF_A_PAGE : page * ROWS_OF_A_PAGE]) if part else None
