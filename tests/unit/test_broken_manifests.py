"""What is no manifest is named by its line, whatever it holds (DESIGN §8)."""

import contextlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import ManifestBroken
from app.domain.manifests import parse, render
from tests.unit.chains import chain_of, full_round
from tests.unit.examples import edition_of
from tests.unit.generated import deterministic

FIRST = full_round(1, {"19006": "8 0", "19018": "refused 6.5"})
EDITION_SEALED, ROUND_SEALED = chain_of(edition_of(FIRST), FIRST)
MANIFEST = ROUND_SEALED.manifest.decode()


def line_of(start: str) -> int:
    """The number of the first line that starts so."""
    return next(number for number, line in enumerate(MANIFEST.split("\n"), start=1) if line.startswith(start))


@pytest.mark.parametrize(
    ("manifest", "line"),
    [
        pytest.param(b"", 1, id="empty"),
        pytest.param(b"\n", 1, id="a-blank-line"),
        pytest.param(b"record;key;field;value\n", 1, id="another-header"),
        pytest.param(b"\xef\xbb\xbf" + ROUND_SEALED.manifest, 1, id="bom"),
        pytest.param(b"\xff\xfe", 1, id="no-utf8"),
        pytest.param(MANIFEST.encode("utf-16"), 1, id="utf16"),
        pytest.param(b"record,key,field,value\n", 2, id="nothing-below-the-header"),
        pytest.param(MANIFEST.replace("publication,,rules", "publicación,,rules").encode(), 3, id="unknown-record"),
        pytest.param(MANIFEST.replace("publication,,rules,1", "publication,rules,1").encode(), 3, id="three-columns"),
        pytest.param(MANIFEST.replace("publication,,rules,1", "publication,,rules,1,1").encode(), 3, id="five-columns"),
        pytest.param(MANIFEST.replace("publication,,rules,1\n", "\n").encode(), 3, id="a-hole"),
        pytest.param(MANIFEST.replace("publication,,rules,1", 'publication,,"rules"x,1').encode(), 3, id="stray-quote"),
    ],
)
def test_what_is_no_manifest_is_refused_with_its_line(manifest: bytes, line: int) -> None:
    with pytest.raises(ManifestBroken) as refusal:
        parse(manifest)
    assert refusal.value.code == "manifest-broken"
    assert refusal.value.facts["line"] == line


@pytest.mark.parametrize(
    ("before", "after", "record"),
    [
        pytest.param("rating,6.5", "rating,6.55", "score,19018/2", id="no-score"),
        pytest.param("rating,6.5", "rating,11", "score,19018/2", id="off-the-scale"),
        pytest.param("absence,refused", "absence,lost", "score,19018/1", id="unknown-absence"),
        pytest.param("score,19018/2,revision,1\n", "", "score,19018/2", id="a-missing-field"),
        pytest.param("score,19018/2,rating,6.5\n", "", "score,19018/2", id="neither-score-nor-absence"),
        pytest.param("score,19018/2,revision,1", "score,19018/2,revision,x", "score,19018/2", id="no-number"),
        pytest.param("score,19018/2,revision", "score,19018/2,author", "score,19018/2", id="unknown-field"),
        pytest.param("score,19018/2,revision,1", "score,19018/2,RECORD,1", "score,19018/2", id="a-field-of-the-class"),
        pytest.param("overall,yes", "overall,maybe", "method,", id="neither-yes-nor-no"),
        pytest.param("minimum_coverage_percent,80", "minimum_coverage_percent,180", "method,", id="off-its-limits"),
        pytest.param("dated_on,2020-12-24", "dated_on,2020-02-30", "evidence,", id="no-day"),
        pytest.param("kind,praise", "kind,applause", "distinction,", id="unknown-kind"),
        pytest.param("evidence,19006/1/1/1", "evidence,19006/1/1", "evidence,", id="a-short-key"),
        pytest.param("figure,19006/theme:", "figure,19006/tema:", "figure,", id="unknown-scope"),
        pytest.param("exact,13/2", "exact,13/0", "standing,demand:2/19018", id="division-by-zero"),
        pytest.param("exact,13/2", "exact,1e999999999", "standing,demand:2/19018", id="endless-number"),
        pytest.param("exact,13/2", "exact,6.5", "standing,demand:2/19018", id="no-fraction"),
        pytest.param("rules,1", "rules," + "1" * 5000, "publication,", id="5000-digits"),
        pytest.param("30:00Z", "30:00+00:00", "publication,", id="a-moment-in-another-form"),
    ],
)
def test_a_record_that_cannot_be_read_is_named_by_its_first_line(before: str, after: str, record: str) -> None:
    assert before in MANIFEST
    with pytest.raises(ManifestBroken) as refusal:
        parse(MANIFEST.replace(before, after, 1).encode())
    assert refusal.value.facts["line"] == line_of(record)


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    content = edition_of(FIRST)
    long = replace(content, edition=replace(content.edition, about_es="uno\ndos\r\ntres"))
    text = render(parse(EDITION_SEALED.manifest).head, long, ()).decode()
    broken = text.replace("method,,overall,yes", "method,,overall,maybe")
    with pytest.raises(ManifestBroken) as refusal:
        parse(broken.encode())
    assert refusal.value.facts["line"] == broken[: broken.index("method,,overall")].count("\n") + 1


@pytest.mark.parametrize("record", ["publication,", "edition,", "method,", "period,"])
def test_a_round_without_one_of_its_single_records_is_refused(record: str) -> None:
    kept = [line for line in MANIFEST.split("\n") if not line.startswith(record)]
    with pytest.raises(ManifestBroken):
        parse("\n".join(kept).encode())


def test_a_second_head_is_refused() -> None:
    head = [line for line in MANIFEST.split("\n") if line.startswith("publication,")]
    with pytest.raises(ManifestBroken):
        parse("\n".join([MANIFEST.removesuffix("\n"), *head, ""]).encode())


@settings(deterministic, max_examples=200)
@given(st.integers(min_value=0, max_value=len(ROUND_SEALED.manifest) - 1), st.binary(min_size=0, max_size=3))
def test_damage_is_refused_or_read_as_another_content(position: int, damage: bytes) -> None:
    damaged = ROUND_SEALED.manifest[:position] + damage + ROUND_SEALED.manifest[position + 1 :]
    with contextlib.suppress(ManifestBroken):
        found = parse(damaged)
        again = render(found.head, found.content, found.standings)
        assert (again == ROUND_SEALED.manifest) == (found == parse(ROUND_SEALED.manifest))
