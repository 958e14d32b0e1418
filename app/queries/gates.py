"""The gate of a round, or of a correction of it: what would be published, what stands against it, who signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from app.domain.amendments import preview_text
from app.domain.cells import CellState
from app.domain.editions import Edition
from app.domain.errors import NotSealable
from app.domain.gates import Cell, Concern, ConcernKind, GateKey, RoundToSeal, Workings, concerns
from app.domain.permissions import Permission, Role
from app.domain.publications import CORRECTION_TEXT_KEY
from app.domain.scores import Score
from app.domain.signatures import Power, Signed, may_be_published, signers, stands_on_one
from app.domain.stages import Stage
from app.models import sealed
from app.models.accounts import Account
from app.models.assignments import Bar
from app.models.cells import CellDraft
from app.models.editions import Demand, Round, RoundEntry
from app.models.evidence import EvidenceCopy, EvidenceDraft
from app.models.places import Municipality
from app.models.scores import Evidence
from app.models.scores import Score as ScoreRow
from app.models.signatures import Signature, SignatureChange
from app.queries import drafts
from app.queries.accounts import find_actor
from app.queries.amendments import Case, find_case
from app.queries.cells import get_cells
from app.queries.publications import list_publications
from app.queries.rows import value_of
from app.queries.schedules import Schedule, find_schedule
from app.queries.sealings import get_round_to_seal
from app.queries.signers import map_powers


@dataclass(frozen=True)
class SignatureShown:
    """One signature, who gave it and when, and how it stands now; ``power`` is hers to sign, while she has it."""

    id: int
    name: str
    signed_at_utc: datetime
    signed: Signed
    power: Power | None = None


@dataclass(frozen=True)
class Gate:
    """All that the page of the gate shows. ``to_seal`` is None where ``refusal`` says why there is nothing to show."""

    edition: Edition
    round_id: int
    number: int
    stage: Stage
    case: Case | None
    to_seal: RoundToSeal | None
    refusal: str = ""
    concerns: tuple[Concern, ...] = ()
    signatures: tuple[SignatureShown, ...] = ()
    schedule: Schedule | None = None
    compared_by: tuple[int, ...] = ()

    @property
    def digest(self) -> str:
        """The name of the difference shown; empty where there is none."""
        return self.to_seal.digest if self.to_seal else ""

    @property
    def signed(self) -> tuple[Signed, ...]:
        """The signatures as the rule reads them."""
        return tuple(row.signed for row in self.signatures)

    @property
    def is_signed_by_two(self) -> bool:
        """Whether two different people stand behind what is shown."""
        return bool(self.to_seal) and may_be_published(self.signed, self.digest)

    @property
    def is_blocked(self) -> bool:
        """Whether something must be mended first."""
        return self.to_seal is None or any(concern.blocks for concern in self.concerns)

    @property
    def is_in_turn(self) -> bool:
        """Whether the round stands where it may be published, or the correction is still open."""
        return self.case.state == "open" if self.case else self.stage is Stage.DECISION

    def signed_by(self, account_id: int) -> bool:
        """Whether that person's yes to what is shown counts."""
        return account_id in signers(self.signed, self.digest)


def find_gate(session: Session, key: GateKey, now_utc: datetime) -> Gate | None:
    """The gate of a round or of one correction of it; None where there is no such round or case."""
    slug, number, case = key.edition, key.number, key.case
    edition = drafts.find_edition(session, slug)
    row = drafts.find_round(session, edition.id, number) if edition else None
    if edition is None or row is None:
        return None
    amendment = find_case(session, slug, number, case) if case is not None else None
    if case is not None and amendment is None:
        return None
    to_seal, refusal = _to_seal(session, slug, number, now_utc, amendment)
    powers = map_powers(session, slug)
    signatures = _signatures(session, slug, row.id, case, powers)
    found: tuple[Concern, ...] = ()
    if to_seal is not None:
        of_cells = concerns(to_seal, _workings(session, slug, row, to_seal, amendment))
        found = (*_of_the_signers(signatures, to_seal.digest, powers), *of_cells)
    return Gate(
        edition=value_of(Edition, edition),
        round_id=row.id,
        number=number,
        stage=Stage(row.stage),
        case=amendment,
        to_seal=to_seal,
        refusal=refusal,
        concerns=found,
        signatures=signatures,
        schedule=find_schedule(session, row.id, case),
        compared_by=_compared_by(session, slug, number) if case else (),
    )


def _compared_by(session: Session, slug: str, number: int) -> tuple[int, ...]:
    """The later rounds whose publication in force tells its changes against a publication of this round."""
    chain = list_publications(session, slug)
    own = {row.sha256 for row in chain if row.round_number == number}
    in_force = {row.round_number: row for row in chain if row.round_number > number}
    return tuple(sorted(later for later, row in in_force.items() if row.compared_with_sha256 in own))


def _to_seal(
    session: Session, slug: str, number: int, now_utc: datetime, case: Case | None
) -> tuple[RoundToSeal | None, str]:
    if case is not None and case.state != "open":
        return None, f"case-{case.state}"
    if case is not None and not case.reason:
        return None, "case-reason-gone"
    reason = preview_text(CORRECTION_TEXT_KEY, "reason", case.reason) if case else None
    try:
        proposals = case.proposals if case else ()
        number_of_case = case.id if case else None
        found = get_round_to_seal(
            session, slug, number, now_utc, reason=reason, case=number_of_case, proposals=proposals
        )
    except NotSealable as broken:
        return None, broken.code
    return found, ""


def _workings(session: Session, slug: str, row: Round, to_seal: RoundToSeal, case: Case | None) -> Workings:
    cells = get_cells(session, row.id)
    names = _cell_names(session, row)
    named = {names[key]: cell for key, cell in cells.items()}
    unapproved = (cell for cell, found in named.items() if found.state is not CellState.APPROVED)
    revisions = {cell: found.revision for cell, found in named.items()}
    proposals = case.proposals if case else ()
    moved_on = ((p.cvegeo, p.demand) for p in proposals if revisions.get((p.cvegeo, p.demand)) != p.base_revision)
    return Workings(
        unapproved=frozenset() if case else frozenset(unapproved),
        uncopied=_uncopied(session, {found.score_id: cell for cell, found in named.items()}),
        moved_on=frozenset(moved_on),
        by_barred=_by_barred(session, row.edition_id, {found.score_id: cell for cell, found in named.items()}),
        history=_history(session, slug, row.number, to_seal),
    )


def _cell_names(session: Session, row: Round) -> dict[tuple[int, int], Cell]:
    """The cells of a round by the ids of entry and demand."""
    entries = session.execute(
        select(RoundEntry.id, Municipality.cvegeo)
        .join(Municipality, Municipality.id == RoundEntry.municipality_id)
        .where(RoundEntry.round_id == row.id)
    ).all()
    demands = session.execute(select(Demand.id, Demand.number).where(Demand.edition_id == row.edition_id)).all()
    return {(entry, demand): (cvegeo, number) for entry, cvegeo in entries for demand, number in demands}


def _uncopied(session: Session, cells: Mapping[int, Cell]) -> frozenset[Cell]:
    """The cells with evidence of which no copy was saved."""
    query = (
        select(Evidence.score_id)
        .outerjoin(EvidenceCopy, EvidenceCopy.evidence_id == Evidence.id)
        .where(Evidence.score_id.in_(cells), EvidenceCopy.evidence_id.is_(None))
    )
    return frozenset(cells[score_id] for score_id in session.scalars(query))


def _by_barred(session: Session, edition_id: int, cells: Mapping[int, Cell]) -> frozenset[Cell]:
    """The cells whose rating in force is of somebody who was barred from the municipality since."""
    query = (
        select(ScoreRow.id)
        .join(RoundEntry, RoundEntry.id == ScoreRow.entry_id)
        .join(Bar, (Bar.account_id == ScoreRow.account_id) & (Bar.municipality_id == RoundEntry.municipality_id))
        .where(ScoreRow.id.in_(cells), Bar.edition_id == edition_id)
    )
    return frozenset(cells[score_id] for score_id in session.scalars(query))


def _history(session: Session, slug: str, number: int, to_seal: RoundToSeal) -> dict[Cell, tuple[Score, ...]]:
    """The scores of the same mayors in the publications in force of earlier rounds, oldest first."""
    in_force = {row.round_number: row.id for row in list_publications(session, slug) if 0 < row.round_number < number}
    mandates = {entry.cvegeo: entry.mandate_starts_on for entry in to_seal.content.entries}
    found: dict[Cell, tuple[Score, ...]] = {}
    query = (
        select(sealed.SealedScore, sealed.SealedEntry.mandate_starts_on)
        .join(
            sealed.SealedEntry,
            (sealed.SealedEntry.publication_id == sealed.SealedScore.publication_id)
            & (sealed.SealedEntry.cvegeo == sealed.SealedScore.cvegeo),
        )
        .where(sealed.SealedScore.publication_id.in_(in_force.values()), sealed.SealedScore.value_tenths.is_not(None))
    )
    rounds = {publication_id: of_round for of_round, publication_id in in_force.items()}
    rows = sorted(session.execute(query).all(), key=lambda row: rounds[row[0].publication_id])
    for row, starts_on in rows:
        if mandates.get(row.cvegeo) == starts_on and row.value_tenths is not None:
            cell = (row.cvegeo, row.demand)
            found[cell] = (*found.get(cell, ()), Score(row.value_tenths))
    return found


def _of_the_signers(
    signatures: tuple[SignatureShown, ...], digest: str, powers: Mapping[int, Power]
) -> tuple[Concern, ...]:
    counted = {row.signed.account_id: row.signed_at_utc for row in signatures if row.signed.counts_for(digest)}
    return (Concern(ConcernKind.SIGNER_BY_SIGNER),) if stands_on_one(counted, powers) else ()


def _signatures(
    session: Session, slug: str, round_id: int, case: int | None, powers: Mapping[int, Power]
) -> tuple[SignatureShown, ...]:
    query = (
        select(Signature, Account.name)
        .join(Account, Account.id == Signature.account_id)
        .where(Signature.round_id == round_id, Signature.correction_id.is_not_distinct_from(case))
        .order_by(Signature.id)
    )
    rows = session.execute(query).all()
    changes = select(SignatureChange).where(SignatureChange.signature_id.in_([row.id for row, _ in rows]))
    stands = {row.signature_id: row.stands for row in session.scalars(changes.order_by(SignatureChange.id))}
    raters = list_raters(session, round_id) if case is None else frozenset()
    return tuple(
        SignatureShown(
            row.id,
            name,
            row.signed_at_utc,
            _signed(session, slug, row, raters, is_withdrawn=not stands.get(row.id, True)),
            powers.get(row.account_id),
        )
        for row, name in rows
    )


def list_raters(session: Session, round_id: int) -> frozenset[int]:
    """Everybody who wrote any revision of a score of a round, or has one half written: whoever rated does not sign."""
    entries = select(RoundEntry.id).where(RoundEntry.round_id == round_id)
    wrote = (
        select(table.account_id).where(table.entry_id.in_(entries)) for table in (ScoreRow, CellDraft, EvidenceDraft)
    )
    return frozenset(session.scalars(union(*wrote)))


def _signed(session: Session, slug: str, row: Signature, raters: frozenset[int], *, is_withdrawn: bool) -> Signed:
    actor = find_actor(session, row.account_id)
    return Signed(
        row.account_id,
        row.digest,
        may_sign=actor is not None and actor.may(Permission.SIGN, slug),
        is_party=row.account_id in raters or (actor is not None and Role.OFFICE in actor.roles(slug)),
        is_withdrawn=is_withdrawn,
    )


def find_signature_row(session: Session, round_id: int, digest: str, account_id: int) -> Signature | None:
    """The signature that a person gave to that digest, taken back or not."""
    query = select(Signature).where(
        Signature.round_id == round_id, Signature.digest == digest, Signature.account_id == account_id
    )
    return session.scalar(query)
