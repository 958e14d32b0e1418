"""The requests of the municipalities, and the decisions on them."""

from app.web.decisions.views import blueprint

__all__ = ["blueprint"]
