"""What makes a seed's replies loadable: letters, replies and decisions that refer to one another, texts and salts."""

from collections.abc import Iterable, Iterator

from app.domain.letters import says_something
from app.domain.replies import Verdict, letter_text_key, reply_text_key
from app.domain.seeds import Seed, SeedProblem, SeedRow

_PLACE = ("round", "cvegeo")
_LETTER = (*_PLACE, "letter")
_REPLY = (*_LETTER, "demand")
Keys = set[tuple[str, ...]]


def reply_problems(seed: Seed) -> Iterator[SeedProblem]:
    """Everything wrong with notices, letters, replies and decisions whose cells are readable."""
    letters = {_key(row, (*_PLACE, "number")) for row in seed.tables.get("letters", ())}
    replies = {_key(row, _REPLY) for row in seed.tables.get("replies", ())}
    answering = {_key(row, _LETTER) for row in seed.tables.get("replies", ())}
    cells = {tuple(score[name] for name in (*_PLACE, "demand", "revision")) for score in seed.rows("scores")}
    for row in seed.tables.get("notices", ()):
        if row.values["due_at_utc"] < row.values["notified_at_utc"]:
            yield _problem(row, "due_at_utc", "before-start", row.values["due_at_utc"])
    for row in seed.tables.get("letters", ()):
        key = letter_text_key(row.values["cvegeo"], int(row.values["number"]))
        yield from _text_problems(seed, row, key, {"signatory": "signatory", "position_es": "position"}, ("words_es",))
        said = {_key(row, (*_PLACE, "number"))} & answering
        withdrawn = (row.values["round"], key, "words") in _gone(seed)
        if not (withdrawn or says_something(said, row.values["words_es"])):
            yield _problem(row, "words_es", "letter-empty")
    for row in seed.tables.get("replies", ()):
        if _key(row, _LETTER) not in letters:
            yield _problem(row, "letter", "no-such-letter", "/".join(_key(row, _LETTER)))
        yield from _score_problems(cells, row, "before_revision")
        yield from _text_problems(seed, row, "", {}, ("reason_es",))
    for row in seed.tables.get("decisions", ()):
        yield from _decision_problems(seed, row, replies, cells)
    yield from _decided_twice(seed)


def _decision_problems(seed: Seed, row: SeedRow, replies: Keys, cells: Keys) -> Iterator[SeedProblem]:
    values = row.values
    if _key(row, _REPLY) not in replies:
        yield _problem(row, "demand", "no-such-reply", "/".join(_key(row, _REPLY)))
    if (values["verdict"] == Verdict.CHANGED) != bool(values["after_revision"]):
        yield _problem(row, "after_revision", "revision-of-change", values["after_revision"])
    if values["after_revision"]:
        yield from _score_problems(cells, row, "after_revision")
    key = reply_text_key(values["cvegeo"], int(values["demand"]))
    yield from _text_problems(seed, row, key, {"reason_es": "decision"}, ())


def _decided_twice(seed: Seed) -> Iterator[SeedProblem]:
    """A decided request takes no other in its place: two letters never have a decision on the same score."""
    first: dict[tuple[str, ...], str] = {}
    for row in seed.tables.get("decisions", ()):
        letter = row.values["letter"]
        if first.setdefault(_key(row, (*_PLACE, "demand")), letter) != letter:
            yield _problem(row, "letter", "decided-twice", letter)


def _score_problems(cells: Keys, row: SeedRow, column: str) -> Iterator[SeedProblem]:
    cell = (*_key(row, (*_PLACE, "demand")), row.values[column])
    if cell not in cells:
        yield _problem(row, column, "no-such-score", "/".join(cell))


def _text_problems(
    seed: Seed, row: SeedRow, key: str, needed: dict[str, str], others: Iterable[str]
) -> Iterator[SeedProblem]:
    """Texts stand with their salt; those ``needed`` (column to the text's field) are empty only once withdrawn."""
    gone = _gone(seed)
    for column, field in needed.items():
        if not row.values[column] and (row.values["round"], key, field) not in gone:
            yield _problem(row, column, "empty")
    if any(row.values[name] for name in (*needed, *others)) != bool(row.values["salt"]):
        yield _problem(row, "salt", "salt-with-text")


def _gone(seed: Seed) -> Keys:
    """The withdrawn texts, by round, key and field."""
    return {(w["round"], w["key"], w["field"]) for w in seed.rows("withdrawals")}


def _key(row: SeedRow, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(row.values[name] for name in names)


def _problem(row: SeedRow, column: str, code: str, found: str = "") -> SeedProblem:
    return SeedProblem(row.file, row.line, column, code, found)
