"""How anybody checks a publication."""

from app.web.verification.views import blueprint

__all__ = ["blueprint"]
