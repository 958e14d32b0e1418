"""The pages of a long list."""

from app.domain.rankings import Part

ROWS_OF_A_PAGE = 60


def part_of(rows: int, page: int) -> Part | None:
    """The page of a list of that many rows; None past its end. An empty list has one page."""
    pages = max(1, -(-rows // ROWS_OF_A_PAGE))
    return Part(page, pages, rows) if 1 <= page <= pages else None
