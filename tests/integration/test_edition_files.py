"""The two CSV files of an edition say what is sealed, cell by cell, and nothing else."""
# ruff: noqa: S608 - raw SQL is what the files are compared with

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from app.domain.scorecard import EditionFile
from app.exports.editions import ABSENCES, UNPLACED, averages_csv, file_name, scores_csv, tenths_text
from app.exports.tables import csv_text
from app.models.engines import make_engine
from app.queries.files import find_edition_file
from tests.integration.folders import DEMONSTRATION, REAL, SLUGS, VALLEY, copy_of
from tests.integration.sealing import SLUG
from tests.integration.test_seeds import Line

SEEDS = pytest.mark.parametrize("slug", [SLUGS[REAL], SLUGS[DEMONSTRATION]])
Rows = list[dict[str, str]]
IN_FORCE = (
    "publications p WHERE p.edition_slug = :slug AND p.round_number > 0 AND NOT EXISTS (SELECT 1 FROM publications q"
    " WHERE q.edition_slug = p.edition_slug AND q.round_number = p.round_number AND q.number > p.number)"
)


def file_of(session: Session, slug: str) -> EditionFile:
    file = find_edition_file(session, slug)
    assert file is not None
    return file


def read(written: bytes) -> Rows:
    """The rows of a file, as any reader of CSV takes them. Each has as many cells as the header."""
    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""), strict=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def tenths(cell: str) -> int | None:
    return int(cell.replace(".", "")) if cell else None


def sealed(session: Session, slug: str, columns: str, table: str) -> list[tuple[object, ...]]:
    """The frozen rows of the publications in force, as raw SQL reads them."""
    query = f"SELECT p.round_number, s.cvegeo, {columns} FROM {table} s, {IN_FORCE} AND s.publication_id = p.id"
    return [tuple(row) for row in session.execute(text(query), {"slug": slug})]


@SEEDS
def test_there_is_a_row_for_every_municipality_round_and_demand(slug: str, seeded: Session) -> None:
    rows = read(scores_csv(file_of(seeded, slug)))
    rounds = {SLUGS[REAL]: ["3"], SLUGS[DEMONSTRATION]: [str(number) for number in range(1, 13)]}[slug]
    places = {row["cvegeo"] for row in rows}
    assert len(places) == 9
    keys = [(row["evaluacion"], row["cvegeo"], row["demanda"]) for row in rows]
    assert sorted(keys) == sorted((n, place, str(d)) for n in rounds for place in places for d in range(1, 11))


@SEEDS
def test_every_score_is_the_sealed_one(slug: str, seeded: Session) -> None:
    found = sealed(seeded, slug, "s.demand, s.value_tenths, s.absence, p.number, p.sha256", "sealed_scores")
    rows = read(scores_csv(file_of(seeded, slug)))
    words = {word: absence.value for absence, word in ABSENCES.items()}
    written = [
        (
            int(row["evaluacion"]),
            row["cvegeo"],
            int(row["demanda"]),
            tenths(row["calificacion"]),
            words[row["ausencia"]] if row["ausencia"] else None,
            int(row["publicacion"]),
            row["codigo_de_verificacion"],
        )
        for row in rows
    ]
    assert sorted(written, key=str) == sorted(found, key=str)


@SEEDS
def test_every_average_and_place_is_the_sealed_one(slug: str, seeded: Session) -> None:
    columns = (
        "s.scope, s.tenths, s.rated, s.applicable, s.refused, s.place, s.unplaced, s.change_tenths, s.previous_place"
    )
    rows = [row for row in sealed(seeded, slug, columns, "sealed_standings") if not str(row[2]).startswith("demand:")]
    words = {word: unplaced.value for unplaced, word in UNPLACED.items()}
    written = [
        (
            int(row["evaluacion"]),
            row["cvegeo"],
            "overall" if row["ambito"] == "general" else f"theme:{row['ambito']}",
            tenths(row["promedio"]),
            int(row["demandas_calificadas"]),
            int(row["demandas_aplicables"]),
            int(row["demandas_sin_informacion"]),
            int(row["lugar"]) if row["lugar"] else None,
            words[row["sin_lugar_por"]] if row["sin_lugar_por"] else None,
            tenths(row["cambio"]),
            int(row["lugar_anterior"]) if row["lugar_anterior"] else None,
        )
        for row in read(averages_csv(file_of(seeded, slug)))
    ]
    assert sorted(written, key=str) == sorted(rows, key=str)


def test_places_are_counted_of_those_placed_in_the_same_ranking(seeded: Session) -> None:
    rows = read(averages_csv(file_of(seeded, SLUGS[DEMONSTRATION])))
    for row in rows:
        same = [other for other in rows if (other["evaluacion"], other["ambito"]) == (row["evaluacion"], row["ambito"])]
        placed = [other["lugar"] for other in same if other["lugar"]]
        assert row["de"] == (str(len(placed)) if row["lugar"] else "")
        assert row["lugar_compartido"] == (
            {True: "sí", False: "no"}[placed.count(row["lugar"]) > 1] if row["lugar"] else ""
        )


def test_an_edition_without_an_overall_ranking_has_no_overall_row(seeded: Session) -> None:
    scopes = {
        slug: {row["ambito"] for row in read(averages_csv(file_of(seeded, slug)))}
        for slug in SLUGS.values()
        if slug != SLUG
    }
    assert "general" not in scopes[SLUGS[REAL]]
    assert "general" in scopes[SLUGS[DEMONSTRATION]]


def test_what_the_source_printed_stands_beside_our_average(seeded: Session) -> None:
    rows = read(averages_csv(file_of(seeded, SLUGS[REAL])))
    (apodaca,) = [row for row in rows if (row["cvegeo"], row["ambito"]) == ("19006", "seguridad")]
    assert (apodaca["promedio"], apodaca["promedio_exacto"], apodaca["cifra_de_la_fuente"]) == ("6.3", "25/4", "7")
    assert (apodaca["lugar"], apodaca["de"]) == ("7", "9")


@SEEDS
def test_invented_data_says_so_in_every_row_and_in_the_name_of_the_file(slug: str, seeded: Session) -> None:
    file = file_of(seeded, slug)
    invented = slug == SLUGS[DEMONSTRATION]
    for written in (scores_csv(file), averages_csv(file)):
        assert {row["tipo_de_datos"] for row in read(written)} == {"inventados" if invented else "reales"}
    name = f"{slug}-datos-inventados-calificaciones.csv" if invented else f"{slug}-calificaciones.csv"
    assert file_name(file, "calificaciones") == name


def test_a_corrected_round_is_written_as_it_was_corrected(valley: Session) -> None:
    (row,) = cells(valley, "1", "98003", "1")
    assert (row["calificacion"], row["publicacion"]) == ("4.0", "2")


def cells(session: Session, number: str, cvegeo: str, demand: str) -> Rows:
    """The rows of one cell of the valley."""
    key = (number, cvegeo, demand)
    rows = read(scores_csv(file_of(session, SLUG)))
    return [row for row in rows if (row["evaluacion"], row["cvegeo"], row["demanda"]) == key]


def test_what_a_spreadsheet_would_run_is_marked_as_text(valley: Session) -> None:
    (row,) = cells(valley, "1", "98001", "1")
    assert row["motivo"] == '\'=HYPERLINK("https://ejemplo.invalid")'
    (row,) = cells(valley, "1", "98001", "3")
    assert (row["institucion"], row["calificacion"]) == ("'@alba", "0.0")


@pytest.mark.parametrize(
    "start", ["=1", "+1-1", "-1-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1", "+"]
)
def test_no_cell_begins_as_a_formula(start: str, valley_sqlite: Session) -> None:
    file = file_of(valley_sqlite, SLUG)
    first = file.rounds[0]
    scores = tuple(replace(score, conflict=start) for score in first.scores)
    rows = read(scores_csv(replace(file, rounds=(replace(first, scores=scores),))))
    assert {row["conflicto_de_interes"] for row in rows} == {f"'{start}"}


@pytest.mark.parametrize("value", [-25, -5, 0, 5, 25])
def test_a_negative_change_stays_a_number(value: int) -> None:
    assert tenths_text(value) == f"{value / 10:.1f}"


def test_a_negative_change_is_not_marked_as_text(seeded: Session) -> None:
    changes = {row["cambio"] for row in read(averages_csv(file_of(seeded, SLUGS[DEMONSTRATION])))}
    assert any(change.startswith("-") for change in changes)
    assert not any(change.startswith("'") for change in changes)


TROUBLESOME = ["a,b", 'a "b" c', "a\nb", "a\r\nb", "a\rb", "a;b", " a ", "«ñ»\u2028b", "\\"]
NINE_CELLS = [(cvegeo, demand) for cvegeo in ("98001", "98002", "98003") for demand in ("1", "2", "3")]


def test_any_text_is_read_back_as_it_is(database_url: str, commands: Line, tmp_path: Path) -> None:
    line, folder = commands(database_url), copy_of(VALLEY, tmp_path)
    rows = list(csv.reader(io.StringIO((folder / "scores.csv").read_text(), newline="")))
    words = dict(zip(NINE_CELLS, TROUBLESOME, strict=True))
    for row in rows:
        if row[0] == "2":
            row[6:8] = words[row[1], row[2]], "55555555555555555555555555555555"
    (folder / "scores.csv").write_bytes(csv_text(rows).encode())
    assert line("seeds", "load", folder, "--commit").exit_code == 0
    engine = make_engine(database_url)
    with Session(engine) as session:
        written = read(scores_csv(file_of(session, SLUG)))
    engine.dispose()
    assert {(r["cvegeo"], r["demanda"]): r["motivo"] for r in written if r["evaluacion"] == "2"} == words
    line("seeds", "dump", SLUG, tmp_path / "again", "--commit")
    assert line("seeds", "load", tmp_path / "again").exit_code == 0
    assert line("publications", "verify").exit_code == 0


def test_a_withdrawn_reason_says_so(valley: Session) -> None:
    (row,) = cells(valley, "1", "98003", "3")
    assert row["motivo"] == "texto retirado por causas legales"


def test_twelve_rounds_cost_as_many_queries_as_one(seeded: Session) -> None:
    asked: list[str] = []
    file_of(seeded, SLUGS[REAL])  # the first query of a session also begins its transaction
    event.listen(seeded.get_bind(), "before_cursor_execute", lambda *call: asked.append(call[2]))
    counts = []
    for slug in (SLUGS[REAL], SLUGS[DEMONSTRATION], SLUGS[REAL]):
        asked.clear()
        rounds = len(file_of(seeded, slug).rounds)
        counts.append((rounds, len(asked)))
        seeded.expunge_all()
    assert [rounds for rounds, _ in counts] == [1, 12, 1]
    assert len({queries for _, queries in counts}) == 1
    assert counts[0][1] <= 14
