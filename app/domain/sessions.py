"""When a signed-in browser is shown the door: after idling, after a day's work, or because somebody ended it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.permissions import Role


class SessionState(StrEnum):
    """Whether a session opens anything. ``EXPIRED`` may still leave unsaved words with its owner."""

    LIVE = "live"
    EXPIRED = "expired"
    ENDED = "ended"


class EndReason(StrEnum):
    """Why somebody, or the site, ended a session before its time."""

    SIGNED_OUT = "signed_out"
    REVOKED = "revoked"
    REPLACED = "replaced"
    PASSWORD = "password"  # noqa: S105 - a word, no password
    ROLES = "roles"
    FACTOR = "factor"
    CLOSED = "closed"


@dataclass(frozen=True)
class SessionLimits:
    """How long a session lives: idle minutes for those who rate, idle minutes of offices, hours in all."""

    idle_minutes: int = 30
    idle_minutes_of_offices: int = 120
    hours: int = 12

    def idle_for(self, roles: frozenset[Role]) -> int:
        """The idle minutes of a person with these roles: the shortest that applies to any of them."""
        return self.idle_minutes_of_offices if roles == {Role.OFFICE} else self.idle_minutes


@dataclass(frozen=True)
class SignedIn:
    """A signed-in browser, as its row tells. ``values`` is what the sign-in itself keeps there."""

    id: int
    account_id: int
    is_full: bool
    has_second_factor: bool
    values: Mapping[str, object]
    browser: str
    created_at_utc: datetime
    last_seen_at_utc: datetime
    expires_at_utc: datetime
    idle_minutes: int
    is_ended: bool = False

    def state(self, now_utc: datetime) -> SessionState:
        """Whether the session opens anything at that moment."""
        if self.is_ended:
            return SessionState.ENDED
        idle_until = self.last_seen_at_utc + timedelta(minutes=self.idle_minutes)
        return SessionState.LIVE if now_utc < min(idle_until, self.expires_at_utc) else SessionState.EXPIRED


def browser_in_words(user_agent: str) -> str:
    """``Firefox, Windows``: enough to recognise one's own browser in a list, never the whole line that it sends."""
    browsers = {
        "Edg/": "Edge",
        "OPR/": "Opera",
        "Firefox/": "Firefox",
        "SamsungBrowser/": "Samsung",
        "Chrome/": "Chrome",
        "Safari/": "Safari",
    }
    systems = {
        "Android": "Android",
        "iPhone": "iPhone",
        "iPad": "iPad",
        "Windows": "Windows",
        "Mac OS X": "macOS",
        "Linux": "Linux",
    }
    found = (next((name for sign, name in signs.items() if sign in user_agent), None) for signs in (browsers, systems))
    return ", ".join(word for word in found if word)
