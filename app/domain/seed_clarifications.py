"""What makes a seed's clarifications loadable: they quote its wordings, change no number, and are sealed one by one."""

from collections.abc import Iterator

from app.domain.clarifications import Passages, Wording, problems_of
from app.domain.publications import PublicationKind
from app.domain.seed_columns import Row
from app.domain.seeds import Seed, SeedProblem, SeedRow
from app.domain.wordings import OF_A_DEMAND, OF_THE_EDITION


def clarification_problems(seed: Seed) -> Iterator[SeedProblem]:
    """Everything wrong with the clarifications of a seed whose cells are readable."""
    wordings = {wording.subject: wording for wording in _wordings(seed)}
    sealed = [row["sealed_at_utc"] for row in seed.rows("publications") if row["kind"] == PublicationKind.EDITION]
    for position, row in enumerate(seed.tables.get("clarifications", ()), start=1):
        values = row.values
        if int(values["position"]) != position:
            yield _problem(row, "position", "out-of-sequence", values["position"])
        wording = wordings.get(values["subject"])
        if wording is None:
            yield _problem(row, "subject", "unknown", values["subject"])
            continue
        for code, language in problems_of(wording, passages_of(values)):
            yield _problem(row, f"says_{language or 'es'}", code)
        if not sealed or not min(sealed) < values["recorded_at_utc"] <= max(sealed):
            yield _problem(row, "recorded_at_utc", "clarification-unsealed", values["recorded_at_utc"])


def passages_of(row: Row) -> Passages:
    """What a row says should read otherwise."""
    return Passages(row["says_es"], row["reads_es"], row["says_en"], row["reads_en"])


def _wordings(seed: Seed) -> Iterator[Wording]:
    for row in seed.rows("edition"):
        yield from (_wording("edition", row, field) for field in OF_THE_EDITION)
    for row in seed.rows("themes"):
        yield _wording(f"theme:{row['key']}", row, "name")
    for row in seed.rows("demands"):
        yield from (_wording(f"demand:{row['number']}", row, field) for field in OF_A_DEMAND)


def _wording(owner: str, row: Row, field: str) -> Wording:
    return Wording(f"{owner}/{field}", row[f"{field}_es"], row[f"{field}_en"])


def _problem(row: SeedRow, column: str, code: str, found: str = "") -> SeedProblem:
    return SeedProblem(row.file, row.line, column, code, found)
