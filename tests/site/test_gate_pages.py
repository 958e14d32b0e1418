"""The organisers' pages of the gate, as who may, who may not and a stranger open them; and what they say."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import html5lib
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.models.engines import make_engine
from tests import databases, seeded
from tests.gated import ROUND, SLUG, ready
from tests.integration.conftest import load
from tests.site.reading import words_of
from tests.staff import Person, signed_in

BASE = f"/coordinacion/{SLUG}"
GATE = f"{BASE}/evaluaciones/{ROUND}/publicar/"
CASES = f"{BASE}/evaluaciones/{ROUND}/correcciones/"
CASE = f"{CASES}1/"
TEXTS = f"{BASE}/evaluaciones/1/retiros/"
TEXTS_OF_THE_RULES = f"{BASE}/retiros/"
TEXT = f"{TEXTS}texto/score/98001/1/1/"
DISTINCTIONS = f"{BASE}/evaluaciones/{ROUND}/reconocimientos/"
DEPUTIES = f"{BASE}/suplencias/"
SIGNERS = {"olga", "oscar", "delia"}
ORGANISERS = {"olga", "oscar"}
DIGEST = re.compile(r'name="digest"\s+value="([0-9a-f]{64})"')
HOSTILE = ["\0", "9" * 4301, "٧", str(2**63), "\ud800", "x" * 5000, "<script>"]

PAGES = {
    GATE: SIGNERS,
    f"{GATE}archivo.csv": SIGNERS,
    CASES: SIGNERS,
    TEXTS: SIGNERS,
    TEXTS_OF_THE_RULES: SIGNERS,
    TEXT: ORGANISERS,
    DISTINCTIONS: SIGNERS,
    DEPUTIES: ORGANISERS,
}
FORMS = {
    f"{GATE}firmar/": SIGNERS,
    f"{GATE}retirar-firma/": SIGNERS,
    f"{GATE}ahora/": ORGANISERS,
    f"{GATE}hora/": ORGANISERS,
    f"{GATE}cancelar/": ORGANISERS,
    CASES: ORGANISERS,
    f"{CASE}motivo/": ORGANISERS,
    f"{CASE}celda/": ORGANISERS,
    f"{CASE}celda/alba/1/quitar/": ORGANISERS,
    f"{CASE}descartar/": ORGANISERS,
    TEXT: ORGANISERS,
    f"{TEXTS}1/confirmar/": SIGNERS,
    f"{TEXTS}1/descartar/": ORGANISERS,
    f"{TEXTS_OF_THE_RULES}texto/acknowledgement/98001/": ORGANISERS,
    f"{TEXTS_OF_THE_RULES}1/confirmar/": SIGNERS,
    f"{TEXTS_OF_THE_RULES}1/descartar/": ORGANISERS,
    DISTINCTIONS: ORGANISERS,
    f"{DISTINCTIONS}1/": ORGANISERS,
    f"{DISTINCTIONS}1/quitar/": ORGANISERS,
    f"{DISTINCTIONS}1/subir/": ORGANISERS,
    DEPUTIES: ORGANISERS,
    f"{DEPUTIES}1/terminar/": ORGANISERS,
}


@pytest.fixture(scope="module")
def template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    """The file of a database with round 3 waiting at its gate, and the ids of its people."""
    folder = tmp_path_factory.mktemp("gate")
    url = databases.copy_of_sqlite(sqlite_template, folder)
    load(url, folder)
    engine = make_engine(url)
    with Session(engine.execution_options(write=True)) as session:
        ids = ready(session)
        session.commit()
    engine.dispose()
    return Path(url.removeprefix("sqlite:///")), ids


@pytest.fixture
def ids(template: tuple[Path, dict[str, int]]) -> dict[str, int]:
    return template[1]


@pytest.fixture(scope="module")
def shared(template: tuple[Path, dict[str, int]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One site for the tests that change nothing."""
    folder = tmp_path_factory.mktemp("shared")
    url = databases.copy_of_sqlite(template[0], folder)
    with seeded.application(seeded.settings_for(url, folder)) as app:
        yield app


@pytest.fixture
def site_at_the_gate(template: tuple[Path, dict[str, int]], tmp_path: Path) -> Iterator[Flask]:
    url = databases.copy_of_sqlite(template[0], tmp_path)
    with seeded.application(seeded.settings_for(url, tmp_path)) as app:
        yield app


def as_one(app: Flask, account_id: int | None, path: str, *, post: bool = False) -> int:
    app.config["WTF_CSRF_ENABLED"] = False
    with signed_in(app, account_id) as person:
        answer = person.client.post(path) if post else person.get(path)
        return answer.status_code


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_to_whom_it_is_for(path: str, shared: Flask, ids: dict[str, int]) -> None:
    allowed = PAGES[path]
    answers = {name: as_one(shared, account, path) for name, account in ids.items()}
    assert answers == {name: 200 if name in allowed else 403 for name in ids}
    assert as_one(shared, None, path) == 303


@pytest.mark.parametrize("path", FORMS)
def test_a_form_is_taken_from_whom_it_is_for(path: str, shared: Flask, ids: dict[str, int]) -> None:
    refused = {name for name, account in ids.items() if as_one(shared, account, path, post=True) == 403}
    assert refused == set(ids) - FORMS[path]
    assert as_one(shared, None, path, post=True) == 303


@pytest.mark.parametrize("path", [path for path in PAGES if not path.endswith(".csv")])
@pytest.mark.parametrize("mount", ["", "/en"])
def test_a_page_is_strict_html_with_one_heading(mount: str, path: str, shared: Flask, ids: dict[str, int]) -> None:
    with signed_in(shared, ids["olga"]) as person:
        html = person.get(mount + path).text
    html5lib.HTMLParser(strict=True).parse(html)
    assert html.count("<h1") == 1
    found = re.findall(r'\bid="([^"]+)"', html)
    assert len(found) == len(set(found))
    assert "style=" not in html


def test_every_page_of_an_edition_is_reached_by_links_from_its_hub(shared: Flask, ids: dict[str, int]) -> None:
    rules, below = shared.url_map.bind("localhost"), "/coordinacion/<edition:edition>/"
    pages = {rule.endpoint for rule in shared.url_map.iter_rules() if rule.rule.startswith(below)}
    forms = {rule.endpoint for rule in shared.url_map.iter_rules() if "GET" not in (rule.methods or ())}
    reached: set[tuple[object, ...]] = set()
    todo = [f"{BASE}/"]
    with signed_in(shared, ids["olga"]) as person:
        while todo:
            path = todo.pop()
            endpoint, facts = rules.match(path, method="GET")
            page = (endpoint, facts.get("part"), facts.get("number"))  # one of each kind, in each round
            if page not in reached:
                reached.add(page)
                todo += re.findall(rf'href="({BASE}/[^"?#]*)', person.get(path).text)
    none_here = {"amendments.case", "distinctions.distinction", "organising.advance", "withdrawals.texts_of_place"}
    before_the_seal = {"editing.new", "preparing.calendar"}
    assert pages - forms - {page[0] for page in reached} == none_here | before_the_seal


def sign(person: Person, path: str = GATE) -> None:
    digest = DIGEST.search(person.get(path).text)
    assert digest is not None, "nothing to sign"
    assert person.post(f"{path}firmar/", {"digest": digest[1]}, path).status_code == 303


def digest_of(person: Person, path: str = GATE) -> str:
    found = DIGEST.search(person.get(path).text)
    assert found is not None
    return found[1]


def test_two_sign_and_the_organiser_publishes(site_at_the_gate: Flask, ids: dict[str, int]) -> None:
    app, public = site_at_the_gate, f"/{SLUG}/evaluaciones/{ROUND}/"
    assert app.test_client().get(public).status_code == 404
    for name in ("delia", "olga"):
        with signed_in(app, ids[name]) as person:
            sign(person)
    with signed_in(app, ids["olga"]) as person:
        answer = person.post(f"{GATE}ahora/", {"digest": digest_of(person)}, GATE)
        assert answer.status_code == 303
        assert "Publicado" in words_of(person.get(GATE).text)
    assert app.test_client().get(public).status_code == 200


def test_a_digest_that_is_no_longer_true_signs_nothing_and_says_so(
    site_at_the_gate: Flask, ids: dict[str, int]
) -> None:
    with signed_in(site_at_the_gate, ids["olga"]) as person:
        answer = person.post(f"{GATE}firmar/", {"digest": "0" * 64}, GATE)
        assert answer.status_code == 409
        assert "cambió mientras lo leía" in words_of(answer.text)
        assert "Nadie ha firmado" in words_of(person.get(GATE).text)


def publish(app: Flask, ids: Mapping[str, int], path: str = GATE) -> None:
    for name in ("oscar", "olga"):
        with signed_in(app, ids[name]) as person:
            sign(person, path)
    with signed_in(app, ids["olga"]) as person:
        assert person.post(f"{path}ahora/", {"digest": digest_of(person, path)}, path).status_code == 303


def test_what_is_published_by_one_worker_is_shown_at_once_by_every_other(
    site_at_the_gate: Flask, ids: dict[str, int], tmp_path: Path
) -> None:
    here = site_at_the_gate
    paths = [f"/{SLUG}/", f"/{SLUG}/evaluaciones/", f"/{SLUG}/municipios/alba/", f"/{SLUG}/datos/"]
    round_3 = f"/{SLUG}/evaluaciones/{ROUND}/"
    url = here.config["SETTINGS"].database_url
    elsewhere = tmp_path / "another-machine"
    with (
        seeded.application(seeded.settings_for(url, tmp_path)) as same_folder,
        seeded.application(seeded.settings_for(url, elsewhere)) as own_folder,
    ):
        workers = [app.test_client() for app in (here, same_folder, own_folder)]
        before = [[worker.get(path).headers["ETag"] for path in paths] for worker in workers]
        assert {worker.get(round_3).status_code for worker in workers} == {404}
        publish(here, ids)
        after = [[worker.get(path).headers["ETag"] for path in paths] for worker in reversed(workers)]
        assert {worker.get(round_3).status_code for worker in workers} == {200}
    assert not {tag for tags in before for tag in tags} & {tag for tags in after for tag in tags}


def test_a_correction_goes_from_its_reason_to_the_public_page(site_at_the_gate: Flask, ids: dict[str, int]) -> None:
    app = site_at_the_gate
    publish(app, ids)
    with signed_in(app, ids["olga"]) as person:
        assert person.post(CASES, {"reason": "El acta decía otra cosa."}).status_code == 303
        assert "Las calificaciones Ninguna cambia." in words_of(person.get(f"{CASE}publicar/").text)
        cell = {"municipality": "alba", "demand": "1", "score": "7,5", "reason": "El acta dice 7.5.", "version": "1"}
        assert person.post(f"{CASE}celda/", cell, CASE).status_code == 303
        stale = person.post(f"{CASE}celda/", {**cell, "score": "7"}, CASE)
        assert stale.status_code == 409
        assert 'value="7"' in stale.text
        assert "Alguien más cambió" in words_of(stale.text)
    publish(app, ids, f"{CASE}publicar/")
    page = app.test_client().get(f"/{SLUG}/correcciones/").text
    assert "El acta decía otra cosa." in page
    assert app.test_client().get(f"/{SLUG}/evaluaciones/{ROUND}/publicaciones/1/").status_code == 200
    assert app.test_client().get(f"/{SLUG}/evaluaciones/{ROUND}/publicaciones/2/").status_code == 200


def test_a_text_is_withdrawn_by_two_people(site_at_the_gate: Flask, ids: dict[str, int]) -> None:
    app, words = site_at_the_gate, "HYPERLINK"
    scorecard = f"/{SLUG}/evaluaciones/1/publicaciones/2/municipios/alba/"
    assert words in app.test_client().get(scorecard).text
    with signed_in(app, ids["olga"]) as person:
        assert person.post(TEXT, {"cause": "Llevaba a otro sitio."}).status_code == 303
        assert person.post(f"{TEXTS}1/confirmar/", {}, TEXT).status_code == 409
    with signed_in(app, ids["oscar"]) as person:
        assert person.post(f"{TEXTS}1/confirmar/", {}, TEXTS).status_code == 303
    assert words not in app.test_client().get(scorecard).text
    assert "Llevaba a otro sitio." in words_of(app.test_client().get(f"/{SLUG}/correcciones/").text)


def test_an_error_keeps_what_was_typed_and_leads_to_its_field(site_at_the_gate: Flask, ids: dict[str, int]) -> None:
    with signed_in(site_at_the_gate, ids["olga"]) as person:
        answer = person.post(DISTINCTIONS, {"text": "Subió mucho.", "kind": "praise"})
        assert answer.status_code == 422
        assert "Subió mucho." in answer.text
        assert 'href="#municipality"' in answer.text
        assert 'aria-invalid="true"' in answer.text
        assert "Subió mucho." not in person.get(DISTINCTIONS).text


def begun(person: Person) -> tuple[str, ...]:
    """The addresses of all forms, of a correction, a withdrawal and a distinction that are really there."""
    cases = CASES.replace(f"/{ROUND}/", "/1/")
    case = person.client.post(cases, data={"reason": "El acta decía otra cosa."}).location
    praise = {"municipality": "alba", "kind": "praise", "text": "Subió.", "signatory": "La organización"}
    for path, fields in ((TEXT, {"cause": "Llevaba a otro sitio."}), (DISTINCTIONS, praise)):
        assert person.client.post(path, data=fields).status_code == 303
    one = re.search(rf'"({DISTINCTIONS}\d+/)"', person.get(DISTINCTIONS).text)
    assert one is not None
    return tuple(path.replace(CASE, case).replace(CASES, cases).replace(f"{DISTINCTIONS}1/", one[1]) for path in FORMS)


@pytest.mark.parametrize("typed", HOSTILE, ids=ascii)
def test_no_input_is_a_failure(typed: str, site_at_the_gate: Flask, ids: dict[str, int]) -> None:
    names = ("digest", "day", "hour", "reason", "case_reason", "version", "municipality", "demand", "score", "absence")
    fields = {name: typed.encode("utf-8", "surrogatepass") for name in (*names, "kind", "text", "signatory", "email")}
    fields |= {"cause": typed.encode("utf-8", "surrogatepass")}
    site_at_the_gate.config["WTF_CSRF_ENABLED"] = False
    with signed_in(site_at_the_gate, ids["olga"]) as person:
        statuses = {path: person.client.post(path, data=fields).status_code for path in begun(person)}
    assert {path: status for path, status in statuses.items() if status >= 500 or status == 404} == {}
