"""When a session opens something, and where a sign-in may lead."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.parking import LONGEST, MOST_FIELDS, worth_keeping
from app.domain.permissions import Role
from app.domain.sessions import SessionLimits, SessionState, SignedIn, browser_in_words
from app.web.shared.forwarding import ROOMS, is_staff_path, safe_next

BEGAN = datetime(2026, 11, 22, 9, tzinfo=UTC)


def session(*, seen: int = 0, ended: bool = False) -> SignedIn:
    """One that began at nine with 30 idle minutes and 12 hours, last seen so many minutes later."""
    return SignedIn(
        id=1,
        account_id=1,
        is_full=True,
        has_second_factor=True,
        values={},
        browser="",
        created_at_utc=BEGAN,
        last_seen_at_utc=BEGAN + timedelta(minutes=seen),
        expires_at_utc=BEGAN + timedelta(hours=12),
        idle_minutes=30,
        is_ended=ended,
    )


@pytest.mark.parametrize(
    ("seen", "minutes", "state"),
    [
        (0, 0, SessionState.LIVE),
        (0, 29.99, SessionState.LIVE),
        (0, 30, SessionState.EXPIRED),
        (40, 69, SessionState.LIVE),
        (40, 70, SessionState.EXPIRED),
        (719, 719.9, SessionState.LIVE),
        (719, 720, SessionState.EXPIRED),
    ],
)
def test_a_session_expires_after_idling_and_after_its_day(seen: int, minutes: float, state: SessionState) -> None:
    assert session(seen=seen).state(BEGAN + timedelta(minutes=minutes)) is state


def test_what_was_ended_is_not_merely_expired() -> None:
    assert session(ended=True).state(BEGAN) is SessionState.ENDED


@pytest.mark.parametrize(
    ("roles", "minutes"),
    [
        ({Role.OFFICE}, 120),
        ({Role.EVALUATOR}, 30),
        ({Role.OFFICE, Role.EVALUATOR}, 30),
        (set(), 30),
    ],
)
def test_only_who_is_an_office_and_nothing_else_may_idle_for_two_hours(roles: set[Role], minutes: int) -> None:
    assert SessionLimits().idle_for(frozenset(roles)) == minutes


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Windows"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone"),
        ("curl/8.1", ""),
        ("", ""),
    ],
)
def test_a_browser_is_told_in_two_words(sent: str, words: str) -> None:
    assert browser_in_words(sent) == words


@given(st.one_of(st.text(max_size=60), st.from_regex(r"/(?:en/)?(?:captura|acceso)[/\\a-z.:@?#\t\n%]{0,12}")))
@example("/captura/ronda-3/")
@example("/en/acceso/cuenta/")
@example("/acceso\n")
def test_an_address_to_go_on_to_is_a_plain_path_of_ours_or_nothing(text: str) -> None:
    found = safe_next(text)
    assert found in {None, text}
    if found is not None:
        assert urlsplit(urljoin("https://ours.example/acceso/", found)).netloc == "ours.example"
        assert is_staff_path(re.sub(r"^/en", "", found))
        assert found.isascii()
        assert found.isprintable()


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_of_the_staff_is_known_and_nothing_that_only_begins_like_one(room: str) -> None:
    assert is_staff_path(f"/{room}/")
    assert is_staff_path(f"/{room}")
    assert is_staff_path(f"/{room}/x\ny")
    assert not is_staff_path(f"/{room}s/")
    assert not is_staff_path(f"/x/{room}/")


def test_tokens_and_passwords_are_never_kept() -> None:
    pairs = [("csrf_token", "a"), ("reason", "typed"), ("new_password", "b"), ("code", "123456"), ("reason", "twice")]
    assert worth_keeping(pairs) == (("reason", "typed"), ("reason", "twice"))


def test_what_is_too_much_is_not_kept_at_all() -> None:
    assert worth_keeping([("text", "x" * LONGEST)]) == ()
    assert worth_keeping([(f"f{number}", "x") for number in range(MOST_FIELDS + 1)]) == ()
    assert len(worth_keeping([(f"f{number}", "x") for number in range(MOST_FIELDS)])) == MOST_FIELDS
