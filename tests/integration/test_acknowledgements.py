"""What municipalities say of the rules before they are sealed, and who may say it."""

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.domain.acknowledgements import AcknowledgementKind, NewAcknowledgement, ObjectionWithoutWords
from app.domain.permissions import NotAllowed
from app.models.acknowledgements import Acknowledgement
from app.models.editions import Edition
from app.queries.acknowledgements import list_notes
from app.queries.publications import find_publication, get_edition_content
from app.services.acknowledgements import acknowledge
from tests import staff
from tests.integration.rooms import writing
from tests.integration.sealing import SLUG, verdict
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


def said(site: Flask) -> int:
    """How often the municipalities of the new edition spoke."""
    query = select(func.count(Acknowledgement.id)).join(Edition, Edition.id == Acknowledgement.edition_id)
    with Session(site.extensions["database"]) as session:
        return session.scalar(query.where(Edition.slug == EDITION["slug"])) or 0


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
        assert said(valley_site) == 1
        assert lalo.post(RULES, {"kind": "accept", "words": "", **SIGNED}).status_code == 303
        assert said(valley_site) == 2
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        assert "Tomó nota de las reglas" in olga.get(f"{NEW}/").text
        assert olga.post(f"{NEW}/evaluaciones/1/avanzar/", {"origin": "planned"}).status_code == 303
    with staff.signed_in(valley_site, valley_people["lalo"]) as lalo:
        late = lalo.post(RULES, objection, page="/acceso/cuenta/")
        assert late.status_code == 409
    assert said(valley_site) == 2


def test_only_the_municipality_itself_speaks(valley_site: Flask, valley_people: dict[str, int]) -> None:
    prepared(valley_site, valley_people)
    valley_site.config["WTF_CSRF_ENABLED"] = False
    for name in ("lola", "olga", "eva", "rita", None):
        with staff.signed_in(valley_site, valley_people[name] if name else None) as other:
            assert other.get(RULES).status_code == (403 if name else 303)
            assert other.client.post(RULES, data={"kind": "accept", **SIGNED}).status_code == (403 if name else 303)
    assert said(valley_site) == 0


def test_nobody_speaks_for_a_municipality_that_is_not_hers(valley: Session) -> None:
    ids, new = staff.settle(valley, SLUG), NewAcknowledgement(AcknowledgementKind.ACCEPT, "", "Lola", "Síndica")
    for name in ("lola", "olga"):
        who = staff.actor_of(valley, ids[name])
        with pytest.raises(NotAllowed):
            acknowledge(valley, who, edition=SLUG, municipality="alba", new=new, now_utc=staff.AT)


def test_who_has_said_nothing_is_listed(valley: Session) -> None:
    staff.settle(valley, SLUG)
    notes = [(note.slug, note.liaisons, note.said.kind if note.said else None) for note in list_notes(valley, SLUG)]
    assert notes == [
        ("alba", 1, AcknowledgementKind.ACCEPT),
        ("brisa", 1, AcknowledgementKind.OBJECT),
        ("nandu", 0, None),
    ]


def test_an_objection_has_words() -> None:
    with pytest.raises(ObjectionWithoutWords):
        NewAcknowledgement(AcknowledgementKind.OBJECT, "", "Vera Vega", "Alcaldesa")


def test_what_was_said_is_sealed_with_the_rules_its_words_as_hashes(valley: Session) -> None:
    publication = find_publication(valley, SLUG, 0, 1)
    assert publication is not None
    manifest = publication.manifest.decode()
    assert "acknowledgement,98002,kind,object" in manifest
    assert "acknowledgement,98002,acknowledged_on,2020-10-19" in manifest
    assert "text,acknowledgement/98002,words," in manifest
    assert "injusto" not in manifest
    assert "Blas Brisa,Alcalde" not in manifest
    content = get_edition_content(valley, publication.id)
    bodies = {(text.key, text.field): text.body for text in content.texts}
    assert bodies["acknowledgement/98002", "words"] == "El peso de la demanda 1, dicen, es injusto."
    assert ("acknowledgement/98001", "words") not in bodies
    assert verdict(valley).is_sound


def test_an_edition_in_which_nobody_spoke_keeps_its_bytes(seeded: Session) -> None:
    for slug in ("nuevo-leon-2012-2015", "ejemplo-2024-2027"):
        publication = find_publication(seeded, slug, 0, 1)
        assert publication is not None
        assert b"acknowledgement" not in publication.manifest


def test_what_was_said_is_never_changed(valley: Session) -> None:
    with pytest.raises(DatabaseError, match="frozen"):
        valley.execute(text("UPDATE acknowledgements SET kind = 'object'"))
