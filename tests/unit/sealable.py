"""Rounds ready to be sealed, and what the gate points at in them."""

from dataclasses import replace
from datetime import UTC, datetime

from app.domain.amendments import preview_text
from app.domain.gates import ConcernKind, RoundToSeal, Workings, concerns
from app.domain.publications import (
    PublicationHead,
    PublicationKind,
    PublishedEvidence,
    RoundContent,
    evidence_text_key,
    score_text_key,
)
from tests.unit.examples import edition_of, round_of

AT = datetime(2021, 6, 1, 18, tzinfo=UTC)
HEAD = PublicationHead("a" * 64, 1, PublicationKind.ROUND, 3, 1, AT, "b" * 64, "c" * 64)


def reasoned(content: RoundContent) -> RoundContent:
    """The round with a reason and a link behind every cell."""
    texts, evidence = [], []
    for row in content.scores:
        texts.append(preview_text(score_text_key(row.cvegeo, row.demand, row.revision), "reason", "Se midió."))
        evidence.append(PublishedEvidence(row.cvegeo, row.demand, row.revision, 1, AT.date()))
        key = evidence_text_key(row.cvegeo, row.demand, row.revision, 1)
        texts += [preview_text(key, field, f"{field} {key}") for field in ("title", "url")]
    return replace(content, texts=tuple(texts), evidence=tuple(evidence))


def to_seal(lines: dict[str, str], before: dict[str, str] | None = None, **given: object) -> RoundToSeal:
    content = reasoned(round_of(lines, number=2))
    return RoundToSeal(
        head=HEAD,
        content=content,
        rules=edition_of(content),
        before=round_of(before, number=1) if before else None,
        **given,  # type: ignore[arg-type]
    )


def kinds(found: RoundToSeal, workings: Workings | None = None) -> list[tuple[ConcernKind, str, int | None]]:
    return [(row.kind, row.cvegeo, row.demand) for row in concerns(found, workings or Workings())]
