"""The front page, and the pages about an edition itself."""

from app.web.editions.views import blueprint

__all__ = ["blueprint"]
