"""Finding a municipality: the same examples bind the browser's search, in tests/journeys/test_search.py."""

import json
import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.editions import Gender
from app.domain.search import Findable, Hit, Strength, Tenure, clear_hit, find, fold, is_one_slip_away
from tests.databases import ROOT

VECTORS = json.loads((ROOT / "tests" / "vectors" / "search.json").read_text())
LETTERS = "abcdefghijklmnñopqrstuvwxyzáéíóúü"
WORDS = st.text(LETTERS, min_size=1, max_size=10)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
LONG_NAMES = NAMES.filter(lambda name: len(fold(name).replace(" ", "")) >= 5)


def place(key: str, name: str, mayors: Sequence[str] = (), aliases: Sequence[str] = ()) -> Findable:
    tenures = tuple(Tenure(mayor, Gender.FEMALE, 2021, 2024) for mayor in mayors)
    return Findable(key, "edicion-2021", key, name, tenures, tuple(aliases))


INDEX = [place(row["key"], row["name"], row["mayors"], row["aliases"]) for row in VECTORS["index"]]


def written(hit: Hit) -> str:
    return f"{hit.row.key} {hit.tenure.mayor}" if hit.tenure else hit.row.key


def index_of(names: Sequence[str]) -> list[Findable]:
    return [place(str(number), name) for number, name in enumerate(names)]


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["rule"])
def test_a_text_finds(case: dict[str, object]) -> None:
    limit = case.get("limit", 20)
    assert isinstance(limit, int)
    assert [written(hit) for hit in find(INDEX, str(case["text"]), limit)] == case["found"]


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("Monterrey", Strength.EXACT),
        ("SPGG", Strength.EXACT),
        ("monte", Strength.PREFIX),
        ("sultana", Strength.ALIAS),
        ("monterey", Strength.SLIP),
    ],
)
def test_how_well_a_text_fits(text: str, strength: Strength) -> None:
    assert find(INDEX, text, 1)[0].strength is strength


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        pytest.param("zapopan", None, id="none"),
        pytest.param("monterey", "8", id="alone"),
        pytest.param("garcia", "4", id="alone in fitting exactly"),
        pytest.param("apodaca", "2", id="a place before a mayor of that name"),
        pytest.param("apodca", None, id="two slips alike"),
        pytest.param("san", None, id="several"),
    ],
)
def test_one_is_meant_beyond_doubt_or_none(text: str, meant: str | None) -> None:
    hit = clear_hit(find(INDEX, text, 20))
    assert (hit.row.key if hit else None) == meant


def test_a_beginning_with_only_a_slip_behind_it_is_clear() -> None:
    hits = find(index_of(["casas", "cosala"]), "casa", 9)
    assert [hit.strength for hit in hits] == [Strength.PREFIX]
    hits = find(index_of(["casasola", "cosasola"]), "casas", 9)
    assert [hit.strength for hit in hits] == [Strength.PREFIX, Strength.SLIP]
    assert clear_hit(hits) == hits[0]


def test_a_beginning_with_an_alias_behind_it_is_not_clear() -> None:
    hits = find([place("1", "Casasola"), place("2", "Otra", aliases=["Casa Grande"])], "casa", 9)
    assert [hit.strength for hit in hits] == [Strength.PREFIX, Strength.ALIAS]
    assert clear_hit(hits) is None


@pytest.mark.parametrize("text", ["9" * 4301, "a" * 10_000, "\x00" * 100, "ab " * 2000, "\u202eabc", "\ud800"])
def test_hostile_input_is_input(text: str) -> None:
    assert find(INDEX, text, 20) == ()


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("", "", True),
        ("a", "", True),
        ("ab", "ba", True),
        ("abcd", "abcd", True),
        ("abcd", "abd", True),
        ("abd", "abcd", True),
        ("abcd", "abxd", True),
        ("abcd", "abdc", True),
        ("abcd", "badc", False),
        ("abcd", "ab", False),
        ("abcd", "axxd", False),
        ("abcde", "bcdea", False),
        ("ab", "bca", False),
    ],
)
def test_one_slip_is_one_letter_or_two_neighbours(one: str, other: str, *, near: bool) -> None:
    assert is_one_slip_away(one, other) is near
    assert is_one_slip_away(other, one) is near


@given(names=st.lists(NAMES, min_size=1, max_size=8), at=st.integers(min_value=0))
def test_any_name_finds_itself_before_all_that_do_not_bear_it(names: list[str], at: int) -> None:
    name = names[at % len(names)]
    hits = find(index_of(names), name, len(names))
    assert fold(hits[0].row.name) == fold(name)
    assert str(at % len(names)) in {hit.row.key for hit in hits}


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """A name, and the same with one letter too many, too few, wrong, or swapped."""
    name = draw(LONG_NAMES)
    at, letter = draw(st.integers(0, len(name) - 1)), draw(st.sampled_from(LETTERS))
    head, tail = name[:at], name[at:]
    slipped = (head + letter + tail, head + tail[1:], head + letter + tail[1:], head + tail[1::-1] + tail[2:])
    return name, draw(st.sampled_from(slipped))


@given(pair=slips(), others=st.lists(NAMES, max_size=6))
def test_one_slip_in_a_long_name_still_finds_it(pair: tuple[str, str], others: list[str]) -> None:
    name, typed = pair
    assume(len(fold(typed).replace(" ", "")) >= 4)
    rows = index_of([*others, name])
    assert rows[-1].key in {hit.row.key for hit in find(rows, typed, len(rows))}


@given(names=st.lists(NAMES, min_size=1, max_size=6), text=NAMES)
def test_case_and_accents_never_matter(names: list[str], text: str) -> None:
    plain = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    found = find(index_of(names), text, 9)
    assert found == find(index_of(names), text.upper(), 9) == find(index_of(names), plain, 9)
    in_capitals = find(index_of([name.upper() for name in names]), text, 9)
    assert [hit.row.key for hit in found] == [hit.row.key for hit in in_capitals]


@given(names=st.lists(NAMES, max_size=8), text=st.text(max_size=120), limit=st.integers(-1, 10))
def test_any_text_gives_at_most_the_limit_in_order_of_strength(names: list[str], text: str, limit: int) -> None:
    hits = find(index_of(names), text, limit)
    assert len(hits) <= max(0, limit)
    assert [hit.strength for hit in hits] == sorted(hit.strength for hit in hits)
    assert len({hit.row.key for hit in hits}) == len(hits)
