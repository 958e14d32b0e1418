"""Finding a municipality: a page of results, and the list that the browser searches by itself."""

from app.web.search.views import blueprint

__all__ = ["blueprint"]
