"""Sealed publications, their manifests and their pinned scorecards."""

from app.web.publications.views import blueprint

__all__ = ["blueprint"]
