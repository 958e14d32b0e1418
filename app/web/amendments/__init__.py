"""Corrections of published rounds, and withdrawals of published texts, in the making."""

from app.web.amendments.views import blueprint

__all__ = ["blueprint"]
