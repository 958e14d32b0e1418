"""What an office types becomes a reply, or says what it lacks; two people at one reply are both kept."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.evidence import FileKind, KeptFile
from app.domain.letters import (
    Field,
    LetterRefused,
    Merge,
    Problem,
    TypedReply,
    WholeReply,
    Writing,
    digest_of,
    is_late,
    is_link,
    may_be_answered,
    may_be_seen,
    merged,
    problems_of,
    says_something,
    whole_reply,
)
from app.domain.replies import Stance
from app.domain.scores import Absence, Score
from app.domain.stages import Stage

SIX = Score(60)
ASKED = Stance.CORRECTION
LINK = "https://ejemplo.mx/acta.pdf"
PAPER = KeptFile("a" * 64, FileKind.PDF, 9)

TYPED = st.builds(
    TypedReply,
    stance=st.sampled_from([None, *Stance]),
    requested=st.sampled_from(["", "7", "7,5", "6", "11", "not_applicable", "x"]),
    reason=st.sampled_from(["", "Falta contar diez.", "Otra."]),
    evidence_title=st.sampled_from(["", "Acta"]),
    evidence_url=st.sampled_from(["", LINK, "javascript:alert(1)"]),
)


@pytest.mark.parametrize(
    ("typed", "problems"),
    [
        (TypedReply(), {}),
        (TypedReply(Stance.AGREE), {}),
        (TypedReply(Stance.AGREE, "11", "", "", "x"), {}),  # what is not shown is not sent either
        (TypedReply(None, "7"), {Field.STANCE: Problem.STANCE_MISSING}),
        (TypedReply(None, "", "Porque sí"), {Field.STANCE: Problem.STANCE_MISSING}),
        (TypedReply(ASKED, "", "Falta contar diez."), {}),
        (TypedReply(ASKED, "7,5", "Falta contar diez."), {}),
        (TypedReply(ASKED, "not_applicable", "No hay policía."), {}),
        (TypedReply(ASKED, "refused", "No."), {Field.REQUESTED: Problem.REQUEST_OFF_SCALE}),
        (TypedReply(ASKED, "11", "No."), {Field.REQUESTED: Problem.REQUEST_OFF_SCALE}),
        (TypedReply(ASKED, "٧", "No."), {Field.REQUESTED: Problem.REQUEST_OFF_SCALE}),
        (TypedReply(ASKED, "9" * 4301, "No."), {Field.REQUESTED: Problem.REQUEST_OFF_SCALE}),
        (TypedReply(ASKED, "6.0", "No."), {Field.REQUESTED: Problem.REQUEST_AS_IT_IS}),
        (TypedReply(ASKED, "7"), {Field.REASON: Problem.REASON_MISSING}),
        (TypedReply(ASKED, "7", "No.", "Acta"), {Field.EVIDENCE_URL: Problem.LINK_MISSING}),
        (TypedReply(ASKED, "7", "No.", "", LINK), {Field.EVIDENCE_TITLE: Problem.TITLE_MISSING}),
        (TypedReply(ASKED, "7", "No.", "Acta", "ejemplo"), {Field.EVIDENCE_URL: Problem.LINK_WRONG}),
        (TypedReply(ASKED, "7", "No.", "Acta", LINK), {}),
    ],
)
def test_a_request_needs_a_reason_and_whole_evidence(typed: TypedReply, problems: dict[Field, Problem]) -> None:
    assert problems_of(typed, SIX) == problems


@pytest.mark.parametrize(
    ("typed", "problems"),
    [
        (TypedReply(), {Field.STANCE: Problem.STANCE_MISSING}),
        (TypedReply(ASKED, "7", "No."), {}),
        (TypedReply(ASKED, "7", "No.", "Acta"), {}),
        (TypedReply(ASKED, "7", "No.", "Acta", LINK), {}),
        (TypedReply(ASKED, "7", "No.", "", LINK), {Field.EVIDENCE_TITLE: Problem.TITLE_MISSING}),
        (TypedReply(ASKED, "7", "", "Acta"), {Field.REASON: Problem.REASON_MISSING}),
        (TypedReply(Stance.AGREE), {}),
    ],
)
def test_a_file_proves_in_place_of_a_link_or_beside_it(typed: TypedReply, problems: dict[Field, Problem]) -> None:
    assert problems_of(typed, SIX, PAPER) == problems


def test_another_file_makes_another_letter_and_who_agrees_sends_none() -> None:
    asking = TypedReply(ASKED, "7", "No.", "Acta")
    other = KeptFile("b" * 64, FileKind.PDF, 9)
    letters = {digest_of({1: whole}, {1: 1}) for file in (PAPER, other) if (whole := whole_reply(asking, SIX, file))}
    assert len(letters) == 2
    assert whole_reply(TypedReply(Stance.AGREE), SIX, PAPER) == WholeReply(Stance.AGREE)


@pytest.mark.parametrize("text", [LINK, "http://a.mx", "HTTPS://A.MX:8080?x=1", "https://ejemplo.mx/año"])
def test_a_link_is_the_address_of_a_page(text: str) -> None:
    assert is_link(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a.mx",
        "javascript:alert(1)",
        "ftp://a.mx",
        "https://",
        "https://a b",
        "https://u:p@a.mx",
        "data:,x",
        "//a.mx",
    ],
)
def test_nothing_else_is_a_link(text: str) -> None:
    assert not is_link(text)


@given(TYPED)
def test_only_a_request_says_more_than_its_stance(typed: TypedReply) -> None:
    if problems_of(typed, SIX):
        with pytest.raises(LetterRefused):
            whole_reply(typed, SIX)
        return
    reply = whole_reply(typed, SIX)
    if typed.is_blank:
        assert reply is None
    elif typed.stance is Stance.AGREE:
        assert reply == WholeReply(Stance.AGREE)
    else:
        assert reply is not None
        assert reply.reason == typed.reason != ""
        assert reply.requested != SIX


def test_what_is_asked_for_is_read_as_people_type_it() -> None:
    assert whole_reply(TypedReply(ASKED, "7,5", "No."), SIX) == WholeReply(ASKED, Score(75), "No.")
    asked = whole_reply(TypedReply(ASKED, "not_applicable", "No."), SIX)
    assert asked == WholeReply(ASKED, Absence.NOT_APPLICABLE, "No.")


@pytest.mark.parametrize(
    ("replies", "words", "says"),
    [
        ([WholeReply(Stance.AGREE)], "", True),
        ([], "No.", True),
        ([], "10", True),
        ([], "", False),
        ([], " \n\t", False),
        ([], "...", False),
        ([], "–", False),
        ([], "\u200b\u2060\ufeff", False),
        ([], "\u00ad", False),
        ([WholeReply(Stance.AGREE)], "...", True),
    ],
)
def test_a_letter_answers_a_score_or_has_words(replies: list[WholeReply], words: str, *, says: bool) -> None:
    assert says_something(replies, words) is says


@given(TYPED, TYPED)
def test_typing_what_the_page_showed_or_nothing_says_no_more(shown: TypedReply, typed: TypedReply) -> None:
    assert Writing(shown.fingerprint, typed).says_more == (typed not in {shown, TypedReply()})


@given(TYPED, TYPED, TYPED)
def test_nobody_writes_over_what_she_was_not_shown(shown: TypedReply, typed: TypedReply, stored: TypedReply) -> None:
    outcome = merged(known=shown.fingerprint, typed=typed, stored=stored)
    if typed in {shown, stored}:
        assert outcome is Merge.KEEP
    else:
        assert outcome is (Merge.WRITE if stored == shown else Merge.CONFLICT)


def test_another_letter_has_another_digest() -> None:
    letter, seen = {1: WholeReply(Stance.AGREE), 2: WholeReply(ASKED, Score(70), "No.")}, {1: 1, 2: 1, 3: 1}
    assert digest_of(letter, seen) == digest_of(dict(reversed(letter.items())), {**seen, 3: 2})
    others = [{}, {1: letter[1]}, {**letter, 2: WholeReply(ASKED, Score(71), "No.")}, {**letter, 3: letter[1]}]
    again = {digest_of(letter, {1: 1, 2: 2}), digest_of(letter, seen, 1)}
    digests = {digest_of(letter, seen), *again, *(digest_of(row, seen) for row in others)}
    assert len(digests) == 7


def test_the_very_moment_of_the_deadline_still_counts() -> None:
    due = datetime(2026, 11, 18, tzinfo=UTC)
    assert not is_late(due, due)
    assert is_late(due + timedelta(microseconds=1), due)


def test_a_letter_is_taken_until_decisions_begin_and_a_draft_seen_until_publication() -> None:
    assert [stage for stage in Stage if may_be_answered(stage)] == [Stage.REPLY]
    assert [stage for stage in Stage if may_be_seen(stage)] == [Stage.REPLY, Stage.DECISION]
