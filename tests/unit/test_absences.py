"""Every code of a missing score or place has its words, and every absence its sign."""

from app.absences import CAUSES, SIGNS
from app.domain.ranking import Unplaced
from app.domain.scores import Absence


def test_every_absence_and_every_reason_for_no_place_has_its_words() -> None:
    assert set(CAUSES) == {code.value for code in (*Absence, *Unplaced)}


def test_every_absence_has_a_sign_of_its_own() -> None:
    assert set(SIGNS) == {code.value for code in Absence}
    assert len(set(SIGNS.values())) == len(SIGNS)
