"""The files of an edition, to take away."""

from app.web.files.views import blueprint

__all__ = ["blueprint"]
