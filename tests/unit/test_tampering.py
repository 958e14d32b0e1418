"""Whatever is changed in what was sealed is found, and its place is named (DESIGN §8)."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from enum import Enum
from fractions import Fraction
from types import UnionType
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.editions import OVERALL, Scope, demand_scope
from app.domain.manifests import Manifest
from app.domain.publications import RoundContent, SealedText, Standing
from app.domain.scores import Absence, Rating, Score
from app.domain.verification import StoredPublication, verify
from tests.unit.chains import SALT, chain_of, corrected, full_round, resealed, with_bytes
from tests.unit.examples import edition_of
from tests.unit.generated import deterministic

FIRST = full_round(1, {"19006": "8 0", "19018": "refused 6.5"})
SECOND = full_round(2, {"19006": "8.5 na", "19018": "3 6.5"})
CHAIN = chain_of(edition_of(FIRST), FIRST, SECOND, corrected(FIRST))
ROUND = CHAIN[1]
AT = pytest.mark.parametrize("at", [0, 1], ids=["edition", "round"])


def with_publication(publication: StoredPublication) -> list[StoredPublication]:
    """The chain up to that publication, with it in its place."""
    return [*CHAIN[: publication.sequence - 1], publication]


def places_of(line: bytes) -> str:
    """The record, key and field of a line, as a finding names them."""
    return " ".join(filter(None, line.decode().split(",")[:3]))


def first_found(publication: StoredPublication) -> tuple[int, str, str]:
    """The first finding of the chain with that publication in its place."""
    found = verify("valle", with_publication(publication)).findings[0]
    return found.sequence, found.what, found.place


@AT
def test_a_change_in_any_line_of_a_manifest_is_found_and_named(at: int) -> None:
    lines = CHAIN[at].manifest.split(b"\n")[:-1]
    for number, line in enumerate(lines):
        last = line[-1:]
        changed = line[:-1] + (b"8" if last == b"7" else b"7")
        manifest = b"\n".join([*lines[:number], changed, *lines[number + 1 :], b""])
        found = first_found(replace(CHAIN[at], manifest=manifest))
        assert found == (at + 1, "frozen-row", places_of(line)), line


@AT
def test_a_line_left_out_of_a_manifest_is_found_and_named(at: int) -> None:
    lines = CHAIN[at].manifest.split(b"\n")[:-1]
    for number, line in enumerate(lines):
        manifest = b"\n".join([*lines[:number], *lines[number + 1 :], b""])
        assert first_found(replace(CHAIN[at], manifest=manifest)) == (at + 1, "frozen-row", places_of(line))


DIGITS = [
    (at, position)
    for at, publication in enumerate(CHAIN)
    for position, byte in enumerate(publication.manifest)
    if chr(byte).isdecimal()
]


FOUND_BY_THE_CHAIN = {
    *("unreadable", "recomputed", "chain", "method-changed", "not-in-calendar", "municipality-differs"),
    *("reply-undecided", "reply-contradicts", "answer-contradicts"),
}
"""What names a place of its own: the change turned one sound line into another that no longer fits the rest."""


@settings(deterministic, max_examples=200)
@given(st.sampled_from(DIGITS), st.integers(min_value=1, max_value=9), st.booleans())
def test_any_single_digit_changed_is_found_and_named(where: tuple[int, int], step: int, rehashed: bool) -> None:  # noqa: FBT001
    at, position = where
    before = CHAIN[at].manifest
    digit = str((int(chr(before[position])) + step) % 10).encode()
    after = before[:position] + digit + before[position + 1 :]
    line = before[:position].count(b"\n")
    named = {places_of(manifest.split(b"\n")[line]) for manifest in (before, after)}
    forged = with_bytes(CHAIN[at], after) if rehashed else replace(CHAIN[at], manifest=after)
    sequence, what, place = first_found(forged)
    assert sequence == at + 1
    assert place in named or (rehashed and what in FOUND_BY_THE_CHAIN)


@settings(deterministic, max_examples=100)
@given(st.integers(min_value=0, max_value=len(ROUND.manifest) - 1), st.binary(max_size=2), st.booleans())
def test_any_bytes_changed_are_found(position: int, damage: bytes, rehashed: bool) -> None:  # noqa: FBT001
    manifest = ROUND.manifest[:position] + damage + ROUND.manifest[position + 1 :]
    forged = with_bytes(ROUND, manifest) if rehashed else replace(ROUND, manifest=manifest)
    findings = verify("valle", with_publication(forged)).findings
    assert (findings == ()) == (manifest == ROUND.manifest)
    assert not findings or findings[0].sequence == 2


def another(value: Any, hint: Any) -> Any:
    """Some other value of the same type."""
    if hint == Rating:
        return Score(10) if value != Score(10) else Absence.PENDING
    if isinstance(hint, UnionType):
        hint = next(option for option in get_args(hint) if option is not type(None))
    if isinstance(value, Enum):
        return next(other for other in type(value) if other is not value)
    samples: dict[Any, Any] = {
        bool: not value,
        int: (value or 0) + 1 if hint is int else None,
        str: f"{value or ''}x",
        date: date(1999, 1, 1),
        datetime: value + timedelta(seconds=1) if hint is datetime else None,
        Fraction: Fraction(1, 7),
        Score: Score(0) if value != Score(0) else None,
        Scope: demand_scope(9) if value != demand_scope(9) else OVERALL,
    }
    return samples[hint] if hint in samples else next(iter(hint))


def alterations(record: Any) -> Iterator[tuple[str, Any]]:
    """The record with each of its fields changed in turn, and the name of that field."""
    hints = get_type_hints(type(record))
    for column in fields(record):
        yield column.name, replace(record, **{column.name: another(getattr(record, column.name), hints[column.name])})


def with_group(sealed: Manifest, group: str, changed: Any) -> Manifest:
    """The sealed values with other records in one field of their content."""
    content: Any = sealed.content
    return replace(sealed, content=replace(content, **{group: changed}))


def forgeries(sealed: Manifest) -> Iterator[tuple[str, str, Manifest]]:
    """The sealed values with one field changed, for every field of every record; and what is changed."""
    for name, head in alterations(sealed.head):
        yield "PublicationHead", name, replace(sealed, head=head)
    for at, standing in enumerate(sealed.standings):
        for name, forged in alterations(standing):
            rows = (*sealed.standings[:at], forged, *sealed.standings[at + 1 :])
            yield "Standing", name, replace(sealed, standings=rows)
    for group in (column.name for column in fields(sealed.content) if column.init):
        records = getattr(sealed.content, group)
        several = isinstance(records, tuple)
        for at, record in enumerate(records if several else (records,)):
            for name, forged in alterations(record):
                changed = (*records[:at], forged, *records[at + 1 :]) if several else forged
                yield type(record).__name__, name, with_group(sealed, group, changed)


@AT
def test_a_change_in_any_frozen_value_is_found_and_named(at: int) -> None:
    sealed = CHAIN[at].rows
    assert sealed is not None
    tried = 0
    for kind, name, forged in forgeries(sealed):
        sequence, what, place = first_found(replace(CHAIN[at], rows=forged))
        assert sequence == at + 1, (kind, name)
        expected = "text" if kind == "SealedText" and name in {"salt", "body"} else "frozen-row"
        assert (what, bool(place)) == (expected, True), (kind, name)
        tried += 1
    assert tried > 100


@AT
def test_a_frozen_row_left_out_is_found(at: int) -> None:
    sealed = CHAIN[at].rows
    assert sealed is not None
    groups = [column.name for column in fields(sealed.content) if column.init]
    for group in (name for name in groups if isinstance(getattr(sealed.content, name), tuple)):
        for index in range(len(getattr(sealed.content, group))):
            kept = tuple(row for other, row in enumerate(getattr(sealed.content, group)) if other != index)
            found = first_found(replace(CHAIN[at], rows=with_group(sealed, group, kept)))
            assert found[:2] == (at + 1, "frozen-row"), group


def with_standing(sealed: Manifest, **changes: object) -> Manifest:
    """The sealed values with the overall row of 19018 changed."""
    rows = tuple(
        replace(row, **changes) if (row.scope, row.cvegeo) == (OVERALL, "19018") else row  # type: ignore[arg-type]
        for row in sealed.standings
    )
    return replace(sealed, standings=rows)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        pytest.param({"place": 1, "unplaced": None}, "unplaced", id="a-place-bought"),
        pytest.param({"tenths": 100}, "tenths", id="a-value-shown-higher"),
        pytest.param({"exact": Fraction(10)}, "exact", id="a-mean-that-is-none"),
        pytest.param({"refused": 0}, "refused", id="a-refusal-hidden"),
        pytest.param({"previous_place": 1}, "previous_place", id="a-place-it-never-had"),
    ],
)
def test_a_figure_that_does_not_follow_from_the_scores_is_recomputed_and_named(
    changes: dict[str, object], place: str
) -> None:
    forged = resealed(ROUND, lambda sealed: with_standing(sealed, **changes))
    assert first_found(forged) == (2, "recomputed", f"standing overall/19018 {place}")


def test_a_standing_too_many_or_too_few_is_recomputed_and_named() -> None:
    fewer = resealed(ROUND, lambda sealed: replace(sealed, standings=sealed.standings[1:]))
    assert first_found(fewer)[:2] == (2, "recomputed")
    ghost = Standing(demand_scope(9), "19006", 1, 1, 1, 0, 1, 1)
    more = resealed(ROUND, lambda sealed: replace(sealed, standings=(*sealed.standings, ghost)))
    assert first_found(more) == (2, "recomputed", "standing demand:9/19006 position")


def test_a_manifest_in_another_order_of_lines_is_found() -> None:
    lines = ROUND.manifest.split(b"\n")
    lines[-3], lines[-2] = lines[-2], lines[-3]
    assert first_found(with_bytes(ROUND, b"\n".join(lines))) == (2, "recomputed", "order of the lines")


def test_rows_that_cannot_be_read_are_found() -> None:
    assert first_found(replace(ROUND, rows=None)) == (2, "frozen-rows-unreadable", "")


def with_text(**changes: object) -> StoredPublication:
    """The round with its first text changed."""
    assert ROUND.rows is not None
    assert isinstance(ROUND.rows.content, RoundContent)
    first, *others = ROUND.rows.content.texts
    changed: SealedText = replace(first, **changes)  # type: ignore[arg-type]
    content = replace(ROUND.rows.content, texts=(changed, *others))
    return replace(ROUND, rows=replace(ROUND.rows, content=content))


TEXT = FIRST.texts[0]
PLACE = f"text {TEXT.key} {TEXT.field}"


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        pytest.param({"body": f"{TEXT.body} "}, "text", id="a-blank-more"),
        pytest.param({"body": ""}, "text", id="emptied"),
        pytest.param({"salt": "00"}, "text", id="another-salt"),
        pytest.param({"salt": "zz"}, "text", id="a-salt-that-is-no-hex"),
        pytest.param({"body": None}, "text-missing", id="without-body"),
        pytest.param({"salt": None}, "text-missing", id="without-salt"),
        pytest.param({"body": None, "salt": None}, "text-missing", id="gone-without-a-withdrawal"),
    ],
)
def test_a_text_changed_or_gone_is_found_and_named(changes: dict[str, object], what: str) -> None:
    assert first_found(with_text(**changes)) == (2, what, PLACE)


def test_a_text_withdrawn_for_legal_reasons_leaves_the_chain_sound() -> None:
    withdrawn = replace(with_text(body=None, salt=None), withdrawn=frozenset({TEXT.sha256}))
    assert verify("valle", with_publication(withdrawn)).is_sound


def test_a_withdrawal_covers_no_other_text() -> None:
    other = replace(with_text(body=None, salt=None), withdrawn=frozenset({FIRST.texts[1].sha256}))
    assert first_found(other) == (2, "text-missing", PLACE)
    changed = replace(with_text(body="otra cosa", salt=SALT), withdrawn=frozenset({TEXT.sha256}))
    assert first_found(changed) == (2, "text", PLACE)


def test_a_stray_quote_in_a_long_manifest_is_found_and_named_not_a_crash() -> None:
    lines = {str(number): "8 7" for number in range(20000, 20200)}
    content = full_round(1, lines)
    chain = chain_of(edition_of(content), content)
    manifest = chain[1].manifest.replace(b"entry,20000,slug,", b'entry,20000,slug,"')
    assert len(manifest) > 131_072
    chain[1] = replace(chain[1], manifest=manifest)
    found = verify("valle", chain).findings[0]
    assert (found.sequence, found.what, found.place) == (2, "frozen-row", "entry 20000 slug")
