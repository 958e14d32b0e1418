"""Two evaluators in one cell at the same moment, on both databases: one is first, the other keeps her own text."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event, func, select
from sqlalchemy.orm import Session

from app.domain.ratings import Choice, Typed
from app.domain.sheets import Outcome
from app.models.cells import CellDraft, Submission
from app.models.editions import RoundEntry
from app.models.engines import make_engine
from app.models.evidence import EvidenceFile
from app.models.scores import Score
from app.queries.locks import lock_entry
from app.services.evidence import bare_file, keep_file
from tests import staff
from tests.integration.sealing import SLUG
from tests.integration.sheets import EMPTY, NOW, cell_of, save

SECONDS = 30
ROUNDS = 8


@pytest.fixture
def engine(valley_url: str) -> Iterator[Engine]:
    engine = make_engine(valley_url)
    yield engine
    engine.dispose()


@pytest.fixture
def people(engine: Engine) -> dict[str, int]:
    with writing(engine) as session:
        ids = staff.settle(session, SLUG)
        session.commit()
    return ids


def writing(engine: Engine) -> Session:
    return Session(engine.execution_options(write=True), expire_on_commit=False)


def at_once(
    engine: Engine, people: dict[str, int], typed: dict[str, Typed], *, hand_in: bool = False
) -> dict[str, Outcome]:
    """What becomes of the same cell when each of these people saves it at the same moment."""
    ready = threading.Barrier(len(typed))

    def one(name: str) -> Outcome:
        ready.wait(SECONDS)
        with writing(engine) as session:
            outcomes = save(session, people[name], {EMPTY: typed[name]}, hand_in=hand_in)
            session.commit()
        return outcomes[EMPTY]

    with ThreadPoolExecutor(len(typed)) as pool:
        return dict(zip(typed, pool.map(one, typed), strict=True))


def test_exactly_one_is_first_and_the_other_keeps_her_text(engine: Engine, people: dict[str, int]) -> None:
    base = 0
    for number in range(1, ROUNDS + 1):
        typed = {
            name: Typed(str(score), reason=f"{name} {number}", base_revision=base, seen_revision=base)
            for name, score in (("eva", number % 5), ("ema", 5 + number % 5))
        }
        outcomes = at_once(engine, people, typed)
        assert sorted(outcomes.values()) == [Outcome.CONFLICT, Outcome.SAVED]
        (second,) = [name for name, outcome in outcomes.items() if outcome is Outcome.CONFLICT]
        with writing(engine) as session:
            cell = cell_of(session, people[second], EMPTY)
            assert (cell.revision, cell.in_conflict) == (number, True)
            assert (cell.fields.score, cell.fields.reason) == (typed[second].score, typed[second].reason)
            taken = Typed("0", choice=Choice.THEIRS, base_revision=base, seen_revision=number)
            assert save(session, people[second], {EMPTY: taken}) == {EMPTY: Outcome.UNTOUCHED}
            session.commit()
        base = number


def test_the_same_click_twice_is_one_revision_handed_in_once(engine: Engine, people: dict[str, int]) -> None:
    people |= {"again": people["eva"]}
    same = Typed("7", reason="Se contó.")
    outcomes = at_once(engine, people, {"eva": same, "again": same}, hand_in=True)
    assert sorted(outcomes.values()) == [Outcome.HANDED_IN, Outcome.UNTOUCHED]
    with writing(engine) as session:
        assert cell_of(session, people["eva"], EMPTY).revision == 1
        assert session.scalar(select(func.count()).select_from(Submission)) == 1
        assert session.scalar(select(func.count()).select_from(CellDraft)) == 0
        assert session.scalar(select(func.count()).select_from(Score).where(Score.recorded_at_utc == NOW)) == 1


def test_the_same_file_kept_by_two_at_once_is_one(engine: Engine, people: dict[str, int], tmp_path: Path) -> None:
    ready, folder = threading.Barrier(2), tmp_path / "instance"

    def keep(name: str) -> str:
        ready.wait(SECONDS)
        with writing(engine) as session:
            actor = staff.actor_of(session, people[name])
            file = bare_file(session, actor, file_name="x.pdf", content=b"%PDF-1.7")
            kept = keep_file(session, actor, edition="valle-2020-2023", folder=folder, file=file, now_utc=NOW)
            session.commit()
        return kept.sha256

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(keep, ("eva", "ema"))
    with writing(engine) as session:
        assert session.scalars(select(EvidenceFile.sha256)).all() == [first] == [second]
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


def test_whoever_writes_into_an_entry_holds_its_round_first(valley_postgresql: Session) -> None:
    """Reviewers, organisers and the gate take the round, then entries: the other order would be a deadlock."""
    locked: list[str] = []

    def note(_connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if "FOR SHARE" in statement or "FOR UPDATE" in statement:
            locked.append(statement.partition("FROM ")[2].split()[0])

    connection = valley_postgresql.connection()
    event.listen(connection, "before_cursor_execute", note)
    assert lock_entry(valley_postgresql, valley_postgresql.scalars(select(RoundEntry.id)).first() or 0)
    event.remove(connection, "before_cursor_execute", note)
    assert locked == ["rounds", "round_entries"]
