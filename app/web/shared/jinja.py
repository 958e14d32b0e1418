"""What templates may call: the language's words and forms, and addresses. They never sort, rank or round."""

from datetime import UTC, datetime
from typing import Any

from flask import Flask, request
from markupsafe import Markup

from app.config import Settings
from app.domain.scores import Absence
from app.domain.standings import is_change_told
from app.language import LANGUAGES, Language
from app.web.shared.assets import static_address
from app.web.shared.languages import address_in, current_language
from app.web.shared.words import COLUMNS, WITHDRAWN_RECORDS, coverage_percent, sign, tenure, word

SITE_TITLES = {"es": "Alcalde, ¿cómo vamos?", "en": "Alcalde, ¿cómo vamos? Mayor, how are we doing?"}
"""What every title ends with: the programme keeps its name, and English explains it."""


def init_app(app: Flask, settings: Settings) -> None:
    """Set up the template environment."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals["static_address"] = static_address
    app.jinja_env.globals["own_address"] = own_address
    app.jinja_env.globals["columns_in_words"] = COLUMNS
    app.jinja_env.globals["absences"] = tuple(Absence)
    app.jinja_env.globals["withdrawn_records"] = WITHDRAWN_RECORDS
    app.jinja_env.filters |= {
        "coverage_percent": coverage_percent,
        "localised": localised,
        "said": said,
        "sign": sign,
        "spanish": spanish,
        "tells_change": is_change_told,
        "tenure": tenure,
        "word": word,
    }

    @app.context_processor
    def _words() -> dict[str, Any]:
        language = current_language()
        path, mount = request.path, request.script_root
        return {
            "language": language,
            "site_title": SITE_TITLES[language.code],
            "today": datetime.now(UTC).date(),
            "site_url": settings.site_url,
            "contact_email": settings.contact_email,
            "canonical": settings.site_url + address_in(language.code, path, mount),
            "alternates": {code: address_in(code, path, mount) for code in LANGUAGES},
        }


def _gettext(message: str) -> str:
    return current_language().gettext(message)


def _ngettext(singular: str, plural: str, number: int) -> str:
    return current_language().ngettext(singular, plural, number)


def own_address() -> str:
    """Give the address of this page, for its form: without one a browser keeps the ``#field`` that led to a mistake.

    Then what was saved is shown scrolled to that field, and the words that say so stand above the window.
    """
    return request.script_root + request.path


def localised(value: object, field: str, language: Language) -> str:
    """Read a sealed value's field (``name``) in the language, or in Spanish where there is no English."""
    words = str(getattr(value, f"{field}_{language.code}", ""))
    return words or str(getattr(value, f"{field}_es"))


def said(value: object, field: str, *, capital: bool = False) -> str:
    """Read a sealed value's field in the request's language; marked as Spanish where only Spanish exists."""
    language = current_language()
    own = str(getattr(value, f"{field}_{language.code}", ""))
    words = own or str(getattr(value, f"{field}_es"))
    shown = words[:1].upper() + words[1:] if capital else words
    return shown if own else spanish(shown)


def spanish(text: object) -> str:
    """A text that exists in Spanish only, marked so on a page in another language."""
    words = str(text)
    return words if current_language().code == "es" or not words else Markup('<span lang="es">{}</span>').format(words)
