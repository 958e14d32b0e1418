"""Forms of corrections."""

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from app.domain.scores import Absence, Rating, Score
from app.web.shared.forms import LONG_TEXT, ScoreTyped, StaffForm, Typed, clean, sentence

N_ = str
_WHOLE = 9


class BeginForm(StaffForm):
    """Why a published round is to be corrected."""

    reason = TextAreaField(N_("Motivo de la corrección"), [Typed(required=True, longest=LONG_TEXT)])

    @property
    def words(self) -> str:
        """The reason as it will be published."""
        return clean(self.reason.data)


class ReasonForm(StaffForm):
    """The reason of a correction said otherwise; beside the form of a cell, which has a reason of its own."""

    case_reason = TextAreaField(N_("Motivo de la corrección"), [Typed(required=True, longest=LONG_TEXT)])
    version = StringField()

    @property
    def words(self) -> str:
        """The reason as it will be published."""
        return clean(self.case_reason.data)


class VersionForm(StaffForm):
    """The correction as the person had it before her."""

    version = StringField()


class CellForm(StaffForm):
    """What a correction would put into one cell."""

    municipality = SelectField(N_("Municipio"), validate_choice=False)
    demand = SelectField(N_("Demanda"), validate_choice=False)
    score = StringField(N_("Calificación nueva"), [ScoreTyped()])
    absence = SelectField(N_("O por qué no hay calificación"), validate_choice=False)
    reason = TextAreaField(N_("Motivo de la calificación nueva"), [Typed(required=True, longest=LONG_TEXT)])
    version = StringField()

    def validate_absence(self, field: SelectField) -> None:
        """Exactly one of the two: a score or why there is none."""
        typed, chosen = clean(self.score.data), clean(field.data)
        if chosen and chosen not in set(Absence):
            raise ValidationError(sentence(N_("Elija una de la lista.")))
        if bool(typed) == bool(chosen):
            raise ValidationError(sentence(N_("Dé una calificación o diga por qué no la hay: una de las dos.")))

    @property
    def rating(self) -> Rating:
        """The score or absence. Only of a valid form."""
        typed = clean(self.score.data)
        return Score.from_text(typed) if typed else Absence(clean(self.absence.data))

    @property
    def words(self) -> str:
        """The reason as it will be published."""
        return clean(self.reason.data)

    @property
    def demand_number(self) -> int:
        """The number of the demand; 0 for what is none."""
        return whole(self.demand.data)


def whole(text: str | None) -> int:
    """A whole number as our own pages write it; 0 for anything else."""
    digits = clean(text)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _WHOLE else 0
