"""Replies and answers as sealed: of one municipality, of a whole round, and as marks beside a ranking."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import publications as d
from app.domain.answers import EntryReplies, LetterShown, ReplyShown
from app.domain.fronts import RoundReplies
from app.domain.replies import PublishedAnswer, PublishedReply, letter_text_key, reply_text_key
from app.domain.scores import Rating
from app.domain.texts import Text
from app.models import sealed
from app.queries.chains import Link, find_round_frame
from app.queries.publications import list_sealed, list_withdrawn, text_shown
from app.queries.rows import rating_of, value_of

Texts = Mapping[tuple[str, str], Text]


def list_replies(
    session: Session, link: Link, keys: Sequence[str], demands: Sequence[int] = ()
) -> tuple[PublishedReply, ...]:
    """The replies of some municipalities in a publication, on some demands or on all, by demand. One query."""
    table = sealed.SealedReply
    query = select(table).where(table.publication_id == link.id, table.cvegeo.in_(keys))
    if demands:
        query = query.where(table.demand.in_(demands))
    return tuple(value_of(PublishedReply, row) for row in session.scalars(query.order_by(table.cvegeo, table.demand)))


def map_replies(
    session: Session, link: Link, keys: Sequence[str], demands: Sequence[int] = ()
) -> dict[str, dict[int, PublishedReply]]:
    """The same by municipality and demand, as rankings mark them. One query."""
    found: dict[str, dict[int, PublishedReply]] = {}
    for reply in list_replies(session, link, keys, demands):
        found.setdefault(reply.cvegeo, {})[reply.demand] = reply
    return found


def map_answers(session: Session, links: Iterable[Link], cvegeo: str) -> dict[int, PublishedAnswer]:
    """The answers of one municipality by round, in the rounds that were run with replies. One query."""
    rounds = {link.id: link.round_number for link in links}
    table = sealed.SealedAnswer
    rows = session.scalars(select(table).where(table.publication_id.in_(rounds), table.cvegeo == cvegeo))
    return {rounds[row.publication_id]: value_of(PublishedAnswer, row) for row in rows}


def reply_text_keys(rows: Iterable[PublishedReply]) -> list[str]:
    """The keys of the sealed texts of some replies and of their letters."""
    keys = {reply_text_key(row.cvegeo, row.demand): None for row in rows}
    return [*keys, *{letter_text_key(row.cvegeo, row.letter): None for row in rows}]


def entry_replies(
    entry: d.Entry,
    answer: PublishedAnswer | None,
    rows: Sequence[PublishedReply],
    ratings: Mapping[int, Rating],
    texts: Texts,
) -> EntryReplies | None:
    """What a municipality said, with its words; None in a round that was run without replies."""
    if answer is None:
        return None
    letters = {row.letter: _letter(row, texts) for row in sorted(rows, key=lambda row: row.letter)}
    shown = tuple(_reply(row, letters[row.letter], ratings[row.demand], texts) for row in rows)
    return EntryReplies(entry, answer, tuple(letters.values()), shown)


def _letter(row: PublishedReply, texts: Texts) -> LetterShown:
    key = letter_text_key(row.cvegeo, row.letter)
    signatory, position = (texts.get((key, field), Text(None)) for field in ("signatory", "position"))
    return LetterShown(row.letter, signatory, position, texts.get((key, "words")))


def _reply(row: PublishedReply, letter: LetterShown, rating: Rating, texts: Texts) -> ReplyShown:
    key = reply_text_key(row.cvegeo, row.demand)
    fields = ("reason", "decision", "evidence_title", "evidence_url")
    return ReplyShown(row, letter, rating, **{field: texts.get((key, field)) for field in fields})


def find_round_replies(session: Session, slug: str, round_number: int) -> RoundReplies | None:
    """Everything that the municipalities said in a round, by name; None where there is no such round.

    A fixed number of queries.
    """
    found = find_round_frame(session, slug, round_number, None)
    if found is None:
        return None
    _, link, frame = found
    entry = sealed.SealedEntry
    rows = session.scalars(select(entry).where(entry.publication_id == link.id).order_by(entry.sort_key, entry.cvegeo))
    entries = [value_of(d.Entry, row) for row in rows]
    return RoundReplies(frame, tuple(_list_entry_replies(session, slug, link, entries)))


def _list_entry_replies(session: Session, slug: str, link: Link, entries: Sequence[d.Entry]) -> Iterable[EntryReplies]:
    answers = {row.cvegeo: row for row in list_sealed(session, PublishedAnswer, sealed.SealedAnswer, link.id)}
    replies = map_replies(session, link, list(answers))
    scores = _ratings(session, link, list(replies))
    texts = _texts(session, slug, link, [row for rows in replies.values() for row in rows.values()])
    for entry in entries:
        own = tuple(replies.get(entry.cvegeo, {}).values())
        shown = entry_replies(entry, answers.get(entry.cvegeo), own, scores.get(entry.cvegeo, {}), texts)
        if shown is not None:
            yield shown


def _ratings(session: Session, link: Link, keys: Sequence[str]) -> dict[str, dict[int, Rating]]:
    table = sealed.SealedScore
    found: dict[str, dict[int, Rating]] = {}
    for row in session.scalars(select(table).where(table.publication_id == link.id, table.cvegeo.in_(keys))):
        found.setdefault(row.cvegeo, {})[row.demand] = rating_of(row)
    return found


def _texts(session: Session, slug: str, link: Link, rows: Sequence[PublishedReply]) -> Texts:
    withdrawn = list_withdrawn(session, slug)
    table = sealed.SealedText
    query = select(table).where(table.publication_id == link.id, table.key.in_(reply_text_keys(rows)))
    found = (value_of(d.SealedText, row) for row in session.scalars(query))
    return {(row.key, row.field): text_shown(row, withdrawn) for row in found}
