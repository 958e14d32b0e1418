"""What a seed's municipalities said of the rules, written into the working tables."""

from sqlalchemy.orm import Session

from app.domain.acknowledgements import acknowledgement_text_key
from app.domain.permissions import Actor
from app.domain.seed_checks import OF_THE_RULES
from app.domain.seed_columns import Row, moment_of
from app.models.acknowledgements import Acknowledgement
from app.models.scores import Text
from app.queries import seed_ids
from app.services.seed_inserts import NewRows, checksum_of
from app.services.texts import keep_any_text, keep_text


def write_acknowledgements(session: Session, actor: Actor, new: NewRows, edition_id: int) -> None:
    """Write what is new of it, the texts first."""
    places = seed_ids.map_municipalities(session)
    for row in new.of("acknowledgements"):
        texts = {f"{field}_sha256": _checksum(session, new, row, field) for field in ("words", "signatory", "position")}
        session.add(
            Acknowledgement(
                edition_id=edition_id,
                municipality_id=places[row["cvegeo"]],
                kind=row["kind"],
                **texts,
                account_id=actor.account_id,
                acknowledged_at_utc=moment_of(row["acknowledged_at_utc"]),
            )
        )
    session.flush()


_COLUMNS = {"words": "words_es", "signatory": "signatory", "position": "position_es"}


def _checksum(session: Session, new: NewRows, row: Row, field: str) -> str | None:
    """Keep a text and give its checksum; that of a withdrawn one is stated by its withdrawal."""
    body, key = row[_COLUMNS[field]], acknowledgement_text_key(row["cvegeo"])
    gone = checksum_of(new, {**row, "round": OF_THE_RULES}, key, field, "", "")
    if gone is not None:
        if session.get(Text, gone) is None:
            session.add(Text(sha256=gone, salt=None, body=None))
            session.flush()
        return gone
    return keep_text(session, body, row["salt"]) if field == "words" else keep_any_text(session, body, row["salt"])
