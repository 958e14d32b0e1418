"""How a drawn file is answered: its name and its type."""

from typing import Protocol

from flask import Response, current_app, request, url_for

from app.domain.editions import Edition
from app.domain.scorecard import RoundFrame, Scorecard
from app.language import Language
from app.web.shared.languages import address_in


class OfARound(Protocol):
    """A value about a round: it says of which edition and which publication."""

    @property
    def edition(self) -> Edition:
        """The edition as its publication states it."""

    @property
    def frame(self) -> RoundFrame:
        """The round and its publication."""


def download(value: OfARound, name: str, content_type: str, content: bytes) -> Response:
    """The file under a name that says what it is, wherever it ends up; an invented edition says so in it."""
    frame = value.frame
    invented = "-datos-inventados" if frame.edition.is_demonstration else ""
    place = f"-{value.entry.slug}" if isinstance(value, Scorecard) else ""
    number = f"evaluacion-{frame.period.number}-publicacion-{frame.publication.number}"
    response = Response(content, content_type=content_type)
    full = f"{frame.edition.slug}{invented}-{number}{place}-{name}"
    response.headers["Content-Disposition"] = f'inline; filename="{full}"'
    if frame.edition.is_demonstration:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def card_address(card: Scorecard, language: Language) -> str:
    """The whole address of a pinned scorecard: where a boleta's QR code leads."""
    return f"{publication_address(card.frame, language)}municipios/{card.entry.slug}/"


def publication_address(frame: RoundFrame, language: Language) -> str:
    """The whole address of a publication's page in a language."""
    path = url_for(
        "publications.publication",
        edition=frame.edition.slug,
        number=frame.period.number,
        publication=frame.publication.number,
    )
    below = path.removeprefix(request.script_root)
    site: str = current_app.config["SETTINGS"].site_url
    return site + address_in(language.code, below, request.script_root)
