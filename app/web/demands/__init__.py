"""The demands of an edition."""

from app.web.demands.views import blueprint

__all__ = ["blueprint"]
