"""What a municipality's liaison types about the rules."""

from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import ValidationError

from app.domain.acknowledgements import AcknowledgementKind, NewAcknowledgement
from app.web.shared.forms import LONG_TEXT, SHORT_TEXT, StaffForm, Typed, clean, sentence

N_ = str


class AcknowledgementForm(StaffForm):
    """Takes note or objects, in whose name."""

    kind = RadioField(N_("Qué dice el municipio"), validate_choice=False)
    words = TextAreaField(N_("Su objeción"), [Typed(longest=LONG_TEXT)])
    signatory = StringField(N_("Quién firma"), [Typed(required=True, longest=SHORT_TEXT)])
    position = StringField(N_("Cargo"), [Typed(required=True, longest=SHORT_TEXT)])

    def offer(self) -> None:
        """Fill the options, in the language of the page."""
        self.kind.choices = [
            (AcknowledgementKind.ACCEPT.value, sentence(N_("Conoce las reglas y toma nota de ellas"))),
            (AcknowledgementKind.OBJECT.value, sentence(N_("Conoce las reglas y las objeta"))),
        ]

    def fill(self, said: NewAcknowledgement) -> None:
        """Put what was said before into the fields."""
        self.kind.data, self.words.data = said.kind.value, said.words
        self.signatory.data, self.position.data = said.signatory, said.position

    def validate_kind(self, field: RadioField) -> None:
        """One of the two."""
        if field.data not in set(AcknowledgementKind):
            raise ValidationError(sentence(N_("Elija una opción.")))

    def validate_words(self, field: TextAreaField) -> None:
        """An objection says what it objects to."""
        if self.kind.data == AcknowledgementKind.OBJECT and not clean(field.data):
            raise ValidationError(sentence(N_("Escriba qué objeta: se publica con las reglas.")))

    def new_acknowledgement(self) -> NewAcknowledgement:
        """What was typed, as the use case takes it; who only takes note says no more."""
        kind = AcknowledgementKind(self.kind.data)
        words = clean(self.words.data) if kind is AcknowledgementKind.OBJECT else ""
        return NewAcknowledgement(kind, words, clean(self.signatory.data), clean(self.position.data))
