"""The municipalities' offices: their own draft, and their letter."""

from app.web.offices import files
from app.web.offices.views import blueprint

__all__ = ["blueprint", "files"]
