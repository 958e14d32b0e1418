"""Forms of the gate."""

import re
from datetime import date, datetime, time

from wtforms import StringField
from wtforms.validators import ValidationError

from app.domain.errors import RuleBroken
from app.domain.hours import moment_of_clock
from app.web.shared.forms import StaffForm, clean, sentence

N_ = str
_DAY = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}", re.ASCII)
_HOUR = re.compile(r"[0-9]{2}:[0-9]{2}", re.ASCII)


class SeenForm(StaffForm):
    """The name of the difference that the person has before her."""

    digest = StringField()

    @property
    def seen(self) -> str:
        """What was sent: whether it names anything is for the rule to ask."""
        return clean(self.digest.data)


class HourForm(SeenForm):
    """The day and the hour of a publication, in the zone of the edition."""

    day = StringField(N_("Día"))
    hour = StringField(N_("Hora"))

    def validate_day(self, field: StringField) -> None:
        """A day of this century, as the browser writes it."""
        if _read_day(field.data) is None:
            raise ValidationError(sentence(N_("Escriba el día así: 2031-03-15.")))

    def validate_hour(self, field: StringField) -> None:
        """An hour and its minutes."""
        if _read_hour(field.data) is None:
            raise ValidationError(sentence(N_("Escriba la hora así, de 00:00 a 23:59: 09:30.")))

    def moment(self, zone: str) -> datetime:
        """The moment in UTC; raise NoSuchHour where the clocks of the zone jump over it. Only of a valid form."""
        day, hour = _read_day(self.day.data), _read_hour(self.hour.data)
        if day is None or hour is None:
            raise RuleBroken("no-such-hour")
        return moment_of_clock(day, hour, zone)


def _read_day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(clean(text)) if _DAY.fullmatch(clean(text)) else None
    except ValueError:
        return None


def _read_hour(text: str | None) -> time | None:
    try:
        return time.fromisoformat(clean(text)) if _HOUR.fullmatch(clean(text)) else None
    except ValueError:
        return None
