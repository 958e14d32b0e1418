"""Whether the site and its database are well."""

from app.web.health.views import blueprint

__all__ = ["blueprint"]
