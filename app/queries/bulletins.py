"""A publication of a round, whole, as its bulletin prints it: a number of queries that does not grow with the rows."""

from collections import Counter
from collections.abc import Iterable, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain import publications as d
from app.domain.bulletins import MOST_CARDS, Bulletin
from app.domain.editions import OVERALL, theme_scope
from app.domain.scorecard import DistinctionShown, RoundFrame, Scorecard
from app.domain.spreads import Spread
from app.domain.texts import Text
from app.models import sealed
from app.queries.answers import entry_replies, letters_in
from app.queries.chains import Chain, Link, find_round_frame
from app.queries.glances import distinction_shown, list_distinctions
from app.queries.publications import get_round_content, list_standings, list_withdrawn, text_shown
from app.queries.rankings import count_published_demands, ranking_of
from app.queries.scorecards import SealedRows, scopes_of, scorecard_of
from app.queries.trends import get_history

Texts = Mapping[tuple[str, str], Text]


def find_bulletin(session: Session, slug: str, round_number: int, number: int) -> Bulletin | None:
    """The bulletin of a publication; None where there is none."""
    found = find_round_frame(session, slug, round_number, number)
    if found is None:
        return None
    chain, link, frame = found
    entry = sealed.SealedEntry
    count = session.scalar(select(func.count()).where(entry.publication_id == link.id)) or 0
    scopes = (*((OVERALL,) if frame.method.overall else ()), *(theme_scope(theme.key) for theme in frame.themes))
    rankings = (ranking_of(session, link, frame, scope) for scope in scopes)
    cards = _list_cards(session, chain, link, frame) if count <= MOST_CARDS else ()
    return Bulletin(
        frame=frame,
        rankings=tuple(ranking for ranking in rankings if ranking is not None),
        cards=cards,
        distinctions=list_distinctions(session, chain, link),
        municipalities=count,
        published_demands=count_published_demands(session, link),
    )


def _list_cards(session: Session, chain: Chain, link: Link, frame: RoundFrame) -> tuple[Scorecard, ...]:
    """The scorecards of all municipalities of a publication, by name."""
    content = get_round_content(session, link.id)
    withdrawn = list_withdrawn(session, chain.slug)
    texts = {(row.key, row.field): text_shown(row, withdrawn) for row in content.texts}
    standings = list_standings(session, link.id)
    spreads = _spreads(standings)
    entries = sorted(content.entries, key=lambda entry: (entry.sort_key, entry.cvegeo))
    history = get_history(session, chain, [entry.cvegeo for entry in entries], scopes_of(frame), link)

    answers = {row.cvegeo: row for row in content.answers}
    letters = letters_in(texts)

    def card(entry: d.Entry) -> Scorecard:
        own = [row for row in content.replies if row.cvegeo == entry.cvegeo]
        ratings = content.ratings[entry.cvegeo]
        rows = SealedRows(
            frame=frame,
            scores={row.demand: row for row in content.scores if row.cvegeo == entry.cvegeo},
            standings={row.scope: row for row in standings if row.cvegeo == entry.cvegeo},
            figures={row.scope: row for row in content.figures if row.cvegeo == entry.cvegeo},
            evidence=[row for row in content.evidence if row.cvegeo == entry.cvegeo],
            texts=texts,
            spreads=spreads,
            replies=entry_replies(entry, answers.get(entry.cvegeo), own, ratings, texts, letters),
        )
        return scorecard_of(rows, entry, history, _distinctions(entry, content.distinctions, texts))

    return tuple(card(entry) for entry in entries)


def _spreads(standings: Iterable[d.Standing]) -> dict[str, Spread]:
    """How many placed rows show each value, by written scope."""
    counts: dict[str, Counter[int]] = {}
    for row in standings:
        if row.place is not None and row.tenths is not None:
            counts.setdefault(str(row.scope), Counter())[row.tenths] += 1
    return {scope: Spread(values) for scope, values in counts.items()}


def _distinctions(entry: d.Entry, rows: Iterable[d.Distinction], texts: Texts) -> tuple[DistinctionShown, ...]:
    own = sorted((row for row in rows if row.cvegeo == entry.cvegeo), key=lambda row: (row.kind, row.position))
    return tuple(distinction_shown(entry, row, texts) for row in own)
