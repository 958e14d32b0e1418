"""All components of the pages on one page, for those who build them. Not in production."""

from app.web.showcase.views import init_app

__all__ = ["init_app"]
