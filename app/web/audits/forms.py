"""What an organiser asks of the audit log."""

from datetime import date

from wtforms import DateField, Field, SelectField, StringField
from wtforms.validators import Optional, ValidationError

from app.domain.audits import AuditFilter, AuditLog
from app.exports.audit_words import act_words, person_words
from app.language import sort_key
from app.web.shared.forms import SHORT_TEXT, StaffForm, Typed, clean, sentence
from app.web.shared.languages import current_language

N_ = str
LONGEST_NUMBER = 9


class AuditForm(StaffForm):
    """Person, act, thing and days; a question in the address, so that it can be kept."""

    class Meta(StaffForm.Meta):
        """It only reads."""

        csrf = False

    persona = SelectField(validate_choice=False)
    acto = SelectField(validate_choice=False)
    asunto = StringField(validators=[Typed(longest=SHORT_TEXT)])
    desde = DateField(validators=[Optional()])
    hasta = DateField(validators=[Optional()])

    def validate_hasta(self, field: Field) -> None:
        """The last day is not before the first."""
        if isinstance(self.desde.data, date) and isinstance(field.data, date) and field.data < self.desde.data:
            raise ValidationError(sentence(N_("El último día no puede ser anterior al primero.")))

    def offer(self, log: AuditLog) -> None:
        """Fill the lists with what the log holds."""
        language = current_language()
        everybody, everything = sentence(N_("Todas las personas")), sentence(N_("Todos los actos"))
        self.persona.choices = [
            ("", everybody),
            *((str(number), person_words(language, name)) for number, name in log.people),
        ]
        words = sorted(((act_words(language, action), action) for action in log.actions), key=_sort_key)
        self.acto.choices = [("", everything), *((action, said) for said, action in words)]
        labels = (N_("Persona"), N_("Acto"), N_("Asunto contiene"), N_("Desde el día"), N_("Hasta el día"))
        for field, label in zip((self.persona, self.acto, self.asunto, self.desde, self.hasta), labels, strict=True):
            field.label.text = sentence(label)

    @property
    def asked(self) -> AuditFilter:
        """The question; what cannot be one asks for nothing special."""
        digits = self.persona.data or ""
        plain = digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST_NUMBER
        return AuditFilter(
            account_id=int(digits) if plain else None,
            action=clean(self.acto.data).replace("\x00", ""),
            subject=clean(self.asunto.data),
            first=self.desde.data,
            last=self.hasta.data,
        )


def _sort_key(row: tuple[str, str]) -> str:
    return sort_key(row[0])
