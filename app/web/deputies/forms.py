"""The form that names a deputy."""

from wtforms import StringField

from app.web.shared.forms import SHORT_TEXT, StaffForm, Typed, clean

N_ = str


class DeputyForm(StaffForm):
    """Who may sign in the place of an organiser."""

    email = StringField(N_("Correo de la persona"), [Typed(required=True, longest=SHORT_TEXT)])

    @property
    def address(self) -> str:
        """The address as accounts keep it."""
        return clean(self.email.data).lower()
