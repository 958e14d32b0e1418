"""The publishing step killed at every one of its points leaves the round wholly before or wholly after."""

import subprocess
import sys

from sqlalchemy.orm import Session

from app.models.engines import make_engine
from tests.databases import ROOT
from tests.gated import ready, sign

FEWEST_POINTS = 15


def test_a_crash_leaves_the_old_state_whole(valley_url: str) -> None:
    engine = make_engine(valley_url)
    with Session(engine.execution_options(write=True)) as session:
        ids = ready(session)
        for name in ("olga", "delia"):
            sign(session, ids[name])
        session.commit()
    engine.dispose()
    told = subprocess.run(
        [sys.executable, "-m", "tests.kills", valley_url], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr
    lines = told.stdout.splitlines()
    assert len(lines) >= FEWEST_POINTS
    assert {line.partition(" ")[2] for line in lines[:-1]} == {"killed before"}
    assert lines[-1].endswith("killed after")
