"""Who may sign in the place of an organiser."""

from app.web.deputies.views import blueprint

__all__ = ["blueprint"]
