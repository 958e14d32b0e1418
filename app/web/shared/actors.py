"""Who the current request's session belongs to."""


def current_account_id() -> int | None:
    """The id of the account that is signed in, or None."""
    return None


def has_second_factor() -> bool:
    """Whether this sign-in was made with a second factor."""
    return False
