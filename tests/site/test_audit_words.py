"""Every act that the code writes into the audit log has words, and so has everything that it says of it."""

import ast
from collections.abc import Iterator

import pytest

from app.domain.cells import ReviewKind
from app.domain.edits import RULE_TABLES
from app.domain.seed_tables import BY_NAME, TABLES
from app.exports.audit_words import ACTS, act_words, fact_value, field_words, person_words
from app.language import ENGLISH, SPANISH
from tests.databases import ROOT

FILES = sorted(file for file in (ROOT / "app").rglob("*.py") if "record_event" in file.read_text())
WRITERS = {"record_event", "_note"}
SIDES = {"before", "after"}
SAID_ELSEWHERE = {"facts", "said", "done", *SIDES}
"""The names of variables that hold facts on their way to the log."""
COMPOSED = {
    "cell.": {kind.value for kind in ReviewKind},
    "correction.": {"published", "dropped"},
    "publication.schedule-": {"cancelled", "published", "refused"},
    "withdrawal.": {"done", "dropped"},
}
"""Acts that are put together of a beginning and a state, with all their states."""
INTERNAL = {"edition_slug", "round_number", "cause_es", "account_id", "withdrawn_at_utc", "now_utc"}
"""Columns of a withdrawal and arguments, which are no facts of an event."""


def calls() -> Iterator[ast.Call]:
    for file in FILES:
        nodes = ast.walk(ast.parse(file.read_text()))
        yield from (
            n for n in nodes if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id in WRITERS
        )


def written_acts() -> set[str]:
    """The acts of all calls, in full or as ``cell.…``."""
    found = set()
    for call in calls():
        for said in (*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "action")):
            if isinstance(said, ast.Constant) and isinstance(said.value, str):
                found.add(said.value)
            elif isinstance(said, ast.JoinedStr) and isinstance(beginning := said.values[0], ast.Constant):
                found.add(str(beginning.value) + "…")
    return found


def keys_of(node: ast.AST) -> set[str]:
    tables = (inner for inner in ast.walk(node) if isinstance(inner, ast.Dict))
    keys = (key for table in tables for key in table.keys if isinstance(key, ast.Constant))
    return {str(key.value) for key in keys}


def written_fields() -> set[str]:
    """The facts of all calls, and of the variables that are handed to them."""
    found: set[str] = set()
    for call in calls():
        for keyword in call.keywords:
            if keyword.arg in SIDES:
                found |= keys_of(keyword.value)
            elif isinstance(call.func, ast.Name) and call.func.id == "_note" and keyword.arg:
                found.add(keyword.arg)
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text())):
            named = isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
            if named and node.targets[0].id in SAID_ELSEWHERE:  # type: ignore[attr-defined]
                found |= keys_of(node.value)  # type: ignore[attr-defined]
    return found - INTERNAL


def test_the_calls_are_found() -> None:
    assert {"score.recorded", "second_factor_set", "cell.…", "deputy.named"} <= written_acts()
    assert {"rating", "signatory", "stage"} <= written_fields()


def test_every_act_has_words_and_every_word_has_an_act() -> None:
    whole = {act for act in written_acts() if not act.endswith("…")}
    beginnings = {act.removesuffix("…") for act in written_acts() - whole}
    assert beginnings == set(COMPOSED)
    composed = {f"{beginning}{state}" for beginning, states in COMPOSED.items() for state in states}
    assert whole | composed == set(ACTS)


@pytest.mark.parametrize("language", [SPANISH, ENGLISH], ids=["es", "en"])
def test_every_fact_has_words(language: object) -> None:
    rules = {name for table in RULE_TABLES for name in BY_NAME[table].names}
    for name in {*written_fields(), *rules, *(table.name for table in TABLES)}:
        assert field_words(language, name) != name  # type: ignore[arg-type]


def test_the_english_text_of_a_rule_says_so() -> None:
    assert field_words(SPANISH, "measure_es") == "Cómo se mide"
    assert field_words(SPANISH, "measure_en") == "Cómo se mide (en inglés)"
    assert field_words(ENGLISH, "measure_en") == "How it is measured (in English)"


def test_what_has_no_words_is_shown_as_it_is() -> None:
    assert act_words(ENGLISH, "something.new") == "something.new"
    assert field_words(ENGLISH, "something_en") == "something_en"
    assert fact_value(ENGLISH, "rating", "7.5") == "7.5"
    assert person_words(ENGLISH, "Eva") == "Eva"


def test_a_code_among_the_facts_is_said_in_words() -> None:
    said = {("late", "true"): "yes", ("stage", "review"): "in review", ("role", "deputy"): "the coordination's deputy"}
    assert {fact: fact_value(ENGLISH, *fact) for fact in said} == said
    assert person_words(SPANISH, "system") == "El sistema"
