"""Replies and answers as sealed: of one municipality, of a whole round, and as marks beside a ranking."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session

from app.domain import publications as d
from app.domain.answers import EntryReplies, LetterShown, ReplyCounts, ReplyShown
from app.domain.fronts import RoundReplies
from app.domain.rankings import Part
from app.domain.replies import (
    AnswerStatus,
    PublishedAnswer,
    PublishedReply,
    Verdict,
    letter_of,
    letter_text_key,
    reply_text_key,
)
from app.domain.scores import Rating
from app.domain.texts import Text
from app.models import sealed, sealed_replies
from app.queries.chains import Link, find_round_frame
from app.queries.parts import ROWS_OF_A_PAGE, part_of
from app.queries.publications import list_withdrawn, text_shown
from app.queries.published_files import map_sizes
from app.queries.rows import rating_of, value_of

Texts = Mapping[tuple[str, str], Text]
NO_SIZES: Mapping[str, int] = MappingProxyType({})


def list_replies(
    session: Session, link: Link, keys: Sequence[str], demands: Sequence[int] = ()
) -> tuple[PublishedReply, ...]:
    """The replies of some municipalities in a publication, on some demands or on all, by demand. One query."""
    table = sealed_replies.SealedReply
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
    table = sealed_replies.SealedAnswer
    rows = session.scalars(select(table).where(table.publication_id.in_(rounds), table.cvegeo == cvegeo))
    return {rounds[row.publication_id]: value_of(PublishedAnswer, row) for row in rows}


def reply_text_keys(rows: Iterable[PublishedReply]) -> list[str]:
    """The keys of the sealed texts of some replies."""
    return [reply_text_key(row.cvegeo, row.demand) for row in rows]


def of_letters(cvegeos: Iterable[str]) -> ColumnElement[bool]:
    """That a sealed text is of a letter of these municipalities, whether it speaks of a score or not."""
    return or_(false(), *(sealed.SealedText.key.startswith(f"letter/{cvegeo}/") for cvegeo in cvegeos))


def letters_in(texts: Texts) -> dict[str, tuple[int, ...]]:
    """The numbers of the letters among sealed texts, by municipality."""
    found: dict[str, set[int]] = {}
    for key, _ in texts:
        if letter := letter_of(key):
            found.setdefault(letter[0], set()).add(letter[1])
    return {cvegeo: tuple(sorted(numbers)) for cvegeo, numbers in found.items()}


def entry_replies(
    entry: d.Entry,
    answer: PublishedAnswer | None,
    rows: Sequence[PublishedReply],
    ratings: Mapping[int, Rating],
    texts: Texts,
    letters_by_place: Mapping[str, Sequence[int]],
    sizes: Mapping[str, int] = NO_SIZES,
) -> EntryReplies | None:
    """What a municipality said, with its words; None in a round that was run without replies.

    ``sizes`` are those of files by SHA-256, where the page shows them.
    """
    if answer is None:
        return None
    numbers = sorted({*letters_by_place.get(entry.cvegeo, ()), *(row.letter for row in rows)})
    letters = {number: _letter(entry.cvegeo, number, texts) for number in numbers}
    shown = tuple(_reply(row, letters[row.letter], ratings[row.demand], texts, sizes) for row in rows)
    return EntryReplies(entry, answer, tuple(letters.values()), shown)


def _letter(cvegeo: str, number: int, texts: Texts) -> LetterShown:
    key = letter_text_key(cvegeo, number)
    signatory, position = (texts.get((key, field), Text(None)) for field in ("signatory", "position"))
    return LetterShown(number, signatory, position, texts.get((key, "words")))


def _reply(
    row: PublishedReply, letter: LetterShown, rating: Rating, texts: Texts, sizes: Mapping[str, int]
) -> ReplyShown:
    key = reply_text_key(row.cvegeo, row.demand)
    said = ReplyShown(
        reply=row,
        letter=letter,
        sealed=rating,
        reason=texts.get((key, "reason")),
        decision=texts.get((key, "decision")),
        evidence_title=texts.get((key, "evidence_title")),
        evidence_url=texts.get((key, "evidence_url")),
        file=texts.get((key, "file")),
    )
    return replace(said, file_bytes=sizes.get(said.file_sha256))


def find_round_replies(session: Session, slug: str, round_number: int, *, page: int = 1) -> RoundReplies | None:
    """Everything that the municipalities said in a round, by name; None where there is no such round or page.

    A fixed number of queries.
    """
    found = find_round_frame(session, slug, round_number, None)
    if found is None:
        return None
    _, link, frame = found
    counts = _counts(session, link)
    part = part_of(counts.municipalities, page)
    if part is None:
        return None
    return RoundReplies(frame, tuple(_list_entry_replies(session, slug, link, part)), counts, part)


def _counts(session: Session, link: Link) -> ReplyCounts:
    """The round in numbers. Two queries."""
    answer, reply = sealed_replies.SealedAnswer, sealed_replies.SealedReply
    statuses = select(answer.status, func.count()).where(answer.publication_id == link.id).group_by(answer.status)
    verdicts = select(reply.verdict, func.count()).where(reply.publication_id == link.id, reply.verdict.is_not(None))
    return ReplyCounts(
        statuses={AnswerStatus(status): count for status, count in session.execute(statuses)},
        verdicts={Verdict(v): count for v, count in session.execute(verdicts.group_by(reply.verdict)) if v},
    )


def _list_entry_replies(session: Session, slug: str, link: Link, part: Part) -> Iterator[EntryReplies]:
    entry, answer = sealed.SealedEntry, sealed_replies.SealedAnswer
    query = (
        select(entry, answer)
        .join(answer, (answer.publication_id == entry.publication_id) & (answer.cvegeo == entry.cvegeo))
        .where(entry.publication_id == link.id)
        .order_by(entry.sort_key, entry.cvegeo)
    )
    page = query.limit(ROWS_OF_A_PAGE).offset((part.number - 1) * ROWS_OF_A_PAGE)
    pairs = [(value_of(d.Entry, e), value_of(PublishedAnswer, a)) for e, a in session.execute(page)]
    replies = map_replies(session, link, [row.cvegeo for row, _ in pairs])
    scores = _ratings(session, link, list(replies))
    answering = [row.cvegeo for row, answered in pairs if answered.is_answered]
    texts = _texts(session, slug, link, [row for rows in replies.values() for row in rows.values()], answering)
    letters, sizes = letters_in(texts), map_sizes(session, texts)
    for row, answered in pairs:
        own = tuple(replies.get(row.cvegeo, {}).values())
        shown = entry_replies(row, answered, own, scores.get(row.cvegeo, {}), texts, letters, sizes)
        if shown is not None:
            yield shown


def _ratings(session: Session, link: Link, keys: Sequence[str]) -> dict[str, dict[int, Rating]]:
    table = sealed.SealedScore
    found: dict[str, dict[int, Rating]] = {}
    for row in session.scalars(select(table).where(table.publication_id == link.id, table.cvegeo.in_(keys))):
        found.setdefault(row.cvegeo, {})[row.demand] = rating_of(row)
    return found


def _texts(session: Session, slug: str, link: Link, rows: Sequence[PublishedReply], answering: Sequence[str]) -> Texts:
    withdrawn = list_withdrawn(session, slug)
    table = sealed.SealedText
    wanted = table.key.in_(reply_text_keys(rows)) | of_letters(answering)
    query = select(table).where(table.publication_id == link.id, wanted)
    found = (value_of(d.SealedText, row) for row in session.scalars(query))
    return {(row.key, row.field): text_shown(row, withdrawn) for row in found}
