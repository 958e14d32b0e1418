"""What an organiser types about duties and bars."""

from collections.abc import Iterable

from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import ValidationError

from app.domain.duties import DutySheet, NewBar, NewDuties, Place, Rater
from app.web.shared.forms import StaffForm, Typed, clean, sentence

N_ = str
LONGEST_REASON = 1000


class DutyForm(StaffForm):
    """The boxes of municipality and theme, and the institution. Conflicts are fields of their own, made by ``of``."""

    duty = SelectMultipleField(N_("Lo que califica"), validate_choice=False)
    institution = SelectField(N_("Institución que se publica junto a sus calificaciones"), validate_choice=False)

    @classmethod
    def of(cls, sheet: DutySheet) -> "DutyForm":
        """The form for one evaluator, filled with what is assigned now."""
        label = N_("Conflicto de interés que declara")
        fields = {conflict_name(place.slug): StringField(label, [Typed(longest=400)]) for place in sheet.places}
        now = {conflict_name(place.slug): sheet.conflicts.get(place.slug, "") for place in sheet.places}
        pairs = [f"{place}/{theme}" for place, theme in sorted(sheet.assigned)]
        form: DutyForm = type("DutyFormOfEdition", (cls,), fields)(
            data={"duty": pairs, "institution": sheet.institution_key, **now}
        )
        form.institution.choices = [("", sentence(N_("Ninguna"))), *sheet.organisations]
        form.duty.choices = [(choice, choice) for choice in sheet.choices()]
        return form

    def validate_duty(self, field: SelectMultipleField) -> None:
        """Only boxes that the page offers."""
        _only_offered(field, field.data or [])

    def validate_institution(self, field: SelectField) -> None:
        """Only organisations of the edition."""
        _only_offered(field, [field.data or ""])

    def new_duties(self, sheet: DutySheet) -> NewDuties:
        """What was typed, as the use case takes it."""
        return NewDuties(
            account_id=sheet.rater.account_id,
            pairs=sheet.chosen(self.duty.data or ()),
            institution=self.institution.data or "",
            conflicts={place.slug: clean(self[conflict_name(place.slug)].data) for place in sheet.places},
        )


def conflict_name(place: str) -> str:
    """The name of the field for a municipality's conflict."""
    return f"conflicto-{place}"


def _only_offered(field: SelectField | SelectMultipleField, found: Iterable[str]) -> None:
    if set(found) - {choice[0] for choice in field.choices or ()}:
        raise ValidationError(sentence(N_("Elija de la lista.")))


class BarForm(StaffForm):
    """Who may not rate or review which municipality, and why."""

    person = SelectField(N_("Persona"), validate_choice=False)
    place = SelectField(N_("Municipio"), validate_choice=False)
    reason = TextAreaField(N_("Motivo"), [Typed(required=True, longest=LONGEST_REASON)])

    def offer(self, raters: Iterable[Rater], places: Iterable[Place]) -> None:
        """Fill the lists."""
        nobody = ("", sentence(N_("Elija…")))
        self.person.choices = [nobody, *((str(rater.account_id), rater.name) for rater in raters)]
        self.place.choices = [nobody, *((place.slug, place.name) for place in places)]

    def validate_person(self, field: SelectField) -> None:
        """Somebody of the list."""
        _only_offered(field, [field.data or "-"])

    def validate_place(self, field: SelectField) -> None:
        """A municipality of the list."""
        _only_offered(field, [field.data or "-"])

    def new_bar(self) -> NewBar:
        """What was typed, as the use case takes it."""
        return NewBar(int(self.person.data or 0), self.place.data or "", clean(self.reason.data))
