"""The notices, letters, replies, decisions and meetings of a seed, written into the working tables."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.domain.permissions import Actor
from app.domain.publications import text_sha256
from app.domain.replies import letter_text_key, reply_text_key
from app.domain.scores import Absence, Score
from app.domain.seed_columns import Row, moment_of
from app.models import replies, scores
from app.queries import seed_ids
from app.services.seed_inserts import NewRows, checksum_of, insert_rows

_TEXTS = {"letters": ("signatory", "position_es", "words_es"), "replies": ("reason_es",), "decisions": ("reason_es",)}
Entries = Mapping[tuple[str, str], int]


def write_replies(session: Session, actor: Actor, new: NewRows, edition_id: int) -> None:
    """Write what is new of a seed's replies; their texts first."""
    entries = seed_ids.map_entries(session, edition_id)
    _write_texts(session, new)
    for name, table, dates in (
        ("notices", replies.Notice, ("notified_at_utc", "due_at_utc")),
        ("meetings", replies.Meeting, ("noted_at_utc",)),
    ):
        rows = [
            {
                "entry_id": entries[row["round"], row["cvegeo"]],
                "account_id": actor.account_id,
                **{date: moment_of(row[date]) for date in dates},
                **({"attended": row["attended"] == "true"} if "attended" in row else {}),
            }
            for row in new.of(name)
        ]
        insert_rows(session, table, rows)
    insert_rows(session, replies.Letter, [_letter(actor, new, row, entries) for row in new.of("letters")])
    demands, letters = seed_ids.map_demands(session, edition_id), seed_ids.map_letters(session, edition_id)
    rows = [
        _reply(new, row, letters[entries[row["round"], row["cvegeo"]], row["letter"]], demands[row["demand"]])
        for row in new.of("replies")
    ]
    insert_rows(session, replies.Reply, rows)
    held = seed_ids.map_replies(session, edition_id)
    decisions = []
    for row in new.of("decisions"):
        letter_id = letters[entries[row["round"], row["cvegeo"]], row["letter"]]
        decisions.append(_decision(actor, new, row, held[letter_id, demands[row["demand"]]]))
    insert_rows(session, replies.Decision, decisions)


def _write_texts(session: Session, new: NewRows) -> None:
    stored = seed_ids.list_text_checksums(session)
    texts = {
        text_sha256(row["salt"], row[field]): {"salt": row["salt"], "body": row[field]}
        for table, fields in _TEXTS.items()
        for row in new.of(table)
        for field in fields
        if row[field]
    }
    rows = [{"sha256": checksum, **text} for checksum, text in texts.items() if checksum not in stored]
    insert_rows(session, scores.Text, rows)


def _letter(actor: Actor, new: NewRows, row: Row, entries: Entries) -> dict[str, object]:
    key = letter_text_key(row["cvegeo"], int(row["number"]))
    texts = (("signatory", "signatory"), ("position", "position_es"), ("words", "words_es"))
    return {
        "entry_id": entries[row["round"], row["cvegeo"]],
        "number": int(row["number"]),
        "code": row["code"],
        **{f"{field}_sha256": checksum_of(new, row, key, field, row[column], row["salt"]) for field, column in texts},
        "submitted_at_utc": moment_of(row["submitted_at_utc"]),
        "is_late": row["is_late"] == "true",
        "account_id": actor.account_id,
    }


def _reply(new: NewRows, row: Row, letter_id: int, demand_id: int) -> dict[str, object]:
    key, requested = reply_text_key(row["cvegeo"], int(row["demand"])), row["requested"]
    is_absence = requested in set(Absence)
    return {
        "letter_id": letter_id,
        "demand_id": demand_id,
        "stance": row["stance"],
        "requested_tenths": Score.from_text(requested).tenths if requested and not is_absence else None,
        "requested_absence": requested if is_absence else None,
        "reason_sha256": checksum_of(new, row, key, "reason", row["reason_es"], row["salt"]),
        "before_revision": int(row["before_revision"]),
        "evidence_title": row["evidence_title"],
        "evidence_url": row["evidence_url"],
    }


def _decision(actor: Actor, new: NewRows, row: Row, reply_id: int) -> dict[str, object]:
    key = reply_text_key(row["cvegeo"], int(row["demand"]))
    return {
        "reply_id": reply_id,
        "revision": int(row["revision"]),
        "verdict": row["verdict"],
        "after_revision": int(row["after_revision"]) if row["after_revision"] else None,
        "reason_sha256": checksum_of(new, row, key, "decision", row["reason_es"], row["salt"]),
        "account_id": actor.account_id,
        "decided_at_utc": moment_of(row["decided_at_utc"]),
    }
