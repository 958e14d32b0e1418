"""A clarification of a sealed wording: "donde dice … debe decir …", dated, and changing no number and no rule.

The sealed wording itself stays as it is, for ever; a clarification is sealed beside it, in a new publication of the
edition. What it may not touch is decided here, over plain texts; where the wordings are is ``wordings.py``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.domain.errors import RuleBroken
from app.domain.meanings import is_turned, numbers_of

LANGUAGES = ("es", "en")


class ClarificationRefused(RuleBroken):
    """The clarification cannot be; the code says why, ``facts['language']`` of which language's passage."""

    code = "nothing-clarified"


@dataclass(frozen=True)
class Clarification:
    """What of a sealed wording should read otherwise; a language that needs nothing has an empty pair.

    ``subject`` names the wording (``demand:3/criterion``), ``position`` counts the clarifications of the edition.
    """

    RECORD: ClassVar[str] = "clarification"
    KEY: ClassVar[tuple[str, ...]] = ("position",)

    position: int
    subject: str
    dated_on: date
    says_es: str = ""
    reads_es: str = ""
    says_en: str = ""
    reads_en: str = ""

    @property
    def passages(self) -> "Passages":
        """What should read otherwise, without place and date."""
        return Passages(self.says_es, self.reads_es, self.says_en, self.reads_en)


@dataclass(frozen=True)
class Passages:
    """The passage that is sealed, and how it should read; in Spanish, in English, or in both."""

    says_es: str = ""
    reads_es: str = ""
    says_en: str = ""
    reads_en: str = ""

    def pair(self, language: str) -> tuple[str, str]:
        """What the wording says in a language, and what it should say; two empty texts where nothing is clarified."""
        return getattr(self, f"says_{language}"), getattr(self, f"reads_{language}")


@dataclass(frozen=True)
class Wording:
    """One sealed wording, by its written name; no English where there is none of it."""

    subject: str
    es: str
    en: str = ""

    def text(self, language: str) -> str:
        """The wording in a language."""
        return self.en if language == "en" else self.es


def clarified(text: str, says: str, reads: str) -> str:
    """The text as it should read, wherever it says so."""
    return text.replace(says, reads) if says else text


def problem_of(text: str, says: str, reads: str) -> str:
    """Why a passage of a sealed text cannot be clarified like that, as a code; an empty text where it can.

    Numbers and hinges are asked of the passage and of the whole text: neither may change.
    """
    after = clarified(text, says, reads)
    pairs = ((says, reads), (text, after))
    found = {
        "passage-missing": not says,
        "reading-missing": not reads,
        "not-in-wording": says not in text,
        "same-words": after == text,
        "number-changed": any(numbers_of(before) != numbers_of(now) for before, now in pairs),
        "rule-turned": any(is_turned(before, now) for before, now in pairs),
    }
    return next((code for code, is_so in found.items() if is_so), "")


def problems_of(wording: Wording, passages: Passages) -> Iterator[tuple[str, str]]:
    """Everything that forbids a clarification: a code and the language of the passage (empty: both lack one)."""
    given = [language for language in LANGUAGES if any(passages.pair(language))]
    if not given:
        yield "nothing-clarified", ""
    for language in given:
        if code := problem_of(wording.text(language), *passages.pair(language)):
            yield code, language


def require_clear(wording: Wording, passages: Passages) -> None:
    """Raise ClarificationRefused with the first thing that forbids it."""
    for code, language in problems_of(wording, passages):
        raise ClarificationRefused(code, language=language, subject=wording.subject)


def departures(
    wordings: Sequence[Wording], now: Sequence[Clarification], before: Sequence[Clarification]
) -> Iterator[tuple[str, str]]:
    """Where the clarifications of a publication are not to be believed: a code and the place.

    They keep all that were sealed before, in their order, and each quotes a sealed wording without moving a numeral.
    The lists of words may grow with the years, so that they are asked only before the sealing.
    """
    for was, row in zip(before, (*now, *(None for _ in before)), strict=False):
        if row != was:
            yield "clarification-lost", f"clarification {was.position}"
    texts = {wording.subject: wording for wording in wordings}
    for position, row in enumerate(now, start=1):
        wording = texts.get(row.subject)
        if row.position != position or wording is None or not _is_grounded(wording, row.passages):
            yield "clarification-ungrounded", f"clarification {row.position}"


def _is_grounded(wording: Wording, passages: Passages) -> bool:
    given = [language for language in LANGUAGES if any(passages.pair(language))]
    return bool(given) and all(_quotes(wording.text(language), *passages.pair(language)) for language in given)


def _quotes(text: str, says: str, reads: str) -> bool:
    return bool(says and reads and says in text) and _digits(says) == _digits(reads)


def _digits(text: str) -> list[str]:
    return [letter for letter in text if letter.isdigit()]
