"""Reading a whole edition for its files: a fixed number of queries, however many rounds there are."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain import editions as e
from app.domain import publications as d
from app.domain.answers import EntryReplies
from app.domain.replies import PublishedAnswer, PublishedReply
from app.domain.scorecard import EditionFile, RoundFile
from app.domain.scores import Rating
from app.domain.texts import Text
from app.models import sealed, sealed_replies
from app.models.publications import Publication as Row
from app.queries.answers import entry_replies, letters_in
from app.queries.publications import (
    get_edition_frame,
    list_publications,
    list_withdrawn,
    publications_shown,
    text_shown,
)
from app.queries.rows import rating_of, value_of

Value = TypeVar("Value")


def find_edition_file(session: Session, slug: str) -> EditionFile | None:
    """An edition as its own publication in force states it, with the publication in force of every round."""
    chain = list_publications(session, slug)
    own = [row for row in chain if row.round_number == 0]
    if not own:
        return None
    frame = get_edition_frame(session, own[-1].id)
    del frame["sources"]
    return EditionFile(**frame, rounds=tuple(_rounds(session, slug, [row for row in chain if row.round_number])))


def _rounds(session: Session, slug: str, chain: Sequence[Row]) -> Iterable[RoundFile]:
    by_round: dict[int, list[Row]] = defaultdict(list)
    for row in chain:
        by_round[row.round_number].append(row)
    in_force = [rows[-1].id for rows in by_round.values()]
    periods = _by_publication(session, sealed.SealedPeriod, in_force, lambda row: value_of(e.Period, row))
    entries = _by_publication(session, sealed.SealedEntry, in_force, lambda row: value_of(d.Entry, row))
    scores = _by_publication(session, sealed.SealedScore, in_force, _score)
    standings = _by_publication(session, sealed.SealedStanding, in_force, lambda row: value_of(d.Standing, row))
    figures = _by_publication(session, sealed.SealedFigure, in_force, lambda row: value_of(d.PublishedFigure, row))
    replies = _by_publication(session, sealed_replies.SealedReply, in_force, lambda row: value_of(PublishedReply, row))
    answers = _by_publication(
        session, sealed_replies.SealedAnswer, in_force, lambda row: value_of(PublishedAnswer, row)
    )
    texts = _texts(session, slug, in_force)
    for number in sorted(by_round):
        rows = by_round[number]
        key = rows[-1].id
        said = texts[key]
        yield RoundFile(
            publication=publications_shown(rows)[-1],
            period=periods[key][0],
            entries={entry.cvegeo: entry for entry in entries[key]},
            scores=tuple(scores[key]),
            standings=tuple(standings[key]),
            reasons={
                (row.cvegeo, row.demand): said[text]
                for row in scores[key]
                if (text := (d.score_text_key(row.cvegeo, row.demand, row.revision), "reason")) in said
            },
            replies=_said(entries[key], answers[key], replies[key], scores[key], said),
            figures={(figure.cvegeo, figure.scope): figure for figure in figures[key]},
        )


def _score(row: sealed.SealedScore) -> d.PublishedScore:
    return value_of(d.PublishedScore, row, rating=rating_of(row))


def _by_publication(
    session: Session,
    table: Any,  # noqa: ANN401 - any of the frozen tables
    in_force: Sequence[int],
    build: Callable[[Any], Value],
) -> dict[int, list[Value]]:
    query = select(table).where(table.publication_id.in_(in_force)).order_by(*table.__mapper__.primary_key)
    found: dict[int, list[Value]] = defaultdict(list)
    for row in session.scalars(query):
        found[row.publication_id].append(build(row))
    return found


def _said(
    entries: Iterable[d.Entry],
    answers: Iterable[PublishedAnswer],
    replies: Sequence[PublishedReply],
    scores: Sequence[d.PublishedScore],
    texts: Mapping[tuple[str, str], Text],
) -> dict[str, EntryReplies]:
    """What each municipality said in a round, by CVEGEO; empty where the round was run without replies."""
    by_town = {answer.cvegeo: answer for answer in answers}
    ratings: dict[str, dict[int, Rating]] = defaultdict(dict)
    for score in scores:
        ratings[score.cvegeo][score.demand] = score.rating
    found, letters = {}, letters_in(texts)
    for entry in entries:
        own = [row for row in replies if row.cvegeo == entry.cvegeo]
        said = entry_replies(entry, by_town.get(entry.cvegeo), own, ratings[entry.cvegeo], texts, letters)
        if said is not None:
            found[entry.cvegeo] = said
    return found


def _texts(session: Session, slug: str, in_force: Sequence[int]) -> dict[int, dict[tuple[str, str], Text]]:
    """The reasons of scores, and all texts of replies and letters, by publication, key and field. Two queries."""
    withdrawn = list_withdrawn(session, slug)
    table = sealed.SealedText
    kinds = (table.key.like("score/%"), table.key.like("reply/%"), table.key.like("letter/%"))
    found: dict[int, dict[tuple[str, str], Text]] = defaultdict(dict)
    for row in session.scalars(select(table).where(table.publication_id.in_(in_force), or_(*kinds))):
        found[row.publication_id][row.key, row.field] = text_shown(value_of(d.SealedText, row), withdrawn)
    return found
