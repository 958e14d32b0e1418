"""What an organiser types to lead a round on or back."""

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from wtforms import Field, HiddenField, StringField, TextAreaField
from wtforms.validators import ValidationError

from app.domain.hours import moment_of_clock
from app.domain.stages import Stage
from app.web.shared.forms import StaffForm, Typed, clean, sentence

N_ = str
LONGEST_REASON = 1000
_DAY = re.compile(r"20[0-9]{2}-[01][0-9]-[0-3][0-9]", re.ASCII)
_HOUR = re.compile(r"[0-2][0-9]:[0-5][0-9]", re.ASCII)


def day_of(text: str | None) -> date:
    """Read ``2030-11-30``; raise ValueError."""
    typed = clean(text)
    if not _DAY.fullmatch(typed):
        raise ValueError(typed)
    return date.fromisoformat(typed)


def hour_of(text: str | None) -> time:
    """Read ``18:00``; raise ValueError."""
    typed = clean(text)
    if not _HOUR.fullmatch(typed):
        raise ValueError(typed)
    return time.fromisoformat(typed)


class MoveForm(StaffForm):
    """The stage that the page showed and, where the step needs them, the deadline for replies and a reason."""

    origin = HiddenField()
    due_day = StringField(N_("Último día para responder"))
    due_hour = StringField(N_("Hora"))
    reason = TextAreaField(N_("Motivo"), validators=[Typed(required=True, longest=LONGEST_REASON)])

    @classmethod
    def of_step(cls, target: Stage, *, back: bool) -> "MoveForm":
        """The form with the fields that this step asks for."""
        form = cls()
        if target is not Stage.REPLY:
            del form.due_day
            del form.due_hour
        if not back:
            del form.reason
        return form

    def validate_due_day(self, field: Field) -> None:
        """A day of this century."""
        try:
            day_of(field.data)
        except ValueError as error:
            raise ValidationError(sentence(N_("Escriba el día como año-mes-día: 2030-11-30."))) from error

    def validate_due_hour(self, field: Field) -> None:
        """An hour and minute."""
        try:
            hour_of(field.data)
        except ValueError as error:
            raise ValidationError(sentence(N_("Escriba la hora de 00:00 a 23:59: 18:00."))) from error

    def propose(self, due_utc: datetime, zone: str) -> None:
        """Put a deadline into the fields, for the organiser to change."""
        if "due_day" in self:
            there = due_utc.astimezone(ZoneInfo(zone))
            self.due_day.data, self.due_hour.data = there.date().isoformat(), there.strftime("%H:%M")

    def due_at_utc(self, zone: str) -> datetime | None:
        """The deadline that was typed, or None where the step needs none; raise NoSuchHour."""
        if "due_day" not in self:
            return None
        return moment_of_clock(day_of(self.due_day.data), hour_of(self.due_hour.data), zone)

    def typed_reason(self) -> str:
        """The reason that was typed, or an empty text."""
        return clean(self.reason.data) if "reason" in self else ""

    def typed_origin(self) -> Stage | None:
        """The stage that the page showed, or None for what is no stage."""
        return Stage(self.origin.data) if self.origin.data in set(Stage) else None
