"""The chain of an edition as public pages need it: which publication an address means, and what its round states."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import editions as e
from app.domain.scorecard import Publication, RoundFrame, RoundReference
from app.models import sealed
from app.queries.publications import get_edition_frame, list_publications, publications_shown
from app.queries.rows import value_of


@dataclass(frozen=True)
class Link:
    """A publication, its key in the database, and its round (0: the edition's own)."""

    id: int
    round_number: int
    publication: Publication
    compared_with_sha256: str = ""
    edition_sha256: str = ""


@dataclass(frozen=True)
class Chain:
    """All publications of an edition, in their order; empty where nothing was ever published."""

    slug: str
    links: tuple[Link, ...]

    def of_round(self, round_number: int) -> tuple[Link, ...]:
        """The publications of one round, oldest first; of the edition itself with 0."""
        return tuple(link for link in self.links if link.round_number == round_number)

    def find(self, round_number: int, number: int | None = None) -> Link | None:
        """The publication of that number, or the one in force where no number is given; None where there is none."""
        links = self.of_round(round_number)
        if number is None:
            return links[-1] if links else None
        return next((link for link in links if link.publication.number == number), None)

    def in_force(self, until: Link | None = None) -> dict[int, Link]:
        """The newest publication of each round, in the order of the rounds.

        ``until`` looks back: only what was sealed up to that publication, of rounds up to its own.
        """
        newest = {link.round_number: link for link in self.links if link.round_number and _is_seen(link, until)}
        return dict(sorted(newest.items()))

    def rules_of(self, link: Link) -> Link | None:
        """The edition's own publication under whose rules a round's was sealed."""
        return next((own for own in self.of_round(0) if own.publication.sha256 == link.edition_sha256), None)

    def reference(self, sha256: str) -> RoundReference | None:
        """Which publication of which round bears that checksum."""
        link = next((link for link in self.links if link.publication.sha256 == sha256), None)
        return RoundReference(link.round_number, link.publication.number) if link else None

    def cited(self, link: Link) -> dict[str, RoundReference]:
        """The publications that this one names, by checksum: the one before it, its rules, what it compares with."""
        named = (link.publication.previous_sha256, link.edition_sha256, link.compared_with_sha256)
        found = {sha256: self.reference(sha256) for sha256 in named}
        return {sha256: reference for sha256, reference in found.items() if reference is not None}


def _is_seen(link: Link, until: Link | None) -> bool:
    if until is None:
        return True
    return link.publication.sequence <= until.publication.sequence and link.round_number <= until.round_number


def get_chain(session: Session, slug: str) -> Chain:
    """The chain of an edition, without manifests. One query."""
    rows = list_publications(session, slug)
    rounds = sorted({row.round_number for row in rows})
    shown = {p.sequence: p for n in rounds for p in publications_shown([row for row in rows if row.round_number == n])}
    links = (
        Link(row.id, row.round_number, shown[row.sequence], row.compared_with_sha256, row.edition_sha256)
        for row in rows
    )
    return Chain(slug, tuple(links))


def get_round_frame(session: Session, chain: Chain, link: Link) -> RoundFrame:
    """What a round's publication states before any row of it. Five queries."""
    frame = get_edition_frame(session, link.id)
    period = session.scalars(select(sealed.SealedPeriod).where(sealed.SealedPeriod.publication_id == link.id)).one()
    return RoundFrame(
        edition=frame["edition"],
        method=frame["method"],
        themes=frame["themes"],
        demands=frame["demands"],
        sources={source.key: source for source in frame["sources"]},
        period=value_of(e.Period, period),
        publication=link.publication,
        newest_round=max(chain.in_force()),
        published_rounds=tuple(chain.in_force()),
        compared_with=chain.reference(link.compared_with_sha256),
    )


def find_round_frame(
    session: Session, slug: str, round_number: int, number: int | None
) -> tuple[Chain, Link, RoundFrame] | None:
    """The chain, the publication that the address means and its frame; None where there is none. Six queries."""
    chain = get_chain(session, slug)
    link = chain.find(round_number, number)
    return None if link is None else (chain, link, get_round_frame(session, chain, link))
