"""The fields of a sheet and of an evidence."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField, RadioField, SelectField, StringField, TextAreaField

from app.domain.evidence import LONGEST_ADDRESS, LONGEST_TITLE
from app.domain.ratings import Choice, Typed, readable
from app.web.shared.forms import StaffForm, clean, sentence
from app.web.shared.forms import Typed as TypedWords

N_ = str
_KEY = re.compile(r"([a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?)-([1-9][0-9]{0,3})", re.ASCII)
_REVISION = re.compile(r"[0-9]{1,6}", re.ASCII)
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_SPOKEN = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", re.ASCII)
MOST_CELLS = 100

Key = tuple[str, int]


class SheetForm(StaffForm):
    """The page as a whole: its token, and what to do after saving."""

    go = HiddenField()


class CellForm(Form):
    """The fields of one cell; their names begin with its key. What they amount to is for the domain to judge."""

    score = StringField()
    absence = SelectField(validate_choice=False)
    reason = TextAreaField()
    note = TextAreaField()
    reply = TextAreaField()
    base = HiddenField()
    seen = HiddenField()
    choice = RadioField(validate_choice=False)

    def typed(self) -> Typed:
        """What was typed, letter by letter."""
        return Typed(
            score=_words(self.score.data),
            absence=_words(self.absence.data),
            reason=_words(self.reason.data),
            note=_words(self.note.data),
            reply=_words(self.reply.data),
            base_revision=_revision(self.base.data),
            seen_revision=_revision(self.seen.data),
            choice=Choice(self.choice.data) if self.choice.data in set(Choice) else None,
        )


def typed_cells(posted: "MultiDict[str, str]") -> dict[Key, Typed]:
    """What was typed into each cell of a page, by municipality and demand."""
    found: dict[Key, Typed] = {}
    for key in posted.getlist("cell")[:MOST_CELLS]:
        if parts := _KEY.fullmatch(key):
            found[parts[1], int(parts[2])] = CellForm(posted, prefix=key).typed()
    return found


def cell_form(key: str, typed: Typed, seen_revision: int, choices: Mapping[str, list[tuple[str, str]]]) -> CellForm:
    """The fields of a cell, filled in."""
    given: dict[str, Any] = {
        "score": typed.score,
        "absence": typed.absence,
        "reason": typed.reason,
        "note": typed.note,
        "reply": typed.reply,
        "base": str(typed.base_revision),
        "seen": str(seen_revision),
        "choice": typed.choice,
    }
    form = CellForm(prefix=key, data=given)
    form.absence.choices, form.choice.choices = choices["absence"], choices["choice"]
    return form


def _words(text: str | None) -> str:
    return readable(clean(text))


def _revision(text: str | None) -> int:
    return int(text) if text and _REVISION.fullmatch(text) else 0


class EvidenceForm(StaffForm):
    """A new evidence: a link, a file, or both."""

    title = StringField(N_("Qué es"), [TypedWords(required=True, longest=LONGEST_TITLE)])
    dated_on = StringField(N_("Fecha"), [TypedWords(required=True, longest=20)])
    url = StringField(N_("Enlace"), [TypedWords(longest=LONGEST_ADDRESS)])
    file = FileField(N_("Archivo"))

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - WTForms' own
        """Say the labels in the language of the request."""
        super().__init__(**given)
        for field in (self.title, self.dated_on, self.url, self.file):
            field.label.text = sentence(field.label.text)

    def day(self) -> date | None:
        """The day that was typed, as a date field sends it or as people write it: ``19/6/2013``. None for no day."""
        text = clean(self.dated_on.data)
        try:
            if parts := _ISO.fullmatch(text):
                return date(int(parts[1]), int(parts[2]), int(parts[3]))
            if parts := _SPOKEN.fullmatch(text):
                return date(int(parts[3]), int(parts[2]), int(parts[1]))
        except ValueError:
            return None
        return None


class RemovalForm(StaffForm):
    """Which evidence is taken away."""

    piece = HiddenField()
    revision = HiddenField()

    def named(self) -> tuple[int, int]:
        """Its key, and the revision that it belongs to; 0 for one that waits."""
        piece = clean(self.piece.data)
        return int(piece) if re.fullmatch(r"[0-9]{1,9}", piece, re.ASCII) else 0, _revision(self.revision.data)
