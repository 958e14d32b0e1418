"""Seed folders for the tests: the real ones, the small invented one, and copies with one thing changed."""

import shutil
from pathlib import Path

from tests.databases import ROOT

VALLEY = ROOT / "tests" / "data" / "valley-2020-2023"
REAL = ROOT / "seeds" / "nuevo-leon-2012-2015"
DEMONSTRATION = ROOT / "seeds" / "demo"
SLUGS = {VALLEY: "valle-2020-2023", REAL: "nuevo-leon-2012-2015", DEMONSTRATION: "ejemplo-2024-2027"}


def copy_of(folder: Path, to: Path) -> Path:
    """A copy of a seed folder, without its README."""
    return shutil.copytree(folder, to / folder.name, ignore=shutil.ignore_patterns("*.md"))


def replace_in(file: Path, old: str, new: str) -> int:
    """Replace the one place where a file says ``old``; give back the number of its line."""
    text = file.read_bytes().decode()
    assert text.count(old) == 1, f"{file.name} says {text.count(old)} times: {old}"
    file.write_bytes(text.replace(old, new).encode())
    return text[: text.index(old)].count("\n") + 1


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a seed folder by name, without its README."""
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir()) if file.suffix != ".md"}
