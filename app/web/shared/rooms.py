"""The rooms behind the sign-in that a person's roles open."""

from flask import Flask, current_app, g, url_for

from app.domain.permissions import Actor, Permission
from app.web.shared.forms import errors_of
from app.web.shared.languages import current_language

N_ = str
ROOMS = (
    ("rating", "ratings.rounds", frozenset({Permission.RATE}), N_("Captura")),
    ("review", "reviews.rounds", frozenset({Permission.REVIEW}), N_("Revisión")),
    ("office", "offices.rounds", frozenset({Permission.ANSWER}), N_("Municipio")),
    (
        "organising",
        "organising.editions",
        frozenset({Permission.PREPARE_EDITION, Permission.SIGN}),
        N_("Coordinación"),
    ),
    ("accounts", "accounts.people", frozenset({Permission.MANAGE_ACCOUNTS}), N_("Cuentas")),
    ("audit", "audits.events", frozenset({Permission.READ_AUDIT}), N_("Bitácora")),
)
"""Name, endpoint, the permissions of which one opens it, and what the navigation calls it."""


def init_app(app: Flask) -> None:
    """Give the staff's templates what they ask for. A public page has no actor."""
    app.jinja_env.globals |= {"rooms_of": rooms_of, "errors_of": errors_of}

    @app.context_processor
    def _person() -> dict[str, object]:
        return {"actor": g.actor} if g.get("actor") is not None else {}


def rooms_of(actor: Actor) -> list[tuple[str, str, str]]:
    """Name, address and label of each room that the person may enter."""
    return [
        (name, url_for(endpoint), current_language().gettext(label))
        for name, endpoint, permissions, label in ROOMS
        if endpoint in current_app.view_functions and any(actor.may(permission) for permission in permissions)
    ]
