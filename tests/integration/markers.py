"""Words that exist nowhere else, planted wherever people of a round write, so that a leak of any of them is seen."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.evidence import KeptFile
from app.domain.scores import Score
from app.models.accounts import Account
from app.models.acknowledgements import Acknowledgement
from app.models.assignments import Assignment, Bar
from app.models.cells import CellDraft, Review, Submission
from app.models.clarifications import ClarificationCase
from app.models.editions import Round, RoundEntry
from app.models.evidence import EvidenceFile
from app.models.publications import Withdrawal
from app.models.replies import Decision, Letter, Notice, Reply, ReplyDraft, ReplyFile
from app.models.signatures import CorrectionCase, CorrectionItem, Signature, SignatureChange
from app.models.withdrawals import Erasure
from app.queries.cells import find_cell
from app.queries.reviews import find_round, list_demands
from app.services.evidence import bare_file, keep_file
from app.services.scores import NewEvidence, NewScore, record_score
from app.services.texts import keep_any_text, keep_text, new_salt
from tests import staff
from tests.integration.sealing import SLUG

AT = staff.AT


@dataclass
class Markers:
    """The planted words: those that stay inside for ever, and those that a publication of the round makes public."""

    inside: set[str] = field(default_factory=set)
    public: set[str] = field(default_factory=set)
    count: int = 0

    def secret(self) -> str:
        """A word that never may come out."""
        return self._new(self.inside)

    def due(self) -> str:
        """A word that comes out with the publication, and not before."""
        return self._new(self.public)

    def _new(self, kind: set[str]) -> str:
        self.count += 1
        word = f"zq{self.count:04d}marca"
        kind.add(word)
        return word


def plant(session: Session, people: dict[str, int], folder: Path) -> Markers:
    """Fill round 3 of the valley with the words of everybody's work; files are kept below that folder."""
    markers = Markers()
    found = find_round(session, SLUG, 3)
    assert found is not None
    edition, row = found
    for account_id in people.values():
        word = markers.secret()
        renamed = update(Account).where(Account.id == account_id).values(name=word, email=f"{word}@ejemplo.mx")
        session.execute(renamed)
    for assignment in session.scalars(select(Assignment)):
        assignment.conflict_es = markers.secret()
    entries = session.scalars(select(RoundEntry).where(RoundEntry.round_id == row.id)).all()
    demands = [demand.id for demand in list_demands(session, edition.id)]
    for entry in entries:
        session.add(
            Bar(
                account_id=people["rita"],
                edition_id=edition.id,
                municipality_id=entry.municipality_id,
                reason=markers.secret(),
                recorded_at_utc=AT,
                recorded_by_id=people["olga"],
            )
        )
        for demand_id in demands:
            _cell(session, people, markers, entry.id, demand_id)
        _letter(session, people, markers, entry.id, demands)
        _files(session, people, markers, entry.id, folder)
    _around(session, people, markers, row, entries[0].id, demands[0])
    session.flush()
    return markers


def _cell(session: Session, people: dict[str, int], markers: Markers, entry_id: int, demand_id: int) -> None:
    """A superseded revision and the one in force, with evidence, file, note, draft and thread."""
    actor = staff.actor_of(session, people["eva"])
    for reason, link in ((markers.secret(), markers.secret), (markers.due(), markers.due)):
        before = find_cell(session, entry_id, demand_id)
        sha256 = f"{markers.count:064x}"
        file = EvidenceFile(
            sha256=sha256, media_type="application/pdf", bytes=1, stored_at_utc=AT, account_id=people["eva"]
        )
        session.add(file)
        session.flush()
        evidence = NewEvidence(
            title=link(),
            url=f"https://ejemplo.invalid/{link()}",
            dated_on=date(2021, 4, 1),
            file_sha256=sha256,
            file_words=f"{sha256} application/pdf evidencia.pdf",
        )
        new = NewScore(
            entry_id,
            demand_id,
            before.revision if before else 0,
            Score(70),
            reason,
            note=markers.secret(),
            evidence=[evidence],
        )
        record_score(session, actor, new=new, now_utc=AT)
        cell = find_cell(session, entry_id, demand_id)
        assert cell is not None
        session.add(Submission(score_id=cell.score_id, account_id=people["eva"], submitted_at_utc=AT))
        for kind in ("return", "comment", "approve"):
            words = markers.secret()
            row = Review(score_id=cell.score_id, kind=kind, words=words, account_id=people["rita"], reviewed_at_utc=AT)
            session.add(row)
            session.flush()
    session.add(
        CellDraft(
            entry_id=entry_id,
            demand_id=demand_id,
            account_id=people["ema"],
            base_revision=1,
            score_text=markers.secret(),
            reason=markers.secret(),
            note=markers.secret(),
            saved_at_utc=AT,
        )
    )
    draft = ReplyDraft(
        entry_id=entry_id,
        demand_id=demand_id,
        version=1,
        requested_text=markers.secret(),
        reason=markers.secret(),
        evidence_title=markers.secret(),
        evidence_url=markers.secret(),
        account_id=people["lalo"],
        saved_at_utc=AT,
    )
    session.add(draft)


def _letter(session: Session, people: dict[str, int], markers: Markers, entry_id: int, demands: list[int]) -> None:
    """A letter that asks for every score to be corrected, and the decisions that keep them."""
    session.add(
        Notice(entry_id=entry_id, notified_at_utc=AT, due_at_utc=AT + timedelta(days=5), account_id=people["olga"])
    )
    salt = new_salt()
    letter = Letter(
        entry_id=entry_id,
        number=1,
        code=f"c{entry_id}",
        words_sha256=keep_text(session, markers.due(), salt),
        signatory_sha256=keep_text(session, markers.due(), salt),
        position_sha256=keep_text(session, markers.due(), salt),
        submitted_at_utc=AT,
        is_late=False,
        account_id=people["lalo"],
    )
    session.add(letter)
    session.flush()
    for demand_id in demands:
        cell = find_cell(session, entry_id, demand_id)
        assert cell is not None
        reply = Reply(
            letter_id=letter.id,
            demand_id=demand_id,
            stance="correction",
            requested_tenths=100,
            reason_sha256=keep_text(session, markers.due(), new_salt()),
            before_revision=cell.revision,
        )
        session.add(reply)
        session.flush()
        session.add(
            Decision(
                reply_id=reply.id,
                revision=1,
                verdict="kept",
                reason_sha256=keep_text(session, markers.due(), new_salt()),
                account_id=people["rita"],
                decided_at_utc=AT,
            )
        )


def _files(session: Session, people: dict[str, int], markers: Markers, entry_id: int, folder: Path) -> None:
    """Of an office two files, each with a name of its own: one sent with a request, one beside what it still writes."""

    def keep(content: str) -> KeptFile:
        actor, name = staff.actor_of(session, people["lalo"]), f"{markers.secret()}.txt"
        file = bare_file(session, actor, file_name=name, content=content.encode())
        return keep_file(session, actor, edition=SLUG, folder=folder, file=file, now_utc=AT)

    sent, waiting = keep(markers.due()), keep(markers.secret())
    reply = session.scalars(
        select(Reply.id).join(Letter, Letter.id == Reply.letter_id).where(Letter.entry_id == entry_id).limit(1)
    ).one()
    words = keep_any_text(session, sent.words, new_salt())
    session.add(ReplyFile(reply_id=reply, file_sha256=sent.sha256, words_sha256=words))
    draft = session.scalars(select(ReplyDraft).where(ReplyDraft.entry_id == entry_id).limit(1)).one()
    draft.file_sha256 = waiting.sha256


def _around(
    session: Session, people: dict[str, int], markers: Markers, row: Round, entry_id: int, demand_id: int
) -> None:
    """What is written round the cells: a correction in the making, a word on the rules."""
    signature = Signature(round_id=row.id, digest="d" * 64, account_id=people["olga"], signed_at_utc=AT)
    session.add(signature)
    session.flush()
    session.add(SignatureChange(signature_id=signature.id, stands=False, changed_at_utc=AT))
    case = CorrectionCase(
        round_id=row.id,
        reason=markers.secret(),
        state="open",
        version=1,
        account_id=people["olga"],
        opened_at_utc=AT,
    )
    session.add(case)
    session.flush()
    session.add(
        CorrectionItem(
            correction_id=case.id,
            entry_id=entry_id,
            demand_id=demand_id,
            base_revision=1,
            value_tenths=0,
            reason=markers.secret(),
            account_id=people["olga"],
            proposed_at_utc=AT,
        )
    )
    first = session.scalars(select(Withdrawal.id).order_by(Withdrawal.id).limit(1)).one()
    session.add(Erasure(withdrawal_id=first, table_name="reviews", row_id=0, erased_at_utc=AT))
    salt = new_salt()
    session.add(
        Acknowledgement(
            edition_id=row.edition_id,
            municipality_id=session.scalars(select(RoundEntry.municipality_id).where(RoundEntry.id == entry_id)).one(),
            kind="object",
            words_sha256=keep_text(session, markers.secret(), salt),
            signatory_sha256=keep_text(session, markers.secret(), salt),
            position_sha256=keep_text(session, markers.secret(), salt),
            account_id=people["lalo"],
            acknowledged_at_utc=AT,
        )
    )
    session.add(
        ClarificationCase(
            edition_id=row.edition_id,
            subject="demand:1/name",
            says_es=markers.secret(),
            reads_es=markers.secret(),
            state="open",
            account_id=people["olga"],
            opened_at_utc=AT,
        )
    )
