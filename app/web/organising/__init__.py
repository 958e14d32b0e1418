"""The organiser's room: her editions, and leading their rounds."""

from app.web.organising.views import blueprint

__all__ = ["blueprint"]
