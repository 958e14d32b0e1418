"""What the site reads from its environment, and what it refuses to start with."""

import pytest

from app.config import DEVELOPMENT_SECRET, Settings, SettingsWrong

PRODUCTION = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "s" * 32,
    "SITE_URL": "https://alcalde.example",
    "TRUSTED_HOSTS": "alcalde.example, www.alcalde.example",
}


def test_nothing_needs_to_be_set_on_ones_own_machine() -> None:
    settings = Settings.from_environment({})
    assert settings.database_url.startswith("sqlite:///")
    assert settings.show_demonstration
    assert not settings.is_production


def test_production_hides_invented_editions_unless_told_otherwise() -> None:
    assert not Settings.from_environment(PRODUCTION).show_demonstration
    assert Settings.from_environment(PRODUCTION | {"SHOW_DEMONSTRATION": "yes"}).show_demonstration


def test_host_names_are_separated_by_commas() -> None:
    assert Settings.from_environment(PRODUCTION).trusted_hosts == ("alcalde.example", "www.alcalde.example")


def test_an_address_for_readers_may_be_given_or_not() -> None:
    assert Settings.from_environment({}).contact_email == ""
    assert Settings.from_environment({"CONTACT_EMAIL": "hola@alcalde.example"}).contact_email == "hola@alcalde.example"


@pytest.mark.parametrize("missing", ["SECRET_KEY", "SITE_URL", "TRUSTED_HOSTS"])
def test_production_does_not_start_without(missing: str) -> None:
    environ = {name: value for name, value in PRODUCTION.items() if name != missing}
    with pytest.raises(SettingsWrong, match=missing):
        Settings.from_environment(environ)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ENVIRONMENT", "prod"),
        ("SECRET_KEY", DEVELOPMENT_SECRET),
        ("SECRET_KEY", "short"),
        ("SITE_URL", "alcalde.example"),
        ("DATABASE_URL", "mysql://x"),
        ("PROXY_HOPS", "3"),
        ("PROXY_HOPS", "one"),
        ("SHOW_DEMONSTRATION", "maybe"),
        ("CONTACT_EMAIL", "hola"),
        ("CONTACT_EMAIL", "hola@alcalde.example?subject=x"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsWrong, match=name):
        Settings.from_environment(PRODUCTION | {name: value})
