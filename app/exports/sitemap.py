"""The sitemap: each page in both languages, with its twin and the day of its newest publication."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element, SubElement, tostring

NAMESPACES = {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9", "xmlns:xhtml": "http://www.w3.org/1999/xhtml"}


@dataclass(frozen=True)
class Listed:
    """A page by its whole address in each language (Spanish first), and when it last changed, where that is known."""

    addresses: dict[str, str]
    changed_on: date | None = None


def sitemap_xml(pages: Iterable[Listed]) -> bytes:
    """The file, UTF-8. A page in two languages has two entries, and each names both (and Spanish as the default)."""
    root = Element("urlset", NAMESPACES)
    for page in pages:
        for address in page.addresses.values():
            entry = SubElement(root, "url")
            SubElement(entry, "loc").text = address
            if page.changed_on:
                SubElement(entry, "lastmod").text = page.changed_on.isoformat()
            for code, twin in (*page.addresses.items(), ("x-default", next(iter(page.addresses.values())))):
                SubElement(entry, "xhtml:link", rel="alternate", hreflang=code, href=twin)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))
