"""The 36 cells of round 3 of the real edition, typed in through the services, lead to the ranking that is sealed."""

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from app.domain.gates import GateKey
from app.domain.scores import Score
from app.models.editions import Round
from app.models.engines import make_engine
from app.queries.cells import find_cell
from app.queries.gates import find_gate
from app.queries.publications import get_round_content, list_publications, list_standings
from app.services import gates
from tests.gated import approve, cell_ids, rate, round_row
from tests.integration.commands import Commands
from tests.integration.folders import REAL, SLUGS, copy_of, replace_in
from tests.integration.sealing import verdict
from tests.staff import actor_of, settle

SLUG = SLUGS[REAL]
KEY = GateKey(SLUG, 3)
NOW = datetime(2026, 11, 23, 18, tzinfo=UTC)
CELLS = 36
Typed = dict[tuple[str, int], str]


def without_its_scores(tmp_path: Path) -> tuple[Path, Typed]:
    """A copy of the edition in which round 3 is still to be rated, and what the source printed of it."""
    folder = copy_of(REAL, tmp_path)
    lines = (folder / "scores.csv").read_text().splitlines(keepends=True)
    rows = list(csv.DictReader(lines))
    typed = {(row["cvegeo"], int(row["demand"])): row["value"] for row in rows if row["value"]}
    rest = [line for line, row in zip(lines[1:], rows, strict=True) if not row["value"]]
    (folder / "scores.csv").write_text("".join([lines[0], *rest]))
    replace_in(folder / "rounds.csv", ",published,", ",rating,")
    published = (folder / "publications.csv").read_text().splitlines(keepends=True)
    (folder / "publications.csv").write_text("".join(published[:2]))
    return folder, typed


def type_in(session: Session, typed: Typed) -> dict[str, int]:
    """Rate every cell as the source printed it, approve all, and lead the round to its decision."""
    ids = settle(session, SLUG)
    eva = actor_of(session, ids["eva"])
    for (cvegeo, demand), text in typed.items():
        rate(
            session,
            eva,
            cell_ids(session, 3, cvegeo, demand, SLUG),
            Score.from_text(text),
            "Así lo imprimió la fuente.",
        )
    row: Round = round_row(session, SLUG, 3)
    for cvegeo in {cvegeo for cvegeo, _ in typed}:
        for demand in range(1, 11):
            cell = cell_ids(session, 3, cvegeo, demand, SLUG)
            assert find_cell(session, *cell) is not None
            approve(session, ids["rita"], cell)
    row.stage = "decision"
    session.flush()
    return ids


def publish(session: Session, ids: dict[str, int]) -> None:
    """Two people sign, one publishes."""
    found = find_gate(session, KEY, NOW)
    assert found is not None
    for name in ("olga", "delia"):
        gates.sign(session, actor_of(session, ids[name]), key=KEY, digest=found.digest, site_url="", now_utc=NOW)
    gates.publish(session, actor_of(session, ids["olga"]), key=KEY, digest=found.digest, now_utc=NOW)


def round_publication(session: Session) -> int:
    """The one publication of round 3."""
    (found,) = [row.id for row in list_publications(session, SLUG) if row.round_number == KEY.number]
    return found


def test_the_36_cells_typed_in_lead_to_the_sealed_ranking(
    database_url: str, seeded: Session, commands: Callable[[str], Commands], tmp_path: Path
) -> None:
    folder, typed = without_its_scores(tmp_path)
    assert len(typed) == CELLS
    answer = commands(database_url)("seeds", "load", folder, "--commit")
    assert answer.exit_code == 0, answer.text
    engine = make_engine(database_url)
    with Session(engine.execution_options(write=True), expire_on_commit=False) as session:
        publish(session, type_in(session, typed))
        session.commit()
        mine, sealed = (round_publication(of) for of in (session, seeded))
        assert list_standings(session, mine) == list_standings(seeded, sealed)
        assert len(list_standings(seeded, sealed)) > CELLS
        assert get_round_content(session, mine).ratings == get_round_content(seeded, sealed).ratings
        assert verdict(session, SLUG).is_sound
    engine.dispose()
