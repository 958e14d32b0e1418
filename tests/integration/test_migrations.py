"""The migrations: up, down and up again; what they leave; and a migration that loses the triggers (DESIGN §8)."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import alembic.command
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from app.models import guards
from app.models.base import Base
from app.models.engines import make_engine
from tests import databases
from tests.integration.commands import Commands

NUMBERS = sorted(path.name[:4] for path in (databases.ROOT / "migrations" / "versions").glob("*.py"))
TABLES = {*Base.metadata.tables, "alembic_version"}
REBUILT = [f"sealed_scores_refuse_{event}" for event in ("update", "delete", "insert")]


@pytest.fixture
def bare(bare_database_url: str) -> Iterator[Engine]:
    """A database without tables. Its connections may write, as those of `flask database upgrade` do."""
    engine = make_engine(bare_database_url)
    yield engine.execution_options(write=True)
    engine.dispose()


def migrate(engine: Engine, revision: str, migrations: Path | None = None) -> None:
    """Bring the database up to that revision or down to it; ``migrations`` stands in for the project's own folder."""
    config = Config(toml_file=databases.ROOT / "pyproject.toml")
    if migrations is not None:
        config.set_main_option("script_location", str(migrations))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command = alembic.command.downgrade if revision in {"base", "-1"} else alembic.command.upgrade
        command(config, revision)


def tables(engine: Engine) -> set[str]:
    return set(sa.inspect(engine).get_table_names())


def structure(engine: Engine) -> dict[str, str]:
    """Every table, index and trigger in the words of the database."""
    query = {
        "sqlite": "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_master",
        "postgresql": (
            "SELECT 'index ' || indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' UNION ALL"
            " SELECT 'constraint ' || conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace UNION ALL"
            " SELECT 'function ' || proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace UNION ALL"
            " SELECT 'trigger ' || tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal UNION ALL"
            " SELECT 'column ' || table_name || '.' || column_name,"
            " data_type || is_nullable || coalesce(collation_name, '')"
            " FROM information_schema.columns WHERE table_schema = 'public'"
        ),
    }[engine.dialect.name]
    with engine.connect() as connection:
        return {str(name): str(text) for name, text in connection.execute(sa.text(query))}


def revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def missing(engine: Engine) -> tuple[str, ...]:
    with engine.connect() as connection:
        return guards.missing(connection)


def test_the_way_up_lays_every_table_and_the_way_down_leaves_none(bare: Engine) -> None:
    migrate(bare, "head")
    assert tables(bare) == TABLES
    first = structure(bare)
    migrate(bare, "base")
    assert tables(bare) == {"alembic_version"}
    left = {name for name in structure(bare) if "alembic_version" not in name}
    assert left == set()
    migrate(bare, "head")
    assert structure(bare) == first


@pytest.mark.parametrize("number", NUMBERS)
def test_each_migration_goes_down_by_itself_and_up_again(number: str, bare: Engine) -> None:
    migrate(bare, number)
    first = structure(bare)
    migrate(bare, "-1")
    assert structure(bare) != first
    migrate(bare, number)
    assert structure(bare) == first


def test_the_tables_are_those_of_the_models(session: Session) -> None:
    context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
    assert compare_metadata(context, Base.metadata) == []


def test_the_checks_are_those_of_the_models_by_name(kind: str, session: Session) -> None:
    inspector = sa.inspect(session.connection())
    for table in Base.metadata.sorted_tables:
        checks = (constraint for constraint in table.constraints if isinstance(constraint, sa.CheckConstraint))
        names = {str(check.name) for check in checks if kind == "sqlite" or not str(check.name).endswith("_whole")}
        assert {check["name"] for check in inspector.get_check_constraints(table.name)} == names


def test_alembic_has_nothing_to_add(kind: str, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert database_url.startswith(kind)
    monkeypatch.setenv("DATABASE_URL", database_url)
    alembic.command.check(Config(toml_file=databases.ROOT / "pyproject.toml"))


def test_the_installed_triggers_are_the_declared_ones(kind: str, session: Session) -> None:
    declared = {guard.name: guard.ddl for guard in guards.declared(kind)}
    assert guards.installed(session.connection()) == declared
    assert guards.missing(session.connection()) == ()


def test_every_sealed_table_is_guarded_against_every_way_of_writing(kind: str) -> None:
    sealed = {name for name in Base.metadata.tables if name.startswith("sealed_")}
    assert sealed == {*guards.SEALED_TABLES, "sealed_texts"}
    guarded = {(guard.table, event) for guard in guards.declared(kind) for event in events(guard.ddl)}
    wanted = {"INSERT", "UPDATE", "DELETE", *(() if kind == "sqlite" else ("TRUNCATE",))}
    assert {(table, event) for table in sealed for event in wanted} <= guarded


def events(ddl: str) -> list[str]:
    head = ddl.partition(" ON ")[0]
    return [event for event in ("INSERT", "UPDATE", "DELETE", "TRUNCATE") if event in head]


# --- a migration that loses the triggers ---


def rebuild(connection: Connection) -> None:
    """What a careless migration does: Alembic copies the table anew, and on SQLite its triggers go with the old one."""
    operations = Operations(MigrationContext.configure(connection))
    with operations.batch_alter_table("sealed_scores", recreate="always") as batch:
        batch.add_column(sa.Column("remark", sa.String(), nullable=True))


def test_a_table_rebuilt_by_alembic_is_reported_with_the_triggers_that_it_lost(kind: str, valley: Session) -> None:
    rebuild(valley.connection())
    lost = guards.missing(valley.connection())
    expected = REBUILT if kind == "sqlite" else ["change", "insert", "truncate"]
    assert list(lost) == [name if kind == "sqlite" else f"sealed_scores_refuse_{name}" for name in expected]


def test_installing_again_brings_back_what_a_rebuilt_table_lost(valley: Session) -> None:
    rebuild(valley.connection())
    guards.install(valley.connection())
    assert guards.missing(valley.connection()) == ()


@pytest.fixture
def careless(tmp_path: Path) -> Path:
    """The project's migrations and one more, which rebuilds a sealed table and forgets the triggers."""
    folder = shutil.copytree(databases.ROOT / "migrations", tmp_path / "migrations")
    (folder / "versions" / "9999_careless.py").write_text(
        '"""A sealed table rebuilt."""\n'
        "import sqlalchemy as sa\n"
        "from alembic import op\n"
        f'revision, down_revision, branch_labels, depends_on = "9999", "{NUMBERS[-1]}", None, None\n'
        "def upgrade():\n"
        '    with op.batch_alter_table("sealed_scores", recreate="always") as batch:\n'
        '        batch.add_column(sa.Column("remark", sa.String(), nullable=True))\n'
        "def downgrade():\n"
        "    raise NotImplementedError\n"
    )
    return folder


def test_a_migration_that_loses_triggers_is_refused_and_leaves_nothing(careless: Path, bare: Engine) -> None:
    migrate(bare, "head")
    before = structure(bare)
    with pytest.raises(RuntimeError, match="sealed_scores_refuse_insert"):
        migrate(bare, "head", careless)
    assert revision(bare) == NUMBERS[-1]
    assert structure(bare) == before


def test_from_an_empty_database_a_migration_that_loses_triggers_leaves_nothing(careless: Path, bare: Engine) -> None:
    with pytest.raises(RuntimeError, match="sealed_scores_refuse_insert"):
        migrate(bare, "head", careless)
    assert tables(bare) == set()


def test_the_same_migration_passes_where_it_installs_the_triggers_again(careless: Path, bare: Engine) -> None:
    file = careless / "versions" / "9999_careless.py"
    text = file.read_text().replace(
        "from alembic import op\n", "from alembic import op\nfrom app.models import guards\n"
    )
    file.write_text(text.replace("def downgrade", "    guards.install(op.get_bind())\ndef downgrade"))
    migrate(bare, "head", careless)
    assert (revision(bare), missing(bare)) == ("9999", ())


def test_migrating_a_database_at_the_head_reports_a_trigger_dropped_since(kind: str, engine: Engine) -> None:
    writing = engine.execution_options(write=True)
    with writing.begin() as connection:
        on_table = " ON scores" if kind == "postgresql" else ""
        name = "scores_refuse_change" if kind == "postgresql" else "scores_refuse_update"
        connection.execute(sa.text(f"DROP TRIGGER {name}{on_table}"))
    with pytest.raises(RuntimeError, match=name):
        migrate(writing, "head")


def test_the_command_migrates_the_database_of_the_environment(
    bare: Engine, bare_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", bare_database_url)
    for _ in range(2):
        assert Commands(bare_database_url, tmp_path)("database", "upgrade").exit_code == 0
        assert tables(bare) == TABLES
        assert missing(bare) == ()
