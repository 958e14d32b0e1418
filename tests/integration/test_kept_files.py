"""How much one account may hand over: what is refused is on the disk as little as in the database."""

import contextlib
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.domain.evidence import LARGEST_DAY, LARGEST_FILE, FileWrong
from app.models.evidence import EvidenceFile
from app.services.evidence import bare_file, keep_file
from tests import staff
from tests.integration.sealing import SLUG


@pytest.mark.parametrize(
    ("whose", "ago", "is_kept"),
    [("eva", timedelta(hours=23), False), ("eva", timedelta(hours=25), True), ("ema", timedelta(hours=1), True)],
    ids=["her-day", "her-day-before", "somebody-else"],
)
def test_who_hands_over_file_after_file_is_stopped_for_a_day(
    valley: Session, tmp_path: Path, whose: str, ago: timedelta, *, is_kept: bool
) -> None:
    people = staff.settle(valley, SLUG)
    for number in range(LARGEST_DAY // LARGEST_FILE):
        row = EvidenceFile(
            sha256=f"{number:064}",
            media_type="application/pdf",
            bytes=LARGEST_FILE,
            stored_at_utc=staff.AT - ago,
            account_id=people[whose],
        )
        valley.add(row)
    valley.flush()
    eva = staff.actor_of(valley, people["eva"])
    file = bare_file(valley, eva, file_name="acta.pdf", content=b"%PDF-1.7 acta")
    with contextlib.nullcontext() if is_kept else pytest.raises(FileWrong, match="file-day-full"):
        keep_file(valley, eva, edition=SLUG, folder=tmp_path, file=file, now_utc=staff.AT)
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == is_kept
    known = valley.get(EvidenceFile, file.known_by.sha256)
    assert (known is not None) is is_kept
