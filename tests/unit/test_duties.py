"""What ticked boxes mean."""

import pytest

from app.domain.duties import Coverage, CoverageRow, DutySheet, Place, Rater, ThemeRow
from app.domain.permissions import Role

ALBA, BRISA = Place(1, "alba", "Alba"), Place(2, "brisa", "Brisa")
SAFETY, OPENNESS = ThemeRow(1, "seguridad", "", "", (1, 2)), ThemeRow(2, "transparencia", "", "", (3,))
EVA = Rater(5, "Eva", frozenset({Role.EVALUATOR}))
ALL_OF_ALBA = {("alba", "seguridad"), ("alba", "transparencia")}
ALL_OF_BRISA = {("brisa", "seguridad"), ("brisa", "transparencia")}


def sheet(**barred: str) -> DutySheet:
    return DutySheet(EVA, "", (ALBA, BRISA), (SAFETY, OPENNESS), (), frozenset(), barred=barred)


@pytest.mark.parametrize(
    ("ticked", "pairs"),
    [
        ([], set()),
        (["alba/seguridad"], {("alba", "seguridad")}),
        (["alba/*"], ALL_OF_ALBA),
        (["*"], ALL_OF_ALBA | ALL_OF_BRISA),
        (["*", "alba/seguridad"], ALL_OF_ALBA | ALL_OF_BRISA),
        (["otro/seguridad", "alba/otro"], set()),
    ],
)
def test_all_means_all_themes_or_everything(ticked: list[str], pairs: set[tuple[str, str]]) -> None:
    assert sheet().chosen(ticked) == pairs


def test_all_leaves_out_a_barred_municipality_but_its_own_box_is_told_to_the_rule() -> None:
    assert sheet(alba="hermana").chosen(["*", "alba/*"]) == ALL_OF_BRISA
    assert sheet(alba="hermana").chosen(["alba/seguridad"]) == {("alba", "seguridad")}


def test_what_is_nobodys_is_named() -> None:
    rows = (
        CoverageRow(ALBA, ((SAFETY, ("Eva",)), (OPENNESS, ()))),
        CoverageRow(BRISA, ((SAFETY, ("Eva",)), (OPENNESS, ("Ema",)))),
    )
    assert Coverage((EVA,), rows).nobodys() == ((ALBA, (OPENNESS,)),)
