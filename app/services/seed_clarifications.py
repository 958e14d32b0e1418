"""What a seed clarifies of its wordings, written into the working tables: its sealings take it in."""

from sqlalchemy.orm import Session

from app.domain.permissions import Actor
from app.domain.seed_clarifications import passages_of
from app.domain.seed_columns import moment_of
from app.models.clarifications import Clarification
from app.services.seed_inserts import NewRows, insert_rows


def write_clarifications(session: Session, actor: Actor, new: NewRows, edition_id: int) -> None:
    """Write the clarifications that are new."""
    rows = [
        {
            "edition_id": edition_id,
            "position": int(row["position"]),
            "subject": row["subject"],
            **passages_of(row).__dict__,
            "account_id": actor.account_id,
            "recorded_at_utc": moment_of(row["recorded_at_utc"]),
        }
        for row in new.of("clarifications")
    ]
    insert_rows(session, Clarification, rows)
