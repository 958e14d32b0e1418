"""Praise and reproach of a round: suggested by its numbers, written and signed by people."""

from app.web.distinctions.views import blueprint

__all__ = ["blueprint"]
