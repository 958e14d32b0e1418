"""What people take away from a publication: boletas, pictures of links, bulletins, paragraphs."""

from app.web.takeaways.views import blueprint

__all__ = ["blueprint"]
