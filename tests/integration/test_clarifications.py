"""Clarifying a sealed wording: two people, the same rules sealed again, and everything published still standing."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.domain.clarifications import Clarification, ClarificationRefused, Passages
from app.domain.gates import GateKey
from app.domain.permissions import NotAllowed
from app.models import guards
from app.models.audit import AuditEvent
from app.models.clarifications import ClarificationCase
from app.models.engines import make_engine
from app.models.publications import Publication
from app.queries.editions import find_edition_front
from app.queries.publications import find_publication, get_edition_content
from app.services import clarifications, gates
from app.services.publications import SealedPublication
from tests import databases, gated, staff
from tests.integration.commands import Commands
from tests.integration.folders import contents
from tests.integration.rooms import count, writing
from tests.integration.sealing import MAY, REASON, SLUG, chain, clarify, seal, verdict
from tests.integration.test_editing_pages import EDITION, NEW, STEPS
from tests.seeded import application, settings_for
from tests.staff import actor_of

SUBJECT = "demand:1/measure"
PASSAGES = Passages("cuenta, y", "cuenta y", "Counted, and", "Counted and")
ROOM = f"/coordinacion/{SLUG}/aclaraciones"
FORM = f"{ROOM}/texto/{SUBJECT}/"
TYPED = {"says_es": "cuenta, y", "reads_es": "cuenta y"}
NOTE = 'donde dice «<span lang="es">cuenta, y</span>» debe decir «<span lang="es">cuenta y</span>»'


@pytest.fixture
def ids(valley: Session) -> dict[str, int]:
    return staff.settle(valley, SLUG)


@pytest.fixture(scope="module")
def shared_site(valley_sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, int]]:
    """The valley's site with its people, and the organiser, for tests that change nothing."""
    folder = tmp_path_factory.mktemp("site")
    with application(settings_for(databases.copy_of_sqlite(valley_sqlite_template, folder), folder)) as app:
        with writing(app) as session:
            ids = staff.settle(session, SLUG)
            session.commit()
        yield app, ids["olga"]


def propose(session: Session, account_id: int, subject: str = SUBJECT, passages: Passages = PASSAGES) -> int:
    who = actor_of(session, account_id)
    return clarifications.propose_clarification(
        session, who, edition=SLUG, subject=subject, passages=passages, now_utc=MAY
    )


def confirm(session: Session, account_id: int, case: int, now: datetime = MAY) -> SealedPublication:
    who = actor_of(session, account_id)
    return clarifications.confirm_clarification(session, who, edition=SLUG, case=case, now_utc=now)


def drop(session: Session, account_id: int, case: int) -> None:
    clarifications.drop_clarification(session, actor_of(session, account_id), edition=SLUG, case=case, now_utc=MAY)


def test_one_proposes_another_confirms_and_the_rules_are_sealed_again(valley: Session, ids: dict[str, int]) -> None:
    case = propose(valley, ids["olga"])
    assert len(chain(valley)) == 4
    sealed = confirm(valley, ids["delia"], case)
    assert (sealed.sequence, sealed.round_number, sealed.number) == (5, 0, 2)
    publication = find_publication(valley, SLUG, 0, 2)
    assert publication is not None
    content = get_edition_content(valley, publication.id)
    assert content.clarifications == (Clarification(1, SUBJECT, MAY.date(), *PASSAGES.__dict__.values()),)
    assert content.demands[0].measure_es == "Se cuenta, y se divide."
    assert b'clarification,1,says_es,"cuenta, y"\n' in publication.manifest
    first = find_edition_front(valley, SLUG, 1)
    assert first is not None
    assert first.content.clarifications == ()
    actions = valley.scalars(select(AuditEvent.action).where(AuditEvent.action.like("clarification.%"))).all()
    assert actions == ["clarification.proposed", "clarification.done"]


def test_rounds_and_corrections_before_and_after_a_clarification_verify(valley: Session) -> None:
    ids = gated.ready(valley)
    before = [publication.sha256 for publication in chain(valley)]
    confirm(valley, ids["oscar"], propose(valley, ids["olga"]), gated.NOW - timedelta(hours=1))
    assert verdict(valley).is_sound
    for name in ("olga", "oscar"):
        gated.sign(valley, ids[name])
    key, digest = GateKey(SLUG, gated.ROUND), gated.gate(valley).digest
    gates.publish(valley, actor_of(valley, ids["olga"]), key=key, digest=digest, now_utc=gated.NOW)
    seal(valley, 2, reason=REASON, at=gated.NOW)
    case = propose(valley, ids["olga"], "demand:1/criterion", Passages("Que lo", "Qué lo"))
    confirm(valley, ids["oscar"], case, gated.NOW + timedelta(hours=1))
    after = chain(valley)
    assert [publication.sha256 for publication in after[:4]] == before
    assert [publication.round_number for publication in after[4:]] == [0, 3, 2, 0]
    assert {publication.edition_sha256 for publication in after[5:7]} == {after[4].sha256}
    assert verdict(valley).is_sound


def test_a_signature_given_before_a_clarification_lapses(valley: Session) -> None:
    ids = gated.ready(valley)
    digest = gated.gate(valley).digest
    confirm(valley, ids["oscar"], propose(valley, ids["olga"]))
    assert gated.gate(valley).digest != digest


@pytest.mark.parametrize(
    ("subject", "passages", "code"),
    [
        (SUBJECT, Passages(), "nothing-clarified"),
        (SUBJECT, Passages("se cuentan", "se cuenta"), "not-in-wording"),
        (SUBJECT, Passages("se divide", "se divide entre 2"), "number-changed"),
        (SUBJECT, Passages("se divide", "no se divide"), "rule-turned"),
        ("demand:9/measure", PASSAGES, "wording-unknown"),
        ("method/jump_limit", PASSAGES, "wording-unknown"),
    ],
)
def test_what_is_no_misprint_is_refused(subject: str, passages: Passages, code: str, valley_sqlite: Session) -> None:
    ids = staff.settle(valley_sqlite, SLUG)
    with pytest.raises(ClarificationRefused) as refused:
        propose(valley_sqlite, ids["olga"], subject, passages)
    assert refused.value.code == code
    assert valley_sqlite.scalars(select(ClarificationCase)).all() == []


def test_nobody_confirms_her_own_and_only_who_signs_confirms(valley: Session, ids: dict[str, int]) -> None:
    case = propose(valley, ids["olga"])
    with pytest.raises(ClarificationRefused, match="already-proposed"):
        propose(valley, ids["oscar"])
    with pytest.raises(ClarificationRefused, match="same-person"):
        confirm(valley, ids["olga"], case)
    for name in ("eva", "rita", "lalo", "ema"):
        with pytest.raises(NotAllowed):
            confirm(valley, ids[name], case)
        with pytest.raises(NotAllowed):
            propose(valley, ids[name])
    for act in (lambda: propose(valley, ids["delia"]), lambda: drop(valley, ids["delia"], case)):
        with pytest.raises(NotAllowed):
            act()
    assert len(chain(valley)) == 4


def test_what_was_dropped_or_published_is_not_confirmed_again(valley: Session, ids: dict[str, int]) -> None:
    other = Passages("se divide", "se  divide")
    dropped, kept = propose(valley, ids["olga"]), propose(valley, ids["olga"], passages=other)
    drop(valley, ids["oscar"], dropped)
    confirm(valley, ids["oscar"], kept)
    for case in (dropped, kept, kept + 1):
        with pytest.raises(ClarificationRefused, match="case-closed"):
            confirm(valley, ids["oscar"], case)
    with pytest.raises(ClarificationRefused, match="already-clarified"):
        propose(valley, ids["olga"], passages=other)
    assert len(chain(valley)) == 5


def test_nothing_else_is_sealed_under_the_name_of_a_clarification(valley: Session, ids: dict[str, int]) -> None:
    case = propose(valley, ids["olga"])
    valley.execute(text("UPDATE demands SET criterion_es = 'Otra cosa.' WHERE number = 2"))
    with pytest.raises(ClarificationRefused, match="rules-moved"):
        confirm(valley, ids["delia"], case)
    assert len(chain(valley)) == 4


def test_a_clarification_that_a_later_publication_leaves_out_is_found(valley_sqlite: Session) -> None:
    clarify(valley_sqlite)
    guards.remove(valley_sqlite.connection())
    valley_sqlite.execute(text("DELETE FROM clarifications"))
    seal(valley_sqlite, 0)
    assert [(row.sequence, row.what, row.place) for row in verdict(valley_sqlite).findings] == [
        (6, "clarification-lost", "clarification 1")
    ]


def test_two_confirmed_in_one_second_are_sealed_one_by_one_and_come_back_from_a_folder(
    valley_url: str, database_url: str, commands: Callable[[str], Commands], tmp_path: Path
) -> None:
    engine = make_engine(valley_url).execution_options(write=True)
    with Session(engine) as session:
        ids = staff.settle(session, SLUG)
        for says, reads in (("cuenta, y", "cuenta y"), ("se divide", "se  divide")):
            confirm(session, ids["delia"], propose(session, ids["olga"], passages=Passages(says, reads)))
        assert [row.sealed_at_utc.second for row in chain(session)[4:]] == [0, 1]
        assert verdict(session).is_sound
        session.commit()
    engine.dispose()
    stated, again = tmp_path / "stated", tmp_path / "again"
    assert commands(valley_url)("seeds", "dump", SLUG, stated, "--commit").exit_code == 0
    assert (stated / "clarifications.csv").read_text().splitlines()[1].startswith('1,demand:1/measure,"cuenta, y"')
    answer = commands(database_url)("seeds", "load", stated, "--commit")
    assert answer.exit_code == 0, answer.text
    assert commands(database_url)("seeds", "dump", SLUG, again, "--commit").exit_code == 0
    assert contents(again) == contents(stated)


def test_on_the_pages_it_is_proposed_confirmed_and_shown_beside_the_wording(
    valley_site: Flask, valley_people: dict[str, int]
) -> None:
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        assert SUBJECT in olga.get(f"{ROOM}/").text
        assert olga.post(FORM, TYPED).status_code == 303
        assert "Debe confirmarla otra persona." in olga.get(f"{ROOM}/").text
        assert "aclaraciones" not in olga.get(f"/{SLUG}/correcciones/").text.lower()
        assert olga.post(f"{ROOM}/1/confirmar/", {}, page=f"{ROOM}/").status_code == 409
    with staff.signed_in(valley_site, valley_people["delia"]) as delia:
        assert delia.post(f"{ROOM}/1/confirmar/", {}, page=f"{ROOM}/").status_code == 303
        shown = {"demandas/1/": 1, "metodologia/": 1, "metodologia/publicaciones/2/": 1, "correcciones/": 1}
        for path, times in {**shown, "metodologia/publicaciones/1/": 0, "demandas/2/": 0}.items():
            assert (path, delia.get(f"/{SLUG}/{path}").text.count(NOTE)) == (path, times)
        english = delia.get(f"/en/{SLUG}/demandas/1/").text
        assert 'in the Spanish text, where it says “<span lang="es">cuenta, y</span>”' in english
    with staff.signed_in(valley_site, valley_people["lalo"]) as lalo:
        assert NOTE in lalo.get(f"/enlace/{SLUG}/alba/reglas/").text


def test_a_pinned_scorecard_shows_what_its_own_rules_were_clarified_by(valley_site: Flask) -> None:
    with writing(valley_site) as session:
        clarify(session, Passages("Todos", "Todos."), "demand:1/anchor_10")
        session.commit()
    client = valley_site.test_client()
    assert "Todos.</span>»" in client.get(f"/{SLUG}/municipios/alba/").text
    assert "Todos.</span>»" not in client.get(f"/{SLUG}/evaluaciones/2/publicaciones/1/municipios/alba/").text


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({}, "says_es", "Escriba qué pasaje"),
        ({"says_es": "cuenta, y"}, "reads_es", "Escriba cómo debe decir"),
        ({"says_es": "cuenta, y", "reads_es": "cuenta 4 y"}, "reads_es", "ningún número"),
        ({"says_en": "Counted", "reads_en": "Not counted"}, "reads_en", "cambian una regla"),
        ({"says_es": "\0", "reads_es": "x"}, "says_es", "caracteres que no se pueden guardar"),
        ({"says_es": "9" * 4301, "reads_es": "x"}, "says_es", "Use a lo más"),
        ({"says_es": "٧", "reads_es": "7"}, "says_es", "El texto sellado no dice esto"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_typed_is_lost(
    typed: dict[str, str], field: str, words: str, shared_site: tuple[Flask, int]
) -> None:
    site, account = shared_site
    with staff.signed_in(site, account) as olga:
        answer = olga.post(FORM, typed)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert words in answer.text
    if "reads_es" in typed:
        assert typed["reads_es"] in answer.text
    assert count(site, ClarificationCase) == 0


def test_before_the_sealing_there_is_nothing_to_clarify(valley_site: Flask, valley_people: dict[str, int]) -> None:
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        olga.post("/coordinacion/nueva/", EDITION)
        for path, fields in STEPS[:2]:
            olga.post(f"{NEW}/{path}", fields)
        assert olga.get(f"{NEW}/aclaraciones/").status_code == 404
        assert olga.client.get(f"{NEW}/aclaraciones/texto/demand:1/name/").status_code == 404
    assert count(valley_site, Publication) == 4
