"""The offices' and the reviewers' pages of replies, as people at browsers meet them."""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import html5lib
import pytest
import time_machine

from app.domain.stages import Stage
from tests import databases
from tests.answers import AFTER, AGREED, ALBA, asking, move, write
from tests.integration.replying import (
    DRAFT,
    HOSTILE,
    LETTER,
    LIST,
    MEETINGS,
    PEOPLE,
    QUEUE,
    RECEIPT,
    REQUEST,
    Site,
    asked,
    fields,
    opened,
)
from tests.integration.sealing import SLUG


@pytest.fixture
def site(valley_sqlite_template: Path, tmp_path: Path) -> Iterator[Site]:
    yield from opened(databases.copy_of_sqlite(valley_sqlite_template, tmp_path), tmp_path)


@pytest.fixture
def either_site(valley_url: str, tmp_path: Path) -> Iterator[Site]:
    """The same on each database."""
    yield from opened(valley_url, tmp_path)


# --- who may open what ---


@pytest.mark.parametrize("path", [LIST, DRAFT, LETTER, RECEIPT, QUEUE, REQUEST, MEETINGS])
def test_each_page_opens_to_those_it_is_for(site: Site, path: str) -> None:
    asked(site)
    allowed = {LIST: {"lalo", "lola"}, QUEUE: {"rita"}, REQUEST: {"rita"}, MEETINGS: {"rita", "olga"}}
    may = allowed.get(path, {"lalo"})
    assert {name: site.as_(name).get(path).status_code for name in PEOPLE} == {
        name: 200 if name in may else 403 for name in PEOPLE
    }
    stranger = site.app.test_client().get(path)
    assert (stranger.status_code, stranger.location.split("?")[0]) == (303, "/acceso/")


@pytest.mark.parametrize("path", [DRAFT, LETTER, REQUEST, MEETINGS])
def test_nobody_else_sends_a_form(site: Site, path: str) -> None:
    asked(site)
    may = {REQUEST: {"rita"}, MEETINGS: {"rita", "olga"}}.get(path, {"lalo"})
    for name in set(PEOPLE) - may:
        assert site.as_(name).post(path, {}, page="/acceso/cuenta/").status_code == 403
    assert site.app.test_client().post(path, data={}).status_code in {303, 400}


@pytest.mark.parametrize("path", [DRAFT, LETTER, REQUEST, MEETINGS])
def test_a_form_without_its_token_does_nothing(site: Site, path: str) -> None:
    asked(site)
    name = "rita" if path.startswith("/revision") else "lalo"
    sent = {"d3-stance": "agree", "verdict": "kept", "reason": "x", "signatory": "x", "position": "x"}
    assert site.as_(name).client.post(path, data=sent).status_code == 400


def test_there_is_no_draft_where_nobody_was_notified(site: Site) -> None:
    for path in (f"/enlace/{SLUG}/alba/2/", f"/enlace/{SLUG}/alba/4/", f"/enlace/{SLUG}/alba/2/carta/", RECEIPT):
        assert site.as_("lalo").get(path).status_code == 404


@pytest.mark.parametrize("stage", [Stage.RATING, Stage.REVIEW])
def test_while_it_is_rated_or_reviewed_an_office_is_shown_nothing(site: Site, stage: Stage) -> None:
    move(site.session, stage)
    site.session.commit()
    assert site.as_("lalo").get(DRAFT).status_code == 404
    assert "MOTIVO" not in site.page("lalo", LIST)
    assert "Se está evaluando" in site.page("lalo", LIST)


# --- writing and sending ---


def test_an_office_writes_checks_and_sends(either_site: Site) -> None:
    site, lalo = either_site, either_site.as_("lalo")
    page = site.page("lalo", DRAFT)
    assert "Quedan 1 día" not in page
    assert "Queda 1 día hábil" in page
    typed = fields(page, d1_stance="correction", d1_requested="7,5", d1_reason="Faltó una lista.", then="draft")
    saved = lalo.post(DRAFT, typed)
    assert (saved.status_code, saved.location) == (303, DRAFT)
    page = lalo.get(DRAFT).text
    assert "Borrador guardado" in page
    assert "Faltó una lista." in page
    assert 'value="7,5"' in page
    on = lalo.post(DRAFT, fields(page, d1_stance="correction", d1_requested="7,5", d1_reason="Falta.", then="letter"))
    assert on.location == LETTER
    letter = lalo.get(LETTER).text
    assert "Solicita que se corrija a 7.5." in letter
    assert letter.count("Sin comentarios.") == 2
    seen = re.search(r'name="seen" value="(\w{16})"', letter)
    assert seen is not None
    sent = lalo.post(LETTER, {"seen": seen[1], "signatory": "Sara Firma", "position": "Síndica", "words": ""})
    assert (sent.status_code, sent.location) == (303, RECEIPT)
    receipt = site.page("lalo", RECEIPT)
    assert re.search(r'class="code">\s*[2-9A-HJKMNP-Z]{12}\s*<', receipt)
    assert "Sara Firma, Síndica" in receipt
    assert "18 de mayo de 2021, 10:00" in receipt
    assert "en plazo" in receipt
    assert "Ya respondió" not in receipt


def test_one_tick_agrees_to_everything_left_blank(site: Site) -> None:
    page, lalo = site.page("lalo", DRAFT), site.as_("lalo")
    lalo.post(DRAFT, {**fields(page, d2_stance="correction", d2_reason="No.", then="letter"), "agree_to_rest": "y"})
    letter = site.page("lalo", LETTER)
    assert letter.count("De acuerdo.") == 2
    assert letter.count("Solicita que se corrija, sin proponer") == 1


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"d1_stance": "correction"}, "Escriba la razón"),
        ({"d1_reason": "Sin marcar"}, "no marcó qué pide"),
        ({"d1_stance": "correction", "d1_reason": "x", "d1_requested": "11"}, "Escriba un número de 0 a 10"),
        ({"d1_stance": "correction", "d1_reason": "x", "d1_requested": "4.1"}, "la calificación que ya tiene"),
        ({"d1_stance": "correction", "d1_reason": "x", "d1_evidence_title": "Acta"}, "Pegue el vínculo"),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(
    site: Site, typed: dict[str, str], message: str
) -> None:
    lalo = site.as_("lalo")
    answer = lalo.post(DRAFT, fields(lalo.get(DRAFT).text, **typed, then="letter"))
    assert answer.status_code == 422
    assert re.search(rf'href="#d1-\w+">1\. [^<]*{message}', answer.text)
    assert re.search(rf'class="error" id="d1-\w+-error">[^<]*{message}', answer.text)
    for name, text in typed.items():
        assert text in answer.text, name
    html5lib.HTMLParser(strict=True).parse(answer.text)
    assert lalo.post(DRAFT, fields(lalo.get(DRAFT).text, **typed, then="draft")).status_code == 303


def test_no_input_is_too_strange(either_site: Site) -> None:
    site, lalo = either_site, either_site.as_("lalo")
    page = lalo.get(DRAFT).text
    drafts = [
        {**fields(page, d1_stance="correction"), f"d1-{name}": text, "then": then}
        for name in ("known", "stance", "requested", "absence", "reason", "evidence_title", "evidence_url")
        for text, then in zip(HOSTILE, itertools.cycle(("draft", "letter")), strict=False)
    ]
    letters = [
        {"seen": "x", "signatory": "Sara", "position": "Síndica", name: text}
        for name in ("seen", "signatory", "position", "words")
        for text in HOSTILE
    ]
    for path, forms in ((DRAFT, drafts), (LETTER, letters)):
        for form in forms:
            answer = lalo.post(path, form, page="/acceso/cuenta/")
            assert answer.status_code in {303, 409, 422}, form
            assert "<script>" not in answer.text
    assert site.as_("lalo").get(DRAFT).status_code == 200


def test_halves_of_characters_are_no_error(site: Site) -> None:
    lalo = site.as_("lalo")
    token = re.search(r'name="csrf_token" value="([^"]+)"', lalo.get(DRAFT).text)
    assert token is not None
    body = f"csrf_token={quote(token[1])}&d1-stance=correction&d1-reason=%ED%A0%80%FF&then=draft"
    answer = lalo.client.post(DRAFT, data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in {303, 409, 422}


def test_two_of_an_office_at_once_both_keep_their_words(either_site: Site) -> None:
    site = either_site
    first, second = site.as_("lalo"), site.as_("lalo")
    page = first.get(DRAFT).text
    first.post(DRAFT, fields(page, d1_stance="correction", d1_reason="La primera.", then="draft"))
    mine = fields(page, d1_stance="agree", d1_reason="La segunda.", d2_stance="agree", then="draft")
    answer = second.post(DRAFT, mine)
    assert answer.status_code == 409
    assert "La primera." in answer.text
    assert "La segunda." in answer.text
    html5lib.HTMLParser(strict=True).parse(answer.text)
    again = fields(answer.text, d1_stance="agree", d1_reason="La segunda.", d2_stance="agree", then="draft")
    assert second.post(DRAFT, again).status_code == 303
    assert "La primera." not in site.page("lalo", DRAFT)


def test_a_letter_that_changed_meanwhile_is_shown_and_not_sent(site: Site) -> None:
    write(site.session, site.people["lalo"], ALBA, d1=AGREED)
    site.session.commit()
    lalo = site.as_("lalo")
    seen = re.search(r'name="seen" value="(\w+)"', lalo.get(LETTER).text)
    assert seen is not None
    write(site.session, site.people["lalo"], ALBA, d2=asking(reason="La otra."))
    site.session.commit()
    answer = lalo.post(LETTER, {"seen": seen[1], "signatory": "Sara Firma", "position": "Síndica"})
    assert answer.status_code == 409
    assert "La otra." in answer.text
    assert 'value="Sara Firma"' in answer.text
    now = re.search(r'name="seen" value="(\w+)"', answer.text)
    assert now is not None
    assert lalo.post(LETTER, {"seen": now[1], "signatory": "Sara", "position": "Síndica"}).status_code == 303


@pytest.mark.parametrize("words", ["", "...", "\u200b\u200b"])
def test_a_letter_that_says_nothing_is_refused_beside_its_words(site: Site, words: str) -> None:
    lalo = site.as_("lalo")
    seen = re.search(r'name="seen" value="(\w+)"', lalo.get(LETTER).text)
    assert seen is not None
    answer = lalo.post(LETTER, {"seen": seen[1], "signatory": "Sara Firma", "position": "Síndica", "words": words})
    assert answer.status_code == 422
    assert re.search(r'class="error" id="words-error">[^<]*La carta no dice nada', answer.text)
    assert re.search(r'href="#words">[^<]*La carta no dice nada', answer.text)
    assert 'value="Sara Firma"' in answer.text
    assert lalo.get(RECEIPT).status_code == 404
    assert "Su municipio ya respondió" not in lalo.get(LIST).text


def test_a_decided_request_takes_no_other_reply_and_nothing_typed_is_lost(site: Site) -> None:
    asked(site)
    lalo, rita = site.as_("lalo"), site.as_("rita")
    old = lalo.get(DRAFT).text
    move(site.session, Stage.DECISION)
    site.session.commit()
    hidden = dict(re.findall(r'name="(reply|known)" value="(\d+)"', rita.get(REQUEST).text))
    rita.post(REQUEST, {**hidden, "verdict": "kept", "reason": "Se contó."})
    site.session.expire_all()
    move(site.session, Stage.REPLY)
    site.session.commit()
    page = site.page("lalo", DRAFT)
    assert page.count("Esta solicitud ya se decidió: se publica con su decisión") == 1
    assert 'name="d1-reason"' not in page
    assert 'name="d2-reason"' in page
    stale = {**fields(old, d1_stance="correction", d1_reason="Otra vez.", d2_stance="agree"), "then": "letter"}
    answer = lalo.post(DRAFT, stale)
    assert answer.status_code == 422
    assert re.search(r'class="error" id="d1-stance-error">[^<]*ya se decidió', answer.text)
    assert "Otra vez." in answer.text
    html5lib.HTMLParser(strict=True).parse(answer.text)
    untouched = {**fields(old, d2_stance="correction", d2_reason="Ahora sí."), "then": "letter"}
    assert lalo.post(DRAFT, untouched).location == LETTER


def test_a_second_click_sends_no_second_letter(site: Site) -> None:
    write(site.session, site.people["lalo"], ALBA, d1=AGREED)
    site.session.commit()
    lalo = site.as_("lalo")
    seen = re.search(r'name="seen" value="(\w+)"', lalo.get(LETTER).text)
    assert seen is not None
    form = {"seen": seen[1], "signatory": "Sara", "position": "Síndica"}
    assert [lalo.post(LETTER, form).location for _ in range(2)] == [RECEIPT, RECEIPT]
    assert lalo.get(f"{DRAFT}cartas/2/").status_code == 404


def test_after_the_deadline_the_page_says_so_and_still_takes_a_letter(site: Site) -> None:
    with time_machine.travel(AFTER, tick=False):
        assert "El plazo venció" in site.page("lalo", LIST)
        lalo = site.as_("lalo")
        lalo.post(DRAFT, fields(lalo.get(DRAFT).text, d1_stance="agree", then="letter"))
        seen = re.search(r'name="seen" value="(\w+)"', lalo.get(LETTER).text)
        assert seen is not None
        lalo.post(LETTER, {"seen": seen[1], "signatory": "Sara", "position": "Síndica"})
        assert "fuera de plazo" in site.page("lalo", RECEIPT)


def test_in_decision_the_draft_is_only_read_and_nothing_typed_is_lost(site: Site) -> None:
    asked(site)
    lalo = site.as_("lalo")
    page = lalo.get(DRAFT).text
    move(site.session, Stage.DECISION)
    site.session.commit()
    answer = lalo.client.post(
        DRAFT,
        data={
            **fields(page, d3_stance="correction", d3_reason="Llegué tarde.", then="draft"),
            "csrf_token": re.findall(r'name="csrf_token" value="([^"]+)"', page)[0],
        },
    )
    assert answer.status_code == 409
    assert "Llegué tarde." in answer.text
    assert "no se reciben más respuestas" in answer.text
    read = site.page("lalo", DRAFT)
    assert "<textarea" not in read
    assert "MOTIVO-alba-1" in read
    assert lalo.get(LETTER).location == DRAFT
