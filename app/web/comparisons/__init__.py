"""Municipalities side by side."""

from app.web.comparisons.views import blueprint

__all__ = ["blueprint"]
