"""What a reviewer says of the cells of one municipality."""

from collections.abc import Mapping
from dataclasses import dataclass

from wtforms import HiddenField, RadioField, TextAreaField

from app.domain.cells import ReviewKind
from app.domain.reviews import ReviewSheet
from app.web.shared.forms import StaffForm, Typed, clean, sentence

N_ = str
NOTHING = ""
LONGEST_WORDS = 2000


class VerdictForm(StaffForm):
    """One cell: approve, return, only comment, or leave it for later. The page's own token guards them all."""

    class Meta(StaffForm.Meta):
        """One token a page."""

        csrf = False

    revision = HiddenField()
    kind = RadioField(validate_choice=False)
    words = TextAreaField(validators=[Typed(longest=LONGEST_WORDS)])

    def __init__(
        self, demand: int, *, typed: Mapping[str, str] | None = None, revision: int = 0, awaits: bool = True
    ) -> None:
        """The fields of that demand, as typed or empty; ``awaits`` where it has no verdict yet."""
        super().__init__(formdata=None, prefix=f"d{demand}-")
        self.demand = demand
        self.kind.choices = [
            (NOTHING, sentence(N_("Dejar para después") if awaits else N_("Dejar como está"))),
            (ReviewKind.APPROVE.value, sentence(N_("Aprobar"))),
            (ReviewKind.RETURN.value, sentence(N_("Devolver"))),
            (ReviewKind.COMMENT.value, sentence(N_("Solo comentar"))),
        ]
        self.kind.label.text = sentence(N_("Su dictamen"))
        self.words.label.text = sentence(N_("Comentario para quien evaluó"))
        values = typed or {}
        self.revision.data = values.get(f"d{demand}-revision", str(revision))
        self.kind.data = values.get(f"d{demand}-kind", NOTHING)
        self.words.data = values.get(f"d{demand}-words", "")


@dataclass(frozen=True)
class GivenVerdict:
    """A verdict as read from the form; ``revision`` 0 where the hidden number was tampered with."""

    demand: int
    revision: int
    kind: ReviewKind
    words: str


def read_forms(sheet: ReviewSheet, typed: Mapping[str, str] | None = None) -> dict[int, VerdictForm]:
    """A form for each cell, by demand."""
    return {
        c.demand.number: VerdictForm(c.demand.number, typed=typed, revision=c.revision, awaits=c.awaits)
        for c in sheet.cells
    }


def are_valid(forms: Mapping[int, VerdictForm]) -> bool:
    """Whether every form is in order; each is asked, so that each says what is wrong with it."""
    return {form.validate() for form in forms.values()} <= {True}


def verdicts_of(forms: Mapping[int, VerdictForm]) -> tuple[GivenVerdict, ...]:
    """The verdicts that were given; a cell left for later has none."""
    given = ((form, str(form.kind.data or "")) for form in forms.values())
    return tuple(
        GivenVerdict(form.demand, _count(str(form.revision.data or "")), ReviewKind(kind), clean(form.words.data))
        for form, kind in given
        if kind in set(ReviewKind)
    )


def _count(digits: str) -> int:
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= len("9999") else 0
