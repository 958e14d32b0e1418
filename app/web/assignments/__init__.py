"""Who rates what, and who may not."""

from app.web.assignments.views import blueprint

__all__ = ["blueprint"]
