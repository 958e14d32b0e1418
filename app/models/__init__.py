"""The tables. Importing this package registers every one of them."""

from app.models import accounts, audit, editions, mandates, places, publications, replies, scores, sealed

__all__ = ["accounts", "audit", "editions", "mandates", "places", "publications", "replies", "scores", "sealed"]
