"""How Flask-Security is set up: our addresses, our templates, our rules. Its own names stand on the left."""

import base64
import hashlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from app.config import Settings

ADDRESSES = {
    "LOGIN_URL": "/acceso/",
    "LOGOUT_URL": "/acceso/salir/",
    "RESET_URL": "/acceso/olvido/",
    "CHANGE_URL": "/acceso/contrasena/",
    "VERIFY_URL": "/acceso/confirmar/",
    "TWO_FACTOR_SETUP_URL": "/acceso/segundo-paso/",
    "TWO_FACTOR_TOKEN_VALIDATION_URL": "/acceso/codigo/",
    "TWO_FACTOR_RESCUE_URL": "/acceso/ayuda/",
    "TWO_FACTOR_SELECT_URL": "/acceso/elegir/",
    "MULTI_FACTOR_RECOVERY_URL": "/acceso/recuperacion/",
    "MULTI_FACTOR_RECOVERY_CODES_URL": "/acceso/codigos/",
    "POST_LOGIN_VIEW": "accounts.start",
    "POST_LOGOUT_VIEW": "security.login",
    "POST_CHANGE_VIEW": "accounts.account",
    "POST_VERIFY_VIEW": "accounts.account",
    "TWO_FACTOR_POST_SETUP_VIEW": "security.mf_recovery_codes",
}

TEMPLATES = {
    "LOGIN_USER_TEMPLATE": "accounts/sign_in.html",
    "FORGOT_PASSWORD_TEMPLATE": "accounts/forgotten.html",
    "RESET_PASSWORD_TEMPLATE": "accounts/new_password.html",
    "CHANGE_PASSWORD_TEMPLATE": "accounts/change_password.html",
    "VERIFY_TEMPLATE": "accounts/again.html",
    "TWO_FACTOR_SETUP_TEMPLATE": "accounts/second_factor.html",
    "TWO_FACTOR_VERIFY_CODE_TEMPLATE": "accounts/code.html",
    "MULTI_FACTOR_RECOVERY_TEMPLATE": "accounts/recovery.html",
    "MULTI_FACTOR_RECOVERY_CODES_TEMPLATE": "accounts/recovery_codes.html",
}

RULES: Mapping[str, Any] = {
    "STATIC_FOLDER": None,
    "CLI_USERS_NAME": False,
    "CLI_ROLES_NAME": False,
    "CACHE_CONTROL": None,  # every page of the staff is no-store already
    "RETURN_GENERIC_RESPONSES": True,
    "RECOVERABLE": True,
    "CHANGEABLE": True,
    "TWO_FACTOR": True,
    "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
    "TWO_FACTOR_RESCUE_EMAIL": False,
    "MULTI_FACTOR_RECOVERY_CODES": True,
    "MULTI_FACTOR_RECOVERY_CODES_N": 8,
    "TOTP_ISSUER": "Alcalde, ¿cómo vamos?",
    "PASSWORD_HASH": "argon2",
    "PASSWORD_SCHEMES": ["argon2"],
    "PASSWORD_SINGLE_HASH": True,
    "PASSWORD_LENGTH_MIN": 12,
    "RESET_PASSWORD_WITHIN": timedelta(hours=2),
    "FRESHNESS": timedelta(minutes=30),
    "FRESHNESS_GRACE_PERIOD": timedelta(minutes=10),
    "EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
    "EMAIL_PLAINTEXT": False,
    "EMAIL_HTML": False,
    "API_ENABLED_METHODS": ["session"],
    "JOIN_USER_ROLES": False,
}


def flask_settings(settings: Settings) -> dict[str, Any]:
    """All of it for Flask's configuration, with the keys of this site."""
    keys = {
        "TOTP_SECRETS": {"1": _key(settings, "totp").hex()},
        "MULTI_FACTOR_RECOVERY_CODES_KEYS": [base64.urlsafe_b64encode(_key(settings, "recovery"))],
    }
    own = {f"SECURITY_{name}": value for name, value in {**ADDRESSES, **TEMPLATES, **RULES, **keys}.items()}
    return own | {
        "SESSION_PROTECTION": None,  # a session is its row; networks change under people on the road
        "WTF_CSRF_SSL_STRICT": False,  # guards.clean_request asks for the origin instead, on http too
    }


def _key(settings: Settings, purpose: str) -> bytes:
    """A key of its own for each purpose, made of the site's secret."""
    return hashlib.sha256(f"{purpose}:{settings.secret_key}".encode()).digest()
