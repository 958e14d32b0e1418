"""The form with which a text is withdrawn."""

from wtforms import TextAreaField

from app.web.shared.forms import SHORT_TEXT, StaffForm, Typed, clean

N_ = str


class CauseForm(StaffForm):
    """Why a published text must go."""

    cause = TextAreaField(N_("Causa"), [Typed(required=True, longest=SHORT_TEXT)])

    @property
    def words(self) -> str:
        """The cause as it will be published, without a full stop: the page sets it."""
        return clean(self.cause.data).rstrip(".")
