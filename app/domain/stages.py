"""The stages of a round, in their order."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a round stands; only sealing makes it published."""

    PLANNED = "planned"
    RATING = "rating"
    REVIEW = "review"
    REPLY = "reply"
    DECISION = "decision"
    PUBLISHED = "published"
