"""A seed as a folder of text files, and back: ``edition.toml`` and one CSV a table."""

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import tomli_w

from app.domain.seed_columns import Table
from app.domain.seed_tables import BY_NAME, TABLES
from app.domain.seeds import Seed, SeedProblem, SeedRow, SeedWrong
from app.exports.tables import csv_text

TOML_FILE = "edition.toml"
_IN_TOML = ("edition", "method", "themes", "sources")
_SINGLE = ("edition", "method")
_BITS_OF_A_NUMBER = 64
FILES = (TOML_FILE, *(f"{table.name}.csv" for table in TABLES if table.name not in _IN_TOML))
_MAY_LACK = {f"{table.name}.csv" for table in TABLES if table.may_lack}


def read_seed(folder: str, files: Mapping[str, bytes]) -> Seed:
    """Read the files of a folder (name to bytes); raise SeedWrong with every problem of form. Rules are checked later.

    ``folder`` only names the place in messages.
    """
    problems: list[SeedProblem] = []
    tables: dict[str, tuple[SeedRow, ...]] = {}
    for name in FILES:
        if name not in files:
            if name in _MAY_LACK:
                tables[BY_NAME[name.removesuffix(".csv")].name] = ()
                continue
            problems.append(SeedProblem(f"{folder}/{name}", 0, "", "file-missing"))
            continue
        try:
            text = files[name].decode()
        except UnicodeDecodeError as error:
            line = files[name].count(b"\n", 0, error.start) + 1
            problems.append(SeedProblem(f"{folder}/{name}", line, "", "not-utf8", str(error.start)))
            continue
        read = _read_toml if name == TOML_FILE else _read_csv
        tables |= read(f"{folder}/{name}", text, problems)
    if problems:
        raise SeedWrong(problems=tuple(problems))
    return Seed(tables)


def _read_csv(file: str, text: str, problems: list[SeedProblem]) -> dict[str, tuple[SeedRow, ...]]:
    table = BY_NAME[file.rpartition("/")[2].removesuffix(".csv")]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[SeedRow] = []
    try:
        header = tuple(next(reader, ()))
        if header != table.names:
            problems.append(SeedProblem(file, 1, "", "wrong-header", ",".join(header)))
            return {}
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) == len(header):
                rows.append(SeedRow(dict(zip(header, cells, strict=True)), file, line))
            else:
                problems.append(SeedProblem(file, line, "", "wrong-number-of-cells", str(len(cells))))
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(SeedProblem(file, reader.line_num, "", "not-csv", str(error)))
    return {table.name: tuple(rows)}


def _read_toml(file: str, text: str, problems: list[SeedProblem]) -> dict[str, tuple[SeedRow, ...]]:
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also a number of 5,000 digits, and nesting without end
        problems.append(SeedProblem(file, 0, "", "not-toml", str(error)))
        return {}
    return {name: tuple(_toml_rows(file, text, name, document, problems)) for name in _IN_TOML}


def _toml_rows(
    file: str, text: str, name: str, document: dict[str, Any], problems: list[SeedProblem]
) -> Iterator[SeedRow]:
    table, found = BY_NAME[name], document.get(name)
    records = [found] if name in _SINGLE else found
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        problems.append(SeedProblem(file, 0, name, "table-missing"))
        return
    for number, record in enumerate(records):
        line = _toml_line(text, name, record, number)
        problems += [SeedProblem(file, line, key, "unknown-column") for key in record if key not in table.names]
        yield SeedRow({column: _toml_text(record.get(column, "")) for column in table.names}, file, line)


def _toml_line(text: str, name: str, record: Mapping[str, object], number: int) -> int:
    """The line where a table begins, for messages; tables written inline are found by their key."""
    lines = text.splitlines()
    headers = [n for n, line in enumerate(lines, start=1) if line.strip() in {f"[{name}]", f"[[{name}]]"}]
    if number < len(headers):
        return headers[number]
    key = f'key = "{record.get("key", "")}"'
    return next((n for n, line in enumerate(lines, start=1) if key in line), 0)


def _toml_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and value.bit_length() > _BITS_OF_A_NUMBER:
        return hex(value)  # which Python writes whatever its length
    return value.isoformat() if isinstance(value, date) else str(value)


def write_seed(seed: Seed) -> dict[str, bytes]:
    """Write a seed as files, by name; reading them again gives the same seed."""
    files = {TOML_FILE: tomli_w.dumps(_toml_document(seed), multiline_strings=True).encode()}
    for table in TABLES:
        if table.name not in _IN_TOML and (seed.tables.get(table.name) or not table.may_lack):
            files[f"{table.name}.csv"] = _csv_bytes(table, seed)
    return files


def _csv_bytes(table: Table, seed: Seed) -> bytes:
    rows = ([row[name] for name in table.names] for row in sorted(seed.rows(table.name), key=table.order_of))
    return csv_text((table.names, *rows)).encode()


def _toml_document(seed: Seed) -> dict[str, object]:
    document: dict[str, object] = {}
    for name in _IN_TOML:
        records = [{key: _toml_value(key, text) for key, text in row.items() if text} for row in seed.rows(name)]
        document[name] = records[0] if name in _SINGLE else records
    return document


_DAYS = {"starts_on", "ends_on", "published_on"}
_NUMBERS = {"minimum_coverage_percent", "minimum_theme_coverage_percent"}


def _toml_value(key: str, text: str) -> object:
    if key in _DAYS:
        return date.fromisoformat(text)
    if key in _NUMBERS:
        return int(text)
    return text == "true" if key == "overall" else text


def changed_files(folder_files: Mapping[str, bytes], seed: Seed) -> tuple[str, ...]:
    """The names of the files that writing the seed would change."""
    return tuple(name for name, content in write_seed(seed).items() if folder_files.get(name) != content)
