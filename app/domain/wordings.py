"""The wordings of an edition that are sealed and may be clarified: what demands and themes say, and its own notes."""

from collections.abc import Iterator

from app.domain.clarifications import Wording
from app.domain.editions import EditionContent

OF_A_DEMAND = ("name", "criterion", "measure", "anchor_0", "anchor_5", "anchor_10")
OF_THE_EDITION = ("about", "overall_note")


def wordings_of(content: EditionContent) -> tuple[Wording, ...]:
    """Every wording that says anything, in the order of the pages: the edition's notes, themes, demands."""
    return tuple(wording for wording in _wordings(content) if wording.es or wording.en)


def _wordings(content: EditionContent) -> Iterator[Wording]:
    yield from (_wording("edition", content.edition, field) for field in OF_THE_EDITION)
    yield from (_wording(f"theme:{theme.key}", theme, "name") for theme in content.themes)
    for demand in content.demands:
        yield from (_wording(f"demand:{demand.number}", demand, field) for field in OF_A_DEMAND)


def _wording(owner: str, value: object, field: str) -> Wording:
    """One wording under its written name: ``demand:3/criterion``, ``theme:seguridad/name``, ``edition/about``."""
    return Wording(f"{owner}/{field}", getattr(value, f"{field}_es"), getattr(value, f"{field}_en"))


def find_wording(content: EditionContent, subject: str) -> Wording | None:
    """The wording of that name, or None where the edition seals none."""
    return next((wording for wording in wordings_of(content) if wording.subject == subject), None)
