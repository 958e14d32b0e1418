"""Whatever is changed in a database that lost its triggers, verification finds and names the place (DESIGN §8)."""
# ruff: noqa: S608 - raw SQL is what these tests are about

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.verification import Finding
from app.models import guards, sealed
from tests.integration.sealing import REASON, SLUG, chain, clarify, seal, verdict
from tests.integration.statements import copy_row, first_row, run
from tests.integration.tampering import another, change, columns_of, key_of

RECORDS = {
    "sealed_editions": ("edition", "method"),
    "sealed_themes": ("theme",),
    "sealed_demands": ("demand",),
    "sealed_sources": ("source",),
    "sealed_municipalities": ("municipality",),
    "sealed_mandates": ("mandate",),
    "sealed_periods": ("period",),
    "sealed_organisations": ("organisation",),
    "sealed_acknowledgements": ("acknowledgement",),
    "sealed_clarifications": ("clarification",),
    "sealed_entries": ("entry",),
    "sealed_scores": ("score",),
    "sealed_evidence": ("evidence",),
    "sealed_figures": ("figure",),
    "sealed_distinctions": ("distinction",),
    "sealed_replies": ("reply",),
    "sealed_answers": ("answer",),
    "sealed_standings": ("standing",),
    "sealed_texts": ("text",),
}
"""How the manifest calls the rows of each sealed table."""
TABLES = pytest.mark.parametrize("table", RECORDS)


@pytest.fixture
def open_valley(valley: Session) -> Session:
    """The valley with every trigger gone, until the test ends."""
    guards.remove(valley.connection())
    return valley


@pytest.fixture
def full_valley(open_valley: Session) -> Session:
    """The same with a row in every sealed table."""
    clarify(open_valley)
    return open_valley


def finding(session: Session, up_to: int | None = None) -> Finding:
    """The first thing that verification finds, in the whole chain or ``up_to`` a place in it."""
    findings = verdict(session, up_to=up_to).findings
    assert findings, "nothing was found"
    return findings[0]


def sequence_of_first(session: Session, table: str) -> int:
    """The place in the chain of the first row of a sealed table."""
    query = f"SELECT p.sequence FROM {table} s JOIN publications p ON p.id = s.publication_id WHERE {first_row(table)}"
    return int(session.scalar(text(query)) or 0)


def test_every_sealed_table_is_asked_about() -> None:
    assert set(RECORDS) == {kind.__tablename__ for kind in sealed.SEALED}


def test_as_it_was_sealed_it_is_sound(open_valley: Session) -> None:
    found = verdict(open_valley)
    assert (found.publications, found.head, found.findings) == (4, chain(open_valley)[-1].sha256, ())


# --- one frozen row ---


@TABLES
def test_a_change_in_any_column_of_a_frozen_row_is_found(table: str, kind: str, full_valley: Session) -> None:
    sequence = sequence_of_first(full_valley, table)
    for column in columns_of(table):
        with full_valley.begin_nested() as undone:
            assert run(full_valley, f"UPDATE {table} AS s SET {change(column, kind)} WHERE {first_row(table)}") == 1
            found = finding(full_valley, sequence)
            assert found.sequence == sequence, column.name
            assert found.place.split(" ")[0] in RECORDS[table] or found.what == "frozen-rows-unreadable", column.name
            undone.rollback()
    assert verdict(full_valley).is_sound


@pytest.mark.parametrize(
    ("statement", "place", "expected", "found"),
    [
        pytest.param(
            "UPDATE sealed_scores SET value_tenths = 90 WHERE cvegeo = '98001' AND demand = 1 AND publication_id = 2",
            "score 98001/1 rating",
            "8.0",
            "9.0",
            id="a-score",
        ),
        pytest.param(
            "UPDATE sealed_scores SET value_tenths = 0, absence = NULL"
            " WHERE cvegeo = '98002' AND demand = 2 AND publication_id = 2",
            "score 98002/2 absence",
            "refused",
            "",
            id="an-absence-made-nought",
        ),
        pytest.param(
            "UPDATE sealed_standings SET place = 1"
            " WHERE cvegeo = '98003' AND scope = 'demand:3' AND publication_id = 2",
            "standing demand:3/98003 place",
            "2",
            "1",
            id="a-place",
        ),
        pytest.param(
            "UPDATE sealed_entries SET mayor = 'Otra Alba' WHERE cvegeo = '98001' AND publication_id = 2",
            "entry 98001 mayor",
            "Ana Alba",
            "Otra Alba",
            id="a-name",
        ),
    ],
)
def test_the_place_of_a_changed_figure_is_named(
    statement: str, place: str, expected: str, found: str, open_valley: Session
) -> None:
    assert run(open_valley, statement) == 1
    assert finding(open_valley) == Finding(2, "frozen-row", place, expected, found)


@TABLES
def test_a_frozen_row_taken_away_is_found(table: str, full_valley: Session) -> None:
    sequence = sequence_of_first(full_valley, table)
    assert run(full_valley, f"DELETE FROM {table} AS s WHERE {first_row(table)}") == 1
    found = finding(full_valley)
    assert found.sequence == sequence
    assert found.place.split(" ")[0] in RECORDS[table] or found.what == "frozen-rows-unreadable"


@pytest.mark.parametrize("table", [table for table in RECORDS if table != "sealed_editions"])
def test_a_row_put_among_the_frozen_ones_is_found(table: str, kind: str, full_valley: Session) -> None:
    column = key_of(table)[0]
    changed = {column.name: another(column, kind).replace(column.name, f"s.{column.name}")}
    published = full_valley.scalars(text(f"SELECT DISTINCT publication_id FROM {table} ORDER BY publication_id")).all()
    for sequence in published:  # which the valley numbers alike
        with full_valley.begin_nested() as undone:
            run(full_valley, copy_row(table, f"publication_id = {sequence}", **changed))
            found = finding(full_valley)
            assert found.sequence == sequence
            assert found.place.split(" ")[0] in RECORDS[table] or found.what == "frozen-rows-unreadable"
            undone.rollback()


def test_a_publication_without_its_rows_is_found(open_valley: Session) -> None:
    for table in RECORDS:
        run(open_valley, f"DELETE FROM {table} WHERE publication_id = 3")
    assert finding(open_valley) == Finding(3, "frozen-rows-unreadable")


# --- the publications themselves ---


@pytest.mark.parametrize(
    "columns",
    [
        "sequence = 99",
        "kind = 'edition', round_number = 0, number = 2",
        "number = 99, kind = 'correction'",
        "round_number = 3",
        "sealed_at_utc = '2021-03-20 18:00:01.000000+00:00'",
        "sha256 = {other}",
        "previous_sha256 = {other}",
        "edition_sha256 = {other}",
        "compared_with_sha256 = {other}",
        "rules = 2",
    ],
)
def test_a_change_in_any_column_of_a_publication_is_found(columns: str, kind: str, open_valley: Session) -> None:
    columns = columns.replace("+00:00", "") if kind == "sqlite" else columns
    run(open_valley, f"UPDATE publications SET {columns.format(other=OTHER)} WHERE sequence = 3")
    assert finding(open_valley).sequence in {3, 4, 99}  # where 3 has become 99, its place stands empty


OTHER = "'" + "e" * 64 + "'"


def test_an_edition_under_another_name_is_found(open_valley: Session) -> None:
    run(open_valley, "UPDATE publications SET edition_slug = 'otra-2020-2023'")
    found = verdict(open_valley, "otra-2020-2023")
    assert [(finding.sequence, finding.what) for finding in found.findings] == [(n, "frozen-row") for n in (1, 2, 3, 4)]


@pytest.mark.parametrize("sequence", [1, 2, 3, 4])
def test_one_digit_of_a_manifest_is_found_and_its_line_named(sequence: int, open_valley: Session) -> None:
    lines = chain(open_valley)[sequence - 1].manifest.split(b"\n")
    number = max(n for n, line in enumerate(lines) if line[-1:].isdigit())
    digit = (int(lines[number][-1:]) + 1) % 10
    changed = b"\n".join([*lines[:number], lines[number][:-1] + str(digit).encode(), *lines[number + 1 :]])
    query = text("UPDATE publications SET manifest = :manifest WHERE sequence = :sequence")
    open_valley.execute(query, {"manifest": changed, "sequence": sequence})
    found = finding(open_valley)
    assert (found.sequence, found.what) == (sequence, "frozen-row")
    assert found.place == " ".join(filter(None, lines[number].decode().split(",")[:3]))


# --- the chain ---


def test_two_publications_that_change_places_are_found(open_valley: Session) -> None:
    for before, after in ((2, 99), (3, 2), (99, 3)):
        run(open_valley, f"UPDATE publications SET sequence = {after} WHERE sequence = {before}")
    found = finding(open_valley)
    assert (found.sequence, found.what, found.place) == (2, "chain", "publication sequence")


def test_a_publication_taken_out_of_the_middle_is_found(open_valley: Session) -> None:
    forget(open_valley, 3)
    found = finding(open_valley)
    assert (found.sequence, found.what) == (4, "chain")


def forget(session: Session, sequence: int) -> None:
    """Take a publication away with all its rows."""
    for table in RECORDS:
        run(
            session,
            f"DELETE FROM {table} WHERE publication_id = (SELECT id FROM publications WHERE sequence = {sequence})",
        )
    run(session, f"DELETE FROM publications WHERE sequence = {sequence}")
    session.expunge_all()


def test_a_chain_cut_short_is_found_by_who_noted_its_head(open_valley: Session) -> None:
    head = chain(open_valley)[-1].sha256
    forget(open_valley, 4)
    assert verdict(open_valley).is_sound
    (found,) = verdict(open_valley, head=head).findings
    assert (found.sequence, found.what, found.expected) == (3, "head-not-in-chain", head)


def test_a_chain_written_anew_is_found_by_who_noted_its_head(open_valley: Session) -> None:
    old = chain(open_valley)
    heads, moments = [row.sha256 for row in old], [row.sealed_at_utc for row in old]
    for row in reversed(old):
        forget(open_valley, row.sequence)
    run(open_valley, "UPDATE scores SET value_tenths = 100 WHERE value_tenths = 75")
    for number, moment, reason in zip((0, 1, 2, 1), moments, (None, None, None, REASON), strict=True):
        seal(open_valley, number, at=moment, reason=reason)
    assert verdict(open_valley).is_sound
    for head in heads[1:]:
        assert [found.what for found in verdict(open_valley, head=head).findings] == ["head-not-in-chain"]


# --- the texts beside the manifests ---


TEXT = "key = 'score/98003/1/2' AND field = 'reason' AND publication_id = 2"


@pytest.mark.parametrize(
    ("columns", "what"),
    [
        pytest.param("body = NULL, salt = NULL", "text-missing", id="taken-away"),
        pytest.param("body = body || '.'", "text", id="changed"),
        pytest.param("body = ''", "text", id="emptied"),
        pytest.param("salt = '00' || substr(salt, 3)", "text", id="another-salt"),
        pytest.param("salt = 'no es hexadecimal'", "text", id="no-salt-at-all"),
    ],
)
def test_a_text_that_no_longer_has_its_checksum_is_found(columns: str, what: str, open_valley: Session) -> None:
    assert run(open_valley, f"UPDATE sealed_texts SET {columns} WHERE {TEXT}") == 1
    found = finding(open_valley)
    assert (found.sequence, found.what, found.place) == (2, what, "text score/98003/1/2 reason")


def test_the_valley_is_the_edition_that_these_tests_spoil(valley: Session) -> None:
    assert {row.edition_slug for row in chain(valley)} == {SLUG}
