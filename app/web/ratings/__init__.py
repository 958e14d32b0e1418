"""The evaluator's room: her rounds, the sheets that she fills in, the evidence behind her scores."""

from app.web.ratings import evidence
from app.web.ratings.views import blueprint

__all__ = ["blueprint", "evidence"]
