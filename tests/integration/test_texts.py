"""A sealed text may lose its words where a withdrawal names it, and change in no other way (DESIGN §8)."""
# ruff: noqa: S608 - raw SQL is what these tests are about

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.models.guards import BLANKABLE
from tests.integration.statements import refusal, run

TABLES = pytest.mark.parametrize("table", BLANKABLE)
COLUMNS = "edition_slug, round_number, key, field, sha256, cause_es, withdrawn_at_utc, account_id"
OTHER = "'" + "e" * 64 + "'"
BLANK = "body = NULL, salt = NULL"


@pytest.fixture
def kept(valley: Session) -> str:
    """The checksum of a sealed text that still has its words."""
    return str(valley.scalar(text("SELECT max(sha256) FROM sealed_texts WHERE body IS NOT NULL")))


@pytest.fixture
def gone(valley: Session) -> str:
    """The checksum of the reason of a score that the valley withdrew."""
    return str(valley.scalar(text("SELECT sha256 FROM withdrawals WHERE key LIKE 'score/%'")))


def withdraw(session: Session, sha256: str) -> None:
    run(
        session,
        f"INSERT INTO withdrawals ({COLUMNS}) SELECT {COLUMNS.replace('sha256', ':sha256')} FROM withdrawals LIMIT 1",
        sha256=sha256,
    )


def words(session: Session, table: str, sha256: str) -> set[tuple[str | None, str | None]]:
    rows = session.execute(text(f"SELECT body, salt FROM {table} WHERE sha256 = :sha256"), {"sha256": sha256})
    return {(body, salt) for body, salt in rows}


@TABLES
def test_a_withdrawn_text_loses_its_words_and_keeps_its_checksum(table: str, kept: str, valley: Session) -> None:
    withdraw(valley, kept)
    assert run(valley, f"UPDATE {table} SET {BLANK} WHERE sha256 = :kept", kept=kept) >= 1
    assert words(valley, table, kept) == {(None, None)}


@TABLES
def test_without_a_withdrawal_a_text_keeps_its_words(table: str, kept: str, gone: str, valley: Session) -> None:
    assert gone != kept
    assert f"{table} is frozen" in refusal(valley, f"UPDATE {table} SET {BLANK} WHERE sha256 = :kept", kept=kept)


@TABLES
@pytest.mark.parametrize(
    "change",
    [
        pytest.param("body = 'otra cosa'", id="other-words"),
        pytest.param("body = ''", id="no-words-but-not-gone"),
        pytest.param("salt = '00000000000000000000000000000000'", id="another-salt"),
        pytest.param("body = NULL", id="words-without-salt"),
        pytest.param("salt = NULL", id="salt-without-words"),
        pytest.param(f"sha256 = {OTHER}", id="another-checksum"),
        pytest.param(f"{BLANK}, sha256 = {OTHER}", id="gone-and-another-checksum"),
    ],
)
def test_a_withdrawal_allows_nothing_else(table: str, change: str, kept: str, valley: Session) -> None:
    withdraw(valley, kept)
    assert f"{table} is frozen" in refusal(valley, f"UPDATE {table} SET {change} WHERE sha256 = :kept", kept=kept)


@pytest.mark.parametrize(
    "change",
    ["key = key || '0'", "field = 'otro'", "publication_id = publication_id + 1"],
    ids=["key", "field", "publication"],
)
def test_a_withdrawn_text_stays_in_its_place(change: str, kept: str, valley: Session) -> None:
    withdraw(valley, kept)
    said = refusal(valley, f"UPDATE sealed_texts SET {BLANK}, {change} WHERE sha256 = :kept", kept=kept)
    assert "sealed_texts is frozen" in said


@TABLES
def test_what_was_withdrawn_does_not_come_back(table: str, gone: str, valley: Session) -> None:
    assert words(valley, table, gone) == {(None, None)}
    change = "body = 'de vuelta', salt = '00000000000000000000000000000000'"
    assert f"{table} is frozen" in refusal(valley, f"UPDATE {table} SET {change} WHERE sha256 = :gone", gone=gone)


@TABLES
def test_even_a_withdrawn_text_keeps_its_row(table: str, gone: str, valley: Session) -> None:
    assert f"{table} is frozen" in refusal(valley, f"DELETE FROM {table} WHERE sha256 = :gone", gone=gone)


def test_a_text_is_withdrawn_once(gone: str, kind: str, valley: Session) -> None:
    said = refusal(valley, f"INSERT INTO withdrawals ({COLUMNS}) SELECT {COLUMNS} FROM withdrawals")
    assert ("withdrawals is frozen" if kind == "sqlite" else "uq_withdrawals_sha256") in said
    assert gone in {row for (row,) in valley.execute(text("SELECT sha256 FROM withdrawals"))}


@pytest.mark.parametrize(
    ("table", "values"),
    [
        pytest.param("texts", "'e', NULL, NULL", id="no-checksum"),
        pytest.param("texts", f"'{'e' * 64}', NULL, 'palabras'", id="words-without-salt"),
        pytest.param("texts", f"'{'e' * 64}', '00', NULL", id="salt-without-words"),
    ],
)
def test_a_text_has_a_checksum_and_its_salt(table: str, values: str, valley: Session) -> None:
    assert "ck_texts_" in refusal(valley, f"INSERT INTO {table} (sha256, salt, body) VALUES ({values})")
