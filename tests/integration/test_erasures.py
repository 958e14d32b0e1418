"""After a withdrawal its words stand nowhere: no table, no file, no page. Asked of the whole site, on each database."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.domain.evidence import KeptFile
from app.domain.gates import GateKey
from app.domain.publications import DistinctionKind
from app.domain.scores import Score
from app.models.acknowledgements import Acknowledgement
from app.models.base import Base
from app.models.cells import CellDraft, Review, ScoreNote
from app.models.editions import Edition
from app.models.evidence import EvidenceDraft
from app.models.places import Municipality
from app.models.replies import Decision, Letter, Notice, Reply, ReplyDraft, ReplyFile
from app.models.scores import Score as ScoreRow
from app.models.sessions import ParkedForm
from app.queries.cells import find_cell
from app.services import amendments, gates
from app.services.audit import record_event
from app.services.distinctions import NewDistinction, reword_distinction, write_distinction
from app.services.evidence import bare_file, keep_file
from app.services.scores import NewEvidence
from app.services.texts import keep_any_text, keep_text, new_salt
from tests.gated import NOW, ROUND, SLUG, approve, cell_ids, gate, rate, ready, sign
from tests.integration.rooms import writing
from tests.integration.sealing import seal, verdict
from tests.staff import actor_of, signed_in

CVEGEO, DEMAND, PLACE = "98002", 2, "brisa"
WORDS = {
    kind: f"zqmarca {kind}: lo que dijo de su casa y de su familia"
    for kind in ("score", "evidence", "distinction", "reply", "letter", "acknowledgement")
}
NAMES = {kind: f"zqmarca {kind}, vecina" for kind in ("distinction", "letter", "acknowledgement")}
ALL = " · ".join([*WORDS.values(), *NAMES.values()])
MARK = "zqmarca"
CAUSE = "Identificaba a una persona"
RETIROS = f"/coordinacion/{SLUG}/evaluaciones/{ROUND}/retiros/"


def plant(session: Session, folder: Path) -> dict[str, int]:
    """Lead round 3 to its publication with the words in everything that is published, and in all that led there."""
    ids = ready(session)
    cell = cell_ids(session, ROUND, CVEGEO, DEMAND)
    _say_of_the_rules(session, ids)
    _score(session, ids, cell, folder)
    paper = _reply(session, ids, cell, folder)
    _distinction(session, ids)
    for name in ("olga", "oscar"):
        sign(session, ids[name])
    key, digest = GateKey(SLUG, ROUND), gate(session).digest
    gates.publish(session, actor_of(session, ids["olga"]), key=key, digest=digest, now_utc=NOW)
    _leftovers(session, ids, cell, paper)
    session.commit()
    return ids


def _say_of_the_rules(session: Session, ids: dict[str, int]) -> None:
    """Twice the same, of which the second counts; sealed with the rules."""
    edition = session.scalars(select(Edition.id).where(Edition.slug == SLUG)).one()
    place = session.scalars(select(Municipality.id).where(Municipality.cvegeo == CVEGEO)).one()
    for _ in range(2):
        salt = new_salt()
        session.add(
            Acknowledgement(
                edition_id=edition,
                municipality_id=place,
                kind="object",
                words_sha256=keep_text(session, WORDS["acknowledgement"], salt),
                signatory_sha256=keep_any_text(session, NAMES["acknowledgement"], salt),
                position_sha256=keep_any_text(session, "Alcaldesa", salt),
                account_id=ids["lalo"],
                acknowledged_at_utc=NOW - timedelta(days=1),
            )
        )
    said = {"words": WORDS["acknowledgement"], "signatory": NAMES["acknowledgement"]}
    who, subject = actor_of(session, ids["lalo"]), f"{SLUG}/{PLACE}"
    record_event(session, who, action="rules.acknowledged", subject=subject, at_utc=NOW, after=said)
    seal(session, 0)


def _score(session: Session, ids: dict[str, int], cell: tuple[int, int], folder: Path) -> None:
    """Three revisions of one cell: the words in more words, the words, and the words once more."""
    eva = actor_of(session, ids["eva"])
    content = b"%PDF-1.7 " + WORDS["evidence"].encode()
    file = bare_file(session, eva, file_name="a.pdf", content=content)
    kept = keep_file(session, eva, edition=SLUG, folder=folder, file=file, now_utc=NOW)
    piece = NewEvidence(WORDS["evidence"], "https://ejemplo.invalid/zqmarca", date(2021, 5, 3), kept.sha256, kept.words)
    for tenths, reason in ((60, f"Antes: {WORDS['score']}"), (61, WORDS["score"]), (62, WORDS["score"])):
        rate(session, eva, cell, Score(tenths), reason, (piece,))
        score_id = session.scalars(select(ScoreRow.id).order_by(ScoreRow.id.desc()).limit(1)).one()
        session.add(ScoreNote(score_id=score_id, body=f"Nota: {ALL}"))
        session.add(Review(score_id=score_id, kind="comment", words=ALL, account_id=ids["rita"], reviewed_at_utc=NOW))
        session.flush()
    subject = f"{SLUG}/{ROUND}/{PLACE}/{DEMAND}"
    record_event(session, eva, action="cell.comment", subject=subject, at_utc=NOW, after={"words": ALL})
    approve(session, ids["rita"], cell)
    session.add(
        EvidenceDraft(
            entry_id=cell[0],
            demand_id=cell[1],
            account_id=ids["ema"],
            title=ALL,
            dated_on=date(2021, 5, 3),
            file_sha256=kept.sha256,
            added_at_utc=NOW,
        )
    )


def _reply(session: Session, ids: dict[str, int], cell: tuple[int, int], folder: Path) -> KeptFile:
    """Two letters that ask the same by the same file; the second is in force and decided, twice."""
    lola, content = actor_of(session, ids["lola"]), f"{WORDS['reply']} en un archivo".encode()
    file = bare_file(session, lola, file_name="a.txt", content=content)
    paper = keep_file(session, lola, edition=SLUG, folder=folder, file=file, now_utc=NOW)
    found = find_cell(session, *cell)
    assert found is not None
    session.add(
        Notice(
            entry_id=cell[0],
            notified_at_utc=NOW - timedelta(days=2),
            due_at_utc=NOW + timedelta(days=5),
            account_id=ids["olga"],
        )
    )
    for number in (1, 2):
        salt = new_salt()
        letter = Letter(
            entry_id=cell[0],
            number=number,
            code=f"c{number}",
            words_sha256=keep_text(session, WORDS["letter"], salt),
            signatory_sha256=keep_any_text(session, NAMES["letter"], salt),
            position_sha256=keep_any_text(session, "Síndica", salt),
            submitted_at_utc=NOW - timedelta(days=1),
            is_late=False,
            account_id=ids["lola"],
        )
        session.add(letter)
        session.flush()
        reply = Reply(
            letter_id=letter.id,
            demand_id=cell[1],
            stance="correction",
            requested_tenths=100,
            reason_sha256=keep_text(session, WORDS["reply"], new_salt()),
            before_revision=found.revision,
            evidence_title=WORDS["reply"],
            evidence_url="https://ejemplo.invalid/zqmarca/respuesta",
        )
        session.add(reply)
        session.flush()
        proof = keep_any_text(session, paper.words, new_salt())
        session.add(ReplyFile(reply_id=reply.id, file_sha256=paper.sha256, words_sha256=proof))
        record_event(
            session,
            actor_of(session, ids["lola"]),
            action="letter.sent",
            subject=f"{SLUG}/{ROUND}/{PLACE}/letter/{number}",
            at_utc=NOW,
            after={"late": False, "signatory": NAMES["letter"]},
        )
    newest = session.scalars(select(Reply.id).order_by(Reply.id.desc()).limit(1)).one()
    for revision in (1, 2):
        decided = keep_any_text(session, f"Se mantiene. {WORDS['reply']}", new_salt())
        session.add(
            Decision(
                reply_id=newest,
                revision=revision,
                verdict="kept",
                reason_sha256=decided,
                account_id=ids["rita"],
                decided_at_utc=NOW - timedelta(hours=1),
            )
        )
    session.flush()
    return paper


def _distinction(session: Session, ids: dict[str, int]) -> None:
    """Written, then signed once more by the same person: the first wording belongs to nobody any more."""
    olga, new = actor_of(session, ids["olga"]), DistinctionKind.PRAISE
    said = NewDistinction(PLACE, new, WORDS["distinction"], NAMES["distinction"])
    row = write_distinction(session, olga, edition=SLUG, number=ROUND, new=said, now_utc=NOW)
    reword_distinction(session, olga, edition=SLUG, number=ROUND, distinction=row, new=said, now_utc=NOW)


def _leftovers(session: Session, ids: dict[str, int], cell: tuple[int, int], paper: KeptFile) -> None:
    """Fields half typed, by evaluator, office and organiser, and a form that an expired session left."""
    where = {"entry_id": cell[0], "demand_id": cell[1]}
    typed = {"score_text": ALL, "reason": ALL, "note": ALL, "reply": ALL}
    session.add(CellDraft(**where, account_id=ids["ema"], saved_at_utc=NOW, **typed))
    answer = {"requested_text": ALL, "reason": ALL, "evidence_title": ALL, "evidence_url": ALL}
    answer["file_sha256"] = paper.sha256
    session.add(ReplyDraft(**where, version=1, account_id=ids["lola"], saved_at_utc=NOW, **answer))
    path, fields = f"/captura/{SLUG}/{ROUND}/", json.dumps([["a", ALL], ["b", "Otra cosa"]])
    session.add(ParkedForm(account_id=ids["ema"], path=path, fields=fields, parked_at_utc=NOW))
    olga = actor_of(session, ids["olga"])
    case = amendments.open_case(session, olga, edition=SLUG, number=ROUND, reason=ALL, now_utc=NOW)
    seen = amendments.CaseSeen(SLUG, ROUND, case, 1)
    amendments.propose(session, olga, seen=seen, cell=cell, rating=Score(70), reason=ALL, now_utc=NOW)


def tables_with_the_mark(site: Flask) -> set[str]:
    """Every table that says it, wherever in whatever column."""
    with Session(site.extensions["database"]) as session:
        rows = ((table.name, row) for table in Base.metadata.sorted_tables for row in session.execute(select(table)))
        return {name for name, row in rows if MARK in repr(tuple(row))}


def files_with_the_mark(folder: Path) -> Iterator[Path]:
    """Every file below a folder that says it."""
    return (path for path in folder.rglob("*") if path.is_file() and MARK.encode() in path.read_bytes())


def keys(site: Flask) -> dict[str, str]:
    """The pages that ask for the six records to go, by kind: all but the one of the rules are of the round."""
    with Session(site.extensions["database"]) as session:
        query = text("SELECT DISTINCT key FROM sealed_texts WHERE body LIKE '%zqmarca%'")
        found = {key.partition("/")[0]: key for (key,) in session.execute(query)}
    rules = f"/coordinacion/{SLUG}/retiros/"
    return {kind: (rules if kind == "acknowledgement" else RETIROS) + f"texto/{key}/" for kind, key in found.items()}


def withdraw(site: Flask, ids: dict[str, int], address: str) -> None:
    listed = address.partition("texto/")[0]
    with signed_in(site, ids["olga"]) as olga:
        assert MARK in olga.get(address).text
        assert olga.post(address, {"cause": CAUSE}).status_code == 303
        page = olga.get(listed).text
    (confirm,) = {line.split('"')[1] for line in page.split("action=")[1:] if "/descartar/" in line.split('"')[1]}
    with signed_in(site, ids["oscar"]) as oscar:
        answer = oscar.post(confirm.replace("descartar", "confirmar"), {}, listed)
        assert answer.status_code == 303


PUBLIC = (
    f"/{SLUG}/evaluaciones/{ROUND}/municipios/{PLACE}/",
    f"/{SLUG}/municipios/{PLACE}/",
    f"/{SLUG}/metodologia/",
    f"/{SLUG}/correcciones/",
    f"/{SLUG}/datos/",
)


@pytest.fixture
def ids(valley_site: Flask) -> dict[str, int]:
    with writing(valley_site) as session:
        return plant(session, Path(valley_site.instance_path))


def test_after_the_withdrawals_the_words_stand_nowhere(valley_site: Flask, ids: dict[str, int]) -> None:
    site, reader = valley_site, valley_site.test_client()
    assert tables_with_the_mark(site) >= EVERYWHERE
    assert any(MARK in reader.get(path).text for path in PUBLIC)
    gone, paper = (path for path in files_with_the_mark(Path(site.instance_path)) if "evidence" in path.parts)
    addresses = [f"/evidencias/{path.name}" for path in (gone, paper)]
    assert [reader.get(path).status_code for path in addresses] == [200, 200]
    folders = {part for path in files_with_the_mark(Path(site.instance_path)) for part in path.parts}
    assert folders >= {"evidence", "pages"}
    records = keys(site)
    assert records.keys() == WORDS.keys()
    for address in records.values():
        withdraw(site, ids, address)
    assert tables_with_the_mark(site) == set()
    assert list(files_with_the_mark(Path(site.instance_path))) == []
    assert [reader.get(path).status_code for path in addresses] == [404, 404]
    assert [path for path in PUBLIC if MARK in reader.get(path).text] == []
    assert "Texto retirado" in reader.get(f"/{SLUG}/metodologia/").text
    with Session(site.extensions["database"]) as session:
        assert verdict(session).is_sound
    assert site.test_cli_runner().invoke(args=["publications", "verify"]).exit_code == 0
    left = Path(site.instance_path) / "evidence" / gone.parent.name / gone.name
    left.write_bytes(b"what a crash left")
    assert site.test_cli_runner().invoke(args=["publications", "due", "--commit"]).exit_code == 0
    assert not left.exists()


EVERYWHERE = {
    *("texts", "sealed_texts", "cell_drafts", "evidence_drafts", "score_notes", "reviews", "reply_drafts", "replies"),
    *("correction_cases", "correction_items", "parked_forms", "audit_events"),
}
