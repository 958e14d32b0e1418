"""The manifest: what anyone can download, hash and take apart again (DESIGN §8)."""

import csv
import hashlib
import io
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.editions import EditionContent, Municipality
from app.domain.manifests import HEADER, parse, render, sha256
from app.domain.organisations import Organisation, OrganisationKind
from app.domain.publications import PublicationHead, PublicationKind, RoundContent, SealedText
from app.domain.scores import Absence, Score
from app.domain.standings import standings
from tests.unit.chains import SALT, chain_of, corrected, full_round
from tests.unit.examples import edition_of, round_of
from tests.unit.generated import deterministic
from tests.unit.generated_contents import edition_contents, heads, round_contents

FIRST = full_round(1, {"19006": "8 0", "19018": "refused 6.5"})
EDITION_SEALED, ROUND_SEALED, CORRECTION_SEALED = chain_of(edition_of(FIRST), FIRST, corrected(FIRST))
ALL_SEALED = pytest.mark.parametrize(
    "manifest",
    [EDITION_SEALED.manifest, ROUND_SEALED.manifest, CORRECTION_SEALED.manifest],
    ids=["edition", "round", "correction"],
)
LINES = ROUND_SEALED.manifest.decode().removesuffix("\n").split("\n")
fewer = settings(deterministic, max_examples=40)
"""Whole contents are large: fewer of them."""


def test_a_round_opens_with_its_head() -> None:
    assert LINES[:9] == [
        "record,key,field,value",
        f"publication,,previous_sha256,{EDITION_SEALED.sha256}",
        "publication,,rules,1",
        "publication,,kind,round",
        "publication,,sequence,2",
        "publication,,number,1",
        "publication,,sealed_at_utc,2021-05-20T18:30:00Z",
        f"publication,,edition_sha256,{EDITION_SEALED.sha256}",
        "edition,valle-2020-2023,kind,demonstration",
    ]


def test_scores_absences_and_all_around_them_have_a_line_each() -> None:
    kinds = ("method,", "entry,19006", "score,", "evidence,", "figure,", "distinction,")
    assert [line for line in LINES if line.startswith(kinds)] == [
        "method,,overall,yes",
        "method,,minimum_coverage_percent,80",
        "method,,minimum_theme_coverage_percent,50",
        "method,,jump_limit,3.0",
        "entry,19006,slug,19006",
        "entry,19006,name,19006",
        "entry,19006,sort_key,19006",
        "entry,19006,mayor,Alcaldesa de 19006 desde 2020",
        "entry,19006,gender,f",
        "entry,19006,mandate_starts_on,2020-10-01",
        "score,19006/1,revision,1",
        "score,19006/1,rating,8.0",
        "score,19006/2,revision,1",
        "score,19006/2,rating,0.0",
        "score,19018/1,revision,1",
        "score,19018/1,absence,refused",
        "score,19018/2,revision,1",
        "score,19018/2,rating,6.5",
        "evidence,19006/1/1/1,dated_on,2020-12-24",
        "figure,19006/theme:seguridad,printed,7",
        "figure,19006/theme:seguridad,source,informe",
        "distinction,19006/1,kind,praise",
    ]


def test_what_a_municipality_is_called_and_who_is_behind_the_edition_stand_in_clear() -> None:
    place = Municipality("19019", "san-pedro", "San Pedro", "san pedro", "inegi", "SPGG; San Pedro", 132169, "censo")
    donor = Organisation("fondo", "Fondo", OrganisationKind.DONOR, "Paga.", "It pays.", "Vende asfalto.", source="acta")
    content = replace(edition_of(FIRST), municipalities=(place,), organisations=(donor,))
    lines = render(parse(EDITION_SEALED.manifest).head, content, ()).decode().splitlines()
    assert [line for line in lines if line.startswith(("municipality,", "organisation,"))] == [
        "municipality,19019,slug,san-pedro",
        "municipality,19019,name,San Pedro",
        "municipality,19019,sort_key,san pedro",
        "municipality,19019,source,inegi",
        "municipality,19019,aliases,SPGG; San Pedro",
        "municipality,19019,population,132169",
        "municipality,19019,population_source,censo",
        "organisation,fondo,name,Fondo",
        "organisation,fondo,kind,donor",
        "organisation,fondo,role_es,Paga.",
        "organisation,fondo,role_en,It pays.",
        "organisation,fondo,interest_es,Vende asfalto.",
        "organisation,fondo,source,acta",
    ]


def test_the_standings_are_stated_as_they_are_shown() -> None:
    assert [line for line in LINES if line.startswith("standing,demand:2/19018")] == [
        "standing,demand:2/19018,position,1",
        "standing,demand:2/19018,rated,1",
        "standing,demand:2/19018,applicable,1",
        "standing,demand:2/19018,refused,0",
        "standing,demand:2/19018,rated_weight,2",
        "standing,demand:2/19018,applicable_weight,2",
        "standing,demand:2/19018,exact,13/2",
        "standing,demand:2/19018,tenths,65",
        "standing,demand:2/19018,place,1",
        "standing,demand:2/19018,shared,no",
    ]


def test_a_zero_has_its_line_and_a_missing_figure_has_none() -> None:
    assert "standing,demand:2/19006,tenths,0" in LINES
    assert not [line for line in LINES if line.startswith(("standing,demand:1/19018,tenths", "score,19018/1,rating"))]


def test_a_free_text_stands_only_as_its_seal() -> None:
    sealed = {(text.key, text.field): text for text in FIRST.texts}
    text = sealed["score/19006/1/1", "reason"]
    assert f"text,score/19006/1/1,reason,{text.sha256}" in LINES
    for hidden in (text.body or "", SALT, "Bien por la"):
        assert not [line for line in LINES if hidden in line]


@ALL_SEALED
def test_the_second_line_holds_the_previous_checksum(manifest: bytes) -> None:
    assert manifest.split(b"\n")[1] == f"publication,,previous_sha256,{parse(manifest).head.previous_sha256}".encode()


@ALL_SEALED
def test_a_manifest_is_utf8_without_bom_and_every_line_ends_in_lf(manifest: bytes) -> None:
    assert manifest.startswith(b"record,key,field,value\n")
    assert manifest.endswith(b"\n")
    assert b"\r" not in manifest
    assert "“" in manifest.decode()


def test_the_code_of_verification_is_what_sha256sum_prints() -> None:
    assert sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert sha256(ROUND_SEALED.manifest) == hashlib.sha256(ROUND_SEALED.manifest).hexdigest()


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param("plain", "plain", id="plain"),
        pytest.param(" leading and trailing ", " leading and trailing ", id="blanks-are-kept"),
        pytest.param("uno, dos", '"uno, dos"', id="comma"),
        pytest.param('dijo "sí"', '"dijo ""sí"""', id="quote"),
        pytest.param("una\ndos", '"una\ndos"', id="newline"),
        pytest.param("una\rdos", '"una\rdos"', id="carriage-return"),
        pytest.param("una\r\ndos", '"una\r\ndos"', id="both"),
        pytest.param("=1+1", "=1+1", id="a-formula-is-only-text"),
    ],
)
def test_a_value_is_quoted_where_csv_needs_it(value: str, written: str) -> None:
    content = edition_of(FIRST)
    named = replace(content, edition=replace(content.edition, name_es=value))
    manifest = render(parse(EDITION_SEALED.manifest).head, named, ())
    assert f"edition,valle-2020-2023,name_es,{written}\nedition," in manifest.decode()
    assert parse(manifest).content.edition.name_es == value


@fewer
@given(heads, edition_contents())
def test_an_edition_is_read_back_as_it_was_sealed(head: PublicationHead, content: EditionContent) -> None:
    manifest = render(head, content, ())
    found = parse(manifest)
    assert (found.head, found.content, found.standings) == (head, content, ())
    assert render(found.head, found.content, found.standings) == manifest


@fewer
@given(heads, round_contents(), st.sampled_from([PublicationKind.ROUND, PublicationKind.CORRECTION]))
def test_a_round_is_read_back_as_it_was_sealed(
    drawn: PublicationHead, content: RoundContent, kind: PublicationKind
) -> None:
    head, rows = replace(drawn, kind=kind), standings(content, None)
    manifest = render(head, content, rows)
    found = parse(manifest)
    assert (found.head, found.content) == (head, content)
    assert sorted(found.standings, key=repr) == sorted(rows, key=repr)
    assert render(found.head, found.content, found.standings) == manifest


@fewer
@given(heads, edition_contents())
def test_any_reader_of_csv_finds_four_columns_and_lf(head: PublicationHead, content: EditionContent) -> None:
    text = render(head, content, ()).decode()
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert {len(row) for row in rows} == {len(HEADER)}
    assert rows[1] == ["publication", "", "previous_sha256", head.previous_sha256]
    names = {row[2]: row[3] for row in rows if row[0] == "edition"}
    assert names.get("about_es", "") == content.edition.about_es
    outside_quotes = "".join(text.split('"')[::2])
    assert "\r" not in outside_quotes
    assert outside_quotes.count("\n") == len(rows)


@fewer
@given(heads, round_contents(), st.randoms(use_true_random=False))
def test_the_order_in_which_rows_are_handed_in_changes_no_byte(
    drawn: PublicationHead, content: RoundContent, chance: Random
) -> None:
    head, rows = replace(drawn, kind=PublicationKind.ROUND), list(standings(content, None))
    shuffled = replace(
        content,
        entries=tuple(chance.sample(content.entries, len(content.entries))),
        scores=tuple(chance.sample(content.scores, len(content.scores))),
        evidence=tuple(chance.sample(content.evidence, len(content.evidence))),
        texts=tuple(chance.sample(content.texts, len(content.texts))),
    )
    assert render(head, shuffled, chance.sample(rows, len(rows))) == render(head, content, rows)


def test_demand_ten_comes_after_demand_nine() -> None:
    content = edition_of(round_of({"19006": "1 2 3 4 5 6 7 8 9 10"}))
    manifest = chain_of(content)[0].manifest.decode()
    assert manifest.index("demand,9,") < manifest.index("demand,10,")


def test_texts_withdrawn_for_legal_reasons_leave_the_manifest_as_it_was() -> None:
    withdrawn = tuple(SealedText(text.key, text.field, text.sha256) for text in FIRST.texts)
    sealed = ROUND_SEALED.rows
    assert sealed is not None
    assert render(sealed.head, replace(FIRST, texts=withdrawn), sealed.standings) == ROUND_SEALED.manifest


def test_the_manifest_gives_back_zero_and_absence_as_they_were() -> None:
    found = parse(ROUND_SEALED.manifest).content
    assert isinstance(found, RoundContent)
    assert found.ratings == {
        "19006": {1: Score(80), 2: Score(0)},
        "19018": {1: Absence.REFUSED, 2: Score(65)},
    }
