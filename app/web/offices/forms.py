"""What an office types: a reply to each score, and the signature under the letter."""

from collections.abc import Mapping

from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from app.domain.letters import REQUESTABLE, Field, Problem, Signing, TypedReply, Writing, problems_of
from app.domain.offices import OfficeSheet, ScoreSeen
from app.domain.replies import Stance
from app.web.shared.forms import LONG_TEXT, SHORT_TEXT, StaffForm, Typed, clean, put_error, sentence
from app.web.shared.words import word

N_ = str
NOTHING = ""
LONGEST_LINK = 2000
PROBLEMS = {
    Problem.STANCE_MISSING: N_("Escribió algo, pero no marcó qué pide: marque «Solicitamos una corrección» o bórrelo."),
    Problem.REASON_MISSING: N_("Escriba la razón de la corrección que solicita."),
    Problem.REQUEST_OFF_SCALE: N_("Escriba un número de 0 a 10, con un decimal a lo más: 7, 7.5 o 7,5."),
    Problem.REQUEST_AS_IT_IS: N_("Es la calificación que ya tiene. Escriba otra, o deje el espacio vacío."),
    Problem.TITLE_MISSING: N_("Diga qué documento es el del vínculo."),
    Problem.LINK_MISSING: N_("Pegue el vínculo del documento o adjunte el archivo."),
    Problem.LINK_WRONG: N_("Pegue la dirección completa, como https://ejemplo.mx/documento.pdf."),
}


DECIDED = N_(
    "Esta solicitud ya se decidió y se publica con su decisión: no se recibe otra respuesta en su lugar. Copie lo que "
    "escribió: puede decirlo en el texto de la carta."
)


class ReplyForm(StaffForm):
    """The reply to one score. ``known`` is the fingerprint of what the page had shown."""

    class Meta(StaffForm.Meta):
        """The page's own token guards them all."""

        csrf = False

    known = HiddenField()
    stance = RadioField(validate_choice=False)
    requested = StringField(validators=[Typed(longest=SHORT_TEXT)])
    absence = SelectField(validate_choice=False)
    reason = TextAreaField(validators=[Typed(longest=LONG_TEXT)])
    evidence_title = StringField(validators=[Typed(longest=SHORT_TEXT)])
    evidence_url = StringField(validators=[Typed(longest=LONGEST_LINK)])

    def __init__(self, score: ScoreSeen, typed: Mapping[str, str] | None = None) -> None:
        """The fields about that score: as typed, or as last saved."""
        prefix = f"d{score.demand.number}-"
        super().__init__(formdata=None, prefix=prefix)
        self.score = score
        self.other: TypedReply | None = None
        self._name_fields()
        absences = {absence.value for absence in REQUESTABLE}
        saved = score.typed
        values = {
            "known": saved.fingerprint,
            "stance": saved.stance.value if saved.stance else NOTHING,
            "requested": NOTHING if saved.requested in absences else saved.requested,
            "absence": saved.requested if saved.requested in absences else NOTHING,
            "reason": saved.reason,
            "evidence_title": saved.evidence_title,
            "evidence_url": saved.evidence_url,
        }
        for name, value in values.items():
            self[name].data = value if typed is None else typed.get(f"{prefix}{name}", NOTHING)

    def _name_fields(self) -> None:
        self.stance.choices = [
            (NOTHING, sentence(N_("Como ya se envió") if self.score.sent else N_("Sin comentarios"))),
            (Stance.AGREE.value, sentence(N_("De acuerdo"))),
            (Stance.CORRECTION.value, sentence(N_("Solicitamos una corrección"))),
        ]
        self.absence.choices = [
            (NOTHING, sentence(N_("nada de esto"))),
            *((absence.value, sentence(N_("«%(word)s»"), word=word(absence))) for absence in REQUESTABLE),
        ]
        self.stance.label.text = sentence(N_("Su respuesta"))
        self.requested.label.text = sentence(N_("Calificación que solicitan"))
        self.absence.label.text = sentence(N_("O bien, que diga"))
        self.reason.label.text = sentence(N_("Razón"))
        self.evidence_title.label.text = sentence(N_("Documento que lo prueba"))
        self.evidence_url.label.text = sentence(N_("Vínculo al documento"))

    def validate_stance(self, _field: RadioField) -> None:
        """What was decided while this was typed takes no other answer."""
        if self.score.is_closed:
            raise ValidationError(sentence(DECIDED))

    def validate_absence(self, field: SelectField) -> None:
        """A number and an absence cannot both be asked for."""
        if field.data and clean(self.requested.data):
            raise ValidationError(sentence(N_("Escriba una calificación o elija esto, no las dos cosas.")))

    def show_other(self, other: TypedReply) -> None:
        """Show beside these fields what another person stored meanwhile; sending them again takes its place."""
        self.other = other
        self.known.data = other.fingerprint
        words = N_("Otra persona de su municipio cambió esta respuesta. Compare y deje la que vale.")
        put_error(self, "stance", sentence(words))

    @property
    def typed(self) -> TypedReply:
        """What stands in the fields."""
        given = clean(self.stance.data)
        chosen = clean(self.absence.data)
        absence = chosen if chosen in {absence.value for absence in REQUESTABLE} else ""
        return TypedReply(
            stance=Stance(given) if given in set(Stance) else None,
            requested=clean(self.requested.data) or absence,
            reason=clean(self.reason.data),
            evidence_title=clean(self.evidence_title.data),
            evidence_url=clean(self.evidence_url.data),
        )

    @property
    def writing(self) -> Writing:
        """What was typed, with what the page had shown."""
        return Writing(clean(self.known.data), self.typed)

    def show_problems(self) -> bool:
        """Say beside each field what keeps this from being a reply; whether there was nothing to say."""
        problems = problems_of(self.typed, self.score.rating, self.score.file)
        for field, problem in problems.items():
            name = "absence" if field is Field.REQUESTED and clean(self.absence.data) else field.value
            put_error(self, name, sentence(PROBLEMS[problem]))
        return not problems


class SheetForm(StaffForm):
    """The one token of the page, and the tick that agrees to what was left blank."""

    agree_to_rest = BooleanField()

    def name_fields(self) -> "SheetForm":
        """Label the field in the language of the request."""
        words = N_("Estamos de acuerdo con todas las calificaciones que dejamos sin comentarios")
        self.agree_to_rest.label.text = sentence(words)
        return self


class LetterForm(StaffForm):
    """Who signs, and the letter's own words. ``seen`` is the digest of the letter that the page had shown."""

    seen = HiddenField()
    signatory = StringField(validators=[Typed(required=True, longest=SHORT_TEXT)])
    position = StringField(validators=[Typed(required=True, longest=SHORT_TEXT)])
    words = TextAreaField(validators=[Typed(longest=LONG_TEXT)])

    @classmethod
    def of(cls, sheet: OfficeSheet) -> "LetterForm":
        """The form for the letter as it is now, signed by whoever signed the one before."""
        form = cls(formdata=None)
        form.seen.data = "" if sheet.unfinished else sheet.digest
        for last in sheet.letters[-1:]:
            form.signatory.data, form.position.data = last.signatory, last.position
        return form

    def name_fields(self) -> "LetterForm":
        """Label the fields in the language of the request."""
        self.signatory.label.text = sentence(N_("Nombre de quien firma"))
        self.position.label.text = sentence(N_("Cargo"))
        self.words.label.text = sentence(N_("Carta (opcional)"))
        return self


class FileSeenForm(StaffForm):
    """``known`` is the checksum of the file that the page had shown; empty where it showed none."""

    known = HiddenField(validators=[Typed(longest=SHORT_TEXT)])


class FileForm(FileSeenForm):
    """A file to back a request."""

    file = FileField()
    signs = BooleanField()

    def name_fields(self, score: ScoreSeen) -> "FileForm":
        """Label the fields in the language of the request; what is shown now is the file that lies there now."""
        self.file.label.text = sentence(N_("Otro archivo, en su lugar") if score.file else N_("Archivo"))
        self.signs.label.text = sentence(N_("Yo firmaré la carta: el archivo puede llevar mi nombre"))
        self.known.data = score.file.sha256 if score.file else NOTHING
        return self

    def validate_file(self, field: FileField) -> None:
        """A file must be chosen; what it holds is for the rules to judge."""
        if not (field.data and field.data.filename):
            raise ValidationError(sentence(N_("Elija un archivo.")))


def read_forms(sheet: OfficeSheet, typed: Mapping[str, str] | None = None) -> dict[int, ReplyForm]:
    """A form for each score that can be answered, by demand number.

    And for one that was closed while somebody typed about it, so that what she wrote is shown and not lost.
    """
    forms = (ReplyForm(score, typed) for score in sheet.scores if score.may_be_answered or (typed and score.is_closed))
    return {form.score.demand.number: form for form in forms if form.score.may_be_answered or form.writing.says_more}


def are_valid(forms: Mapping[int, ReplyForm]) -> bool:
    """Whether all can be stored; each is asked, so that each says what is wrong with it."""
    return {form.validate() for form in forms.values()} <= {True}


def are_whole(forms: Mapping[int, ReplyForm]) -> bool:
    """Whether all can be sent; each is asked, so that each says what is wrong with it."""
    return {form.show_problems() for form in forms.values()} <= {True}


def agree_to_rest(forms: Mapping[int, ReplyForm]) -> None:
    """Mark an agreement wherever nothing was typed, no file lies and no letter has answered yet."""
    for form in forms.values():
        if form.typed.is_blank and form.score.sent is None and form.score.file is None:
            form.stance.data = Stance.AGREE.value


def writings_of(forms: Mapping[int, ReplyForm]) -> dict[int, Writing]:
    """What was typed about each score, with what the page had shown."""
    return {number: form.writing for number, form in forms.items()}


def signing_of(form: LetterForm) -> Signing:
    """Who signs, and the letter's own words."""
    return Signing(clean(form.signatory.data), clean(form.position.data), clean(form.words.data))
