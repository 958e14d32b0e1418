"""What the tables refuse by themselves, on both databases, whoever writes (SCORING §1, DESIGN §8)."""
# ruff: noqa: S608 - raw SQL is what these tests are about

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.integration.statements import copy_row, refusal, run

RATED = "value_tenths IS NOT NULL"


def score(**changes: Any) -> str:
    """A further revision of a rated cell."""
    return copy_row("scores", RATED, **{"revision": 99, **changes})


def test_a_further_revision_on_the_scale_is_taken(valley: Session) -> None:
    for tenths in (0, 75, 100):
        assert run(valley, score(revision=100 + tenths, value_tenths=tenths)) == 1


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        pytest.param({"value_tenths": 101}, "ck_scores_value_tenths", id="above-ten"),
        pytest.param({"value_tenths": -1}, "ck_scores_value_tenths", id="below-nought"),
        pytest.param({"value_tenths": "NULL"}, "ck_scores_value_or_absence", id="neither-value-nor-absence"),
        pytest.param({"absence": "'pending'"}, "ck_scores_value_or_absence", id="both-value-and-absence"),
        pytest.param({"value_tenths": "NULL", "absence": "'lost'"}, "ck_scores_absence", id="unknown-absence"),
        pytest.param({"value_tenths": "NULL", "absence": "''"}, "ck_scores_absence", id="empty-absence"),
        pytest.param(
            {"value_tenths": "NULL", "absence": "'not_applicable'", "reason_sha256": "NULL"},
            "ck_scores_not_applicable_has_reason",
            id="not-applicable-without-reason",
        ),
        pytest.param({"revision": 0}, "ck_scores_revision", id="revision-nought"),
    ],
)
def test_a_score_off_the_scale_or_ill_explained_is_refused(
    changes: dict[str, Any], constraint: str, valley: Session
) -> None:
    assert constraint in refusal(valley, score(**changes))


@pytest.mark.parametrize("absence", ["not_rated", "refused", "pending", "unpublished"])
def test_every_other_absence_needs_no_reason(absence: str, valley: Session) -> None:
    assert run(valley, score(value_tenths="NULL", absence=f"'{absence}'", reason_sha256="NULL")) == 1


def test_half_a_tenth_is_never_stored(kind: str, valley: Session) -> None:
    if kind == "sqlite":  # whose INTEGER column would keep 7.5
        assert "ck_scores_value_tenths_whole" in refusal(valley, score(value_tenths="7.5"))
        assert "ck_scores_value_tenths_whole" in refusal(valley, score(value_tenths="'siete'"))
    else:  # whose type rounds what it is given
        run(valley, score(value_tenths="7.5"))
        assert valley.scalar(text("SELECT value_tenths FROM scores WHERE revision = 99")) == 8


def test_a_revision_is_given_once(kind: str, valley: Session) -> None:
    said = refusal(valley, score(revision="s.revision"))
    assert ("scores is frozen" if kind == "sqlite" else "uq_scores_entry_id_demand_id_revision") in said


def test_an_edition_has_each_demand_once(kind: str, valley: Session) -> None:
    said = refusal(valley, copy_row("demands", "number = 2"))
    assert ("demands.edition_id, demands.number" if kind == "sqlite" else "uq_demands_edition_id_number") in said
    assert run(valley, copy_row("demands", "number = 2", number=4)) == 1


@pytest.mark.parametrize("cvegeo", ["9800", "980011", "9800a", "98 01", "", "٩٨٠٠١"])
def test_a_municipality_is_named_by_five_digits(cvegeo: str, valley: Session) -> None:
    statement = copy_row("municipalities", cvegeo=":cvegeo", slug="'otro'")
    assert "ck_municipalities_cvegeo" in refusal(valley, statement, cvegeo=cvegeo)


def test_a_leading_zero_of_a_municipality_counts(valley: Session) -> None:
    run(valley, copy_row("municipalities", cvegeo="'01001'", slug="'otro'"))
    assert valley.scalar(text("SELECT cvegeo FROM municipalities WHERE slug = 'otro'")) == "01001"


@pytest.mark.parametrize("tenths", [1, -1, 100])
def test_a_refusal_counts_as_nothing_or_as_nought(tenths: int, valley: Session) -> None:
    statement = f"UPDATE editions SET refused_counts_as_tenths = {tenths}"
    assert "ck_editions_refusing_never_pays" in refusal(valley, statement)
    assert run(valley, "UPDATE editions SET refused_counts_as_tenths = 0") == 1


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        pytest.param("UPDATE editions SET kind = 'rumour'", "ck_editions_kind", id="kind-of-edition"),
        pytest.param("UPDATE editions SET ends_on = starts_on", "ck_editions_dates", id="dates-of-edition"),
        pytest.param(
            "UPDATE editions SET minimum_coverage_percent = 101", "ck_editions_minimum_coverage", id="coverage"
        ),
        pytest.param("UPDATE demands SET weight = 0", "ck_demands_weight", id="weight"),
        pytest.param("UPDATE rounds SET stage = 'secret'", "ck_rounds_stage", id="stage"),
        pytest.param("UPDATE organisations SET kind = 'rumour'", "ck_organisations_kind", id="kind-of-organisation"),
        pytest.param(
            "UPDATE edition_municipalities SET population = 0", "ck_edition_municipalities_population", id="nobody"
        ),
        pytest.param(
            "UPDATE edition_municipalities SET population = 200000001",
            "ck_edition_municipalities_population",
            id="everybody",
        ),
        pytest.param("UPDATE mandates SET gender = 'x'", "ck_mandates_gender", id="gender"),
        pytest.param("UPDATE mandates SET ends_on = starts_on", "ck_mandates_dates", id="empty-mandate"),
        pytest.param("UPDATE distinctions SET kind = 'gossip'", "ck_distinctions_kind", id="kind-of-distinction"),
        pytest.param("UPDATE accounts SET email = 'a@b.mx'", "ck_accounts_email_of_person", id="email-of-the-system"),
    ],
)
def test_a_row_that_breaks_a_rule_of_its_table_is_refused(statement: str, constraint: str, valley: Session) -> None:
    assert constraint in refusal(valley, statement)


def test_a_population_is_a_whole_number(kind: str, valley: Session) -> None:
    if kind == "sqlite":
        statement = "UPDATE edition_municipalities SET population = 7.5"
        assert "ck_edition_municipalities_population_whole" in refusal(valley, statement)
    assert run(valley, "UPDATE edition_municipalities SET population = 1 WHERE population = 900") == 1


# --- mandates never overlap; their dates are half-open ---


def mandate(starts_on: str, ends_on: str | None, cvegeo: str = "98001") -> str:
    """A mandate in Alba, which has one from 2020-10-01 to 2023-10-01, or in Ñandú, whose one has no end."""
    place = f"municipality_id = (SELECT id FROM municipalities WHERE cvegeo = '{cvegeo}')"
    ends = "NULL" if ends_on is None else f"date '{ends_on}'"
    return copy_row("mandates", place, starts_on=f"date '{starts_on}'", ends_on=ends)


def on(kind: str, statement: str) -> str:
    """SQLite has no literal for dates: there a day is its text."""
    return statement.replace("date '", "'") if kind == "sqlite" else statement


OVERLAP = {"sqlite": "mandates overlap", "postgresql": "ex_mandates_overlap"}


@pytest.mark.parametrize(
    ("cvegeo", "starts_on", "ends_on"),
    [
        pytest.param("98001", "2021-01-01", "2021-02-01", id="within"),
        pytest.param("98001", "2020-01-01", "2024-01-01", id="around"),
        pytest.param("98001", "2020-01-01", "2020-10-02", id="by-a-day-before"),
        pytest.param("98001", "2023-09-30", "2024-01-01", id="by-a-day-after"),
        pytest.param("98001", "2023-09-30", None, id="open-by-a-day"),
        pytest.param("98001", "2020-01-01", None, id="open-around"),
        pytest.param("98003", "2030-01-01", "2031-01-01", id="after-one-without-end"),
        pytest.param("98003", "2030-01-01", None, id="open-after-one-without-end"),
    ],
)
def test_a_municipality_has_one_mayor_a_day(
    cvegeo: str, starts_on: str, ends_on: str | None, kind: str, valley: Session
) -> None:
    assert OVERLAP[kind] in refusal(valley, on(kind, mandate(starts_on, ends_on, cvegeo)))


@pytest.mark.parametrize(
    ("cvegeo", "starts_on", "ends_on"),
    [
        pytest.param("98001", "2017-10-01", "2020-10-01", id="up-to-the-first-day"),
        pytest.param("98001", "2023-10-01", "2026-10-01", id="from-the-last-day"),
        pytest.param("98001", "2023-10-01", None, id="open-from-the-last-day"),
        pytest.param("98003", "2017-10-01", "2020-10-01", id="before-one-without-end"),
    ],
)
def test_one_mandate_may_begin_on_the_day_that_another_ends(
    cvegeo: str, starts_on: str, ends_on: str | None, kind: str, valley: Session
) -> None:
    assert run(valley, on(kind, mandate(starts_on, ends_on, cvegeo))) == 1


def test_mandates_of_two_municipalities_may_overlap(valley: Session) -> None:
    days = text("SELECT count(*) FROM mandates WHERE starts_on = '2020-10-01'")
    assert (valley.scalar(days) or 0) > 1


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("ends_on = date '2021-02-02' WHERE ends_on = date '2021-02-01'", id="a-later-end"),
        pytest.param("ends_on = NULL WHERE ends_on = date '2021-02-01'", id="no-end"),
        pytest.param("starts_on = date '2021-01-31' WHERE starts_on = date '2021-02-01'", id="an-earlier-start"),
        pytest.param(
            "municipality_id = (SELECT id FROM municipalities WHERE cvegeo = '98001')"
            " WHERE starts_on = date '2021-02-01'",
            id="another-municipality",
        ),
    ],
)
def test_a_mandate_cannot_be_moved_onto_another(change: str, kind: str, valley: Session) -> None:
    assert OVERLAP[kind] in refusal(valley, on(kind, f"UPDATE mandates SET {change}"))


def test_a_mandate_may_change_without_touching_another(kind: str, valley: Session) -> None:
    change = "ends_on = date '2021-01-31', party = 'Otro' WHERE ends_on = date '2021-02-01'"
    assert run(valley, on(kind, f"UPDATE mandates SET {change}")) == 1
