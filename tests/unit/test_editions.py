"""An edition and what belongs to it: the method's limits, scopes, mandates (DESIGN §§2, 8)."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import app.domain
from app.domain.editions import (
    OVERALL,
    EditionKind,
    Gender,
    Mandate,
    Municipality,
    Scope,
    ScopeKind,
    demand_scope,
    theme_scope,
)
from app.domain.errors import RuleBroken
from app.domain.organisations import Organisation, OrganisationKind
from app.domain.scores import Score
from tests.unit.examples import EDITION, METHOD, OPENNESS, SAFETY, edition_of, round_of
from tests.unit.generated import deterministic, slugs

scopes = st.one_of(st.just(OVERALL), slugs.map(theme_scope), st.integers(min_value=1, max_value=999).map(demand_scope))


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("overall", OVERALL),
        ("theme:seguridad", theme_scope("seguridad")),
        ("demand:3", demand_scope(3)),
        ("demand:10", demand_scope(10)),
    ],
)
def test_a_scope_is_read_and_written_in_one_form(text: str, scope: Scope) -> None:
    assert Scope.from_text(text) == scope
    assert str(scope) == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("everything", id="unknown-kind"),
        pytest.param("OVERALL", id="capitals"),
        pytest.param("overall:seguridad", id="overall-of-a-theme"),
        pytest.param("theme", id="theme-without-key"),
        pytest.param("theme:", id="theme-with-empty-key"),
        pytest.param("demand:", id="demand-without-number"),
        pytest.param("demand:three", id="demand-by-word"),
        pytest.param("demand:-1", id="negative-demand"),
        pytest.param("demand:\u0663", id="arabic-three"),
        pytest.param("demand:\u00b3", id="superscript-three"),
        pytest.param("demand: 3", id="blank-before-the-number"),
    ],
)
def test_what_is_no_scope_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        Scope.from_text(text)
    assert refusal.value.code == "bad-scope"
    assert refusal.value.facts == {"text": text}


@deterministic
@given(scopes)
def test_every_scope_is_read_back_as_it_was_written(scope: Scope) -> None:
    assert Scope.from_text(str(scope)) == scope


@pytest.mark.parametrize("value", [1, 50, 100])
def test_a_method_under_which_refusing_could_pay_is_refused(value: int) -> None:
    with pytest.raises(RuleBroken) as refusal:
        replace(METHOD, refused_counts_as=Score(value))
    assert refusal.value.code == "refusal-would-pay"


def test_a_method_may_count_a_refusal_as_zero() -> None:
    assert replace(METHOD, refused_counts_as=Score(0)).refused_counts_as == Score(0)


@pytest.mark.parametrize(
    ("overall", "theme", "off"),
    [(-1, 50, -1), (101, 50, 101), (80, -1, -1), (80, 101, 101)],
    ids=["overall-below", "overall-above", "theme-below", "theme-above"],
)
def test_a_coverage_off_the_scale_is_refused(overall: int, theme: int, off: int) -> None:
    with pytest.raises(RuleBroken) as refusal:
        replace(METHOD, minimum_coverage_percent=overall, minimum_theme_coverage_percent=theme)
    assert (refusal.value.code, refusal.value.facts) == ("coverage-off-scale", {"percent": off})


@pytest.mark.parametrize("percent", [0, 100])
def test_both_ends_of_the_coverage_are_allowed(percent: int) -> None:
    method = replace(METHOD, minimum_coverage_percent=percent, minimum_theme_coverage_percent=percent)
    assert method.minimum_coverage(OVERALL) == Fraction(percent, 100)


@pytest.mark.parametrize(
    ("scope", "minimum"),
    [(OVERALL, "4/5"), (theme_scope("seguridad"), "1/2"), (demand_scope(1), "1/2")],
    ids=["overall", "theme", "demand"],
)
def test_themes_and_demands_have_a_minimum_coverage_of_their_own(scope: Scope, minimum: str) -> None:
    assert METHOD.minimum_coverage(scope) == Fraction(minimum)


TERM = Mandate("19039", date(2012, 10, 31), "Ana", Gender.FEMALE, ends_on=date(2015, 10, 31))


@pytest.mark.parametrize(
    ("day", "in_office"),
    [
        pytest.param("2012-10-30", False, id="the-day-before"),
        pytest.param("2012-10-31", True, id="the-first-day"),
        pytest.param("2015-10-30", True, id="the-last-day"),
        pytest.param("2015-10-31", False, id="the-successors-first-day"),
    ],
)
def test_a_mandate_runs_up_to_but_not_including_its_end(day: str, in_office: bool) -> None:  # noqa: FBT001
    assert TERM.covers(date.fromisoformat(day)) is in_office


def test_a_mandate_without_end_is_still_running() -> None:
    assert replace(TERM, ends_on=None).covers(date(2999, 1, 1))
    assert not replace(TERM, ends_on=None).covers(date(2012, 10, 30))


@pytest.mark.parametrize(
    ("known_on", "ends_on"),
    [
        pytest.param("2015-10-30", None, id="the-end-was-still-to-come"),
        pytest.param("2015-10-31", "2015-10-31", id="the-day-it-ended"),
        pytest.param("2016-01-01", "2015-10-31", id="long-over"),
    ],
)
def test_an_end_that_had_not_come_is_not_known(known_on: str, ends_on: str | None) -> None:
    known = TERM.as_known_on(date.fromisoformat(known_on))
    assert known == replace(TERM, ends_on=None if ends_on is None else date.fromisoformat(ends_on))


def test_a_demonstration_says_so() -> None:
    assert EDITION.is_demonstration
    assert not replace(EDITION, kind=EditionKind.REAL).is_demonstration


def test_an_edition_gives_the_demands_of_a_theme_in_their_order() -> None:
    content = edition_of(round_of({"A": "1 2 3 4"}, themes=(SAFETY, OPENNESS)))
    assert [demand.number for demand in content.demands_of(SAFETY.key)] == [1, 3]
    assert [demand.number for demand in content.demands_of(OPENNESS.key)] == [2, 4]
    assert content.demands_of("no-such-theme") == ()


def test_the_rules_of_an_edition_are_its_method_themes_and_demands() -> None:
    content = edition_of(round_of({"A": "1 2"}))
    first, second = content.demands
    assert content.has_the_rules_of(replace(content, sources=(), municipalities=(), mandates=(), periods=()))
    assert content.has_the_rules_of(replace(content, organisations=(Organisation("x", "X", OrganisationKind.DONOR),)))
    assert content.has_the_rules_of(replace(content, edition=replace(EDITION, name_es="Otro nombre")))
    assert not content.has_the_rules_of(replace(content, method=replace(METHOD, overall=False)))
    assert not content.has_the_rules_of(replace(content, themes=(SAFETY, OPENNESS)))
    assert not content.has_the_rules_of(replace(content, demands=(first, replace(second, weight=2))))
    assert not content.has_the_rules_of(replace(content, demands=(first, replace(second, criterion_es="Otro"))))


@pytest.mark.parametrize(
    ("aliases", "names"),
    [
        ("", ()),
        ("SPGG", ("SPGG",)),
        ("SPGG; San Pedro", ("SPGG", "San Pedro")),
        ("Gral. Escobedo, N. L.; Escobedo", ("Gral. Escobedo, N. L.", "Escobedo")),
    ],
)
def test_the_names_that_people_use_are_told_one_by_one(aliases: str, names: tuple[str, ...]) -> None:
    assert Municipality("19019", "san-pedro", "San Pedro", "san pedro", aliases=aliases).also_called == names


@pytest.mark.parametrize("kind", ScopeKind)
def test_every_kind_of_scope_is_read_by_its_own_word(kind: ScopeKind) -> None:
    text = {ScopeKind.OVERALL: "overall", ScopeKind.THEME: "theme:x", ScopeKind.DEMAND: "demand:1"}[kind]
    assert Scope.from_text(text).kind is kind


def words_and_numbers_of(tree: ast.Module) -> Iterator[str]:
    """Every name, text and number of the code, without its docstrings."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield str(node.value)
        elif isinstance(node, ast.Name | ast.arg):
            yield node.id if isinstance(node, ast.Name) else node.arg


OF_NO_PROGRAMME = {
    "evidence.py": "the earliest day of a document, and a length",
    "gates.py": "the hour with which a digest is made",
    "meanings.py": "words that can turn a rule round, in any programme",
    "passwords.py": "words that anybody would try first",
    "working_days.py": "the year in which the law changed a day of rest",
}
"""Rules with a number or word of the world, which is no programme's."""


def test_no_year_place_theme_or_demand_stands_in_the_code_of_the_rules() -> None:
    names = r"segur|transparen|bimestral|polic|crime|homicid|monterrey|ju[aá]rez|nuevo|le[oó]n|m[eé]xico|apodaca"
    forbidden = re.compile(rf"\b(19|20)\d\d\b|{names}", re.IGNORECASE)
    (folder,) = app.domain.__path__
    files = sorted(path for path in Path(folder).glob("*.py") if path.name not in OF_NO_PROGRAMME)
    found = [
        (file.name, text)
        for file in files
        for text in words_and_numbers_of(ast.parse(file.read_text(encoding="utf-8")))
        if forbidden.search(text)
    ]
    assert len(files) > 10
    assert found == []
