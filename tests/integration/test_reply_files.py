"""The file that backs an office's request: laid beside the draft, sent, decided on, published, and who may open it."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from app.domain.errors import RuleBroken
from app.domain.evidence import KeptFile
from app.domain.letters import FileMoved, LetterRefused
from app.domain.offices import OfficeSheet
from app.domain.permissions import NotAllowed
from app.domain.replies import Verdict
from app.domain.requests import NewDecision
from app.domain.stages import Stage, StageWrong
from app.models.audit import AuditEvent
from app.models.replies import ReplyFile
from app.queries.answers import find_round_replies
from app.queries.copies import count_saved_files
from app.queries.decisions import find_request
from app.queries.office_sheets import find_office_sheet
from app.queries.published_files import find_published_file
from app.queries.scorecards import find_scorecard
from app.services.decisions import decide_reply
from app.services.reply_files import NewFile, attach_file, detach_file
from tests import databases, staff
from tests.answers import AFTER, AGREED, ALBA, BEFORE, BRISA, ROUND, asking, move, open_replies, send, write
from tests.integration.replying import DRAFT, HOSTILE, LETTER, PEOPLE, RECEIPT, REQUEST, Site, asked, fields, opened
from tests.integration.sealing import SLUG, chain, seal, verdict

CONTENT = b"%PDF-1.7 lista de Alba"
FILE = f"{DRAFT}demandas/1/archivo/"


@pytest.fixture
def people(valley: Session) -> dict[str, int]:
    return open_replies(valley)


@pytest.fixture
def site(valley_sqlite_template: Path, tmp_path: Path) -> Iterator[Site]:
    yield from opened(databases.copy_of_sqlite(valley_sqlite_template, tmp_path), tmp_path)


def attach(
    session: Session, account_id: int, folder: Path, *, known: str = "", content: bytes = CONTENT, demand: int = 1
) -> KeptFile:
    actor, new = staff.actor_of(session, account_id), NewFile("lista.pdf", content)
    return attach_file(session, actor, seat=ALBA, demand=demand, known=known, new=new, folder=folder, now_utc=BEFORE)


def sheet_of(session: Session) -> OfficeSheet:
    """What Alba's office is shown."""
    sheet = find_office_sheet(session, ALBA.edition, ALBA.municipality, ALBA.number)
    assert sheet is not None
    return sheet


def files(session: Session) -> dict[int, KeptFile | None]:
    """What lies beside the drafts of Alba, by demand."""
    return {score.demand.number: score.file for score in sheet_of(session).scores if score.file}


def on_disk(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".db"]


def test_a_file_is_laid_beside_the_draft_and_sent_with_the_letter(
    valley: Session, people: dict[str, int], tmp_path: Path
) -> None:
    write(valley, people["lalo"], ALBA, d1=asking())
    kept = attach(valley, people["lalo"], tmp_path)
    write(valley, people["lalo"], ALBA, d1=asking("8"))
    assert files(valley) == {1: kept}
    send(valley, people["lalo"], ALBA)
    assert files(valley) == {}
    assert [(row.file, row.evidence_title) for row in sheet_of(valley).sent] == [(kept, "Lista")]
    assert valley.scalars(select(ReplyFile.file_sha256)).all() == [kept.sha256]
    (sent,) = valley.scalars(select(AuditEvent.after).where(AuditEvent.action == "letter.sent"))
    assert kept.sha256 in sent
    assert count_saved_files(valley, SLUG) == 1


def test_a_file_is_changed_and_taken_away_and_the_same_one_twice_is_one(
    valley: Session, people: dict[str, int], tmp_path: Path
) -> None:
    first = attach(valley, people["lalo"], tmp_path)
    assert attach(valley, people["lalo"], tmp_path) == first
    second = attach(valley, people["lalo"], tmp_path, known=first.sha256, content=b"%PDF-1.7 otra")
    assert files(valley) == {1: second}
    actor = staff.actor_of(valley, people["lalo"])
    for known in (second.sha256, second.sha256):
        detach_file(valley, actor, seat=ALBA, demand=1, known=known, now_utc=BEFORE)
    assert files(valley) == {}


def test_nobody_of_an_office_takes_the_place_of_a_file_that_she_was_not_shown(
    valley: Session, people: dict[str, int], tmp_path: Path
) -> None:
    first, actor = attach(valley, people["lalo"], tmp_path), staff.actor_of(valley, people["lalo"])
    with pytest.raises(FileMoved):
        attach(valley, people["lalo"], tmp_path, content=b"%PDF-1.7 otra")
    assert len(on_disk(tmp_path)) == 1
    with pytest.raises(FileMoved):
        detach_file(valley, actor, seat=ALBA, demand=1, known="0" * 64, now_utc=BEFORE)
    assert files(valley) == {1: first}


def test_a_letter_is_another_one_with_another_file_and_a_file_alone_is_no_reply(
    valley: Session, people: dict[str, int], tmp_path: Path
) -> None:
    first = attach(valley, people["lalo"], tmp_path)
    with pytest.raises(LetterRefused, match="incomplete"):
        send(valley, people["lalo"], ALBA)
    write(valley, people["lalo"], ALBA, d1=asking())
    seen = sheet_of(valley).digest
    attach(valley, people["lalo"], tmp_path, known=first.sha256, content=b"%PDF-1.7 otra")
    assert sheet_of(valley).digest != seen
    write(valley, people["lalo"], ALBA, d1=AGREED)
    send(valley, people["lalo"], ALBA)
    assert valley.scalars(select(ReplyFile)).all() == []  # who agrees proves nothing


@pytest.mark.parametrize("name", ["lola", "olga", "rita", "eva", "delia"])
def test_nobody_but_its_own_office_lays_or_takes_a_file(valley_sqlite: Session, tmp_path: Path, name: str) -> None:
    people = open_replies(valley_sqlite)
    actor = staff.actor_of(valley_sqlite, people[name])
    with pytest.raises(NotAllowed):
        attach(valley_sqlite, people[name], tmp_path)
    with pytest.raises(NotAllowed):
        detach_file(valley_sqlite, actor, seat=ALBA, demand=1, known="", now_utc=BEFORE)


def test_once_decisions_are_made_no_file_is_taken(valley_sqlite: Session, tmp_path: Path) -> None:
    people = open_replies(valley_sqlite)
    with pytest.raises(RuleBroken, match="score-unknown"):
        attach(valley_sqlite, people["lalo"], tmp_path, demand=99)
    move(valley_sqlite, Stage.DECISION)
    with pytest.raises(StageWrong):
        attach(valley_sqlite, people["lalo"], tmp_path)


# --- at a browser ---


def upload(site: Site, content: bytes, name: str = "lista.pdf", **more: str) -> tuple[int, str]:
    """Send the form of the file's page; the status, and the page or where it leads."""
    known = re.search(r'name="known" value="(\w*)"', site.page("lalo", FILE))
    assert known is not None
    lalo = site.as_("lalo")
    given = {"known": known[1], **more, "csrf_token": staff.token_of(lalo.get(FILE))}
    boundary, body = encode_multipart({**given, "file": FileStorage(io.BytesIO(content), name)})  # in memory
    answer = lalo.client.post(FILE, data=body, content_type=f"multipart/form-data; boundary={boundary}")
    return answer.status_code, answer.location or answer.text


def lying(site: Site) -> tuple[KeptFile, ...]:
    """The files beside the drafts, read and let go."""
    found = files(site.session)
    site.session.rollback()
    return tuple(kept for kept in found.values() if kept)


def test_an_office_attaches_sees_and_sends_a_file_without_losing_a_word(site: Site) -> None:
    lalo = site.as_("lalo")
    typed = fields(lalo.get(DRAFT).text, d1_stance="correction", d1_reason="Faltó una lista.", then="file-1")
    assert lalo.post(DRAFT, typed).location == FILE
    assert upload(site, CONTENT) == (303, f"{DRAFT}#t1")
    (sha256,) = (kept.sha256 for kept in lying(site))
    address = f"{DRAFT}archivos/{sha256}"
    for page in (site.page("lalo", DRAFT), site.page("lalo", FILE), site.page("lalo", LETTER)):
        assert f'href="{address}"' in page
        assert "archivo PDF" in page
        assert "1\xa0kB" in page
    assert "Faltó una lista." in site.page("lalo", DRAFT)
    left_behind = "no se envía lo demás"
    assert left_behind not in site.page("lalo", LETTER)
    lalo.post(DRAFT, fields(lalo.get(DRAFT).text, d1_stance="agree", then="letter"))
    assert all(left_behind in site.page("lalo", path) for path in (LETTER, DRAFT))
    lalo.post(DRAFT, fields(lalo.get(DRAFT).text, d1_stance="correction", d1_reason="Faltó una lista.", then="letter"))
    seen = re.search(r'name="seen" value="(\w{16})"', site.page("lalo", LETTER))
    assert seen is not None
    lalo.post(LETTER, {"seen": seen[1], "signatory": "Sara Firma", "position": "Síndica"})
    receipt = site.page("lalo", RECEIPT)
    assert f"SHA-256: {sha256}" in receipt
    assert lalo.get(address).data == CONTENT
    assert "adjúntelo de nuevo" in site.page("lalo", DRAFT)
    move(site.session, Stage.PUBLISHED)
    site.session.commit()
    assert lalo.get(DRAFT).status_code == 404
    assert lalo.get(address).data == CONTENT


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "", "Elija un archivo."),
        (b"", "a.pdf", "El archivo está vacío."),
        (b"MZ", "a.exe", "Ese tipo de archivo no se recibe."),
        (b"MZ", "a.pdf\x00.exe", "Ese tipo de archivo no se recibe."),
        (b"no lo es", "a.pdf", "no corresponde a su nombre"),
        (b"%PDF-1.7 /Author (Lalo Prueba)", "a.pdf", "lleva dentro su nombre"),
        (b"x" * 10_000_001, "a.txt", "pesa más de 10 MB"),
    ],
    ids=["none", "empty", "program", "null", "other", "named", "heavy"],
)
def test_what_is_wrong_with_a_file_is_said_beside_its_field(site: Site, content: bytes, name: str, words: str) -> None:
    status, page = upload(site, content, name)
    assert status == 422
    assert words in page
    assert re.search(r'<a href="#file">[^<]*' + re.escape(words), page)
    assert 'aria-invalid="true"' in page
    assert lying(site) == ()


def test_whoever_signs_may_be_named_by_the_file_and_never_by_address(site: Site) -> None:
    assert upload(site, b"%PDF-1.7 lalo@ejemplo.mx", signs="y")[0] == 422
    assert upload(site, b"%PDF-1.7 /Author (Lalo Prueba)", signs="y")[0] == 303


def test_no_checksum_is_too_strange(site: Site) -> None:
    assert upload(site, CONTENT)[0] == 303
    lalo = site.as_("lalo")
    for text in HOSTILE:
        for path in (FILE, f"{FILE}quitar"):
            sent = {"known": text, "file": (io.BytesIO(b"%PDF-1.7 otra"), "b.pdf")}
            assert lalo.post(path, sent, page=FILE).status_code in {409, 422}, (path, text)
    assert [kept.size for kept in lying(site)] == [len(CONTENT)]
    (sha256,) = (kept.sha256 for kept in lying(site))
    assert lalo.post(f"{FILE}quitar", {"known": sha256}, page=FILE).location == f"{DRAFT}#t1"
    assert lalo.get(f"{DRAFT}demandas/99/archivo/").status_code == 404


def statuses(site: Site, path: str) -> dict[str, int]:
    return {name: site.as_(name).get(path).status_code for name in (*PEOPLE, "ema", "oscar")}


def test_who_opens_the_file_of_an_office_before_and_after_it_is_sent(site: Site) -> None:
    kept = attach(site.session, site.people["lalo"], Path(site.app.instance_path))
    site.session.commit()
    own, other = f"{DRAFT}archivos/{kept.sha256}", f"/enlace/{SLUG}/brisa/3/archivos/{kept.sha256}"
    reviewing, rating = f"/revision/{SLUG}/archivos/{kept.sha256}", f"/captura/{SLUG}/archivos/{kept.sha256}"
    assert statuses(site, FILE) == dict.fromkeys(statuses(site, FILE), 403) | {"lalo": 200}
    assert statuses(site, own) == dict.fromkeys(statuses(site, own), 403) | {"lalo": 200}
    assert 200 not in statuses(site, reviewing).values()  # what was not sent is the office's own business
    asked(site)
    assert f'href="{reviewing}"' in site.page("rita", REQUEST)
    assert {name for name, status in statuses(site, reviewing).items() if status == 200} >= {"rita", "olga"}
    assert statuses(site, reviewing)["eva"] != 200
    assert {statuses(site, path)[name] for path in (other, rating) for name in PEOPLE} <= {403, 404}
    for path in (own, reviewing, rating, FILE):
        assert site.app.test_client().get(path).status_code == 303
    assert site.app.test_client().get(f"/evidencias/{kept.sha256}").status_code == 404
    write(site.session, site.people["lola"], BRISA, d1=asking())
    send(site.session, site.people["lola"], BRISA)
    site.session.commit()
    assert site.as_("lola").get(other).status_code == 404


def keep_as_it_is(session: Session, account_id: int, demand: int) -> None:
    """Decide on Alba's request that the score is kept."""
    request = find_request(session, SLUG, ROUND, "alba", demand, account_id)
    assert request is not None
    new = NewDecision(request.reply.id, request.known, Verdict.KEPT, None, "Se contó de nuevo.")
    actor, at = staff.actor_of(session, account_id), {"edition": SLUG, "number": ROUND, "municipality": "alba"}
    decide_reply(session, actor, **at, demand=demand, new=new, now_utc=AFTER)  # type: ignore[arg-type]


def test_a_file_is_published_with_its_reply_and_proved_by_the_manifest(
    valley: Session, people: dict[str, int], tmp_path: Path
) -> None:
    write(valley, people["lalo"], ALBA, d1=asking(), d2=asking())
    kept = attach(valley, people["lalo"], tmp_path, demand=2)
    send(valley, people["lalo"], ALBA)
    move(valley, Stage.DECISION)
    for demand in (1, 2):
        keep_as_it_is(valley, people["rita"], demand)
    assert find_published_file(valley, kept.sha256, show_demonstration=True) is None
    seal(valley, ROUND)
    assert verdict(valley).is_sound
    assert find_published_file(valley, kept.sha256, show_demonstration=True) == kept
    manifest = chain(valley)[-1].manifest.decode()
    proved = re.findall(r"^text,reply/98001/(\d),file,([0-9a-f]{64})$", manifest, re.MULTILINE)
    assert proved == [("2", valley.scalars(select(ReplyFile.words_sha256)).one())]
    card, round_replies = find_scorecard(valley, SLUG, "alba"), find_round_replies(valley, SLUG, ROUND)
    assert card is not None
    assert round_replies is not None
    assert card.replies is not None
    for said in (card.replies, round_replies.rows[0]):
        shown = {row.reply.demand: (row.file_sha256, row.file_name, row.file_bytes) for row in said.replies}
        assert shown == {1: ("", "", None), 2: (kept.sha256, kept.name, kept.size)}


def test_a_reader_downloads_what_the_municipality_proved_its_request_by(site: Site) -> None:
    kept = attach(site.session, site.people["lalo"], Path(site.app.instance_path))
    asked(site)
    move(site.session, Stage.DECISION)
    keep_as_it_is(site.session, site.people["rita"], 1)
    seal(site.session, ROUND)
    site.session.commit()
    reader, link = site.app.test_client(), f'href="/evidencias/{kept.sha256}"'
    for path in (f"/{SLUG}/municipios/alba/", f"/{SLUG}/evaluaciones/3/respuestas/"):
        page = reader.get(path).text
        html5lib.HTMLParser(strict=True).parse(page)
        assert re.search(link + r"\s+rel=\"nofollow\">archivo PDF, 1\xa0kB</a>", page), path
    assert reader.get(f"/evidencias/{kept.sha256}").data == CONTENT
