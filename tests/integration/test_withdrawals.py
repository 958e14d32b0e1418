"""A text withdrawn for legal reasons is gone with its salt; its cause is told, and the chain still verifies."""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.manifests import parse
from app.domain.publications import RoundContent, text_sha256
from app.domain.texts import Text
from app.models.engines import make_engine
from app.models.scores import Text as Draft
from app.models.sealed import SealedText
from app.queries.files import find_edition_file
from app.queries.publications import find_publication, list_heads
from tests.integration.folders import DEMONSTRATION, SLUGS, VALLEY, contents, copy_of, replace_in
from tests.integration.sealing import SLUG, verdict
from tests.integration.test_seeds import Line

COUNTED_AGAIN = "Se contó dos veces a una persona."
SALT = "11111111111111111111111111111103"
SHA256 = text_sha256(SALT, COUNTED_AGAIN)
CAUSE = "Identificaba a una persona"


def reason(session: Session, slug: str, round_number: int, cell: tuple[str, int]) -> Text:
    """The reason of a cell, as the files of the edition show it."""
    file = find_edition_file(session, slug)
    assert file is not None
    (shown,) = [each.reasons[cell] for each in file.rounds if each.period.number == round_number]
    return shown


def manifest_text(session: Session, slug: str, round_number: int, number: int, key: str) -> str:
    """The checksum that a manifest states for the reason under that key."""
    row = find_publication(session, slug, round_number, number)
    assert row is not None
    content = parse(row.manifest).content
    assert isinstance(content, RoundContent)
    (text,) = [text for text in content.texts if (text.key, text.field) == (key, "reason")]
    return text.sha256


def test_a_withdrawn_text_is_shown_as_gone_with_its_cause(valley: Session) -> None:
    cause = "Nombraba a una persona ajena a la función pública"
    assert reason(valley, SLUG, 1, ("98003", 3)) == Text(None, cause)
    assert reason(valley, SLUG, 1, ("98003", 2)) == Text("No tiene policía propia.")


def test_the_text_that_the_demonstration_withdrew_is_gone_from_every_publication_of_its_round(seeded: Session) -> None:
    slug, key = SLUGS[DEMONSTRATION], "score/99009/4/1"
    shown = reason(seeded, slug, 11, ("99009", 4))
    assert shown.body is None
    assert shown.withdrawn_because
    checksum = manifest_text(seeded, slug, 11, 1, key)
    assert manifest_text(seeded, slug, 11, 2, key) == checksum
    rows = seeded.scalars(select(SealedText).where(SealedText.sha256 == checksum)).all()
    assert {(row.body, row.salt) for row in rows} == {(None, None)}
    assert len(rows) == 2
    assert verdict(seeded, slug).is_sound


# --- a withdrawal that comes after the text was loaded and sealed ---


def withdrawn_later(tmp_path: Path) -> Path:
    """The valley's folder, which has lost one more text since it was loaded."""
    folder = copy_of(VALLEY, tmp_path)
    replace_in(folder / "scores.csv", f"{COUNTED_AGAIN},{SALT}", ",")
    with (folder / "withdrawals.csv").open("a") as file:
        file.write(f"1,score/98003/1/2,reason,{SHA256},{CAUSE},2021-06-01T18:00:00Z\n")
    return folder


def words(url: str) -> set[str | None]:
    """What every table that holds texts still says under that checksum."""
    engine = make_engine(url)
    with Session(engine) as session:
        draft = session.scalars(select(Draft.body).where(Draft.sha256 == SHA256)).all()
        sealed = session.scalars(select(SealedText.body).where(SealedText.sha256 == SHA256)).all()
    engine.dispose()
    assert len(draft) == len(sealed) == 1
    return {*draft, *sealed}


def test_loading_a_withdrawal_removes_the_text_wherever_it_stands(
    valley_url: str, commands: Line, tmp_path: Path
) -> None:
    line, folder = commands(valley_url), withdrawn_later(tmp_path)
    assert words(valley_url) == {COUNTED_AGAIN}
    assert line("seeds", "load", folder).exit_code == 0
    assert words(valley_url) == {COUNTED_AGAIN}
    assert line("seeds", "load", folder, "--commit").exit_code == 0
    assert words(valley_url) == {None}
    assert line("publications", "verify").exit_code == 0
    assert line("seeds", "dump", SLUG, folder, "--commit").exit_code == 0
    assert contents(folder)["withdrawals.csv"].decode().count(CAUSE) == 1
    assert line("seeds", "load", folder).exit_code == 0


def test_a_later_withdrawal_changes_what_pages_depend_on_but_no_checksum(
    valley_url: str, commands: Line, tmp_path: Path
) -> None:
    engine = make_engine(valley_url)
    with Session(engine) as session:
        (before,) = list_heads(session)
    assert commands(valley_url)("seeds", "load", withdrawn_later(tmp_path), "--commit").exit_code == 0
    with Session(engine) as session:
        (after,) = list_heads(session)
        assert manifest_text(session, SLUG, 1, 1, "score/98003/1/2") == SHA256
    engine.dispose()
    assert (after.sha256, after.sequence) == (before.sha256, before.sequence)
    assert (before.withdrawals, after.withdrawals) == (2, 3)


def test_a_withdrawn_text_stays_gone_from_a_correction_sealed_since(
    valley_url: str, commands: Line, tmp_path: Path
) -> None:
    line = commands(valley_url)
    line("seeds", "load", withdrawn_later(tmp_path), "--commit")
    assert line("publications", "seal", SLUG, 1, "--reason", "Otra vez.", "--commit").exit_code == 0
    assert line("publications", "verify").exit_code == 0
    engine = make_engine(valley_url)
    with Session(engine) as session:
        assert reason(session, SLUG, 1, ("98003", 3)).body is None
    engine.dispose()
