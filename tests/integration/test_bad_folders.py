"""A folder that has not the form of a seed, or that the database does not take, is refused whole."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli.sentences import seed_problem_line
from app.domain.seeds import SeedProblem
from tests import databases
from tests.integration.folders import REAL, VALLEY, copy_of, replace_in
from tests.integration.test_seeds import Line, rows


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the valley, to spoil."""
    return copy_of(VALLEY, tmp_path)


@pytest.fixture
def url(sqlite_template: Path, tmp_path: Path) -> str:
    """An empty database. What is wrong with a folder alone is the same on both kinds."""
    return databases.copy_of_sqlite(sqlite_template, tmp_path)


def prepend(what: bytes) -> Callable[[Path], object]:
    return lambda file: file.write_bytes(what + file.read_bytes())


def append(what: bytes) -> Callable[[Path], object]:
    return lambda file: file.write_bytes(file.read_bytes() + what)


def put(old: str, new: str) -> Callable[[Path], object]:
    return lambda file: replace_in(file, old, new)


SCORES = "round,cvegeo,demand,revision,value,absence,reason_es,salt,institution,conflict_es,recorded_at_utc,source"
SPOILT: dict[str, tuple[str, Callable[[Path], object], int, str, str, str]] = {
    "a-missing-file": ("scores.csv", Path.unlink, 0, "", "file-missing", ""),
    "a-missing-edition": ("edition.toml", Path.unlink, 0, "", "file-missing", ""),
    "bytes-that-are-no-utf8": ("scores.csv", append(b"\xff"), 31, "", "not-utf8", "1768"),
    "latin-1": ("figures.csv", append("1,98002,overall,\xf1,informe\n".encode("latin-1")), 5, "", "not-utf8", "141"),
    "a-byte-order-mark": ("scores.csv", prepend(b"\xef\xbb\xbf"), 1, "", "wrong-header", "\ufeff" + SCORES),
    "another-header": (
        "scores.csv",
        put("demand,revision", "revision,demand"),
        1,
        "",
        "wrong-header",
        SCORES.replace("demand,revision", "revision,demand"),
    ),
    "semicolons": (
        "rounds.csv",
        lambda file: file.write_text(file.read_text().replace(",", ";")),
        1,
        "",
        "wrong-header",
        "number;starts_on;ends_on;publication_due_on;stage;source_published_on;source",
    ),
    "an-empty-file": ("figures.csv", lambda file: file.write_bytes(b""), 1, "", "wrong-header", ""),
    "a-cell-too-many": (
        "figures.csv",
        put("1,98001,overall,6,informe", "1,98001,overall,6,informe,"),
        2,
        "",
        "wrong-number-of-cells",
        "6",
    ),
    "a-cell-too-few": (
        "figures.csv",
        put("1,98001,overall,6,informe", "1,98001,overall,6"),
        2,
        "",
        "wrong-number-of-cells",
        "4",
    ),
    "a-blank-line": ("figures.csv", append(b"\n"), 5, "", "wrong-number-of-cells", "0"),
    "a-lone-carriage-return": (
        "figures.csv",
        append(b"1,98002\r,overall,6,informe\n"),
        5,
        "",
        "wrong-number-of-cells",
        "2",
    ),
    "a-quote-that-never-ends": (
        "figures.csv",
        append(b'1,98002,overall,"6'),
        5,
        "",
        "not-csv",
        "unexpected end of data",
    ),
    "a-cell-longer-than-any-text": (
        "figures.csv",
        append(b"1,98002,overall," + b"6" * 200_000 + b",informe\n"),
        5,
        "",
        "not-csv",
        "field larger than field limit (131072)",
    ),
    "no-toml": ("edition.toml", append(b"slug = \n"), 0, "", "not-toml", "Invalid value (at line 40, column 8)"),
    "toml-without-a-method": ("edition.toml", put("[method]", "[otra]"), 0, "method", "table-missing", ""),
    "a-setting-that-is-not-known": ("edition.toml", put("jump_limit", "jump"), 26, "jump", "unknown-column", ""),
    "a-table-that-is-a-value": (
        "edition.toml",
        put("[[sources]]", "[sources]"),
        0,
        "sources",
        "table-missing",
        "",
    ),
}


@pytest.mark.parametrize("case", SPOILT)
def test_a_folder_without_the_form_of_a_seed_is_refused_and_the_place_named(
    case: str, folder: Path, url: str, commands: Line
) -> None:
    name, spoil, line, column, code, found = SPOILT[case]
    spoil(folder / name)
    answer = commands(url)("seeds", "load", folder, "--commit")
    assert answer.exit_code == 1
    assert seed_problem_line(SeedProblem(str(folder / name), line, column, code, found)) in answer.lines
    assert set(rows(url).values()) == {0}


def test_a_number_that_python_does_not_even_print_is_refused(folder: Path, url: str, commands: Line) -> None:
    for number in ("9" * 5000, "0x" + "f" * 5000):
        replace_in(folder / "edition.toml", "minimum_coverage_percent = 80", f"minimum_coverage_percent = {number}")
        answer = commands(url)("seeds", "load", folder, "--commit")
        assert answer.exit_code == 1
        assert answer.text.startswith(str(folder / "edition.toml"))
        replace_in(folder / "edition.toml", f"minimum_coverage_percent = {number}", "minimum_coverage_percent = 80")
    assert set(rows(url).values()) == {0}


def test_brackets_without_end_are_refused(folder: Path, url: str, commands: Line) -> None:
    append(b"deep = " + b"[" * 100_000)(folder / "edition.toml")
    answer = commands(url)("seeds", "load", folder, "--commit")
    assert answer.exit_code == 1
    assert answer.text.startswith(str(folder / "edition.toml"))


def test_a_folder_that_is_not_there_is_refused(url: str, commands: Line, tmp_path: Path) -> None:
    assert commands(url)("seeds", "load", tmp_path / "nowhere", "--commit").exit_code == 2


# --- what only the database sees ---


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["the-bad-one-last", "the-bad-one-first"])
@pytest.mark.parametrize("what", ["form", "cell", "checksum"])
def test_of_two_folders_with_one_bad_none_is_written(
    what: str, order: tuple[int, int], folder: Path, database_url: str, commands: Line
) -> None:
    old, new = {
        "form": ("sequence,kind", "kind,sequence"),
        "cell": ("2,round,1,1", "2,ronda,1,1"),
        "checksum": ("2021-03-20T18:00:00Z,,,", f"2021-03-20T18:00:00Z,,,{'0' * 64}"),
    }[what]
    replace_in(folder / "publications.csv", old, new)
    folders = [(REAL, folder)[place] for place in order]
    answer = commands(database_url)("seeds", "load", *folders, "--commit")
    assert answer.exit_code == 1
    assert "publications.csv" in answer.text
    assert set(rows(database_url).values()) == {0}


def test_a_checksum_that_does_not_come_out_is_refused_with_nothing_written(
    folder: Path, database_url: str, commands: Line
) -> None:
    wrong = "0" * 64
    line = replace_in(folder / "publications.csv", "2021-03-20T18:00:00Z,,,", f"2021-03-20T18:00:00Z,,,{wrong}")
    answer = commands(database_url)("seeds", "load", folder, "--commit")
    assert answer.exit_code == 1
    assert f"{folder / 'publications.csv'}:{line}" in answer.text
    assert wrong in answer.text
    assert len(re.findall(r"\b[0-9a-f]{64}\b", answer.text)) == 2  # the expected one and what came out
    assert set(rows(database_url).values()) == {0}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param("publications.csv", "2021-03-20", "2021-01-19", id="sealed-before-the-one-before"),
        pytest.param("publications.csv", "2021-01-20T18:00:00Z,", "2021-01-09T18:00:00Z,", id="sealed-before-rated"),
        pytest.param("publications.csv", "3,round,2,", "3,round,3,", id="a-round-with-a-cell-unresolved"),
        pytest.param("publications.csv", "3,round,2,", "3,round,1,", id="a-round-twice"),
    ],
)
def test_a_publication_that_cannot_be_sealed_is_named_by_its_line(
    file: str, old: str, new: str, folder: Path, database_url: str, commands: Line
) -> None:
    line = replace_in(folder / file, old, new)
    answer = commands(database_url)("seeds", "load", folder, "--commit")
    assert answer.exit_code == 1
    assert f"{folder / file}:{line}: " in answer.text
    assert set(rows(database_url).values()) == {0}


FEBRUARY = "Lista de febrero,https://ejemplo.invalid/brisa/lista.csv,2021-02-28,22222222222222222222222222222203"


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        pytest.param("municipalities.csv", "98002,brisa", "98002,alba", "slug", id="one-slug-for-two"),
        pytest.param("evidence.csv", FEBRUARY, ",,2021-02-28,", "title_sha256", id="evidence-of-nothing"),
    ],
)
def test_a_row_that_only_the_database_refuses_gives_an_answer_and_writes_nothing(
    file: str, old: str, new: str, says: str, folder: Path, database_url: str, commands: Line
) -> None:
    replace_in(folder / file, old, new)
    answer = commands(database_url)("seeds", "load", folder, "--commit")
    assert answer.exit_code == 1
    assert says in answer.text
    assert set(rows(database_url).values()) == {0}


def test_a_theme_put_before_another_that_is_loaded_is_refused(folder: Path, valley_url: str, commands: Line) -> None:
    before = rows(valley_url)
    theme = '{ key = "seguridad", name_es = "Seguridad", name_en = "Safety" },'
    replace_in(
        folder / "edition.toml", theme, '{ key = "deporte", name_es = "Deporte", name_en = "Sport" },\n    ' + theme
    )
    answer = commands(valley_url)("seeds", "load", folder, "--commit")
    assert answer.exit_code == 1
    assert rows(valley_url) == before
