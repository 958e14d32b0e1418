"""Where the words of a withdrawn text stand a second time: in what people wrote on the way to the publication."""

import json
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, or_, select, union
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.domain.erasures import GoneWords
from app.models.acknowledgements import Acknowledgement
from app.models.audit import AuditEvent
from app.models.base import Base
from app.models.cells import CellDraft, Review, ScoreNote
from app.models.editions import Demand, Round, RoundEntry
from app.models.editions import Edition as EditionRow
from app.models.evidence import EvidenceCopy, EvidenceDraft
from app.models.places import Municipality
from app.models.publications import Withdrawal
from app.models.replies import Decision, Letter, Reply, ReplyDraft, ReplyFile
from app.models.scores import Distinction, Evidence, Score, Text
from app.models.sealed import SealedText
from app.models.sessions import ParkedForm
from app.models.signatures import CorrectionCase, CorrectionItem
from app.models.withdrawals import Erasure

OF_A_CELL = {"score", "evidence", "reply"}


@dataclass(frozen=True)
class Reach:
    """How far the words of a withdrawn record (``score/19006/3/1``) are looked for.

    A municipality's part in the round, every part of it for the reason of a correction, and none for what a
    municipality said of the rules; ``subjects`` are the beginnings of what the audit log names.
    """

    slug: str
    kind: str
    edition_id: int
    round_id: int | None
    entry_ids: tuple[int, ...]
    municipality_id: int | None
    demand_id: int | None
    subjects: tuple[str, ...]


def find_reach(session: Session, slug: str, number: int, key: str) -> Reach | None:
    """The reach of a record of a round (of the edition's own publications: 0); None where there is no edition."""
    edition = session.scalar(select(EditionRow).where(EditionRow.slug == slug))
    if edition is None:
        return None
    kind, *parts = key.split("/")
    place = session.scalar(select(Municipality).where(Municipality.cvegeo == parts[0])) if parts else None
    round_id = session.scalar(select(Round.id).where(Round.edition_id == edition.id, Round.number == number))
    of_place = (RoundEntry.municipality_id == place.id,) if place else ()
    entries = select(RoundEntry.id).where(RoundEntry.round_id == round_id, *of_place).order_by(RoundEntry.id)
    demand_id = None
    if kind in OF_A_CELL:
        of_number = (Demand.edition_id == edition.id, Demand.number == int(parts[1]))
        demand_id = session.scalar(select(Demand.id).where(*of_number))
    return Reach(
        slug=slug,
        kind=kind,
        edition_id=edition.id,
        round_id=round_id,
        entry_ids=tuple(session.scalars(entries)),
        municipality_id=place.id if place else None,
        demand_id=demand_id,
        subjects=_subjects(slug, number, place.slug if place else ""),
    )


def _subjects(slug: str, number: int, place: str) -> tuple[str, ...]:
    if not number:
        return (f"{slug}/{place}",)
    return (f"{slug}/{number}/{place}/", f"{slug}/{number}/correction/") if place else (f"{slug}/{number}/",)


@dataclass(frozen=True)
class Copy:
    """A row that holds the words, and in which columns."""

    row: Base
    columns: tuple[str, ...]


def list_copies(session: Session, reach: Reach, words: GoneWords) -> Iterator[Copy]:
    """The rows of the working tables that hold the words, with those of the audit log."""
    for query, columns in _places(reach):
        for row in session.scalars(query):
            if held := tuple(column for column in columns if words.stand_in(getattr(row, column))):
                yield Copy(row, held)
    for event in session.scalars(_events(reach)):
        sides = (side for side in ("before", "after") if words.stand_in_fact(_facts(getattr(event, side))))
        if held := tuple(sides):
            yield Copy(event, held)


def _places(reach: Reach) -> Iterator[tuple[Select[Base], tuple[str, ...]]]:
    of_scores = select(Score.id).where(Score.entry_id.in_(reach.entry_ids))
    letters = select(Letter.id).where(Letter.entry_id.in_(reach.entry_ids))
    for table, here, columns in (
        (CellDraft, CellDraft.entry_id.in_(reach.entry_ids), ("score_text", "reason", "note", "reply")),
        (
            ReplyDraft,
            ReplyDraft.entry_id.in_(reach.entry_ids),
            ("requested_text", "reason", "evidence_title", "evidence_url"),
        ),
        (CorrectionCase, CorrectionCase.round_id == reach.round_id, ("reason",)),
        (CorrectionItem, CorrectionItem.entry_id.in_(reach.entry_ids), ("reason",)),
        (Review, Review.score_id.in_(of_scores), ("words",)),
        (ScoreNote, ScoreNote.score_id.in_(of_scores), ("body",)),
        (Reply, Reply.letter_id.in_(letters), ("evidence_title", "evidence_url")),
    ):
        yield select(table).where(here), columns


def _events(reach: Reach) -> Select[AuditEvent]:
    named = (
        or_(AuditEvent.subject == subject, AuditEvent.subject.startswith(subject, autoescape=True))
        for subject in reach.subjects
    )
    written = or_(AuditEvent.before != "", AuditEvent.after != "")
    return select(AuditEvent).where(or_(*named), written).order_by(AuditEvent.id)


def _facts(written: str) -> object:
    return json.loads(written) if written else None


def list_evidence_drafts(
    session: Session, reach: Reach, words: GoneWords, files: Container[str | None]
) -> tuple[EvidenceDraft, ...]:
    """The evidence laid beside cells and not part of a score that holds the words, or one of the files."""
    query = select(EvidenceDraft).where(EvidenceDraft.entry_id.in_(reach.entry_ids)).order_by(EvidenceDraft.id)
    return tuple(
        row
        for row in session.scalars(query)
        if words.stand_in(row.title) or words.stand_in(row.url) or row.file_sha256 in files
    )


def list_reply_drafts(session: Session, reach: Reach, files: Container[str | None]) -> tuple[ReplyDraft, ...]:
    """The drafts of replies beside which one of the files lies."""
    query = select(ReplyDraft).where(ReplyDraft.entry_id.in_(reach.entry_ids)).order_by(ReplyDraft.id)
    return tuple(row for row in session.scalars(query) if row.file_sha256 in files)


def list_parked_forms(session: Session, slug: str) -> tuple[ParkedForm, ...]:
    """What people of an edition had typed when their session expired."""
    return tuple(session.scalars(select(ParkedForm).where(ParkedForm.path.contains(f"/{slug}/", autoescape=True))))


def list_unpublished_texts(session: Session, reach: Reach, words: GoneWords, bodies: Sequence[str]) -> tuple[str, ...]:
    """The checksums of texts that hold the words and were never published: earlier revisions, superseded replies.

    Those of the record's own kind and place, and those to which nothing refers any more.
    """
    is_sealed = exists().where(SealedText.sha256 == Text.sha256)
    standing = select(Text).where(Text.body.is_not(None), ~is_sealed).order_by(Text.sha256)
    referred = or_(*(exists().where(column == Text.sha256) for _, column in _REFERRING))
    found = list(session.scalars(standing.where(Text.body.in_(bodies), ~referred)))
    if near := list(_near(reach)):
        found += (row for row in session.scalars(standing.where(Text.sha256.in_(union(*near)))))
    return tuple(row.sha256 for row in found if words.stand_in(row.body or ""))


_REFERRING: tuple[tuple[type[Base], InstrumentedAttribute[str] | InstrumentedAttribute[str | None]], ...] = (
    (Score, Score.reason_sha256),
    (Evidence, Evidence.title_sha256),
    (Evidence, Evidence.url_sha256),
    (EvidenceCopy, EvidenceCopy.words_sha256),
    (Reply, Reply.reason_sha256),
    (ReplyFile, ReplyFile.words_sha256),
    (Decision, Decision.reason_sha256),
    (Distinction, Distinction.text_sha256),
    (Distinction, Distinction.signatory_sha256),
    (Letter, Letter.words_sha256),
    (Letter, Letter.signatory_sha256),
    (Letter, Letter.position_sha256),
    (Acknowledgement, Acknowledgement.words_sha256),
    (Acknowledgement, Acknowledgement.signatory_sha256),
    (Acknowledgement, Acknowledgement.position_sha256),
)
"""All that refers to a text, by table."""
_OF_REPLIES: set[type[Base]] = {Reply, ReplyFile, Decision}
_OF_KIND: Mapping[str, set[type[Base]]] = {
    **{kind: {Score, Evidence, EvidenceCopy, *_OF_REPLIES} for kind in OF_A_CELL},
    "letter": {Letter},
    "distinction": {Distinction},
    "acknowledgement": {Acknowledgement},
}


def _near(reach: Reach) -> Iterator[Select[str | None]]:
    """What the tables of a record's own kind refer to, in its own place."""
    for table, column in _REFERRING:
        if table in _OF_KIND.get(reach.kind, ()):
            yield _joined(select(column), table).where(*_place(reach, table))


def _joined(query: Select[str | None], table: type[Base]) -> Select[str | None]:
    if table is EvidenceCopy:
        query = query.join(Evidence, Evidence.id == EvidenceCopy.evidence_id)
    if table in {Evidence, EvidenceCopy}:
        return query.join(Score, Score.id == Evidence.score_id)
    if table in {Decision, ReplyFile}:
        query = query.join(Reply, Reply.id == (Decision if table is Decision else ReplyFile).reply_id)
    return query.join(Letter, Letter.id == Reply.letter_id) if table in _OF_REPLIES else query


def _place(reach: Reach, table: type[Base]) -> tuple[ColumnElement[bool], ...]:
    if table is Acknowledgement:
        place = Acknowledgement.municipality_id == reach.municipality_id
        return place, Acknowledgement.edition_id == reach.edition_id
    if table in {Letter, Distinction}:
        return ((Letter if table is Letter else Distinction).entry_id.in_(reach.entry_ids),)
    if table in _OF_REPLIES:
        return Letter.entry_id.in_(reach.entry_ids), Reply.demand_id == reach.demand_id
    return Score.entry_id.in_(reach.entry_ids), Score.demand_id == reach.demand_id


def get_words(session: Session, rows: Sequence[Withdrawal]) -> GoneWords:
    """The words that still stand under the checksums of some withdrawals."""
    fields = {row.sha256: row.field for row in rows}
    found = (
        (sha256, body)
        for table in (Text, SealedText)
        for sha256, body in session.execute(select(table.sha256, table.body).where(table.sha256.in_(fields)))
    )
    return GoneWords.of((fields[sha256], body) for sha256, body in found if body)


def list_erased(session: Session, table: type[Base], row_ids: Sequence[int]) -> frozenset[int]:
    """Those of the rows of a table whose words went with a withdrawal."""
    query = select(Erasure.row_id).where(Erasure.table_name == table.__tablename__, Erasure.row_id.in_(row_ids))
    return frozenset(session.scalars(query))
