"""The short program that citizens run comes to the averages and places of the site, from the file alone."""

import io
import re
import runpy
import sys
from contextlib import redirect_stdout
from fractions import Fraction
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings

from app.domain.manifests import sha256
from tests.databases import ROOT
from tests.unit.chains import chain_of, full_round
from tests.unit.examples import edition_of
from tests.unit.generated import Drawn, rounds

PROGRAM = ROOT / "docs" / "compruebalo.py"
COUNT = re.compile(r"^(\S+): coinciden (\d+) de (\d+) promedios y lugares$")


def said(manifest: bytes, code: str, folder: Path) -> list[str]:
    """What the program prints about a manifest."""
    file = folder / "manifiesto.csv"
    file.write_bytes(manifest)
    with patch.object(sys, "argv", [str(PROGRAM), str(file), code]), redirect_stdout(io.StringIO()) as output:
        runpy.run_path(str(PROGRAM))
    return output.getvalue().splitlines()


def counts(lines: list[str]) -> dict[str, tuple[int, int]]:
    """How many rows agree, of how many, by ranking."""
    found = [match for line in lines if (match := COUNT.match(line))]
    assert len(found) == len(lines) - 1
    return {match[1]: (int(match[2]), int(match[3])) for match in found}


@given(rounds())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_average_and_place_of_any_round_agrees(tmp_path: Path, drawn: Drawn) -> None:
    content = drawn.content()
    manifest = chain_of(edition_of(content), content)[1].manifest
    lines = said(manifest, sha256(manifest), tmp_path)
    assert lines[0] == "código de verificación: coincide"
    assert counts(lines) == {str(scope): (len(content.entries),) * 2 for scope in content.scopes()}


@pytest.mark.parametrize(
    ("line", "falsified", "ranking"),
    [
        (b"score,19006/1,rating,8.0\n", b"score,19006/1,rating,9.0\n", "theme:seguridad"),
        (b"score,19018/2,absence,refused\n", b"score,19018/2,rating,10.0\n", "demand:2"),
        (b"demand,2,weight,2\n", b"demand,2,weight,1\n", "overall"),
        (b"standing,demand:1/19018,place,1\n", b"standing,demand:1/19018,place,2\n", "demand:1"),
    ],
)
def test_a_falsified_line_is_found(line: bytes, falsified: bytes, ranking: str, tmp_path: Path) -> None:
    content = full_round(1)
    sealed = chain_of(edition_of(content), content)[1]
    assert sealed.manifest.count(line) == 1
    lines = said(sealed.manifest.replace(line, falsified), sealed.sha256, tmp_path)
    assert lines[0] == "código de verificación: NO COINCIDE"
    agreed, total = counts(lines)[ranking]
    assert agreed < total


def test_another_code_is_not_the_one(tmp_path: Path) -> None:
    content = full_round(1)
    lines = said(chain_of(edition_of(content), content)[1].manifest, "0" * 64, tmp_path)
    assert lines[0] == "código de verificación: NO COINCIDE"
    assert all(Fraction(agreed, total) == 1 for agreed, total in counts(lines).values())


def test_the_program_is_short_enough_to_be_read() -> None:
    lines = [line for line in PROGRAM.read_text(encoding="utf-8").splitlines() if line and not line.startswith('"""')]
    assert len(lines) <= 20
    assert max(map(len, lines)) <= 120
