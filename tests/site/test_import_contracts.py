"""A contract that permits the arrow you fear proves nothing: each is broken here in several ways, and must say so."""

import importlib
import shutil
import sys
from pathlib import Path

import pytest
from importlinter import api
from importlinter.application import use_cases

from tests.databases import ROOT

CONFIGURATION = str(ROOT / "pyproject.toml")
CONTRACTS = {contract["id"] for contract in api.read_configuration(CONFIGURATION)["contracts_options"]}
# The contract, the file that breaks it, and the line that does.
WRONG = [
    ("rooms", "domain/wrong.py", "import app.models"),
    ("rooms", "queries/wrong.py", "import app.exports"),
    ("rooms", "charts/wrong.py", "import app.queries"),
    ("rooms", "language.py", "import app.domain"),
    ("rooms", "unlisted.py", ""),
    ("features", "web/health/wrong.py", "import app.web.files"),
    ("features", "web/shared/wrong.py", "import app.web.files"),
    ("features", "web/unlisted/wrong.py", ""),
    ("domain", "domain/wrong.py", "import sqlalchemy"),
    ("domain", "domain/wrong.py", "import app.config"),
    ("no-flask-inside", "services/wrong.py", "from flask import current_app"),
    ("no-flask-inside", "models/wrong.py", "import app.config"),
    ("no-flask-inside", "charts/wrong.py", "import wtforms"),
    ("renderers", "exports/wrong.py", "import sqlalchemy"),
    ("renderers", "charts/wrong.py", "import app.models"),
    ("models", "web/health/wrong.py", "import app.models.base"),
    ("models", "cli/wrong.py", "import app.models"),
    ("doors", "web/health/wrong.py", "from sqlalchemy import select"),
    ("doors", "cli/wrong.py", "import sqlalchemy"),
    ("root", "services/wrong.py", "from app import create_app"),
    ("circles", "domain/scores.py", "import app.domain.wrong"),
    ("forms", "web/health/forms.py", "import app.queries"),
    ("forms", "web/health/forms.py", "import app.services"),
]


@pytest.fixture
def copied_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy, which the linter finds by its name in place of the package that the other tests imported."""
    copy = tmp_path / "app"
    shutil.copytree(ROOT / "app", copy, ignore=shutil.ignore_patterns("__pycache__", "templates", "translations"))
    for module in [name for name in sys.modules if name == "app" or name.startswith("app.")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.syspath_prepend(tmp_path)
    return copy


def _kept(*contracts: str) -> bool:
    importlib.invalidate_caches()
    return use_cases.lint_imports(CONFIGURATION, contracts, cache_dir=None, is_debug_mode=True, no_logo=True)


@pytest.mark.usefixtures("copied_app")
def test_as_the_project_stands_every_contract_is_kept() -> None:
    assert _kept()


def test_each_contract_is_tried_here() -> None:
    assert {contract for contract, _, _ in WRONG} == CONTRACTS


@pytest.mark.parametrize(("contract", "file", "line"), WRONG)
def test_a_wrong_import_breaks_its_contract(
    contract: str, file: str, line: str, copied_app: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = copied_app / file
    wrong.parent.mkdir(exist_ok=True)
    (wrong.parent / "__init__.py").touch()
    if contract == "circles":
        (wrong.parent / "wrong.py").write_text("import app.domain.scores\n")
    with wrong.open("a") as source:
        source.write(f"\n{line}\n")
    assert not _kept(contract)
    assert "BROKEN" in capsys.readouterr().out


def test_each_room_behind_the_doors_is_named_with_its_own_init_file() -> None:
    """`app.charts.**` matches nothing while there is no such room, and forgets its `__init__.py` when there is."""
    rooms = {f"app.{file.parent.name}" for file in ROOT.glob("app/*/__init__.py")}
    contracts = api.read_configuration(CONFIGURATION)["contracts_options"]
    (named,) = (contract["source_modules"] for contract in contracts if contract["id"] == "no-flask-inside")
    assert rooms - {"app.cli", "app.domain", "app.web"} <= set(named)
