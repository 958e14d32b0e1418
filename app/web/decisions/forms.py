"""What a reviewer decides on a request, and who came to a meeting."""

from collections.abc import Iterable, Mapping

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from app.domain.letters import REQUESTABLE
from app.domain.offices import Desk
from app.domain.replies import Verdict
from app.domain.requests import NewDecision, Request
from app.domain.scores import Absence, Rating, Score
from app.web.shared.forms import ScoreTyped, StaffForm, Typed, clean, sentence
from app.web.shared.words import word

N_ = str
NOTHING = ""
LONGEST_ID = 12


class DecisionForm(StaffForm):
    """One decision. ``reply`` and ``known`` say what the page had shown."""

    reply = HiddenField()
    known = HiddenField()
    verdict = RadioField(validate_choice=False)
    rating = StringField(validators=[ScoreTyped()])
    absence = SelectField(validate_choice=False)
    reason = TextAreaField(validators=[Typed(required=True)])

    @classmethod
    def of(cls, request: Request) -> "DecisionForm":
        """The form for a request: empty, or with the decision in force, to be changed."""
        form = cls(formdata=None)
        form.show(request)
        decision = request.decision
        if decision:
            form.verdict.data = decision.verdict.value
            form.reason.data = decision.reason
            form.rating.data = str(decision.after) if isinstance(decision.after, Score) else NOTHING
            form.absence.data = decision.after.value if isinstance(decision.after, Absence) else NOTHING
        elif isinstance(request.reply.requested, Score):
            form.rating.data = str(request.reply.requested)
        return form.name_fields()

    def show(self, request: Request) -> None:
        """Note what the page shows now."""
        self.reply.data, self.known.data = str(request.reply.id), str(request.known)

    def name_fields(self) -> "DecisionForm":
        """Label the fields in the language of the request."""
        self.verdict.label.text = sentence(N_("Decisión"))
        self.verdict.choices = [
            (Verdict.KEPT.value, sentence(N_("Se mantiene la calificación"))),
            (Verdict.CHANGED.value, sentence(N_("Cambia"))),
            (Verdict.NOTED.value, sentence(N_("Se toma nota, sin cambiarla"))),
        ]
        self.rating.label.text = sentence(N_("Calificación nueva"))
        self.absence.label.text = sentence(N_("O bien, sin número"))
        self.absence.choices = [
            (NOTHING, sentence(N_("Lleva número"))),
            *((absence.value, word(absence)) for absence in REQUESTABLE),
        ]
        self.reason.label.text = sentence(N_("Por qué"))
        return self

    def validate_verdict(self, field: RadioField) -> None:
        """One of the three."""
        if clean(field.data) not in set(Verdict):
            raise ValidationError(sentence(N_("Marque una de las tres.")))

    def validate_absence(self, field: SelectField) -> None:
        """A number and an absence cannot both be decided."""
        if self._is_changed and field.data and clean(self.rating.data):
            raise ValidationError(sentence(N_("Escriba una calificación o elija esto, no las dos cosas.")))

    def validate_rating(self, field: StringField) -> None:
        """A change needs what it changes to."""
        if self._is_changed and not clean(field.data) and self._absence is None:
            raise ValidationError(sentence(N_("Escriba la calificación nueva.")))

    @property
    def _is_changed(self) -> bool:
        return clean(self.verdict.data) == Verdict.CHANGED.value

    @property
    def _absence(self) -> Absence | None:
        chosen = clean(self.absence.data)
        return Absence(chosen) if chosen in set(REQUESTABLE) else None

    @property
    def decision(self) -> NewDecision:
        """What was decided; only of a form that is valid."""
        rating: Rating | None = None
        if self._is_changed:
            rating = self._absence or Score.from_text(clean(self.rating.data))
        return NewDecision(
            reply_id=_count(self.reply.data),
            known=_count(self.known.data),
            verdict=Verdict(clean(self.verdict.data)),
            rating=rating,
            reason=clean(self.reason.data),
        )


def _count(digits: str | None) -> int:
    """A hidden number; -1, which fits nothing, where it was tampered with."""
    text = digits or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID else -1


class AttendanceForm(StaffForm):
    """Whether one municipality came to the meeting."""

    class Meta(StaffForm.Meta):
        """The page's own token guards them all."""

        csrf = False

    came = RadioField(validate_choice=False)

    def __init__(self, desk: Desk, *, came: str) -> None:
        """The three answers, one of them marked."""
        super().__init__(formdata=None, prefix=f"m-{desk.slug}-")
        self.came.label.text = desk.municipality
        self.came.choices = [
            (NOTHING, sentence(N_("No se sabe"))),
            ("yes", sentence(N_("Asistió"))),
            ("no", sentence(N_("No asistió"))),
        ]
        self.came.data = came


ANSWERS = {NOTHING: None, "yes": True, "no": False}


def attendance_forms(rows: Iterable[tuple[Desk, bool | None]]) -> dict[str, AttendanceForm]:
    """A form for each municipality, by its address name, with what is known."""
    words = {answer: text for text, answer in ANSWERS.items()}
    return {desk.slug: AttendanceForm(desk, came=words[attended]) for desk, attended in rows}


def read_attendance(desks: Iterable[Desk], typed: Mapping[str, str]) -> dict[str, bool | None]:
    """Of each municipality that the form named whether it came; what is no answer is left out."""
    given = ((desk.slug, typed.get(f"m-{desk.slug}-came")) for desk in desks)
    return {slug: ANSWERS[text] for slug, text in given if text in ANSWERS}
