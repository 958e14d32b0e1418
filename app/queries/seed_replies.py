"""Reading notices, letters, replies, decisions and meetings out of the working tables as the rows of a seed."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from app.models import editions, places, replies
from app.queries.seed_columns import columns_of, score_text


def reply_tables(session: Session, edition_id: int) -> dict[str, Iterable[dict[str, str]]]:
    """The five tables of an edition's replies, by name."""
    return {
        "notices": _of_entries(session, edition_id, "notices", replies.Notice),
        "letters": _letters(session, edition_id),
        "replies": _replies(session, edition_id),
        "decisions": _decisions(session, edition_id),
        "meetings": _of_entries(session, edition_id, "meetings", replies.Meeting),
    }


def _entries(edition_id: int, *columns: Any) -> Select[Any]:  # noqa: ANN401 - tables or columns
    """Those columns after the number of the round and the CVEGEO, for every entry of an edition."""
    return (
        select(editions.Round.number, places.Municipality.cvegeo, *columns)
        .join(editions.RoundEntry, editions.RoundEntry.round_id == editions.Round.id)
        .join(places.Municipality, places.Municipality.id == editions.RoundEntry.municipality_id)
        .where(editions.Round.edition_id == edition_id)
    )


def _of_entries(session: Session, edition_id: int, name: str, table: Any) -> Iterator[dict[str, str]]:  # noqa: ANN401
    query = _entries(edition_id, table).join(table, table.entry_id == editions.RoundEntry.id)
    for number, cvegeo, row in session.execute(query.order_by(table.entry_id)):
        yield columns_of(name, row, round=number, cvegeo=cvegeo)


def _letters(session: Session, edition_id: int) -> Iterator[dict[str, str]]:
    table = replies.Letter
    query = _entries(edition_id, table).join(table, table.entry_id == editions.RoundEntry.id)
    query = query.options(joinedload(table.words), joinedload(table.signatory), joinedload(table.position))
    for number, cvegeo, row in session.execute(query.order_by(table.id)):
        texts = (row.signatory, row.position, row.words)
        yield columns_of(
            "letters",
            row,
            round=number,
            cvegeo=cvegeo,
            signatory=row.signatory.body,
            position_es=row.position.body,
            words_es=row.words.body if row.words else None,
            salt=next((text.salt for text in texts if text is not None and text.salt), None),
        )


def _replies(session: Session, edition_id: int) -> Iterator[dict[str, str]]:
    table, letter = replies.Reply, replies.Letter
    query = (
        _entries(edition_id, letter.number, editions.Demand.number, table)
        .join(letter, letter.entry_id == editions.RoundEntry.id)
        .join(table, table.letter_id == letter.id)
        .join(editions.Demand, editions.Demand.id == table.demand_id)
        .options(joinedload(table.reason))
    )
    for number, cvegeo, sent, demand, row in session.execute(query.order_by(table.id)):
        yield columns_of(
            "replies",
            row,
            round=number,
            cvegeo=cvegeo,
            letter=sent,
            demand=demand,
            requested=row.requested_absence or score_text(row.requested_tenths),
            reason_es=row.reason.body if row.reason else None,
            salt=row.reason.salt if row.reason else None,
        )


def _decisions(session: Session, edition_id: int) -> Iterator[dict[str, str]]:
    table, reply, letter = replies.Decision, replies.Reply, replies.Letter
    query = (
        _entries(edition_id, letter.number, editions.Demand.number, table)
        .join(letter, letter.entry_id == editions.RoundEntry.id)
        .join(reply, reply.letter_id == letter.id)
        .join(editions.Demand, editions.Demand.id == reply.demand_id)
        .join(table, table.reply_id == reply.id)
        .options(joinedload(table.reason))
    )
    for number, cvegeo, sent, demand, row in session.execute(query.order_by(table.id)):
        texts = {"reason_es": row.reason.body, "salt": row.reason.salt}
        yield columns_of("decisions", row, round=number, cvegeo=cvegeo, letter=sent, demand=demand, **texts)
