"""The people of an edition at work, and the site as one of them uses it."""

import contextlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.domain.permissions import Actor, Role
from app.models.accounts import Account, RoleGrant
from app.models.assignments import Assignment
from app.models.editions import Edition, EditionMunicipality, Organisation, Theme
from app.models.places import Municipality
from app.queries.accounts import find_actor
from tests import people

AT = datetime(2021, 5, 2, 18, tzinfo=UTC)
PEOPLE = {
    "olga": (Role.ORGANISER, ""),
    "oscar": (Role.ORGANISER, ""),
    "delia": (Role.DEPUTY, ""),
    "eva": (Role.EVALUATOR, ""),
    "ema": (Role.EVALUATOR, ""),
    "rita": (Role.REVIEWER, ""),
    "lalo": (Role.OFFICE, "first"),
    "lola": (Role.OFFICE, "second"),
}
"""Two organisers, a deputy, two evaluators, a reviewer, and the liaisons of the first two municipalities."""
_TOKEN = re.compile(r'name="csrf_token"\s+(?:type="hidden"\s+)?value="([^"]+)"')


def settle(session: Session, slug: str) -> dict[str, int]:
    """Give an edition its people, all evaluators assigned to everything; their account ids by name. Commits nothing."""
    edition = session.scalars(select(Edition).where(Edition.slug == slug)).one()
    places = session.scalars(
        select(Municipality)
        .join(EditionMunicipality, EditionMunicipality.municipality_id == Municipality.id)
        .where(EditionMunicipality.edition_id == edition.id)
        .order_by(Municipality.cvegeo)
    ).all()
    institution = session.scalar(select(Organisation.id).where(Organisation.edition_id == edition.id).limit(1))
    themes = session.scalars(select(Theme.id).where(Theme.edition_id == edition.id)).all()
    ids: dict[str, int] = {}
    for name, (role, place) in PEOPLE.items():
        account = Account(kind="person", name=f"{name.title()} Prueba", email=f"{name}@ejemplo.mx", created_at_utc=AT)
        session.add(account)
        session.flush()
        ids[name] = account.id
        municipality = places[("first", "second").index(place)].id if place else None
        session.add(
            RoleGrant(
                account_id=account.id,
                edition_id=edition.id,
                municipality_id=municipality,
                role=role.value,
                organisation_id=institution if role is Role.EVALUATOR else None,
                granted_at_utc=AT,
            )
        )
    for evaluator in ("eva", "ema"):
        for place_row in places:
            for theme in themes:
                session.add(
                    Assignment(
                        account_id=ids[evaluator],
                        municipality_id=place_row.id,
                        theme_id=theme,
                        conflict_es="",
                        assigned_at_utc=AT,
                        assigned_by_id=ids["olga"],
                    )
                )
    session.flush()
    return ids


def actor_of(session: Session, account_id: int) -> Actor:
    """The person with the roles that she holds now."""
    actor = find_actor(session, account_id)
    assert actor is not None
    return actor


@dataclass(frozen=True)
class Person:
    """Somebody at a browser: reads pages, and sends forms with the token of the page that she sends them from."""

    client: FlaskClient

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def post(self, path: str, fields: Mapping[str, object], page: str | None = None) -> TestResponse:
        """Send a form of ``page`` (or of the address itself)."""
        token = token_of(self.client.get(page or path))
        return self.client.post(path, data={**fields, "csrf_token": token})


def token_of(page: TestResponse) -> str:
    """The token of the forms of a page."""
    token = _TOKEN.search(page.text)
    assert token is not None, "the page has no form with a token"
    return token[1]


@contextlib.contextmanager
def signed_in(app: Flask, account_id: int | None, *, second_factor: bool = True) -> Iterator[Person]:
    """The site as that account, committed before, uses it; None is a stranger."""
    client = app.test_client()
    if account_id is not None:
        people.sign_in(client, account_id, second_factor=second_factor)
    yield Person(client)
