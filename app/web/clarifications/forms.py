"""The form with which a sealed wording is clarified."""

from typing import Any

from wtforms import TextAreaField

from app.domain.clarifications import LANGUAGES, Passages, Wording
from app.web.shared.forms import StaffForm, Typed, clean

N_ = str
LONGEST = 400
SAYS, READS = "says_es", "reads_es"


class ClarificationForm(StaffForm):
    """A passage of a sealed wording and how it should read; the English pair only where there is an English wording."""

    says_es = TextAreaField(N_("Donde dice"), [Typed(longest=LONGEST)])
    reads_es = TextAreaField(N_("Debe decir"), [Typed(longest=LONGEST)])
    says_en = TextAreaField(N_("Donde dice, en inglés"), [Typed(longest=LONGEST)])
    reads_en = TextAreaField(N_("Debe decir, en inglés"), [Typed(longest=LONGEST)])

    def __init__(self, wording: Wording, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - WTForms' own
        """Leave out the language that the wording does not have."""
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            if not wording.text(language):
                del self[f"says_{language}"]
                del self[f"reads_{language}"]

    @property
    def passages(self) -> Passages:
        """What was typed, as a value."""
        return Passages(**{field.name: clean(field.data) for field in self if field.name in Passages.__annotations__})
