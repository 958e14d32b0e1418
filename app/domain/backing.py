"""Who stands behind an edition: its organisations, what each one rated, and the conflicts that were declared."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.editions import Demand, Edition, Source
from app.domain.fronts import EditionFront
from app.domain.organisations import Organisation, OrganisationKind
from app.domain.publications import Entry, PublishedScore


@dataclass(frozen=True)
class Work:
    """What one institution rated in a round: the demands, and how many scores."""

    institution: str
    demands: tuple[Demand, ...]
    scores: int


@dataclass(frozen=True)
class DeclaredConflict:
    """A score whose institution declared a conflict of interest."""

    entry: Entry
    demand: Demand
    score: PublishedScore


@dataclass(frozen=True)
class Backing:
    """The organisations of an edition by name; ``work`` and ``conflicts`` are those of its newest published round."""

    front: EditionFront
    organisations: tuple[Organisation, ...]
    work: tuple[Work, ...] = ()
    conflicts: tuple[DeclaredConflict, ...] = ()

    @property
    def edition(self) -> Edition:
        """The edition itself."""
        return self.front.edition

    @property
    def sources(self) -> Mapping[str, Source]:
        """The edition's sources by key."""
        return {source.key: source for source in self.front.content.sources}

    @property
    def conveners(self) -> tuple[Organisation, ...]:
        """Who convenes the programme."""
        return self._of(OrganisationKind.CONVENER)

    @property
    def evaluators(self) -> tuple[Organisation, ...]:
        """Who rates."""
        return self._of(OrganisationKind.EVALUATOR)

    @property
    def donors(self) -> tuple[Organisation, ...]:
        """Who pays."""
        return self._of(OrganisationKind.DONOR)

    @property
    def work_by_name(self) -> Mapping[str, Work]:
        """What each institution rated, by its name."""
        return {row.institution: row for row in self.work}

    @property
    def unlisted(self) -> tuple[Work, ...]:
        """What was rated under a name that no evaluator of the edition bears: shown as it stands on the scores."""
        listed = {row.name for row in self.evaluators}
        return tuple(row for row in self.work if row.institution not in listed)

    def _of(self, kind: OrganisationKind) -> tuple[Organisation, ...]:
        return tuple(row for row in self.organisations if row.kind is kind)
