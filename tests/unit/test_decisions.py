"""What a decision moved: the places before and after; and what makes replies contradict their round."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.decisions import contradictions, placed_replies
from app.domain.publications import RoundContent
from app.domain.replies import AnswerStatus, PublishedAnswer, PublishedReply, Stance, Verdict
from app.domain.scores import Score
from app.domain.standings import ranked_rows
from tests.unit.examples import NO_MINIMUM, OPENNESS, SAFETY, rating, round_of
from tests.unit.generated import deterministic

DAY = date(2021, 1, 11)


def request(name: str, demand: int, before: str, verdict: Verdict, after: str = "") -> PublishedReply:
    """A request for a correction, decided."""
    asked = PublishedReply(name, demand, 1, Stance.CORRECTION, DAY, rating(before), verdict=verdict)
    return replace(asked, after=rating(after) if after else None)


def agreement(name: str, demand: int, before: str) -> PublishedReply:
    """An agreement with a score."""
    return PublishedReply(name, demand, 1, Stance.AGREE, DAY, rating(before))


def round_with(lines: Mapping[str, str], *replies: PublishedReply) -> RoundContent:
    """A round of one theme in which everybody answered."""
    content = round_of(lines, method=NO_MINIMUM)
    answers = (PublishedAnswer(name, AnswerStatus.ON_TIME, answered_on=DAY) for name in lines)
    return replace(content, replies=replies, answers=tuple(answers))


def moves(content: RoundContent) -> list[tuple[str, int, int | None, int | None]]:
    """Each reply with its places before and after."""
    return [(row.cvegeo, row.demand, row.place_before, row.place_after) for row in placed_replies(content)]


KEPT, CHANGED, NOTED = Verdict


@pytest.mark.parametrize(
    ("lines", "replies", "moved"),
    [
        pytest.param({"A": "8", "B": "7"}, [request("A", 1, "6", CHANGED, "8")], [("A", 1, 2, 1)], id="a-rise"),
        pytest.param({"A": "8", "B": "7"}, [request("A", 1, "7.5", CHANGED, "8")], [("A", 1, 1, 1)], id="no-move"),
        pytest.param({"A": "8", "B": "8"}, [request("A", 1, "6", CHANGED, "8")], [("A", 1, 2, 1)], id="into-a-tie"),
        pytest.param(
            {"A": "8", "B": "7"}, [request("A", 1, "refused", CHANGED, "8")], [("A", 1, None, 1)], id="a-place-gained"
        ),
        pytest.param(
            {"A": "refused", "B": "7"},
            [request("A", 1, "8", CHANGED, "refused")],
            [("A", 1, 1, None)],
            id="a-place-lost",
        ),
        pytest.param({"A": "8", "B": "7"}, [request("B", 1, "7", KEPT)], [("B", 1, None, None)], id="kept-states-none"),
        pytest.param({"A": "8", "B": "7"}, [agreement("B", 1, "7")], [("B", 1, None, None)], id="agreed-states-none"),
        pytest.param(
            {"A": "8", "B": "7"},
            [request("A", 1, "5", CHANGED, "8"), request("B", 1, "6", CHANGED, "7")],
            [("A", 1, 2, 1), ("B", 1, 1, 2)],
            id="before-puts-every-change-back",
        ),
        pytest.param(
            {"A": "9", "B": "7"}, [request("A", 1, "6", CHANGED, "6.5")], [("A", 1, 2, 2)], id="corrected-since"
        ),
    ],
)
def test_the_places_before_and_after(
    lines: Mapping[str, str], replies: list[PublishedReply], moved: list[tuple[str, int, int | None, int | None]]
) -> None:
    assert moves(round_with(lines, *replies)) == moved


def test_a_place_is_that_in_the_theme_of_the_demand() -> None:
    content = round_of({"A": "9 1", "B": "5 9"}, themes=(SAFETY, OPENNESS), method=NO_MINIMUM)
    content = replace(content, replies=(request("A", 1, "4", CHANGED, "9"), request("A", 2, "0", CHANGED, "1")))
    assert moves(content) == [("A", 1, 2, 1), ("A", 2, 2, 2)]


def test_places_stated_before_are_not_believed() -> None:
    content = round_with({"A": "8", "B": "7"}, replace(request("B", 1, "7", KEPT), place_before=1, place_after=1))
    assert moves(content) == [("B", 1, None, None)]


WORDS = ["0", "5", "7.5", "10", "refused", "na", "unrated"]
LINES = st.dictionaries(st.sampled_from("ABCD"), st.lists(st.sampled_from(WORDS), min_size=2, max_size=2), min_size=1)


@settings(deterministic, max_examples=100)
@given(LINES, st.sampled_from([KEPT, NOTED]))
def test_without_a_change_no_place_is_stated(lines: dict[str, list[str]], verdict: Verdict) -> None:
    replies = [request(name, 1, words[0], verdict) for name, words in lines.items()]
    content = round_with({name: " ".join(words) for name, words in lines.items()}, *replies)
    assert placed_replies(content) == content.replies


@settings(deterministic, max_examples=100)
@given(LINES)
def test_a_change_to_what_it_was_moves_nothing_and_after_is_the_ranking(lines: dict[str, list[str]]) -> None:
    replies = [request(name, 1, words[0], CHANGED, words[0]) for name, words in lines.items()]
    content = round_with({name: " ".join(words) for name, words in lines.items()}, *replies)
    (scope,) = (scope for scope in content.scopes() if str(scope) == "theme:seguridad")
    places = {row.key: row.place.number for row in ranked_rows(content, scope).placed if row.place}
    assert moves(content) == [(name, 1, places.get(name), places.get(name)) for name in lines]


# --- contradictions ---


def found(content: RoundContent, *, is_first: bool = True) -> list[tuple[str, str]]:
    return list(contradictions(content, is_first=is_first))


SOUND = [
    agreement("A", 1, "8"),
    agreement("A", 1, "3"),
    request("A", 1, "8", KEPT),
    request("A", 1, "8", NOTED),
    request("A", 1, "6", CHANGED, "8"),
    request("A", 1, "refused", CHANGED, "8"),
]


@pytest.mark.parametrize("reply", SOUND)
def test_a_reply_that_can_be_true(reply: PublishedReply) -> None:
    assert found(round_with({"A": "8", "B": "7"}, reply)) == []


OPEN = replace(request("A", 1, "8", KEPT), verdict=None)
FALSE = [
    pytest.param(OPEN, "reply-undecided", id="a-request-without-a-decision"),
    pytest.param(request("A", 1, "6", KEPT), "reply-contradicts", id="kept-and-yet-another"),
    pytest.param(request("A", 1, "6", NOTED), "reply-contradicts", id="noted-and-yet-another"),
    pytest.param(request("A", 1, "8", KEPT, "8"), "reply-contradicts", id="kept-with-a-value-after"),
    pytest.param(request("A", 1, "8", CHANGED, "8"), "reply-contradicts", id="changed-to-what-it-was"),
    pytest.param(request("A", 1, "6", CHANGED), "reply-contradicts", id="changed-to-nothing"),
    pytest.param(request("A", 1, "6", CHANGED, "7"), "reply-contradicts", id="changed-and-not-sealed-so"),
    pytest.param(replace(agreement("A", 1, "8"), verdict=KEPT), "reply-contradicts", id="an-agreement-decided"),
    pytest.param(
        replace(agreement("A", 1, "8"), requested=Score(90)), "reply-contradicts", id="an-agreement-that-asks"
    ),
    pytest.param(replace(agreement("A", 1, "8"), after=Score(90)), "reply-contradicts", id="an-agreement-that-changes"),
    pytest.param(agreement("A", 2, "8"), "reply-contradicts", id="to-no-score"),
    pytest.param(agreement("C", 1, "8"), "reply-contradicts", id="of-nobody"),
]


@pytest.mark.parametrize(("reply", "code"), FALSE)
def test_a_reply_that_cannot_be_true(reply: PublishedReply, code: str) -> None:
    assert found(round_with({"A": "8", "B": "7"}, reply)) == [(code, f"reply {reply.cvegeo}/{reply.demand}")]


def test_a_correction_may_change_what_was_kept_or_decided() -> None:
    for reply in (request("A", 1, "6", KEPT), request("A", 1, "6", CHANGED, "7")):
        assert found(round_with({"A": "8", "B": "7"}, reply), is_first=False) == []


def test_who_did_not_answer_has_no_reply() -> None:
    content = round_with({"A": "8", "B": "7"}, agreement("A", 1, "8"))
    silent = PublishedAnswer("A", AnswerStatus.NONE, DAY)
    assert found(replace(content, answers=(silent, content.answers[1]))) == [("reply-contradicts", "reply A/1")]


def test_every_municipality_has_an_answer_or_none_has() -> None:
    content = round_with({"A": "8", "B": "7"})
    assert found(replace(content, answers=())) == []
    assert found(replace(content, answers=content.answers[:1])) == [("answer-contradicts", "answer")]


def test_an_answer_that_contradicts_itself_is_named() -> None:
    content = round_with({"A": "8", "B": "7"})
    wrong = replace(content.answers[0], answered_on=None)
    assert found(replace(content, answers=(wrong, content.answers[1]))) == [("answer-contradicts", "answer A")]
