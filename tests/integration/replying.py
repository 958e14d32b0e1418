"""The offices' pages and the reviewers' pages of replies, for the tests of both."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import html5lib
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from app.domain.scores import Score
from app.models.engines import make_engine
from app.services.evidence import bare_file, keep_file
from app.services.letters import Seat
from app.services.scores import NewEvidence
from tests import seeded
from tests.answers import AGREED, ALBA, BEFORE, approve, asking, open_replies, send, write
from tests.integration.sealing import SLUG
from tests.people import sign_in
from tests.staff import Person, actor_of

LIST = "/enlace/"
DRAFT = f"/enlace/{SLUG}/alba/3/"
LETTER = f"{DRAFT}carta/"
RECEIPT = f"{DRAFT}cartas/1/"
QUEUE = f"/revision/{SLUG}/3/respuestas/"
REQUEST = f"{QUEUE}alba/1/"
MEETINGS = f"/revision/{SLUG}/3/reuniones/"
PEOPLE = ("lalo", "lola", "eva", "rita", "olga", "delia")


@dataclass(frozen=True)
class Site:
    """The valley's site with its people."""

    app: Flask
    people: dict[str, int]
    session: Session

    def as_(self, name: str) -> Person:
        client = self.app.test_client()
        sign_in(client, self.people[name])
        return Person(client)

    def page(self, name: str, path: str) -> str:
        response = self.as_(name).get(path)
        assert response.status_code == 200, path
        html5lib.HTMLParser(strict=True).parse(response.text)
        return response.text


def opened(url: str, folder: Path) -> Iterator[Site]:
    engine = make_engine(url)
    with (
        seeded.application(seeded.settings_for(url, folder)) as app,
        Session(engine.execution_options(write=True), expire_on_commit=False) as session,
    ):
        people = open_replies(session)
        session.commit()
        with time_machine.travel(BEFORE, tick=False):
            yield Site(app, people, session)
    engine.dispose()


def fields(page: str, **typed: str) -> dict[str, str]:
    """What a browser would send of the draft's form: every hidden fingerprint, and what is typed as ``d1_reason``."""
    known = dict(re.findall(r'name="(d\d+-known)" value="([^"]*)"', page))
    return {**known, **{name.replace("_", "-", 1): text for name, text in typed.items()}}


def asked(site: Site) -> None:
    """Alba asks about 1 and agrees to 2, in letter 1."""
    write(site.session, site.people["lalo"], ALBA, d1=asking(), d2=AGREED)
    send(site.session, site.people["lalo"], ALBA)
    site.session.commit()


def keep(site: Site, seat: Seat, content: bytes) -> str:
    """Keep a file behind a new score of the first demand; its checksum."""
    actor, folder = actor_of(site.session, site.people["eva"]), Path(site.app.instance_path)
    file = bare_file(site.session, actor, file_name="acta.pdf", content=content)
    kept = keep_file(site.session, actor, edition=SLUG, folder=folder, file=file, now_utc=BEFORE)
    proof = NewEvidence("Acta", "", BEFORE.date(), kept.sha256, kept.words)
    approve(site.session, site.people, seat, 1, Score(55), proof)
    site.session.commit()
    return kept.sha256


HOSTILE = ["\x00", "a\x00b", "9" * 4301, "٧", str(2**63), "\x1b[0m", "<script>alert(1)</script>", "x" * 5000, "=1+1"]
