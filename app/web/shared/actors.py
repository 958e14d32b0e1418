"""Who the current request's session belongs to."""

from flask import g

from app.domain.sessions import SessionState, SignedIn


def current_session() -> SignedIn | None:
    """The live session behind this request's cookie, complete or still waiting for its second factor; or None."""
    found: SignedIn | None = g.get("signed_in")
    return found if found is not None and g.session_state is SessionState.LIVE else None


def current_account_id() -> int | None:
    """The id of the account that is signed in, or None. A session that waits for its second factor opens nothing."""
    found = current_session()
    return found.account_id if found is not None and found.is_full else None


def has_second_factor() -> bool:
    """Whether this sign-in was made with a second factor."""
    found = current_session()
    return found is not None and found.is_full and found.has_second_factor


def expired_session() -> SignedIn | None:
    """The whole session that came with this request, but was left alone too long or lived its day; or None."""
    found: SignedIn | None = g.get("signed_in")
    return found if found is not None and found.is_full and g.session_state is SessionState.EXPIRED else None
