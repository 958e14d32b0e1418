"""Flask-Security's forms with our labels. They know no database: that is Flask-Security's part, and the services'."""

import unicodedata
from typing import Any, Self

from email_validator import EmailNotValidError, validate_email
from flask_security import (
    ChangePasswordForm,
    ForgotPasswordForm,
    LoginForm,
    ResetPasswordForm,
    TwoFactorRescueForm,
    TwoFactorSetupForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
)
from flask_security.forms import EmailValidation, EqualToLocalize, RequiredLocalize, get_form_field_xlate
from flask_security.recovery_codes import MfRecoveryForm
from wtforms import EmailField, HiddenField, PasswordField, RadioField, SelectField, StringField
from wtforms.validators import ValidationError

from app.domain.passwords import PasswordRefused, check_password
from app.domain.people import EditionChoices, NewRole
from app.domain.permissions import Role
from app.web.accounts.words import REFUSED
from app.web.shared.forms import StaffForm, Typed, clean, sentence
from app.web.shared.languages import current_language
from app.web.shared.words import word

N_ = str
LONGEST_INPUT = 512
"""A password longer than this never reaches the hash."""


NEEDED = RequiredLocalize(message="PASSWORD_NOT_PROVIDED")


def _shortened(text: str | None) -> str | None:
    return text if text is None or len(text) <= LONGEST_INPUT else "…"


def _digits(text: str | None) -> str:
    """A code as people type it: ``123 456``."""
    return "".join(clean(text).split())


def _grouped(text: str | None) -> str:
    """A recovery code however it was copied: ``7362 8A96 848F``."""
    plain = "".join(char for char in clean(text).lower() if char.isalnum())
    return "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def _lower(text: str | None) -> str:
    return clean(text).lower()


class SignInForm(LoginForm):
    """Address and password."""

    email = EmailField(
        get_form_field_xlate(N_("Correo electrónico")),
        filters=[_lower],
        validators=[RequiredLocalize(message="EMAIL_NOT_PROVIDED"), EmailValidation(verify=False)],
    )
    password = PasswordField(
        get_form_field_xlate(N_("Contraseña")),
        filters=[_shortened],
        validators=[RequiredLocalize(message="PASSWORD_NOT_PROVIDED")],
    )
    remember = None  # type: ignore[assignment]  # how WTForms leaves a field out


class ForgottenForm(ForgotPasswordForm):
    """An address. Whether it belongs to anybody is asked when the mail is sent, never here."""

    email = EmailField(
        get_form_field_xlate(N_("Correo electrónico")),
        filters=[_lower],
        validators=[RequiredLocalize(message="EMAIL_NOT_PROVIDED"), EmailValidation(verify=True)],
    )

    def validate(self, **kwargs: Any) -> bool:  # noqa: ANN401 - Flask-Security's own
        """Never true: every address takes the way that Flask-Security keeps for those that it does not know."""
        super(ForgotPasswordForm, self).validate(**kwargs)
        return False


class NewPasswordForm(ResetPasswordForm):
    """A new password, twice."""

    password = PasswordField(
        get_form_field_xlate(N_("Contraseña nueva")),
        filters=[_shortened],
        validators=[RequiredLocalize(message="PASSWORD_NOT_PROVIDED")],
    )
    password_confirm = PasswordField(
        get_form_field_xlate(N_("La misma contraseña, otra vez")),
        filters=[_shortened],
        validators=[EqualToLocalize("password", message="RETYPE_PASSWORD_MISMATCH")],
    )


class PasswordForm(ChangePasswordForm):
    """The password of now, and a new one, twice."""

    password = PasswordField(get_form_field_xlate(N_("Contraseña actual")), filters=[_shortened])
    new_password = PasswordField(
        get_form_field_xlate(N_("Contraseña nueva")),
        filters=[_shortened],
        validators=[RequiredLocalize(message="PASSWORD_NOT_PROVIDED")],
    )
    new_password_confirm = PasswordField(
        get_form_field_xlate(N_("La misma contraseña, otra vez")),
        filters=[_shortened],
        validators=[EqualToLocalize("new_password", message="RETYPE_PASSWORD_MISMATCH")],
    )


class AgainForm(VerifyForm):
    """The password once more, before something that matters."""

    password = PasswordField(
        get_form_field_xlate(N_("Contraseña")),
        filters=[_shortened],
        validators=[RequiredLocalize(message="PASSWORD_NOT_PROVIDED")],
    )


class CodeForm(TwoFactorVerifyCodeForm):
    """The six digits that the application shows."""

    code = StringField(
        get_form_field_xlate(N_("Código de seis cifras")),
        filters=[_digits],
        validators=[RequiredLocalize(message="TWO_FACTOR_INVALID_TOKEN")],
    )


class SetUpForm(TwoFactorSetupForm):
    """What to do with the second factor: ``authenticator`` or ``disable``. Flask-Security checks the word."""

    setup = StringField()  # type: ignore[assignment]


class RescueForm(TwoFactorRescueForm):
    """Flask-Security makes one for the page of the code, and we do not show it."""

    help_setup = RadioField(choices=[])


class RecoveryForm(MfRecoveryForm):
    """A code for the day when the telephone is lost."""

    code = StringField(
        get_form_field_xlate(N_("Código de recuperación")),
        filters=[_grouped],
        validators=[RequiredLocalize(message="INVALID_RECOVERY_CODE")],
    )


class Email:
    """Validates an e-mail address as one that a mail can be sent to."""

    def __call__(self, _form: object, field: EmailField) -> None:
        """Raise ValidationError for anything else."""
        try:
            found = validate_email(clean(field.data), check_deliverability=False, allow_smtputf8=False)
        except EmailNotValidError as wrong:
            raise ValidationError(sentence(N_("Escriba un correo completo, como nombre@ejemplo.mx."))) from wrong
        field.data = (found.ascii_email or found.normalized).lower()


class InviteForm(StaffForm):
    """Whom to invite, and as what."""

    email = EmailField(N_("Correo electrónico"), filters=[_lower], validators=[Email()])
    role = SelectField(N_("Papel"))
    municipality = SelectField(N_("Municipio"))
    organisation = SelectField(N_("Institución"))

    @classmethod
    def for_edition(cls, choices: EditionChoices) -> Self:
        """The form with the municipalities and institutions of an edition to choose from."""
        form = cls()
        form.role.choices = [("", sentence(N_("Elija…"))), *((role.value, word(role)) for role in Role)]
        form.municipality.choices = _with_none(choices.municipalities)
        if choices.organisations:
            form.organisation.choices = _with_none(choices.organisations)
        else:
            del form.organisation
        return form

    def validate_role(self, field: SelectField) -> None:
        """One of the list: nobody becomes an organiser by oversight."""
        if not field.data:
            raise ValidationError(sentence(N_("Elija de la lista.")))

    def new_role(self, edition: str) -> NewRole:
        """What was chosen, as the service takes it."""
        email, role = str(self.email.data), Role(self.role.data)
        organisation = self.organisation.data if "organisation" in self else None
        return NewRole(email, role, edition, self.municipality.data or None, organisation or None)


class TakeUpForm(StaffForm):
    """Name and password of somebody who was invited. ``enlace`` is the key of her link."""

    enlace = HiddenField()
    name = StringField(N_("Nombre y apellidos"), validators=[Typed(required=True, longest=120)])
    password = PasswordField(N_("Contraseña"), filters=[_shortened], validators=[NEEDED])
    password_confirm = PasswordField(
        N_("La misma contraseña, otra vez"),
        filters=[_shortened],
        validators=[EqualToLocalize("password", message="RETYPE_PASSWORD_MISMATCH")],
    )

    @property
    def clean_name(self) -> str:
        """The name as it is stored."""
        return " ".join(clean(self.name.data).split())

    @property
    def normal_password(self) -> str:
        """The password as it is hashed: one way of writing each letter."""
        return unicodedata.normalize("NFKD", str(self.password.data))

    def validate_password(self, _field: PasswordField) -> None:
        """Raise ValidationError for a password that anybody would guess."""
        try:
            check_password(self.normal_password, (clean(self.name.data),))
        except PasswordRefused as refused:
            facts = {name: current_language().whole(int(str(value))) for name, value in refused.facts.items()}
            raise ValidationError(sentence(REFUSED[refused.code], **facts)) from refused


def _with_none(choices: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    return [("", "–"), *choices]
