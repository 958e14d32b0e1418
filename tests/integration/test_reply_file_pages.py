"""The pages of the file that backs an office's request: attached, seen, sent, and who may open it."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from app.domain.evidence import KeptFile
from app.domain.stages import Stage
from tests import databases, staff
from tests.answers import BRISA, ROUND, asking, move, send, write
from tests.integration.replying import DRAFT, HOSTILE, LETTER, PEOPLE, RECEIPT, REQUEST, Site, asked, fields, opened
from tests.integration.sealing import SLUG, seal
from tests.integration.test_reply_files import CONTENT, attach, files, keep_as_it_is

FILE = f"{DRAFT}demandas/1/archivo/"


@pytest.fixture
def site(valley_sqlite_template: Path, tmp_path: Path) -> Iterator[Site]:
    yield from opened(databases.copy_of_sqlite(valley_sqlite_template, tmp_path), tmp_path)


def upload(site: Site, content: bytes, name: str = "lista.pdf", **more: str) -> tuple[int, str]:
    """Send the form of the file's page; the status, and the page or where it leads."""
    known = re.search(r'name="known" value="(\w*)"', site.page("lalo", FILE))
    assert known is not None
    lalo = site.as_("lalo")
    given = {"known": known[1], **more, "csrf_token": staff.token_of(lalo.get(FILE))}
    boundary, body = encode_multipart({**given, "file": FileStorage(io.BytesIO(content), name)})  # in memory
    answer = lalo.client.post(FILE, data=body, content_type=f"multipart/form-data; boundary={boundary}")
    return answer.status_code, answer.location or answer.text


def lying(site: Site) -> tuple[KeptFile, ...]:
    """The files beside the drafts, read and let go."""
    found = files(site.session)
    site.session.rollback()
    return tuple(kept for kept in found.values() if kept)


def test_an_office_attaches_sees_and_sends_a_file_without_losing_a_word(site: Site) -> None:
    lalo = site.as_("lalo")
    typed = fields(lalo.get(DRAFT).text, d1_stance="correction", d1_reason="Faltó una lista.", then="file-1")
    assert lalo.post(DRAFT, typed).location == FILE
    assert upload(site, CONTENT) == (303, f"{DRAFT}#t1")
    (sha256,) = (kept.sha256 for kept in lying(site))
    address = f"{DRAFT}archivos/{sha256}"
    for page in (site.page("lalo", DRAFT), site.page("lalo", FILE), site.page("lalo", LETTER)):
        assert f'href="{address}"' in page
        assert "archivo PDF" in page
        assert "1\xa0kB" in page
    assert "Faltó una lista." in site.page("lalo", DRAFT)
    left_behind = "no se envía lo demás"
    assert left_behind not in site.page("lalo", LETTER)
    lalo.post(DRAFT, fields(lalo.get(DRAFT).text, d1_stance="agree", then="letter"))
    assert all(left_behind in site.page("lalo", path) for path in (LETTER, DRAFT))
    lalo.post(DRAFT, fields(lalo.get(DRAFT).text, d1_stance="correction", d1_reason="Faltó una lista.", then="letter"))
    seen = re.search(r'name="seen" value="(\w{16})"', site.page("lalo", LETTER))
    assert seen is not None
    lalo.post(LETTER, {"seen": seen[1], "signatory": "Sara Firma", "position": "Síndica"})
    receipt = site.page("lalo", RECEIPT)
    assert f"SHA-256: {sha256}" in receipt
    assert lalo.get(address).data == CONTENT
    assert "adjúntelo de nuevo" in site.page("lalo", DRAFT)
    move(site.session, Stage.PUBLISHED)
    site.session.commit()
    assert lalo.get(DRAFT).status_code == 404
    assert lalo.get(address).data == CONTENT


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "", "Elija un archivo."),
        (b"", "a.pdf", "El archivo está vacío."),
        (b"MZ", "a.exe", "Ese tipo de archivo no se recibe."),
        (b"MZ", "a.pdf\x00.exe", "Ese tipo de archivo no se recibe."),
        (b"no lo es", "a.pdf", "no corresponde a su nombre"),
        (b"%PDF-1.7 /Author (Lalo Prueba)", "a.pdf", "lleva dentro su nombre"),
        (b"x" * 10_000_001, "a.txt", "pesa más de 10 MB"),
    ],
    ids=["none", "empty", "program", "null", "other", "named", "heavy"],
)
def test_what_is_wrong_with_a_file_is_said_beside_its_field(site: Site, content: bytes, name: str, words: str) -> None:
    status, page = upload(site, content, name)
    assert status == 422
    assert words in page
    assert re.search(r'<a href="#file">[^<]*' + re.escape(words), page)
    assert 'aria-invalid="true"' in page
    assert lying(site) == ()


def test_whoever_signs_may_be_named_by_the_file_and_never_by_address(site: Site) -> None:
    assert upload(site, b"%PDF-1.7 lalo@ejemplo.mx", signs="y")[0] == 422
    assert upload(site, b"%PDF-1.7 /Author (Lalo Prueba)", signs="y")[0] == 303


def test_no_checksum_is_too_strange(site: Site) -> None:
    assert upload(site, CONTENT)[0] == 303
    lalo = site.as_("lalo")
    for text in HOSTILE:
        for path in (FILE, f"{FILE}quitar"):
            sent = {"known": text, "file": (io.BytesIO(b"%PDF-1.7 otra"), "b.pdf")}
            assert lalo.post(path, sent, page=FILE).status_code in {409, 422}, (path, text)
    assert [kept.size for kept in lying(site)] == [len(CONTENT)]
    (sha256,) = (kept.sha256 for kept in lying(site))
    assert lalo.post(f"{FILE}quitar", {"known": sha256}, page=FILE).location == f"{DRAFT}#t1"
    assert lalo.get(f"{DRAFT}demandas/99/archivo/").status_code == 404


def statuses(site: Site, path: str) -> dict[str, int]:
    return {name: site.as_(name).get(path).status_code for name in (*PEOPLE, "ema", "oscar")}


def test_who_opens_the_file_of_an_office_before_and_after_it_is_sent(site: Site) -> None:
    kept = attach(site.session, site.people["lalo"], Path(site.app.instance_path))
    site.session.commit()
    own, other = f"{DRAFT}archivos/{kept.sha256}", f"/enlace/{SLUG}/brisa/3/archivos/{kept.sha256}"
    reviewing, rating = f"/revision/{SLUG}/archivos/{kept.sha256}", f"/captura/{SLUG}/archivos/{kept.sha256}"
    assert statuses(site, FILE) == dict.fromkeys(statuses(site, FILE), 403) | {"lalo": 200}
    assert statuses(site, own) == dict.fromkeys(statuses(site, own), 403) | {"lalo": 200}
    assert 200 not in statuses(site, reviewing).values()  # what was not sent is the office's own business
    asked(site)
    assert f'href="{reviewing}"' in site.page("rita", REQUEST)
    assert {name for name, status in statuses(site, reviewing).items() if status == 200} >= {"rita", "olga"}
    assert statuses(site, reviewing)["eva"] != 200
    assert {statuses(site, path)[name] for path in (other, rating) for name in PEOPLE} <= {403, 404}
    for path in (own, reviewing, rating, FILE):
        assert site.app.test_client().get(path).status_code == 303
    assert site.app.test_client().get(f"/evidencias/{kept.sha256}").status_code == 404
    write(site.session, site.people["lola"], BRISA, d1=asking())
    send(site.session, site.people["lola"], BRISA)
    site.session.commit()
    assert site.as_("lola").get(other).status_code == 404


def test_a_reader_downloads_what_the_municipality_proved_its_request_by(site: Site) -> None:
    kept = attach(site.session, site.people["lalo"], Path(site.app.instance_path))
    asked(site)
    move(site.session, Stage.DECISION)
    keep_as_it_is(site.session, site.people["rita"], 1)
    seal(site.session, ROUND)
    site.session.commit()
    reader, link = site.app.test_client(), f'href="/evidencias/{kept.sha256}"'
    for path in (f"/{SLUG}/municipios/alba/", f"/{SLUG}/evaluaciones/3/respuestas/"):
        page = reader.get(path).text
        html5lib.HTMLParser(strict=True).parse(page)
        assert re.search(link + r"\s+rel=\"nofollow\">archivo PDF, 1\xa0kB</a>", page), path
    assert reader.get(f"/evidencias/{kept.sha256}").data == CONTENT
