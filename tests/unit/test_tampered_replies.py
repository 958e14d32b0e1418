"""A reply, a decision or a place that is not true is found, also where checksum and rows were written anew with it."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.manifests import Manifest
from app.domain.publications import RoundContent
from app.domain.replies import AnswerStatus, Stance, Verdict
from app.domain.scores import Absence, Score
from app.domain.verification import verify
from tests.unit.chains import chain_of, corrected, full_round, resealed
from tests.unit.examples import edition_of

FIRST = full_round(1, {"19006": "8 0", "19018": "3 6.5"})
CHAIN = chain_of(edition_of(FIRST), FIRST, corrected(FIRST))
DECIDED, KEPT = (0, 1)


def content_of(sealed: Manifest) -> RoundContent:
    assert isinstance(sealed.content, RoundContent)
    return sealed.content


def forged(sealed: Manifest, at: int, **changes: object) -> Manifest:
    """The sealed values with one reply changed."""
    content = content_of(sealed)
    rows = list(content.replies)
    rows[at] = replace(rows[at], **changes)  # type: ignore[arg-type]
    return replace(sealed, content=replace(content, replies=tuple(rows)))


def first_found(at: int, reply: int, **changes: object) -> tuple[int, str, str]:
    chain = list(CHAIN[: at + 1])
    chain[at] = resealed(chain[at], lambda sealed: forged(sealed, reply, **changes))
    found = verify("valle", chain).findings[0]
    return found.sequence, found.what, found.place


def test_as_it_was_sealed_the_chain_is_sound_and_a_decision_moved_a_place() -> None:
    assert verify("valle", CHAIN).is_sound
    sealed = CHAIN[1].rows
    assert sealed is not None
    decided, kept = content_of(sealed).replies[:2]
    assert (decided.verdict, decided.place_before, decided.place_after) == (Verdict.CHANGED, 2, 1)
    assert (kept.verdict, kept.place_before) == (Verdict.KEPT, None)


@pytest.mark.parametrize(
    ("reply", "changes", "place"),
    [
        pytest.param(DECIDED, {"place_before": 1}, "reply 19006/1 place_before", id="a-place-it-had-not"),
        pytest.param(DECIDED, {"place_after": 2}, "reply 19006/1 place_after", id="a-place-it-has-not"),
        pytest.param(DECIDED, {"place_after": None}, "reply 19006/1 place_after", id="a-rise-hidden"),
        pytest.param(DECIDED, {"before": Score(75)}, "reply 19006/1 place_before", id="another-score-before"),
        pytest.param(KEPT, {"place_before": 1}, "reply 19006/2 place_before", id="a-move-without-a-change"),
    ],
)
@pytest.mark.parametrize("at", [1, 2], ids=["round", "correction"])
def test_places_that_do_not_follow_from_the_scores_are_named(
    at: int, reply: int, changes: dict[str, object], place: str
) -> None:
    assert first_found(at, reply, **changes) == (at + 1, "recomputed", place)


@pytest.mark.parametrize(
    ("reply", "changes", "what"),
    [
        pytest.param(DECIDED, {"verdict": None}, "reply-undecided", id="a-decision-hidden"),
        pytest.param(DECIDED, {"verdict": Verdict.KEPT}, "reply-contradicts", id="a-change-called-kept"),
        pytest.param(DECIDED, {"after": Score(70)}, "reply-contradicts", id="changed-to-another-score"),
        pytest.param(KEPT, {"verdict": Verdict.CHANGED}, "reply-contradicts", id="kept-called-a-change"),
        pytest.param(KEPT, {"before": Absence.REFUSED}, "reply-contradicts", id="kept-at-another-score"),
        pytest.param(KEPT, {"stance": Stance.AGREE}, "reply-contradicts", id="a-request-called-agreement"),
        pytest.param(KEPT, {"cvegeo": "19018"}, "reply-contradicts", id="of-another-municipality"),
    ],
)
def test_a_reply_that_cannot_be_true_is_named(reply: int, changes: dict[str, object], what: str) -> None:
    sequence, found, place = first_found(1, reply, **changes)
    assert (sequence, found, place.partition("/")[0]) == (2, what, f"reply {changes.get('cvegeo', '19006')}")


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"status": AnswerStatus.LATE}, id="in-time-called-late"),
        pytest.param({"answered_on": date(2021, 2, 1)}, id="an-answer-moved-past-its-deadline"),
        pytest.param({"answered_on": None}, id="an-answer-without-its-day"),
    ],
)
def test_an_answer_that_cannot_be_true_is_named(changes: dict[str, object]) -> None:
    def change(sealed: Manifest) -> Manifest:
        content = content_of(sealed)
        first = replace(content.answers[0], **changes)  # type: ignore[arg-type]
        return replace(sealed, content=replace(content, answers=(first, *content.answers[1:])))

    found = verify("valle", [CHAIN[0], resealed(CHAIN[1], change)]).findings[0]
    assert (found.what, found.place) == ("answer-contradicts", "answer 19006")
