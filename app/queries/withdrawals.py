"""The published texts of a round, and the withdrawals of them in the making. Staff only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.editions import Edition
from app.models import sealed
from app.models.accounts import Account
from app.models.editions import Demand, Round, RoundEntry
from app.models.editions import Edition as EditionRow
from app.models.evidence import EvidenceCopy
from app.models.places import Municipality
from app.models.publications import Publication, Withdrawal
from app.models.scores import Evidence, Score, Text
from app.models.withdrawals import WithdrawalCase
from app.queries import drafts
from app.queries.rows import value_of

_OF_A_CELL = {"score", "evidence"}


@dataclass(frozen=True)
class SealedRecord:
    """The published texts under one key (``score/19006/3/1``), which are withdrawn together."""

    key: str
    cvegeo: str
    municipality: str
    demand: int | None
    texts: tuple[tuple[str, str | None], ...]

    @property
    def kind(self) -> str:
        """What held the texts: ``score``, ``evidence``, ``distinction``, ``reply``, ``letter`` or ``correction``."""
        return self.key.partition("/")[0]

    @property
    def is_withdrawn(self) -> bool:
        """Whether its words are gone."""
        return all(body is None for _, body in self.texts)


@dataclass(frozen=True)
class WithdrawalShown:
    """A withdrawal asked for: of what, why, by whom, and what became of it."""

    id: int
    key: str
    cause: str
    state: str
    asked_by: str
    account_id: int
    opened_at_utc: datetime


@dataclass(frozen=True)
class TextsPage:
    """The published texts of a round and the withdrawals asked for in it, newest first."""

    edition: Edition
    number: int
    records: tuple[SealedRecord, ...]
    cases: tuple[WithdrawalShown, ...]

    def find(self, key: str) -> SealedRecord | None:
        """The texts under a key."""
        return next((record for record in self.records if record.key == key), None)


def find_texts(session: Session, slug: str, number: int) -> TextsPage | None:
    """The published texts of a round by municipality, or None where nothing of it was published."""
    edition = drafts.find_edition(session, slug)
    ids = list_publication_ids(session, slug, number)
    if edition is None or not ids:
        return None
    return TextsPage(value_of(Edition, edition), number, _records(session, ids), _cases(session, edition.id, number))


def list_publication_ids(session: Session, slug: str, number: int) -> tuple[int, ...]:
    """The publications of a round, oldest first."""
    query = select(Publication.id).where(Publication.edition_slug == slug, Publication.round_number == number)
    return tuple(session.scalars(query.order_by(Publication.number)))


def _records(session: Session, publication_ids: Sequence[int]) -> tuple[SealedRecord, ...]:
    entry = sealed.SealedEntry
    names = {
        row.cvegeo: (row.sort_key, row.name)
        for row in session.scalars(select(entry).where(entry.publication_id.in_(publication_ids)))
    }
    query = (
        select(sealed.SealedText)
        .where(sealed.SealedText.publication_id.in_(publication_ids))
        .order_by(sealed.SealedText.key, sealed.SealedText.field, sealed.SealedText.publication_id)
    )
    found: dict[str, dict[str, str | None]] = {}
    for row in session.scalars(query):
        found.setdefault(row.key, {})[row.field] = row.body
    records = (_record(key, texts, names) for key, texts in found.items())
    return tuple(sorted(records, key=lambda row: (names.get(row.cvegeo, ("", ""))[0], row.demand or 0, row.key)))


def _record(key: str, texts: dict[str, str | None], names: dict[str, tuple[str, str]]) -> SealedRecord:
    kind, *parts = key.split("/")
    cvegeo = parts[0] if parts else ""
    demand = int(parts[1]) if kind in {"score", "evidence", "reply"} else None
    return SealedRecord(key, cvegeo, names.get(cvegeo, ("", ""))[1], demand, tuple(texts.items()))


def _cases(session: Session, edition_id: int, number: int) -> tuple[WithdrawalShown, ...]:
    query = (
        select(WithdrawalCase, Account.name)
        .join(Account, Account.id == WithdrawalCase.account_id)
        .where(WithdrawalCase.edition_id == edition_id, WithdrawalCase.round_number == number)
        .order_by(WithdrawalCase.id.desc())
    )
    return tuple(
        WithdrawalShown(row.id, row.key, row.cause_es, row.state, name, row.account_id, row.opened_at_utc)
        for row, name in session.execute(query)
    )


def find_withdrawal_row(session: Session, slug: str, number: int, case: int) -> WithdrawalCase | None:
    """A withdrawal asked for in a round, held until this transaction ends; None where there is none."""
    edition = drafts.find_edition(session, slug)
    if edition is None:
        return None
    query = (
        select(WithdrawalCase)
        .where(
            WithdrawalCase.id == case, WithdrawalCase.edition_id == edition.id, WithdrawalCase.round_number == number
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return session.scalar(query)


def map_checksums(session: Session, slug: str, number: int, key: str) -> dict[str, str]:
    """The checksums of the texts to go that are not gone yet, each with its field.

    Those sealed under the key and, for a score or evidence, the same words in every other revision of the cell.
    """
    ids = list_publication_ids(session, slug, number)
    query = select(sealed.SealedText).where(sealed.SealedText.publication_id.in_(ids), sealed.SealedText.key == key)
    rows = session.scalars(query).all()
    found = {row.sha256: row.field for row in rows}
    bodies = {row.body: row.field for row in rows if row.body}
    kind, *parts = key.split("/")
    if kind in _OF_A_CELL and bodies:
        score_ids = list_score_ids(session, slug, number, parts[0], int(parts[1]))
        for text in _texts_behind(session, score_ids):
            if text.body in bodies:
                found[text.sha256] = bodies[text.body]
    gone = set(session.scalars(select(Withdrawal.sha256).where(Withdrawal.sha256.in_(found))))
    return {sha256: field for sha256, field in found.items() if sha256 not in gone}


def list_score_ids(session: Session, slug: str, number: int, cvegeo: str, demand: int) -> tuple[int, ...]:
    """Every revision of a cell."""
    query = (
        select(Score.id)
        .join(RoundEntry, RoundEntry.id == Score.entry_id)
        .join(Round, Round.id == RoundEntry.round_id)
        .join(EditionRow, EditionRow.id == Round.edition_id)
        .join(Municipality, Municipality.id == RoundEntry.municipality_id)
        .join(Demand, Demand.id == Score.demand_id)
        .where(EditionRow.slug == slug, Round.number == number, Municipality.cvegeo == cvegeo, Demand.number == demand)
        .order_by(Score.id)
    )
    return tuple(session.scalars(query))


def _texts_behind(session: Session, score_ids: Sequence[int]) -> tuple[Text, ...]:
    """The reasons of some revisions, and all that their evidence says."""
    reasons = select(Text).join(Score, Score.reason_sha256 == Text.sha256).where(Score.id.in_(score_ids))
    evidence = select(Text).join(
        Evidence, (Evidence.title_sha256 == Text.sha256) | (Evidence.url_sha256 == Text.sha256)
    )
    found = (*session.scalars(reasons), *session.scalars(evidence.where(Evidence.score_id.in_(score_ids))))
    return tuple(dict.fromkeys(found))


def list_copies(session: Session, checksums: Sequence[str]) -> tuple[EvidenceCopy, ...]:
    """The saved copies of the evidence of which these are texts."""
    query = (
        select(EvidenceCopy)
        .join(Evidence, Evidence.id == EvidenceCopy.evidence_id)
        .where(Evidence.title_sha256.in_(checksums) | Evidence.url_sha256.in_(checksums))
        .order_by(EvidenceCopy.evidence_id)
    )
    return tuple(session.scalars(query))


def list_files_still_used(session: Session, files: Sequence[str], gone: Sequence[int]) -> frozenset[str]:
    """Those of the files that evidence other than ``gone`` still keeps."""
    query = select(EvidenceCopy.file_sha256).where(
        EvidenceCopy.file_sha256.in_(files), EvidenceCopy.evidence_id.not_in(gone)
    )
    return frozenset(session.scalars(query))
