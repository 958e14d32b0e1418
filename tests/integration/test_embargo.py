"""What an office is never shown: anything of another municipality, and who rated."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.scores import Score
from tests import databases
from tests.answers import ALBA, BRISA, approve, asking, send, write
from tests.integration.replying import (
    DRAFT,
    LETTER,
    LIST,
    RECEIPT,
    Site,
    asked,
    keep,
    opened,
)


@pytest.fixture
def site(valley_sqlite_template: Path, tmp_path: Path) -> Iterator[Site]:
    yield from opened(databases.copy_of_sqlite(valley_sqlite_template, tmp_path), tmp_path)


@pytest.fixture
def either_site(valley_url: str, tmp_path: Path) -> Iterator[Site]:
    """The same on each database."""
    yield from opened(valley_url, tmp_path)


def test_an_office_reads_nothing_of_another_municipality_and_no_name_of_an_evaluator(site: Site) -> None:
    write(site.session, site.people["lola"], BRISA, d1=asking(reason="CARTA-brisa"))
    send(site.session, site.people["lola"], BRISA)
    asked(site)
    for path in (LIST, DRAFT, LETTER, RECEIPT):
        page = site.page("lalo", path)
        found = [word for word in ("brisa-", "nandu-", "CARTA-", "NOTA-", "Eva P", "Ema P", "Rita P") if word in page]
        assert found == [], path
    draft = site.page("lalo", DRAFT)
    assert all(f"{word}-alba-{n}" in draft for word in ("MOTIVO", "PRUEBA") for n in (1, 2, 3))
    assert "Colegio de Alba" in draft


def test_the_draft_of_one_municipality_changes_no_byte_of_what_another_office_reads(site: Site) -> None:
    def pages() -> list[str]:
        token = re.compile(r'name="csrf_token" value="[^"]+"')
        return [token.sub("", site.page("lalo", path)) for path in (LIST, DRAFT, LETTER)]

    before = pages()
    for demand, tenths in ((1, 100), (2, 0), (3, 99)):
        approve(site.session, site.people, BRISA, demand, Score(tenths))
    write(site.session, site.people["lola"], BRISA, d1=asking("9"))
    send(site.session, site.people["lola"], BRISA)
    site.session.commit()
    assert pages() == before


def test_place_and_steps_are_those_of_the_last_published_round(site: Site) -> None:
    draft = site.page("lalo", DRAFT)
    own, published = draft.split("En la última publicada: ")
    assert published.startswith("Evaluación 2, ")
    assert "lugar" in published
    assert not re.search(r"lugar \d|place-number|mediana|más alto", own)


def test_an_office_downloads_the_files_behind_its_own_scores_and_no_others(site: Site) -> None:
    own, other = keep(site, ALBA, b"%PDF-1.7 de Alba"), keep(site, BRISA, b"%PDF-1.7 de Brisa")
    path = f"{DRAFT}archivos/{own}"
    assert f'href="{path}"' in site.page("lalo", DRAFT)
    file = site.as_("lalo").get(path)
    assert (file.status_code, file.data) == (200, b"%PDF-1.7 de Alba")
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert site.as_("lalo").get(f"{DRAFT}archivos/{other}").status_code == 404
    assert site.as_("lola").get(path).status_code == 403
    assert site.app.test_client().get(path).status_code == 303
    assert site.as_("rita").get(path).status_code == 403
