"""The municipalities of an edition and their scorecards."""

from app.web.scorecards.views import blueprint

__all__ = ["blueprint"]
