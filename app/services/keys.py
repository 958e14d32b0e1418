"""Random keys for sessions, links and browsers: the bearer holds the key, the database its SHA-256."""

import hashlib
import secrets

KEY_BYTES = 32


def new_key() -> str:
    """A key of 256 random bits, in letters that an address may hold."""
    return secrets.token_urlsafe(KEY_BYTES)


def fingerprint(*parts: str) -> str:
    """The SHA-256 of a key, or of the parts of one."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
