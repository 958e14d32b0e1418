"""Publications sealed one after another, for the tests of what a chain proves."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from app.domain.decisions import placed_replies
from app.domain.editions import EditionContent, theme_scope
from app.domain.manifests import Content, Manifest, render, sha256
from app.domain.publications import (
    CORRECTION_TEXT_KEY,
    NO_PREVIOUS,
    RULES,
    Distinction,
    DistinctionKind,
    PublicationHead,
    PublicationKind,
    PublishedEvidence,
    PublishedFigure,
    RoundContent,
    SealedText,
    Standing,
    distinction_text_key,
    evidence_text_key,
    previous_round,
    score_text_key,
    text_sha256,
)
from app.domain.replies import (
    AnswerStatus,
    PublishedAnswer,
    PublishedReply,
    Stance,
    Verdict,
    letter_text_key,
    reply_text_key,
)
from app.domain.scores import Absence, Score
from app.domain.standings import standings
from app.domain.verification import StoredPublication
from tests.unit.examples import OPENNESS, SAFETY, edition_of, round_of

SALT = "5a17"
FIRST_SEALED_AT = datetime(2021, 1, 20, 18, 30, tzinfo=UTC)
LINES = {"19006": "8 7 6.5 4", "19018": "8 refused 10 0", "19039": "5 9 na unrated"}


def text_of(key: str, field: str, body: str) -> SealedText:
    """A text with its salt, as the database keeps it."""
    return SealedText(key, field, text_sha256(SALT, body), SALT, body)


def full_round(
    number: int, lines: Mapping[str, str] = LINES, took_office: Mapping[str, date] | None = None
) -> RoundContent:
    """A round with everything that can be sealed in it."""
    weights = [1, 2, 1, 1][: max(len(line.split()) for line in lines.values())]
    content = round_of(lines, number=number, weights=weights, themes=(SAFETY, OPENNESS), took_office=took_office)
    first = content.entries[0].cvegeo
    content = replace(content, replies=(*changed_first(content), *kept_second(content)))
    content = replace(content, replies=placed_replies(content))
    return replace(
        content,
        sources=edition_of(content).sources,
        evidence=(PublishedEvidence(first, 1, 1, 1, date(2020, 12, 24)),),
        figures=(PublishedFigure(first, theme_scope(SAFETY.key), "7", "informe"),),
        distinctions=(Distinction(first, 1, DistinctionKind.PRAISE),),
        answers=tuple(answers(content)),
        texts=(
            text_of(letter_text_key(first, 1), "signatory", "Sol Alba"),
            text_of(reply_text_key(first, 1), "decision", "Se contó de nuevo"),
            text_of(distinction_text_key(first, 1), "text", "Bien por la “transparencia”,\r\nsin duda"),
            text_of(evidence_text_key(first, 1, 1, 1), "url", "https://example.org/?a=1,2"),
            text_of(score_text_key(first, 1, 1), "reason", "Publicó la lista de elementos"),
        ),
    )


def changed_first(content: RoundContent) -> Iterator[PublishedReply]:
    """A request of the first municipality that changed its first score, which was 0 before."""
    entry, after = content.entries[0].cvegeo, content.scores[0].rating
    request = PublishedReply(entry, 1, 1, Stance.CORRECTION, date(2021, 1, 11), Score(0), Score(100))
    yield replace(request, verdict=Verdict.CHANGED, after=after)


def kept_second(content: RoundContent) -> Iterator[PublishedReply]:
    """A request of the same municipality that left its second score, and a third score that it agrees with."""
    entry = content.entries[0].cvegeo
    for number, rating in list(content.ratings[entry].items())[1:3]:
        if number == 2:
            yield PublishedReply(
                entry, number, 1, Stance.CORRECTION, date(2021, 1, 11), rating, Absence.PENDING, Verdict.KEPT
            )
        else:
            yield PublishedReply(entry, number, 2, Stance.AGREE, date(2021, 1, 12), rating)


def answers(content: RoundContent) -> Iterator[PublishedAnswer]:
    """The first municipality answered in time, the second not, the third was never asked."""
    asked, due = date(2021, 1, 10), date(2021, 1, 15)
    statuses = (
        ((AnswerStatus.ON_TIME, asked, due, date(2021, 1, 11), True)),
        ((AnswerStatus.NONE, asked, due, None, False)),
        ((AnswerStatus.NOT_NOTIFIED, None, None, None, None)),
    )
    return (PublishedAnswer(entry.cvegeo, *row) for entry, row in zip(content.entries, statuses, strict=False))


def with_score(content: RoundContent, cvegeo: str, demand: int, tenths: int) -> RoundContent:
    """The same round with another score in one cell."""
    scores = tuple(
        replace(row, rating=Score(tenths), revision=row.revision + 1)
        if (row.cvegeo, row.demand) == (cvegeo, demand)
        else row
        for row in content.scores
    )
    return replace(content, scores=scores)


def corrected(content: RoundContent) -> RoundContent:
    """The same round with a score corrected, and the reason why."""
    changed = with_score(content, "19006", 1, 95)
    return replace(changed, texts=(text_of(CORRECTION_TEXT_KEY, "reason", "Error de captura"), *changed.texts))


def stored(head: PublicationHead, content: Content, rows: Iterable[Standing]) -> StoredPublication:
    """A publication as it stands in the database once sealed."""
    sealed = Manifest(head, content, tuple(rows))
    manifest = render(head, content, sealed.standings)
    return StoredPublication(head.sequence, sha256(manifest), head.previous_sha256, manifest, sealed)


def chain_of(*contents: Content) -> list[StoredPublication]:
    """Seal these contents one after another: an edition first, then rounds; a round again is its correction."""
    chain: list[StoredPublication] = []
    published: list[tuple[int, int, str]] = []
    rounds: dict[str, RoundContent] = {}
    numbers: Counter[int] = Counter()
    edition = ""
    for sequence, content in enumerate(contents, start=1):
        of_round = 0 if isinstance(content, EditionContent) else content.period.number
        base = previous_round(published, of_round)
        numbers[of_round] += 1
        head = PublicationHead(
            previous_sha256=chain[-1].sha256 if chain else NO_PREVIOUS,
            rules=RULES,
            kind=_kind(of_round, numbers[of_round]),
            sequence=sequence,
            number=numbers[of_round],
            sealed_at_utc=FIRST_SEALED_AT + timedelta(days=60 * sequence),
            edition_sha256=edition if of_round else "",
            compared_with_sha256=base,
        )
        rows = () if isinstance(content, EditionContent) else standings(content, rounds.get(base))
        chain.append(stored(head, content, rows))
        if isinstance(content, EditionContent):
            edition = chain[-1].sha256
        else:
            published.append((of_round, sequence, chain[-1].sha256))
            rounds[chain[-1].sha256] = content
    return chain


def _kind(of_round: int, number: int) -> PublicationKind:
    if not of_round:
        return PublicationKind.EDITION
    return PublicationKind.ROUND if number == 1 else PublicationKind.CORRECTION


def resealed(publication: StoredPublication, change: Callable[[Manifest], Manifest]) -> StoredPublication:
    """The publication as a forger leaves it who also writes its manifest, checksum and rows anew."""
    assert publication.rows is not None
    forged = change(publication.rows)
    return stored(forged.head, forged.content, forged.standings)


def with_bytes(publication: StoredPublication, manifest: bytes) -> StoredPublication:
    """The publication with another manifest, and the checksum of that."""
    return replace(publication, manifest=manifest, sha256=sha256(manifest))
