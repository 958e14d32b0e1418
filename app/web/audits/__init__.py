"""The audit log, for organisers."""

from app.web.audits.views import blueprint

__all__ = ["blueprint"]
