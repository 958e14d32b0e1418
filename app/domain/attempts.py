"""How often something may be tried: sign-in, a new password, a code of the second factor."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from app.domain.errors import RuleBroken


class TooManyAttempts(RuleBroken):
    """It was tried too often; ``facts['seconds']`` says how long to wait."""

    code = "too-many-attempts"


class AttemptKind(StrEnum):
    """What is counted. Each kind has a window of its own."""

    ADDRESS = "address"
    ACCOUNT = "account"
    OWN_BROWSER = "own_browser"
    CODE = "code"
    CODE_OF_OWN_BROWSER = "code_of_own_browser"
    NEW_PASSWORD = "new_password"  # noqa: S105 - a word, no password
    LINK = "link"


@dataclass(frozen=True)
class AttemptLimit:
    """At most so many failures in a window; the window begins with the first of them."""

    most: int
    window: timedelta


_QUARTER = timedelta(minutes=15)
LIMITS = {
    AttemptKind.ADDRESS: AttemptLimit(10, _QUARTER),
    AttemptKind.ACCOUNT: AttemptLimit(50, _QUARTER),
    AttemptKind.OWN_BROWSER: AttemptLimit(20, _QUARTER),
    AttemptKind.CODE: AttemptLimit(10, _QUARTER),
    AttemptKind.CODE_OF_OWN_BROWSER: AttemptLimit(10, _QUARTER),
    AttemptKind.NEW_PASSWORD: AttemptLimit(3, timedelta(hours=1)),
    AttemptKind.LINK: AttemptLimit(20, _QUARTER),
}
"""Per address it is strict. Per account it is soft and spares the owner's own browsers: else a hostile office could
keep an evaluator out on the day of the deadline by failing in her name."""
