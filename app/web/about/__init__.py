"""The pages about the site itself: who makes it, its words, privacy, accessibility."""

from app.web.about.views import blueprint

__all__ = ["blueprint"]
