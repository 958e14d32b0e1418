"""A correction in the making: what it would put into which cells of a published round."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from app.domain.publications import (
    PublishedEvidence,
    PublishedScore,
    RoundContent,
    SealedText,
    evidence_text_key,
    score_text_key,
    text_sha256,
)
from app.domain.scores import Rating

Cell = tuple[str, int]
_STAYS = ("entries", "figures", "distinctions", "answers")
"""What a correction leaves as it was published."""
PREVIEW_SALT = "00" * 16
"""Stands in a preview for the salt that a text gets when it is sealed; no digest depends on it."""


@dataclass(frozen=True)
class Proposal:
    """The rating that a correction would put into one cell, with its published reason, over the revision it knows."""

    cvegeo: str
    demand: int
    base_revision: int
    rating: Rating
    reason: str


def amended(content: RoundContent, proposals: Iterable[Proposal]) -> RoundContent:
    """The round as it would stand with the corrections: a new revision in each cell, its evidence carried on.

    Institution and declared conflict stay: who rated is still who rated. Evidence whose text was withdrawn is left out.
    """
    by_cell = {(row.cvegeo, row.demand): row for row in proposals}
    texts = [text for text in content.texts if not _belongs(text.key, by_cell)]
    evidence = [row for row in content.evidence if (row.cvegeo, row.demand) not in by_cell]
    for cell, proposal in by_cell.items():
        revision = proposal.base_revision + 1
        texts.append(preview_text(score_text_key(*cell, revision), "reason", proposal.reason))
        carried = carried_evidence(content, cell)
        for position, (row, words) in enumerate(carried, start=1):
            evidence.append(replace(row, revision=revision, position=position))
            texts += [replace(text, key=evidence_text_key(*cell, revision, position)) for text in words]
    scores = (_with(row, by_cell) for row in content.scores)
    return replace(content, scores=tuple(scores), evidence=tuple(evidence), texts=tuple(texts))


def changes_more_than_cells(old: RoundContent, new: RoundContent) -> bool:
    """Whether a correction would change a mayor, praise or an answer, too: its gate shows ratings and places only."""
    return any(set(getattr(old, name)) != set(getattr(new, name)) for name in _STAYS)


def carried_evidence(content: RoundContent, cell: Cell) -> tuple[tuple[PublishedEvidence, tuple[SealedText, ...]], ...]:
    """The evidence of a cell whose texts are all still there, with these texts."""
    texts: dict[str, list[SealedText]] = {}
    for text in content.texts:
        texts.setdefault(text.key, []).append(text)
    rows = (row for row in content.evidence if (row.cvegeo, row.demand) == cell)
    found = ((row, tuple(texts.get(_key(row), ()))) for row in rows)
    return tuple((row, words) for row, words in found if words and all(text.body is not None for text in words))


def preview_text(key: str, field: str, body: str) -> SealedText:
    """A text that is not stored yet, as a publication would seal it."""
    return SealedText(key, field, text_sha256(PREVIEW_SALT, body), PREVIEW_SALT, body)


def _key(row: PublishedEvidence) -> str:
    return evidence_text_key(row.cvegeo, row.demand, row.revision, row.position)


def _belongs(key: str, cells: Mapping[Cell, Proposal]) -> bool:
    kind, _, rest = key.partition("/")
    parts = rest.split("/")
    return kind in {"score", "evidence"} and (parts[0], int(parts[1])) in cells


def _with(row: PublishedScore, by_cell: Mapping[Cell, Proposal]) -> PublishedScore:
    proposal = by_cell.get((row.cvegeo, row.demand))
    if proposal is None:
        return row
    return replace(row, revision=proposal.base_revision + 1, rating=proposal.rating, source="")
