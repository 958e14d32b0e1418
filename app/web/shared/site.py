"""The WSGI layers around Flask, from the outside in: proxy, static files, language, page cache."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from app.config import Settings
from app.web.shared.assets import OURS, STATIC, fingerprint
from app.web.shared.headers import security_headers
from app.web.shared.languages import LanguageMount
from app.web.shared.pages import PageCache

if TYPE_CHECKING:
    from wsgiref.headers import Headers

VENDOR = "vendor"


def init_app(app: Flask, settings: Settings) -> None:
    """Put the layers around the application."""
    inner = PageCache(app, app.wsgi_app, settings)
    layered = _static_files(LanguageMount(inner), settings)
    app.wsgi_app = (  # type: ignore[method-assign]
        ProxyFix(layered, x_for=1, x_proto=1, x_host=1) if settings.proxy_hops else layered
    )


def _static_files(app: LanguageMount, settings: Settings) -> WhiteNoise:
    headers = security_headers(settings)

    def add_headers(own: "Headers", _path: str, _url: str) -> None:
        for name, value in headers.items():
            own[name] = value

    whitenoise = WhiteNoise(
        app, immutable_file_test=_is_fingerprinted, allow_all_origins=False, add_headers_function=add_headers
    )
    for folder in _folders():
        whitenoise.add_files(str(STATIC / folder), prefix=f"static/{folder}/{fingerprint(folder)}/")
    return whitenoise


def _folders() -> Iterable[str]:
    return (folder for folder in (*OURS, VENDOR) if Path(STATIC / folder).is_dir())


def _is_fingerprinted(_path: str, url: str) -> bool:
    return url.startswith("/static/")
