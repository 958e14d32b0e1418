"""What a decision on a reply moved, and what a round must hold for its replies to be true."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from app.domain.editions import Scope, theme_scope
from app.domain.publications import RoundContent
from app.domain.replies import PublishedReply, Stance, Verdict
from app.domain.scores import Rating
from app.domain.standings import ranked_rows

Cell = tuple[str, int]


def placed_replies(content: RoundContent) -> tuple[PublishedReply, ...]:
    """The replies; those that changed a score with the places before and after in the ranking of the demand's theme.

    "Before" puts every changed cell of the round back to what the office saw, "after" to what was decided, and ranks
    by the rule of all rankings. A later correction of another cell is in both.
    """
    changed = [reply for reply in content.replies if reply.verdict is Verdict.CHANGED]
    themes = {demand.number: theme_scope(demand.theme) for demand in content.demands}
    scopes = {themes[reply.demand] for reply in changed if reply.demand in themes}
    before = _places(_with(content, {_cell(r): r.before for r in changed}), scopes)
    after = _places(_with(content, {_cell(r): r.after for r in changed if r.after is not None}), scopes)
    return tuple(
        replace(
            reply,
            place_before=before.get((themes.get(reply.demand), reply.cvegeo)) if reply in changed else None,
            place_after=after.get((themes.get(reply.demand), reply.cvegeo)) if reply in changed else None,
        )
        for reply in content.replies
    )


def _cell(reply: PublishedReply) -> Cell:
    return reply.cvegeo, reply.demand


def _with(content: RoundContent, ratings: Mapping[Cell, Rating]) -> RoundContent:
    """The round with other ratings in some of its cells."""
    scores = (replace(row, rating=ratings.get((row.cvegeo, row.demand), row.rating)) for row in content.scores)
    return replace(content, scores=tuple(scores))


def _places(content: RoundContent, scopes: set[Scope]) -> dict[tuple[Scope | None, str], int]:
    return {
        (scope, row.key): row.place.number
        for scope in scopes
        for row in ranked_rows(content, scope).placed
        if row.place is not None
    }


def contradictions(content: RoundContent, *, is_first: bool) -> Iterator[tuple[str, str]]:
    """Where replies or answers of a round cannot be true; a code and the place.

    ``is_first``: the round's first publication, where what was decided is what is sealed. A correction may change a
    score once more, for reasons of its own.
    """
    answered = {answer.cvegeo for answer in content.answers if answer.is_answered}
    for reply in content.replies:
        place = f"reply {reply.cvegeo}/{reply.demand}"
        sealed = content.ratings.get(reply.cvegeo, {}).get(reply.demand)
        if reply.stance is Stance.CORRECTION and reply.verdict is None:
            yield "reply-undecided", place
        elif sealed is None or reply.cvegeo not in answered or not _holds(reply, sealed if is_first else None):
            yield "reply-contradicts", place
    if content.answers and {answer.cvegeo for answer in content.answers} != set(content.ratings):
        yield "answer-contradicts", "answer"
    yield from (
        ("answer-contradicts", f"answer {answer.cvegeo}") for answer in content.answers if answer.contradicts_itself
    )


def _holds(reply: PublishedReply, sealed: Rating | None) -> bool:
    """Whether stance, verdict and ratings of a reply fit together, and the sealed rating where it is given."""
    if reply.stance is Stance.AGREE:
        return (reply.verdict, reply.requested, reply.after) == (None, None, None)
    if reply.verdict is Verdict.CHANGED:
        return reply.after is not None and reply.after != reply.before and sealed in {None, reply.after}
    return reply.after is None and sealed in {None, reply.before}
