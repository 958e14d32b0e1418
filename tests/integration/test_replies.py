"""Replies, decisions and answers: what a round seals of the working tables, and what is refused; on each database."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.domain.errors import NotSealable
from app.domain.publications import RoundContent
from app.domain.replies import AnswerStatus, PublishedReply, Stance, Verdict
from app.domain.scores import Absence, Score
from app.models.publications import Publication
from app.queries.answers import find_round_replies
from app.queries.publications import get_round_content
from app.queries.scorecards import find_pinned_scorecard, find_scorecard
from tests.integration.folders import DEMONSTRATION, REAL, SLUGS
from tests.integration.sealing import REASON, SLUG, chain, seal, verdict
from tests.integration.statements import copy_row, run

INVENTED, PRINTED = SLUGS[DEMONSTRATION], SLUGS[REAL]
LATER = datetime(2021, 6, 1, 18, tzinfo=UTC)


def sealed(session: Session, round_number: int, number: int) -> RoundContent:
    query = select(Publication.id).where(Publication.edition_slug == SLUG)
    found = session.scalars(query.where(Publication.round_number == round_number, Publication.number == number)).one()
    return get_round_content(session, found)


def reply(content: RoundContent, cvegeo: str, demand: int) -> PublishedReply:
    return next(row for row in content.replies if (row.cvegeo, row.demand) == (cvegeo, demand))


def resealed(session: Session) -> RoundContent:
    """Round 1 sealed once more, as the working tables stand now."""
    number = seal(session, 1, reason=REASON, at=LATER).number
    return sealed(session, 1, number)


def test_a_change_is_sealed_with_what_the_office_saw_and_what_was_decided(valley: Session) -> None:
    found = reply(sealed(valley, 1, 1), "98003", 1)
    assert (found.stance, found.requested, found.verdict) == (Stance.CORRECTION, Score(100), Verdict.CHANGED)
    assert (found.before, found.after, found.letter, found.submitted_on) == (Score(90), Score(95), 1, date(2021, 1, 11))
    assert (found.place_before, found.place_after) == (1, 1)


def test_the_newest_letter_that_covers_a_demand_holds_its_reply(valley: Session) -> None:
    found = reply(sealed(valley, 1, 1), "98003", 3)
    assert (found.letter, found.stance, found.verdict) == (2, Stance.AGREE, None)


def test_the_newest_decision_is_in_force(valley: Session) -> None:
    found = reply(sealed(valley, 1, 1), "98001", 3)
    assert (found.verdict, found.requested) == (Verdict.KEPT, Absence.NOT_APPLICABLE)


def test_every_municipality_has_an_answer_where_anybody_was_asked(valley: Session) -> None:
    answers = {row.cvegeo: (row.status, row.answered_on, row.attended) for row in sealed(valley, 1, 1).answers}
    assert answers == {
        "98001": (AnswerStatus.ON_TIME, date(2021, 1, 11), True),
        "98002": (AnswerStatus.NOT_NOTIFIED, None, False),
        "98003": (AnswerStatus.ON_TIME, date(2021, 1, 11), None),
    }


def test_a_round_without_replies_seals_nothing_of_them(valley: Session) -> None:
    content = sealed(valley, 2, 1)
    assert (content.replies, content.answers) == ((), ())
    assert not any(text.key.startswith(("reply/", "letter/")) for text in content.texts)


def test_a_day_is_that_of_the_editions_zone(valley: Session) -> None:
    answer = next(row for row in sealed(valley, 1, 1).answers if row.cvegeo == "98001")
    assert answer.due_on == date(2021, 1, 14)  # 05:59 UTC of the day after


def test_texts_are_sealed_with_their_reply_and_letter(valley: Session) -> None:
    texts = {(text.key, text.field): text.body for text in sealed(valley, 1, 1).texts}
    own = {key: body for key, body in texts.items() if key[0].startswith(("reply/98003", "letter/98003"))}
    assert own == {
        ("reply/98003/1", "reason"): "Se contó dos veces a una persona.",
        ("reply/98003/1", "evidence_title"): "Lista firmada",
        ("reply/98003/1", "evidence_url"): "https://ejemplo.invalid/nandu/firmada.csv",
        ("reply/98003/1", "decision"): "Es cierto.",
        ("letter/98003/1", "signatory"): "Noé Ñandú",
        ("letter/98003/1", "position"): "Tesorero",
        ("letter/98003/2", "signatory"): "Noé Ñandú",
        ("letter/98003/2", "position"): "Tesorero",
    }
    assert ("letter/98001/1", "words") in texts


def test_a_withdrawn_reason_is_shown_as_withdrawn_and_the_chain_still_verifies(valley: Session) -> None:
    card = find_pinned_scorecard(valley, SLUG, 1, 1, "alba")
    assert card is not None
    shown = next(row for row in card.scores if row.demand.number == 3).reply
    assert shown is not None
    assert shown.reason is not None
    assert (shown.reason.body, shown.reason.withdrawn_because) == (None, "Daba los datos de una menor")
    assert verdict(valley).is_sound


def test_a_request_without_a_decision_keeps_its_round_from_being_sealed(valley: Session) -> None:
    newest = "(SELECT id FROM letters WHERE code = 'NANDU-002')"
    run(
        valley,
        copy_row("replies", "stance = 'correction'", letter_id=newest, demand_id="(SELECT min(id) FROM demands)"),
    )
    with pytest.raises(NotSealable) as caught:
        seal(valley, 1, reason=REASON, at=LATER)
    assert (caught.value.code, caught.value.facts["place"]) == ("reply-undecided", "reply 98003/1")
    assert len(chain(valley)) == 4


def test_a_decision_made_after_the_seal_counts_in_the_correction_only(valley: Session) -> None:
    kept = "(SELECT max(d.id) FROM decisions d WHERE d.verdict = 'kept')"
    later = "'2021-05-01 18:00:00'" if valley.get_bind().dialect.name == "sqlite" else "'2021-05-01 18:00:00+00'"
    run(valley, copy_row("decisions", f"id = {kept}", revision="3", verdict="'noted'", decided_at_utc=later))
    assert reply(sealed(valley, 1, 2), "98001", 3).verdict is Verdict.KEPT
    assert reply(resealed(valley), "98001", 3).verdict is Verdict.NOTED
    assert verdict(valley).is_sound


def test_a_correction_may_change_what_a_decision_left(valley: Session) -> None:
    corrected = sealed(valley, 1, 2)
    assert reply(corrected, "98003", 1).after == Score(95)
    assert corrected.ratings["98003"][1] == Score(40)
    card = find_pinned_scorecard(valley, SLUG, 1, 2, "nandu")
    assert card is not None
    shown = card.scores[0].reply
    assert shown is not None
    assert (shown.decided, shown.sealed, shown.is_overtaken) == (Score(95), Score(40), True)


def test_the_record_counts_the_rounds_run_with_replies(seeded: Session) -> None:
    card = find_scorecard(seeded, INVENTED, "ojo-de-cierva")
    assert card is not None
    assert (card.answers.late, card.answers.not_notified, card.answers.rounds) == (1, 2, 3)
    pinned = find_pinned_scorecard(seeded, INVENTED, 10, 1, "ojo-de-cierva")
    assert pinned is not None
    assert (pinned.answers.not_notified, pinned.answers.rounds) == (1, 1)


def test_an_edition_without_replies_claims_nothing(seeded: Session) -> None:
    card = find_scorecard(seeded, PRINTED, "apodaca")
    assert card is not None
    assert (card.replies, card.answers.rounds) == (None, 0)
    found = find_round_replies(seeded, PRINTED, 3)
    assert found is not None
    assert (found.rows, found.counts.municipalities) == ((), 0)


def test_the_page_of_a_round_counts_all_and_stands_in_order_of_name(seeded: Session) -> None:
    asked: list[str] = []
    find_round_replies(seeded, INVENTED, 11)
    event.listen(seeded.get_bind(), "before_cursor_execute", lambda *call: asked.append(call[2]))
    found = find_round_replies(seeded, INVENTED, 12)
    assert found is not None
    assert len(asked) <= 14
    assert [row.entry.name for row in found.rows][:3] == ["Ámbar de la Sierra", "Brumares", "Cuesta del Añil"]
    assert (found.counts.answered, found.counts.municipalities, found.counts.requests) == (7, 9, 6)
    assert found.counts.verdicts == {Verdict.CHANGED: 1, Verdict.KEPT: 4, Verdict.NOTED: 1}
    assert find_round_replies(seeded, INVENTED, 12, page=2) is None
    assert find_round_replies(seeded, INVENTED, 13) is None
