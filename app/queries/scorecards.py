"""A mayor's scorecard: one municipality in one round, and its trend over all published ones."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain import publications as d
from app.domain.answers import EntryReplies, ReplyShown
from app.domain.arithmetic import sum_of
from app.domain.editions import OVERALL, Demand, Scope, ScopeKind, Theme, demand_scope, theme_scope
from app.domain.replies import answer_record
from app.domain.scorecard import (
    AverageShown,
    DistinctionShown,
    Evidence,
    RoundFrame,
    Scorecard,
    ScoreShown,
    best_and_worst,
)
from app.domain.spreads import NO_ROWS, Spread
from app.domain.tenures import AverageThen, RoundThen, Tenure, tenures
from app.domain.texts import NO_TEXT, Text
from app.models import sealed
from app.queries.answers import entry_replies, letters_in, list_replies, map_answers, of_letters, reply_text_keys
from app.queries.chains import Chain, Link, get_chain, get_round_frame
from app.queries.clarifications import list_sealed_clarifications
from app.queries.glances import distinction_shown
from app.queries.publications import list_withdrawn, text_shown
from app.queries.published_files import map_sizes
from app.queries.rankings import list_scores
from app.queries.rows import value_of
from app.queries.trends import History, find_next_period, get_history

Texts = Mapping[tuple[str, str], Text]


def find_scorecard(session: Session, slug: str, municipality: str) -> Scorecard | None:
    """The scorecard in the newest published round that has the municipality; None where no round has."""
    found = find_newest_scorecard(session, slug, municipality)
    return found[2] if found else None


def find_newest_scorecard(session: Session, slug: str, municipality: str) -> tuple[Chain, Link, Scorecard] | None:
    """The same, with the publication that it is read from."""
    chain = get_chain(session, slug)
    links = chain.in_force()
    by_id = {link.id: link for link in links.values()}
    table = sealed.SealedEntry
    query = select(table).where(table.publication_id.in_(by_id), table.slug == municipality)
    rows = sorted(session.scalars(query), key=lambda row: by_id[row.publication_id].round_number)
    if not rows:
        return None
    link = by_id[rows[-1].publication_id]
    card = _scorecard(session, chain, link, value_of(d.Entry, rows[-1]), chain.find(0))
    return chain, link, replace(card, next_period=find_next_period(session, chain, max(links)))


def find_pinned_scorecard(
    session: Session, slug: str, round_number: int, number: int, municipality: str
) -> Scorecard | None:
    """The scorecard as a given publication sealed it, its trend up to there; None where there is none."""
    found = find_sealed_scorecard(session, slug, round_number, number, municipality)
    return found[2] if found else None


def find_sealed_scorecard(
    session: Session, slug: str, round_number: int, number: int, municipality: str
) -> tuple[Chain, Link, Scorecard] | None:
    """The same, with the publication that it is read from."""
    chain = get_chain(session, slug)
    link = chain.find(round_number, number)
    if link is None:
        return None
    table = sealed.SealedEntry
    row = session.scalar(select(table).where(table.publication_id == link.id, table.slug == municipality))
    if row is None:
        return None
    return chain, link, _scorecard(session, chain, link, value_of(d.Entry, row), chain.rules_of(link))


@dataclass(frozen=True)
class SealedRows:
    """What a publication seals of one municipality. ``spreads`` are by written scope."""

    frame: RoundFrame
    scores: Mapping[int, d.PublishedScore]
    standings: Mapping[Scope, d.Standing]
    figures: Mapping[Scope, d.PublishedFigure]
    evidence: Sequence[d.PublishedEvidence]
    texts: Texts
    spreads: Mapping[str, Spread]
    replies: EntryReplies | None = None

    def reply_to(self, demand: int) -> ReplyShown | None:
        """The municipality's reply to its score on a demand."""
        shown = self.replies.replies if self.replies else ()
        return next((row for row in shown if row.reply.demand == demand), None)


def _scorecard(session: Session, chain: Chain, link: Link, entry: d.Entry, rules: Link | None) -> Scorecard:
    """``rules`` is the edition's own publication whose clarifications the page shows."""
    clarified = list_sealed_clarifications(session, rules.id) if rules else ()
    frame, links = replace(get_round_frame(session, chain, link), clarifications=clarified), chain.in_force(link)
    history = get_history(session, chain, [entry.cvegeo], scopes_of(frame), link)
    scores = list_scores(session, link, [entry.cvegeo], frame.demands).get(entry.cvegeo, {})
    evidence = _list_evidence(session, link, entry)
    distinctions = _list_distinctions(session, link, entry)
    replies, answers = list_replies(session, link, [entry.cvegeo]), map_answers(session, links.values(), entry.cvegeo)
    keys = [*_score_keys(scores, evidence), *_distinction_keys(distinctions), *reply_text_keys(replies)]
    answer = answers.get(link.round_number)
    texts = _texts(session, chain, link, keys, [entry.cvegeo] if answer and answer.is_answered else [])
    ratings = {number: score.rating for number, score in scores.items()}
    rows = SealedRows(
        frame,
        scores,
        {scope: row for (_, scope, number), row in history.standings.items() if number == link.round_number},
        _figures(session, link, entry),
        evidence,
        texts,
        _spreads(session, link),
        entry_replies(entry, answer, replies, ratings, texts, letters_in(texts), map_sizes(session, texts)),
    )
    card = scorecard_of(rows, entry, history, _distinctions_shown(entry, distinctions, rows.texts))
    averages = [scope for scope in scopes_of(frame) if scope.kind is not ScopeKind.DEMAND]
    then = _tenures(session, links, history, entry.cvegeo, averages, overall=frame.method.overall)
    return replace(card, tenures=then, answers=answer_record(answers.values()))


def scorecard_of(
    rows: SealedRows, entry: d.Entry, history: History, distinctions: tuple[DistinctionShown, ...]
) -> Scorecard:
    """The scorecard of a municipality from what was read of it."""
    frame = rows.frame
    shown = tuple(_score_shown(rows, demand) for demand in frame.demands)
    best, worst = best_and_worst(shown)
    return Scorecard(
        frame=frame,
        entry=entry,
        overall=_average(rows, OVERALL, None, shown) if frame.method.overall else None,
        averages=tuple(_average(rows, theme_scope(theme.key), theme, shown) for theme in frame.themes),
        trends={scope: history.trend(entry.cvegeo, scope) for scope in scopes_of(frame)},
        distinctions=distinctions,
        best=best,
        worst=worst,
        mayors=history.mayors(entry.cvegeo),
        replies=rows.replies,
    )


def scopes_of(frame: RoundFrame) -> tuple[Scope, ...]:
    """The scopes of which a scorecard shows a trend: overall where there is one, each theme, each demand."""
    overall = (OVERALL,) if frame.method.overall else ()
    themes = (theme_scope(theme.key) for theme in frame.themes)
    return (*overall, *themes, *(demand_scope(demand.number) for demand in frame.demands))


def _score_shown(rows: SealedRows, demand: Demand) -> ScoreShown:
    score, scope = rows.scores[demand.number], demand_scope(demand.number)
    spread = rows.spreads.get(str(scope), NO_ROWS)
    key = d.score_text_key(score.cvegeo, demand.number, score.revision)
    evidence = tuple(
        _evidence_shown(row, rows.texts)
        for row in rows.evidence
        if (row.demand, row.revision) == (demand.number, score.revision)
    )
    return ScoreShown(
        demand=demand,
        score=score,
        standing=rows.standings[scope],
        out_of=spread.rows,
        reason=rows.texts.get((key, "reason")),
        evidence=evidence,
        spread=spread,
        reply=rows.reply_to(demand.number),
    )


def _evidence_shown(row: d.PublishedEvidence, texts: Texts) -> Evidence:
    key = d.evidence_text_key(row.cvegeo, row.demand, row.revision, row.position)
    title, url, file = (texts.get((key, field), NO_TEXT) for field in ("title", "url", "file"))
    return Evidence(title, url, row.dated_on, file)


def _average(rows: SealedRows, scope: Scope, theme: Theme | None, shown: Sequence[ScoreShown]) -> AverageShown:
    scores = tuple(score for score in shown if theme is None or score.demand.theme == theme.key)
    cells = ((score.demand.number, score.score.rating, score.demand.weight) for score in scores)
    return AverageShown(
        scope=scope,
        theme=theme,
        standing=rows.standings[scope],
        out_of=rows.spreads.get(str(scope), NO_ROWS).rows,
        figure=rows.figures.get(scope),
        scores=scores,
        sum=sum_of(cells, rows.frame.method.refused_counts_as),
        spread=rows.spreads.get(str(scope), NO_ROWS),
    )


def _spreads(session: Session, link: Link) -> dict[str, Spread]:
    """How many placed rows show each value, by scope of a publication. One query."""
    table = sealed.SealedStanding
    placed = select(table.scope, table.tenths, func.count()).where(
        table.publication_id == link.id, table.place.is_not(None)
    )
    counts: dict[str, dict[int, int]] = {}
    for scope, tenths, count in session.execute(placed.group_by(table.scope, table.tenths)):
        if tenths is not None:
            counts.setdefault(scope, {})[tenths] = count
    return {scope: Spread(values) for scope, values in counts.items()}


def _tenures(
    session: Session,
    links: Mapping[int, Link],
    history: History,
    cvegeo: str,
    averages: Sequence[Scope],
    *,
    overall: bool,
) -> tuple[Tenure, ...]:
    """The rounds of a municipality by mayor, with the averages that lead its scorecard. One query."""
    scopes = averages[:1] if overall else averages
    table = sealed.SealedStanding
    ids = {link.id: number for number, link in links.items()}
    counts = (
        select(table.publication_id, table.scope, func.count(table.place))
        .where(table.publication_id.in_(ids), table.scope.in_([str(scope) for scope in scopes]))
        .group_by(table.publication_id, table.scope)
    )
    out_of = {(ids[key], scope): count for key, scope, count in session.execute(counts)}
    return tenures(_rounds(links, history, cvegeo, scopes, out_of))


def _rounds(
    links: Mapping[int, Link],
    history: History,
    cvegeo: str,
    scopes: Sequence[Scope],
    out_of: Mapping[tuple[int, str], int],
) -> Iterator[RoundThen]:
    for period in history.periods:
        number, entry = period.number, history.entries.get((cvegeo, period.number))
        if entry is None:
            continue
        found = ((scope, history.standings.get((cvegeo, scope, number))) for scope in scopes)
        averages = tuple(AverageThen(row, out_of.get((number, str(scope)), 0)) for scope, row in found if row)
        yield RoundThen(period, links[number].publication.number, entry, averages)


def _figures(session: Session, link: Link, entry: d.Entry) -> dict[Scope, d.PublishedFigure]:
    table = sealed.SealedFigure
    query = select(table).where(table.publication_id == link.id, table.cvegeo == entry.cvegeo)
    figures = (value_of(d.PublishedFigure, row) for row in session.scalars(query))
    return {figure.scope: figure for figure in figures}


def _list_evidence(session: Session, link: Link, entry: d.Entry) -> tuple[d.PublishedEvidence, ...]:
    table = sealed.SealedEvidence
    query = select(table).where(table.publication_id == link.id, table.cvegeo == entry.cvegeo)
    rows = session.scalars(query.order_by(table.demand, table.revision, table.position))
    return tuple(value_of(d.PublishedEvidence, row) for row in rows)


def _list_distinctions(session: Session, link: Link, entry: d.Entry) -> tuple[d.Distinction, ...]:
    table = sealed.SealedDistinction
    query = select(table).where(table.publication_id == link.id, table.cvegeo == entry.cvegeo)
    return tuple(value_of(d.Distinction, row) for row in session.scalars(query.order_by(table.kind, table.position)))


def _distinctions_shown(entry: d.Entry, rows: Sequence[d.Distinction], texts: Texts) -> tuple[DistinctionShown, ...]:
    return tuple(distinction_shown(entry, row, texts) for row in rows)


def _score_keys(scores: Mapping[int, d.PublishedScore], evidence: Sequence[d.PublishedEvidence]) -> list[str]:
    keys = [d.score_text_key(score.cvegeo, score.demand, score.revision) for score in scores.values()]
    return keys + [d.evidence_text_key(row.cvegeo, row.demand, row.revision, row.position) for row in evidence]


def _distinction_keys(rows: Sequence[d.Distinction]) -> list[str]:
    return [d.distinction_text_key(row.cvegeo, row.position) for row in rows]


def _texts(
    session: Session, chain: Chain, link: Link, keys: Sequence[str], answering: Sequence[str]
) -> dict[tuple[str, str], Text]:
    """The sealed texts of those keys and of the letters of who answered, by key and field. Two queries."""
    withdrawn = list_withdrawn(session, chain.slug)
    table = sealed.SealedText
    wanted = table.key.in_(keys) | of_letters(answering)
    rows = session.scalars(select(table).where(table.publication_id == link.id, wanted))
    return {(row.key, row.field): text_shown(value_of(d.SealedText, row), withdrawn) for row in rows}
