"""The rows of a seed, written into the working tables in the order in which they refer to one another."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.permissions import Actor
from app.domain.publications import distinction_text_key, evidence_text_key, score_text_key, text_sha256
from app.domain.scores import Score
from app.domain.seed_checks import covers
from app.domain.seed_columns import Row, moment_of
from app.language import sort_key
from app.models import editions, mandates, places, scores
from app.models.publications import Withdrawal
from app.queries import seed_ids
from app.queries.drafts import find_edition
from app.queries.erasures import get_words
from app.services.erasures import take_words
from app.services.seed_acknowledgements import write_acknowledgements
from app.services.seed_clarifications import write_clarifications
from app.services.seed_inserts import NewRows, checksum_of, insert_rows
from app.services.seed_replies import write_replies


def write_rows(session: Session, actor: Actor, new: NewRows, now_utc: datetime) -> None:
    """Write every new row but the publications, which are sealed and not written."""
    edition_id = _write_edition(session, new)
    _write_rules(session, new, edition_id)
    _write_places(session, new, edition_id)
    write_acknowledgements(session, actor, new, edition_id)
    write_clarifications(session, actor, new, edition_id)
    _write_rounds(session, new, edition_id)
    _write_texts(session, new)
    _write_scores(session, actor, new, edition_id)
    _write_distinctions(session, new, edition_id)
    write_replies(session, actor, new, edition_id)
    _write_withdrawals(session, actor, new, now_utc)


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
        insert_rows(session, editions.Edition, [values])
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
    insert_rows(session, editions.Theme, themes)
    positions = _positions(new, "sources")
    sources = [
        {**row, **of_edition, "position": positions[row["key"]], "published_on": _day(row["published_on"])}
        for row in new.of("sources")
    ]
    insert_rows(session, editions.Source, sources)
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
    insert_rows(session, editions.Demand, demands)
    insert_rows(session, editions.Organisation, [{**row, **of_edition} for row in new.of("organisations")])


def _write_places(session: Session, new: NewRows, edition_id: int) -> None:
    rows = list(new.of("municipalities"))
    known = seed_ids.map_municipalities(session)
    unknown = [
        {**{name: row[name] for name in ("cvegeo", "slug", "name")}, "sort_key": sort_key(row["name"])}
        for row in rows
        if row["cvegeo"] not in known
    ]
    insert_rows(session, places.Municipality, unknown)
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
    insert_rows(session, editions.EditionMunicipality, taking_part)
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
    insert_rows(session, mandates.Mandate, terms)


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
    insert_rows(session, editions.Round, rounds)
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
    insert_rows(session, editions.RoundEntry, entries)


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
    insert_rows(session, scores.Text, rows)


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
                "reason_sha256": checksum_of(new, row, key, "reason", row["reason_es"], row["salt"]),
                "institution": row["institution"],
                "conflict": row["conflict_es"],
                "source": row["source"],
                "account_id": actor.account_id,
                "recorded_at_utc": moment_of(row["recorded_at_utc"]),
            }
        )
    insert_rows(session, scores.Score, rows)
    _write_evidence(session, new, entries, demands, edition_id)
    figures = [
        {**_words(row, "round", "cvegeo"), "entry_id": entries[row["round"], row["cvegeo"]]}
        for row in new.of("figures")
    ]
    insert_rows(session, scores.PublishedFigure, figures)


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
                "title_sha256": checksum_of(new, row, key, "title", row["title_es"], row["salt"]),
                "url_sha256": checksum_of(new, row, key, "url", row["url"], row["salt"]),
                "dated_on": _day(row["dated_on"]),
            }
        )
    insert_rows(session, scores.Evidence, rows)


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
                "text_sha256": checksum_of(new, row, key, "text", row["text_es"], row["salt"]),
                "signatory_sha256": checksum_of(new, row, key, "signatory", row["signatory"], row["salt"]),
                "recorded_at_utc": moment_of(row["recorded_at_utc"]),
            }
        )
    insert_rows(session, scores.Distinction, rows)


def _write_withdrawals(session: Session, actor: Actor, new: NewRows, now_utc: datetime) -> None:
    """Write them; words that still stood here go wherever they stand, record by record."""
    records: dict[tuple[str, str], list[Withdrawal]] = {}
    for row in new.of("withdrawals"):
        withdrawal = Withdrawal(
            **_words(row, "round", "withdrawn_at_utc"),
            edition_slug=new.seed.slug,
            round_number=int(row["round"]),
            withdrawn_at_utc=moment_of(row["withdrawn_at_utc"]),
            account_id=actor.account_id,
        )
        records.setdefault((row["round"], row["key"]), []).append(withdrawal)
    for rows in records.values():
        session.add_all(rows)
        session.flush()
        take_words(session, rows=rows, words=get_words(session, rows), now_utc=now_utc)
