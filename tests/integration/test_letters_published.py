"""Which letters of a municipality are published with a round."""

from sqlalchemy.orm import Session

from app.domain.letters import Signing
from app.domain.texts import Text
from app.queries.answers import find_round_replies
from app.queries.scorecards import find_scorecard
from tests.answers import AGREED, ALBA, BRISA, ROUND, open_replies, send, write
from tests.integration.sealing import SLUG, seal, verdict


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
