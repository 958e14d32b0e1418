"""Whether a municipality answered, and how it did over the rounds (SCORING has no say in it: it moves no figure)."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.replies import (
    AnswerRecord,
    AnswerStatus,
    PublishedAnswer,
    Stance,
    answer_record,
    answer_status,
    place_in_force,
)

ON_TIME, LATE, NONE, NOT_NOTIFIED = AnswerStatus
ASKED, DUE = date(2021, 1, 10), date(2021, 1, 15)


@pytest.mark.parametrize(
    ("is_notified", "letters_late", "status"),
    [
        pytest.param(True, (), NONE, id="silence"),
        pytest.param(False, (), NOT_NOTIFIED, id="never-asked-is-not-silence"),
        pytest.param(True, (False,), ON_TIME, id="in-time"),
        pytest.param(True, (True,), LATE, id="late"),
        pytest.param(True, (False, True), ON_TIME, id="one-in-time-is-enough"),
        pytest.param(False, (False,), ON_TIME, id="a-letter-that-nobody-asked-for"),
    ],
)
def test_the_status_of_an_answer(is_notified: bool, letters_late: tuple[bool, ...], status: AnswerStatus) -> None:  # noqa: FBT001
    assert answer_status(is_notified=is_notified, letters_late=letters_late) is status


AGREED, ASKED_FOR, DECIDED = (Stance.AGREE, False), (Stance.CORRECTION, False), (Stance.CORRECTION, True)


@pytest.mark.parametrize(
    ("said", "in_force"),
    [
        pytest.param([AGREED], 0, id="the-only-one"),
        pytest.param([AGREED, ASKED_FOR], 1, id="a-request-after-an-agreement"),
        pytest.param([ASKED_FOR, AGREED], 1, id="a-request-taken-back-before-it-was-decided"),
        pytest.param([ASKED_FOR, ASKED_FOR], 1, id="another-request-before-it-was-decided"),
        pytest.param([DECIDED, AGREED], 0, id="an-agreement-hides-no-decision"),
        pytest.param([ASKED_FOR, DECIDED, AGREED, AGREED], 1, id="however-many-agreements"),
        pytest.param([DECIDED, ASKED_FOR], 1, id="a-request-waits-for-its-own-decision"),
        pytest.param([DECIDED, ASKED_FOR, AGREED], 0, id="a-request-taken-back-leaves-the-decided-one"),
        pytest.param([DECIDED, DECIDED, AGREED], 1, id="the-newest-decided"),
    ],
)
def test_a_decided_request_is_never_replaced_by_an_agreement(said: list[tuple[Stance, bool]], in_force: int) -> None:
    assert place_in_force(said) == in_force


def answer(status: AnswerStatus, answered: int | None = None, *, due: date | None = DUE) -> PublishedAnswer:
    """An answer in January 2021, notified unless its status says otherwise."""
    asked = None if status is NOT_NOTIFIED else ASKED
    return PublishedAnswer(
        "19006", status, asked, None if asked is None else due, date(2021, 1, answered) if answered else None
    )


@pytest.mark.parametrize(
    "row",
    [
        answer(ON_TIME, 11),
        answer(ON_TIME, 15),
        answer(LATE, 15),
        answer(LATE, 16),
        answer(NONE),
        answer(NOT_NOTIFIED),
        PublishedAnswer("19006", ON_TIME, answered_on=date(2021, 1, 9)),
    ],
)
def test_an_answer_that_can_be_true(row: PublishedAnswer) -> None:
    assert not row.contradicts_itself


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(answer(ON_TIME, 16), id="in-time-after-the-deadline"),
        pytest.param(answer(LATE, 14), id="late-before-the-deadline"),
        pytest.param(answer(LATE, 16, due=None), id="late-without-a-deadline"),
        pytest.param(answer(ON_TIME), id="answered-on-no-day"),
        pytest.param(answer(NONE, 11), id="silent-and-answered"),
        pytest.param(replace(answer(NONE), notified_on=None), id="silent-and-never-asked"),
        pytest.param(replace(answer(NOT_NOTIFIED), notified_on=ASKED), id="never-asked-and-asked"),
        pytest.param(replace(answer(NOT_NOTIFIED), due_on=DUE), id="never-asked-with-a-deadline"),
    ],
)
def test_an_answer_that_cannot_be_true(row: PublishedAnswer) -> None:
    assert row.contradicts_itself


def test_the_record_counts_each_round_once_and_meetings_only_where_known() -> None:
    rows = [
        replace(answer(ON_TIME, 11), attended=True),
        replace(answer(ON_TIME, 12), attended=False),
        answer(LATE, 16),
        answer(NONE),
        replace(answer(NOT_NOTIFIED), attended=True),
    ]
    record = answer_record(rows)
    assert record == AnswerRecord(on_time=2, late=1, none=1, not_notified=1, attended=2, meetings=3)
    assert record.rounds == 5


def test_no_rounds_with_replies_make_an_empty_record() -> None:
    assert answer_record(()) == AnswerRecord()
    assert answer_record(()).rounds == 0
