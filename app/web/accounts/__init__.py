"""Signing in and out, one's own account, and the page on which organisers look after accounts."""

from app.web.accounts import people
from app.web.accounts.security import init_app
from app.web.accounts.views import blueprint

__all__ = ["blueprint", "init_app", "people"]
