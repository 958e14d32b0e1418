"""The gate's rules: what is pointed at, what is signed, and who may."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.amendments import Proposal, amended, preview_text
from app.domain.gates import (
    Concern,
    ConcernKind,
    GateClosed,
    RoundToSeal,
    Workings,
    cell_differences,
    concerns,
    ranking_differences,
    require_open_gate,
    require_same,
)
from app.domain.publications import (
    Distinction,
    DistinctionKind,
    PublicationKind,
    RoundContent,
    SealedText,
    evidence_text_key,
    score_text_key,
)
from app.domain.replies import reply_text_key
from app.domain.scores import Absence, Rating, Score
from app.domain.signatures import Signed, may_be_published
from tests.unit.examples import edition_of, round_of
from tests.unit.sealable import HEAD, kinds, reasoned, to_seal

DIGEST, OTHER = "d" * 64, "e" * 64


ONE = {"Alba": "8 7", "Brisa": "6 5"}


def test_a_whole_round_raises_no_concern() -> None:
    assert kinds(to_seal(ONE)) == []


def test_a_cell_with_neither_score_nor_absence_blocks() -> None:
    found = to_seal({"Alba": "8 ..", "Brisa": "6 5"})
    assert kinds(found) == [(ConcernKind.CELL_EMPTY, "Alba", 2)]
    assert concerns(found, Workings())[0].blocks


@pytest.mark.parametrize(
    ("word", "expected"),
    [("8", True), ("refused", True), ("na", True), ("unrated", False), ("pending", False), ("unpublished", False)],
)
def test_a_judgement_without_a_reason_blocks(word: str, *, expected: bool) -> None:
    whole = to_seal({"Alba": f"{word} 7"})
    key = score_text_key("Alba", 1, 1)
    texts = tuple(text for text in whole.content.texts if text.key != key)
    found = replace(whole, content=replace(whole.content, texts=texts))
    assert ((ConcernKind.REASON_MISSING, "Alba", 1) in kinds(found)) is expected


def test_unapproved_cells_block_and_missing_copies_and_later_bars_only_warn() -> None:
    cell = frozenset({("Brisa", 2)})
    found = concerns(to_seal(ONE), Workings(unapproved=frozenset({("Alba", 1)}), uncopied=cell, by_barred=cell))
    assert [(row.kind, row.blocks) for row in found] == [
        (ConcernKind.CELL_UNAPPROVED, True),
        (ConcernKind.COPY_MISSING, False),
        (ConcernKind.RATED_BY_BARRED, False),
    ]


@pytest.mark.parametrize(("fields", "expected"), [("reason", 0), ("reason evidence_url", 1), ("evidence_url file", 0)])
def test_a_request_that_is_proved_by_a_link_alone_is_pointed_at(fields: str, expected: int) -> None:
    whole = to_seal(ONE)
    said = tuple(preview_text(reply_text_key("Alba", 2), field, field) for field in fields.split())
    found = kinds(replace(whole, content=replace(whole.content, texts=(*whole.content.texts, *said))))
    assert found == [(ConcernKind.ANSWER_COPY_MISSING, "Alba", 2)] * expected
    assert not Concern(ConcernKind.ANSWER_COPY_MISSING).blocks


@pytest.mark.parametrize(
    ("history", "now", "expected"),
    [
        ("5", "8", []),
        ("5", "8.1", [ConcernKind.JUMP]),
        ("8.1", "5", [ConcernKind.JUMP]),
        ("5 8", "8.1", []),
        ("5 6", "8", []),
        ("5 6 5.5", "7.9", []),
        ("5 6 5.5", "8", [ConcernKind.FAR_FROM_HISTORY]),
        ("5 6 5.5", "3", [ConcernKind.FAR_FROM_HISTORY]),
        ("5 6 5.5", "3.1", []),
        ("5 6 5", "8.1", [ConcernKind.JUMP, ConcernKind.FAR_FROM_HISTORY]),
        ("", "10", []),
    ],
)
def test_an_outlier_is_pointed_at(history: str, now: str, expected: list[ConcernKind]) -> None:
    scores = tuple(Score.from_text(word) for word in history.split())
    found = concerns(to_seal({"Alba": f"{now} 7"}), Workings(history={("Alba", 1): scores}))
    assert [row.kind for row in found] == expected
    assert not any(row.blocks for row in found)


def test_a_score_without_evidence_is_pointed_at_and_an_absence_is_not() -> None:
    whole = to_seal({"Alba": "8 pending"})
    found = replace(whole, content=replace(whole.content, evidence=()))
    assert kinds(found) == [(ConcernKind.EVIDENCE_MISSING, "Alba", 1)]


def test_other_municipalities_than_the_sealed_ones_block() -> None:
    whole = to_seal(ONE)
    rules = edition_of(round_of({"Alba": "8 7"}))
    assert kinds(replace(whole, rules=rules)) == [(ConcernKind.ROUND_DEPARTS, "", None)]


# --- a correction ---


def correction(*proposals: Proposal) -> RoundToSeal:
    old = reasoned(round_of(ONE, number=2))
    head = replace(HEAD, kind=PublicationKind.CORRECTION, number=2)
    return RoundToSeal(head, amended(old, proposals), edition_of(old), corrected=old, case=7)


def test_a_correction_shows_only_the_cells_that_it_changes() -> None:
    found = correction(Proposal("Alba", 1, 1, Score(50), "Se contó mal."))
    assert [(row.entry.name, row.demand, row.before, row.after) for row in cell_differences(found)] == [
        ("Alba", 1, Score(80), Score(50))
    ]
    assert kinds(found) == []
    rows = ranking_differences(found)[0].rows
    assert [(row.entry.name, row.before_tenths, row.after.tenths, row.moves) for row in rows] == [
        ("Alba", 75, 60, False),
        ("Brisa", 55, 55, False),
    ]


def test_a_correction_that_changes_nothing_blocks() -> None:
    assert (ConcernKind.NOTHING_CORRECTED, "", None) in kinds(correction())


def test_a_correction_that_would_change_who_governed_blocks() -> None:
    found = correction(Proposal("Alba", 1, 1, Score(50), "Se contó mal."))
    alba, *others = found.content.entries
    other = replace(found.content, entries=(replace(alba, mayor="Otra Persona"), *others))
    assert kinds(replace(found, content=other)) == [(ConcernKind.ROUND_DEPARTS, "", None)]


def test_a_cell_that_changed_after_the_proposal_blocks() -> None:
    found = correction(Proposal("Alba", 1, 1, Score(50), "Se contó mal."))
    assert kinds(found, Workings(moved_on=frozenset({("Alba", 1)}))) == [(ConcernKind.CELL_MOVED_ON, "Alba", 1)]


def test_a_correction_carries_evidence_on_but_for_what_was_withdrawn() -> None:
    old = reasoned(round_of(ONE, number=2))
    gone = evidence_text_key("Brisa", 2, 1, 1)
    texts = tuple(replace(text, body=None, salt=None) if text.key == gone else text for text in old.texts)
    proposals = [Proposal("Alba", 1, 1, Score(50), "A"), Proposal("Brisa", 2, 1, Score(40), "B")]
    new = amended(replace(old, texts=texts), proposals)
    assert [(row.cvegeo, row.demand, row.revision) for row in new.evidence if row.revision == 2] == [("Alba", 1, 2)]
    assert {text.key for text in new.texts if text.key.startswith("score/Alba/1/")} == {"score/Alba/1/2"}
    assert not any(text.key.startswith("evidence/Brisa/2/") for text in new.texts)


def test_in_a_new_round_a_place_moves_against_the_round_before() -> None:
    found = to_seal({"Alba": "4 4", "Brisa": "6 5"}, before={"Alba": "8 7", "Brisa": "6 5"})
    rows = ranking_differences(found)[0].rows
    assert [(row.entry.name, row.before_place, row.after.place, row.moves) for row in rows] == [
        ("Brisa", 2, 1, True),
        ("Alba", 1, 2, True),
    ]
    assert not any(row.moves for row in ranking_differences(to_seal(ONE))[0].rows)


# --- the digest ---


def test_the_digest_knows_neither_hour_nor_salt() -> None:
    one = to_seal(ONE)
    later = replace(one, head=replace(one.head, sealed_at_utc=datetime(2022, 1, 1, tzinfo=UTC)))
    salted = tuple(replace(text, salt="ab" * 16, sha256="f" * 64) for text in one.content.texts)
    assert later.digest == one.digest
    assert replace(one, content=replace(one.content, texts=salted)).digest == one.digest


def test_the_digest_knows_the_case_and_what_it_follows() -> None:
    one = to_seal(ONE)
    others = [
        replace(one, case=1),
        replace(one, head=replace(one.head, previous_sha256="0" * 64)),
        replace(one, head=replace(one.head, sequence=4)),
        replace(one, head=replace(one.head, compared_with_sha256="")),
        replace(one, before=round_of(ONE, number=1)),
    ]
    assert len({one.digest, *(other.digest for other in others)}) == 6


def change_rating(content: RoundContent, chance: st.DataObject) -> RoundContent:
    row = chance.draw(st.sampled_from(content.scores))
    ratings: st.SearchStrategy[Rating] = st.integers(0, 100).map(Score) | st.sampled_from(Absence)
    new = chance.draw(ratings.filter(lambda given: given != row.rating))
    scores = tuple(replace(each, rating=new) if each is row else each for each in content.scores)
    return replace(content, scores=scores)


def change_text(content: RoundContent, chance: st.DataObject) -> RoundContent:
    row = chance.draw(st.sampled_from(content.texts))
    new = chance.draw(st.text().filter(lambda body: body != row.body))
    texts = tuple(preview_text(each.key, each.field, new) if each is row else each for each in content.texts)
    return replace(content, texts=texts)


def change_evidence(content: RoundContent, chance: st.DataObject) -> RoundContent:
    kept = chance.draw(st.integers(0, len(content.evidence) - 1))
    return replace(content, evidence=content.evidence[:kept] + content.evidence[kept + 1 :])


def change_distinctions(content: RoundContent, chance: st.DataObject) -> RoundContent:
    kind = chance.draw(st.sampled_from(DistinctionKind))
    text = SealedText("distinction/Alba/1", "text", DIGEST, "00", "Bien.")
    return replace(content, distinctions=(Distinction("Alba", 1, kind),), texts=(*content.texts, text))


@given(change=st.sampled_from([change_rating, change_text, change_evidence, change_distinctions]), chance=st.data())
def test_any_change_of_the_content_voids_both_signatures(change: object, chance: st.DataObject) -> None:
    one = to_seal(ONE)
    signatures = [Signed(1, one.digest), Signed(2, one.digest)]
    other = replace(one, content=change(one.content, chance))  # type: ignore[operator]
    assert may_be_published(signatures, one.digest)
    assert not may_be_published(signatures, other.digest)


# --- who signs ---


def test_what_is_pointed_at_is_listed_by_the_name_of_the_municipality() -> None:
    found = to_seal(ONE)
    entries = tuple(replace(entry, sort_key="b" if entry.cvegeo == "Alba" else "a") for entry in found.content.entries)
    renamed = replace(found, content=replace(found.content, entries=entries))
    assert [row.cvegeo for row in concerns(renamed, Workings(unapproved=frozenset({("Alba", 2), ("Brisa", 2)})))] == [
        "Brisa",
        "Alba",
    ]


@pytest.mark.parametrize(
    ("signatures", "expected"),
    [
        ([], False),
        ([Signed(1, DIGEST)], False),
        ([Signed(1, DIGEST), Signed(1, DIGEST)], False),
        ([Signed(1, DIGEST), Signed(2, DIGEST)], True),
        ([Signed(1, DIGEST), Signed(2, OTHER)], False),
        ([Signed(1, DIGEST), Signed(2, DIGEST, may_sign=False)], False),
        ([Signed(1, DIGEST), Signed(2, DIGEST, is_party=True)], False),
        ([Signed(1, DIGEST), Signed(2, DIGEST, is_withdrawn=True)], False),
        ([Signed(1, DIGEST), Signed(2, DIGEST, is_party=True), Signed(3, DIGEST)], True),
    ],
)
def test_two_different_people_with_the_right_to_sign_are_needed(signatures: list[Signed], *, expected: bool) -> None:
    assert may_be_published(signatures, DIGEST) is expected


def test_the_gate_is_shut_while_something_blocks_or_a_signature_is_missing() -> None:
    two = [Signed(1, DIGEST), Signed(2, DIGEST)]
    require_open_gate([Concern(ConcernKind.JUMP)], two, DIGEST)
    with pytest.raises(GateClosed, match="gate-blocked"):
        require_open_gate([Concern(ConcernKind.CELL_EMPTY)], two, DIGEST)
    with pytest.raises(GateClosed, match="signatures-missing"):
        require_open_gate([], two[:1], DIGEST)
    with pytest.raises(GateClosed, match="difference-changed"):
        require_same(DIGEST, OTHER)
    require_same(DIGEST, DIGEST)
