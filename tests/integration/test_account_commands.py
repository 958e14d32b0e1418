"""``flask accounts`` and ``flask mail``: dry unless told to commit, and nothing invented in production."""

import re
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app import create_app
from app.config import Settings
from app.models.accounts import Account, RoleGrant
from app.models.engines import make_engine
from app.models.mail import OutboxMail
from app.services.demonstration import PEOPLE
from tests import seeded
from tests.integration.commands import Commands

DEMO = "ejemplo-2024-2027"
INVITE = ("accounts", "invite", "olga@ejemplo.mx", "--role", "organiser", "--edition", DEMO)


@pytest.fixture
def commands(seeded_database_url: str, tmp_path: Path) -> Commands:
    return Commands(seeded_database_url, tmp_path)


def people(commands: Commands) -> list[str]:
    engine: Engine = make_engine(commands.database_url)
    with Session(engine) as session:
        found = session.scalars(select(Account.email).where(Account.kind == "person").order_by(Account.id)).all()
        grants = session.scalars(select(func.count(RoleGrant.id))).one()
    engine.dispose()
    assert grants == len(found)
    return [email for email in found if email]


def test_the_first_organiser_is_invited_from_the_command_line(commands: Commands) -> None:
    assert "--commit" in commands(*INVITE).text
    assert people(commands) == []
    assert commands(*INVITE, "--commit").exit_code == 0
    assert people(commands) == ["olga@ejemplo.mx"]
    assert commands("mail", "send").lines == ["Correos enviados: 1."]
    assert commands("mail", "send").lines == ["Correos enviados: 0."]
    (mail,) = (commands.instance / "outbox").iterdir()
    assert re.search(r"/acceso/invitacion/\?enlace=3D", mail.read_text().replace("=\n", ""))


@pytest.mark.parametrize(
    "changed",
    [("--edition", "no-existe-2020"), ("--role", "office"), ("--municipality", "brumares"), ("--organisation", "x")],
)
def test_an_invitation_that_cannot_be_is_refused_in_one_line(commands: Commands, changed: tuple[str, str]) -> None:
    role = ("--role", "evaluator") if changed[0] == "--organisation" else ()
    answer = commands(*INVITE, *role, *changed, "--commit")
    assert (answer.exit_code, len(answer.lines)) == (1, 1)
    assert people(commands) == []


def test_the_invented_people_are_added_once_and_keep_their_password(commands: Commands) -> None:
    commands("accounts", "demonstrate")
    assert people(commands) == []
    said = [commands("accounts", "demonstrate", "--commit").text for _ in range(2)]
    assert said[0] == said[1]
    assert people(commands) == [person.email for person in PEOPLE]
    file = commands.instance / "demostracion.txt"
    assert file.read_text().strip() in said[0]
    assert file.stat().st_mode & 0o077 == 0


def test_production_refuses_the_invented_people(commands: Commands, tmp_path: Path) -> None:
    environ = seeded.environment(commands.database_url, tmp_path) | {
        "ENVIRONMENT": "production",
        "SECRET_KEY": "x" * 40,
        "SITE_URL": "https://sitio.example",
        "TRUSTED_HOSTS": "sitio.example",
    }
    app = create_app(Settings.from_environment(environ))
    with app.app_context():
        result = app.test_cli_runner().invoke(args=["accounts", "demonstrate", "--commit"])
    app.extensions["database"].dispose()
    assert result.exit_code == 1
    assert people(commands) == []


def test_a_mail_that_cannot_leave_makes_the_command_say_so(commands: Commands) -> None:
    commands(*INVITE, "--commit")
    (commands.instance / "outbox").write_text("a file where the folder should be")
    answer = commands("mail", "send")
    assert (answer.exit_code, len(answer.lines)) == (1, 2)
    engine = make_engine(commands.database_url)
    with Session(engine) as session:
        assert session.scalars(select(OutboxMail.tries)).one() == 1
    engine.dispose()
