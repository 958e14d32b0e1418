"""What a municipality says of an edition's rules before they are sealed."""

from app.web.rules.views import blueprint

__all__ = ["blueprint"]
