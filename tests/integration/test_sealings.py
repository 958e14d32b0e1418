"""Sealing an edition and its rounds: what is refused, what is kept, and what a publication takes (DESIGN §8)."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.errors import NotSealable
from app.domain.manifests import parse, sha256
from app.domain.publications import NO_PREVIOUS, PublicationKind, RoundContent
from app.domain.scores import Score
from app.exports.seeds import read_seed
from app.queries.publications import find_publication, get_edition_content, get_round_content
from app.services.seeds import load_seed
from tests.integration.folders import VALLEY, contents, copy_of, replace_in
from tests.integration.sealing import NOW, REASON, SLUG, actor, chain, seal, verdict
from tests.integration.statements import copy_row, count_rows, run

MISSING_CELL = (
    "INSERT INTO scores (entry_id, demand_id, revision, value_tenths, institution, conflict, source, account_id,"
    " recorded_at_utc) SELECT e.id, d.id, 1, 65, '', '', '', (SELECT id FROM accounts), r.recorded_at_utc"
    " FROM round_entries e, demands d, rounds n, municipalities m, (SELECT max(recorded_at_utc) AS recorded_at_utc"
    " FROM scores) r WHERE n.id = e.round_id AND n.number = 3 AND m.id = e.municipality_id AND m.cvegeo = '98003'"
    " AND d.number = 3"
)


def unsealed(session: Session, tmp_path: Path) -> str:
    """The slug of a second edition, of which nothing is published."""
    folder = copy_of(VALLEY, tmp_path)
    replace_in(folder / "edition.toml", SLUG, "valle-2020-2024")
    for name in ("publications.csv", "withdrawals.csv"):
        (folder / name).write_text((folder / name).read_text().partition("\n")[0] + "\n")
    letters = folder / "letters.csv"  # receipts are unique in the whole database
    letters.write_text(letters.read_text().replace("ALBA-", "OTRA-").replace("NANDU-", "OTRO-"))
    seed = read_seed(folder.name, contents(folder))
    load_seed(session, actor(session), seed=seed, now_utc=NOW)
    return seed.slug


def refused(session: Session, round_number: int, **how: object) -> NotSealable:
    """Why a sealing is refused. It must leave nothing behind."""
    before = count_rows(session)
    with pytest.raises(NotSealable) as caught:
        seal(session, round_number, **how)  # type: ignore[arg-type] # handed on as given
    assert count_rows(session) == before
    assert verdict(session).is_sound
    return caught.value


# --- what is refused ---


@pytest.mark.parametrize("round_number", [0, 1])
def test_an_edition_that_does_not_exist_is_not_sealed(round_number: int, valley: Session) -> None:
    assert refused(valley, round_number, slug="otra-2020-2023").code == "edition-unknown"


def test_a_round_that_does_not_exist_is_not_sealed(valley: Session) -> None:
    assert refused(valley, 4).code == "round-unknown"


def test_an_edition_without_demands_is_not_sealed(valley: Session) -> None:
    run(valley, copy_row("editions", slug="'vacia-2020-2023'"))
    assert refused(valley, 0, slug="vacia-2020-2023").code == "edition-incomplete"


def test_a_round_is_not_sealed_before_its_method(valley: Session, tmp_path: Path) -> None:
    slug = unsealed(valley, tmp_path)
    assert refused(valley, 1, slug=slug).code == "edition-not-sealed"


def test_a_round_with_an_unresolved_cell_is_not_sealed_and_the_cell_is_named(valley: Session) -> None:
    error = refused(valley, 3)
    assert error.code == "cells-unresolved"
    assert "98003" in str(error.facts["cells"])


def test_a_published_round_is_not_sealed_again_without_a_reason(valley: Session) -> None:
    assert refused(valley, 1).code == "correction-needs-reason"


def test_a_round_that_was_never_published_is_not_corrected(valley: Session) -> None:
    run(valley, MISSING_CELL)
    assert refused(valley, 3, reason=REASON).code == "nothing-to-correct"


def test_nothing_is_sealed_at_a_time_before_the_last_publication(valley: Session) -> None:
    last = chain(valley)[-1].sealed_at_utc
    earlier = last - timedelta(seconds=1)
    assert refused(valley, 0, at=earlier).code == "sealed-before-previous"
    assert refused(valley, 1, at=earlier, reason=REASON).code == "sealed-before-previous"
    assert seal(valley, 1, at=last, reason=REASON).sequence == 5


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE editions SET jump_limit_tenths = 20",
        "UPDATE editions SET overall = NOT overall",
        "UPDATE editions SET refused_counts_as_tenths = 0",
        "UPDATE editions SET minimum_coverage_percent = 70",
        "UPDATE demands SET weight = 3 WHERE number = 1",
        "UPDATE demands SET criterion_es = 'Otro' WHERE number = 1",
        "UPDATE themes SET name_es = 'Otro' WHERE position = 1",
    ],
)
def test_the_method_does_not_change_once_a_round_is_published(change: str, valley: Session) -> None:
    run(valley, change)
    assert refused(valley, 0).code == "method-already-used"


def test_before_the_first_round_the_method_may_still_change(valley: Session, tmp_path: Path) -> None:
    slug = unsealed(valley, tmp_path)
    assert seal(valley, 0, slug=slug).number == 1
    run(valley, f"UPDATE editions SET jump_limit_tenths = 20 WHERE slug = '{slug}'")  # noqa: S608
    assert seal(valley, 0, slug=slug).number == 2


def test_what_the_working_tables_say_of_the_method_since_does_not_count(valley: Session) -> None:
    run(valley, "UPDATE demands SET weight = 9")
    run(valley, "UPDATE editions SET minimum_coverage_percent = 1")
    seal(valley, 1, reason=REASON)
    assert verdict(valley).is_sound
    content = get_round_content(valley, chain(valley)[-1].id)
    assert [demand.weight for demand in content.demands] == [1, 2, 1]
    assert content.method.minimum_coverage_percent == 80


# --- what is kept ---


def test_a_round_is_sealed_once_all_its_cells_are_resolved(valley: Session) -> None:
    run(valley, MISSING_CELL)
    sealed = seal(valley, 3)
    assert (sealed.kind, sealed.number, sealed.sequence) == (PublicationKind.ROUND, 1, 5)
    assert verdict(valley).is_sound


def test_a_sealed_round_is_published(valley: Session) -> None:
    stage = text("SELECT stage FROM rounds WHERE number = 3")
    run(valley, MISSING_CELL)
    assert valley.scalar(stage) == "rating"
    seal(valley, 3)
    assert valley.scalar(stage) == "published"


def test_a_correction_is_numbered_and_what_it_corrects_stays(valley: Session) -> None:
    before = {row.sequence: row.sha256 for row in chain(valley)}
    sealed = seal(valley, 2, reason=REASON)
    assert (sealed.kind, sealed.number, sealed.sequence) == (PublicationKind.CORRECTION, 2, 5)
    after = {row.sequence: row.sha256 for row in chain(valley)}
    assert after == {**before, 5: sealed.sha256}
    assert seal(valley, 2, reason=REASON).number == 3
    assert find_publication(valley, SLUG, 2, 1) is not None
    assert verdict(valley).is_sound


def test_each_publication_holds_the_checksum_of_the_one_before(valley: Session) -> None:
    seal(valley, 1, reason=REASON)
    links = chain(valley)
    assert [row.previous_sha256 for row in links] == [NO_PREVIOUS, *(row.sha256 for row in links[:-1])]
    for row in links:
        assert sha256(row.manifest) == row.sha256
        assert row.manifest.decode().splitlines()[1] == f"publication,,previous_sha256,{row.previous_sha256}"


def test_a_round_names_the_method_and_the_publication_it_is_compared_with(valley: Session) -> None:
    edition, first, second, correction = chain(valley)
    assert [row.edition_sha256 for row in (first, second, correction)] == [edition.sha256] * 3
    assert (first.compared_with_sha256, correction.compared_with_sha256) == ("", "")
    assert second.compared_with_sha256 == first.sha256
    seal(valley, 2, reason=REASON)
    assert chain(valley)[-1].compared_with_sha256 == correction.sha256


def test_each_sealing_leaves_a_row_in_the_audit_log(valley: Session) -> None:
    seal(valley, 1, reason=REASON)
    query = "SELECT subject, after FROM audit_events WHERE action = 'publication.sealed' ORDER BY id"
    events = [(subject, json.loads(after)) for subject, after in valley.execute(text(query))]
    assert [subject for subject, _ in events] == [f"{SLUG}/{row.sequence}" for row in chain(valley)]
    assert [after["sha256"] for _, after in events] == [row.sha256 for row in chain(valley)]


# --- what a publication takes ---


def rating(session: Session, number: int) -> tuple[int, object]:
    """Revision and rating of Ñandú in demand 1, in that publication of round 1."""
    row = find_publication(session, SLUG, 1, number)
    assert row is not None
    content = parse(row.manifest).content
    assert isinstance(content, RoundContent)
    score = next(score for score in content.scores if (score.cvegeo, score.demand) == ("98003", 1))
    return score.revision, score.rating


def test_a_seal_takes_the_revision_in_force_at_its_moment(valley: Session) -> None:
    assert rating(valley, 1) == (2, Score(95))
    assert rating(valley, 2) == (3, Score(40))


@pytest.mark.parametrize(("seconds", "revision"), [(-1, 3), (0, 4), (1, 4)])
def test_a_revision_counts_from_the_second_it_was_recorded(seconds: int, revision: int, valley: Session) -> None:
    cell = "revision = 3"
    run(valley, copy_row("scores", cell, revision=4, value_tenths=11, recorded_at_utc=":at"), at=stored(NOW, valley))
    seal(valley, 1, reason=REASON, at=NOW + timedelta(seconds=seconds))
    assert rating(valley, 3)[0] == revision


def stored(moment: datetime, session: Session) -> object:
    """A moment as raw SQL hands it to the database."""
    return moment if session.get_bind().dialect.name == "postgresql" else moment.strftime("%Y-%m-%d %H:%M:%S.000000")


def test_an_edition_states_only_the_mandates_begun_by_then(valley: Session) -> None:
    first = get_edition_content(valley, chain(valley)[0].id)
    known = {(row.cvegeo, row.mayor): row.ends_on for row in first.mandates}
    assert known == {("98001", "Ana Alba"): None, ("98002", "Blas Brisa"): None, ("98003", "Ñico Ñandú"): None}
    seal(valley, 0, at=datetime(2021, 4, 3, tzinfo=UTC))
    later = get_edition_content(valley, chain(valley)[-1].id)
    assert {row.mayor: row.ends_on and row.ends_on.isoformat() for row in later.mandates} == {
        "Ana Alba": None,
        "Blas Brisa": "2021-02-01",
        "Berta Brisa": None,
        "Ñico Ñandú": None,
    }
    assert verdict(valley).is_sound


def test_the_day_of_an_edition_is_that_of_its_own_zone(valley: Session) -> None:
    run(valley, "UPDATE mandates SET starts_on = '2021-06-01', ends_on = NULL WHERE mayor = 'Ana Alba'")
    at_night = datetime(2021, 6, 1, 4, 59, tzinfo=UTC)  # still 31 May in Monterrey
    for moment, expected in ((at_night, False), (at_night + timedelta(minutes=1), True)):
        seal(valley, 0, at=moment)
        mandates = get_edition_content(valley, chain(valley)[-1].id).mandates
        assert ("Ana Alba" in {row.mayor for row in mandates}) == expected


def test_a_round_is_answered_for_by_the_mayor_of_its_last_day(valley: Session) -> None:
    mayors = [
        [entry.mayor for entry in get_round_content(valley, row.id).entries if entry.cvegeo == "98002"]
        for row in chain(valley)[1:3]
    ]
    assert mayors == [["Blas Brisa"], ["Berta Brisa"]]
