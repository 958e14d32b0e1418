"""What an evaluator types into a cell: when it is a rating, what it lacks, and what saving does with it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ratings import (
    LONGEST_WORDS,
    UNREADABLE,
    WORDS_AFTER_JUMP,
    Act,
    Choice,
    Content,
    Lack,
    Problem,
    Typed,
    decide,
    judge,
    lack_of,
    readable,
    said,
)
from app.domain.scores import Absence, Rating, Score

SEVEN_AND_A_HALF = Score(75)
LIMIT = Score(30)
LONG = "x" * WORDS_AFTER_JUMP


@pytest.mark.parametrize(
    ("typed", "rating"),
    [
        (Typed("7,5"), SEVEN_AND_A_HALF),
        (Typed("7.5"), SEVEN_AND_A_HALF),
        (Typed("0"), Score(0)),
        (Typed("10.0"), Score(100)),
        (Typed(absence="refused"), Absence.REFUSED),
        (Typed(absence="pending"), Absence.PENDING),
        (Typed(absence="not_rated"), Absence.NOT_RATED),
        (Typed(absence="not_applicable", reason="No tiene policía."), Absence.NOT_APPLICABLE),
    ],
)
def test_a_score_or_one_absence_is_a_rating(typed: Typed, rating: Rating) -> None:
    judged = judge(typed)
    assert judged.content == Content(rating, typed.reason)
    assert judged.problems == {}


@pytest.mark.parametrize(
    ("typed", "problems"),
    [
        (Typed(), {"score": Problem.NO_RATING}),
        (Typed(reason="Porque sí."), {"score": Problem.NO_RATING}),
        (Typed("11"), {"score": Problem.BAD_SCORE}),
        (Typed("7.55"), {"score": Problem.BAD_SCORE}),
        (Typed("٧"), {"score": Problem.BAD_SCORE}),
        (Typed("9" * 4301), {"score": Problem.BAD_SCORE}),
        (Typed("7", "refused"), {"score": Problem.SCORE_AND_ABSENCE}),
        (Typed(absence="unpublished"), {"absence": Problem.UNKNOWN_ABSENCE}),
        (Typed(absence="x" * 99), {"absence": Problem.UNKNOWN_ABSENCE}),
        (Typed(absence="not_applicable"), {"reason": Problem.REASON_NEEDED}),
        (Typed("7", reason="x" * (LONGEST_WORDS + 1)), {"reason": Problem.TOO_LONG}),
        (Typed("7", note=UNREADABLE), {"note": Problem.UNREADABLE}),
        (Typed("7", reply=UNREADABLE), {"reply": Problem.UNREADABLE}),
    ],
)
def test_anything_else_says_beside_which_field_it_is_wrong(typed: Typed, problems: dict[str, Problem]) -> None:
    judged = judge(typed)
    assert judged.content is None
    assert judged.problems == problems


@pytest.mark.parametrize(
    ("content", "before", "lack"),
    [
        (Content(SEVEN_AND_A_HALF), None, Lack.NO_REASON),
        (Content(SEVEN_AND_A_HALF, "Se contó."), None, None),
        (Content(Absence.REFUSED), None, Lack.NO_REASON),
        (Content(Absence.NOT_RATED), None, None),
        (Content(Absence.PENDING), Score(0), None),
        (Content(Score(80), "Se contó."), Score(50), None),
        (Content(Score(81), "Se contó."), Score(50), Lack.SHORT_REASON),
        (Content(Score(81), LONG), Score(50), None),
        (Content(Score(19), LONG[1:]), Score(50), Lack.SHORT_REASON),
        (Content(Absence.REFUSED, "Oficio 12."), Score(100), None),
    ],
)
def test_what_a_rating_lacks_to_be_handed_in(content: Content, before: Score | None, lack: Lack | None) -> None:
    assert lack_of(content, before, LIMIT) is lack


@pytest.mark.parametrize(
    ("text", "kept"),
    [("a\x00b", "a�b"), ("\ud800", "�"), ("uno\ndos\ttres", "uno\ndos\ttres"), ("ñandú\xa0", "ñandú\xa0")],
)
def test_a_character_that_no_database_keeps_shows_where_it_was(text: str, kept: str) -> None:
    assert readable(text) == kept


ONE = Content(Score(70), "Uno.")
TWO = Content(Score(80), "Dos.")
MINE = Typed("6", reason="Tres.")


@pytest.mark.parametrize(
    ("typed", "revisions", "act", "base"),
    [
        (Typed(), {}, Act.NOTHING, 0),
        (Typed("7", reason="Uno."), {}, Act.RECORD, 0),
        (Typed("7,0", reason="Uno.", base_revision=1), {1: ONE}, Act.NOTHING, 1),
        (Typed("7", reason="Uno, mejor dicho.", base_revision=1), {1: ONE}, Act.RECORD, 1),
        (Typed("7", reason="Uno.", note="Ojo.", base_revision=1), {1: ONE}, Act.RECORD, 1),
        (Typed("7", reason="Uno.", reply="Ya está bien.", base_revision=1), {1: ONE}, Act.RECORD, 1),
        (Typed(base_revision=1), {1: ONE}, Act.KEEP, 1),
        (Typed("11", base_revision=1), {1: ONE}, Act.KEEP, 1),
        (Typed(reason="Falta el número."), {}, Act.KEEP, 0),
        # somebody else was there
        (MINE, {1: ONE}, Act.CONFLICT, 0),
        (replace(MINE, base_revision=1), {1: ONE, 2: TWO}, Act.CONFLICT, 1),
        (Typed("7", reason="Uno.", base_revision=1), {1: ONE, 2: TWO}, Act.NOTHING, 1),
        (Typed(), {1: ONE}, Act.NOTHING, 0),
        (Typed("8", reason="Dos.", base_revision=1), {1: ONE, 2: TWO}, Act.NOTHING, 1),
        # only evidence was added meanwhile
        (replace(MINE, base_revision=1), {1: ONE, 2: ONE}, Act.RECORD, 2),
        # her choice counts for what she saw, and for nothing newer
        (replace(MINE, choice=Choice.MINE, seen_revision=1), {1: ONE}, Act.RECORD, 1),
        (replace(MINE, choice=Choice.THEIRS, seen_revision=1), {1: ONE}, Act.NOTHING, 0),
        (replace(MINE, choice=Choice.MINE, seen_revision=1), {1: ONE, 2: TWO}, Act.CONFLICT, 0),
        (replace(MINE, choice=Choice.THEIRS, seen_revision=1), {1: ONE, 2: TWO}, Act.CONFLICT, 0),
        (Typed("11", choice=Choice.MINE, seen_revision=1), {1: ONE}, Act.KEEP, 1),
        # a revision that never was
        (replace(MINE, base_revision=9), {1: ONE}, Act.RECORD, 1),
    ],
)
def test_what_saving_does_with_a_cell(typed: Typed, revisions: dict[int, Content], act: Act, base: int) -> None:
    done, settled = decide(typed, revisions, is_open=True)
    assert (done, settled.base_revision) == (act, base)


def test_a_closed_cell_takes_nothing_and_loses_nothing() -> None:
    assert decide(replace(MINE, base_revision=1), {1: ONE}, is_open=False)[0] is Act.CLOSED
    assert decide(MINE, {1: ONE}, is_open=False)[0] is Act.CLOSED
    assert decide(Typed("7", reason="Uno.", base_revision=1), {1: ONE}, is_open=False)[0] is Act.NOTHING


def test_new_evidence_alone_makes_a_revision_where_there_is_a_score() -> None:
    same = ONE.typed(1)
    assert decide(same, {1: ONE}, is_open=True, has_new_evidence=True)[0] is Act.RECORD
    assert decide(same, {1: ONE}, is_open=False, has_new_evidence=True)[0] is Act.NOTHING
    assert decide(Typed(), {}, is_open=True, has_new_evidence=True)[0] is Act.NOTHING


def test_an_absence_that_nobody_may_choose_stays_where_a_seed_put_it() -> None:
    seeded = Content(Absence.UNPUBLISHED)
    assert decide(seeded.typed(1), {1: seeded}, is_open=True)[0] is Act.NOTHING
    assert said(seeded.typed(1), seeded) == seeded
    assert decide(replace(seeded.typed(1), reason="Otro."), {1: seeded}, is_open=True)[0] is Act.KEEP


words = st.text(st.characters(codec="utf-8"), max_size=20).map(readable).filter(lambda text: UNREADABLE not in text)
ratings = st.one_of(
    st.integers(0, 100).map(Score), st.sampled_from([Absence.NOT_RATED, Absence.REFUSED, Absence.PENDING])
)
contents = st.builds(Content, ratings, words, words)
histories = st.lists(contents, max_size=3).map(lambda rows: dict(enumerate(rows, start=1)))
fields = st.builds(
    Typed,
    score=st.one_of(st.just(""), st.integers(0, 12).map(str), words),
    absence=st.one_of(st.just(""), st.sampled_from([*Absence]).map(str), words),
    reason=words,
    note=words,
    base_revision=st.integers(0, 4),
    seen_revision=st.integers(0, 4),
    choice=st.sampled_from([None, *Choice]),
)


@given(contents)
def test_a_content_survives_the_fields(content: Content) -> None:
    assert judge(content.typed(1)).content == content


@given(typed=fields, revisions=histories, is_open=st.booleans())
def test_only_what_is_whole_and_on_the_newest_revision_is_recorded(
    *, typed: Typed, revisions: dict[int, Content], is_open: bool
) -> None:
    act, settled = decide(typed, revisions, is_open=is_open)
    if act is Act.RECORD:
        assert is_open
        assert settled.base_revision == max(revisions, default=0)
        assert judge(settled).content is not None


@given(typed=fields, revisions=histories, is_open=st.booleans())
def test_nothing_typed_is_lost(*, typed: Typed, revisions: dict[int, Content], is_open: bool) -> None:
    act, settled = decide(typed, revisions, is_open=is_open)
    assert replace(settled, base_revision=0) == replace(typed, base_revision=0)
    if act is Act.NOTHING and typed.choice is not Choice.THEIRS and not typed.is_blank:
        assert (typed.reason, typed.note) in {(row.reason, row.note) for row in revisions.values()}
