"""What is installed, and from where, is decided by files that anybody can read."""

import re
import tomllib
from typing import Any

import pytest
from plotly.offline import get_plotlyjs_version

from tests.databases import ROOT

LOCKS = ("requirements.txt", ".ci/requirements.txt", ".ci/uv.txt")
PIN = re.compile(r"^(?P<name>[a-z0-9-]+)(\[[a-z,]+\])?==(?P<version>[^ ]+)(?P<marker> ; .+?)? \\$", re.MULTILINE)


def _pins(lock: str) -> dict[str, str]:
    return {pin["name"]: pin["version"] for pin in PIN.finditer((ROOT / lock).read_text())}


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=~! ]", requirement)[0] for requirement in requirements}


@pytest.mark.parametrize("lock", LOCKS)
def test_each_package_is_pinned_with_hashes_and_names_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith(("#", "--hash=sha256:"))]
    assert len(lines) == len(_pins(lock)) > 0
    assert not re.search(r"https?://|^--|file:", text, re.MULTILINE)


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = _project()
    needed = _names(project["project"]["dependencies"])
    assert needed <= _pins("requirements.txt").keys()
    assert needed | _names(project["dependency-groups"]["dev"]) <= _pins(".ci/requirements.txt").keys()


def test_the_locks_agree() -> None:
    everything = _pins(".ci/requirements.txt")
    for lock in LOCKS:
        assert _pins(lock).items() <= everything.items()


def test_the_chart_library_is_one_version_in_python_and_in_the_browser() -> None:
    brought = re.search(r"^plotly=(\S+)", (ROOT / ".ci/assets").read_text(), re.MULTILINE)
    assert brought
    assert brought[1] == get_plotlyjs_version()
