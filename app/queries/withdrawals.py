"""The published texts of a round, or of an edition's rules, and the withdrawals of them in the making. Staff only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.domain.editions import Edition
from app.domain.erasures import GoneWords
from app.domain.publications import evidence_text_key, score_text_key
from app.domain.signatures import Power
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
from app.queries.erasures import find_reach, list_unpublished_texts
from app.queries.rows import value_of
from app.queries.signers import map_powers

_OF_A_CELL = {"score", "evidence"}
BESIDE = "beside-"
"""The field of a text that never was public and goes with one that was: the same words, kept a second time."""


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
        """What held the texts, as the key begins: ``score``, ``evidence``, ``acknowledgement`` and so on."""
        return self.key.partition("/")[0]

    @property
    def is_withdrawn(self) -> bool:
        """Whether its words are gone."""
        return all(body is None for _, body in self.texts)


@dataclass(frozen=True)
class WithdrawalShown:
    """A withdrawal asked for: of what, why, by whom, and what became of it; ``power`` is hers to sign, if any."""

    id: int
    key: str
    cause: str
    state: str
    asked_by: str
    account_id: int
    opened_at_utc: datetime
    power: Power | None = None


@dataclass(frozen=True)
class TextsPage:
    """The published texts of a round (0: of the edition's rules) and the withdrawals asked for, newest first."""

    edition: Edition
    number: int
    records: tuple[SealedRecord, ...]
    cases: tuple[WithdrawalShown, ...]

    def find(self, key: str) -> SealedRecord | None:
        """The texts under a key."""
        return next((record for record in self.records if record.key == key), None)

    @property
    def places(self) -> tuple[tuple[str, str, int], ...]:
        """INEGI code, name and number of texts of each municipality, by name; what is of none has no code."""
        of_place = groupby(self.records, key=lambda record: (record.cvegeo, record.municipality))
        return tuple((*place, len(tuple(records))) for place, records in of_place)

    def of_place(self, cvegeo: str) -> tuple[SealedRecord, ...]:
        """The texts of one municipality; of an empty code, those of the whole round."""
        return tuple(record for record in self.records if record.cvegeo == cvegeo)


def find_texts(session: Session, slug: str, number: int) -> TextsPage | None:
    """The published texts of a round by municipality, or None where nothing of it was published."""
    edition = drafts.find_edition(session, slug)
    ids = list_publication_ids(session, slug, number)
    if edition is None or not ids:
        return None
    cases, powers = _cases(session, edition.id, number), map_powers(session, slug)
    shown = tuple(replace(case, power=powers.get(case.account_id)) for case in cases)
    return TextsPage(value_of(Edition, edition), number, _records(session, ids), shown)


def list_publication_ids(session: Session, slug: str, number: int) -> tuple[int, ...]:
    """The publications of a round, oldest first."""
    query = select(Publication.id).where(Publication.edition_slug == slug, Publication.round_number == number)
    return tuple(session.scalars(query.order_by(Publication.number)))


def _records(session: Session, publication_ids: Sequence[int]) -> tuple[SealedRecord, ...]:
    names: dict[str, tuple[str, str]] = {}
    for table in (sealed.SealedMunicipality, sealed.SealedEntry):
        columns = select(table.cvegeo, table.sort_key, table.name).where(table.publication_id.in_(publication_ids))
        names |= {cvegeo: (sort_key, name) for cvegeo, sort_key, name in session.execute(columns)}
    query = (
        select(sealed.SealedText)
        .where(sealed.SealedText.publication_id.in_(publication_ids))
        .order_by(sealed.SealedText.key, sealed.SealedText.field, sealed.SealedText.publication_id)
    )
    found: dict[str, dict[tuple[str, str | None], None]] = {}
    for row in session.scalars(query):
        found.setdefault(row.key, {})[row.field, row.body] = None
    records = (_record(key, tuple(texts), names) for key, texts in found.items())
    return tuple(sorted(records, key=lambda row: (names.get(row.cvegeo, ("", ""))[0], row.demand or 0, row.key)))


def _record(key: str, texts: tuple[tuple[str, str | None], ...], names: Mapping[str, tuple[str, str]]) -> SealedRecord:
    kind, *parts = key.split("/")
    cvegeo = parts[0] if parts else ""
    demand = int(parts[1]) if kind in {"score", "evidence", "reply"} else None
    return SealedRecord(key, cvegeo, names.get(cvegeo, ("", ""))[1], demand, texts)


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


@dataclass(frozen=True)
class Gone:
    """One text that a withdrawal takes away: its checksum, and its key and field as a manifest names them."""

    sha256: str
    key: str
    field: str


@dataclass(frozen=True)
class WhatGoes:
    """All that goes with one sealed record: its texts that are not gone yet, and their words wherever they stand."""

    texts: tuple[Gone, ...]
    words: GoneWords


def find_what_goes(session: Session, slug: str, number: int, key: str) -> WhatGoes:
    """The texts sealed under a key, and the same words in earlier revisions and in texts that never were public."""
    ids = list_publication_ids(session, slug, number)
    query = select(sealed.SealedText).where(sealed.SealedText.publication_id.in_(ids), sealed.SealedText.key == key)
    rows = session.scalars(query).all()
    found = {row.sha256: Gone(row.sha256, row.key, row.field) for row in rows}
    bodies = sorted({row.body for row in rows if row.body})
    words = GoneWords.of((row.field, row.body) for row in rows if row.body)
    kind, *parts = key.split("/")
    if kind in _OF_A_CELL and bodies:
        cell = (parts[0], int(parts[1]))
        score_ids = list_score_ids(session, slug, number, *cell)
        found |= {gone.sha256: gone for gone in _same_reasons(session, score_ids, cell, set(bodies))}
        found |= {gone.sha256: gone for gone in _same_evidence(session, score_ids, cell, set(bodies))}
    reach = find_reach(session, slug, number, key)
    beside = list_unpublished_texts(session, reach, words, bodies) if reach and bodies else ()
    first = _count_beside(session, slug, number, key) + 1
    new = (sha256 for sha256 in beside if sha256 not in found)
    found |= {sha256: Gone(sha256, key, f"{BESIDE}{place}") for place, sha256 in enumerate(new, first)}
    gone = set(session.scalars(select(Withdrawal.sha256).where(Withdrawal.sha256.in_(found))))
    return WhatGoes(tuple(row for sha256, row in found.items() if sha256 not in gone), words)


def _count_beside(session: Session, slug: str, number: int, key: str) -> int:
    here = (Withdrawal.edition_slug == slug, Withdrawal.round_number == number, Withdrawal.key == key)
    return session.scalar(select(func.count(Withdrawal.id)).where(*here, Withdrawal.field.startswith(BESIDE))) or 0


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


def _same_reasons(session: Session, score_ids: Sequence[int], cell: tuple[str, int], words: set[str]) -> Iterator[Gone]:
    """The reasons of some revisions that say one of these things."""
    query = select(Score.revision, Text).join(Text, Text.sha256 == Score.reason_sha256)
    for revision, text in session.execute(query.where(Score.id.in_(score_ids))):
        if text.body in words:
            yield Gone(text.sha256, score_text_key(*cell, revision), "reason")


def _same_evidence(
    session: Session, score_ids: Sequence[int], cell: tuple[str, int], words: set[str]
) -> Iterator[Gone]:
    """The evidence of some revisions that says one of these things, whole."""
    query = (
        select(Score.revision, Evidence, EvidenceCopy)
        .join(Evidence, Evidence.score_id == Score.id)
        .outerjoin(EvidenceCopy, EvidenceCopy.evidence_id == Evidence.id)
        .where(Score.id.in_(score_ids))
        .options(joinedload(Evidence.title), joinedload(Evidence.url), joinedload(EvidenceCopy.words))
        .order_by(Evidence.id)
    )
    for revision, row, saved in session.execute(query):
        copy: EvidenceCopy | None = saved
        texts = {"title": row.title, "url": row.url} | ({"file": copy.words} if copy else {})
        if words & {text.body for text in texts.values()}:
            key = evidence_text_key(*cell, revision, row.position)
            yield from (Gone(text.sha256, key, field) for field, text in texts.items())
