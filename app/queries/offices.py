"""What awaits the liaisons of a municipality: its rounds, each with where it stands."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.domain.offices import Office, OfficeRound
from app.queries.chains import get_chain
from app.queries.desks import list_desks


def list_offices(session: Session, seats: Iterable[tuple[str, str]]) -> tuple[Office, ...]:
    """The municipalities that a person answers for, by edition and address name. Three queries each."""
    offices = (_office(session, edition, municipality) for edition, municipality in seats)
    return tuple(office for office in offices if office is not None)


def _office(session: Session, edition: str, municipality: str) -> Office | None:
    desks = list_desks(session, edition, municipality)
    if not desks:
        return None
    links = get_chain(session, edition).in_force()
    numbers = {number: link.publication.number for number, link in links.items()}
    rounds = tuple(OfficeRound(desk, numbers.get(desk.period.number)) for desk in desks)
    return Office(desks[0].edition, desks[0].municipality, desks[0].slug, rounds)
