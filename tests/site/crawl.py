"""The public site as a stranger finds it: every page that links lead to from the two front pages."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from flask import Flask
from werkzeug.test import TestResponse

from tests.pdfs import text_of

FRONTS = ("/", "/en/")
DOORS = ("/acceso/", "/en/acceso/")
"""Where the staff come in: public pages lead there, and no further question of this crawl is meant for it."""
ENGLISH_OF_A_KIND = 4
FILES_OF_A_KIND = 4
PAGES_OF_A_KIND = 36
ARRANGED_OF_A_KIND = 6
ARRANGED = re.compile(r"/orden/|/comparar/[^/]+/$")
"""The same rows arranged as a reader asks, of which there are very many: a few of each kind stand for all."""
_LINK = re.compile(r'(?:href|src|<form method="get"\s+action)="([^"]*)"')
_NAMED = re.compile(r'\sid="([^"]*)"')


@dataclass(frozen=True)
class Page:
    """One address, what it answered, and the endpoint behind it."""

    path: str
    endpoint: str
    language: str
    status: int
    headers: dict[str, str]
    cookies: tuple[str, ...]
    body: bytes

    @property
    def is_html(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/html")

    @property
    def text(self) -> str:
        if self.headers.get("Content-Type") == "application/pdf":
            return text_of(self.body)
        return "" if self.headers.get("Content-Type", "").startswith("image/png") else self.body.decode()

    @property
    def links(self) -> set[str]:
        """Addresses on this site that the page points to, with their fragments."""
        found = (urljoin(self.path, link.replace("&amp;", "&")) for link in _LINK.findall(self.text))
        return {link for link in found if link.startswith("/") and link not in DOORS}

    @property
    def names(self) -> set[str]:
        return set(_NAMED.findall(self.text))


@dataclass
class Site:
    """All pages by path."""

    pages: dict[str, Page] = field(default_factory=dict)

    @property
    def html(self) -> list[Page]:
        return [page for page in self.pages.values() if page.is_html]

    def sample(self, per_endpoint: int) -> Iterator[Page]:
        """At most so many HTML pages of each endpoint, language and edition."""
        taken: dict[tuple[str, str, str], int] = {}
        for page in self.html:
            kind = (page.endpoint, page.language, page.path.removeprefix("/en").split("/")[1])
            if taken.setdefault(kind, 0) < per_endpoint:
                taken[kind] += 1
                yield page


def _kind(app: Flask, path: str) -> tuple[tuple[str, ...], int]:
    """Which pages stand for one another, and how many of them are enough; 0 for all."""
    is_english = path.startswith("/en/")
    own = path.removeprefix("/en") if is_english else path
    name = own.rpartition("/")[2]
    is_file = "." in name and not own.startswith("/static/")
    kind = (
        _endpoint(app, own),
        own.split("/")[1],
        path[:3] if is_english else "",
        name.rpartition(".")[2] if is_file else "",
    )
    if is_file:
        return kind, FILES_OF_A_KIND
    if is_english:
        return kind, ENGLISH_OF_A_KIND
    if own.startswith("/static/"):
        return kind, 0
    return kind, ARRANGED_OF_A_KIND if ARRANGED.search(own) else PAGES_OF_A_KIND


def crawl(app: Flask) -> Site:
    """Follow the links in Spanish, and in English a few of each kind: the routes and templates are the same.

    Of each edition, three dozen pages of a kind stand for the rest; of pages that arrange the same rows anew and of
    files (charts as SVG, PNG, CSV), a few are enough in either language. Static files are fetched too, but not read.
    """
    client, site, waiting = app.test_client(), Site(), list(FRONTS)
    seen: Counter[tuple[str, ...]] = Counter()
    while waiting:
        path = waiting.pop(0)
        if path in site.pages:
            continue
        kind, enough = _kind(app, path)
        seen[kind] += 1
        if enough and seen[kind] > enough:
            continue
        page = _page(app, path, client.get(path))
        site.pages[path] = page
        if page.is_html:
            waiting += sorted({urldefrag(link).url for link in page.links} - site.pages.keys())
    return site


def _page(app: Flask, path: str, response: TestResponse) -> Page:
    language = "en" if path == "/en" or path.startswith("/en/") else "es"
    with response:
        return Page(
            path=path,
            endpoint=_endpoint(app, path.removeprefix("/en") if language == "en" else path),
            language=language,
            status=response.status_code,
            headers=dict(response.headers),
            cookies=tuple(response.headers.getlist("Set-Cookie")),
            body=response.get_data(),
        )


def _endpoint(app: Flask, path: str) -> str:
    if path.startswith("/static/"):
        return "static"
    found, _ = app.url_map.bind("127.0.0.1").match(unquote(urlsplit(path).path) or "/")
    return str(found)
