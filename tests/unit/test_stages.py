"""The stages of a round: one step on, the gate alone publishes, and back only where nobody is harmed."""

import pytest

from app.domain.stages import Stage, StageWrong, next_stage, require_stage, stage_before


@pytest.mark.parametrize(
    ("stage", "following"),
    [
        (Stage.PLANNED, Stage.RATING),
        (Stage.RATING, Stage.REVIEW),
        (Stage.REVIEW, Stage.REPLY),
        (Stage.REPLY, Stage.DECISION),
        (Stage.DECISION, None),
        (Stage.PUBLISHED, None),
    ],
)
def test_an_organiser_leads_a_round_one_step_on_and_never_to_publication(stage: Stage, following: Stage | None) -> None:
    assert next_stage(stage) is following


@pytest.mark.parametrize(
    ("stage", "before"),
    [
        (Stage.PLANNED, None),
        (Stage.RATING, None),
        (Stage.REVIEW, Stage.RATING),
        (Stage.REPLY, None),
        (Stage.DECISION, Stage.REPLY),
        (Stage.PUBLISHED, None),
    ],
)
def test_a_round_goes_back_only_before_an_office_saw_it_or_to_let_offices_in_again(
    stage: Stage, before: Stage | None
) -> None:
    assert stage_before(stage) is before


def test_what_belongs_to_another_stage_is_refused_with_where_the_round_stands() -> None:
    require_stage(Stage.RATING, Stage.RATING, Stage.REVIEW)
    with pytest.raises(StageWrong) as refused:
        require_stage(Stage.REPLY, Stage.RATING, Stage.REVIEW)
    assert refused.value.facts["stage"] == "reply"
