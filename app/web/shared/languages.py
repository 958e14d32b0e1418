"""The language of a request: Spanish at the root, English mounted under ``/en`` with the same paths."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import request

from app.language import LANGUAGES, SPANISH, Language

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ENGLISH_MOUNT = "/en"
_KEY = "alcalde.language"


class LanguageMount:
    """WSGI layer: moves ``/en`` from the path into the script name, so that every address built below carries it."""

    def __init__(self, app: "WSGIApplication") -> None:
        """Wrap an application."""
        self._app = app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Note the language and pass on."""
        path = environ.get("PATH_INFO", "")
        if path == ENGLISH_MOUNT or path.startswith(f"{ENGLISH_MOUNT}/"):
            environ[_KEY] = "en"
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + ENGLISH_MOUNT
            environ["PATH_INFO"] = path.removeprefix(ENGLISH_MOUNT)
        else:
            environ[_KEY] = "es"
        return self._app(environ, start_response)


def current_language() -> Language:
    """The language of the request being answered."""
    return LANGUAGES.get(request.environ.get(_KEY, "es"), SPANISH)


def language_of(environ: "WSGIEnvironment") -> Language:
    """The language that the mount noted in a WSGI environment."""
    return LANGUAGES.get(environ.get(_KEY, "es"), SPANISH)


def address_in(code: str, path: str, script_name: str) -> str:
    """The same page in another language: ``path`` below the mount, ``script_name`` as the request carries it."""
    root = script_name.removesuffix(ENGLISH_MOUNT)
    return root + (ENGLISH_MOUNT if code == "en" else "") + path
