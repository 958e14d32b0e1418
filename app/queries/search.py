"""What the search looks through: every municipality with a published scorecard, and every mayor that was evaluated."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.editions import Edition, Gender, alias_list
from app.domain.search import Findable, SearchIndex, SearchResults, Tenure, find
from app.models import sealed
from app.models.publications import Publication as Row
from app.queries.editions import list_editions

MOST_HITS = 60
"""How many municipalities a page of results names."""


class _Entry(NamedTuple):
    """A mayor of a municipality in the rounds of an edition."""

    edition: str
    cvegeo: str
    sort_key: str
    slug: str
    name: str
    mayor: str
    gender: str
    starts_year: int
    mandate: str


def search(session: Session, text: str, slug: str | None = None) -> SearchResults | None:
    """What fits the text in all real editions, or in the edition of that slug; None where there is no such edition.

    Three queries.
    """
    index = get_search_index(session, slug)
    if index is None:
        return None
    hits = find(index.rows, text, MOST_HITS + 1)
    return SearchResults(index, text, hits[:MOST_HITS], are_cut=len(hits) > MOST_HITS)


def get_search_index(session: Session, slug: str | None = None) -> SearchIndex | None:
    """All that can be found, in Spanish order, the newest edition of a place first; None for an unknown edition."""
    listed = [row.edition for row in list_editions(session)]
    chosen = [edition for edition in listed if edition.slug == slug or (slug is None and not edition.is_demonstration)]
    if slug is not None and not chosen:
        return None
    entries = _list_entries(session, [edition.slug for edition in chosen])
    aliases = _aliases(session, [edition.slug for edition in chosen])
    rows = tuple(row for _, row in sorted(_findables(entries, aliases, chosen), key=lambda pair: pair[0]))
    return SearchIndex(tuple(chosen), chosen[0] if slug else None, rows)


def _list_entries(session: Session, slugs: Sequence[str]) -> list[_Entry]:
    """Every mayor of every published round in force, once a mandate, as the newest round writes the name. One query."""
    in_force = (
        select(func.max(Row.id))
        .where(Row.edition_slug.in_(slugs), Row.round_number > 0)
        .group_by(Row.edition_slug, Row.round_number)
    )
    entry = sealed.SealedEntry
    facts = (entry.cvegeo, entry.sort_key, entry.slug, entry.name, entry.mayor, entry.gender, entry.mandate_starts_on)
    newest = func.max(Row.round_number)
    query = (
        select(Row.edition_slug, *facts)
        .join(Row, Row.id == entry.publication_id)
        .where(Row.id.in_(in_force))
        .group_by(Row.edition_slug, *facts)
        .order_by(Row.edition_slug, entry.cvegeo, entry.mandate_starts_on.desc(), newest.desc())
    )
    return [_Entry(*row[:-1], row[-1].year, row[-1].isoformat()) for row in session.execute(query)]


def _aliases(session: Session, slugs: Sequence[str]) -> dict[tuple[str, str], tuple[str, ...]]:
    """What people call each municipality, by edition and key, as the edition's publication in force says. One query."""
    newest = select(func.max(Row.id)).where(Row.edition_slug.in_(slugs), Row.round_number == 0)
    table = sealed.SealedMunicipality
    query = (
        select(Row.edition_slug, table.cvegeo, table.aliases)
        .join(Row, Row.id == table.publication_id)
        .where(Row.id.in_(newest.group_by(Row.edition_slug)), table.aliases != "")
    )
    return {(slug, cvegeo): alias_list(aliases) for slug, cvegeo, aliases in session.execute(query)}


def _findables(
    entries: Iterable[_Entry], aliases: Mapping[tuple[str, str], tuple[str, ...]], editions: Sequence[Edition]
) -> Iterator[tuple[tuple[str, str, int], Findable]]:
    """Each municipality of each edition with what it is sorted by."""
    ranks = {edition.slug: rank for rank, edition in enumerate(editions)}
    for (slug, cvegeo), rows in groupby(entries, key=lambda entry: (entry.edition, entry.cvegeo)):
        spelled = list({entry.mandate: entry for entry in reversed(list(rows))}.values())[::-1]
        newest = spelled[0]
        tenures = tuple(_tenures(spelled, editions[ranks[slug]].ends_on.year))
        found = Findable(cvegeo, slug, newest.slug, newest.name, tenures, aliases.get((slug, cvegeo), ()))
        yield (newest.sort_key, cvegeo, ranks[slug]), found


def _tenures(entries: Iterable[_Entry], last_year: int) -> Iterator[Tenure]:
    """The mayors newest first, each up to the year in which the next began."""
    for entry in entries:
        yield Tenure(entry.mayor, Gender(entry.gender), entry.starts_year, last_year)
        last_year = entry.starts_year
