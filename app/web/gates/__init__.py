"""The gate: what publishing would show, two signatures, now or at an hour; and who signs in whose place."""

from app.web.gates.views import blueprint

__all__ = ["blueprint"]
