"""What can be found is what has a scorecard, in the editions that the reader means."""

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.domain.fronts import EditionGlance
from app.domain.search import Findable
from app.queries.editions import find_edition_glance, get_home
from app.queries.places import find_places
from app.queries.search import get_search_index, search
from tests.integration.folders import DEMONSTRATION, REAL, SLUGS

INVENTED = SLUGS[DEMONSTRATION]


def index_of(session: Session, slug: str | None = None) -> tuple[Findable, ...]:
    found = get_search_index(session, slug)
    assert found is not None
    return found.rows


def queries_of(session: Session, ask: Callable[[], object]) -> int:
    """How many SELECTs a question costs."""
    asked: list[str] = []
    ask()  # the first query of a session also begins its transaction
    session.expunge_all()
    engine = session.get_bind()

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    ask()
    event.remove(engine, "before_cursor_execute", note)
    return len(asked)


def test_the_search_of_the_site_never_finds_invented_places(seeded: Session) -> None:
    assert {row.edition for row in index_of(seeded)} == {SLUGS[REAL]}
    assert len(index_of(seeded)) == 9


def test_the_search_of_an_edition_finds_its_own_places_only(seeded: Session) -> None:
    assert {row.edition for row in index_of(seeded, INVENTED)} == {INVENTED}


def test_places_stand_in_spanish_order(seeded: Session) -> None:
    names = [row.name for row in index_of(seeded, INVENTED)]
    assert names[:2] == ["Ámbar de la Sierra", "Brumares"]
    assert names.index("Ñandarí") == names.index("Nogalinda") + 1


def test_every_mayor_who_was_evaluated_is_found_with_the_years_of_the_mandate(seeded: Session) -> None:
    (row,) = (row for row in index_of(seeded, INVENTED) if row.slug == "villa-toribia")
    held = [(tenure.mayor, tenure.first_year, tenure.last_year) for tenure in row.tenures]
    assert [name for name, *_ in held] == ["Leocadia Montúfar Olmedo", "Abundio Salvatierra Rentería"]
    assert held[0][2] == 2027
    assert held[1][1:] == (2024, held[0][1])


@pytest.mark.parametrize(("alias", "slug"), [("spgg", "san-pedro-garza-garcia"), ("Mty", "monterrey")])
def test_a_place_is_found_by_what_people_call_it(seeded: Session, alias: str, slug: str) -> None:
    found = search(seeded, alias)
    assert found is not None
    assert found.clear is not None
    assert found.clear.slug == slug


def test_an_unknown_edition_has_no_search(seeded: Session) -> None:
    assert get_search_index(seeded, "no-existe-2020") is None
    assert search(seeded, "monterrey", "no-existe-2020") is None


def test_who_finds_nothing_is_shown_what_there_is(seeded: Session) -> None:
    found = search(seeded, "zapopan")
    assert found is not None
    assert (found.hits, found.clear) == ((), None)
    assert len(found.suggestions) == 9
    assert found.newest is not None
    assert found.newest.slug == SLUGS[REAL]


def test_before_anything_is_published_the_search_is_empty(session: Session) -> None:
    found = search(session, "monterrey")
    assert found is not None
    assert (found.hits, found.suggestions, found.newest) == ((), (), None)


@pytest.mark.parametrize("slug", [SLUGS[REAL], INVENTED])
def test_a_search_costs_three_queries_however_many_rounds_there_are(seeded: Session, slug: str) -> None:
    assert queries_of(seeded, partial(search, seeded, "san", slug)) == 3


def test_fronts_and_lists_cost_a_fixed_number_of_queries(seeded: Session) -> None:
    for slug in (SLUGS[REAL], INVENTED):
        assert queries_of(seeded, partial(find_edition_glance, seeded, slug)) <= 24
        assert queries_of(seeded, partial(find_places, seeded, slug, 1)) <= 14
    assert queries_of(seeded, partial(get_home, seeded, show_demonstration=True)) <= 18


def test_a_list_says_where_each_stands_in_the_first_ranking_with_places(seeded: Session) -> None:
    real, invented = find_places(seeded, SLUGS[REAL], 1), find_places(seeded, INVENTED, 1)
    assert real is not None
    assert invented is not None
    assert (real.theme.key if real.theme else None, real.out_of) == ("seguridad", 9)
    assert (invented.theme, invented.out_of) == (None, 7)
    tenths = {row.municipality.slug: row.standing.tenths for row in real.rows if row.standing}
    assert tenths["san-pedro-garza-garcia"] == 85


def test_a_front_names_the_largest_moves_each_way(seeded: Session) -> None:
    glance = find_edition_glance(seeded, INVENTED)
    assert isinstance(glance, EditionGlance)
    assert glance.newest is not None
    rises = [row.standing.change_tenths for row in glance.newest.moves.rises.rows]
    falls = [row.standing.change_tenths for row in glance.newest.moves.falls.rows]
    assert rises == [3, 3, 2]
    assert falls == [-5]
