"""What a seed's municipalities said of the rules, written into the working tables."""

from sqlalchemy.orm import Session

from app.domain.permissions import Actor
from app.domain.seed_columns import moment_of
from app.models.acknowledgements import Acknowledgement
from app.queries import seed_ids
from app.services.seed_inserts import NewRows
from app.services.texts import keep_any_text, keep_text


def write_acknowledgements(session: Session, actor: Actor, new: NewRows, edition_id: int) -> None:
    """Write what is new of it, the texts first."""
    places = seed_ids.map_municipalities(session)
    for row in new.of("acknowledgements"):
        session.add(
            Acknowledgement(
                edition_id=edition_id,
                municipality_id=places[row["cvegeo"]],
                kind=row["kind"],
                words_sha256=keep_text(session, row["words_es"], row["salt"]),
                signatory_sha256=keep_any_text(session, row["signatory"], row["salt"]),
                position_sha256=keep_any_text(session, row["position_es"], row["salt"]),
                account_id=actor.account_id,
                acknowledged_at_utc=moment_of(row["acknowledged_at_utc"]),
            )
        )
    session.flush()
