"""One cell of a round (a municipality and a demand) on its way from an empty field to an approved score."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.stages import Stage


class CellState(StrEnum):
    """Where a cell stands. ``SAVED`` is the evaluator's own business; a reviewer sees it from ``SUBMITTED`` on."""

    EMPTY = "empty"
    SAVED = "saved"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


class ReviewKind(StrEnum):
    """What stands in the thread of a cell."""

    APPROVE = "approve"
    RETURN = "return"
    COMMENT = "comment"


@dataclass(frozen=True)
class CellHistory:
    """What is recorded of the newest revision of a cell: whether it was handed in, and the newest verdict on it."""

    revision: int = 0
    is_submitted: bool = False
    verdict: ReviewKind | None = None

    @property
    def state(self) -> CellState:
        """Where the cell stands; a comment decides nothing."""
        if not self.revision:
            return CellState.EMPTY
        if not self.is_submitted:
            return CellState.SAVED
        decided = {ReviewKind.APPROVE: CellState.APPROVED, ReviewKind.RETURN: CellState.RETURNED}
        return decided.get(self.verdict, CellState.SUBMITTED) if self.verdict else CellState.SUBMITTED


def may_be_rated(state: CellState, stage: Stage, *, was_returned: bool = False) -> bool:
    """Whether an evaluator may write into the cell: while rating until it is approved; in review what came back.

    ``was_returned`` says that an earlier revision came back and the newer one is not handed in yet.
    """
    if stage is Stage.RATING:
        return state is not CellState.APPROVED
    return stage is Stage.REVIEW and (state is CellState.RETURNED or (state is CellState.SAVED and was_returned))
