"""The form of a distinction."""

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from app.domain.publications import DistinctionKind
from app.web.shared.forms import SHORT_TEXT, StaffForm, Typed, clean, sentence
from app.web.shared.words import word

N_ = str
LONGEST = 600


class DistinctionForm(StaffForm):
    """What is said, of whom, and who signs it."""

    municipality = SelectField(N_("Municipio"), validate_choice=False)
    kind = RadioField(N_("Qué es"), validate_choice=False)
    text = TextAreaField(N_("Texto"), [Typed(required=True, longest=LONGEST)])
    signatory = StringField(N_("Firma"), [Typed(required=True, longest=SHORT_TEXT)])

    def offer(self, places: tuple[tuple[str, str], ...]) -> "DistinctionForm":
        """The form with the municipalities of its edition."""
        self.municipality.choices = [("", "–"), *places]
        self.kind.choices = [(kind.value, word(kind)) for kind in DistinctionKind]
        return self

    def validate_municipality(self, field: SelectField) -> None:
        """One of the list."""
        if not field.data or field.data not in {choice[0] for choice in field.iter_choices()}:
            raise ValidationError(sentence(N_("Elija un municipio de la lista.")))

    def validate_kind(self, field: RadioField) -> None:
        """One of the two."""
        if field.data not in set(DistinctionKind):
            raise ValidationError(sentence(N_("Elija si es un reconocimiento o un llamado de atención.")))

    @property
    def words(self) -> str:
        """The text as it will be published."""
        return clean(self.text.data)

    @property
    def signed(self) -> str:
        """Who signs, as it will be published."""
        return clean(self.signatory.data)
