"""The rounds of an edition and their rankings."""

from app.web.rankings.views import blueprint

__all__ = ["blueprint"]
