"""Which letters of a municipality are published with a round, and that no decided request is ever hidden."""

import pytest
from sqlalchemy.orm import Session

from app.domain.letters import RequestDecided, Signing
from app.domain.replies import Stance, Verdict
from app.domain.requests import NewDecision
from app.domain.scores import Rating, Score
from app.domain.stages import Stage
from app.domain.texts import Text
from app.models.replies import Reply
from app.queries.answers import find_round_replies
from app.queries.decisions import find_request
from app.queries.office_sheets import find_office_sheet
from app.queries.scorecards import find_scorecard
from app.services.decisions import decide_reply
from tests.answers import AFTER, AGREED, ALBA, BRISA, ROUND, asking, ids, move, open_replies, send, write
from tests.integration.sealing import SLUG, seal, verdict
from tests.staff import actor_of


def test_a_letter_that_speaks_of_no_score_is_published_with_its_words(valley: Session) -> None:
    people = open_replies(valley)
    only_words = Signing("Sara Firma", "Síndica", "No reconocemos esta evaluación.")
    send(valley, people["lalo"], ALBA, signing=only_words)
    write(valley, people["lola"], BRISA, d1=AGREED)
    send(valley, people["lola"], BRISA, signing=Signing("Bruno Firma", "Síndico", "Palabras reemplazadas."))
    write(valley, people["lola"], BRISA, d1=AGREED)
    send(valley, people["lola"], BRISA, signing=Signing("Bruno Firma", "Síndico", ""))
    seal(valley, ROUND)
    assert verdict(valley).is_sound
    said = find_round_replies(valley, SLUG, ROUND)
    assert said is not None
    words = {row.entry.cvegeo: [letter.words and letter.words.body for letter in row.letters] for row in said.rows}
    assert words == {"98001": [only_words.words], "98002": [None], "98003": []}
    card = find_scorecard(valley, SLUG, "alba")
    assert card is not None
    assert card.replies is not None
    assert [letter.words for letter in card.replies.letters] == [Text(only_words.words)]


def reopened(session: Session) -> dict[str, int]:
    """Alba asked about 1; that was granted; then the round went back to the replies."""
    people = open_replies(session)
    write(session, people["lalo"], ALBA, d1=asking("9"))
    send(session, people["lalo"], ALBA)
    decided_and_back(session, people)
    return people


def decided_and_back(session: Session, people: dict[str, int]) -> None:
    """What Alba asks about 1 is granted, and the round goes back to the replies."""
    move(session, Stage.DECISION)
    request = find_request(session, SLUG, ROUND, "alba", 1, people["rita"])
    assert request is not None
    decide_reply(
        session,
        actor_of(session, people["rita"]),
        edition=SLUG,
        number=ROUND,
        municipality="alba",
        demand=1,
        new=NewDecision(request.reply.id, 0, Verdict.CHANGED, Score(90), "Se contó de nuevo."),
        now_utc=AFTER,
    )
    move(session, Stage.REPLY)


def of_alba(session: Session) -> list[tuple[int, int, Stance, Verdict | None, Rating | None]]:
    """What is published of Alba: demand, letter, stance, verdict, score after."""
    seal(session, ROUND)
    assert verdict(session).is_sound
    said = find_round_replies(session, SLUG, ROUND)
    assert said is not None
    shown = [shown.reply for row in said.rows for shown in row.replies if row.entry.cvegeo == "98001"]
    return [(row.demand, row.letter, row.stance, row.verdict, row.after) for row in shown]


GRANTED = (1, 1, Stance.CORRECTION, Verdict.CHANGED, Score(90))


def test_a_decided_request_takes_no_other_reply_and_is_published_with_its_decision(valley: Session) -> None:
    people = reopened(valley)
    for typed in (AGREED, asking("9,5")):
        with pytest.raises(RequestDecided) as caught:
            write(valley, people["lalo"], ALBA, d1=typed, d2=AGREED)
        assert caught.value.facts["demands"] == [1]
    write(valley, people["lalo"], ALBA, d2=AGREED)
    assert send(valley, people["lalo"], ALBA).number == 2
    assert of_alba(valley) == [GRANTED, (2, 2, Stance.AGREE, None, None)]


def test_what_was_written_before_the_decision_is_not_sent_and_not_lost(valley: Session) -> None:
    people = open_replies(valley)
    write(valley, people["lalo"], ALBA, d1=asking("9"))
    send(valley, people["lalo"], ALBA)
    write(valley, people["lalo"], ALBA, d1=asking("9,5", "A medias."))
    decided_and_back(valley, people)
    sheet = find_office_sheet(valley, SLUG, "alba", ROUND)
    assert sheet is not None
    assert sheet.scores[0].is_closed
    assert sheet.answers == {}
    send(valley, people["lalo"], ALBA)
    now = find_office_sheet(valley, SLUG, "alba", ROUND)
    assert now is not None
    assert now.scores[0].draft is not None
    assert now.scores[0].draft.typed.reason == "A medias."


def test_an_agreement_that_came_after_a_decision_hides_nothing(valley: Session) -> None:
    """Rows of before this was refused: both the request and the later letter stay."""
    people = reopened(valley)
    letter = send(valley, people["lalo"], ALBA)
    valley.add(Reply(letter_id=letter.id, demand_id=ids(valley, ALBA, 1)[1], stance="agree", before_revision=3))
    valley.flush()
    assert of_alba(valley) == [GRANTED]
    said = find_round_replies(valley, SLUG, ROUND)
    assert said is not None
    assert [letter.number for row in said.rows for letter in row.letters if row.entry.cvegeo == "98001"] == [1, 2]
