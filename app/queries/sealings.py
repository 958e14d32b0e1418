"""What sealing a round now would write, put together from the working tables and the chain.

It refuses as little as can be, so that the gate can show what is missing; sealing itself refuses the rest.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.domain.amendments import Proposal, amended
from app.domain.decisions import placed_replies
from app.domain.editions import EditionContent
from app.domain.errors import NotSealable
from app.domain.gates import RoundToSeal
from app.domain.publications import (
    NO_PREVIOUS,
    RULES,
    PublicationHead,
    PublicationKind,
    RoundContent,
    SealedText,
    previous_round,
)
from app.models.editions import Edition
from app.models.publications import Publication
from app.queries import drafts, publications


def get_edition_row(session: Session, slug: str) -> Edition:
    """The working row of an edition; raise NotSealable where there is none."""
    edition = drafts.find_edition(session, slug)
    if edition is None:
        raise NotSealable("edition-unknown", edition=slug)
    return edition


def get_round_to_seal(
    session: Session,
    slug: str,
    number: int,
    as_of_utc: datetime,
    *,
    reason: SealedText | None = None,
    case: int | None = None,
    proposals: Sequence[Proposal] = (),
) -> RoundToSeal:
    """The round as it would be sealed at that moment; ``reason`` is that of a correction, ``proposals`` its cells.

    Raise NotSealable where the edition or round is unknown, the edition is not sealed, or a correction has no reason.
    """
    edition = get_edition_row(session, slug)
    row = drafts.find_round(session, edition.id, number)
    chain = publications.list_publications(session, slug)
    own = [link for link in chain if link.round_number == 0]
    if row is None or not own:
        raise NotSealable("round-unknown" if row is None else "edition-not-sealed", edition=slug, round=number)
    earlier = [link for link in chain if link.round_number == number]
    if bool(earlier) != (reason is not None):
        raise NotSealable("correction-needs-reason" if earlier else "nothing-to-correct", round=number)
    rules = publications.get_edition_content(session, own[-1].id)
    draft = drafts.get_round_draft(session, row, as_of_utc, ZoneInfo(edition.zone))
    content = amended(_under(rules, draft, reason), proposals)
    head = _head(chain, earlier, number, own[-1].sha256, as_of_utc)
    compared = next((link for link in chain if link.sha256 == head.compared_with_sha256), None)
    return RoundToSeal(
        head=head,
        content=replace(content, replies=placed_replies(content)),
        rules=rules,
        before=publications.get_round_content(session, compared.id) if compared else None,
        corrected=publications.get_round_content(session, earlier[-1].id) if earlier else None,
        case=case,
    )


def _under(rules: EditionContent, draft: drafts.RoundDraft, reason: SealedText | None) -> RoundContent:
    """The round under the edition's sealed rules: what the working tables say of the method no longer counts."""
    texts = draft.texts if reason is None else (*draft.texts, reason)
    return RoundContent(
        edition=rules.edition,
        method=rules.method,
        themes=rules.themes,
        demands=rules.demands,
        sources=rules.sources,
        **{**draft.__dict__, "texts": texts},
    )


def _head(
    chain: Sequence[Publication], earlier: Sequence[Publication], number: int, edition_sha256: str, as_of_utc: datetime
) -> PublicationHead:
    published = ((link.round_number, link.sequence, link.sha256) for link in chain if link.round_number)
    return PublicationHead(
        previous_sha256=chain[-1].sha256 if chain else NO_PREVIOUS,
        rules=RULES,
        kind=PublicationKind.CORRECTION if earlier else PublicationKind.ROUND,
        sequence=len(chain) + 1,
        number=len(earlier) + 1,
        sealed_at_utc=as_of_utc.replace(microsecond=0),
        edition_sha256=edition_sha256,
        compared_with_sha256=previous_round(published, number),
    )
