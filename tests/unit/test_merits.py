"""What a round suggests to praise or to reproach, by rule."""

from dataclasses import replace
from datetime import UTC, date, datetime

from app.domain.editions import OVERALL, Scope, ScopeKind, theme_scope
from app.domain.gates import RoundToSeal
from app.domain.merits import Merit, MeritKind, PastRound, merits
from app.domain.publications import DistinctionKind, PublicationHead, PublicationKind, RoundContent
from app.domain.replies import AnswerStatus, PublishedAnswer
from app.domain.standings import standings
from tests.unit.examples import TOOK_OFFICE, edition_of, round_of

HEAD = PublicationHead("a" * 64, 1, PublicationKind.ROUND, 3, 1, datetime(2021, 6, 1, tzinfo=UTC))
SAFETY = theme_scope("seguridad")


def past(content: RoundContent) -> PastRound:
    rows = standings(content, None)
    ten = {row.demand for row in content.scores if str(row.rating) == "10.0"}
    return PastRound(
        {(row.scope, row.cvegeo): row.tenths for row in rows if row.tenths is not None},
        {entry.cvegeo: entry.mandate_starts_on for entry in content.entries},
        frozenset(ten),
    )


def suggested(now: RoundContent, *before: RoundContent) -> list[tuple[MeritKind, str, Scope | None, int]]:
    to_seal = RoundToSeal(HEAD, now, edition_of(now), before=before[-1] if before else None)
    return [(row.kind, row.entry.name, row.scope, row.number) for row in merits(to_seal, [past(row) for row in before])]


def test_a_first_round_without_silence_suggests_nothing() -> None:
    assert suggested(round_of({"Alba": "10 9", "Brisa": "5 6"})) == []


def test_the_largest_rise_is_suggested_in_each_ranking_and_a_tie_names_all() -> None:
    before = round_of({"Alba": "5 5", "Brisa": "4 4", "Cañada": "9 9"})
    now = round_of({"Alba": "7 7", "Brisa": "6 6", "Cañada": "9 9"}, number=2)
    assert suggested(now, before) == [
        (MeritKind.LARGEST_RISE, "Alba", OVERALL, 20),
        (MeritKind.LARGEST_RISE, "Alba", SAFETY, 20),
        (MeritKind.LARGEST_RISE, "Brisa", OVERALL, 20),
        (MeritKind.LARGEST_RISE, "Brisa", SAFETY, 20),
    ]


def test_nobody_is_praised_for_a_rise_beside_a_refusal_nor_for_none() -> None:
    before = round_of({"Alba": "5 2", "Brisa": "4 4"})
    now = round_of({"Alba": "7 refused", "Brisa": "4 4"}, number=2)
    assert suggested(now, before) == [(MeritKind.WITHHELD, "Alba", None, 1)]


def test_the_first_ten_of_the_edition_in_a_demand_is_suggested() -> None:
    before = round_of({"Alba": "10 9", "Brisa": "5 6"})
    now = round_of({"Alba": "10 9", "Brisa": "10 10"}, number=2)
    demand = Scope(ScopeKind.DEMAND, "2")
    assert [row for row in suggested(now, before) if row[0] is MeritKind.FIRST_TEN] == [
        (MeritKind.FIRST_TEN, "Brisa", demand, 0)
    ]


def test_the_longest_fall_counts_rounds_in_a_row_of_one_mayor() -> None:
    first = round_of({"Alba": "9 9", "Brisa": "9 9", "Cañada": "9 9"})
    second = round_of({"Alba": "8 8", "Brisa": "8 8", "Cañada": "8 8"}, number=2)
    third = round_of(
        {"Alba": "7 7", "Brisa": "8 8", "Cañada": "7 7"}, number=3, took_office={"Cañada": date(2021, 1, 1)}
    )
    found = [row for row in suggested(third, first, second) if row[0] is MeritKind.LONGEST_FALL]
    assert found == [(MeritKind.LONGEST_FALL, "Alba", OVERALL, 2), (MeritKind.LONGEST_FALL, "Alba", SAFETY, 2)]


def test_one_fall_is_not_long() -> None:
    before, now = round_of({"Alba": "9 9"}), round_of({"Alba": "8 8"}, number=2)
    assert suggested(now, before) == []


def test_who_was_notified_and_did_not_answer_is_suggested_and_who_was_not_is_not() -> None:
    content = round_of({"Alba": "8 8", "Brisa": "7 7"})
    answers = (
        PublishedAnswer("Alba", AnswerStatus.NONE, notified_on=date(2021, 5, 1)),
        PublishedAnswer("Brisa", AnswerStatus.NOT_NOTIFIED),
    )
    assert suggested(replace(content, answers=answers)) == [(MeritKind.NO_ANSWER, "Alba", None, 0)]


def test_rises_and_tens_are_praised_and_the_rest_is_reproached() -> None:
    entry = round_of({"Alba": "8"}, took_office={"Alba": TOOK_OFFICE}).entries[0]
    praised = {kind for kind in MeritKind if Merit(kind, entry).distinction is DistinctionKind.PRAISE}
    assert praised == {MeritKind.LARGEST_RISE, MeritKind.FIRST_TEN}
