"""Clarifying an edition's sealed wordings."""

from app.web.clarifications.views import blueprint

__all__ = ["blueprint"]
