"""Withdrawing a published text for legal reasons."""

from app.web.withdrawals.views import blueprint

__all__ = ["blueprint"]
