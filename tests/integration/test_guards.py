"""The live database is asked whether it still protects itself: `flask publications verify` says where it does not."""

import pytest
from sqlalchemy.orm import Session

from app.models import guards
from app.models.engines import make_engine
from tests.integration.commands import Answer, Commands
from tests.integration.statements import run
from tests.integration.test_seeds import Line


def spoil(url: str, *statements: str) -> None:
    """Change a database past the code."""
    engine = make_engine(url)
    with Session(engine.execution_options(write=True)) as session:
        for statement in statements:
            run(session, statement)
        session.commit()
    engine.dispose()


def verify(line: Commands) -> Answer:
    return line("publications", "verify")


HARMLESS = {
    "sqlite": (
        "scores_refuse_update",
        (
            "CREATE TRIGGER scores_refuse_update BEFORE UPDATE ON scores FOR EACH ROW WHEN 0"
            " BEGIN SELECT RAISE(ABORT, 'scores is frozen'); END"
        ),
    ),
    "postgresql": (
        "scores_refuse_change",
        (
            "CREATE TRIGGER scores_refuse_change BEFORE DELETE OR UPDATE ON scores FOR EACH ROW WHEN (false)"
            " EXECUTE FUNCTION refuse_change()"
        ),
    ),
}


def drop(kind: str) -> str:
    return f"DROP TRIGGER {HARMLESS[kind][0]}" + (" ON scores" if kind == "postgresql" else "")


def test_a_trigger_that_was_dropped_is_told(kind: str, valley_url: str, commands: Line) -> None:
    spoil(valley_url, drop(kind))
    answer = verify(commands(valley_url))
    assert answer.exit_code == 1
    assert HARMLESS[kind][0] in answer.lines[0]


def test_a_trigger_of_the_same_name_that_does_nothing_is_told(kind: str, valley_url: str, commands: Line) -> None:
    spoil(valley_url, drop(kind), HARMLESS[kind][1])
    answer = verify(commands(valley_url))
    assert answer.exit_code == 1
    assert HARMLESS[kind][0] in answer.lines[0]


ON_SCORES = HARMLESS["postgresql"][1].replace(" WHEN (false)", "")
REFUSING = "BEGIN RAISE EXCEPTION '% is frozen', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END"
NOTHING = "RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$"


@pytest.mark.parametrize(
    ("statements", "name"),
    [
        pytest.param(
            ["ALTER TABLE scores DISABLE TRIGGER scores_refuse_change"], "scores_refuse_change", id="disabled"
        ),
        pytest.param(
            ["ALTER TABLE scores ENABLE REPLICA TRIGGER scores_refuse_change"],
            "scores_refuse_change",
            id="for-replicas",
        ),
        pytest.param([f"CREATE OR REPLACE FUNCTION refuse_change() {NOTHING}"], "refuse_change", id="function-emptied"),
        pytest.param(
            [
                f"CREATE FUNCTION kept() RETURNS trigger LANGUAGE plpgsql AS $${REFUSING}$$",
                f"CREATE OR REPLACE FUNCTION refuse_change() {NOTHING}",
            ],
            "refuse_change",
            id="function-emptied-and-its-body-kept-elsewhere",
        ),
        pytest.param(
            [
                f"CREATE FUNCTION nothing() {NOTHING}",
                "DROP TRIGGER scores_refuse_change ON scores",
                ON_SCORES.replace("refuse_change()", "nothing()"),
            ],
            "scores_refuse_change",
            id="another-function",
        ),
    ],
)
def test_a_trigger_that_no_longer_refuses_is_told(statements: list[str], name: str, valley_postgresql: Session) -> None:
    for statement in statements:
        run(valley_postgresql, statement)
    assert guards.missing(valley_postgresql.connection()) == (name,)
