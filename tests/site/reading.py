"""A ranking as a reader finds it in the HTML."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib

Row = dict[str, Any]
NOT_SEEN = {"visually-hidden", "cell-label"}


def rows_of(html: str) -> list[Row]:
    """The rows of the page's ranking in their order: place ("" for none), name, cells, average, figure."""
    table = next(_with_class(_tree(html), "table", "ranking"))
    return [_row(line) for line in table.iter("tr") if any(_with_class(line, "td", "place"))]


def words_of(html: str) -> str:
    """The words of a page, blanks folded."""
    return " ".join("".join(_tree(html).itertext()).split())


def _row(line: Element) -> Row:
    place = _seen(next(_with_class(line, "td", "place")))
    return {
        "place": "" if place == "–" else place,
        "name": _seen(next(line.iter("a"))),
        "cells": [_seen(cell) for cell in _with_class(line, "td", "narrow")],
        "average": _seen(next(_with_class(line, "td", "value"))),
        "figure": next((_seen(cell) for cell in _with_class(line, "td", "printed")), ""),
    }


def _with_class(element: Element, tag: str, name: str) -> Iterator[Element]:
    return (found for found in element.iter(tag) if name in found.get("class", "").split())


def _seen(element: Element) -> str:
    """The text of an element, but for what only a narrow screen or a screen reader is given."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: Element) -> Iterator[str]:
    if NOT_SEEN & set(element.get("class", "").split()):
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def _tree(html: str) -> Element:
    tree: Element = html5lib.parse(html, namespaceHTMLElements=False)
    return tree
