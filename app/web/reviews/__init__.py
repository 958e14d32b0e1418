"""What reviewers do: check what was handed in."""

from app.web.reviews.views import blueprint

__all__ = ["blueprint"]
