"""Every sentence stands in both languages, with the same places to fill."""

import re

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir

from app.language import catalogue
from tests.databases import ROOT

_PLACE = re.compile(r"%\((\w+)\)s")
_METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
_KEYWORDS = {"_": None, "N_": None, "gettext": None, "sentence": None, "ngettext": (1, 2), "sentence_for": (1, 2)}


@pytest.fixture(scope="module")
def written() -> set[str]:
    """Every message in the code and the templates (of a plural, its singular)."""
    options = {"templates/**.html": {"trimmed": "true", "extensions": "jinja2.ext.do"}}
    rows = extract_from_dir(ROOT / "app", _METHODS, options, keywords=_KEYWORDS)
    return {message if isinstance(message, str) else message[0] for _file, _line, message, _notes, _ctx in rows}


@pytest.fixture(scope="module")
def english() -> Catalog:
    return catalogue("en")


def test_every_sentence_is_translated(written: set[str], english: Catalog) -> None:
    known = {m.id if isinstance(m.id, str) else m.id[0]: m for m in english if m.id}
    assert len(written) > 50  # the extraction itself works
    missing = {text for text in written if text not in known or not all(_strings(known[text].string))}
    assert missing == set()


def test_nothing_is_translated_that_nobody_says(written: set[str], english: Catalog) -> None:
    known = {m.id if isinstance(m.id, str) else m.id[0] for m in english if m.id}
    assert known - written == set()


def test_no_translation_is_fuzzy_or_obsolete(english: Catalog) -> None:
    assert [m.id for m in english if m.fuzzy and m.id] == []
    assert list(english.obsolete) == []


def test_a_translation_fills_the_same_places(english: Catalog) -> None:
    wrong = [m.id for m in english if m.id and _places(m.id) != _places(m.string)]
    assert wrong == []


def _strings(string: object) -> list[str]:
    return [string] if isinstance(string, str) else list(string)  # type: ignore[call-overload]


def _places(texts: object) -> set[str]:
    return {place for text in _strings(texts) for place in _PLACE.findall(text)}
