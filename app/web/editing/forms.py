"""What an organiser types about an edition. Fields are named like the columns of its rules; the rules judge them."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from app.domain.calendars import two_monthly
from app.domain.editions import Gender, Period
from app.domain.edits import NewMayor
from app.web.shared.forms import SHORT_TEXT, StaffForm, Typed, clean, sentence

N_ = str
_DAY = re.compile(r"20[0-9]{2}-[01][0-9]-[0-3][0-9]", re.ASCII)
_MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])", re.ASCII)
SHORT, LONG = Typed(longest=SHORT_TEXT), Typed()

OPTIONS = {
    "overall": [("true", N_("Sí, con lugar")), ("false", N_("No: solo por tema y por demanda"))],
    "refused_counts_as": [("", N_("Se queda sin lugar")), ("0", N_("Cuenta como 0"))],
    "gender": [("f", N_("Alcaldesa")), ("m", N_("Alcalde"))],
    "kind": [("convener", N_("Convoca")), ("evaluator", N_("Evalúa")), ("donor", N_("Aporta recursos"))],
}
"""What radio buttons offer, by column."""


class RowForm(StaffForm):
    """A form whose fields are columns. ``seen`` marks the row that the page showed."""

    seen = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - WTForms' own
        """Say the options of radio buttons in the language of the page, too."""
        super().__init__(*args, **kwargs)
        for field in self:
            if isinstance(field, RadioField):
                field.choices = [(value, sentence(label)) for value, label in OPTIONS[field.name]]

    @property
    def column_names(self) -> tuple[str, ...]:
        """The fields that are columns, in the order of the page."""
        return tuple(field.name for field in self if field.name not in {"seen", "csrf_token"})

    def values(self) -> dict[str, str]:
        """What was typed, by column."""
        return {name: clean(self[name].data) for name in self.column_names}

    def fill(self, row: Mapping[str, str]) -> None:
        """Put a row's values into the fields."""
        for name in self.column_names:
            self[name].data = row[name]

    def offer(self, lists: Mapping[str, Iterable[tuple[str, str]]]) -> None:
        """Fill the lists to choose from: by column, value and label."""
        for field in self:
            if isinstance(field, SelectField) and field.name in lists:
                field.choices = [("", sentence(N_("Elija…"))), *lists[field.name]]


class EditionForm(RowForm):
    """The edition itself."""

    name_es = StringField(N_("Nombre"), [SHORT])
    name_en = StringField(N_("Nombre en inglés"), [SHORT])
    place_es = StringField(N_("Lugar"), [SHORT])
    place_en = StringField(N_("Lugar en inglés"), [SHORT])
    starts_on = StringField(N_("Primer día de la administración"), [SHORT])
    ends_on = StringField(N_("Día en que termina"), [SHORT])
    zone = StringField(N_("Zona horaria"), [SHORT])
    demand_word_es = StringField(N_("Cómo se le dice a una demanda"), [SHORT])
    demand_words_es = StringField(N_("Y a varias"), [SHORT])
    demand_word_en = StringField(N_("En inglés, a una"), [SHORT])
    demand_words_en = StringField(N_("En inglés, a varias"), [SHORT])
    about_es = TextAreaField(N_("Qué es, en un párrafo o dos"), [LONG])
    about_en = TextAreaField(N_("Lo mismo en inglés"), [LONG])
    overall_note_es = TextAreaField(N_("Por qué hay, o no hay, un promedio general"), [LONG])
    overall_note_en = TextAreaField(N_("La misma nota en inglés"), [LONG])


class NewEditionForm(EditionForm):
    """A new edition with its address name."""

    slug = StringField(N_("Nombre en la dirección"), [SHORT])


class MethodForm(RowForm):
    """How scores become averages and places."""

    overall = RadioField(N_("Promedio general de cada municipio"), validate_choice=False)
    minimum_coverage_percent = StringField(N_("Cobertura mínima general, en porcentaje"), [SHORT])
    minimum_theme_coverage_percent = StringField(N_("Cobertura mínima por tema, en porcentaje"), [SHORT])
    refused_counts_as = RadioField(N_("Cuando un municipio no entrega la información"), validate_choice=False)
    jump_limit = StringField(N_("Salto que pide una razón más larga, en puntos"), [SHORT])


class ThemeForm(RowForm):
    """A theme."""

    name_es = StringField(N_("Nombre"), [SHORT])
    name_en = StringField(N_("Nombre en inglés"), [SHORT])


class SourceForm(RowForm):
    """A source."""

    title = StringField(N_("Título"), [SHORT])
    publisher = StringField(N_("Quién la publicó"), [SHORT])
    published_on = StringField(N_("Fecha"), [SHORT])
    url = StringField(N_("Dirección en internet"), [Typed(longest=1000)])
    note_es = TextAreaField(N_("Nota"), [LONG])
    note_en = TextAreaField(N_("Nota en inglés"), [LONG])


class DemandForm(RowForm):
    """A demand with its wording and weight."""

    theme = SelectField(N_("Tema"), validate_choice=False)
    weight = StringField(N_("Peso"), [SHORT])
    name_es = StringField(N_("Nombre"), [SHORT])
    name_en = StringField(N_("Nombre en inglés"), [SHORT])
    criterion_es = TextAreaField(N_("Qué se pide"), [LONG])
    measure_es = TextAreaField(N_("Cómo se mide"), [LONG])
    anchor_0_es = TextAreaField(N_("Qué sería un 0"), [LONG])
    anchor_5_es = TextAreaField(N_("Qué sería un 5"), [LONG])
    anchor_10_es = TextAreaField(N_("Qué sería un 10"), [LONG])
    criterion_en = TextAreaField(N_("Qué se pide, en inglés"), [LONG])
    measure_en = TextAreaField(N_("Cómo se mide, en inglés"), [LONG])
    anchor_0_en = TextAreaField(N_("Qué sería un 0, en inglés"), [LONG])
    anchor_5_en = TextAreaField(N_("Qué sería un 5, en inglés"), [LONG])
    anchor_10_en = TextAreaField(N_("Qué sería un 10, en inglés"), [LONG])


class MunicipalityForm(RowForm):
    """A municipality's part in the edition."""

    cvegeo = StringField(N_("Clave INEGI, cinco dígitos"), [SHORT])
    name = StringField(N_("Nombre"), [SHORT])
    aliases = StringField(N_("Otros nombres que usa la gente"), [Typed(longest=400)])
    population = StringField(N_("Habitantes"), [SHORT])
    population_source = SelectField(N_("Fuente de los habitantes"), validate_choice=False)


class MandateForm(RowForm):
    """A mayor in office."""

    cvegeo = SelectField(N_("Municipio"), validate_choice=False)
    mayor = StringField(N_("Nombre de la alcaldesa o del alcalde"), [SHORT])
    gender = RadioField(N_("Cómo se le nombra"), validate_choice=False)
    party = StringField(N_("Partido"), [SHORT])
    starts_on = StringField(N_("Primer día en funciones"), [SHORT])
    ends_on = StringField(N_("Día en que deja el cargo"), [SHORT])


class RoundForm(RowForm):
    """A round of the calendar."""

    starts_on = StringField(N_("Primer día del periodo"), [SHORT])
    ends_on = StringField(N_("Último día del periodo"), [SHORT])
    publication_due_on = StringField(N_("Publicación prevista"), [SHORT])


class OrganisationForm(RowForm):
    """An organisation behind the edition."""

    name = StringField(N_("Nombre"), [SHORT])
    kind = RadioField(N_("Qué hace"), validate_choice=False)
    role_es = TextAreaField(N_("Su papel"), [LONG])
    role_en = TextAreaField(N_("Su papel, en inglés"), [LONG])
    interest_es = TextAreaField(N_("Intereses que declara"), [LONG])
    interest_en = TextAreaField(N_("Intereses que declara, en inglés"), [LONG])


class CalendarForm(StaffForm):
    """A calendar made in one go: from which month, how many rounds, published how many days after each."""

    first = StringField(N_("Primer mes del primer periodo"), [SHORT])
    count = StringField(N_("Cuántas evaluaciones"), [SHORT])
    days = StringField(N_("Días para publicar, después de cada periodo"), [SHORT])

    def validate_first(self, field: StringField) -> None:
        """A month of this century."""
        if not _MONTH.fullmatch(clean(field.data)):
            raise ValidationError(sentence(N_("Escriba el mes como año-mes: 2031-01.")))

    def validate_count(self, field: StringField) -> None:
        """From 1 to 36."""
        if not _number(field.data, 1, 36):
            raise ValidationError(sentence(N_("Escriba un número de 1 a 36.")))

    def validate_days(self, field: StringField) -> None:
        """From 0 to 365."""
        if not _number(field.data, 0, 365):
            raise ValidationError(sentence(N_("Escriba un número de 0 a 365.")))

    def periods(self, number: int) -> tuple[Period, ...]:
        """The calendar that was asked for, numbered from ``number``."""
        first = date.fromisoformat(f"{clean(self.first.data)}-01")
        return two_monthly(first, number, int(clean(self.count.data)), int(clean(self.days.data)))


def _number(text: str | None, least: int, most: int) -> bool:
    typed = clean(text)
    return typed.isascii() and typed.isdigit() and len(typed) <= len(str(most)) and least <= int(typed) <= most


class FolderForm(StaffForm):
    """An edition's folder as a ZIP file."""

    folder = FileField(N_("Carpeta comprimida (ZIP)"))


class MayorForm(RowForm):
    """A change of mayor."""

    cvegeo = SelectField(N_("Municipio"), validate_choice=False)
    mayor = StringField(N_("Quién toma el cargo"), [Typed(required=True, longest=SHORT_TEXT)])
    gender = RadioField(N_("Cómo se le nombra"), validate_choice=False)
    party = StringField(N_("Partido"), [SHORT])
    starts_on = StringField(N_("Primer día en funciones"), [SHORT])

    def validate_cvegeo(self, field: SelectField) -> None:
        """A municipality of the list."""
        if not field.data or field.data not in {choice[0] for choice in field.choices or ()}:
            raise ValidationError(sentence(N_("Elija de la lista.")))

    def validate_gender(self, field: RadioField) -> None:
        """One of the two."""
        if field.data not in set(Gender):
            raise ValidationError(sentence(N_("Elija una opción.")))

    def validate_starts_on(self, field: StringField) -> None:
        """A day of this century."""
        try:
            _day(field.data)
        except ValueError as error:
            raise ValidationError(sentence(N_("Escriba el día como año-mes-día: 2030-11-30."))) from error

    def new_mayor(self) -> NewMayor:
        """What was typed, as the use case takes it."""
        values = self.values()
        return NewMayor(
            values["cvegeo"], values["mayor"], Gender(values["gender"]), values["party"], _day(values["starts_on"])
        )


def _day(text: str | None) -> date:
    typed = clean(text)
    if not _DAY.fullmatch(typed):
        raise ValueError(typed)
    return date.fromisoformat(typed)


class SecondFactorForm(StaffForm):
    """Whether everybody needs a second factor."""

    of_all = BooleanField(N_("Pedir el segundo paso a todas las personas de esta administración"))
