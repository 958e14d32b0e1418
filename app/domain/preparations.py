"""An edition as its organiser sees it: what stands, and the one next thing to do."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.editions import Edition, EditionContent
from app.domain.rounds import Obstacle, first_open
from app.domain.stages import Stage


class NextStep(StrEnum):
    """The one next thing to do in an edition."""

    COMPLETE_RULES = "complete-rules"
    PLAN_ROUNDS = "plan-rounds"
    OPEN_RATING = "open-rating"
    FOLLOW_RATING = "follow-rating"
    FOLLOW_REVIEW = "follow-review"
    AWAIT_REPLIES = "await-replies"
    DECIDE_AND_PUBLISH = "decide-and-publish"
    ALL_PUBLISHED = "all-published"


_STEPS = {
    Stage.PLANNED: NextStep.OPEN_RATING,
    Stage.RATING: NextStep.FOLLOW_RATING,
    Stage.REVIEW: NextStep.FOLLOW_REVIEW,
    Stage.REPLY: NextStep.AWAIT_REPLIES,
    Stage.DECISION: NextStep.DECIDE_AND_PUBLISH,
}


@dataclass(frozen=True)
class Preparation:
    """An edition in its working tables. ``lacking`` is what its rules still need before a first round can open.

    ``proposals`` counts the clarifications that wait for somebody to confirm them.
    """

    content: EditionContent
    is_sealed: bool
    second_factor_for_all: bool
    stages: tuple[tuple[int, Stage], ...]
    lacking: tuple[Obstacle, ...] = ()
    proposals: int = 0

    @property
    def edition(self) -> Edition:
        """The edition itself."""
        return self.content.edition

    @property
    def round_number(self) -> int | None:
        """The round to look at now."""
        return first_open(self.stages)

    @property
    def next_step(self) -> NextStep:
        """What to do next."""
        if self.lacking and not self.is_sealed:
            return NextStep.COMPLETE_RULES
        if not self.stages:
            return NextStep.PLAN_ROUNDS
        number = self.round_number
        return NextStep.ALL_PUBLISHED if number is None else _STEPS[dict(self.stages)[number]]
