"""Every address behind the sign-in, asked as everybody: who may, comes in; who may not, is refused.

New addresses are asked by themselves: the walk goes over the routes of the application.
"""

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from app.domain.permissions import NEEDS_SECOND_FACTOR, Actor, Permission
from app.web.shared.access import access_of
from tests import databases, seeded, staff
from tests.integration.sealing import SLUG

FILLED: dict[str, object] = {
    "edition": SLUG,
    "number": 3,
    "municipality": "alba",
    "demand": 1,
    "theme": "seguridad",
    "page": 2,
    "place": "alba",
    "sha256": "a" * 64,
    "key": "1",
}
"""What stands in an address; everything else is filled with 1."""
ELSEWHERE = {**FILLED, "edition": "nadie-2020-2023"}
ASKED_FURTHER = {
    "ratings.evidence_file",
    "ratings.evidence_file_for_review",
    "ratings.save_municipality",
    "ratings.save_demand",
    "decisions.meetings",
    "decisions.attend",
}
"""Where a permission is not all: a file that is not hers, a form without a cell of hers, who notes a meeting.

Each has tests of its own.
"""


@contextlib.contextmanager
def site_at_work(template: Path, folder: Path) -> Iterator[tuple[Flask, dict[str, Actor]]]:
    """The site with the valley's people. Tokens are not asked for here: each form's own test asks for them."""
    with seeded.application(seeded.settings_for(databases.copy_of_sqlite(template, folder), folder)) as app:
        app.config["WTF_CSRF_ENABLED"] = False
        with Session(app.extensions["database"].execution_options(write=True)) as session:
            ids = staff.settle(session, SLUG)
            session.commit()
            actors = {name: staff.actor_of(session, account_id) for name, account_id in ids.items()}
        yield app, actors


@pytest.fixture
def at_work(valley_sqlite_template: Path, tmp_path: Path) -> Iterator[tuple[Flask, dict[str, Actor]]]:
    with site_at_work(valley_sqlite_template, tmp_path) as site:
        yield site


@pytest.fixture(scope="module")
def refusing(
    valley_sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Flask, dict[str, Actor]]]:
    """The same for all who are refused: it stays as it was."""
    with site_at_work(valley_sqlite_template, tmp_path_factory.mktemp("refusing")) as site:
        yield site


def staff_rules(app: Flask) -> list[tuple[Rule, Permission]]:
    """The routes that ask for a permission."""
    rules = ((rule, access_of(app.view_functions[rule.endpoint])) for rule in app.url_map.iter_rules())
    return [(rule, Permission(access)) for rule, access in rules if access in set(Permission)]


def address(rule: Rule, filled: dict[str, object]) -> str:
    values = {name: filled.get(name, 1) for name in rule.arguments}
    if "part" in values:
        values["part"] = _first_part(rule)
    built = rule.build(values, append_unknown=False)
    assert built is not None
    return str(built[1])


def _first_part(rule: Rule) -> str:
    """The first of the words that the route takes in this place."""
    found = re.search(r"<any\(([a-z]+)", rule.rule)
    assert found is not None
    return found[1]


def ask(app: Flask, rule: Rule, path: str, account_id: int | None) -> list[tuple[int, str]]:
    """The status and where it leads, by each method of the route."""
    answers = []
    for method in sorted((rule.methods or set()) & {"GET", "POST"}):
        with staff.signed_in(app, account_id) as person:
            response = person.client.open(path, method=method)
            answers.append((response.status_code, response.headers.get("Location", "")))
    return answers


def test_a_stranger_is_led_to_the_sign_in_whether_the_page_exists_or_not(
    refusing: tuple[Flask, dict[str, Actor]],
) -> None:
    app, _ = refusing
    rules = staff_rules(app)
    assert len(rules) > 5
    for rule, _permission in rules:
        for filled in (FILLED, ELSEWHERE):
            path = address(rule, filled)
            for status, location in ask(app, rule, path, None):
                assert (path, status) == (path, 303)
                assert location.startswith("/acceso/"), path


@pytest.mark.parametrize("name", staff.PEOPLE)
def test_who_may_comes_in_and_who_may_not_is_refused(at_work: tuple[Flask, dict[str, Actor]], name: str) -> None:
    app, actors = at_work
    actor = actors[name]
    for rule, permission in staff_rules(app):
        if rule.endpoint in ASKED_FURTHER:
            continue
        edition = SLUG if "edition" in rule.arguments else None
        place = "alba" if "municipality" in rule.arguments else None
        may = actor.may(permission, edition, place)
        if may and "page" in rule.arguments:
            continue  # there is no second page here; the first has an address of its own
        for status, location in ask(app, rule, address(rule, FILLED), actor.account_id):
            is_refused = status == 403 or location.startswith("/acceso/")
            assert (rule.rule, status, is_refused) == (rule.rule, status, not may)
            assert status < 500, rule.rule


@pytest.mark.parametrize("name", staff.PEOPLE)
def test_an_edition_that_is_not_hers_and_one_that_is_not_there_answer_alike(
    refusing: tuple[Flask, dict[str, Actor]], name: str
) -> None:
    app, actors = refusing
    for rule, _permission in staff_rules(app):
        if "edition" in rule.arguments:
            statuses = {status for status, _ in ask(app, rule, address(rule, ELSEWHERE), actors[name].account_id)}
            assert (rule.rule, statuses) == (rule.rule, {403})


@pytest.mark.parametrize("name", [name for name, (role, _) in staff.PEOPLE.items() if role in NEEDS_SECOND_FACTOR])
def test_who_owes_a_second_factor_does_nothing_before(refusing: tuple[Flask, dict[str, Actor]], name: str) -> None:
    app, actors = refusing
    actor = actors[name]
    assert actor.needs_second_factor
    for rule, permission in staff_rules(app):
        if actor.may(permission, SLUG if "edition" in rule.arguments else None):
            with staff.signed_in(app, actor.account_id, second_factor=False) as person:
                method = "GET" if "GET" in (rule.methods or set()) else "POST"
                response = person.client.open(address(rule, FILLED), method=method)
            assert (rule.rule, response.status_code) == (rule.rule, 303)
            assert response.headers["Location"].startswith("/acceso/segundo-paso/")
