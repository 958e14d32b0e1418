"""Loading a folder of seeds and writing it out again: nothing is lost, nothing overwritten (DESIGN §8)."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.models.engines import make_engine
from tests.integration.commands import Commands
from tests.integration.folders import DEMONSTRATION, REAL, SLUGS, VALLEY, contents, copy_of, replace_in
from tests.integration.statements import count_rows

EVERY_FOLDER = pytest.mark.parametrize("folder", [REAL, DEMONSTRATION, VALLEY], ids=lambda folder: folder.name)
Line = Callable[[str], Commands]


def rows(url: str) -> dict[str, int]:
    """How many rows each table has."""
    engine = make_engine(url)
    with Session(engine) as session:
        counts = count_rows(session)
    engine.dispose()
    return counts


def without_checksums(publications: bytes) -> list[list[str]]:
    return [row[:-1] for row in csv.reader(io.StringIO(publications.decode()))]


def test_a_dry_run_writes_nothing(database_url: str, commands: Line) -> None:
    answer = commands(database_url)("seeds", "load", VALLEY, REAL)
    assert answer.exit_code == 0
    assert SLUGS[VALLEY] in answer.lines[0]
    assert SLUGS[REAL] in answer.lines[1]
    assert set(rows(database_url).values()) == {0}


def test_committing_writes_every_row(database_url: str, commands: Line) -> None:
    answer = commands(database_url)("seeds", "load", VALLEY, "--commit")
    assert answer.exit_code == 0
    counts = rows(database_url)
    for file in VALLEY.glob("*.csv"):
        table = {"figures": "published_figures"}.get(file.stem, file.stem)
        assert counts[table] == len(list(csv.reader(io.StringIO(file.read_text())))) - 1, file.name


@EVERY_FOLDER
def test_loading_again_changes_nothing(folder: Path, seeded_database_url: str, commands: Line) -> None:
    line = commands(seeded_database_url)
    line("seeds", "load", folder, "--commit")
    before = rows(seeded_database_url)
    answer = line("seeds", "load", folder, "--commit")
    assert answer.exit_code == 0
    assert rows(seeded_database_url) == before
    assert len(answer.lines) == 1


@pytest.mark.parametrize("folder", [REAL, DEMONSTRATION], ids=lambda folder: folder.name)
def test_what_was_loaded_is_written_out_byte_for_byte(
    folder: Path, seeded_database_url: str, commands: Line, tmp_path: Path
) -> None:
    assert commands(seeded_database_url)("seeds", "dump", SLUGS[folder], tmp_path / "out", "--commit").exit_code == 0
    assert contents(tmp_path / "out") == contents(folder)


@EVERY_FOLDER
def test_a_folder_with_its_checksums_is_loaded_and_written_again_without_difference(
    folder: Path, request: pytest.FixtureRequest, database_url: str, commands: Line, tmp_path: Path
) -> None:
    stated, again, slug = tmp_path / "stated", tmp_path / "again", SLUGS[folder]
    loaded: str = request.getfixturevalue("valley_url" if folder == VALLEY else "seeded_database_url")
    commands(loaded)("seeds", "dump", slug, stated, "--commit")
    line = commands(database_url)
    assert line("seeds", "load", stated, "--commit").exit_code == 0
    assert line("seeds", "dump", slug, again, "--commit").exit_code == 0
    assert contents(again) == contents(stated)
    answer = line("seeds", "dump", slug, stated)
    assert (answer.exit_code, len(answer.lines)) == (0, 1)


def test_a_dump_without_commit_writes_no_file(valley_url: str, commands: Line, tmp_path: Path) -> None:
    answer = commands(valley_url)("seeds", "dump", SLUGS[VALLEY], tmp_path / "out")
    assert answer.exit_code == 0
    assert str(tmp_path / "out" / "scores.csv") in answer.text
    assert not (tmp_path / "out").exists()


def test_an_edition_that_is_not_there_is_not_dumped(valley_url: str, commands: Line, tmp_path: Path) -> None:
    answer = commands(valley_url)("seeds", "dump", "otra-2020-2023", tmp_path / "out", "--commit")
    assert answer.exit_code == 1
    assert not (tmp_path / "out").exists()


# --- what the database already holds ---


CHANGED = {
    "scores.csv": ("1,98001,2,1,7.5,", "1,98001,2,1,2.5,", "scores 1/98001/2/1"),
    "mandates.csv": ("98001,Ana Alba", "98001,Otra Alba", "mandates 98001/2020-10-01"),
    "municipalities.csv": ("Al; Villa Alba", "Villa Alba", "municipalities 98001"),
    "organisations.csv": ("Es de Ana Alba.", "", "organisations fondo"),
    "demands.csv": ("Patrullas a tiempo", "Patrullas puntuales", "demands 2"),
    "edition.toml": ('name_en = "Invented valley', 'name_en = "Some valley', "edition valle-2020-2023"),
    "evidence.csv": ("2020-12-31", "2020-12-30", "evidence 1/98001/1/1/1"),
    "figures.csv": ("theme:seguridad,8", "theme:seguridad,9", "figures 1/98001/theme:seguridad"),
    "withdrawals.csv": ("ajena a la", "propia de la", "withdrawals 1/score/98003/3/1/reason"),
    "notices.csv": ("98001,2021-01-10T20", "98001,2021-01-10T19", "notices 1/98001"),
    "letters.csv": ("Síndica, primera", "Síndica, segunda", "letters 1/98001/1"),
    "replies.csv": ("Faltan contratos.", "Sobran contratos.", "replies 1/98003/1/3"),
    "decisions.csv": ("Es cierto.", "No es cierto.", "decisions 1/98003/1/1/1"),
    "meetings.csv": ("98002,false", "98002,true", "meetings 1/98002"),
    "publications.csv": ("2021-03-20", "2021-03-21", "publications 3"),
}


@pytest.mark.parametrize("file", CHANGED)
def test_a_row_that_differs_is_reported_and_left(file: str, valley_url: str, commands: Line, tmp_path: Path) -> None:
    old, new, place = CHANGED[file]
    line, folder = commands(valley_url), copy_of(VALLEY, tmp_path)
    replace_in(folder / file, old, new)
    before = rows(valley_url)
    answer = line("seeds", "load", folder, "--commit")
    assert answer.exit_code == 3
    assert place in answer.text
    line("seeds", "dump", SLUGS[VALLEY], tmp_path / "after", "--commit")
    loaded, left = contents(VALLEY), contents(tmp_path / "after")
    assert without_checksums(left.pop("publications.csv")) == without_checksums(loaded.pop("publications.csv"))
    assert left == loaded
    assert rows(valley_url) == before


def test_a_row_only_in_the_database_is_reported_and_left(valley_url: str, commands: Line, tmp_path: Path) -> None:
    folder = copy_of(VALLEY, tmp_path)
    replace_in(folder / "figures.csv", '1,98003,demand:1,"9,5",informe\n', "")
    before = rows(valley_url)
    answer = commands(valley_url)("seeds", "load", folder, "--commit")
    assert answer.exit_code == 0
    assert "figures 1/98003/demand:1" in answer.text
    assert rows(valley_url) == before


def test_new_rows_are_added_beside_those_that_differ(valley_url: str, commands: Line, tmp_path: Path) -> None:
    folder = copy_of(VALLEY, tmp_path)
    replace_in(folder / "figures.csv", "theme:seguridad,8", "theme:seguridad,9")
    with (folder / "scores.csv").open("a") as file:
        file.write("3,98003,3,1,6.5,,,,,,2021-05-11T18:00:00Z,\n")
    before = rows(valley_url)
    assert commands(valley_url)("seeds", "load", folder, "--commit").exit_code == 3
    added = {name: count - before[name] for name, count in rows(valley_url).items() if count != before[name]}
    assert added == {"scores": 1, "audit_events": 1}


def without_rows(file: Path) -> None:
    file.write_text(file.read_text().splitlines(keepends=True)[0])


def test_a_municipality_that_another_edition_words_otherwise_is_reported_and_left(
    valley_url: str, commands: Line, tmp_path: Path
) -> None:
    folder = copy_of(VALLEY, tmp_path)
    replace_in(folder / "edition.toml", "valle-2020-2023", "valle-2020-2024")
    replace_in(folder / "municipalities.csv", "Ñandú", "Nandú")
    without_rows(folder / "withdrawals.csv")  # a text is withdrawn once, wherever it stands
    for name in ("letters", "replies", "decisions"):  # a receipt is given once, wherever it stands
        without_rows(folder / f"{name}.csv")
    answer = commands(valley_url)("seeds", "load", folder, "--commit")
    assert answer.exit_code == 3
    assert "municipalities 98003" in answer.text
    assert rows(valley_url)["municipalities"] == 3


def test_only_into_empty_leaves_a_database_that_holds_an_edition(valley_url: str, commands: Line) -> None:
    before = rows(valley_url)
    answer = commands(valley_url)("seeds", "load", REAL, "--only-into-empty", "--commit")
    assert (answer.exit_code, len(answer.lines)) == (0, 1)
    assert rows(valley_url) == before


def test_only_into_empty_loads_an_empty_database(database_url: str, commands: Line) -> None:
    line = commands(database_url)
    for _ in range(2):
        assert line("seeds", "load", VALLEY, "--only-into-empty", "--commit").exit_code == 0
        assert rows(database_url)["editions"] == 1


def test_two_folders_are_loaded_one_after_the_other(database_url: str, commands: Line, tmp_path: Path) -> None:
    line = commands(database_url)
    assert line("seeds", "load", VALLEY, REAL, "--commit").exit_code == 0
    for folder in (VALLEY, REAL):
        line("seeds", "dump", SLUGS[folder], tmp_path / folder.name, "--commit")
        loaded, written = contents(folder), contents(tmp_path / folder.name)
        assert {**written, "publications.csv": b""} == {**loaded, "publications.csv": b""}
