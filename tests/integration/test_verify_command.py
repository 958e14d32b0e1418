"""`flask publications verify` and `seal`: what they say, and how they end."""
# ruff: noqa: S608 - raw SQL is what these tests are about

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.cli.sentences import finding_line
from app.domain.verification import Finding
from app.models import guards
from app.models.engines import make_engine
from tests.integration.commands import Answer, Commands
from tests.integration.folders import DEMONSTRATION, REAL, SLUGS
from tests.integration.sealing import SLUG, chain, verdict
from tests.integration.statements import run
from tests.integration.test_seeds import Line, rows


def change(url: str, *statements: str) -> None:
    """Change a database past the code; its triggers are away for that moment only."""
    engine = make_engine(url)
    with Session(engine.execution_options(write=True)) as session:
        guards.remove(session.connection())
        for statement in statements:
            run(session, statement)
        guards.install(session.connection())
        session.commit()
    engine.dispose()


def heads(url: str, slug: str = SLUG) -> list[str]:
    """The checksums of a chain, in its order."""
    engine = make_engine(url)
    with Session(engine) as session:
        found = [row.sha256 for row in chain(session, slug)]
    engine.dispose()
    return found


def findings(url: str) -> tuple[Finding, ...]:
    engine = make_engine(url)
    with Session(engine) as session:
        found = verdict(session).findings
    engine.dispose()
    return found


def verify(line: Commands, *arguments: str) -> Answer:
    return line("publications", "verify", *arguments)


def test_both_seeds_are_sound_and_their_heads_are_told(seeded_database_url: str, commands: Line) -> None:
    answer = verify(commands(seeded_database_url))
    assert answer.exit_code == 0
    assert len(answer.lines) == 2
    for text, slug in zip(answer.lines, sorted((SLUGS[REAL], SLUGS[DEMONSTRATION])), strict=True):
        assert text.startswith(slug)
        assert heads(seeded_database_url, slug)[-1] in text


def test_one_edition_may_be_asked_about_alone(seeded_database_url: str, commands: Line) -> None:
    answer = verify(commands(seeded_database_url), SLUGS[REAL])
    assert (answer.exit_code, len(answer.lines)) == (0, 1)


def test_where_nothing_is_published_nothing_is_wrong(database_url: str, commands: Line) -> None:
    line = commands(database_url)
    assert verify(line).exit_code == 0
    assert verify(line, SLUG).exit_code == 1


@pytest.mark.parametrize(
    ("statement", "sequence", "place"),
    [
        pytest.param(
            "UPDATE sealed_scores SET value_tenths = 90 WHERE cvegeo = '98001' AND demand = 1 AND publication_id = 2",
            2,
            "score 98001/1 rating",
            id="a-frozen-row",
        ),
        pytest.param(
            "UPDATE sealed_texts SET body = 'Otra.' WHERE key = 'correction' AND publication_id = 4",
            4,
            "text correction reason",
            id="a-text",
        ),
        pytest.param(
            "UPDATE sealed_mandates SET mayor = 'Otra' WHERE cvegeo = '98001'",
            1,
            "mandate 98001/2020-10-01 mayor",
            id="a-mandate",
        ),
        pytest.param(
            "UPDATE publications SET previous_sha256 = sha256 WHERE sequence = 3",
            3,
            "publication previous_sha256",
            id="a-link",
        ),
    ],
)
def test_what_was_changed_is_told_with_its_publication_and_place(
    statement: str, sequence: int, place: str, valley_url: str, commands: Line
) -> None:
    change(valley_url, statement)
    answer = verify(commands(valley_url))
    assert answer.exit_code == 1
    (found,) = findings(valley_url)
    assert (found.sequence, found.place) == (sequence, place)
    assert answer.lines == [finding_line(SLUG, found)]
    assert SLUG in answer.text
    assert str(sequence) in answer.text
    assert place in answer.text


def test_a_spoilt_edition_is_told_beside_a_sound_one(seeded_database_url: str, commands: Line) -> None:
    slug = SLUGS[REAL]
    mine = f"publication_id = (SELECT id FROM publications WHERE edition_slug = '{slug}' AND sequence = 2)"
    change(
        seeded_database_url,
        f"UPDATE sealed_scores SET value_tenths = 100 WHERE cvegeo = '19026' AND demand = 4 AND {mine}",
    )
    answer = verify(commands(seeded_database_url))
    assert answer.exit_code == 1
    assert heads(seeded_database_url, SLUGS[DEMONSTRATION])[-1] in answer.text
    assert "score 19026/4 rating" in answer.text


# --- the head that somebody noted ---


def test_any_checksum_of_the_chain_may_be_the_head_that_was_noted(valley_url: str, commands: Line) -> None:
    for head in heads(valley_url):
        assert verify(commands(valley_url), SLUG, "--head", head).exit_code == 0
    assert verify(commands(valley_url), "--head", heads(valley_url)[-1]).exit_code == 0


def test_a_chain_cut_short_is_told_to_who_noted_its_head(valley_url: str, commands: Line) -> None:
    head = heads(valley_url)[-1]
    rest = (f"DELETE FROM {table} WHERE publication_id = 4" for table in (*guards.SEALED_TABLES, "sealed_texts"))
    change(valley_url, *rest, "DELETE FROM publications WHERE id = 4")
    assert verify(commands(valley_url)).exit_code == 0
    answer = verify(commands(valley_url), SLUG, "--head", head)
    assert answer.exit_code == 1
    assert head in answer.text


def test_a_head_without_its_edition_is_refused_where_there_are_several(
    seeded_database_url: str, commands: Line
) -> None:
    head = heads(seeded_database_url, SLUGS[REAL])[-1]
    assert verify(commands(seeded_database_url), "--head", head).exit_code == 1
    assert verify(commands(seeded_database_url), SLUGS[REAL], "--head", head).exit_code == 0


# --- sealing ---


def test_sealing_is_a_trial_until_it_is_committed(valley_url: str, commands: Line) -> None:
    before = rows(valley_url)
    line: Callable[..., Answer] = commands(valley_url)
    answer = line("publications", "seal", SLUG, 1, "--reason", "Se capturó mal.")
    assert answer.exit_code == 0
    assert rows(valley_url) == before
    answer = line("publications", "seal", SLUG, 1, "--reason", "Se capturó mal.", "--commit")
    assert answer.exit_code == 0
    assert heads(valley_url)[4:] == [head for head in heads(valley_url) if head in answer.text]
    assert verify(commands(valley_url)).exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("otra-2020-2023",),
        ("otra-2020-2023", "1"),
        (SLUG, "1"),
        (SLUG, "1", "--reason", ""),
        (SLUG, "3"),
        (SLUG, "9"),
        (SLUG, "3", "--reason", "Porque sí."),
    ],
    ids=" ".join,
)
def test_what_cannot_be_sealed_is_told_and_nothing_is_written(
    arguments: tuple[str, ...], valley_url: str, commands: Line
) -> None:
    before = rows(valley_url)
    answer = commands(valley_url)("publications", "seal", *arguments, "--commit")
    assert answer.exit_code == 1
    assert rows(valley_url) == before


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999", "1.5", "x", ""])
def test_a_round_is_a_plain_number(number: str, commands: Line, tmp_path: Path) -> None:
    assert commands(f"sqlite:///{tmp_path / 'none.db'}")("publications", "seal", SLUG, "--", number).exit_code == 2
