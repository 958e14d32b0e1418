"""What municipalities say of the rules before they are sealed, and who may say it."""

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.domain.acknowledgements import AcknowledgementKind, NewAcknowledgement, ObjectionWithoutWords
from app.models.accounts import RoleGrant
from app.models.acknowledgements import Acknowledgement
from app.models.editions import Edition
from app.queries.acknowledgements import list_notes
from tests import staff
from tests.integration.rooms import count, writing
from tests.integration.sealing import SLUG
from tests.integration.test_editing_pages import EDITION, NEW, STEPS

RULES = "/enlace/valle-nuevo-2021-2024/vega/reglas/"
SIGNED = {"signatory": "Vera Vega", "position": "Alcaldesa"}


def prepared(site: Flask, people: dict[str, int]) -> None:
    """A new edition, of which Lalo is Vega's liaison."""
    with staff.signed_in(site, people["olga"]) as olga:
        olga.post("/coordinacion/nueva/", EDITION)
        for path, fields in STEPS:
            olga.post(f"{NEW}/{path}", fields)
    with writing(site) as session:
        session.execute(
            text(
                "INSERT INTO role_grants (account_id, edition_id, municipality_id, role, granted_at_utc)"
                " SELECT :account, e.id, m.id, 'office', g.granted_at_utc"
                " FROM editions e, municipalities m, role_grants g"
                " WHERE e.slug = 'valle-nuevo-2021-2024' AND m.slug = 'vega'"
                " AND g.id = (SELECT min(id) FROM role_grants)"
            ),
            {"account": people["lalo"]},
        )
        session.commit()


def test_a_municipality_takes_note_or_objects_until_the_rules_are_sealed(
    valley_site: Flask, valley_people: dict[str, int]
) -> None:
    prepared(valley_site, valley_people)
    with staff.signed_in(valley_site, valley_people["lalo"]) as lalo:
        assert lalo.get(RULES).status_code == 200
        assert lalo.post(RULES, {"kind": "object", "words": "", **SIGNED}).status_code == 422
        assert lalo.post(RULES, {"kind": "accept", "signatory": "", "position": ""}).status_code == 422
        assert lalo.post(RULES, {"kind": "no", **SIGNED}).status_code == 422
        objection = {"kind": "object", "words": "El peso es injusto.", **SIGNED}
        assert lalo.post(RULES, objection).status_code == 303
        assert lalo.post(RULES, objection).status_code == 303
        assert count(valley_site, Acknowledgement) == 1
        assert lalo.post(RULES, {"kind": "accept", "words": "", **SIGNED}).status_code == 303
        assert count(valley_site, Acknowledgement) == 2
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        assert "Tomó nota de las reglas" in olga.get(f"{NEW}/").text
        assert olga.post(f"{NEW}/evaluaciones/1/avanzar/", {"origin": "planned"}).status_code == 303
    with staff.signed_in(valley_site, valley_people["lalo"]) as lalo:
        late = lalo.post(RULES, objection, page="/acceso/cuenta/")
        assert late.status_code == 409
    assert count(valley_site, Acknowledgement) == 2


def test_only_the_municipality_itself_speaks(valley_site: Flask, valley_people: dict[str, int]) -> None:
    prepared(valley_site, valley_people)
    valley_site.config["WTF_CSRF_ENABLED"] = False
    for name in ("lola", "olga", "eva", "rita", None):
        with staff.signed_in(valley_site, valley_people[name] if name else None) as other:
            assert other.get(RULES).status_code == (403 if name else 303)
            assert other.client.post(RULES, data={"kind": "accept", **SIGNED}).status_code == (403 if name else 303)
    assert count(valley_site, Acknowledgement) == 0


def test_who_has_said_nothing_is_listed(valley: Session) -> None:
    staff.settle(valley, SLUG)
    notes = list_notes(valley, SLUG)
    assert [(note.slug, note.liaisons, note.said) for note in notes] == [
        ("alba", 1, None),
        ("brisa", 1, None),
        ("nandu", 0, None),
    ]


def test_an_objection_has_words() -> None:
    with pytest.raises(ObjectionWithoutWords):
        NewAcknowledgement(AcknowledgementKind.OBJECT, "", "Vera Vega", "Alcaldesa")


def test_what_was_said_is_never_changed(valley: Session) -> None:
    people = staff.settle(valley, SLUG)
    edition = valley.scalars(select(Edition.id).where(Edition.slug == SLUG)).one()
    place = valley.scalars(select(RoleGrant.municipality_id).where(RoleGrant.account_id == people["lalo"])).one()
    valley.add(
        Acknowledgement(
            edition_id=edition,
            municipality_id=place,
            kind="accept",
            words="",
            account_id=people["lalo"],
            acknowledged_at_utc=staff.AT,
            **SIGNED,
        )
    )
    valley.flush()
    with pytest.raises(DatabaseError, match="frozen"):
        valley.execute(text("UPDATE acknowledgements SET signatory = 'x'"))
