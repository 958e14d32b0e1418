"""Which pages stand in the sitemap: every public page that shows one thing, in the order of their importance."""

from collections.abc import Iterable, Iterator
from datetime import date

from flask import request, url_for

from app.domain.sitemap import EditionMap
from app.exports.sitemap import Listed
from app.language import CODES
from app.web.shared.languages import address_in

OF_THE_SITE = (
    "editions.home",
    "about.site",
    "about.glossary",
    "about.privacy",
    "about.accessibility",
    "verification.explained",
)
OF_AN_EDITION = (
    "editions.front",
    "rankings.rounds",
    "scorecards.municipalities",
    "demands.demands",
    "comparisons.choose",
    "editions.method",
    "editions.organisations",
    "editions.corrections",
    "editions.downloads",
)


def listed_pages(site_url: str, editions: Iterable[EditionMap]) -> Iterator[Listed]:
    """The pages of the site and of its real editions.

    Left out, and reached by links: later pages of a list, scorecards of old rounds, other orders and comparisons of
    what stands elsewhere, searches. With them a whole country would pass the 50,000 addresses that a file may hold.
    """
    for endpoint in OF_THE_SITE:
        yield _listed(site_url, endpoint)
    for edition in editions:
        if not edition.is_demonstration:
            yield from _of_an_edition(site_url, edition)


def _of_an_edition(site_url: str, edition: EditionMap) -> Iterator[Listed]:
    slug, changed = edition.slug, edition.changed_on()
    for endpoint in OF_AN_EDITION:
        yield _listed(site_url, endpoint, changed, edition=slug)
    for place in edition.municipalities:
        yield _listed(site_url, "scorecards.scorecard", changed, edition=slug, municipality=place)
        yield _listed(site_url, "takeaways.takeaway", changed, edition=slug, municipality=place)
    for demand in edition.demands.get(0, ()):
        yield _listed(site_url, "demands.demand", changed, edition=slug, number=demand)
    for number in reversed(edition.rounds):
        yield from _of_a_round(site_url, edition, number)
    for row in edition.publications:
        if row.round_number:
            endpoint, facts = "publications.publication", {"number": row.round_number}
        else:
            endpoint, facts = "publications.method", {}
        day = row.sealed_at_utc.date()
        yield _listed(site_url, endpoint, day, edition=slug, publication=row.number, **facts)


def _of_a_round(site_url: str, edition: EditionMap, number: int) -> Iterator[Listed]:
    slug, changed = edition.slug, edition.changed_on(number)
    yield _listed(site_url, "rankings.matrix", changed, edition=slug, number=number)
    yield _listed(site_url, "charts.round_page", changed, edition=slug, number=number)
    for theme in edition.themes.get(number, ()):
        yield _listed(site_url, "rankings.theme", changed, edition=slug, number=number, theme=theme)
    for demand in edition.demands.get(number, ()):
        yield _listed(site_url, "rankings.demand", changed, edition=slug, number=number, demand=demand)


def _listed(site_url: str, endpoint: str, changed_on: date | None = None, **facts: str | int) -> Listed:
    mount = request.script_root
    path = url_for(endpoint, **facts).removeprefix(mount)  # type: ignore[arg-type]
    return Listed({code: site_url + address_in(code, path, mount) for code in CODES}, changed_on)
