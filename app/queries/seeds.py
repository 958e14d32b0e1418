"""Reading an edition out of the working tables as a seed: the same rows that its folder would hold."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.domain.publications import CORRECTION_TEXT_KEY
from app.domain.scores import Score
from app.domain.seed_tables import BY_NAME
from app.domain.seeds import Seed, SeedRow
from app.models import editions, places, scores, sealed
from app.models.clarifications import Clarification
from app.models.publications import Publication, Withdrawal
from app.queries.acknowledgements import list_acknowledgements
from app.queries.drafts import find_edition, list_mandates
from app.queries.seed_columns import columns_of, score_text
from app.queries.seed_replies import reply_tables


def find_seed(session: Session, slug: str) -> Seed | None:
    """The edition as a seed, rows in natural-key order, or None where the working tables do not hold it."""
    edition = find_edition(session, slug)
    if edition is None:
        return None
    tables = {
        "edition": [columns_of("edition", edition)],
        "method": [_method(edition)],
        "themes": (columns_of("themes", row) for row in _of_edition(session, editions.Theme, edition)),
        "sources": (columns_of("sources", row) for row in _of_edition(session, editions.Source, edition)),
        "demands": _demands(session, edition),
        "municipalities": _municipalities(session, edition),
        "mandates": (columns_of("mandates", row, cvegeo=cvegeo) for cvegeo, row in list_mandates(session, edition)),
        "rounds": _rounds(session, edition),
        "organisations": _organisations(session, edition),
        "scores": _scores(session, edition),
        "evidence": _evidence(session, edition),
        "distinctions": _distinctions(session, edition),
        "figures": _figures(session, edition),
        "acknowledgements": _acknowledgements(session, edition),
        "clarifications": _clarifications(session, edition),
        **reply_tables(session, edition.id),
        "publications": _publications(session, slug),
        "withdrawals": _withdrawals(session, slug),
    }
    return Seed({name: _in_order(name, rows) for name, rows in tables.items()})


def _in_order(name: str, rows: Iterable[dict[str, str]]) -> tuple[SeedRow, ...]:
    found = list(rows)
    if name not in {"themes", "sources"}:
        found.sort(key=BY_NAME[name].order_of)
    return tuple(SeedRow(row) for row in found)


def _method(edition: editions.Edition) -> dict[str, str]:
    counts_as, jump = score_text(edition.refused_counts_as_tenths), str(Score(edition.jump_limit_tenths))
    return columns_of("method", edition, refused_counts_as=counts_as, jump_limit=jump)


def _of_edition(session: Session, table: Any, edition: editions.Edition) -> Iterator[Any]:  # noqa: ANN401
    yield from session.scalars(select(table).where(table.edition_id == edition.id).order_by(table.position))


def _demands(session: Session, edition: editions.Edition) -> Iterator[dict[str, str]]:
    query = (
        select(editions.Demand)
        .where(editions.Demand.edition_id == edition.id)
        .options(joinedload(editions.Demand.theme))
        .order_by(editions.Demand.number)
    )
    for row in session.scalars(query):
        yield columns_of("demands", row, theme=row.theme.key)


def _municipalities(session: Session, edition: editions.Edition) -> Iterator[dict[str, str]]:
    query = (
        select(places.Municipality, editions.EditionMunicipality)
        .join(editions.EditionMunicipality, editions.EditionMunicipality.municipality_id == places.Municipality.id)
        .where(editions.EditionMunicipality.edition_id == edition.id)
        .order_by(places.Municipality.cvegeo)
    )
    for row, part in session.execute(query):
        said = {name: getattr(part, name) for name in ("source", "aliases", "population", "population_source")}
        yield columns_of("municipalities", row, **said)


def _organisations(session: Session, edition: editions.Edition) -> Iterator[dict[str, str]]:
    query = select(editions.Organisation).where(editions.Organisation.edition_id == edition.id)
    for row in session.scalars(query.order_by(editions.Organisation.key)):
        yield columns_of("organisations", row)


def _rounds(session: Session, edition: editions.Edition) -> Iterator[dict[str, str]]:
    query = select(editions.Round).where(editions.Round.edition_id == edition.id).order_by(editions.Round.number)
    for row in session.scalars(query):
        yield columns_of("rounds", row)


def _acknowledgements(session: Session, edition: editions.Edition) -> Iterator[dict[str, str]]:
    for place, row in list_acknowledgements(session, edition.id):
        words = {"words_es": row.words.body if row.words else None, "signatory": row.signatory.body}
        salt = {"position_es": row.position.body, "salt": row.signatory.salt}
        yield columns_of("acknowledgements", row, cvegeo=place.cvegeo, **words, **salt)


def _clarifications(session: Session, edition: editions.Edition) -> Iterator[dict[str, str]]:
    query = select(Clarification).where(Clarification.edition_id == edition.id).order_by(Clarification.position)
    for row in session.scalars(query):
        yield columns_of("clarifications", row)


def _scores(session: Session, edition: editions.Edition) -> Iterator[dict[str, str]]:
    query = (
        select(editions.Round.number, places.Municipality.cvegeo, editions.Demand.number, scores.Score)
        .join(editions.RoundEntry, editions.RoundEntry.round_id == editions.Round.id)
        .join(places.Municipality, places.Municipality.id == editions.RoundEntry.municipality_id)
        .join(scores.Score, scores.Score.entry_id == editions.RoundEntry.id)
        .join(editions.Demand, editions.Demand.id == scores.Score.demand_id)
        .where(editions.Round.edition_id == edition.id)
        .options(joinedload(scores.Score.reason))
        .order_by(scores.Score.id)
    )
    for number, cvegeo, demand, row in session.execute(query):
        yield columns_of(
            "scores",
            row,
            round=number,
            cvegeo=cvegeo,
            demand=demand,
            value=score_text(row.value_tenths),
            reason_es=row.reason.body if row.reason else None,
            salt=row.reason.salt if row.reason else None,
            conflict_es=row.conflict,
        )


def _evidence(session: Session, edition: editions.Edition) -> Iterator[dict[str, str]]:
    query = (
        select(editions.Round.number, places.Municipality.cvegeo, editions.Demand.number, scores.Score, scores.Evidence)
        .join(editions.RoundEntry, editions.RoundEntry.round_id == editions.Round.id)
        .join(places.Municipality, places.Municipality.id == editions.RoundEntry.municipality_id)
        .join(scores.Score, scores.Score.entry_id == editions.RoundEntry.id)
        .join(editions.Demand, editions.Demand.id == scores.Score.demand_id)
        .join(scores.Evidence, scores.Evidence.score_id == scores.Score.id)
        .where(editions.Round.edition_id == edition.id)
        .options(joinedload(scores.Evidence.title), joinedload(scores.Evidence.url))
        .order_by(scores.Evidence.id)
    )
    for number, cvegeo, demand, score, row in session.execute(query):
        yield columns_of(
            "evidence",
            row,
            round=number,
            cvegeo=cvegeo,
            demand=demand,
            revision=score.revision,
            title_es=row.title.body,
            url=row.url.body,
            salt=row.title.salt,
        )


def _distinctions(session: Session, edition: editions.Edition) -> Iterator[dict[str, str]]:
    query = (
        select(editions.Round.number, places.Municipality.cvegeo, scores.Distinction)
        .join(editions.RoundEntry, editions.RoundEntry.round_id == editions.Round.id)
        .join(places.Municipality, places.Municipality.id == editions.RoundEntry.municipality_id)
        .join(scores.Distinction, scores.Distinction.entry_id == editions.RoundEntry.id)
        .where(editions.Round.edition_id == edition.id)
        .options(joinedload(scores.Distinction.text), joinedload(scores.Distinction.signatory))
        .order_by(scores.Distinction.id)
    )
    for number, cvegeo, row in session.execute(query):
        texts = {"text_es": row.text.body, "signatory": row.signatory.body, "salt": row.text.salt}
        yield columns_of("distinctions", row, round=number, cvegeo=cvegeo, **texts)


def _figures(session: Session, edition: editions.Edition) -> Iterator[dict[str, str]]:
    query = (
        select(editions.Round.number, places.Municipality.cvegeo, scores.PublishedFigure)
        .join(editions.RoundEntry, editions.RoundEntry.round_id == editions.Round.id)
        .join(places.Municipality, places.Municipality.id == editions.RoundEntry.municipality_id)
        .join(scores.PublishedFigure, scores.PublishedFigure.entry_id == editions.RoundEntry.id)
        .where(editions.Round.edition_id == edition.id)
        .order_by(scores.PublishedFigure.id)
    )
    for number, cvegeo, row in session.execute(query):
        yield columns_of("figures", row, round=number, cvegeo=cvegeo)


def _publications(session: Session, slug: str) -> Iterator[dict[str, str]]:
    reason = (sealed.SealedText.publication_id == Publication.id) & (sealed.SealedText.key == CORRECTION_TEXT_KEY)
    query = (
        select(Publication, sealed.SealedText.body, sealed.SealedText.salt)
        .join(sealed.SealedText, reason, isouter=True)
        .where(Publication.edition_slug == slug)
        .order_by(Publication.sequence)
    )
    for row, body, salt in session.execute(query):
        yield columns_of(
            "publications",
            row,
            round=row.round_number or None,
            reason_es=body,
            reason_salt=salt,
        )


def _withdrawals(session: Session, slug: str) -> Iterator[dict[str, str]]:
    query = select(Withdrawal).where(Withdrawal.edition_slug == slug).order_by(Withdrawal.id)
    for row in session.scalars(query):
        yield columns_of("withdrawals", row, round=row.round_number)
