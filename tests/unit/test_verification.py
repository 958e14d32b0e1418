"""A sound chain verifies; a chain cut, reordered or resealed under other rules does not (DESIGN §8)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.domain.manifests import Manifest, sha256
from app.domain.publications import NO_PREVIOUS, PublicationHead, PublicationKind, RoundContent
from app.domain.scores import Score
from app.domain.standings import standings
from app.domain.verification import Finding, StoredPublication, Verdict, verify
from tests.unit.chains import LINES, chain_of, corrected, full_round, resealed, with_bytes, with_score
from tests.unit.examples import METHOD, edition_of
from tests.unit.generated import Drawn, deterministic, pairs_of_rounds

FIRST = full_round(1)
SECOND = full_round(2, {**LINES, "19039": "5 9 na 8.5"})
THIRD = full_round(3, LINES, took_office={"19018": date(2021, 2, 1)})
CHAIN = chain_of(edition_of(FIRST), FIRST, SECOND, corrected(FIRST), THIRD)


def found_in(chain: list[StoredPublication], head: str = "") -> list[tuple[int, str, str]]:
    """The findings, each as its sequence, its code and its place."""
    return [(found.sequence, found.what, found.place) for found in verify("valle", chain, head).findings]


def test_an_edition_two_rounds_a_correction_and_another_round_verify() -> None:
    verdict = verify("valle", CHAIN)
    assert verdict == Verdict("valle", publications=5, head=CHAIN[-1].sha256, findings=())
    assert verdict.is_sound


def test_an_empty_chain_is_sound_and_has_no_head() -> None:
    assert verify("valle", []) == Verdict("valle", publications=0, head="", findings=())


def test_a_chain_is_verified_in_order_of_sequence_however_it_is_handed_in() -> None:
    assert verify("valle", reversed(CHAIN)) == verify("valle", CHAIN)


@pytest.mark.parametrize("length", range(1, 6))
def test_every_beginning_of_a_sound_chain_is_sound(length: int) -> None:
    assert verify("valle", CHAIN[:length]).is_sound


def test_a_round_is_compared_with_what_was_in_force_when_it_was_sealed() -> None:
    compared = [publication.rows.head.compared_with_sha256 for publication in CHAIN if publication.rows]
    assert compared == ["", "", CHAIN[1].sha256, "", CHAIN[2].sha256]


def test_a_correction_of_an_earlier_round_leaves_later_rounds_sound_and_the_next_is_compared_with_it() -> None:
    chain = chain_of(edition_of(FIRST), FIRST, corrected(FIRST), SECOND, corrected(SECOND))
    assert verify("valle", chain).is_sound
    assert chain[3].rows is not None
    assert chain[3].rows.head.compared_with_sha256 == chain[2].sha256


def test_an_edition_may_be_sealed_again_with_a_new_method_if_its_rounds_are_too() -> None:
    new = replace(METHOD, minimum_coverage_percent=60)
    anew = replace(FIRST, method=new)
    chain = chain_of(edition_of(FIRST), FIRST, edition_of(anew), anew, replace(SECOND, method=new))
    assert verify("valle", chain).is_sound


@settings(deterministic, max_examples=25)
@given(pairs_of_rounds)
def test_any_two_rounds_and_a_correction_sealed_one_after_another_verify(drawn: tuple[Drawn, Drawn]) -> None:
    assume(len(drawn[0].rows) == len(drawn[1].rows))  # a round evaluates every municipality of its edition
    first = drawn[0].content(1)
    second = replace(drawn[1].content(2), method=first.method, demands=first.demands)
    assert verify("valle", chain_of(edition_of(first), first, second, first)).is_sound


@pytest.mark.parametrize("dropped", range(4))
def test_a_dropped_publication_is_missed_by_the_next(dropped: int) -> None:
    chain = [publication for publication in CHAIN if publication is not CHAIN[dropped]]
    first = verify("valle", chain).findings[0]
    place = "publication sequence"
    assert first == Finding(dropped + 2, "chain", place, expected=str(dropped + 1), found=str(dropped + 2))


@pytest.mark.parametrize("dropped", range(4))
def test_closing_up_the_numbers_does_not_hide_a_dropped_publication(dropped: int) -> None:
    kept = [publication for publication in CHAIN if publication is not CHAIN[dropped]]
    chain = [replace(publication, sequence=number) for number, publication in enumerate(kept, start=1)]
    assert found_in(chain)[0] == (dropped + 1, "chain", "publication sequence")


@pytest.mark.parametrize("at", range(4))
def test_reordering_two_publications_is_found_at_the_first_of_them(at: int) -> None:
    chain = CHAIN.copy()
    chain[at], chain[at + 1] = (
        replace(chain[at + 1], sequence=at + 1),
        replace(chain[at], sequence=at + 2),
    )
    assert [found[:2] for found in found_in(chain)[:2]] == [(at + 1, "chain"), (at + 2, "chain")]


def test_a_publication_stored_twice_is_found() -> None:
    assert found_in([*CHAIN, CHAIN[2]])[0] == (3, "chain", "publication sequence")


@pytest.mark.parametrize("noted", range(5))
def test_any_checksum_of_the_chain_may_be_the_noted_head(noted: int) -> None:
    assert verify("valle", CHAIN, CHAIN[noted].sha256).is_sound


@pytest.mark.parametrize("kept", range(5))
def test_a_truncated_chain_is_found_by_a_noted_head_and_only_by_it(kept: int) -> None:
    truncated = CHAIN[:kept]
    assert verify("valle", truncated).is_sound
    last = truncated[-1].sha256 if truncated else NO_PREVIOUS
    assert verify("valle", truncated, CHAIN[-1].sha256).findings == (
        Finding(kept, "head-not-in-chain", expected=CHAIN[-1].sha256, found=last),
    )


def test_a_chain_rewritten_from_the_start_is_found_by_a_noted_head_and_only_by_it() -> None:
    bought = with_score(FIRST, "19018", 4, 100)
    rewritten = chain_of(edition_of(FIRST), bought, SECOND, corrected(bought), THIRD)
    assert verify("valle", rewritten).is_sound
    assert found_in(rewritten, CHAIN[-1].sha256) == [(5, "head-not-in-chain", "")]


def test_a_rewritten_round_breaks_the_chain_at_the_next_publication() -> None:
    chain = CHAIN.copy()
    bought = with_score(FIRST, "19018", 4, 100)
    chain[1] = resealed(chain[1], lambda sealed: Manifest(sealed.head, bought, standings(bought, None)))
    assert found_in(chain)[0] == (3, "chain", "publication previous_sha256")


def test_a_checksum_changed_in_the_database_is_found() -> None:
    chain = CHAIN.copy()
    chain[1] = replace(chain[1], sha256="f" * 64)
    assert verify("valle", chain).findings[0] == Finding(
        2, "checksum", expected="f" * 64, found=sha256(CHAIN[1].manifest)
    )


def test_a_previous_checksum_changed_in_the_database_is_found() -> None:
    chain = CHAIN.copy()
    chain[2] = replace(chain[2], previous_sha256="f" * 64)
    assert found_in(chain) == [(3, "chain", "publication previous_sha256")]


HeadChange = Callable[[PublicationHead], PublicationHead]


@pytest.mark.parametrize(
    ("at", "change", "place"),
    [
        pytest.param(0, lambda h: replace(h, previous_sha256="f" * 64), "previous_sha256", id="not-the-first"),
        pytest.param(1, lambda h: replace(h, previous_sha256=NO_PREVIOUS), "previous_sha256", id="a-second-first"),
        pytest.param(1, lambda h: replace(h, sequence=7), "sequence", id="sequence"),
        pytest.param(1, lambda h: replace(h, rules=2), "rules", id="unknown-rules"),
        pytest.param(1, lambda h: replace(h, edition_sha256="f" * 64), "edition_sha256", id="another-edition"),
        pytest.param(4, lambda h: replace(h, compared_with_sha256=""), "compared_with_sha256", id="no-comparison"),
        pytest.param(
            4, lambda h: replace(h, compared_with_sha256=CHAIN[1].sha256), "compared_with_sha256", id="older-comparison"
        ),
        pytest.param(1, lambda h: replace(h, number=2), "number", id="a-number-left-out"),
        pytest.param(3, lambda h: replace(h, number=1), "number", id="a-number-twice"),
        pytest.param(1, lambda h: replace(h, kind=PublicationKind.CORRECTION), "kind", id="a-correction-of-nothing"),
        pytest.param(3, lambda h: replace(h, kind=PublicationKind.ROUND), "kind", id="a-correction-without-saying-so"),
    ],
)
def test_a_head_that_does_not_fit_the_chain_is_named(at: int, change: HeadChange, place: str) -> None:
    chain = CHAIN.copy()
    forged = resealed(chain[at], lambda sealed: replace(sealed, head=change(sealed.head)))
    chain[at] = replace(forged, sequence=at + 1, previous_sha256=chain[at].previous_sha256)
    assert found_in(chain)[0] == (at + 1, "chain", f"publication {place}")


@pytest.mark.parametrize(
    ("change", "place"),
    [
        pytest.param(
            lambda content: replace(content, method=replace(METHOD, minimum_coverage_percent=10)),
            "edition",
            id="minimum-coverage",
        ),
        pytest.param(
            lambda content: replace(content, method=replace(METHOD, refused_counts_as=Score(0))),
            "edition",
            id="what-a-refusal-counts-as",
        ),
        pytest.param(
            lambda content: replace(content, demands=(replace(content.demands[0], weight=9), *content.demands[1:])),
            "demands",
            id="a-weight",
        ),
        pytest.param(lambda content: replace(content, demands=content.demands[:3]), "demands", id="a-demand-less"),
        pytest.param(
            lambda content: replace(content, themes=(replace(content.themes[0], name_es="Otro"), content.themes[1])),
            "demands",
            id="a-theme",
        ),
    ],
)
def test_a_round_under_another_method_than_its_editions_is_found(
    change: Callable[[RoundContent], RoundContent], place: str
) -> None:
    chain = chain_of(edition_of(FIRST), change(FIRST))
    assert found_in(chain) == [(2, "method-changed", place)]


def test_a_round_before_its_edition_was_sealed_is_found() -> None:
    assert found_in(chain_of(FIRST)) == [(1, "method-changed", "edition")]


def test_a_round_keeps_to_the_edition_sealed_last_before_it() -> None:
    renewed = edition_of(replace(FIRST, method=replace(METHOD, overall=False)))
    chain = chain_of(edition_of(FIRST), FIRST, renewed, replace(FIRST, method=renewed.method), SECOND)
    assert found_in(chain) == [(5, "method-changed", "edition")]


def test_new_rules_without_every_published_round_sealed_again_are_found() -> None:
    new = replace(METHOD, overall=False)
    renewed = edition_of(replace(FIRST, method=new))
    assert found_in(chain_of(edition_of(FIRST), FIRST, renewed)) == [(3, "not-resealed", "round 1")]
    early = chain_of(edition_of(FIRST), FIRST, renewed, replace(SECOND, method=new))
    assert found_in(early)[0] == (4, "not-resealed", "round 1")


def test_a_round_that_leaves_out_a_municipality_is_found() -> None:
    short = replace(FIRST, entries=FIRST.entries[1:], scores=tuple(s for s in FIRST.scores if s.cvegeo != "19006"))
    short = replace(short, evidence=(), figures=(), distinctions=())
    assert found_in(chain_of(edition_of(FIRST), short)) == [(2, "municipality-differs", "entry 19006")]


def test_a_round_on_other_days_than_the_calendar_is_found() -> None:
    moved = replace(FIRST, period=replace(FIRST.period, starts_on=date(2020, 10, 1)))
    assert found_in(chain_of(edition_of(FIRST), moved)) == [(2, "not-in-calendar", "period 1")]


def test_each_publication_reports_its_first_difference_only() -> None:
    chain = [replace(publication, sha256="f" * 64, rows=None) for publication in CHAIN]
    assert [found.sequence for found in verify("valle", chain).findings] == [1, 2, 3, 4, 5]


@settings(deterministic, max_examples=30)
@given(st.randoms(use_true_random=False))
def test_any_other_order_of_the_contents_of_a_chain_is_found(chance: Random) -> None:
    order = chance.sample(range(5), 5)
    chain = [replace(CHAIN[at], sequence=number) for number, at in enumerate(order, start=1)]
    assert verify("valle", chain).is_sound == (order == [0, 1, 2, 3, 4])


def test_an_unreadable_manifest_is_named_by_its_line_and_breaks_nothing_after_it() -> None:
    chain = CHAIN.copy()
    chain[4] = with_bytes(chain[4], chain[4].manifest.replace(b"method,,overall,yes", b"method,,overall,perhaps"))
    line = chain[4].manifest.split(b"method,,overall")[0].count(b"\n") + 1
    assert found_in(chain) == [(5, "unreadable", f"line {line}")]
