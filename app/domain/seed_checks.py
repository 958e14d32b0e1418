"""What makes a seed loadable: every cell readable, every reference met, every rule of the tables kept."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from unicodedata import combining, normalize

from app.domain.acknowledgements import AcknowledgementKind, acknowledgement_text_key
from app.domain.editions import alias_list
from app.domain.errors import RuleBroken
from app.domain.scores import Absence
from app.domain.seed_clarifications import clarification_problems
from app.domain.seed_columns import Row, Table
from app.domain.seed_replies import reply_problems
from app.domain.seed_tables import TABLES
from app.domain.seeds import Seed, SeedProblem, SeedRow

OF_THE_RULES = "0"
"""What a withdrawal names in the place of a round where an edition's own publication held the text."""
_REFERENCES = {
    "theme": "themes",
    "cvegeo": "municipalities",
    "round": "rounds",
    "demand": "demands",
    "source": "sources",
    "criterion_source": "sources",
    "population_source": "sources",
}


def problems_of(seed: Seed) -> tuple[SeedProblem, ...]:
    """Everything wrong with a seed, in the order of its files; rules are only asked of readable cells."""
    cells = tuple(problem for table in TABLES for problem in _cell_problems(table, seed))
    return cells or tuple(_rule_problems(seed))


def _cell_problems(table: Table, seed: Seed) -> Iterator[SeedProblem]:
    seen: set[tuple[str, ...]] = set()
    for row in seed.tables.get(table.name, ()):
        for column in table.columns:
            text = row.values[column.name]
            if not text:
                if column.required:
                    yield _problem(row, column.name, "empty")
                continue
            try:
                column.check(text)
            except (ValueError, RuleBroken):
                yield _problem(row, column.name, "unreadable", text)
        key = table.key_of(row.values)
        if key in seen:
            yield _problem(row, " ".join(table.key), "twice", "/".join(key))
        seen.add(key)


def _problem(row: SeedRow, column: str, code: str, found: str = "") -> SeedProblem:
    return SeedProblem(row.file, row.line, column, code, found)


def _rule_problems(seed: Seed) -> Iterator[SeedProblem]:
    yield from _reference_problems(seed)
    yield from _date_problems(seed)
    yield from _mandate_problems(seed)
    yield from _place_problems(seed)
    for row in seed.tables["scores"]:
        yield from _score_problems(row, _withdrawn(seed))
    for name, texts in (("evidence", ("title_es", "url")), ("distinctions", ("text_es", "signatory"))):
        for row in seed.tables[name]:
            yield from _salt_problems(row, texts)
    for row in seed.tables.get("acknowledgements", ()):
        yield from _salt_problems(row, ("signatory", "position_es"))
        if (OF_THE_RULES, acknowledgement_text_key(row.values["cvegeo"])) in _withdrawn(seed):
            continue
        if not row.values["signatory"]:
            yield _problem(row, "signatory", "empty")
        if row.values["kind"] == AcknowledgementKind.OBJECT and not row.values["words_es"]:
            yield _problem(row, "words_es", "objection-needs-words")
    yield from clarification_problems(seed)
    yield from _evidence_problems(seed)
    yield from reply_problems(seed)
    yield from _publication_problems(seed)


def _reference_problems(seed: Seed) -> Iterator[SeedProblem]:
    known = {name: {_first(table, row) for row in seed.rows(name)} for name, table in _keyed_tables()}
    for table in TABLES:
        referring = [name for name in table.names if name in _REFERENCES and _REFERENCES[name] != table.name]
        for row in seed.tables.get(table.name, ()):
            for name in referring:
                text = row.values[name]
                if (table.name, name, text) == ("withdrawals", "round", OF_THE_RULES):
                    continue
                if text and text not in known[_REFERENCES[name]]:
                    yield _problem(row, name, "unknown", text)


def _keyed_tables() -> Iterator[tuple[str, Table]]:
    return ((table.name, table) for table in TABLES if table.key)


def _first(table: Table, row: Row) -> str:
    return table.key_of(row)[0]


def _date_problems(seed: Seed) -> Iterator[SeedProblem]:
    for name in ("edition", "rounds", "mandates"):
        for row in seed.tables[name]:
            first, last = row.values["starts_on"], row.values["ends_on"]
            if last and not first < last:
                yield _problem(row, "ends_on", "before-start", last)


def _mandate_problems(seed: Seed) -> Iterator[SeedProblem]:
    by_place: dict[str, list[SeedRow]] = {}
    for row in seed.tables["mandates"]:
        by_place.setdefault(row.values["cvegeo"], []).append(row)
    for rows in by_place.values():
        ordered = sorted(rows, key=lambda row: row.values["starts_on"])
        for earlier, later in pairwise(ordered):
            if not earlier.values["ends_on"] or later.values["starts_on"] < earlier.values["ends_on"]:
                yield _problem(later, "starts_on", "mandates-overlap", later.values["starts_on"])
    yield from _unmanned(seed, by_place)


def _place_problems(seed: Seed) -> Iterator[SeedProblem]:
    """A population stands with its source, and no name that people use may mean two municipalities."""
    taken = {_folded(place["name"]) for place in seed.rows("municipalities")}
    for row in seed.tables["municipalities"]:
        if bool(row.values["population"]) != bool(row.values["population_source"]):
            yield _problem(row, "population_source", "population-with-source", row.values["population_source"])
        for alias in alias_list(row.values["aliases"]):
            if _folded(alias) in taken:
                yield _problem(row, "aliases", "alias-taken", alias)
            taken.add(_folded(alias))


def _folded(name: str) -> str:
    """A name as two people would call it the same: without capitals, accents and dots."""
    letters = (letter for letter in normalize("NFKD", name.casefold()) if not combining(letter))
    return "".join(letters).replace(".", "")


def _unmanned(seed: Seed, by_place: dict[str, list[SeedRow]]) -> Iterator[SeedProblem]:
    """Every municipality needs a mayor on the last day of every round: the one who answers for it."""
    for row in seed.tables["rounds"]:
        day = date.fromisoformat(row.values["ends_on"])
        for place in seed.rows("municipalities"):
            mandates = (mandate.values for mandate in by_place.get(place["cvegeo"], ()))
            if not any(covers(mandate, day) for mandate in mandates):
                yield _problem(row, "ends_on", "no-mayor", place["cvegeo"])


def covers(mandate: Row, day: date) -> bool:
    """Whether a mandate's row covers a day; no end means still in office."""
    started = date.fromisoformat(mandate["starts_on"]) <= day
    return started and (not mandate["ends_on"] or day < date.fromisoformat(mandate["ends_on"]))


def _withdrawn(seed: Seed) -> frozenset[tuple[str, str]]:
    return frozenset((row["round"], row["key"]) for row in seed.rows("withdrawals"))


def _score_problems(row: SeedRow, withdrawn: frozenset[tuple[str, str]]) -> Iterator[SeedProblem]:
    values = row.values
    if bool(values["value"]) == bool(values["absence"]):
        yield _problem(row, "value", "value-or-absence")
    key = f"score/{values['cvegeo']}/{values['demand']}/{values['revision']}"
    explained = values["reason_es"] or (values["round"], key) in withdrawn
    if values["absence"] == Absence.NOT_APPLICABLE and not explained:
        yield _problem(row, "reason_es", "not-applicable-needs-reason")
    yield from _salt_problems(row, ("reason_es",))


def _salt_problems(row: SeedRow, texts: Iterable[str]) -> Iterator[SeedProblem]:
    written = [bool(row.values[name]) for name in texts]
    if any(written) != bool(row.values["salt"]) or any(written) != all(written):
        yield _problem(row, "salt", "salt-with-text")


def _evidence_problems(seed: Seed) -> Iterator[SeedProblem]:
    cells = {(row["round"], row["cvegeo"], row["demand"], row["revision"]) for row in seed.rows("scores")}
    for row in seed.tables["evidence"]:
        cell = tuple(row.values[name] for name in ("round", "cvegeo", "demand", "revision"))
        if cell not in cells:
            yield _problem(row, "revision", "no-such-score", "/".join(cell))


def _publication_problems(seed: Seed) -> Iterator[SeedProblem]:
    for expected, row in enumerate(seed.tables["publications"], start=1):
        values = row.values
        if int(values["sequence"]) != expected:
            yield _problem(row, "sequence", "out-of-sequence", values["sequence"])
        if (values["kind"] == "edition") == bool(values["round"]):
            yield _problem(row, "round", "round-of-kind", values["round"])
        corrects = values["kind"] == "correction"
        if corrects != bool(values["reason_es"]) or corrects != bool(values["reason_salt"]):
            yield _problem(row, "reason_es", "correction-needs-reason")
