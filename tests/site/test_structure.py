"""The shape of the code: sizes and names."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import ROOT

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
LONGEST_VIEW = 25
NAMES_THAT_ATTRACT_EVERYTHING = {"common", "utils", "util", "helpers", "misc", "manager", "data", "process", "handle"}

CODE = sorted((ROOT / "app").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
SERVED = sorted(path for kind in ("css", "js") for path in (ROOT / "static" / kind).rglob(f"*.{kind}"))
TEMPLATES = sorted((ROOT / "app" / "templates").rglob("*.html"))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", [*CODE, *TESTS, *SERVED, *TEMPLATES], ids=_name)
def test_a_file_is_short_enough_to_be_read_at_once(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_FILE


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", CODE, ids=_name)
def test_a_function_does_one_thing(path: Path) -> None:
    longest = LONGEST_VIEW if path.name == "views.py" else LONGEST_FUNCTION
    too_long = [node.name for node in _functions(path) if (node.end_lineno or 0) - node.lineno + 1 > longest]
    assert too_long == []


def test_no_room_has_a_name_that_attracts_everything() -> None:
    rooms = [path for path in (ROOT / "app").rglob("*") if path.suffix in {"", ".py"}]
    assert len(rooms) > 1
    assert [_name(path) for path in rooms if path.stem in NAMES_THAT_ATTRACT_EVERYTHING] == []


@pytest.mark.parametrize("path", [path for path in TEMPLATES if 'method="post"' in path.read_text()], ids=_name)
def test_a_form_says_where_it_goes_lest_the_mark_of_a_mistake_stay_in_the_address(path: Path) -> None:
    forms = [tag for tag in re.findall(r"<form[^>]*>", path.read_text()) if 'method="post"' in tag]
    kept = path.name == "not_saved.html"  # it sends to the address at which nothing was saved, whatever that was
    assert kept or [tag for tag in forms if "action=" not in tag] == []


def test_no_machine_path_and_no_registry_address_is_in_the_repository() -> None:
    words = ("/" + "root/", "/" + "home/", "/" + "work/", "pypi" + ".org", "registry." + "npmjs")
    folders = ("app", "docs", "deploy", "migrations", "seeds", "tests", ".ci")
    files = [
        path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file() and path.suffix in READ
    ]
    assert len(files) > len(CODE)
    assert [_name(path) for path in files if any(word in path.read_text() for word in words)] == []


READ = {".py", ".md", ".toml", ".txt", ".html", ".css", ".csv", ".po", ".cfg", ".sha256", ""}
