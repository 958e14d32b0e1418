"""Cases of the arithmetic as JSON in ``tests/vectors/``, which the server's rules and the browser's both must meet.

``python -m tests.unit.vectors`` draws the rounds anew and writes what the rules make of them.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

from app.domain.decisions import placed_replies
from app.domain.publications import RoundContent, Standing
from app.domain.replies import PublishedReply, Stance, Verdict
from app.domain.scores import Score
from app.domain.standings import standings
from tests.databases import ROOT
from tests.unit.examples import METHOD, OPENNESS, SAFETY, rating, round_of

FOLDER = ROOT / "tests" / "vectors"
ROUNDS = 200
DECIDED = 60
SEED = 20130619
NAMES = ("Ñandú", "Nogal", "Águila", "Abedul")
FIELDS = (
    *("position", "rated", "applicable", "refused", "rated_weight", "applicable_weight", "exact", "tenths"),
    *("place", "shared", "unplaced", "change_tenths", "change_common", "change_common_weight"),
    *("previous_place", "previous_out_of", "previous_refused"),
)
"""What a row of a ranking states, in the order in which a line of ``rows`` writes it; ``-`` where there is nothing."""

_SCORES = ("0", "3.3", "3.4", "3.5", "5", "5.1", "6.6", "6.7", "7", "7.5", "9.9", "10")
_ABSENCES = ("unrated", "na", "refused", "pending", "unpublished")
Case = dict[str, Any]


def read(name: str) -> Any:
    """A file of cases."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def content_of(case: Case, lines: Mapping[str, str], number: int) -> RoundContent:
    """The round of a case: its lines of ratings under its method, mayors that changed with the later round."""
    least, least_of_theme = case["least"]
    method = replace(
        METHOD,
        overall=case["overall"],
        minimum_coverage_percent=least,
        minimum_theme_coverage_percent=least_of_theme,
        refused_counts_as=Score(0) if case["zero"] else None,
    )
    return round_of(
        lines,
        number=number,
        method=method,
        weights=case["weights"],
        themes=(SAFETY, OPENNESS),
        took_office={name: date(2022, 3, 15) for name in case["new"] if number > 1},
    )


def rows_of(case: Case) -> list[str]:
    """What the server's rules make of a case: each row of each ranking as a line."""
    before = None if case["before"] is None else content_of(case, case["before"], 1)
    return [line_of(row) for row in standings(content_of(case, case["now"], 2), before)]


def line_of(row: Standing) -> str:
    """A row as text: the scope, the municipality, the fields."""
    values = [getattr(row, name) for name in FIELDS]
    return " ".join([str(row.scope), row.cvegeo, *map(_word, values)])


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "-" if value is None else str(getattr(value, "value", value))


def drawn(random: Random) -> Case:
    """A case drawn by chance: one to four municipalities and demands, a round before it three times of four."""
    width = random.randint(1, 4)
    names = random.sample(NAMES, random.randint(1, len(NAMES)))
    earlier = random.sample(NAMES, random.randint(1, len(NAMES)))
    return {
        "overall": random.random() < 0.8,
        "zero": random.random() < 0.3,
        "least": random.choice([[80, 50], [100, 67], [0, 0], [50, 50]]),
        "weights": [random.randint(1, 3) for _ in range(width)],
        "new": random.sample(names, random.choice([0, 0, 1])),
        "now": {name: _line(random, width) for name in names},
        "before": {name: _line(random, width) for name in earlier} if random.random() < 0.75 else None,
    }


def _line(random: Random, width: int) -> str:
    return " ".join(random.choice(_ABSENCES if random.random() < 0.25 else _SCORES) for _ in range(width))


def write(name: str, cases: Sequence[Case]) -> None:
    """Write cases, one a line."""
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    (FOLDER / f"{name}.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def reply_case(random: Random) -> Case:
    """A round with two themes and some of its scores changed by a decision: each as ``name demand before after``."""
    width = random.randint(2, 4)
    names = random.sample(NAMES, random.randint(2, len(NAMES)))
    now = {name: _line(random, width) for name in names}
    cells = random.sample([(name, number) for name in names for number in range(1, width + 1)], random.randint(1, 3))
    changed = [f"{name} {number} {_line(random, 1)} {now[name].split()[number - 1]}" for name, number in cells]
    case = {**drawn(random), "weights": [random.randint(1, 3) for _ in range(width)], "now": now, "new": []}
    return {**case, "before": None, "changed": changed}


def places_of(case: Case) -> list[str]:
    """What the server's rules make of the decisions of a case: the places before and after of each, ``-`` for none."""
    content = content_of(case, case["now"], 1)
    replies = []
    for line in case["changed"]:
        name, number, before, after = line.split()
        request = PublishedReply(name, int(number), 1, Stance.CORRECTION, date(2021, 1, 11), rating(before))
        replies.append(replace(request, verdict=Verdict.CHANGED, after=rating(after)))
    placed = placed_replies(replace(content, replies=tuple(replies)))
    return [f"{row.cvegeo} {row.demand} {_word(row.place_before)} {_word(row.place_after)}" for row in placed]


if __name__ == "__main__":
    chance = Random(SEED)  # noqa: S311 - no secret
    cases = [drawn(chance) for _ in range(ROUNDS)]
    write("rounds", [{**case, "rows": rows_of(case)} for case in cases])
    cases = [reply_case(chance) for _ in range(DECIDED)]
    write("replies", [{**case, "places": places_of(case)} for case in cases])
