"""Who coordinates one edition changes nothing of another: neither who governs there nor who works there."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.permissions import Grant, Role
from app.models.accounts import Account, RoleGrant
from tests import people, staff
from tests.integration.rooms import writing
from tests.integration.test_editing_pages import EDITION, NEW, ROOM

MANDATE = f"{NEW}/gestiones/98003.2020-10-01/"
LATER = f"{NEW}/gestiones/98003.2021-08-01/"
CHANGE = f"{NEW}/gestiones/cambio/"
OTHER = {"cvegeo": "98003", "mayor": "Otra Persona", "gender": "m", "party": ""}


@pytest.fixture
def stranger(valley_site: Flask, valley_people: dict[str, int]) -> int:
    """The organiser of an edition that shares a municipality and some months with the valley's, and of no other."""
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        assert olga.post("/coordinacion/nueva/", {**EDITION, "starts_on": "2021-01-01"}).status_code == 303
        assert olga.post(f"{NEW}/municipios/agregar/", {"cvegeo": "98003", "name": "Ñandú"}).status_code == 303
    with writing(valley_site) as session:
        account = people.make_account(session, Grant(EDITION["slug"], Role.ORGANISER)).id
        session.commit()
    return account


def test_a_mandate_that_a_sealed_edition_knows_is_changed_by_who_coordinates_that_edition(
    valley_site: Flask, valley_people: dict[str, int], stranger: int
) -> None:
    with staff.signed_in(valley_site, stranger) as somebody:
        assert somebody.post(MANDATE, {**OTHER, "starts_on": "2020-10-01", "ends_on": ""}).status_code == 409
        somebody.post(f"{MANDATE}quitar/", {}, page=MANDATE)
        assert "Ñico Ñandú" in somebody.get(MANDATE).text
        refused = somebody.post(CHANGE, {**OTHER, "starts_on": "2021-04-15"})
        assert (refused.status_code, "otra administración sellada" in refused.text) == (409, True)
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        assert "Ñico Ñandú" in olga.get(f"{ROOM}/evaluaciones/3/municipios/nandu/").text
        assert olga.post(CHANGE, {**OTHER, "starts_on": "2021-04-15"}).status_code == 303
        assert "Otra Persona" in olga.get(f"{ROOM}/evaluaciones/3/municipios/nandu/").text


def test_a_mandate_of_a_sealed_edition_is_not_removed_elsewhere_though_no_round_names_it_yet(
    valley_site: Flask, valley_people: dict[str, int], stranger: int
) -> None:
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        assert olga.post(CHANGE, {**OTHER, "starts_on": "2021-08-01"}).status_code == 303
    with staff.signed_in(valley_site, stranger) as somebody:
        somebody.post(f"{LATER}quitar/", {}, page=LATER)
        assert "Otra Persona" in somebody.get(LATER).text


def test_an_account_of_another_edition_is_not_touched_and_the_page_says_why(
    valley_site: Flask, valley_people: dict[str, int], stranger: int
) -> None:
    eva, page = valley_people["eva"], "/coordinacion/cuentas/"
    with writing(valley_site) as session:
        role = session.scalars(select(RoleGrant.id).where(RoleGrant.account_id == eva)).one()
    with staff.signed_in(valley_site, stranger) as somebody:
        for act in ("close:", "factor:", "again:", "reopen:", f"role:{role}"):
            invitation = f"{page}{EDITION['slug']}/invitar/"
            assert somebody.post(f"{page}{eva}/", {"act": act}, page=invitation).status_code == 303, act
            assert "que usted no coordina" in somebody.get(page).text, act
    with writing(valley_site) as session:
        assert session.get_one(Account, eva).closed_at_utc is None
        assert session.get_one(RoleGrant, role).account_id == eva
