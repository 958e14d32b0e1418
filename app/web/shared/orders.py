"""The order of a ranking's rows as an address writes it: ``cambio``, ``tema-seguridad``, ``inverso-demanda-3``."""

import re

from werkzeug.routing import BaseConverter, ValidationError

from app.domain.orders import Column, Order

BACKWARDS = "inverso-"
WORDS = {
    Column.PLACE: "lugar",
    Column.PREVIOUS: "anterior",
    Column.NAME: "municipio",
    Column.CHANGE: "cambio",
    Column.THEME: "tema-",
    Column.DEMAND: "demanda-",
}
_KEYS = {Column.THEME: re.compile(r"[a-z0-9][a-z0-9-]*"), Column.DEMAND: re.compile("[1-9][0-9]{0,3}")}


class OrderOfRows(BaseConverter):
    """An order of rows. Whether the page offers it is for the page to say."""

    regex = "[a-z0-9-]{1,120}"

    def to_python(self, value: str) -> Order:
        """Read the words; anything else is no such page."""
        word = value.removeprefix(BACKWARDS)
        for column, start in WORDS.items():
            key = word.removeprefix(start)
            if word.startswith(start) and (_KEYS[column].fullmatch(key) if column in _KEYS else not key):
                return Order(column, key, backwards=word != value)
        raise ValidationError

    def to_url(self, value: Order) -> str:
        """Write the words."""
        return (BACKWARDS if value.backwards else "") + WORDS[value.column] + value.key
