"""Charts as files, and a round in charts."""

from app.web.charts.views import blueprint

__all__ = ["blueprint"]
