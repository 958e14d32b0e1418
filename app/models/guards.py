"""The triggers with which the database itself refuses what no code may do.

Declared once here; migrations install them from here, a test compares what is installed with what is declared (Alembic
rebuilds tables on SQLite and loses triggers), and ``flask publications verify`` asks the same of the live database.
A declaration, once released, is not edited: a later migration adds or replaces.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, inspect, text

SEALED_TABLES = (
    "sealed_editions",
    "sealed_themes",
    "sealed_demands",
    "sealed_sources",
    "sealed_municipalities",
    "sealed_mandates",
    "sealed_periods",
    "sealed_organisations",
    "sealed_acknowledgements",
    "sealed_clarifications",
    "sealed_entries",
    "sealed_scores",
    "sealed_evidence",
    "sealed_figures",
    "sealed_distinctions",
    "sealed_standings",
    "sealed_replies",
    "sealed_answers",
)
"""Frozen with their publication. ``sealed_texts`` is too, but for the withdrawal of a text."""

# Each table whose rows are only ever added, with the column sets by which INSERT OR REPLACE could find a row to remove.
APPEND_ONLY: dict[str, tuple[tuple[str, ...], ...]] = {
    "publications": (("id",), ("sha256",), ("edition_slug", "sequence"), ("edition_slug", "round_number", "number")),
    "withdrawals": (("id",), ("sha256",)),
    "erasures": (("id",), ("table_name", "row_id")),
    "scores": (("id",), ("entry_id", "demand_id", "revision")),
    "evidence": (("id",), ("score_id", "position")),
    "published_figures": (("id",), ("entry_id", "scope")),
    "audit_events": (("id",),),
    "evidence_files": (("sha256",),),
    "evidence_copies": (("evidence_id",),),
    "score_notes": (("score_id",),),
    "submissions": (("score_id",),),
    "reviews": (("id",),),
    "signatures": (("id",), ("round_id", "digest", "account_id")),
    "signature_changes": (("id",),),
    "acknowledgements": (("id",),),
    "clarifications": (("id",),),
    "notices": (("id",), ("entry_id",)),
    "letters": (("id",), ("entry_id", "number"), ("code",)),
    "replies": (("id",), ("letter_id", "demand_id")),
    "reply_files": (("reply_id",),),
    "decisions": (("id",), ("reply_id", "revision")),
}

ERASABLE: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "audit_events": ("id", ("at_utc", "account_id", "action", "subject"), ("before", "after")),
    "reviews": ("id", ("score_id", "kind", "account_id", "reviewed_at_utc"), ("words",)),
    "score_notes": ("score_id", (), ("body",)),
    "replies": (
        "id",
        (
            *("letter_id", "demand_id", "stance", "requested_tenths", "requested_absence"),
            *("reason_sha256", "before_revision"),
        ),
        ("evidence_title", "evidence_url"),
    ),
}
"""Only ever added to, but where an erasure names a row by its key, some columns may be emptied: key, kept, emptied."""

BLANKABLE = ("texts", "sealed_texts")
"""Frozen, but body and salt may be emptied where a withdrawal names the text's checksum."""

WITHDRAWN = "EXISTS (SELECT 1 FROM withdrawals w WHERE w.sha256 = OLD.sha256)"
ALREADY_SEALED = "EXISTS (SELECT 1 FROM publications p WHERE p.id = NEW.publication_id)"


@dataclass(frozen=True)
class Guard:
    """One trigger: its name, its table and the statement that creates it."""

    name: str
    table: str
    ddl: str


def declared(dialect: str, *, erasable: bool = True) -> tuple[Guard, ...]:
    """All guards for ``sqlite`` or ``postgresql``; without ``erasable`` as they were before there were erasures."""
    rows = ERASABLE if erasable else {}
    return tuple(_sqlite(rows) if dialect == "sqlite" else _postgresql(rows))


def install(connection: Connection) -> None:
    """Create every guard that is missing, for the tables that are there: later migrations lay the others."""
    dialect = connection.dialect.name
    present = installed(connection)
    if dialect == "postgresql":
        for name, body in _POSTGRESQL_FUNCTIONS.items():
            function = f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
            connection.execute(text(function))
    tables = set(inspect(connection).get_table_names())
    for guard in declared(dialect, erasable="erasures" in tables):
        if guard.name not in present and guard.table in tables:
            connection.execute(text(guard.ddl))


def renew(connection: Connection) -> None:
    """Lay the guards of the erasable tables anew: their declaration depends on whether there are erasures."""
    _drop(connection, ERASABLE)
    install(connection)


def _drop(connection: Connection, tables: Container[str]) -> None:
    dialect = connection.dialect.name
    guards = {guard.name: guard.table for which in (True, False) for guard in declared(dialect, erasable=which)}
    for name, table in guards.items():
        on_table = f" ON {table}" if dialect == "postgresql" else ""
        if table in tables:
            connection.execute(text(f"DROP TRIGGER IF EXISTS {name}{on_table}"))


def remove(connection: Connection) -> None:
    """Drop every guard: for a migration's way down only."""
    _drop(connection, {guard.table for guard in declared(connection.dialect.name)})
    if connection.dialect.name == "postgresql":
        for name in _POSTGRESQL_FUNCTIONS:
            connection.execute(text(f"DROP FUNCTION IF EXISTS {name}()"))


def missing(connection: Connection) -> tuple[str, ...]:
    """The names of declared guards that are absent, switched off, or differ from their declaration."""
    present = installed(connection)
    guards = declared(connection.dialect.name)
    if connection.dialect.name == "sqlite":
        return tuple(guard.name for guard in guards if _squeezed(present.get(guard.name, "")) != _squeezed(guard.ddl))
    functions = (
        "SELECT proname, prosrc FROM pg_proc WHERE pronargs = 0 AND pronamespace = current_schema()::regnamespace"
    )
    bodies = {str(name): str(body) for name, body in connection.execute(text(functions))}
    changed = (name for name, body in _POSTGRESQL_FUNCTIONS.items() if bodies.get(name) != body)
    return (*(guard.name for guard in guards if present.get(guard.name) != guard.ddl), *changed)


def installed(connection: Connection) -> dict[str, str]:
    """The triggers that are there and switched on, by name, with their definition."""
    query = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": (
            "SELECT t.tgname, pg_get_triggerdef(t.oid, true) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')"
            " AND c.relnamespace = current_schema()::regnamespace"
        ),
    }[connection.dialect.name]
    return {str(name): str(sql) for name, sql in connection.execute(text(query))}


def _squeezed(sql: str) -> str:
    return " ".join(sql.split())


# --- SQLite -----------------------------------------------------------------------------------------------------------


def _sqlite(erasable: Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...]]]) -> Iterator[Guard]:
    for table in SEALED_TABLES:
        yield from (
            _refuse(table, "update"),
            _refuse(table, "delete"),
            _refuse(table, "insert", _sealed_or_there(table)),
        )
    for table, keys in APPEND_ONLY.items():
        there = " OR ".join(_same(table, key) for key in keys)
        emptied = f"NOT ({_only_erases(table, *erasable[table])})" if table in erasable else ""
        yield from (_refuse(table, "update", emptied), _refuse(table, "delete"), _refuse(table, "insert", there))
    there = f"{_same('texts', ('sha256',))} OR {_same('texts', ('rowid',))}"
    for table, insert_when in zip(BLANKABLE, (there, _sealed_or_there("sealed_texts")), strict=True):
        yield _refuse(table, "update", f"NOT ({_only_blanks(table)} AND {WITHDRAWN})")
        yield from (_refuse(table, "delete"), _refuse(table, "insert", insert_when))
    for event in ("insert", "update"):
        yield _refuse("mandates", event, _overlap(), "mandates overlap")


def _refuse(table: str, event: str, when: str = "", message: str = "") -> Guard:
    name = f"{table}_refuse_{event}"
    condition = f"WHEN {when} " if when else ""
    said = message or f"{table} is frozen"
    ddl = (
        f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {table} FOR EACH ROW {condition}"
        f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
    )
    return Guard(name, table, ddl)


def _same(table: str, key: tuple[str, ...]) -> str:
    return f"EXISTS (SELECT 1 FROM {table} o WHERE {' AND '.join(f'o.{column} = NEW.{column}' for column in key)})"  # noqa: S608


def _sealed_or_there(table: str) -> str:
    """INSERT OR REPLACE could also name the hidden rowid of a sealed row."""
    return f"{ALREADY_SEALED} OR {_same(table, ('rowid',))}"


def _only_blanks(table: str) -> str:
    kept = ("rowid", "sha256") if table == "texts" else ("rowid", "publication_id", "key", "field", "sha256")
    same = " AND ".join(f"NEW.{column} = OLD.{column}" for column in kept)
    return f"NEW.body IS NULL AND NEW.salt IS NULL AND {same}"


def _only_erases(table: str, key: str, kept: tuple[str, ...], emptied: tuple[str, ...]) -> str:
    same = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in (key, *kept))
    blank = " AND ".join(f"NEW.{column} IN (OLD.{column}, '')" for column in emptied)
    named = f"SELECT 1 FROM erasures e WHERE e.table_name = '{table}' AND e.row_id = OLD.{key}"  # noqa: S608
    return f"{same} AND {blank} AND EXISTS ({named})"


def _overlap() -> str:
    return (
        "EXISTS (SELECT 1 FROM mandates o WHERE o.municipality_id = NEW.municipality_id AND o.id IS NOT NEW.id"
        " AND o.starts_on < coalesce(NEW.ends_on, '9999-12-31') AND NEW.starts_on < coalesce(o.ends_on, '9999-12-31'))"
    )


# --- PostgreSQL -------------------------------------------------------------------------------------------------------

_FROZEN = "RAISE EXCEPTION '% is frozen', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';"
_POSTGRESQL_FUNCTIONS = {
    "refuse_change": f"BEGIN {_FROZEN} END",
    "refuse_sealed_row": f"BEGIN IF {ALREADY_SEALED} THEN {_FROZEN} END IF; RETURN NEW; END",
    "refuse_text_change": (
        f"BEGIN IF NEW.body IS NULL AND NEW.salt IS NULL AND {WITHDRAWN}"
        " AND to_jsonb(NEW) - 'body' - 'salt' = to_jsonb(OLD) - 'body' - 'salt' THEN RETURN NEW; END IF;"
        f" {_FROZEN} END"
    ),
    "refuse_all_but_erasure": (
        "BEGIN IF EXISTS (SELECT 1 FROM erasures e WHERE e.table_name = TG_TABLE_NAME"  # noqa: S608 - ours
        " AND e.row_id::text = to_jsonb(OLD) ->> TG_ARGV[0])"
        " AND to_jsonb(NEW) - TG_ARGV[1:] = to_jsonb(OLD) - TG_ARGV[1:]"
        " AND NOT EXISTS (SELECT 1 FROM unnest(TG_ARGV[1:]) c"
        " WHERE to_jsonb(NEW) ->> c NOT IN (to_jsonb(OLD) ->> c, '')) THEN RETURN NEW; END IF;"
        f" {_FROZEN} END"
    ),
}


def _postgresql(erasable: Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...]]]) -> Iterator[Guard]:
    for table in (*SEALED_TABLES, *APPEND_ONLY):
        if table not in erasable:
            yield _trigger(table, "change", "BEFORE DELETE OR UPDATE", "ROW", "refuse_change")
    for table, (key, _, emptied) in erasable.items():
        yield _trigger(table, "update", "BEFORE UPDATE", "ROW", "refuse_all_but_erasure", key, *emptied)
        yield _trigger(table, "delete", "BEFORE DELETE", "ROW", "refuse_change")
    for table in BLANKABLE:
        yield _trigger(table, "update", "BEFORE UPDATE", "ROW", "refuse_text_change")
        yield _trigger(table, "delete", "BEFORE DELETE", "ROW", "refuse_change")
    for table in (*SEALED_TABLES, "sealed_texts"):
        yield _trigger(table, "insert", "BEFORE INSERT", "ROW", "refuse_sealed_row")
    for table in (*SEALED_TABLES, *APPEND_ONLY, *BLANKABLE):
        yield _trigger(table, "truncate", "BEFORE TRUNCATE", "STATEMENT", "refuse_change")


def _trigger(table: str, event: str, when: str, each: str, function: str, *given: str) -> Guard:
    name, arguments = f"{table}_refuse_{event}", ", ".join(f"'{word}'" for word in given)
    ddl = f"CREATE TRIGGER {name} {when} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}({arguments})"
    return Guard(name, table, ddl)
