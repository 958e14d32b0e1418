"""A bad row gives file, line, column and reason, and nothing is written: neither of its folder nor of another."""

from pathlib import Path

import pytest

from app.cli.sentences import seed_problem_line
from app.domain.seeds import SeedProblem
from tests import databases
from tests.integration.bad_rows import BROKEN, UNREADABLE
from tests.integration.commands import Commands
from tests.integration.folders import VALLEY, copy_of, replace_in
from tests.integration.test_seeds import Line, rows


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the valley, to spoil."""
    return copy_of(VALLEY, tmp_path)


@pytest.fixture
def url(sqlite_template: Path, tmp_path: Path) -> str:
    """An empty database. What is wrong with a folder alone is the same on both kinds."""
    return databases.copy_of_sqlite(sqlite_template, tmp_path)


def expect(line: Commands, folder: Path, *problems: SeedProblem) -> None:
    """Loading that folder tells these problems, each as file, line, column and reason, and writes nothing."""
    answer = line("seeds", "load", folder, "--commit")
    assert answer.exit_code == 1
    told = [text for text in answer.lines if text.startswith(str(folder))]
    assert told == [seed_problem_line(problem) for problem in problems]
    assert set(rows(line.database_url).values()) == {0}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_cell_that_cannot_be_read_is_named(case: str, folder: Path, url: str, commands: Line) -> None:
    name, old, new, column, found = UNREADABLE[case]
    line = replace_in(folder / name, old, new)
    expect(commands(url), folder, SeedProblem(str(folder / name), line, column, "unreadable", found))


@pytest.mark.parametrize("case", BROKEN)
def test_a_row_that_breaks_a_rule_is_named(case: str, folder: Path, url: str, commands: Line) -> None:
    name, old, new, column, code, found = BROKEN[case]
    line = replace_in(folder / name, old, new)
    problem = SeedProblem(str(folder / name), line, column, code, found)
    answer = commands(url)("seeds", "load", folder, "--commit")
    assert answer.exit_code == 1
    assert seed_problem_line(problem) in answer.lines
    assert set(rows(url).values()) == {0}


def test_two_rows_with_one_key_are_named(folder: Path, url: str, commands: Line) -> None:
    file = folder / "scores.csv"
    with file.open("a") as scores:
        scores.write("1,98001,2,1,3,,,,,,2021-01-10T18:01:00Z,\n")
    line = file.read_text().count("\n")
    expect(commands(url), folder, SeedProblem(str(file), line, "round cvegeo demand revision", "twice", "1/98001/2/1"))


def test_a_month_without_a_mayor_is_named(folder: Path, url: str, commands: Line) -> None:
    replace_in(
        folder / "mandates.csv", "98001,Ana Alba,f,Partido Uno,2020-10-01", "98001,Ana Alba,f,Partido Uno,2021-03-01"
    )
    problems = [SeedProblem(str(folder / "rounds.csv"), line, "ends_on", "no-mayor", "98001") for line in (2, 3)]
    expect(commands(url), folder, *problems)


def test_every_problem_is_told_at_once_in_the_order_of_the_files(folder: Path, url: str, commands: Line) -> None:
    first = replace_in(folder / "demands.csv", "2,seguridad,2,", "2,seguridad,dos,")
    second = replace_in(folder / "scores.csv", "1,98001,1,1,8,", "1,98001,1,1,ocho,")
    third = replace_in(folder / "scores.csv", "2,98003,3,1,5.5,", "2,98003,3,1,5.55,")
    expect(
        commands(url),
        folder,
        SeedProblem(str(folder / "demands.csv"), first, "weight", "unreadable", "dos"),
        SeedProblem(str(folder / "scores.csv"), second, "value", "unreadable", "ocho"),
        SeedProblem(str(folder / "scores.csv"), third, "value", "unreadable", "5.55"),
    )
