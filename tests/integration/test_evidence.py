"""Evidence beside scores on both databases: files kept once, pieces that wait, pieces that go with a revision."""

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import RuleBroken
from app.domain.evidence import FileWrong, LinkWrong
from app.domain.permissions import NotAllowed
from app.domain.ratings import Typed
from app.domain.sheets import Outcome
from app.models.audit import AuditEvent
from app.models.evidence import EvidenceCopy, EvidenceDraft, EvidenceFile
from app.models.scores import Text
from app.queries.drafts import find_edition, find_round, get_round_draft
from app.queries.evidence import find_kept_file
from app.services.evidence import MOST_PIECES, NewPiece, TooManyPieces, add_piece, path_of, remove_piece
from app.services.scores import EditConflict
from tests import staff
from tests.integration.sealing import SLUG
from tests.integration.sheets import EMPTY, NOW, RATED, cell_of, save
from tests.unit.test_pictures import JFIF, SAID, SCAN, TABLES, jpeg

DAY = date(2021, 4, 20)
LINK = NewPiece("Informe de abril", "https://ejemplo.mx/informe.pdf", DAY)
PDF = b"%PDF-1.7 de prueba"
FILE = NewPiece("Oficio 12", "", DAY, "Eva Prueba, oficio.pdf", PDF)
SHA256 = hashlib.sha256(PDF).hexdigest()
WHOLE = Typed("7,5", reason="Se contó.")


@pytest.fixture
def people(valley: Session) -> dict[str, int]:
    return staff.settle(valley, SLUG)


@pytest.fixture
def eva(people: dict[str, int]) -> int:
    return people["eva"]


def add(session: Session, account_id: int, new: NewPiece, folder: Path, key: tuple[str, int] = RATED) -> bool:
    actor = staff.actor_of(session, account_id)
    return add_piece(session, actor, edition=SLUG, number=3, key=key, new=new, folder=folder, now_utc=NOW)


def remove(session: Session, account_id: int, piece: int, revision: int, key: tuple[str, int] = RATED) -> None:
    actor = staff.actor_of(session, account_id)
    remove_piece(session, actor, edition=SLUG, number=3, key=key, piece=piece, revision=revision, now_utc=NOW)


def titles(session: Session, account_id: int, key: tuple[str, int] = RATED) -> list[str]:
    return [piece.title for piece in cell_of(session, account_id, key).evidence]


def test_evidence_beside_a_score_makes_a_revision_that_says_the_same(valley: Session, eva: int, tmp_path: Path) -> None:
    before = cell_of(valley, eva, RATED).newest
    assert add(valley, eva, LINK, tmp_path)
    assert add(valley, eva, FILE, tmp_path)
    cell = cell_of(valley, eva, RATED)
    assert (cell.revision, cell.newest) == (3, before)
    assert [(piece.title, piece.url, piece.is_waiting) for piece in cell.evidence] == [
        (LINK.title, LINK.url, False),
        (FILE.title, "", False),
    ]


def test_evidence_before_a_score_waits_for_it(valley: Session, eva: int, tmp_path: Path) -> None:
    assert not add(valley, eva, LINK, tmp_path, EMPTY)
    assert [piece.is_waiting for piece in cell_of(valley, eva, EMPTY).evidence] == [True]
    assert save(valley, eva, {EMPTY: Typed()}) == {EMPTY: Outcome.UNTOUCHED}
    assert save(valley, eva, {EMPTY: WHOLE}, hand_in=True) == {EMPTY: Outcome.HANDED_IN}
    assert [piece.is_waiting for piece in cell_of(valley, eva, EMPTY).evidence] == [False]
    assert valley.scalars(select(EvidenceDraft)).all() == []


def test_evidence_waits_while_something_unfinished_is_in_the_cell(valley: Session, eva: int, tmp_path: Path) -> None:
    unfinished = replace(cell_of(valley, eva, RATED).fields, score="11")
    save(valley, eva, {RATED: unfinished})
    assert not add(valley, eva, LINK, tmp_path)
    assert cell_of(valley, eva, RATED).draft == replace(unfinished, seen_revision=0)
    save(valley, eva, {RATED: replace(unfinished, score="8")})
    assert titles(valley, eva) == [LINK.title]


def test_evidence_goes_on_with_each_revision_until_it_is_taken_away(valley: Session, eva: int, tmp_path: Path) -> None:
    add(valley, eva, LINK, tmp_path)
    add(valley, eva, FILE, tmp_path)
    save(valley, eva, {RATED: replace(cell_of(valley, eva, RATED).fields, reason="Se contó.")})
    assert titles(valley, eva) == [LINK.title, FILE.title]
    remove(valley, eva, 1, 4)
    assert titles(valley, eva) == [FILE.title]
    assert cell_of(valley, eva, RATED).newest is not None
    remove(valley, eva, 9, 5)  # not there any more
    assert cell_of(valley, eva, RATED).revision == 5


def test_taking_evidence_away_keeps_what_is_unfinished_in_the_cell(valley: Session, eva: int, tmp_path: Path) -> None:
    add(valley, eva, LINK, tmp_path)
    unfinished = replace(cell_of(valley, eva, RATED).fields, score="11")
    save(valley, eva, {RATED: unfinished})
    remove(valley, eva, 1, 2)
    cell = cell_of(valley, eva, RATED)
    assert (cell.evidence, cell.in_conflict) == ((), False)
    assert cell.draft == replace(unfinished, base_revision=3, seen_revision=0)


def test_evidence_of_an_older_revision_is_not_taken_away(
    valley: Session, people: dict[str, int], tmp_path: Path
) -> None:
    add(valley, people["eva"], LINK, tmp_path)
    save(valley, people["ema"], {RATED: replace(cell_of(valley, people["ema"], RATED).fields, score="8")})
    with pytest.raises(EditConflict):
        remove(valley, people["eva"], 1, 2)


def test_evidence_that_waits_is_dropped_by_her_alone(valley: Session, people: dict[str, int], tmp_path: Path) -> None:
    add(valley, people["eva"], LINK, tmp_path, EMPTY)
    (piece,) = cell_of(valley, people["eva"], EMPTY).evidence
    remove(valley, people["ema"], piece.key, 0, EMPTY)
    assert titles(valley, people["eva"], EMPTY) == [LINK.title]
    remove(valley, people["eva"], piece.key, 0, EMPTY)
    assert titles(valley, people["eva"], EMPTY) == []


def test_a_file_is_kept_once_under_its_checksum_without_its_name(valley: Session, eva: int, tmp_path: Path) -> None:
    add(valley, eva, FILE, tmp_path)
    add(valley, eva, replace(FILE, file_name="otro.pdf"), tmp_path, EMPTY)
    path = path_of(tmp_path, SHA256)
    assert path.read_bytes() == PDF
    assert [found for found in tmp_path.rglob("*") if found.is_file()] == [path]
    (row,) = valley.scalars(select(EvidenceFile)).all()
    assert (row.sha256, row.media_type, row.bytes, row.account_id) == (SHA256, "application/pdf", len(PDF), eva)
    assert valley.scalars(select(EvidenceCopy.file_sha256)).all() == [SHA256]
    said = [row.body or "" for row in valley.scalars(select(Text))]
    said += [row.before + row.after for row in valley.scalars(select(AuditEvent))]
    assert any(SHA256 in text for text in said)
    assert not [text for text in said if "Eva" in text]


def test_a_file_on_disk_is_never_written_over(valley: Session, eva: int, tmp_path: Path) -> None:
    path = path_of(tmp_path, SHA256)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"was here before")
    add(valley, eva, FILE, tmp_path)
    assert path.read_bytes() == b"was here before"


@pytest.mark.parametrize(
    "name", ["../../../oficio.pdf", "/etc/passwd.pdf", "..\\..\\x.pdf", "a\x00b.pdf", "x" * 5000 + ".pdf", "\ud800.pdf"]
)
def test_the_name_of_a_file_leads_nowhere(valley: Session, eva: int, tmp_path: Path, name: str) -> None:
    add(valley, eva, replace(FILE, file_name=name), tmp_path / "instance")
    assert [found for found in tmp_path.rglob("*") if found.is_file()] == [path_of(tmp_path / "instance", SHA256)]


@pytest.mark.parametrize(
    ("new", "error"),
    [
        (replace(FILE, file_name="oficio.exe"), FileWrong),
        (replace(FILE, content=b""), FileWrong),
        (replace(FILE, content=b"MZ"), FileWrong),
        (replace(FILE, content=b"%PDF-1.7 /Author (EVA PRUEBA)"), FileWrong),
        (replace(FILE, content=b"%PDF-1.7 eva@ejemplo.mx"), FileWrong),
        (replace(LINK, url="javascript:alert(1)"), LinkWrong),
        (replace(LINK, url=""), LinkWrong),
        (replace(LINK, dated_on=date(2021, 5, 13)), LinkWrong),
    ],
)
def test_what_is_refused_leaves_nothing(
    valley: Session, eva: int, tmp_path: Path, new: NewPiece, error: type[RuleBroken]
) -> None:
    with pytest.raises(error):
        add(valley, eva, new, tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert titles(valley, eva) == []


def test_a_cell_takes_only_so_much(valley: Session, eva: int, tmp_path: Path) -> None:
    for _ in range(MOST_PIECES):
        add(valley, eva, LINK, tmp_path, EMPTY)
    with pytest.raises(TooManyPieces):
        add(valley, eva, LINK, tmp_path, EMPTY)


def test_a_title_that_repeats_its_link_is_one_text(valley: Session, eva: int, tmp_path: Path) -> None:
    assert add(valley, eva, replace(LINK, title=LINK.url), tmp_path)
    assert titles(valley, eva) == [LINK.url]


def test_a_file_alone_can_be_sealed(valley: Session, eva: int, tmp_path: Path) -> None:
    add(valley, eva, FILE, tmp_path)
    edition = find_edition(valley, SLUG)
    assert edition is not None
    row = find_round(valley, edition.id, 3)
    assert row is not None
    draft = get_round_draft(valley, row, NOW, ZoneInfo(edition.zone))
    texts = {(text.field, text.body) for text in draft.texts if text.key.startswith("evidence/98001/1/")}
    assert {("title", FILE.title), ("url", "")} <= texts


def test_who_may_open_a_file(valley: Session, people: dict[str, int], tmp_path: Path) -> None:
    add(valley, people["eva"], FILE, tmp_path, EMPTY)

    def opens(name: str, edition: str = SLUG, *, assigned_only: bool = True) -> bool:
        kept = find_kept_file(valley, people[name], edition, SHA256, assigned_only=assigned_only)
        return kept is not None

    assert opens("eva")
    assert not opens("ema")  # it waits, and is hers alone
    assert not opens("rita", assigned_only=False)
    save(valley, people["eva"], {EMPTY: WHOLE})
    assert opens("ema")
    assert opens("rita", assigned_only=False)
    assert not opens("rita")
    assert not opens("eva", "otra-2020-2023")


@pytest.mark.parametrize("name", ["olga", "rita", "lalo"])
def test_who_does_not_rate_adds_no_evidence(valley: Session, people: dict[str, int], name: str, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        add(valley, people[name], LINK, tmp_path)
    with pytest.raises(NotAllowed):
        remove(valley, people[name], 1, 1)


def test_a_picture_is_kept_without_what_names_its_maker(valley: Session, eva: int, tmp_path: Path) -> None:
    drawn = jpeg(JFIF, TABLES, SCAN)
    add(valley, eva, replace(FILE, file_name="foto.jpg", content=jpeg(JFIF, *SAID, TABLES, SCAN)), tmp_path)
    kept = valley.scalars(select(EvidenceFile)).one()
    assert path_of(tmp_path, kept.sha256).read_bytes() == drawn
    assert (kept.sha256, kept.bytes) == (hashlib.sha256(drawn).hexdigest(), len(drawn))
