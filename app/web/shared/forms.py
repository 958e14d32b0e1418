"""What the forms of the staff have in common: the site's language, clean text, and numbers read in one place.

A form turns text into domain values. It keeps every letter that was typed, so that the page can show it again.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import ValidationError

from app.domain.errors import BadScore
from app.domain.scores import Score
from app.web.shared.languages import current_language

N_ = str
SHORT_TEXT = 200
LONG_TEXT = 4000
_NOT_TEXT = re.compile(r"[^\S\n\t ]|[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


OF_WTFORMS = {
    "Not a valid choice.": N_("Elija de la lista."),
    "Invalid Choice: could not coerce.": N_("Elija de la lista."),
}
"""What WTForms says in English by itself, and what we say."""


class _Words:
    """WTForms' own messages, in the language of the request."""

    def gettext(self, message: str) -> str:
        """One sentence."""
        return current_language().gettext(OF_WTFORMS.get(message, message))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """The sentence for that number."""
        return current_language().ngettext(singular, plural, number)


class StaffForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A form behind the sign-in: guarded against forgery, in the language of the page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - WTForms' own
        """Read what was sent, and say the labels in the language of the page."""
        super().__init__(*args, **kwargs)
        for field in self:
            field.label.text = current_language().gettext(str(field.label.text))

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """WTForms asks here for its sentences."""

        def get_translations(self, _form: object) -> _Words:
            """The language of the request."""
            return _Words()


def clean(text: str | None) -> str:
    """Typed text: composed letters, one kind of line end, no blanks round it. What is no text stays, to be refused."""
    plain = (text or "").replace("\r\n", "\n").replace("\r", "\n").strip()
    return unicodedata.normalize("NFC", plain)


def is_text(text: str) -> bool:
    """Whether every character can be stored and shown: no control characters, no halves of characters."""
    return not _NOT_TEXT.search(text.replace("\xa0", " ").replace("\u202f", " "))


class Typed:
    """Validates a text field: required or not, at most so long, and text at all. The sentences are ours."""

    def __init__(self, *, required: bool = False, longest: int = LONG_TEXT) -> None:
        """Remember the bounds."""
        self.required, self.longest = required, longest
        self.field_flags: dict[str, Any] = {"maxlength": longest, **({"required": True} if required else {})}

    def __call__(self, _form: object, field: Field) -> None:
        """Raise ValidationError with what to do about it."""
        text = clean(field.data)
        if self.required and not text:
            raise ValidationError(sentence(N_("Escriba aquí: este dato hace falta.")))
        if len(text) > self.longest:
            facts = {"longest": current_language().whole(self.longest), "length": current_language().whole(len(text))}
            raise ValidationError(sentence(N_("Use a lo más %(longest)s caracteres; escribió %(length)s."), **facts))
        if not is_text(text):
            raise ValidationError(sentence(N_("Hay caracteres que no se pueden guardar. Bórrelos y escriba de nuevo.")))


class ScoreTyped:
    """Validates a score as people type it: ``7``, ``7.5``, ``7,5``. Empty is for the form to judge."""

    def __call__(self, _form: object, field: Field) -> None:
        """Raise ValidationError for what is no score."""
        text = clean(field.data)
        if text:
            try:
                Score.from_text(text)
            except BadScore as bad:
                words = N_("Escriba un número de 0 a 10, con un decimal a lo más: 7, 7.5 o 7,5.")
                raise ValidationError(sentence(words)) from bad


def sentence(message: str, **facts: object) -> str:
    """A sentence in the language of the request."""
    return current_language().sentence(message, **facts) if facts else current_language().gettext(message)


def errors_of(form: FlaskForm) -> list[tuple[str, str]]:
    """What the summary on top lists: the id of each field in error and what is wrong with it, in the form's order.

    Where the same is wrong with several fields, each line names its field.
    """
    found = [(field, str(problem)) for field in form for problem in _spoken(field)]
    said = Counter(words for _, words in found)
    return [(field.id, _with_name(field, words) if said[words] > 1 else words) for field, words in found]


def _with_name(field: Field, words: str) -> str:
    return f"{field.label.text}: {words[:1].lower()}{words[1:]}"


def _spoken(field: Field) -> Iterator[object]:
    """What is wrong with a field itself, lazy sentences of the sign-in included; not with fields inside it."""
    problems: Iterable[object] = field.errors
    return (problem for problem in problems if not isinstance(problem, dict | list))


def named_errors_of(form: FlaskForm) -> list[tuple[str, str]]:
    """The same, each with the name of its field, where the sentence alone does not say which."""
    return [(field.id, f"{field.label.text}: {problem}") for field in form for problem in field.errors]


def put_error(form: FlaskForm, name: str, words: str) -> None:
    """Say beside a field what a rule found wrong after the form itself was in order."""
    field = form[name]
    field.errors = [*field.errors, words]
