"""The stages of a round, in their order, and which step leads from one to the next."""

from enum import StrEnum

from app.domain.errors import RuleBroken


class Stage(StrEnum):
    """Where a round stands; only sealing makes it published."""

    PLANNED = "planned"
    RATING = "rating"
    REVIEW = "review"
    REPLY = "reply"
    DECISION = "decision"
    PUBLISHED = "published"


class StageWrong(RuleBroken):
    """The round does not stand where this may be done; ``facts['stage']`` is where it stands."""

    code = "stage-wrong"


_ORDER = tuple(Stage)
_BACK = {Stage.REVIEW: Stage.RATING, Stage.DECISION: Stage.REPLY}
"""Where a round may be led back: while no office has been shown a draft, or to let offices in again."""


def next_stage(stage: Stage) -> Stage | None:
    """Where an organiser may lead the round on; None before publication, which is the gate's, and after it."""
    following = _ORDER[min(_ORDER.index(stage) + 1, len(_ORDER) - 1)]
    return None if following is Stage.PUBLISHED else following


def stage_before(stage: Stage) -> Stage | None:
    """Where an organiser may lead the round back, with a reason."""
    return _BACK.get(stage)


def require_stage(stage: Stage, *allowed: Stage) -> None:
    """Raise StageWrong unless the round stands in one of these."""
    if stage not in allowed:
        raise StageWrong(stage=stage.value, allowed=", ".join(allowed))
