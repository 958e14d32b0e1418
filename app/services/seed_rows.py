"""The rows of a seed, written into the working tables in the order in which they refer to one another."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from app.domain.permissions import Actor
from app.domain.publications import distinction_text_key, evidence_text_key, score_text_key, text_sha256
from app.domain.scores import Score
from app.domain.seed_checks import covers
from app.domain.seed_tables import BY_NAME, Row, moment_of
from app.domain.seeds import Seed
from app.language import sort_key
from app.models import editions, mandates, places, scores
from app.models.base import Base
from app.models.publications import Withdrawal
from app.models.sealed import SealedText
from app.queries import seed_ids
from app.queries.drafts import find_edition


@dataclass(frozen=True)
class NewRows:
    """A seed and the (table, key) of its rows that the database lacks."""

    seed: Seed
    missing: frozenset[tuple[str, str]]

    def of(self, table: str) -> Iterator[Row]:
        """The rows of a table to be written."""
        key_of = BY_NAME[table].key_of
        return (row for row in self.seed.rows(table) if (table, "/".join(key_of(row))) in self.missing)


def write_rows(session: Session, actor: Actor, new: NewRows) -> None:
    """Write every new row but the publications, which are sealed and not written."""
    edition_id = _write_edition(session, new)
    _write_rules(session, new, edition_id)
    _write_places(session, new, edition_id)
    _write_rounds(session, new, edition_id)
    _write_texts(session, new)
    _write_scores(session, actor, new, edition_id)
    _write_distinctions(session, new, edition_id)
    _write_withdrawals(session, actor, new)


def _insert(session: Session, table: type[Base], rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(table), rows)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _words(row: Row, *left_out: str) -> dict[str, str]:
    return {name: text for name, text in row.items() if name not in left_out}


def _write_edition(session: Session, new: NewRows) -> int:
    for row in new.of("edition"):
        method = next(iter(new.seed.rows("method")))
        counts_as = method["refused_counts_as"]
        values = {
            **_words(row, "starts_on", "ends_on"),
            "starts_on": _day(row["starts_on"]),
            "ends_on": _day(row["ends_on"]),
            "overall": method["overall"] == "true",
            "minimum_coverage_percent": int(method["minimum_coverage_percent"]),
            "minimum_theme_coverage_percent": int(method["minimum_theme_coverage_percent"]),
            "jump_limit_tenths": Score.from_text(method["jump_limit"]).tenths,
            "refused_counts_as_tenths": Score.from_text(counts_as).tenths if counts_as else None,
        }
        _insert(session, editions.Edition, [values])
    edition = find_edition(session, new.seed.slug)
    if edition is None:
        raise LookupError(new.seed.slug)
    return edition.id


def _positions(new: NewRows, table: str) -> dict[str, int]:
    return {row["key"]: position for position, row in enumerate(new.seed.rows(table), start=1)}


def _write_rules(session: Session, new: NewRows, edition_id: int) -> None:
    of_edition = {"edition_id": edition_id}
    positions = _positions(new, "themes")
    themes = [{**row, **of_edition, "position": positions[row["key"]]} for row in new.of("themes")]
    _insert(session, editions.Theme, themes)
    positions = _positions(new, "sources")
    sources = [
        {**row, **of_edition, "position": positions[row["key"]], "published_on": _day(row["published_on"])}
        for row in new.of("sources")
    ]
    _insert(session, editions.Source, sources)
    ids = seed_ids.map_themes(session, edition_id)
    demands = [
        {
            **_words(row, "theme"),
            **of_edition,
            "theme_id": ids[row["theme"]],
            "number": int(row["number"]),
            "weight": int(row["weight"]),
        }
        for row in new.of("demands")
    ]
    _insert(session, editions.Demand, demands)
    _insert(session, editions.Organisation, [{**row, **of_edition} for row in new.of("organisations")])


def _write_places(session: Session, new: NewRows, edition_id: int) -> None:
    rows = list(new.of("municipalities"))
    known = seed_ids.map_municipalities(session)
    unknown = [
        {**{name: row[name] for name in ("cvegeo", "slug", "name")}, "sort_key": sort_key(row["name"])}
        for row in rows
        if row["cvegeo"] not in known
    ]
    _insert(session, places.Municipality, unknown)
    ids = seed_ids.map_municipalities(session)
    taking_part = [
        {
            **_words(row, "cvegeo", "slug", "name"),
            "edition_id": edition_id,
            "municipality_id": ids[row["cvegeo"]],
            "population": int(row["population"]) if row["population"] else None,
        }
        for row in rows
    ]
    _insert(session, editions.EditionMunicipality, taking_part)
    held = seed_ids.map_mandates(session)
    terms = [
        {
            **_words(row, "cvegeo"),
            "municipality_id": ids[row["cvegeo"]],
            "starts_on": _day(row["starts_on"]),
            "ends_on": _day(row["ends_on"]),
        }
        for row in new.of("mandates")
        if (row["cvegeo"], row["starts_on"]) not in held
    ]
    _insert(session, mandates.Mandate, terms)


def _write_rounds(session: Session, new: NewRows, edition_id: int) -> None:
    dates = ("starts_on", "ends_on", "publication_due_on", "source_published_on")
    rounds = [
        {
            **_words(row, *dates),
            **{name: _day(row[name]) for name in dates},
            "edition_id": edition_id,
            "number": int(row["number"]),
        }
        for row in new.of("rounds")
    ]
    _insert(session, editions.Round, rounds)
    _write_entries(session, new, edition_id)


def _write_entries(session: Session, new: NewRows, edition_id: int) -> None:
    """Each municipality's part in each round, answered for by the mayor in office on the period's last day."""
    present = seed_ids.map_entries(session, edition_id)
    rounds = seed_ids.map_rounds(session, edition_id)
    towns, terms = seed_ids.map_municipalities(session), seed_ids.map_mandates(session)
    by_town: dict[str, list[Row]] = {}
    for mandate in new.seed.rows("mandates"):
        by_town.setdefault(mandate["cvegeo"], []).append(mandate)
    entries = []
    for row in new.seed.rows("rounds"):
        last_day = date.fromisoformat(row["ends_on"])
        for town in new.seed.rows("municipalities"):
            if (row["number"], town["cvegeo"]) in present:
                continue
            mandate = next(term for term in by_town[town["cvegeo"]] if covers(term, last_day))
            entries.append(
                {
                    "round_id": rounds[row["number"]],
                    "municipality_id": towns[town["cvegeo"]],
                    "mandate_id": terms[town["cvegeo"], mandate["starts_on"]],
                }
            )
    _insert(session, editions.RoundEntry, entries)


def _checksum(new: NewRows, row: Row, key: str, field: str, text: str, salt: str) -> str | None:
    """The checksum of a text, or the one that a withdrawal states for a text that is gone; None where there is none."""
    if text:
        return text_sha256(salt, text)
    gone = (w for w in new.seed.rows("withdrawals") if (w["round"], w["key"], w["field"]) == (row["round"], key, field))
    return next((withdrawal["sha256"] for withdrawal in gone), None)


def _write_texts(session: Session, new: NewRows) -> None:
    stored = seed_ids.list_text_checksums(session)
    texts: dict[str, dict[str, str | None]] = {}
    for table, fields in (("scores", ("reason_es",)), ("evidence", ("title_es", "url"))):
        for row in new.of(table):
            texts |= {text_sha256(row["salt"], row[f]): {"salt": row["salt"], "body": row[f]} for f in fields if row[f]}
    for row in new.of("distinctions"):
        words = (row["text_es"], row["signatory"])
        texts |= {text_sha256(row["salt"], body): {"salt": row["salt"], "body": body} for body in words if body}
    texts |= {row["sha256"]: {"salt": None, "body": None} for row in new.of("withdrawals")}
    rows = [{"sha256": checksum, **text} for checksum, text in texts.items() if checksum not in stored]
    _insert(session, scores.Text, rows)


def _write_scores(session: Session, actor: Actor, new: NewRows, edition_id: int) -> None:
    entries, demands = seed_ids.map_entries(session, edition_id), seed_ids.map_demands(session, edition_id)
    rows = []
    for row in new.of("scores"):
        key = score_text_key(row["cvegeo"], int(row["demand"]), int(row["revision"]))
        rows.append(
            {
                "entry_id": entries[row["round"], row["cvegeo"]],
                "demand_id": demands[row["demand"]],
                "revision": int(row["revision"]),
                "value_tenths": Score.from_text(row["value"]).tenths if row["value"] else None,
                "absence": row["absence"] or None,
                "reason_sha256": _checksum(new, row, key, "reason", row["reason_es"], row["salt"]),
                "institution": row["institution"],
                "conflict": row["conflict_es"],
                "source": row["source"],
                "account_id": actor.account_id,
                "recorded_at_utc": moment_of(row["recorded_at_utc"]),
            }
        )
    _insert(session, scores.Score, rows)
    _write_evidence(session, new, entries, demands, edition_id)
    figures = [
        {**_words(row, "round", "cvegeo"), "entry_id": entries[row["round"], row["cvegeo"]]}
        for row in new.of("figures")
    ]
    _insert(session, scores.PublishedFigure, figures)


def _write_evidence(
    session: Session, new: NewRows, entries: dict[tuple[str, str], int], demands: dict[str, int], edition_id: int
) -> None:
    held = seed_ids.map_scores(session, edition_id)
    rows = []
    for row in new.of("evidence"):
        cell = (entries[row["round"], row["cvegeo"]], demands[row["demand"]], int(row["revision"]))
        key = evidence_text_key(row["cvegeo"], int(row["demand"]), int(row["revision"]), int(row["position"]))
        rows.append(
            {
                "score_id": held[cell],
                "position": int(row["position"]),
                "title_sha256": _checksum(new, row, key, "title", row["title_es"], row["salt"]),
                "url_sha256": _checksum(new, row, key, "url", row["url"], row["salt"]),
                "dated_on": _day(row["dated_on"]),
            }
        )
    _insert(session, scores.Evidence, rows)


def _write_distinctions(session: Session, new: NewRows, edition_id: int) -> None:
    entries = seed_ids.map_entries(session, edition_id)
    rows = []
    for row in new.of("distinctions"):
        key = distinction_text_key(row["cvegeo"], int(row["position"]))
        rows.append(
            {
                "entry_id": entries[row["round"], row["cvegeo"]],
                "position": int(row["position"]),
                "kind": row["kind"],
                "text_sha256": _checksum(new, row, key, "text", row["text_es"], row["salt"]),
                "signatory_sha256": _checksum(new, row, key, "signatory", row["signatory"], row["salt"]),
                "recorded_at_utc": moment_of(row["recorded_at_utc"]),
            }
        )
    _insert(session, scores.Distinction, rows)


def _write_withdrawals(session: Session, actor: Actor, new: NewRows) -> None:
    rows = [
        {
            **_words(row, "round", "withdrawn_at_utc"),
            "edition_slug": new.seed.slug,
            "round_number": int(row["round"]),
            "withdrawn_at_utc": moment_of(row["withdrawn_at_utc"]),
            "account_id": actor.account_id,
        }
        for row in new.of("withdrawals")
    ]
    _insert(session, Withdrawal, rows)
    gone = [row["sha256"] for row in rows]
    for table in (scores.Text, SealedText) if gone else ():
        session.execute(update(table).where(table.sha256.in_(gone)).values(body=None, salt=None))
