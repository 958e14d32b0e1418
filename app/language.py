"""Spanish and English: sentences, dates, numbers and sort keys, by plain Babel. No Flask.

The Spanish sentence is the message itself; the English one stands in ``translations/en``. Charts, exports, mail and
commands receive a ``Language`` as an argument.
"""

import datetime as dt
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

CATALOGUES = Path(__file__).resolve().parent / "translations"
CODES = ("es", "en")
MINUS = "\N{MINUS SIGN}"
_LOCALES = {"es": Locale("es", "MX"), "en": Locale("en", "US")}
_LONG = {"es": "d 'de' MMMM 'de' y", "en": "d MMMM y"}
_DAY_MONTH = {"es": "d 'de' MMMM", "en": "d MMMM"}
_MONTH_YEAR = {"es": "MMMM 'de' y", "en": "MMMM y"}

_SMALL_NUMBERS = {
    "es": ["cero", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce"],
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
}


@dataclass(frozen=True)
class Language:
    """One of the two languages of the site, ``es`` or ``en``."""

    code: str

    @property
    def locale(self) -> Locale:
        """The Babel locale: Mexican Spanish or English."""
        return _LOCALES[self.code]

    def gettext(self, message: str) -> str:
        """The sentence in this language, its ``%(name)s`` places still open."""
        return _found(self.code, message) or message

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """The sentence for that number of things."""
        found = _found_plural(self.code, singular)
        one, many = found or (singular, plural)
        return one if number == 1 else many

    def sentence(self, message: str, **facts: object) -> str:
        """The sentence with its places filled."""
        return self.gettext(message) % facts

    def sentence_for(self, singular: str, plural: str, number: int, **facts: object) -> str:
        """The sentence for that number of things with its places filled, ``%(number)s`` among them."""
        return self.ngettext(singular, plural, number) % {"number": self.whole(number), **facts}

    def whole(self, number: int) -> str:
        """A whole number with thousands separated."""
        return format_decimal(number, locale=self.locale)

    def tenths(self, tenths: int) -> str:
        """A score or average with one decimal: ``7.5``."""
        return format_decimal(Decimal(tenths).scaleb(-1), format="0.0", locale=self.locale)

    def score(self, tenths: int) -> str:
        """A single score as its evaluator or source wrote it: ``8``, ``7.5``. Averages keep their decimal."""
        return self.whole(tenths // 10) if tenths % 10 == 0 else self.tenths(tenths)

    def exact(self, value: Fraction) -> str:
        """A mean before rounding, cut after three decimals and never rounded: ``6.25``, ``6.666…``, ``−0.02``."""
        thousandths = abs(value) * 1000
        digits = format_decimal(Decimal(int(thousandths)).scaleb(-3), format="0.0##", locale=self.locale)
        cut = MINUS + digits if value < 0 else digits
        return cut if thousandths.denominator == 1 else f"{cut}…"

    def in_words(self, number: int) -> str:
        """A number of feminine things in a sentence: ``cuatro``; in digits over twelve."""
        words = _SMALL_NUMBERS[self.code]
        return words[number] if 0 <= number < len(words) else self.whole(number)

    def change(self, tenths: int) -> str:
        """A change with its sign: ``+0.5``, ``−0.5``, ``0.0``."""
        sign = "+" if tenths > 0 else MINUS if tenths < 0 else ""
        return sign + self.tenths(abs(tenths))

    def size(self, count: int) -> str:
        """The size of a file of so many bytes, rounded up: ``340 kB``, ``1.2 MB``."""
        kilobytes = -(-count // 1000)
        if kilobytes < 1000:  # noqa: PLR2004
            return f"{self.whole(kilobytes)}\u00a0kB"
        return f"{self.tenths(-(-count // 100_000))}\u00a0MB"

    def percent(self, part: Fraction) -> str:
        """A part of one as a whole percent."""
        return format_percent(float(part), locale=self.locale)

    def date(self, day: dt.date) -> str:
        """A day in full: ``19 de junio de 2013``."""
        return format_date(day, _LONG[self.code], locale=self.locale)

    def moment(self, moment_utc: dt.datetime, zone: str) -> str:
        """A day and time in the edition's zone: ``26 de octubre de 2026, 09:00``."""
        return format_datetime(moment_utc, f"{_LONG[self.code]}, HH:mm", ZoneInfo(zone), locale=self.locale)

    def day_in(self, moment_utc: dt.datetime, zone: str) -> str:
        """The day that a moment falls on in the edition's zone, in full."""
        return self.date(moment_utc.astimezone(ZoneInfo(zone)).date())

    def days(self, first: dt.date, last: dt.date) -> str:
        """A stretch of days, both inclusive: ``1 de abril-31 de mayo de 2013`` within a year, else both in full."""
        if first.year != last.year:
            return f"{self.date(first)} – {self.date(last)}"
        return f"{format_date(first, _DAY_MONTH[self.code], locale=self.locale)} – {self.date(last)}"

    def months(self, first: dt.date, last: dt.date) -> str:
        """The months of a period: ``abril-mayo de 2013``, ``diciembre de 2024-enero de 2025``."""
        end = format_date(last, _MONTH_YEAR[self.code], locale=self.locale)
        if (first.year, first.month) == (last.year, last.month):
            return end
        form = "MMMM" if first.year == last.year else _MONTH_YEAR[self.code]
        joint = "-" if self.code == "es" else "\N{EN DASH}"
        return format_date(first, form, locale=self.locale) + joint + end

    def short_months(self, first: dt.date, last: dt.date) -> str:
        """The months of a period for a narrow place: ``abr-may 2013``."""
        joint = "-" if self.code == "es" else "\N{EN DASH}"
        left, right = (format_date(day, "MMM", locale=self.locale).rstrip(".") for day in (first, last))
        return f"{left}{joint}{right} {last.year}" if left != right else f"{right} {last.year}"

    def joined(self, words: Iterable[str]) -> str:
        """Words as a list: ``a, b y c``."""
        return format_list(list(words), locale=self.locale)


def sort_key(text: str) -> str:
    """The Spanish sort key of a name: case and accents folded, ñ after n, blanks and signs as one blank.

    Plain ASCII, so that every database and Python order it alike.
    """
    folded = unicodedata.normalize("NFC", text).casefold().replace("ñ", "n~")
    letters = (char for char in unicodedata.normalize("NFD", folded) if not unicodedata.combining(char))
    plain = "".join(char if char.isascii() and (char.isalnum() or char == "~") else " " for char in letters)
    return " ".join(plain.split())


def catalogue(code: str) -> Catalog:
    """The catalogue of a language, as its file holds it."""
    path = CATALOGUES / code / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return read_po(file, locale=code)


@cache
def _messages(code: str) -> dict[str, str | tuple[str, ...]]:
    if code == "es":
        return {}
    found: dict[str, str | tuple[str, ...]] = {}
    for message in catalogue(code):
        if message.id and not message.fuzzy:
            key = message.id if isinstance(message.id, str) else message.id[0]
            found[key] = message.string if isinstance(message.string, str) else tuple(message.string or ())
    return found


def _found(code: str, message: str) -> str | None:
    found = _messages(code).get(message)
    return found if isinstance(found, str) and found else None


def _found_plural(code: str, singular: str) -> tuple[str, str] | None:
    match _messages(code).get(singular):
        case (str() as one, str() as many) if one and many:
            return one, many
        case _:
            return None


SPANISH = Language("es")
ENGLISH = Language("en")
LANGUAGES = {language.code: language for language in (SPANISH, ENGLISH)}
