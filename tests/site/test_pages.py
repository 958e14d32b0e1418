"""Questions asked of every public page."""

import re
from collections import Counter
from urllib.parse import urldefrag

import html5lib
import pytest

from tests.site.crawl import Page, Site

NEEDED = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Permissions-Policy",
    "Cross-Origin-Opener-Policy",
)


@pytest.fixture(scope="module")
def sample(site: Site) -> list[Page]:
    return list(site.sample(per_endpoint=2))


def test_no_link_is_broken(site: Site) -> None:
    assert len(site.pages) > 100
    assert {page.path: page.status for page in site.pages.values() if page.status != 200} == {}


def test_every_fragment_has_its_place(site: Site) -> None:
    names = {page.path: page.names for page in site.html}
    broken = {
        (page.path, link)
        for page in site.html
        for link in page.links
        if (fragment := urldefrag(link).fragment) and fragment not in names.get(urldefrag(link).url, {fragment})
    }  # of a page that the crawl left out (English, past the first few of a kind) the Spanish twin is asked
    assert broken == set()


def test_every_page_is_valid_html(sample: list[Page]) -> None:
    for page in sample:
        parser = html5lib.HTMLParser(strict=True)
        parser.parse(page.text)


@pytest.mark.parametrize(
    ("pattern", "times"), [(r"<h1[ >]", 1), (r"<main[ >]", 1), (r'class="skip"', 1), (r"<title>", 1)]
)
def test_every_page_has_exactly_one(site: Site, pattern: str, times: int) -> None:
    assert [page.path for page in site.html if len(re.findall(pattern, page.text)) != times] == []


def test_every_page_says_its_language(site: Site) -> None:
    assert [page.path for page in site.html if f'<html lang="{page.language}' not in page.text] == []


def test_no_id_stands_twice(site: Site) -> None:
    twice = {
        page.path: [name for name, count in Counter(re.findall(r'\sid="([^"]*)"', page.text)).items() if count > 1]
        for page in site.html
    }
    assert {path: names for path, names in twice.items() if names} == {}


def test_titles_are_unique(site: Site) -> None:
    titles = Counter(re.findall(r"<title>(.*?)</title>", page.text, re.DOTALL)[0] for page in site.html)
    assert [title for title, count in titles.items() if count > 1] == []


def test_no_page_needs_what_the_policy_forbids(site: Site) -> None:
    inline = re.compile(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)(?![^>]*application/json)")
    assert [page.path for page in site.html if inline.search(page.text)] == []


def test_no_public_page_sets_a_cookie(site: Site) -> None:
    assert [page.path for page in site.pages.values() if page.cookies] == []


def test_every_answer_carries_the_security_headers(site: Site) -> None:
    lacking = {page.path for page in site.pages.values() if any(name not in page.headers for name in NEEDED)}
    assert lacking == set()


def test_every_page_can_be_asked_for_again_cheaply(site: Site) -> None:
    assert [page.path for page in site.html if page.headers.get("Cache-Control") != "public, no-cache"] == []
    assert [page.path for page in site.html if not page.headers.get("ETag")] == []


def test_every_page_names_its_twin_in_the_other_language(site: Site) -> None:
    for page in site.html:
        other = page.path.removeprefix("/en") or "/" if page.language == "en" else f"/en{page.path}"
        assert f'href="{other}"' in page.text, page.path


def test_invented_data_is_labelled_on_every_page(site: Site) -> None:
    demonstration = [page for page in site.html if "/ejemplo-2024-2027/" in page.path]
    words = {"es": "datos inventados", "en": "invented data"}
    assert len(demonstration) > 50
    for page in demonstration:
        assert words[page.language] in page.text.lower(), page.path
        assert 'content="noindex' in page.text, page.path


def test_no_real_page_is_kept_from_search_engines(site: Site) -> None:
    real = [page for page in site.html if "/nuevo-leon-2012-2015/" in page.path]
    assert len(real) > 10
    assert [page.path for page in real if "noindex" in page.text] == []
