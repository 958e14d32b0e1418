"""Reading the working tables of an edition, as sealing needs them. No public page reads these."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from sqlalchemy import ScalarResult, Select, or_, select
from sqlalchemy.orm import Session, joinedload

from app.domain.editions import (
    Demand,
    Edition,
    EditionContent,
    Mandate,
    Municipality,
    Period,
    Scope,
    Source,
    Theme,
)
from app.domain.organisations import Organisation
from app.domain.publications import (
    Distinction,
    Entry,
    PublishedEvidence,
    PublishedFigure,
    PublishedScore,
    SealedText,
    distinction_text_key,
    evidence_text_key,
    score_text_key,
)
from app.domain.replies import PublishedAnswer, PublishedReply
from app.models import editions, mandates, places, scores
from app.models.evidence import EvidenceCopy
from app.queries.acknowledgements import list_acknowledgements, published_of
from app.queries.clarifications import list_clarifications
from app.queries.replies import get_reply_drafts, text_of
from app.queries.rows import method_of, rating_of, value_of


def find_edition(session: Session, slug: str) -> editions.Edition | None:
    """The working row of an edition."""
    return session.scalar(select(editions.Edition).where(editions.Edition.slug == slug))


def list_edition_slugs(session: Session) -> tuple[str, ...]:
    """The slugs of all editions in the working tables."""
    return tuple(session.scalars(select(editions.Edition.slug).order_by(editions.Edition.slug)))


def find_round(session: Session, edition_id: int, number: int) -> editions.Round | None:
    """The working row of a round."""
    found = select(editions.Round).where(editions.Round.edition_id == edition_id, editions.Round.number == number)
    return session.scalar(found)


def list_mandates(session: Session, edition: editions.Edition) -> tuple[tuple[str, mandates.Mandate], ...]:
    """The mandates of an edition's municipalities that fall into its term, with the CVEGEO; by place and date."""
    query = (
        select(places.Municipality.cvegeo, mandates.Mandate)
        .join(mandates.Mandate, mandates.Mandate.municipality_id == places.Municipality.id)
        .join(editions.EditionMunicipality, editions.EditionMunicipality.municipality_id == places.Municipality.id)
        .where(
            editions.EditionMunicipality.edition_id == edition.id,
            mandates.Mandate.starts_on < edition.ends_on,
            or_(mandates.Mandate.ends_on.is_(None), mandates.Mandate.ends_on > edition.starts_on),
        )
        .order_by(places.Municipality.cvegeo, mandates.Mandate.starts_on)
    )
    return tuple((cvegeo, mandate) for cvegeo, mandate in session.execute(query))


def get_edition_content(
    session: Session, edition: editions.Edition, day: date, as_of_utc: datetime | None = None
) -> EditionContent:
    """All that an edition's own publication seals, as known on that day; mandates not begun by then are left out.

    ``as_of_utc`` leaves out what was clarified later.
    """
    themes = _rows(session, editions.Theme, edition, editions.Theme.position)
    demands = session.scalars(
        select(editions.Demand)
        .where(editions.Demand.edition_id == edition.id)
        .options(joinedload(editions.Demand.theme))
        .order_by(editions.Demand.number)
    )
    sources = _rows(session, editions.Source, edition, editions.Source.position)
    rounds = _rows(session, editions.Round, edition, editions.Round.number)
    organisations = _rows(session, editions.Organisation, edition, editions.Organisation.key)
    said, texts = published_of(list_acknowledgements(session, edition.id), edition.zone)
    known = ((cvegeo, row) for cvegeo, row in list_mandates(session, edition) if row.starts_on <= day)
    return EditionContent(
        edition=value_of(Edition, edition),
        method=method_of(edition),
        themes=tuple(value_of(Theme, row) for row in themes),
        demands=tuple(value_of(Demand, row, theme=row.theme.key) for row in demands),
        sources=tuple(value_of(Source, row) for row in sources),
        municipalities=tuple(_municipalities(session, edition.id)),
        mandates=tuple(value_of(Mandate, row, cvegeo=cvegeo).as_known_on(day) for cvegeo, row in known),
        periods=tuple(value_of(Period, row) for row in rounds),
        organisations=tuple(value_of(Organisation, row) for row in organisations),
        acknowledgements=said,
        texts=texts,
        clarifications=list_clarifications(session, edition, as_of_utc),
    )


def _rows(session: Session, table: Any, edition: editions.Edition, order: Any) -> ScalarResult[Any]:  # noqa: ANN401
    return session.scalars(select(table).where(table.edition_id == edition.id).order_by(order))


def _municipalities(session: Session, edition_id: int) -> Iterator[Municipality]:
    query = (
        select(editions.EditionMunicipality)
        .join(editions.EditionMunicipality.municipality)
        .where(editions.EditionMunicipality.edition_id == edition_id)
        .options(joinedload(editions.EditionMunicipality.municipality))
        .order_by(places.Municipality.cvegeo)
    )
    for row in session.scalars(query):
        said = {name: getattr(row, name) for name in ("source", "aliases", "population", "population_source")}
        yield value_of(Municipality, row.municipality, **said)


@dataclass(frozen=True)
class RoundDraft:
    """What a round's publication takes from the working tables, as of one moment."""

    period: Period
    entries: tuple[Entry, ...]
    scores: tuple[PublishedScore, ...]
    evidence: tuple[PublishedEvidence, ...]
    figures: tuple[PublishedFigure, ...]
    distinctions: tuple[Distinction, ...]
    replies: tuple[PublishedReply, ...]
    answers: tuple[PublishedAnswer, ...]
    texts: tuple[SealedText, ...]


def get_round_draft(session: Session, edition_round: editions.Round, as_of_utc: datetime, zone: tzinfo) -> RoundDraft:
    """Read a round: of every cell the newest revision recorded by that moment, with its evidence and texts.

    ``zone`` is the edition's: letters and notices are dated in it.
    """
    entries = {row.id: row for row in session.scalars(_entries(edition_round.id))}
    cvegeos = {entry_id: row.municipality.cvegeo for entry_id, row in entries.items()}
    in_force = _scores_in_force(session, edition_round.id, as_of_utc)
    evidence = list(_evidence(session, {row.id: (cvegeos[row.entry_id], n, row.revision) for row, n in in_force}))
    distinctions = list(_distinctions(session, edition_round.id, as_of_utc))
    replied = get_reply_drafts(session, edition_round.id, cvegeos, as_of_utc, zone)
    return RoundDraft(
        period=value_of(Period, edition_round),
        entries=tuple(_entry(row) for row in entries.values()),
        scores=tuple(_score(row, cvegeos[row.entry_id], number) for row, number in in_force),
        evidence=tuple(shown for shown, _ in evidence),
        figures=tuple(_figures(session, edition_round.id, cvegeos)),
        distinctions=tuple(value_of(Distinction, row, cvegeo=cvegeos[row.entry_id]) for row in distinctions),
        replies=replied.replies,
        answers=replied.answers,
        texts=(
            *(_score_text(row, cvegeos[row.entry_id], number) for row, number in in_force if row.reason is not None),
            *(text for _, texts in evidence for text in texts),
            *(text for row in distinctions for text in _distinction_texts(row, cvegeos[row.entry_id])),
            *replied.texts,
        ),
    )


def _entries(round_id: int) -> Select[editions.RoundEntry]:
    return (
        select(editions.RoundEntry)
        .join(editions.RoundEntry.municipality)
        .where(editions.RoundEntry.round_id == round_id)
        .options(joinedload(editions.RoundEntry.municipality), joinedload(editions.RoundEntry.mandate))
        .order_by(places.Municipality.cvegeo)
    )


def _entry(row: editions.RoundEntry) -> Entry:
    place, mandate = row.municipality, row.mandate
    return value_of(
        Entry,
        mandate,
        cvegeo=place.cvegeo,
        slug=place.slug,
        name=place.name,
        sort_key=place.sort_key,
        mandate_starts_on=mandate.starts_on,
    )


def _scores_in_force(session: Session, round_id: int, as_of_utc: datetime) -> list[tuple[scores.Score, int]]:
    query = (
        select(scores.Score, editions.Demand.number)
        .join(editions.RoundEntry, editions.RoundEntry.id == scores.Score.entry_id)
        .join(editions.Demand, editions.Demand.id == scores.Score.demand_id)
        .where(editions.RoundEntry.round_id == round_id, scores.Score.recorded_at_utc <= as_of_utc)
        .options(joinedload(scores.Score.reason))
        .order_by(scores.Score.entry_id, editions.Demand.number, scores.Score.revision)
    )
    newest = {(row.entry_id, number): (row, number) for row, number in session.execute(query)}
    return list(newest.values())


def _score(row: scores.Score, cvegeo: str, number: int) -> PublishedScore:
    return value_of(PublishedScore, row, cvegeo=cvegeo, demand=number, rating=rating_of(row))


def _score_text(row: scores.Score, cvegeo: str, number: int) -> SealedText:
    if row.reason is None:
        raise LookupError("a score without a reason has no text")
    return text_of(score_text_key(cvegeo, number, row.revision), "reason", row.reason)


def _evidence(
    session: Session, cells: dict[int, tuple[str, int, int]]
) -> Iterator[tuple[PublishedEvidence, tuple[SealedText, ...]]]:
    query = (
        select(scores.Evidence, EvidenceCopy)
        .outerjoin(EvidenceCopy, EvidenceCopy.evidence_id == scores.Evidence.id)
        .where(scores.Evidence.score_id.in_(cells))
        .options(joinedload(scores.Evidence.title), joinedload(scores.Evidence.url), joinedload(EvidenceCopy.words))
        .order_by(scores.Evidence.score_id, scores.Evidence.position)
    )
    for row, copy in session.execute(query):
        cvegeo, demand, revision = cells[row.score_id]
        key = evidence_text_key(cvegeo, demand, revision, row.position)
        shown = PublishedEvidence(cvegeo, demand, revision, row.position, row.dated_on)
        yield shown, (text_of(key, "title", row.title), text_of(key, "url", row.url), *_file(key, copy))


def _file(key: str, copy: EvidenceCopy | None) -> tuple[SealedText, ...]:
    return () if copy is None else (text_of(key, "file", copy.words),)


def _figures(session: Session, round_id: int, cvegeos: dict[int, str]) -> Iterator[PublishedFigure]:
    query = (
        select(scores.PublishedFigure)
        .join(editions.RoundEntry, editions.RoundEntry.id == scores.PublishedFigure.entry_id)
        .where(editions.RoundEntry.round_id == round_id)
        .order_by(scores.PublishedFigure.entry_id, scores.PublishedFigure.scope)
    )
    for row in session.scalars(query):
        yield PublishedFigure(cvegeos[row.entry_id], Scope.from_text(row.scope), row.printed, row.source)


def _distinctions(session: Session, round_id: int, as_of_utc: datetime) -> Iterator[scores.Distinction]:
    query = (
        select(scores.Distinction)
        .join(editions.RoundEntry, editions.RoundEntry.id == scores.Distinction.entry_id)
        .where(editions.RoundEntry.round_id == round_id, scores.Distinction.recorded_at_utc <= as_of_utc)
        .options(joinedload(scores.Distinction.text), joinedload(scores.Distinction.signatory))
        .order_by(scores.Distinction.entry_id, scores.Distinction.position)
    )
    yield from session.scalars(query)


def _distinction_texts(row: scores.Distinction, cvegeo: str) -> tuple[SealedText, SealedText]:
    key = distinction_text_key(cvegeo, row.position)
    return text_of(key, "text", row.text), text_of(key, "signatory", row.signatory)
