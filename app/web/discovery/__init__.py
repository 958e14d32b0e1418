"""What machines ask for: robots.txt, the sitemap, the web manifest."""

from app.web.discovery.views import blueprint

__all__ = ["blueprint"]
