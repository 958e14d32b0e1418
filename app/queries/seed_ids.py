"""The ids of an edition's working rows by their natural keys, for writing rows that refer to them."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.models import editions, mandates, places, replies, scores


def map_themes(session: Session, edition_id: int) -> dict[str, int]:
    """Theme ids by key."""
    return _map(session, select(editions.Theme.key, editions.Theme.id).where(editions.Theme.edition_id == edition_id))


def map_demands(session: Session, edition_id: int) -> dict[str, int]:
    """Demand ids by number, as text."""
    query = select(editions.Demand.number, editions.Demand.id).where(editions.Demand.edition_id == edition_id)
    return {str(number): row_id for number, row_id in session.execute(query)}


def map_municipalities(session: Session) -> dict[str, int]:
    """Municipality ids by CVEGEO, of every edition."""
    return _map(session, select(places.Municipality.cvegeo, places.Municipality.id))


def map_rounds(session: Session, edition_id: int) -> dict[str, int]:
    """Round ids by number, as text."""
    query = select(editions.Round.number, editions.Round.id).where(editions.Round.edition_id == edition_id)
    return {str(number): row_id for number, row_id in session.execute(query)}


def map_mandates(session: Session) -> dict[tuple[str, str], int]:
    """Mandate ids by CVEGEO and first day (ISO text), of every edition."""
    query = select(places.Municipality.cvegeo, mandates.Mandate.starts_on, mandates.Mandate.id).join(
        mandates.Mandate, mandates.Mandate.municipality_id == places.Municipality.id
    )
    return {(cvegeo, day.isoformat()): row_id for cvegeo, day, row_id in session.execute(query)}


def map_entries(session: Session, edition_id: int) -> dict[tuple[str, str], int]:
    """Round entry ids by round number (text) and CVEGEO."""
    query = (
        select(editions.Round.number, places.Municipality.cvegeo, editions.RoundEntry.id)
        .join(editions.RoundEntry, editions.RoundEntry.round_id == editions.Round.id)
        .join(places.Municipality, places.Municipality.id == editions.RoundEntry.municipality_id)
        .where(editions.Round.edition_id == edition_id)
    )
    return {(str(number), cvegeo): row_id for number, cvegeo, row_id in session.execute(query)}


def map_scores(session: Session, edition_id: int) -> dict[tuple[int, int, int], int]:
    """Score ids by entry id, demand id and revision."""
    query = (
        select(scores.Score.entry_id, scores.Score.demand_id, scores.Score.revision, scores.Score.id)
        .join(editions.RoundEntry, editions.RoundEntry.id == scores.Score.entry_id)
        .join(editions.Round, editions.Round.id == editions.RoundEntry.round_id)
        .where(editions.Round.edition_id == edition_id)
    )
    return {(entry, demand, revision): row_id for entry, demand, revision, row_id in session.execute(query)}


def map_letters(session: Session, edition_id: int) -> dict[tuple[int, str], int]:
    """Letter ids by entry id and number (text)."""
    query = (
        select(replies.Letter.entry_id, replies.Letter.number, replies.Letter.id)
        .join(editions.RoundEntry, editions.RoundEntry.id == replies.Letter.entry_id)
        .join(editions.Round, editions.Round.id == editions.RoundEntry.round_id)
        .where(editions.Round.edition_id == edition_id)
    )
    return {(entry, str(number)): row_id for entry, number, row_id in session.execute(query)}


def map_replies(session: Session, edition_id: int) -> dict[tuple[int, int], int]:
    """Reply ids by letter id and demand id."""
    query = (
        select(replies.Reply.letter_id, replies.Reply.demand_id, replies.Reply.id)
        .join(editions.Demand, editions.Demand.id == replies.Reply.demand_id)
        .where(editions.Demand.edition_id == edition_id)
    )
    return {(letter, demand): row_id for letter, demand, row_id in session.execute(query)}


def list_text_checksums(session: Session) -> set[str]:
    """The checksums of all stored texts."""
    return set(session.scalars(select(scores.Text.sha256)))


def _map(session: Session, query: Select[str, int]) -> dict[str, int]:
    return {str(key): int(row_id) for key, row_id in session.execute(query)}
